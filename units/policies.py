"""The kinds of policy people propose and approve. An upper app adds its own: `policies.register(PolicyKind(...))`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from common.models import CalendarDay, TimeLimit
from units.forms import policies as forms
from units.models import OfficeProfile, PolicyProposal, Unit


@dataclass(frozen=True)
class PolicyKind:
    """One kind: its form (a `PolicyForm`), what approval does with the cleaned values, and the page that shows it.

    `opened(office)` gives the form's keyword arguments besides the data, for example the row it edits. A kind with an
    `editor` of its own is proposed on that page; `preview` names the page that shows what a proposal would do.
    """

    code: str
    label: str
    form: type[Any]
    apply: Callable[[PolicyProposal, Any], None]
    page: str
    opened: Callable[[Unit], dict[str, Any]] = lambda office: {}
    editor: str = ""
    preview: str = ""


_kinds: dict[str, PolicyKind] = {}


def register(kind: PolicyKind) -> None:
    """Offer `kind` from now on."""
    _kinds[kind.code] = kind


def kind_of(code: str) -> PolicyKind:
    """The kind with this code; KeyError when there is none."""
    return _kinds[code]


def codes() -> list[str]:
    """The codes of all kinds."""
    return list(_kinds)


def _set_limit(proposal: PolicyProposal, form: Any) -> None:
    values = {name: value for name, value in form.cleaned_data.items() if name not in ("key", "effective_from")}
    signed = f"{proposal.proposed_by}提出，{proposal.decided_by}批准"
    row, _ = TimeLimit.objects.get_or_create(
        key=form.cleaned_data["key"],
        area_path=proposal.area_path,
        effective_from=form.cleaned_data["effective_from"],
        defaults={**values, "set_by": signed},
    )
    for name, value in values.items():
        setattr(row, name, value)
    row.set_by = signed
    row.save()


def _set_day(proposal: PolicyProposal, form: Any) -> None:
    data = form.cleaned_data
    row = CalendarDay.objects.filter(date=data["date"]).first() or CalendarDay(date=data["date"])
    row.is_workday, row.note = data["is_workday"], data["note"]
    row.save()


def _remove_day(proposal: PolicyProposal, form: Any) -> None:
    CalendarDay.objects.get(date=form.cleaned_data["date"]).delete()


def _set_office(proposal: PolicyProposal, form: Any) -> None:
    form.save()


def _office_form(office: Unit) -> dict[str, Any]:
    return {"instance": OfficeProfile.objects.filter(unit=office).first() or OfficeProfile(unit=office)}


TIME_LIMIT, CALENDAR_DAY, CALENDAR_REMOVAL, OFFICE = "time_limit", "calendar_day", "calendar_removal", "office"
register(PolicyKind(TIME_LIMIT, "时限", forms.TimeLimitForm, _set_limit, "limit-list"))
register(PolicyKind(CALENDAR_DAY, "日历调整", forms.CalendarDayForm, _set_day, "calendar"))
register(PolicyKind(CALENDAR_REMOVAL, "撤销日历调整", forms.CalendarRemovalForm, _remove_day, "calendar"))
register(PolicyKind(OFFICE, "安委办设置", forms.OfficeForm, _set_office, "office-settings", _office_form))
