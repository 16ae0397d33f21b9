"""What the API of visits and papers takes and answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.serializers import (
    ActionSerializer,
    EventSerializer,
    MomentField,
    ReasonSerializer,
    ScopedField,
    optional_text,
    text_field,
)
from inspections.models import ChecklistVersion, Inspection, InspectionPaper, ItemResult
from inspections.models.campaigns import Campaign
from inspections.transitions import papers, visits
from inspections.transitions.team import Named, candidates
from units.models import Unit, User
from units.serializers import UnitReferenceSerializer


class VisitSerializer(serializers.ModelSerializer):
    """A row of the ledger."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    unit = UnitReferenceSerializer()
    kind_label = serializers.CharField(source="get_kind_display")
    mode_label = serializers.CharField(source="get_mode_display")
    state_label = serializers.CharField(source="get_state_display")
    has_wrong_clock = serializers.BooleanField(help_text="手机时钟与服务器相差超过5分钟")

    class Meta:
        model = Inspection
        fields = (
            "id", "uid", "url", "version", "unit", "kind", "kind_label", "mode", "mode_label", "state", "state_label",
            "campaign", "planned_on", "started_at", "finished_at", "client_started_at", "received_at", "has_wrong_clock",
            "item_count", "bad_count",
        )  # fmt: skip


class ResultSerializer(serializers.ModelSerializer):
    """One result."""

    hazard = serializers.CharField(source="hazard.number", default=None, help_text="隐患编号")

    class Meta:
        model = ItemResult
        fields = ("uid", "item", "text", "outcome", "note", "level", "is_fixed_on_spot", "due_on", "hazard", "revision")


class MemberSerializer(serializers.Serializer):
    """A person of the team."""

    user = serializers.IntegerField(source="user_id")
    name = serializers.CharField(source="user.name")
    part = serializers.CharField()
    certificate_number = serializers.CharField()


class VisitDetailSerializer(VisitSerializer):
    """A visit with its team, results, events and the actions open to the caller."""

    members = MemberSerializer(many=True)
    results = ResultSerializer(many=True)
    events = EventSerializer(many=True)
    allowed_actions = serializers.SerializerMethodField(help_text="调用人现在可以办理的动作")

    class Meta(VisitSerializer.Meta):
        fields = (*VisitSerializer.Meta.fields, "members", "results", "events", "allowed_actions")  # type: ignore[assignment]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_allowed_actions(self, record: Any) -> list[str]:
        """The actions of the rules table open now."""
        return visits.allowed_actions(record, self.context["request"].user)


class PaperSerializer(serializers.ModelSerializer):
    """A row of the registry of papers."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    unit = UnitReferenceSerializer()
    kind_label = serializers.CharField(source="get_kind_display")
    state_label = serializers.CharField(source="get_state_display")

    class Meta:
        model = InspectionPaper
        fields = (
            "id", "uid", "url", "version", "inspection", "kind", "kind_label", "state", "state_label", "number", "unit",
            "deadline", "recheck_on", "issued_at", "served_at",
        )  # fmt: skip


class PaperDetailSerializer(PaperSerializer):
    """A paper with what it says, its events and the actions open to the caller."""

    content = serializers.JSONField(help_text="文书内容，出具后固定")
    events = EventSerializer(many=True)
    allowed_actions = serializers.SerializerMethodField(help_text="调用人现在可以办理的动作")

    class Meta(PaperSerializer.Meta):
        fields = (*PaperSerializer.Meta.fields, "content", "events", "allowed_actions")  # type: ignore[assignment]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_allowed_actions(self, record: Any) -> list[str]:
        """The actions of the rules table open now."""
        return papers.allowed_actions(record, self.context["request"].user)


class BeginSerializer(serializers.Serializer):
    """开始或安排检查."""

    uid = serializers.UUIDField(help_text="调用方自定的唯一标识，重复提交只生成一次检查")
    unit = ScopedField(queryset=Unit.objects.all(), reach=lambda user: Unit.objects.for_user(user).active())
    kind = serializers.ChoiceField(choices=Inspection.Kind.choices)
    mode = serializers.ChoiceField(choices=Inspection.Mode.choices)
    checklist = serializers.PrimaryKeyRelatedField(queryset=ChecklistVersion.objects.all(), help_text="检查表版本")
    campaign = ScopedField(
        queryset=Campaign.objects.all(),
        reach=Campaign.objects.for_user,
        required=False,
        allow_null=True,
        help_text="专项整治；有自己检查表的，以其检查表为准",
    )
    team = ScopedField(queryset=User.objects.all(), reach=candidates, many=True, required=False, help_text="同行人员")
    planned_on = serializers.DateField(required=False, allow_null=True, help_text="计划日期，现在开始的不填")

    def validate_team(self, value: list[User]) -> list[Named]:
        """As the transition names them."""
        return [Named(person) for person in value]


class StartSerializer(ActionSerializer):
    """开始检查."""

    contact = optional_text("现场负责人", 30)
    contact_title = optional_text("职务", 30)
    contact_phone = optional_text("电话", 30)


class RescheduleSerializer(ActionSerializer):
    """改期."""

    planned_on = serializers.DateField(help_text="新的检查日期")
    reason = text_field("改期原因", 300)


class FinishSerializer(ActionSerializer):
    """办结检查."""

    summary = optional_text("检查情况补充", 2000)


class PaperDraftSerializer(serializers.Serializer):
    """制作文书."""

    inspection = ScopedField(queryset=Inspection.objects.all(), reach=Inspection.objects.for_user)
    kind = serializers.ChoiceField(choices=InspectionPaper.Kind.choices)


class PaperEditSerializer(ActionSerializer):
    """修改文书草稿."""

    basis = optional_text("依据")
    decisions = optional_text("处理决定，每行一条", 1500)
    demand = optional_text("补充要求", 1000)
    opinion = optional_text("复查意见", 1000)
    deadline = serializers.DateField(required=False, allow_null=True, help_text="整改期限")
    recheck_on = serializers.DateField(required=False, allow_null=True, help_text="拟复查日期")


class ServeSerializer(ActionSerializer):
    """登记送达."""

    way = serializers.ChoiceField(choices=InspectionPaper.Way.choices)
    receiver = text_field("收件人", 30)
    served_place = text_field("送达地点", 200)
    served_at = MomentField(required=False, help_text="送达时间，不填为现在")
    served_note = optional_text("备注", 300)


VISITS: dict[str, type[ActionSerializer]] = {
    "start": StartSerializer,
    "reschedule": RescheduleSerializer,
    "finish": FinishSerializer,
    "reason": ReasonSerializer,
}
PAPERS: dict[str, type[ActionSerializer]] = {
    "": ActionSerializer,
    "edit": PaperEditSerializer,
    "serve": ServeSerializer,
    "reason": ReasonSerializer,
}
