"""Forms of listings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from common import clock, wording
from common.limits import limit
from hazards.models.hazard import Level, State
from supervision import papers
from supervision.forms.base import LINES, FilesRecordForm, OpinionForm, PaperTextForm, ReasonForm, RecordForm
from supervision.models import BatchState, Listing, ListingBatch
from supervision.paper_text import Text
from supervision.transitions.listing_guards import limit_kind
from units.models import Unit
from units.queries import departments_over


def _batches(listing: Listing) -> Any:
    """The office's batches that still take listings, and the one it stands in."""
    own = ListingBatch.objects.filter(office=listing.office_id)
    return own.filter(Q(state=BatchState.OPEN) | Q(pk=listing.batch_id))


_LONG = forms.Textarea(attrs={"rows": 5})


class ProposeForm(RecordForm):
    """提请督办: the record is the hazard."""

    reason = forms.CharField(label="提请理由", max_length=500, widget=_LONG)
    department = forms.ModelChoiceField(Unit.objects.none(), label="督办部门", required=False, empty_label="同监管部门")
    tier = forms.ChoiceField(label="督办级别", choices=Listing.Tier.choices, initial=Listing.Tier.STREET)

    def prepare(self) -> None:
        """The supervising department is the default."""
        self.fields["department"].queryset = departments_over(self.record.area_path)  # type: ignore[attr-defined]
        self.initial["department"] = self.record.department_id


class OpineForm(RecordForm):
    """部门会审意见."""

    opinion = forms.CharField(label="会审意见", max_length=500, widget=LINES)


class ApproveForm(RecordForm):
    """批准督办: level, who supervises, until when."""

    tier = forms.ChoiceField(label="督办级别", choices=Listing.Tier.choices)
    department = forms.ModelChoiceField(Unit.objects.none(), label="督办部门", required=False, empty_label="请选择")
    leader = forms.CharField(label="督办领导", max_length=30)
    finish_by = forms.DateField(label="督办整改期限", required=False, widget=forms.DateInput)
    batch = forms.ModelChoiceField(ListingBatch.objects.none(), label="批次", required=False, empty_label="不分批")
    opinion = forms.CharField(label="审批意见", max_length=300, required=False, widget=LINES)
    waiver = forms.CharField(label="未经会审的理由", max_length=300, required=False, widget=LINES)

    def prepare(self) -> None:
        """Defaults from the proposal; the waiver is asked for only while the department's opinion is missing."""
        listing = self.record
        self.initial |= {"tier": listing.tier, "department": listing.department_id, "batch": listing.batch_id}
        self.fields["department"].queryset = departments_over(listing.area_path)  # type: ignore[attr-defined]
        self.fields["batch"].queryset = _batches(listing)  # type: ignore[attr-defined]
        rule = limit(f"listing.term.{limit_kind(listing)}", listing.area_path)
        self.fields["finish_by"].help_text = f"不填则为{rule}（至{wording.cn_date(rule.after(clock.now()))}）。"
        if listing.opinion:
            del self.fields["waiver"]
        else:
            self.fields["waiver"].help_text = "督办部门尚未出具会审意见，直接批准须写明理由。"
        if listing.hazard.level == Level.GENERAL:
            self.fields["tier"].help_text = "该隐患为一般等级，批准挂账即升为重点隐患。"


class NoticeTextForm(PaperTextForm):
    """督办通知书."""

    def text(self) -> Text:
        """As drafted, or as somebody has changed it."""
        return papers.notice_text(self.record)


class DelistingTextForm(PaperTextForm):
    """摘牌（销账、销案）通知书."""

    def text(self) -> Text:
        """As drafted, or as somebody has changed it."""
        return papers.delisting_text(self.record)


class ServeForm(FilesRecordForm):
    """登记送达."""

    field_order = ("receiver", "served_at", "method", "photos", "kept")
    files_label = "送达回执"
    receiver = forms.CharField(label="签收人", max_length=60)
    served_at = forms.DateTimeField(
        label="送达时间", required=False, widget=forms.DateTimeInput, help_text="不填则为当前时间。"
    )
    method = forms.ChoiceField(
        label="送达方式",
        choices=[(text, text) for text in ("直接送达", "留置送达", "邮寄送达", "电子送达（已书面同意）")],
    )


