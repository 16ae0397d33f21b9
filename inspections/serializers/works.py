"""What the API of dangerous works takes and answers."""

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
from evidence.models import Attachment
from inspections.models.works import GasReading, HazardousWork, WorkCrew, WorkKind, WorkStep
from inspections.transitions import works
from units.serializers import UnitReferenceSerializer


class CrewSerializer(serializers.ModelSerializer):
    """Somebody of the crew."""

    class Meta:
        model = WorkCrew
        fields = ("post", "name", "certificate", "valid_until")


class ReportSerializer(serializers.Serializer):
    """报备."""

    kind = serializers.ChoiceField(choices=WorkKind.choices)
    grade = serializers.ChoiceField(choices=HazardousWork.Grade.choices, required=False, allow_blank=True)
    content = text_field("作业内容", 300)
    place = text_field("作业地点", 120)
    starts_at = MomentField(help_text="计划开始")
    ends_at = MomentField(help_text="计划结束")
    contractor = text_field("作业单位", 120)
    qualification = optional_text("作业单位资质", 160)
    manager = text_field("现场安全管理人员", 30)
    measures = text_field("安全措施", 1000)
    equipment = text_field("应急器材", 300)
    short_notice_reason = optional_text("临时报备理由，不足提前量时必填", 200)
    latitude = serializers.DecimalField(9, 6, required=False, allow_null=True, min_value=-90, max_value=90)
    longitude = serializers.DecimalField(9, 6, required=False, allow_null=True, min_value=-180, max_value=180)
    crew = CrewSerializer(many=True, help_text="作业人员，至少一名作业人和一名监护人")
    once = serializers.UUIDField(required=False, help_text="调用方自定的唯一标识，重复提交只报备一次")


class StepInputSerializer(ActionSerializer):
    """登记一个步骤."""

    person = text_field("责任人", 30)
    note = optional_text("说明", 300)
    photos = ScopedField(
        queryset=Attachment.objects.all(),
        reach=lambda user: Attachment.objects.filter(uploaded_by=user),
        many=True,
        help_text="照片编号（先调用 hazards/photos/ 上传）",
    )


class GasInputSerializer(ActionSerializer):
    """登记气体检测."""

    at = MomentField(required=False, help_text="检测时间，不填为现在")
    by_person = text_field("检测人", 30)
    oxygen = serializers.DecimalField(4, 1, min_value=0, max_value=100, help_text="氧气（%）")
    combustible = serializers.DecimalField(5, 1, min_value=0, max_value=1000, help_text="可燃气体（%LEL）")
    hydrogen_sulfide = serializers.DecimalField(6, 1, min_value=0, required=False, allow_null=True, help_text="mg/m³")
    carbon_monoxide = serializers.DecimalField(6, 1, min_value=0, required=False, allow_null=True, help_text="mg/m³")


class ProlongSerializer(ActionSerializer):
    """延长作业时间."""

    ends_at = MomentField(help_text="新的结束时间")
    reason = text_field("理由", 300)


class NoteSerializer(ActionSerializer):
    """登记监管到场."""

    note = optional_text("说明", 300)


ACTIONS: dict[str, type[ActionSerializer]] = {
    "step": StepInputSerializer,
    "gas": GasInputSerializer,
    "prolong": ProlongSerializer,
    "reason": ReasonSerializer,
    "note": NoteSerializer,
}


class WorkSerializer(serializers.ModelSerializer):
    """A row of the ledger."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    unit = UnitReferenceSerializer()
    kind_label = serializers.CharField(source="get_kind_display")
    state_label = serializers.CharField(source="get_state_display")
    is_overrun = serializers.BooleanField(help_text="超时未完工")

    class Meta:
        model = HazardousWork
        fields = (
            "id", "url", "version", "unit", "kind", "kind_label", "grade", "state", "state_label", "place", "content",
            "starts_at", "ends_at", "is_overrun", "filed_at", "started_at", "finished_at", "latitude", "longitude",
        )  # fmt: skip


class StepSerializer(serializers.ModelSerializer):
    """A step that was taken."""

    photos = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = WorkStep
        fields = ("code", "at", "person", "note", "photos")


class GasSerializer(serializers.ModelSerializer):
    """A measurement with its verdict."""

    faults = serializers.ListField(child=serializers.CharField(), help_text="超出范围的项目，空为合格")

    class Meta:
        model = GasReading
        fields = ("at", "by_person", "oxygen", "combustible", "hydrogen_sulfide", "carbon_monoxide", "faults")


class WorkDetailSerializer(WorkSerializer):
    """One work, whole."""

    crew = CrewSerializer(many=True)
    steps = StepSerializer(many=True)
    readings = GasSerializer(many=True)
    events = EventSerializer(many=True)
    allowed_actions = serializers.SerializerMethodField(help_text="调用人现在可以办理的动作")

    class Meta(WorkSerializer.Meta):
        fields = (
            *WorkSerializer.Meta.fields, "contractor", "qualification", "manager", "measures", "equipment",
            "short_notice_reason", "regulator_at", "crew", "steps", "readings", "events", "allowed_actions",
        )  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_allowed_actions(self, record: Any) -> list[str]:
        """The actions of the rules table open now."""
        return works.allowed_actions(record, self.context["request"].user)
