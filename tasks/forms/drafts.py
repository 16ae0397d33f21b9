"""Forms of the plan import: the document, the corrections, the meaning of unit names."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from common.forms import ActionForm, KitForm
from tasks.models import DraftTask, UnitWording
from tasks.wordings import Meant, choices
from units.models import Unit

ACCEPTED = ".docx,.pdf,.txt"
MOST_LINES = 8  # what a box shows at once
_DAY = re.compile(r"^(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?$")


class PlanFileForm(KitForm):
    """A plan to import: a file, or its text."""

    file = forms.FileField(
        label="方案文件",
        required=False,
        help_text="支持 .docx、.txt 和带文字的 .pdf，不超过 40 MB。",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": "文件是空的，没有可读取的内容。"},
    )
    text = forms.CharField(
        label="或者粘贴全文",
        required=False,
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class DraftHeadForm(ActionForm):
    """Title, number, issuer and period of a draft."""

    title = forms.CharField(label="方案名称", max_length=200)
    number = forms.CharField(label="文号", max_length=80, required=False)
    issuer = forms.CharField(label="印发单位", max_length=120, required=False)
    starts_on = forms.DateField(label="起始日期", required=False, widget=forms.DateInput)
    ends_on = forms.DateField(label="结束日期", required=False, widget=forms.DateInput)


class LinesField(forms.CharField):
    """Several values, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """One a line; days as 2024-06-30."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The lines, each once."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if too_long := next((line for line in lines if len(line) > 120), None):
            raise forms.ValidationError(f"“{too_long[:20]}……”超过120字，请一行写一项。")
        return list(dict.fromkeys(lines))


class DaysField(LinesField):
    """Several days, one a line."""

    def clean(self, value: Any) -> list[date]:  # type: ignore[override]
        """2024-06-30 or 2024年6月30日; anything else is refused by name."""
        return sorted({_day(line) for line in super().clean(value)})


def _day(line: str) -> date:
    found = _DAY.match(line)
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise forms.ValidationError(f"“{line}”不是日期，请按 2026-06-30 的样子填写。")


class DraftTaskForm(ActionForm):
    """One task of a draft, corrected."""

    no = forms.CharField(label="序号", max_length=20, required=False)
    action = forms.CharField(label="所属行动", max_length=120, required=False)
    title = forms.CharField(label="重点任务", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    lead = LinesField(label="牵头单位", help_text="一行一个，按原文写法；“各村、社区”这样的统称写在一行。")
    responsible = LinesField(label="责任单位")
    cooperating = LinesField(label="配合单位")
    leader = forms.CharField(label="责任领导（责任人）", max_length=80, required=False)
    due = DaysField(label="完成时限", help_text="一行一个日期，如 2026-06-30；原文没有写的不要填。")
    recurrence = LinesField(label="频次", help_text="如“每季度”“每年4月30日前”，一行一个。")
    quantities = LinesField(label="量化指标")
    text = forms.CharField(label="任务内容", required=False, widget=forms.Textarea(attrs={"rows": 5}))
    is_left_out = forms.BooleanField(label="这一项不是任务，不导入", required=False)

    def __init__(self, *args: Any, record: DraftTask, **kwargs: Any) -> None:
        initial = {name: getattr(record, name) for name in self.base_fields if hasattr(record, name)}
        super().__init__(*args, record=record, initial=initial | (kwargs.pop("initial", None) or {}), **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, LinesField):
                field.widget.attrs["rows"] = min(max(2, len(initial[name])), MOST_LINES)


class WordingsForm(KitForm):
    """One choice per unit name of a draft."""

    def __init__(self, *args: Any, owner: Unit, meant: list[Meant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meant, offered = meant, choices(owner)
        for place, each in enumerate(meant):
            self.fields[f"wording_{place}"] = forms.CharField(
                widget=forms.HiddenInput, initial=each.wording, max_length=120
            )
            self.fields[f"meaning_{place}"] = forms.ChoiceField(
                label=each.wording,
                choices=offered,
                initial=each.choice,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def rows(self) -> list[tuple[Meant, Any, Any]]:
        """Each wording with its fields."""
        return [(each, self[f"wording_{place}"], self[f"meaning_{place}"]) for place, each in enumerate(self.meant)]

    def meanings(self) -> dict[str, tuple[str, Unit | None]]:
        """What was chosen; wordings left at 请选择 stay open."""
        chosen = {
            self.cleaned_data[f"wording_{place}"]: self.cleaned_data[f"meaning_{place}"]
            for place in range(len(self.meant))
        }
        ids = [int(choice.removeprefix("unit:")) for choice in chosen.values() if choice.startswith("unit:")]
        units = Unit.objects.in_bulk(ids)
        return {
            wording: (UnitWording.Meaning.UNIT, units[int(choice.removeprefix("unit:"))])
            if choice.startswith("unit:")
            else (choice, None)
            for wording, choice in chosen.items()
            if choice
        }
