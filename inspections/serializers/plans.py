"""What the API of plans takes and answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.serializers import ActionSerializer, OpinionSerializer, ReasonSerializer, ScopedField, optional_text
from inspections.models.plans import InspectionPlan, PlannedVisit
from inspections.models.visits import Inspection
from inspections.queries import candidates
from inspections.serializers.planning import DETAIL, RECORD, DetailSerializer, RecordSerializer
from inspections.transitions import plans
from inspections.views.plans import published_rows
from units.models import User
from units.serializers import UnitReferenceSerializer


class NewPlanSerializer(serializers.Serializer):
    """编制检查计划."""

    kind = serializers.ChoiceField(choices=Inspection.Kind.choices, help_text="性质")
    year = serializers.IntegerField(min_value=2000, max_value=2999, help_text="年度")
    month = serializers.IntegerField(
        min_value=1, max_value=12, required=False, allow_null=True, default=None, help_text="月份，不填为全年"
    )
    title = optional_text("名称", 100)
    people = ScopedField(queryset=User.objects.all(), reach=candidates.inspectors, many=True, help_text="检查人员")


PLAN_FORMS = {"confirm": ActionSerializer, "reason": ReasonSerializer, "opinion": OpinionSerializer}


class PlanSerializer(RecordSerializer):
    """A row of the list."""

    owner = UnitReferenceSerializer()
    kind_label = serializers.CharField(source="get_kind_display")

    class Meta:
        model = InspectionPlan
        fields = (*RECORD, "title", "owner", "kind", "kind_label", "year", "month", "drafted_at", "approved_at")


class PlanDetailSerializer(DetailSerializer, PlanSerializer):
    """One plan with its matters in the published columns."""

    lifecycle = plans.LIFECYCLE
    matters = serializers.SerializerMethodField(help_text="检查事项，按公布的计划表各栏")

    class Meta(PlanSerializer.Meta):
        fields = (*PlanSerializer.Meta.fields, "matters", *DETAIL)

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_matters(self, plan: InspectionPlan) -> list[dict[str, Any]]:
        """The rows as they are exported."""
        return published_rows(plan)


class PlannedVisitSerializer(serializers.ModelSerializer):
    """A planned visit."""

    unit = UnitReferenceSerializer()
    year = serializers.IntegerField(source="plan.year")
    matter = serializers.CharField(source="matter.matter")
    inspector = serializers.CharField(source="inspector.name", default=None)
    is_done = serializers.BooleanField(help_text="当月已检查")

    class Meta:
        model = PlannedVisit
        fields = ("id", "plan", "unit", "year", "month", "matter", "inspector", "is_done")
