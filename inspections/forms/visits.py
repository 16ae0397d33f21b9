"""Forms of a visit: beginning it, its rows, its signatures, its end."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.core.files.base import ContentFile

from common.forms import KitForm, PhotosField, ReasonForm, RecordForm
from hazards.forms.fields import CriterionField
from hazards.models.hazard import Level
from inspections import checklists
from inspections.models import ChecklistVersion, Inspection, InspectionMember, ItemResult, Signature
from inspections.models.campaigns import Campaign
from inspections.transitions.team import Named, candidates
from units.forms.fields import UnitField
from units.models import Unit
from units.roles import Right, Role, scope_of

NO_RECHECK = [choice for choice in Inspection.Mode.choices if choice[0] != Inspection.Mode.RECHECK]
LINES = forms.Textarea(attrs={"rows": 2})


class BeginForm(KitForm):
    """Where, of what kind, with whom and by which checklist; on a later day, or now."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(
        label="被检查单位", kinds=("enterprise", "village"), help_text="可输入名称、简称、拼音首字母或信用代码。"
    )
    kind = forms.ChoiceField(label="性质", choices=Inspection.Kind.choices, widget=forms.RadioSelect)
    mode = forms.ChoiceField(label="方式", choices=NO_RECHECK)
    checklist = forms.ModelChoiceField(
        ChecklistVersion.objects.none(), label="检查表", required=False, empty_label="按场所类型自动选择"
    )
    team = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="同行人员", required=False, widget=forms.CheckboxSelectMultiple
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(),
        label="专项整治",
        required=False,
        empty_label="不属于专项整治",
        help_text="专项整治有自己的检查表的，用该检查表。",
    )
    planned_on = forms.DateField(
        label="计划日期", required=False, widget=forms.DateInput, help_text="现在就检查的不填；企业看不到计划。"
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["unit"].queryset = Unit.objects.for_user(actor).active()  # type: ignore[attr-defined]
        self.fields["checklist"].queryset = ChecklistVersion.objects.current().select_related("checklist")  # type: ignore[attr-defined]
        self.fields["team"].queryset = candidates(actor).exclude(pk=actor.pk)  # type: ignore[attr-defined]
        running = Campaign.objects.for_user(actor).filter(state=Campaign.State.RUNNING)
        self.fields["campaign"].queryset = running.order_by("ends_on", "pk")  # type: ignore[attr-defined]
        if scope_of(actor.role, Right.ISSUE_PAPER) is None:
            self.fields["kind"].choices = [(Inspection.Kind.PATROL.value, Inspection.Kind.PATROL.label)]  # type: ignore[attr-defined]
        self.initial.setdefault("kind", self.fields["kind"].choices[-1][0])  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """The arguments of `begin` or `schedule`."""
        data = dict(self.cleaned_data)
        data["checklist"] = checklists.for_visit(data["unit"], data["campaign"], data["checklist"])
        if data["campaign"]:
            data["mode"] = Inspection.Mode.SPECIAL
        data["team"] = [Named(person, _part(person)) for person in data["team"]]
        return data


def _part(person: Any) -> str:
    parts = {Role.EXPERT: InspectionMember.Part.EXPERT, Role.LEADER: InspectionMember.Part.LEADER}
    return parts.get(person.role, InspectionMember.Part.MEMBER)


class RowForm(KitForm):
    """One row of the checklist; what only a 不合格 needs is folded away."""

    outcome = forms.ChoiceField(
        label="结果", choices=ItemResult.Outcome.choices, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(label="情况说明", max_length=500, required=False, widget=LINES)
    level = forms.ChoiceField(label="隐患等级", choices=Level.choices, required=False)
    criterion = CriterionField(help_text="不选的，重大隐患用建议的依据。")
    level_reason = forms.CharField(label="定级理由", max_length=500, required=False)
    is_fixed_on_spot = forms.BooleanField(label="已当场整改", required=False)
    due_on = forms.DateField(label="整改期限", required=False, widget=forms.DateInput)
    before = PhotosField(label="发现时照片", required=False)
    after = PhotosField(label="整改后照片", required=False)
    no_photo_reason = forms.CharField(label="无照片原因", max_length=200, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    CONTENT = ("outcome", "note", "level", "level_reason", "is_fixed_on_spot", "due_on", "no_photo_reason")

    def __init__(self, *args: Any, row: ItemResult, **kwargs: Any) -> None:
        shown = {name: getattr(row, name) for name in self.CONTENT} | {"revision": row.revision}
        shown["level"] = row.level or (row.item.level if row.item else Level.GENERAL)
        shown["criterion"] = row.criterion_id
        super().__init__(*args, prefix=f"r{row.pk}", initial=shown, **kwargs)
        self.row = row
        self.is_bad = (self["outcome"].value() or "") == ItemResult.Outcome.BAD
        if self.is_bad:
            self.fields["criterion"].offer(row.note or row.text, shows_confidence=False)  # type: ignore[attr-defined]
        else:  # the library is asked only where something is wrong
            del self.fields["criterion"]

    def content(self) -> dict[str, Any]:
        """What is recorded; the level only where it matters."""
        data = {name: self.cleaned_data[name] for name in self.CONTENT}
        if "criterion" in self.fields:
            data["criterion_id"] = getattr(self.cleaned_data["criterion"], "pk", None)
        if data["outcome"] != ItemResult.Outcome.BAD:
            data |= {"level": "", "criterion_id": None, "is_fixed_on_spot": False, "due_on": None}
        elif data["level"] == (self.row.item.level if self.row.item else None):
            data["level"] = ""
        return data


class ExtraForm(KitForm):
    """A problem no item asks about."""

    text = forms.CharField(label="检查表以外的问题", max_length=300, required=False)
    note = forms.CharField(label="情况说明", max_length=500, required=False, widget=LINES)
    level = forms.ChoiceField(label="隐患等级", choices=Level.choices, required=False)
    before = PhotosField(label="照片", required=False)


class HeadForm(KitForm):
    """Place and the person met there."""

    place = forms.CharField(label="检查场所", max_length=200, required=False)
    contact = forms.CharField(label="现场负责人", max_length=30, required=False)
    contact_title = forms.CharField(label="职务", max_length=30, required=False)
    contact_phone = forms.CharField(label="电话", max_length=30, required=False)


class SignForm(KitForm):
    """One signature: drawn, or typed with a reason; on the side of the place also refused."""

    picture = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="姓名", max_length=30, required=False)
    typed_reason = forms.CharField(
        label="未手写的原因", max_length=200, required=False, help_text="没有手写签名的填写，如“触屏损坏”。"
    )
    is_refused = forms.BooleanField(label="拒绝签名", required=False)
    refusal_reason = forms.CharField(label="拒签情况", max_length=300, required=False)

    def __init__(self, *args: Any, party: str, member: InspectionMember | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party, self.member = party, member
        if member is not None:
            for name in ("name", "is_refused", "refusal_reason"):
                del self.fields[name]

    @property
    def title(self) -> str:
        """Who signs here."""
        if self.member is not None:
            return f"{self.member.get_part_display()} {self.member.user.name}"
        return str(Signature.Party(self.party).label)

    def is_filled(self) -> bool:
        """Whether anything was entered."""
        data = self.cleaned_data
        return bool(data["picture"] or data["typed_reason"] or data.get("is_refused"))

    def clean_picture(self) -> ContentFile | None:
        """The drawn picture, a PNG as data URL."""
        text = self.cleaned_data["picture"]
        if not text:
            return None
        try:
            return ContentFile(base64.b64decode(text.partition("base64,")[2], validate=True), "签名.png")
        except (ValueError, binascii.Error) as error:
            raise forms.ValidationError("签名图片无法识别，请重新签名。") from error


class StartForm(RecordForm):
    """A planned visit begins."""

    contact = forms.CharField(label="现场负责人", max_length=30, required=False)
    contact_title = forms.CharField(label="职务", max_length=30, required=False)
    contact_phone = forms.CharField(label="电话", max_length=30, required=False)

    def prepare(self) -> None:
        """What is known of the place."""
        self.initial |= {name: getattr(self.record, name) for name in ("contact", "contact_title", "contact_phone")}


class RescheduleForm(RecordForm):
    """Another day."""

    planned_on = forms.DateField(label="新的检查日期", widget=forms.DateInput)
    reason = forms.CharField(label="改期原因", max_length=300, widget=LINES)


class FinishForm(RecordForm):
    """The end of the visit."""

    summary = forms.CharField(
        label="检查情况补充", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def prepare(self) -> None:
        """What was noted so far."""
        self.initial["summary"] = self.record.summary


class VisitReasonForm(RecordForm, ReasonForm):
    """Cancelling."""


FORMS: dict[str, type[RecordForm]] = {
    "start": StartForm,
    "reschedule": RescheduleForm,
    "finish": FinishForm,
    "reason": VisitReasonForm,
}
