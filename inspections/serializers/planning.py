"""What the API of the office side takes and answers, shared by its records."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.lifecycle import Lifecycle
from common.serializers import EventSerializer, ScopedField
from evidence.models import Attachment

RECORD = ("id", "url", "version", "state", "state_label")
DETAIL = ("events", "allowed_actions")


def own_files() -> ScopedField:
    """Attachments the caller has uploaded."""
    return ScopedField(
        queryset=Attachment.objects.all(),
        reach=lambda user: Attachment.objects.filter(uploaded_by=user),
        many=True,
        required=False,
        help_text="附件编号（先调用 compliance-records/files/ 上传）",
    )


class RecordSerializer(serializers.ModelSerializer):
    """What every row says."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    state_label = serializers.CharField(source="get_state_display")


class DetailSerializer(serializers.Serializer):
    """What one record says besides: its events and the actions open to the caller."""

    lifecycle: Lifecycle
    events = EventSerializer(many=True)
    allowed_actions = serializers.SerializerMethodField(help_text="调用人现在可以办理的动作")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_allowed_actions(self, record: Any) -> list[str]:
        """The actions of the rules table open now."""
        return self.lifecycle.allowed(record, self.context["request"].user)
