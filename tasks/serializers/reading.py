"""What the API answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.serializers import EventSerializer
from evidence.models import Attachment
from tasks.models import Assignment, ProgressReport, Task, TaskTerm, TaskUnit
from tasks.transitions.assignments import LIFECYCLE
from units.serializers import UnitReferenceSerializer


class FileSerializer(serializers.ModelSerializer):
    """A file handed in."""

    file = serializers.FileField(write_only=True, help_text="图片、PDF、Office 文件")
    url = serializers.CharField(read_only=True)

    class Meta:
        model = Attachment
        fields = ("id", "file", "name", "url")
        read_only_fields = ("name",)


class NamedUnitSerializer(serializers.ModelSerializer):
    """A unit the task names."""

    unit = UnitReferenceSerializer()
    role_label = serializers.CharField(source="get_role_display")

    class Meta:
        model = TaskUnit
        fields = ("unit", "role", "role_label", "name")


class TermSerializer(serializers.ModelSerializer):
    """A term of the task."""

    class Meta:
        model = TaskTerm
        fields = ("due_on", "period", "month", "day", "text")


class TaskSerializer(serializers.ModelSerializer):
    """A row of the list."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    plan_title = serializers.CharField(source="plan.title")
    action = serializers.CharField(source="action.name", default=None)

    class Meta:
        model = Task
        fields = (
            "id",
            "url",
            "version",
            "plan",
            "plan_title",
            "action",
            "no",
            "title",
            "leader",
            "quantities",
            "issued_at",
        )


class TaskDetailSerializer(TaskSerializer):
    """One task whole."""

    named = NamedUnitSerializer(many=True)
    terms = TermSerializer(many=True)

    class Meta(TaskSerializer.Meta):
        fields = (*TaskSerializer.Meta.fields, "text", "measures", "named", "terms")


class AssignmentSerializer(serializers.ModelSerializer):
    """A row of the ledger."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    title = serializers.CharField(source="task.title")
    unit = UnitReferenceSerializer()
    role_label = serializers.CharField(source="get_role_display")
    state_label = serializers.CharField(source="get_state_display")
    is_overdue = serializers.BooleanField(help_text="逾期未完成")

    class Meta:
        model = Assignment
        fields = (
            "id", "url", "version", "plan", "task", "title", "period_label", "unit", "role", "role_label", "state",
            "state_label", "due_at", "original_due_at", "is_overdue", "percent", "latest", "opened_at", "submitted_at",
            "done_at",
        )  # fmt: skip


class ReportSerializer(serializers.ModelSerializer):
    """A report with its figures and files."""

    attachments = FileSerializer(many=True)
    reported_by = serializers.CharField(source="reported_by.name", default=None)

    class Meta:
        model = ProgressReport
        fields = (
            "id", "kind", "percent", "text", "figures", "no_evidence_reason", "attachments", "reported_by", "reported_at",
            "outcome", "opinion", "decided_at",
        )  # fmt: skip


class AssignmentDetailSerializer(AssignmentSerializer):
    """One assignment whole."""

    reports = ReportSerializer(many=True)
    events = EventSerializer(many=True)
    allowed_actions = serializers.SerializerMethodField(help_text="调用人现在可以办理的动作")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_allowed_actions(self, record: Any) -> list[str]:
        """The actions of the rules table open now."""
        return LIFECYCLE.allowed(record, self.context["request"].user)

    class Meta(AssignmentSerializer.Meta):
        fields = (*AssignmentSerializer.Meta.fields, "reports", "events", "allowed_actions")
