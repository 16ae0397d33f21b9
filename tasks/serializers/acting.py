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
from tasks.models import Plan, TaskTerm, TaskUnit
from units.models import Unit
from units.roles import Right


class FigureSerializer(serializers.Serializer):
    """What was reached of one quantity the task demands."""

    of = text_field("量化指标", 200)
    value = text_field("完成数据", 60)


class _ReportSerializer(ActionSerializer):
    """A report of the unit."""

    text = text_field("进展情况", 2000)
    figures = FigureSerializer(many=True, required=False)
    files = ScopedField(
        queryset=Attachment.objects.all(),
        reach=lambda user: Attachment.objects.filter(uploaded_by=user),
        many=True,
        required=False,
        help_text="佐证附件编号（先调用 assignments/files/ 上传）",
    )


class ProgressSerializer(_ReportSerializer):
    """报告进展."""

    percent = serializers.IntegerField(min_value=0, max_value=99, help_text="完成比例")


class CompletionSerializer(_ReportSerializer):
    """报告完成."""

    no_evidence_reason = optional_text("无佐证说明", 200)


class NoteSerializer(ActionSerializer):
    """A step that may carry a remark."""

    note = optional_text("说明", 300)


class ReturnSerializer(ReasonSerializer):
    """退回、重新办理."""

    due_at = MomentField(help_text="新的完成时限", required=False)


class DeadlineSerializer(ReasonSerializer):
    """调整时限."""

    due_at = MomentField(help_text="新的完成时限")


FORMS: dict[str, Any] = {
    "": ActionSerializer,
    "progress": ProgressSerializer,
    "completion": CompletionSerializer,
    "note": NoteSerializer,
    "opinion": OpinionSerializer,
    "reason": ReasonSerializer,
    "return": ReturnSerializer,
    "deadline": DeadlineSerializer,
    "reopen": ReturnSerializer,
}


class NamedSerializer(serializers.Serializer):
    """A unit in its role."""

    unit = ScopedField(queryset=Unit.objects.all(), reach=lambda user: Unit.objects.for_user(user).active())
    role = serializers.ChoiceField(choices=TaskUnit.Role.choices)


class TermSerializer(serializers.Serializer):
    """A due day, or a period."""

    due_on = serializers.DateField(required=False, allow_null=True, help_text="完成日期")
    period = serializers.ChoiceField(choices=TaskTerm.Period.choices, default=TaskTerm.Period.ONCE)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One or the other."""
        if (attrs["period"] == TaskTerm.Period.ONCE) != bool(attrs.get("due_on")):
            raise serializers.ValidationError({"due_on": "一次性任务填写完成日期，周期任务只填周期。"})
        return attrs


class TaskDraftSerializer(serializers.Serializer):
    """添加任务."""

    plan = ScopedField(queryset=Plan.objects.all(), reach=lambda user: Plan.objects.for_user(user, Right.MANAGE_TASK))
    no = optional_text("序号", 20)
    action = optional_text("行动", 160)
    title = text_field("重点任务", 200)
    text = optional_text("任务内容", 8000)
    measures = optional_text("措施", 8000)
    leader = optional_text("责任领导", 80)
    units = NamedSerializer(many=True, required=False)
    terms = TermSerializer(many=True, required=False)
    quantities = serializers.ListField(child=text_field("量化指标", 200), required=False)


class AssignSerializer(serializers.Serializer):
    """下达."""

    backfill = serializers.BooleanField(default=False, help_text="补录已过时限的任务")
