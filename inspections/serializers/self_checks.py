"""What the API of self-checks takes and answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from common.serializers import ScopedField, optional_text
from evidence.models import Attachment
from inspections.cadence import Cadence
from inspections.models.self_checks import SelfCheck, SelfCheckFinding
from units.serializers import UnitReferenceSerializer


class AnswerSerializer(serializers.Serializer):
    """One item that is not in order or does not apply."""

    item = serializers.IntegerField(min_value=1, help_text="检查项编号")
    outcome = serializers.ChoiceField(choices=SelfCheckFinding.Outcome.choices)
    note = optional_text("情况，不合格时必填", 300)
    photos = ScopedField(
        queryset=Attachment.objects.all(),
        reach=lambda user: Attachment.objects.filter(uploaded_by=user),
        many=True,
        required=False,
        help_text="照片编号（先调用 hazards/photos/ 上传）",
    )
    no_photo_reason = optional_text("无法拍照的原因", 200)


class SelfCheckInputSerializer(serializers.Serializer):
    """报送自查."""

    cadence = serializers.ChoiceField(choices=Cadence.choices)
    on = serializers.DateField(help_text="自查所属时间中的任一天")
    answers = AnswerSerializer(many=True, required=False, help_text="不合格、不涉及的检查项；其余合格的不用列")
    all_clear = serializers.BooleanField(help_text="其余检查项均已检查、合格")
    note = optional_text("补充说明", 300)
    once = serializers.UUIDField(required=False, help_text="调用方自定的唯一标识，重复提交只报送一次")


class FindingSerializer(serializers.ModelSerializer):
    """An item that was not in order, with its hazard."""

    item_text = serializers.CharField(source="item.text")
    hazard = serializers.CharField(source="hazard.number", default=None, help_text="隐患编号")

    class Meta:
        model = SelfCheckFinding
        fields = ("item", "item_text", "outcome", "note", "hazard")


class SelfCheckSerializer(serializers.ModelSerializer):
    """A row of the ledger."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    unit = UnitReferenceSerializer()
    cadence_label = serializers.CharField(source="get_cadence_display")
    is_late = serializers.BooleanField(help_text="迟报")
    is_zero = serializers.BooleanField(help_text="零隐患")

    class Meta:
        model = SelfCheck
        fields = (
            "id", "url", "unit", "cadence", "cadence_label", "first_on", "last_on", "item_count", "bad_count", "is_zero",
            "signed_name", "filed_at", "is_late",
        )  # fmt: skip


class SelfCheckDetailSerializer(SelfCheckSerializer):
    """One check, whole."""

    findings: Any = FindingSerializer(many=True)

    class Meta(SelfCheckSerializer.Meta):
        fields = (*SelfCheckSerializer.Meta.fields, "note", "signed_hat", "findings")
