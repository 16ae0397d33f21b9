"""What the API of meetings and evaluations takes and answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from common.serializers import (
    ActionSerializer,
    EventSerializer,
    MomentField,
    OpinionSerializer,
    ReasonSerializer,
    ScopedField,
    optional_text,
    text_field,
)
from tasks.models import (
    Attendance,
    Decision,
    Evaluation,
    Meeting,
    Plan,
)
from tasks.serializers.fields import files_field, leaders_field, units_field
from tasks.transitions.evaluations import LIFECYCLE as EVALUATION_LIFECYCLE
from tasks.transitions.meetings import LIFECYCLE as MEETING_LIFECYCLE
from tasks.transitions.meetings import DecisionData


class AttendanceSerializer(serializers.ModelSerializer):
    """Somebody called."""

    class Meta:
        model = Attendance
        fields = ("id", "unit", "person", "who", "presence")


class DecisionSerializer(serializers.ModelSerializer):
    """A decision and its task."""

    class Meta:
        model = Decision
        fields = ("place", "text", "unit", "due_on", "task")


class MeetingSerializer(serializers.ModelSerializer):
    """A row of the list."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    kind_label = serializers.CharField(source="get_kind_display")
    state_label = serializers.CharField(source="get_state_display")

    class Meta:
        model = Meeting
        fields = (
            "id",
            "url",
            "version",
            "kind",
            "kind_label",
            "state",
            "state_label",
            "title",
            "starts_at",
            "place",
            "chair",
        )


class MeetingDetailSerializer(MeetingSerializer):
    """The whole meeting."""

    attendance = AttendanceSerializer(many=True)
    decisions = DecisionSerializer(many=True)
    events = EventSerializer(many=True)
    allowed_actions = serializers.SerializerMethodField(help_text="当前可办理的动作")

    class Meta(MeetingSerializer.Meta):
        fields = (
            *MeetingSerializer.Meta.fields,
            "agenda",
            "minutes",
            "others",
            "recorder",
            "attendance",
            "decisions",
            "events",
            "allowed_actions",
        )

    def get_allowed_actions(self, row: Meeting) -> list[str]:
        """What the caller may do now."""
        return MEETING_LIFECYCLE.allowed(row, self.context["request"].user)


class MeetingCallSerializer(serializers.Serializer):
    """登记会议."""

    kind = serializers.ChoiceField(choices=Meeting.Kind.choices)
    title = text_field("会议名称", 120)
    starts_at = MomentField(help_text="时间")
    place = optional_text("地点", 60)
    chair = optional_text("主持人", 40)
    agenda = optional_text("议程", 3000)
    units = units_field(many=True, required=False, help_text="参会单位编号")
    people = leaders_field(help_text="参会领导的用户编号")


class MeetingEditSerializer(ActionSerializer, MeetingCallSerializer):
    """修改会议."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What is left out is emptied."""
        return {"place": "", "chair": "", "agenda": "", **attrs}


class DecisionInputSerializer(serializers.Serializer):
    """议定事项."""

    text = text_field("议定事项", 500)
    unit = units_field(required=False, allow_null=True, help_text="责任单位编号")
    due_on = serializers.DateField(required=False, allow_null=True, help_text="完成时限")

    def to_internal_value(self, data: Any) -> Any:
        """As the transition takes it."""
        return DecisionData(**super().to_internal_value(data))


class MinutesSerializer(ActionSerializer):
    """登记召开、修改纪要."""

    minutes = text_field("会议纪要", 20000)
    present = serializers.ListField(child=serializers.IntegerField(), help_text="到会的参会记录编号")
    excused = serializers.ListField(child=serializers.IntegerField(), required=False, help_text="请假的参会记录编号")
    others = optional_text("其他参会人员", 300)
    recorder = optional_text("记录人", 40)
    decisions = DecisionInputSerializer(many=True, required=False)
    files = files_field()


MEETINGS: dict[str, Any] = {
    "": ActionSerializer,
    "edit": MeetingEditSerializer,
    "minutes": MinutesSerializer,
    "opinion": OpinionSerializer,
    "reason": ReasonSerializer,
}


class EvaluationSerializer(serializers.ModelSerializer):
    """A row of the list."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    state_label = serializers.CharField(source="get_state_display")

    class Meta:
        model = Evaluation
        fields = ("id", "url", "version", "kind", "state", "state_label", "plan", "until", "title")


class SectionSerializer(serializers.Serializer):
    """One part of the text."""

    key = serializers.CharField(max_length=20)
    heading = text_field("标题", 60)
    paragraphs = serializers.ListField(child=serializers.CharField(max_length=5000), help_text="段落")


class EvaluationDetailSerializer(EvaluationSerializer):
    """With text, figures and log."""

    sections = SectionSerializer(many=True)
    snapshot = serializers.JSONField(help_text="数据快照")
    events = EventSerializer(many=True)
    allowed_actions = serializers.SerializerMethodField(help_text="当前可办理的动作")

    class Meta(EvaluationSerializer.Meta):
        fields = (*EvaluationSerializer.Meta.fields, "sections", "snapshot", "events", "allowed_actions")

    def get_allowed_actions(self, row: Evaluation) -> list[str]:
        """What the caller may do now."""
        return EVALUATION_LIFECYCLE.allowed(row, self.context["request"].user)


class EvaluationDraftSerializer(serializers.Serializer):
    """起草评估."""

    plan = ScopedField(queryset=Plan.objects.all(), reach=Plan.objects.for_user, help_text="方案编号")
    kind = serializers.ChoiceField(choices=Evaluation.Kind.choices)
    until = serializers.DateField(help_text="评估截至")


class EvaluationEditSerializer(ActionSerializer):
    """编辑."""

    title = text_field("标题", 160)
    sections = SectionSerializer(many=True)


class RecomputeSerializer(ActionSerializer):
    """重新计算."""

    rewrite = serializers.BooleanField(required=False, default=False, help_text="同时重写正文")


EVALUATIONS: dict[str, Any] = {
    "edit": EvaluationEditSerializer,
    "recompute": RecomputeSerializer,
    "opinion": OpinionSerializer,
    "reason": ReasonSerializer,
}
