"""What the API's actions take: one serializer per form of the rules table, with the same names as the transitions."""

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
from hazards.models import CampaignMark, CriterionItem, Hazard
from hazards.models.hazard import Category, Channel, Level
from hazards.transitions.guards import DISMISS_GROUNDS, REOPEN_GROUNDS
from units.models import Unit, User
from units.roles import Right


def photos_field(**more: Any) -> ScopedField:
    """Ids of photos the caller uploaded before."""
    own = {"queryset": Attachment.objects.all(), "reach": lambda user: Attachment.objects.filter(uploaded_by=user)}
    text = "照片编号（先调用 hazards/photos/ 上传）"
    return ScopedField(many=True, required=False, help_text=text, **own, **more)


def criterion_field() -> ScopedField:
    """An item of a standard in force."""
    return ScopedField(
        queryset=CriterionItem.objects.all(),
        reach=lambda user: CriterionItem.objects.in_force(),
        required=False,
        allow_null=True,
        help_text="判定条款编号",
    )


def department_field() -> ScopedField:
    """The supervising department."""
    return ScopedField(
        queryset=Unit.objects.all(),
        reach=lambda user: Unit.objects.for_user(user).filter(kind=Unit.Kind.DEPARTMENT),
        required=False,
        allow_null=True,
        help_text="监管部门编号",
    )


def campaign_field() -> ScopedField:
    """A campaign the caller may know of; its id is the same under campaigns/."""
    return ScopedField(
        queryset=CampaignMark.objects.all(),
        reach=CampaignMark.objects.for_user,
        required=False,
        allow_null=True,
        help_text="专项整治编号",
    )


class ConfirmSerializer(ActionSerializer):
    """核实确认."""

    level = serializers.ChoiceField(choices=Level.choices)
    responsible_person = text_field("整改责任人", 30)
    responsible_phone = optional_text("责任人电话", 30)
    due = MomentField(required=False, help_text="整改期限；不填按等级默认")
    criterion = criterion_field()
    level_reason = optional_text("定级理由")
    department = department_field()
    suggestion = optional_text("整改要求")
    interim_measures = optional_text("整改期间管控措施")


class DismissSerializer(ActionSerializer):
    """不予立案."""

    ground = serializers.ChoiceField(choices=list(DISMISS_GROUNDS.items()))
    reason = text_field("理由")
    duplicate_of = ScopedField(
        queryset=Hazard.objects.all(),
        reach=Hazard.objects.for_user,
        required=False,
        allow_null=True,
        help_text="所重复的隐患",
    )


class FixOnSpotSerializer(ActionSerializer):
    """当场整改销号."""

    photos = photos_field()
    measures = optional_text("当场采取的措施")


class PlanInputSerializer(ActionSerializer):
    """报送治理方案，五到位."""

    objectives = text_field("目标和任务（责任到位）", 2000)
    measures = text_field("方法和措施（措施到位）", 2000)
    funds = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, help_text="治理经费，万元（资金到位）"
    )
    organisation = text_field("负责机构和人员（责任到位）", 300)
    finish_on = serializers.DateField(help_text="计划完成日期（时限到位）")
    safeguards = text_field("安全措施和应急预案（预案到位）", 2000)
    materials = optional_text("物资保障", 300)
    schedule = optional_text("时限和要求", 2000)
    photos = photos_field()


class ProgressSerializer(ActionSerializer):
    """报告进展."""

    text = text_field("进展情况", 1000)
    percent = serializers.IntegerField(required=False, min_value=0, max_value=100)
    photos = photos_field()


class RequestExtensionSerializer(ActionSerializer):
    """申请延期."""

    due = serializers.DateField(help_text="申请延至，当日24时")
    reason = text_field("延期理由", 1000)
    protection = text_field("延期期间防控措施", 1000)


class GrantExtensionSerializer(ActionSerializer):
    """同意延期."""

    due = serializers.DateField(required=False, help_text="批准延至；不填按申请")
    reason = optional_text("意见")


class RectificationSerializer(ActionSerializer):
    """报告整改完成."""

    measures = text_field("整改措施", 1000)
    spent = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0, help_text="整改投入，万元")
    photos = photos_field()


class PassReviewSerializer(ActionSerializer):
    """复查合格."""

    photos = photos_field()
    paper_reason = optional_text("书面复查理由")
    opinion = optional_text("复查意见")
    second_reviewer = ScopedField(
        queryset=User.objects.all(),
        reach=lambda user: User.objects.filter(is_active=True),
        required=False,
        allow_null=True,
        help_text="另一名复查人（重大隐患必填），须有复查权限",
    )


