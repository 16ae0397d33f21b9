"""What the API of draws takes and answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.serializers import ActionSerializer, ReasonSerializer, ScopedField, text_field
from inspections import proof
from inspections.models.draws import RandomDraw
from inspections.models.visits import Inspection
from inspections.queries import candidates
from inspections.serializers.planning import DETAIL, RECORD, DetailSerializer, RecordSerializer
from inspections.transitions import draws
from inspections.views.draws import record_of
from units.models import Unit, User
from units.serializers import UnitReferenceSerializer


class NewDrawSerializer(serializers.Serializer):
    """编制抽取."""

    title = text_field("抽查事项", 100)
    kind = serializers.ChoiceField(choices=Inspection.Kind.choices, help_text="性质")
    asked = serializers.IntegerField(min_value=1, max_value=500, help_text="抽取企业数")
    team_size = serializers.IntegerField(min_value=1, max_value=10, help_text="每组人数")
    check_by = serializers.DateField(help_text="检查完成期限")
    weighted = serializers.BooleanField(default=True, help_text="按风险等级加权")
    units = ScopedField(queryset=Unit.objects.all(), reach=candidates.enterprises, many=True, help_text="候选企业")
    people = ScopedField(queryset=User.objects.all(), reach=candidates.inspectors, many=True, help_text="检查人员名录")


DRAW_FORMS = {"confirm": ActionSerializer, "reason": ReasonSerializer}


class DrawSerializer(RecordSerializer):
    """A row of the list."""

    owner = UnitReferenceSerializer()
    kind_label = serializers.CharField(source="get_kind_display")

    class Meta:
        model = RandomDraw
        fields = (*RECORD, "number", "title", "kind", "kind_label", "owner", "asked", "team_size", "check_by", "algorithm",
                  "prepared_at", "drawn_at", "published_at", "void_reason")  # fmt: skip


class DrawDetailSerializer(DetailSerializer, DrawSerializer):
    """One draw with its whole record; secret, seed and result only once drawn."""

    lifecycle = draws.LIFECYCLE
    record = serializers.SerializerMethodField(help_text="算法、输入、摘要、密钥、种子、结果")
    replayed = serializers.SerializerMethodField(help_text="复算是否一致；未抽取为 null")

    class Meta(DrawSerializer.Meta):
        fields = (*DrawSerializer.Meta.fields, "record", "replayed", *DETAIL)

    @extend_schema_field(serializers.DictField())
    def get_record(self, draw: RandomDraw) -> dict[str, Any]:
        """What another computer needs to draw again."""
        return record_of(draw)

    @extend_schema_field(serializers.BooleanField(allow_null=True))
    def get_replayed(self, draw: RandomDraw) -> bool | None:
        """Whether the record agrees with itself."""
        return proof.is_true(draw) if draw.drawn_at else None
