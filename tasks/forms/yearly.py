"""Forms of yearly papers: one box per line, and a few empty ones to add."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock
from common.forms import KitForm, RecordForm
from tasks.forms.assignments import LINES, ReasonForm
from tasks.models import YearlyPaper

EMPTY = 3
_TWO = {"rows": 2}


class DraftForm(KitForm):
    """Which paper of which year."""

    kind = forms.ChoiceField(label="种类", choices=YearlyPaper.Kind.choices)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100, initial=lambda: clock.today().year)


class ItemsForm(RecordForm):
    """The lines of a paper; an emptied line is left out."""

    def prepare(self) -> None:
        """A box per line, for a report with what was done."""
        self.items = list(self.record.items.all())
        reports = self.record.kind == YearlyPaper.Kind.REPORT
        self.count = len(self.items) + EMPTY
        for place in range(self.count):
            item = self.items[place] if place < len(self.items) else None
            label = f"第{place + 1}项" + (f"（{item.origin}）" if item and item.origin else "")
            self.fields[f"text_{place}"] = forms.CharField(
                label=label,
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs=_TWO),
                initial=item and item.text,
            )
            if reports:
                self.fields[f"result_{place}"] = forms.CharField(
                    label="完成情况", max_length=2000, required=False, widget=LINES, initial=item and item.result
                )

    def values(self) -> dict[str, Any]:
        """The lines in order, with the keys of those that stood there."""
        values = super().values()
        return {
            "items": [
                {
                    "pk": self.items[place].pk if place < len(self.items) else None,
                    "text": values.get(f"text_{place}", ""),
                    "result": values.get(f"result_{place}", ""),
                }
                for place in range(self.count)
            ]
        }


FORMS: dict[str, type[RecordForm]] = {"": RecordForm, "items": ItemsForm, "reason": ReasonForm}
