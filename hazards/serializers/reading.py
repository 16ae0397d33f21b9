"""What the API answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.serializers import CalledField, EventSerializer
from evidence.models import Attachment
from hazards.buttons import pressable
from hazards.discretion import step_field
from hazards.forms.base import sees_confidence
from hazards.models import (
    CriterionItem,
    Extension,
    Hazard,
    HazardEvidence,
    PrincipalNotification,
    TreatmentPlan,
)
from hazards.transitions.rules import RULES
from units.serializers import UnitReferenceSerializer


class CriterionSerializer(serializers.ModelSerializer):
    """A clause of a standard; `confidence` is shown to the office only."""

    standard = serializers.CharField(source="standard.title", help_text="标准名称")
    document_number = serializers.CharField(source="standard.document_number", help_text="文号")
    status = serializers.CharField(source="standard.status", help_text="效力")
    version = serializers.IntegerField(source="standard.version", help_text="收录版本")

    class Meta:
        model = CriterionItem
        fields = (
            "id",
            "standard",
            "document_number",
            "status",
            "version",
            "clause",
            "sector",
            "sub_sector",
            "title",
            "description",
            "keywords",
            "level",
            "confidence",
            "checked_by",
        )

    def to_representation(self, instance: CriterionItem) -> dict[str, Any]:
        """Without the confidence for those outside the office."""
        shown = super().to_representation(instance)
        if not sees_confidence(self.context["request"].user):
            del shown["confidence"], shown["checked_by"]
        return shown


class HazardSerializer(serializers.ModelSerializer):
    """A row of the ledger."""

    url = CalledField(source="get_absolute_url", help_text="网页地址")
    unit = UnitReferenceSerializer()
    department = UnitReferenceSerializer()
    area = serializers.CharField(source="unit.area.name", help_text="所在区域")
    sector = serializers.CharField(source="sector.name", default=None, help_text="行业领域")
    state_label = CalledField(source="get_state_display")
    level_label = CalledField(source="get_level_display")
    channel_label = CalledField(source="get_channel_display")
    category_label = CalledField(source="get_category_display")
    is_overdue = serializers.BooleanField(help_text="已过期限而责任单位仍未报告整改")
    ladder_step = serializers.SerializerMethodField(help_text="督办阶梯的步骤；企业只见已告知的，不见待决定的建议")

    class Meta:
        model = Hazard
        fields = (
            "id",
            "number",
            "url",
            "version",
            "state",
            "state_label",
            "level",
            "level_label",
            "channel",
            "channel_label",
            "category",
            "category_label",
            "description",
            "place",
            "unit",
            "area",
            "sector",
            "department",
            "responsible_person",
            "found_on",
            "reported_at",
            "confirmed_at",
            "due_at",
            "original_due_at",
            "is_overdue",
            "submitted_at",
            "rectified_at",
            "closed_at",
            "round",
            "extensions_granted",
            "listed_as",
            "campaign",
            "ladder_step",
            "spent",
        )

    @extend_schema_field(serializers.CharField())
    def get_ladder_step(self, hazard: Hazard) -> str:
        """The step as the caller may know it."""
        return str(getattr(hazard, step_field(self.context["request"].user)))


class AttachmentSerializer(serializers.ModelSerializer):
    """A file; the addresses need the same sign-in."""

    sha256 = serializers.CharField(source="blob_id", help_text="原文件指纹")

    class Meta:
        model = Attachment
        fields = ("id", "name", "url", "thumbnail_url", "sha256", "uploaded_at")


class EvidenceSerializer(serializers.ModelSerializer):
    """A file in its place in the closed loop."""

    attachment = AttachmentSerializer()

    class Meta:
        model = HazardEvidence
        fields = ("stage", "round", "attachment")


class PlanSerializer(serializers.ModelSerializer):
    """A version of the treatment plan."""

    class Meta:
        model = TreatmentPlan
        exclude = ("id", "hazard", "filed_by", "decided_by")


class ExtensionSerializer(serializers.ModelSerializer):
    """A request to extend the deadline."""

    class Meta:
        model = Extension
        exclude = ("id", "hazard", "requested_by", "decided_by")


class NotificationSerializer(serializers.ModelSerializer):
    """A principal who was told of a major hazard."""

    class Meta:
        model = PrincipalNotification
        fields = ("capacity", "name", "sent_at", "read_at")


class AllowedActionSerializer(serializers.Serializer):
    """An action open to the caller now."""

    action = serializers.CharField(help_text="动作代码，用于 actions/ 地址")
    label = serializers.CharField()
    effect = serializers.CharField(help_text="办理后的结果")


class HazardDetailSerializer(HazardSerializer):
    """The whole hazard; `allowed_actions` is what the caller may do next."""

    criterion = CriterionSerializer()
    evidence = EvidenceSerializer(many=True)
    plans = PlanSerializer(many=True)
    extensions = ExtensionSerializer(many=True)
    principal_notifications = NotificationSerializer(many=True)
    allowed_actions = serializers.SerializerMethodField()

    class Meta(HazardSerializer.Meta):
        fields = (
            *HazardSerializer.Meta.fields,
            "level_reason",
            "suggestion",
            "interim_measures",
            "no_photo_reason",
            "responsible_phone",
            "found_by",
            "latitude",
            "longitude",
            "transferred_to",
            "reopened",
            "criterion",
            "evidence",
            "plans",
            "extensions",
            "principal_notifications",
            "allowed_actions",
        )

    @extend_schema_field(AllowedActionSerializer(many=True))
    def get_allowed_actions(self, hazard: Hazard) -> list[dict[str, str]]:
        """The buttons of the page."""
        names = pressable(hazard, self.context["request"].user)
        return [{"action": name, "label": RULES[name].label, "effect": RULES[name].effect} for name in names]


class HazardEventSerializer(EventSerializer):
    """One thing that happened to a hazard; `data` is what was typed."""

    seq = serializers.IntegerField(help_text="序号")
    round = serializers.IntegerField(help_text="整改轮次")
    data = serializers.DictField(help_text="内容")


class PhotoSerializer(serializers.Serializer):
    """A photo to be used in a later report or action by its id."""

    file = serializers.FileField(write_only=True, help_text="JPEG、PNG、WebP 或 HEIC，不超过20MB")
    id = serializers.IntegerField(read_only=True)
    thumbnail_url = serializers.CharField(read_only=True)
