"""What the API's actions take: one serializer per `form` of a rule, with the same names as the transitions."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from common.serializers import (
    ActionSerializer,
    MomentField,
    OpinionSerializer,
    ReasonSerializer,
    ScopedField,
    optional_text,
    text_field,
)
from evidence.models import Attachment
from hazards.models import Hazard
from supervision.models import Listing, ListingBatch, Measure
from supervision.transitions.letters import BY_HAND
from units.models import Unit
from units.roles import Right


def _moment(label: str) -> MomentField:
    return MomentField(help_text=label, required=False)


def _files() -> ScopedField:
    return ScopedField(
        queryset=Attachment.objects.all(),
        reach=lambda user: Attachment.objects.filter(uploaded_by=user),
        many=True,
        required=False,
        help_text="附件编号（先调用 listings/files/ 上传）",
    )


def _unit(**more: Any) -> ScopedField:
    return ScopedField(queryset=Unit.objects.all(), reach=lambda user: Unit.objects.for_user(user).active(), **more)


def _hazard(right: str, **more: Any) -> ScopedField:
    return ScopedField(
        queryset=Hazard.objects.all(),
        reach=lambda user: Hazard.objects.for_user(user, right),
        help_text="隐患编号",
        **more,
    )


def _batches(user: Any) -> Any:
    return ListingBatch.objects.filter(office__in=Unit.objects.for_user(user, Right.SERVE_LISTING))


class PaperTextSerializer(ActionSerializer):
    """修改签批前的文书."""

    title = text_field("标题", 200)
    body = text_field("正文，一行一段", 4000)


class LetterDraftSerializer(serializers.Serializer):
    """起草函件."""

    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in BY_HAND])
    to_unit = _unit(help_text="主送单位")
    copies = _unit(many=True, required=False, help_text="抄送（协办）单位")
    hazard = _hazard(Right.READ_HAZARD, required=False, allow_null=True)
    title = text_field("标题", 160)
    matter = text_field("事由", 2000)
    basis = optional_text("依据", 300)
    demand = text_field("要求", 2000)
    due_at = _moment("回复期限，不填只须签收")
    once = serializers.UUIDField(required=False, help_text="调用方自定的唯一标识，重复提交只生成一件")


class LetterEditSerializer(ActionSerializer):
    """修改草稿."""

    title = text_field("标题", 160)
    matter = text_field("事由", 2000)
    basis = optional_text("依据", 300)
    demand = text_field("要求", 2000)
    due_at = _moment("回复期限")


class LetterAnswerInputSerializer(ActionSerializer):
    """回复."""

    text = text_field("回复内容", 2000)
    files = _files()


class LetterReturnSerializer(ActionSerializer):
    """退回补充."""

    reason = text_field("退回理由", 300)
    due_at = _moment("新的回复期限")


LETTERS: dict[str, type[ActionSerializer]] = {
    "": ActionSerializer,
    "edit": LetterEditSerializer,
    "answer": LetterAnswerInputSerializer,
    "opinion": OpinionSerializer,
    "return_answer": LetterReturnSerializer,
    "reason": ReasonSerializer,
}


class ListingProposalSerializer(serializers.Serializer):
    """提请督办."""

    hazard = _hazard(Right.READ_HAZARD)
    reason = text_field("提请理由")
    department = _unit(required=False, allow_null=True, help_text="督办部门")
    tier = serializers.ChoiceField(choices=Listing.Tier.choices, required=False)


class ListingOpinionSerializer(ActionSerializer):
    """会审意见."""

    opinion = text_field("会审意见")


class ListingApprovalSerializer(ActionSerializer):
    """批准督办."""

    leader = text_field("督办领导", 30)
    tier = serializers.ChoiceField(choices=Listing.Tier.choices, required=False)
    department = _unit(required=False, allow_null=True, help_text="督办部门")
    finish_by = serializers.DateField(required=False, help_text="督办整改期限")
    batch = ScopedField(
        queryset=ListingBatch.objects.all(), reach=_batches, required=False, allow_null=True, help_text="批次"
    )
    opinion = optional_text("审批意见", 300)
    waiver = optional_text("未经会审的理由", 300)


class ListingServiceSerializer(ActionSerializer):
    """登记送达."""

    receiver = text_field("签收人", 60)
    served_at = _moment("送达时间")
    method = optional_text("送达方式", 40)
    files = _files()


class ListingPublicationSerializer(ActionSerializer):
    """登记公示."""

    published_in = text_field("公示载体", 200)
    published_at = _moment("公示时间")


class ListingPublicationOnlineSerializer(ListingPublicationSerializer):
    """登记公示，可同时网上公示."""

    online = serializers.BooleanField(required=False, help_text="同时在网上公示页面公示")
    public_unit = optional_text("公示的单位名称", 80)
    public_text = optional_text("公示的隐患情况", 500)
    public_until = serializers.DateField(required=False, help_text="网上公示至")


class ListingPlanSerializer(ActionSerializer):
    """报送督办治理方案."""

    text = optional_text("治理方案", 2000)
    files = _files()


class ListingProgressSerializer(ActionSerializer):
    """报告督办进展."""

    text = text_field("进展情况", 1000)
    percent = serializers.IntegerField(required=False, min_value=0, max_value=100)
    files = _files()


class ListingApplicationSerializer(ActionSerializer):
    """申请验收."""

    text = text_field("自评情况", 1000)
    files = _files()


class ListingAcceptanceSerializer(ActionSerializer):
    """验收合格."""

    checkers = text_field("验收人员，以顿号分隔", 200)
    report = text_field("验收报告", 1000)
    files = _files()


class ListingFailureSerializer(ActionSerializer):
    """验收不合格."""

    reason = text_field("理由")
    due = serializers.DateField(required=False, help_text="新的整改期限")


class ListingBatchSerializer(ActionSerializer):
    """编入批次."""

    batch = ScopedField(queryset=ListingBatch.objects.all(), reach=_batches, help_text="批次")


LISTINGS: dict[str, type[ActionSerializer]] = {
    "reason": ReasonSerializer,
    "opinion": OpinionSerializer,
    "opine": ListingOpinionSerializer,
    "approve": ListingApprovalSerializer,
    "serve": ListingServiceSerializer,
    "publish": ListingPublicationOnlineSerializer,
    "publish_delisting": ListingPublicationSerializer,
    "plan": ListingPlanSerializer,
    "progress": ListingProgressSerializer,
    "apply_acceptance": ListingApplicationSerializer,
    "accept": ListingAcceptanceSerializer,
    "fail_acceptance": ListingFailureSerializer,
    "notice_text": PaperTextSerializer,
    "delisting_text": PaperTextSerializer,
    "batch": ListingBatchSerializer,
}


class MeasureProposalSerializer(serializers.Serializer):
    """提出措施建议."""

    hazard = _hazard(Right.READ_HAZARD)
    kind = serializers.ChoiceField(choices=Measure.Kind.choices)
    reason = text_field("理由")


class MeasureDecisionSerializer(ActionSerializer):
    """决定采取."""

    form = serializers.ChoiceField(choices=Measure.Form.choices)
    opinion = text_field("决定意见")
    meet_at = _moment("约谈时间")
    place = optional_text("约谈地点", 100)
    receiver = optional_text("受移送机关", 100)


class MeasureResultSerializer(ActionSerializer):
    """登记结果."""

    result = text_field("纪要、结果", 2000)
    document = optional_text("文书名称及文号", 120)
    attendees = optional_text("参加人员", 300)
    follow_up_by = serializers.DateField(required=False, help_text="落实情况复核日期")
    expires_at = serializers.DateField(required=False, help_text="措施有效期至")
    files = _files()


class MeasureFollowUpSerializer(ActionSerializer):
    """复核落实情况."""

    text = text_field("复核情况", 1000)


BATCHES: dict[str, type[ActionSerializer]] = {"": ActionSerializer, "batch_text": PaperTextSerializer}
MEASURES: dict[str, type[ActionSerializer]] = {
    "paper_text": PaperTextSerializer,
    "decide": MeasureDecisionSerializer,
    "reason": ReasonSerializer,
    "record": MeasureResultSerializer,
    "follow_up": MeasureFollowUpSerializer,
}