class PublishForm(RecordForm):
    """登记公示."""

    published_in = forms.CharField(label="公示载体", max_length=200, help_text="如：街道政务网站、公开栏、微信公众号。")
    published_at = forms.DateTimeField(
        label="公示时间", required=False, widget=forms.DateTimeInput, help_text="不填则为当前时间。"
    )


class PublishOnlineForm(PublishForm):
    """登记公示, with what the public page shows."""

    online = forms.BooleanField(label="同时在本系统的网上公示页面公示（无须登录即可查看）", required=False)
    public_unit = forms.CharField(label="公示的单位名称", max_length=80, required=False)
    public_text = forms.CharField(
        label="公示的隐患情况",
        max_length=500,
        required=False,
        widget=LINES,
        help_text="请勿写入个人信息；电话和证件号码自动隐去。举报人信息从不公示。",
    )
    public_until = forms.DateField(
        label="网上公示至", required=False, widget=forms.DateInput, help_text="不填则至撤下为止。"
    )

    def prepare(self) -> None:
        """The facts as they stand, for the person to shorten."""
        hazard = self.record.hazard
        self.initial |= {
            "public_unit": hazard.unit.name,
            "public_text": f"{hazard.place}：{hazard.description}".lstrip("：")[:500],
        }


class PlanForm(FilesRecordForm):
    """报送督办治理方案; of a 重大 hazard it stands in the hazard's file already."""

    field_order = ("text", "photos", "kept")
    text = forms.CharField(
        label="治理方案", max_length=2000, widget=_LONG, help_text="写明责任、措施、资金、时限和应急预案。"
    )

    def prepare(self) -> None:
        """One fact is entered once."""
        if self.record.hazard.level == Level.MAJOR:
            self.fields["text"].required = False
            self.fields["text"].label = "补充说明"
            self.fields["text"].help_text = "治理方案以隐患档案中报送的“五到位”方案为准。"


class ProgressForm(FilesRecordForm):
    """报告督办进展."""

    field_order = ("text", "percent", "photos", "kept")
    text = forms.CharField(label="进展情况", max_length=1000, widget=_LONG)
    percent = forms.IntegerField(label="完成比例（%）", min_value=0, max_value=100, required=False)


class ApplyAcceptanceForm(FilesRecordForm):
    """申请验收, with the enterprise's own evaluation."""

    field_order = ("text", "photos", "kept")
    text = forms.CharField(
        label="自评情况", max_length=1000, widget=_LONG, help_text="整改完成情况、实际投入、自评结论。"
    )


class AcceptForm(FilesRecordForm):
    """验收合格."""

    field_order = ("checkers", "report", "photos", "kept")
    checkers = forms.CharField(label="验收人员", max_length=200, help_text="至少两人，以顿号分隔；整改人不得参加。")
    report = forms.CharField(label="验收报告", max_length=1000, widget=_LONG)


class FailAcceptanceForm(RecordForm):
    """验收不合格."""

    reason = forms.CharField(label="不合格的理由", max_length=500, widget=LINES)
    due = forms.DateField(label="新的整改期限", required=False, widget=forms.DateInput)

    def prepare(self) -> None:
        """A new deadline while the hazard goes back with the listing."""
        if self.record.hazard.state == State.SUBMITTED:
            self.fields["due"].required = True
        else:
            del self.fields["due"]


class BatchForm(RecordForm):
    """编入批次."""

    batch = forms.ModelChoiceField(ListingBatch.objects.none(), label="批次", empty_label="请选择")

    def prepare(self) -> None:
        """The office's own batches."""
        self.fields["batch"].queryset = _batches(self.record)  # type: ignore[attr-defined]
        self.initial["batch"] = self.record.batch_id


FORMS: dict[str, type[RecordForm]] = {
    "reason": ReasonForm,
    "opinion": OpinionForm,
    "opine": OpineForm,
    "approve": ApproveForm,
    "notice_text": NoticeTextForm,
    "delisting_text": DelistingTextForm,
    "serve": ServeForm,
    "publish": PublishOnlineForm,
    "publish_delisting": PublishForm,
    "plan": PlanForm,
    "progress": ProgressForm,
    "apply_acceptance": ApplyAcceptanceForm,
    "accept": AcceptForm,
    "fail_acceptance": FailAcceptanceForm,
    "batch": BatchForm,
}


def propose_form(actor: Any, hazard: Any, *bound: Any) -> ProposeForm:
    """The form of a proposal for the hazard."""
    return ProposeForm(*bound, record=hazard, actor=actor)
