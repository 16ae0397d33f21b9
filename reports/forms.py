"""Forms of notices, and the periods that statistics and dashboard are asked for."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock
from common.forms import ActionForm, KitForm, ReasonForm
from reports.models import Notice
from reports.scoping import LONGEST
from reports.statistics import Period

MONTHS_BACK, QUARTERS_BACK, YEARS_BACK = 24, 8, 3


class DraftForm(KitForm):
    """起草通报: a month or a quarter that is over."""

    period = forms.ChoiceField(label="统计期", help_text="只列已经结束的月份和季度；每个统计期只有一份通报。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (Notice.Kind.MONTHLY.label, [(_code(p), p.label) for p in past_months()]),
            (Notice.Kind.QUARTERLY.label, [(_code(p), p.label) for p in past_quarters()]),
        ]

    def chosen(self) -> tuple[Period, str]:
        """The period and the kind of notice about it."""
        period = period_of_code(self.cleaned_data["period"])
        return period, Notice.Kind.QUARTERLY if period.span == "quarter" else Notice.Kind.MONTHLY


def past_months(count: int = MONTHS_BACK) -> list[Period]:
    """The last finished months, newest first."""
    today = clock.today()
    return _back(Period.month(today.year, today.month), count)


def past_quarters(count: int = QUARTERS_BACK) -> list[Period]:
    """The last finished quarters, newest first."""
    today = clock.today()
    return _back(Period.quarter(today.year, (today.month + 2) // 3), count)


def _back(current: Period, count: int) -> list[Period]:
    found = [current.before()]
    while len(found) < count:
        found.append(found[-1].before())
    return found


def _spans() -> list[tuple[str, list[tuple[str, str]]]]:
    """The current and the past months, quarters and years."""
    today = clock.today()
    month, quarter = Period.month(today.year, today.month), Period.quarter(today.year, (today.month + 2) // 3)
    years = [Period.year(today.year), *_back(Period.year(today.year), YEARS_BACK)]
    groups = (("月", [month, *past_months(12)]), ("季度", [quarter, *past_quarters(4)]), ("年", years))
    return [(name, [(_code(period), period.label) for period in periods]) for name, periods in groups]


def period_of_code(code: str) -> Period:
    """The period an option of the lists stands for."""
    span, year, place = code.split("-")
    make = {"month": Period.month, "quarter": Period.quarter}.get(span)
    return make(int(year), int(place)) if make else Period.year(int(year))


def _code(period: Period) -> str:
    month = period.first.month
    return f"{period.span}-{period.first.year}-{(month + 2) // 3 if period.span == 'quarter' else month}"


class PeriodForm(KitForm):
    """The period of the statistics: a month, quarter or year from the list, or any two days."""

    span = forms.ChoiceField(label="统计期", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = forms.DateField(label="起", required=False, widget=forms.DateInput())
        self.fields["to"] = forms.DateField(label="止", required=False, widget=forms.DateInput())
        self.fields["span"].choices = [("", "按起止日期"), *_spans()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both days or none, in order, five years at most."""
        typed = super().clean() or {}
        first, last = typed.get("from"), typed.get("to")
        if typed.get("span") or self.errors or (first is None and last is None):
            return typed
        if first is None or last is None:
            self.add_error("to" if first else "from", "请同时填写起止日期。")
        elif not first <= last <= first + LONGEST:
            self.add_error("to", "止不能早于起，最长五年。")
        return typed

    def period(self) -> Period:
        """The period asked for; this month when nothing, or nothing sensible, was."""
        if not self.is_bound or not self.is_valid():
            return Period.this_month()
        if self.cleaned_data["span"]:
            return period_of_code(self.cleaned_data["span"])
        if self.cleaned_data["from"]:
            return Period(self.cleaned_data["from"], self.cleaned_data["to"])
        return Period.this_month()

    @classmethod
    def showing(cls, period: Period) -> PeriodForm:
        """The form as it stands beside the figures of `period`."""
        return cls(initial={"from": period.first, "to": period.last})


class EditForm(ActionForm):
    """The title and, for every section, its heading and its text: one paragraph a line."""

    title = forms.CharField(label="标题", max_length=160, widget=forms.Textarea(attrs={"rows": 2}),
                            help_text="换行处即标题分行处。")  # fmt: skip

    def __init__(self, *args: Any, record: Notice, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.sections = list(record.sections)
        self.initial["title"] = record.title
        for place, section in enumerate(self.sections):
            self._add_section(place, section)

    def _add_section(self, place: int, section: dict[str, Any]) -> None:
        text = "\n".join(section["paragraphs"])
        name = f"第{place + 1}部分"
        heading = forms.CharField(label=f"{name}标题", max_length=60, initial=section["heading"])
        heading.error_messages["required"] = f"请填写{name}标题。"
        rows = min(14, max(3, len(text) // 34 + len(section["paragraphs"])))
        self.fields[f"heading_{place}"] = heading
        self.fields[f"text_{place}"] = forms.CharField(
            label=f"{name}正文",
            initial=text,
            required=False,
            max_length=8000,
            widget=forms.Textarea(attrs={"rows": rows, "aria-label": f"{name}正文，每行一段"}),
        )

    def pairs(self) -> list[tuple[Any, Any]]:
        """The heading and the text of each section, for the template."""
        return [(self[f"heading_{place}"], self[f"text_{place}"]) for place in range(len(self.sections))]

    def values(self) -> dict[str, Any]:
        """Title and sections as the transition takes them."""
        typed = self.cleaned_data
        sections = [
            {
                "key": section["key"],
                "heading": typed[f"heading_{place}"],
                "paragraphs": [line.strip() for line in typed[f"text_{place}"].splitlines() if line.strip()],
            }
            for place, section in enumerate(self.sections)
        ]
        title = "\n".join(line.strip() for line in typed["title"].splitlines() if line.strip())
        return {"title": title, "sections": sections}


class OpinionForm(ActionForm):
    """A consent, with a word if wanted."""

    opinion = forms.CharField(label="意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
                              help_text="不填为“同意”。")  # fmt: skip


class RecomputeForm(ActionForm):
    """Current data into the draft."""

    rewrite = forms.BooleanField(label="同时重写正文（已编辑的文字会被替换）", required=False)


FORMS: dict[str, type[ActionForm]] = {
    "edit": EditForm,
    "recompute": RecomputeForm,
    "opinion": OpinionForm,
    "reason": ReasonForm,
}
