"""What the API of plans and of the plan import takes and answers."""

from __future__ import annotations

from rest_framework import serializers

from common.serializers import ScopedField, optional_text, text_field
from tasks.models import DraftTask, Plan, PlanDraft, PlanStage, UnitWording
from units.models import Unit
from units.serializers import UnitReferenceSerializer


class StageSerializer(serializers.ModelSerializer):
    """A stage of a plan."""

    class Meta:
        model = PlanStage
        fields = ("name", "starts_on", "ends_on")


class PlanSerializer(serializers.ModelSerializer):
    """A plan."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    owner = UnitReferenceSerializer()
    stages = StageSerializer(many=True)

    class Meta:
        model = Plan
        fields = ("id", "url", "source", "title", "number", "issuer", "starts_on", "ends_on", "owner", "stages")


class DraftTaskSerializer(serializers.ModelSerializer):
    """A task as read and corrected; `sources` give the characters of the text every value was read from."""

    class Meta:
        model = DraftTask
        fields = (
            "id", "version", "no", "action", "title", "text", "leader", "lead", "responsible", "cooperating", "due",
            "recurrence", "quantities", "doubts", "sources", "span_start", "span_end", "is_left_out",
        )  # fmt: skip


class PlanDraftSerializer(serializers.ModelSerializer):
    """A row of the list of drafts."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    state_label = serializers.CharField(source="get_state_display")

    class Meta:
        model = PlanDraft
        fields = (
            "id",
            "url",
            "version",
            "name",
            "state",
            "state_label",
            "title",
            "number",
            "error",
            "plan_id",
            "created_at",
        )


class PlanDraftDetailSerializer(PlanDraftSerializer):
    """A draft with its tasks and the names nobody has settled yet."""

    rows = DraftTaskSerializer(many=True)

    class Meta(PlanDraftSerializer.Meta):
        fields = (
            *PlanDraftSerializer.Meta.fields,
            "issuer",
            "starts_on",
            "ends_on",
            "stages",
            "actions",
            "text",
            "rows",
        )


class PlanUploadSerializer(serializers.Serializer):
    """A document to read: a file, or its text."""

    file = serializers.FileField(required=False, help_text=".docx、.txt 或带文字的 .pdf")
    text = optional_text("方案全文", 1_000_000)


class CorrectionSerializer(serializers.Serializer):
    """One task corrected; what is left out stays."""

    row = serializers.IntegerField(min_value=1, help_text="草稿任务编号")
    version = serializers.IntegerField(required=False, help_text="看到的版本")
    no = optional_text("序号", 20)
    action = optional_text("行动", 120)
    title = serializers.CharField(max_length=200, required=False, help_text="重点任务")
    lead = serializers.ListField(child=text_field("牵头单位", 120), required=False)
    responsible = serializers.ListField(child=text_field("责任单位", 120), required=False)
    cooperating = serializers.ListField(child=text_field("配合单位", 120), required=False)
    due = serializers.ListField(child=serializers.DateField(), required=False, help_text="完成时限")
    recurrence = serializers.ListField(child=text_field("频次", 120), required=False)
    quantities = serializers.ListField(child=text_field("量化指标", 120), required=False)
    is_left_out = serializers.BooleanField(required=False, help_text="不导入")


class WordingSerializer(serializers.Serializer):
    """What one name means; `unit` with the meaning `unit` only."""

    wording = text_field("文中写法", 120)
    meaning = serializers.ChoiceField(choices=UnitWording.Meaning.choices)
    unit = ScopedField(
        queryset=Unit.objects.all(),
        reach=lambda user: Unit.objects.active().for_user(user),
        required=False,
        help_text="单位编号",
    )

    def validate(self, attrs: dict) -> dict:  # type: ignore[type-arg]
        """A unit belongs to the meaning `unit`, and to no other."""
        if (attrs["meaning"] == UnitWording.Meaning.UNIT) != (attrs.get("unit") is not None):
            raise serializers.ValidationError({"unit": "含义为“单位”时须指明单位，其他含义不填。"})
        return attrs


class WordingsSerializer(serializers.Serializer):
    """Several names at once."""

    wordings = WordingSerializer(many=True)


class ConfirmSerializer(serializers.Serializer):
    """Make the plan."""

    give = serializers.BooleanField(default=False, help_text="同时下达给牵头、责任单位")