class FailReviewSerializer(ActionSerializer):
    """复查不合格."""

    reason = text_field("理由")
    due = serializers.DateField(help_text="新的整改期限，当日24时")
    photos = photos_field()


class ChangeLevelSerializer(ActionSerializer):
    """调整等级."""

    level = serializers.ChoiceField(choices=Level.choices)
    reason = text_field("理由")
    criterion = criterion_field()
    department = department_field()
    responsible_person = optional_text("整改责任人", 30)
    responsible_phone = optional_text("责任人电话", 30)
    due = serializers.DateField(
        required=False, help_text="重大降为重点、现期限超过重点隐患最长期限时必填；其余情形不能填"
    )


class CiteCriterionSerializer(ActionSerializer):
    """引用判定依据."""

    criterion = criterion_field()
    level_reason = optional_text("理由")


class MarkCampaignSerializer(ActionSerializer):
    """归入专项."""

    campaign = campaign_field()
    reason = optional_text("变更理由；已归入专项的必填")


class CorrectDeadlineSerializer(ActionSerializer):
    """更正期限."""

    due = serializers.DateField(help_text="更正后的期限，当日24时")
    reason = text_field("理由")


class ReopenSerializer(ActionSerializer):
    """重新立案."""

    ground = serializers.ChoiceField(choices=list(REOPEN_GROUNDS.items()))
    reason = text_field("理由")
    due = serializers.DateField(help_text="新的整改期限，当日24时")


class TransferSerializer(ActionSerializer):
    """移送."""

    transferred_to = text_field("移送机关", 100)
    document = text_field("移送文书名称及文号", 200)
    reason = text_field("理由")


class ReportSerializer(serializers.Serializer):
    """上报隐患. The same `once` sent twice gives the same hazard; an enterprise leaves `unit` out."""

    once = serializers.UUIDField(required=False, help_text="提交标识，重复提交只生效一次")
    submit = serializers.BooleanField(default=True, help_text="false 只存草稿")
    unit = ScopedField(
        queryset=Unit.objects.all(),
        reach=lambda user: Unit.objects.for_user(user, Right.REPORT_HAZARD),
        required=False,
        help_text="隐患所在单位；企业用户不填",
    )
    description = text_field("隐患描述", 1000)
    place = optional_text("具体部位", 200)
    category = serializers.ChoiceField(choices=Category.choices, default=Category.OTHER)
    level = serializers.ChoiceField(choices=Level.choices, default=Level.GENERAL)
    channel = serializers.ChoiceField(choices=Channel.choices, required=False, help_text="来源；“导入”只由台账导入产生")
    criterion = criterion_field()
    level_reason = optional_text("报重大的理由")
    campaign = campaign_field()
    found_on = serializers.DateField(required=False, help_text="发现日期，默认今天")
    interim_measures = optional_text("已采取的临时管控措施")
    no_photo_reason = optional_text("无法拍照的原因", 200)
    latitude = serializers.DecimalField(max_digits=9, decimal_places=6, required=False, help_text="WGS-84")
    longitude = serializers.DecimalField(max_digits=9, decimal_places=6, required=False, help_text="WGS-84")
    photos = photos_field()

    def validate_channel(self, value: str) -> str:
        """An import is made by the importer only."""
        if value == Channel.IMPORT:
            raise serializers.ValidationError("“导入”只由台账导入产生，请选择其他来源。")
        return value


SERIALIZERS: dict[str, type[ActionSerializer]] = {
    "": ActionSerializer,
    "confirm": ConfirmSerializer,
    "fix_on_spot": FixOnSpotSerializer,
    "dismiss": DismissSerializer,
    "file_plan": PlanInputSerializer,
    "opinion": OpinionSerializer,
    "reason": ReasonSerializer,
    "progress": ProgressSerializer,
    "request_extension": RequestExtensionSerializer,
    "grant_extension": GrantExtensionSerializer,
    "rectification": RectificationSerializer,
    "pass_review": PassReviewSerializer,
    "fail_review": FailReviewSerializer,
    "change_level": ChangeLevelSerializer,
    "cite_criterion": CiteCriterionSerializer,
    "mark_campaign": MarkCampaignSerializer,
    "correct_deadline": CorrectDeadlineSerializer,
    "reopen": ReopenSerializer,
    "transfer": TransferSerializer,
}
