"""Forms of 危险作业报备: the report with its crew, and the step each action asks for."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock
from common.errors import RuleError
from common.forms import KitForm, ReasonForm, RecordForm
from evidence.forms import PhotosFormMixin
from inspections.models.works import HazardousWork, WorkCrew, WorkKind

LINES = forms.Textarea(attrs={"rows": 3})
CREW_ROWS = 6


class CrewForm(KitForm):
    """One person of the crew; an empty row is left out."""

    post = forms.ChoiceField(label="岗位", choices=WorkCrew.Post.choices, initial=WorkCrew.Post.WORKER)
    name = forms.CharField(label="姓名", max_length=30)
    certificate = forms.CharField(label="证书编号", max_length=40, required=False)
    valid_until = forms.DateField(label="有效期至", required=False, widget=forms.DateInput)


CrewFormSet = forms.formset_factory(CrewForm, extra=CREW_ROWS, max_num=30, validate_max=True)
FIRST_POSTS = (WorkCrew.Post.WORKER, WorkCrew.Post.GUARDIAN)


def new_crew(data: Any = None) -> Any:
    """The rows of the crew: bound to `data`, or empty with a worker and a guardian first."""
    if data is not None:
        return CrewFormSet(data, prefix="crew")
    rows = CrewFormSet(prefix="crew")
    for row, post in zip(rows.forms, FIRST_POSTS, strict=False):
        row.initial["post"] = post
    return rows


class WorkForm(KitForm):
    """报备. The times default to tomorrow morning; `contractor` to the enterprise itself."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label="作业类型", choices=WorkKind.choices)
    grade = forms.ChoiceField(label="作业级别", choices=HazardousWork.Grade.choices, required=False)
    content = forms.CharField(label="作业内容", max_length=300, widget=LINES)
    place = forms.CharField(label="作业地点", max_length=120)
    starts_at = forms.DateTimeField(label="计划开始", widget=forms.DateTimeInput)
    ends_at = forms.DateTimeField(label="计划结束", widget=forms.DateTimeInput)
    contractor = forms.CharField(label="作业单位", max_length=120, help_text="外委的填写承包单位全称")
    qualification = forms.CharField(label="作业单位资质", max_length=160, required=False)
    manager = forms.CharField(label="现场安全管理人员", max_length=30)
    measures = forms.CharField(label="安全措施", max_length=1000, widget=LINES)
    equipment = forms.CharField(label="应急器材", max_length=300, help_text="如灭火器2具、三脚架、空气呼吸器")
    short_notice_reason = forms.CharField(
        label="临时报备理由", max_length=200, required=False, help_text="不足规定提前量时必须填写"
    )
    latitude = forms.DecimalField(required=False, widget=forms.HiddenInput, max_digits=9, decimal_places=6)
    longitude = forms.DecimalField(required=False, widget=forms.HiddenInput, max_digits=9, decimal_places=6)

    def values(self) -> dict[str, Any]:
        """The arguments of `file_work`."""
        return dict(self.cleaned_data)


def refuse_crew(rows: Any, form: WorkForm, error: RuleError) -> None:
    """Show a refusal at the person or the field it is about; what concerns the whole crew stands above the form."""
    for place, text in error.fields.items():
        if place.startswith("crew-"):
            _, number, name = place.split("-")
            rows.forms[int(number)].add_error(name, text)
    rest = {name: text for name, text in error.fields.items() if name in form.fields}
    for name, text in rest.items():
        form.add_error(name, text)
    if len(rest) < len(error.fields) or not error.fields:
        form.add_error(None, error.fields.get("crew", error.message))


def crew_values(rows: Any) -> list[dict[str, Any]]:
    """The filled rows, in order; call it after `is_valid`. Positions are those of the rows, so errors find them."""
    return [row.cleaned_data for row in rows.forms if row.has_changed() or row.cleaned_data]


class StepForm(RecordForm, PhotosFormMixin):
    """A step: who answered for it, with a photo."""

    field_order = ("person", "note", "photos", "kept")
    person = forms.CharField(label="责任人", max_length=30)
    note = forms.CharField(label="说明", max_length=300, required=False)

    def prepare(self) -> None:
        """Photos kept from a form that came back."""
        self.offer_kept(())

    def stamp(self) -> str:
        """The watermark: whose work, when, by whom."""
        return f"{self.record.unit.name} {self.record.get_kind_display()}作业 {clock.local(clock.now()):%Y-%m-%d %H:%M} {self.actor.name}"


class GasForm(RecordForm):
    """气体检测."""

    at = forms.DateTimeField(label="检测时间", widget=forms.DateTimeInput)
    by_person = forms.CharField(label="检测人", max_length=30)
    oxygen = forms.DecimalField(label="氧气（%）", max_digits=4, decimal_places=1, min_value=0, max_value=100)
    combustible = forms.DecimalField(
        label="可燃气体（%LEL）", max_digits=5, decimal_places=1, min_value=0, max_value=1000
    )
    hydrogen_sulfide = forms.DecimalField(
        label="硫化氢（mg/m³）", max_digits=6, decimal_places=1, min_value=0, required=False
    )
    carbon_monoxide = forms.DecimalField(
        label="一氧化碳（mg/m³）", max_digits=6, decimal_places=1, min_value=0, required=False
    )

    def prepare(self) -> None:
        """Now, unless said otherwise."""
        self.initial.setdefault("at", clock.local(clock.now()).replace(tzinfo=None, second=0, microsecond=0))


class ProlongForm(RecordForm):
    """延长作业时间."""

    ends_at = forms.DateTimeField(label="新的结束时间", widget=forms.DateTimeInput)
    reason = forms.CharField(label="理由", max_length=300, widget=LINES)


class NoteForm(RecordForm):
    """An action that may carry a remark."""

    note = forms.CharField(label="说明", max_length=300, required=False, widget=LINES)


class WorkReasonForm(RecordForm, ReasonForm):
    """An action that needs a reason."""


FORMS: dict[str, type[RecordForm]] = {
    "step": StepForm,
    "gas": GasForm,
    "prolong": ProlongForm,
    "reason": WorkReasonForm,
    "note": NoteForm,
}
__all__ = ["FORMS", "CrewForm", "WorkForm", "crew_values", "new_crew", "refuse_crew"]
