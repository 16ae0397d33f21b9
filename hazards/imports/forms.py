"""The forms of the import: the file, and what its columns mean."""

from __future__ import annotations

from typing import Any

from django import forms

from common.forms import KitForm
from common.spreadsheets import Table
from hazards.imports.ledger import FIELDS, KINDS

ACCEPTED = ".xlsx,.xls,.csv,.txt"
AUTOMATIC = [("", "自动判断"), *KINDS.items()]


class UploadForm(KitForm):
    """A ledger to import."""

    file = forms.FileField(
        label="台账文件",
        help_text="支持 .xlsx、.xls、.csv（UTF-8 或 GBK），不超过 20 MB；不用改动原来的表头和格式。",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": "文件是空的，没有可导入的内容。"},
    )
    kind = forms.ChoiceField(label="台账种类", choices=AUTOMATIC, required=False)


class MappingForm(KitForm):
    """One choice per column of the file; a field may be given to one column only, required ones must be given."""

    def __init__(self, *args: Any, table: Table, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table, self.kind = table, kind
        self.wanted = FIELDS[kind]
        choices = [
            ("", "不导入"),
            *((each.key, each.label + ("（必需）" if each.required else "")) for each in self.wanted),
        ]
        for column in table.columns:
            self.fields[f"column_{column.index}"] = forms.ChoiceField(
                label=column.header or f"第 {column.index} 列", choices=choices, required=False, initial=column.field
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a field given twice or a required one given to no column."""
        values = super().clean() or {}
        chosen = [key for key in self.mapping(values).values() if key]
        labels = {each.key: each.label for each in self.wanted}
        for key in sorted({key for key in chosen if chosen.count(key) > 1}):
            self.add_error(None, f"“{labels[key]}”对应了多列，请只保留一列。")
        missing = [each.label for each in self.wanted if each.required and each.key not in chosen]
        if missing:
            self.add_error(None, f"请为必需的内容指定一列：{'、'.join(missing)}。")
        return values

    def mapping(self, values: dict[str, Any] | None = None) -> dict[int, str]:
        """Column number → field key."""
        values = self.cleaned_data if values is None else values
        return {column.index: values.get(f"column_{column.index}", "") for column in self.table.columns}
