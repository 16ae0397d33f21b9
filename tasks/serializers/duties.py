"""What the API of duties and indicators takes and answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.serializers import (
    optional_text,
    text_field,
)
from tasks.duties.periods import Span
from tasks.duties.standings import prove
from tasks.models import (
    DutyRecord,
    DutyStanding,
    Indicator,
    IndicatorValue,
)
from tasks.serializers.fields import files_field, leaders_field, units_field
from units.models import Sector
from units.serializers import UnitReferenceSerializer


class StandingSerializer(serializers.ModelSerializer):
    """How one person or unit stands with one duty."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    duty = serializers.CharField(source="duty.name")
    who = serializers.CharField(help_text="人员或单位")
    quota = serializers.CharField(source="duty.quota", help_text="要求")
    period = serializers.SerializerMethodField(help_text="周期")
    state = serializers.CharField(help_text="met、late、on_course、short、missed")

    class Meta:
        model = DutyStanding
        fields = (
            "id", "url", "code", "duty", "who", "person", "unit", "quota", "period", "first_on", "last_on", "due_on",
            "needed", "done", "distinct_needed", "distinct_done", "state", "next_by", "met_on", "counted_at",
        )  # fmt: skip

    def get_period(self, row: DutyStanding) -> str:
        """2026年第3季度."""
        return Span(row.first_on, row.last_on).label


class CountedSerializer(serializers.Serializer):
    """One record that counts."""

    on = serializers.DateField()
    title = serializers.CharField()
    url = serializers.CharField()
    kind = serializers.CharField()


class StandingDetailSerializer(StandingSerializer):
    """With every record behind the number, counted now."""

    records = serializers.SerializerMethodField(help_text="计入的记录")

    class Meta(StandingSerializer.Meta):
        fields = (*StandingSerializer.Meta.fields, "records")

    @extend_schema_field(CountedSerializer(many=True))
    def get_records(self, row: DutyStanding) -> list[dict[str, Any]]:
        """Newest first."""
        _, found = prove(row)
        return [{"on": each.on, "title": each.title, "url": each.url, "kind": kind.label} for kind, each in found]


class RecordSerializer(serializers.ModelSerializer):
    """A record entered by hand."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    kind_label = serializers.CharField(source="get_kind_display")
    unit = UnitReferenceSerializer()
    people = serializers.SlugRelatedField(slug_field="name", many=True, read_only=True)
    is_void = serializers.SerializerMethodField(help_text="已作废")

    class Meta:
        model = DutyRecord
        fields = (
            "id",
            "url",
            "kind",
            "kind_label",
            "unit",
            "people",
            "on",
            "title",
            "text",
            "sector",
            "place",
            "is_void",
        )

    def get_is_void(self, row: DutyRecord) -> bool:
        """Whether it counts no more."""
        return hasattr(row, "void")


class RecordEntrySerializer(serializers.Serializer):
    """登记履职."""

    kind = serializers.ChoiceField(choices=DutyRecord.Kind.choices)
    unit = units_field(help_text="单位编号")
    on = serializers.DateField(help_text="日期")
    title = text_field("事项", 120)
    text = optional_text("情况", 2000)
    people = leaders_field(help_text="参加领导的用户编号")
    sector = serializers.PrimaryKeyRelatedField(queryset=Sector.objects.all(), required=False, allow_null=True)
    place = units_field(help_text="到访单位编号", required=False, allow_null=True)
    files = files_field()


class ValueSerializer(serializers.ModelSerializer):
    """The value of a month."""

    ratio = serializers.DecimalField(max_digits=8, decimal_places=4, allow_null=True, read_only=True)

    class Meta:
        model = IndicatorValue
        fields = ("month", "numerator", "denominator", "ratio", "source", "note", "at")


class IndicatorSerializer(serializers.ModelSerializer):
    """An indicator with its target."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")

    class Meta:
        model = Indicator
        fields = (
            "id",
            "url",
            "code",
            "group",
            "name",
            "numerator",
            "denominator",
            "direction",
            "target",
            "due_on",
            "basis",
        )


class IndicatorDetailSerializer(IndicatorSerializer):
    """With the values of the caller's street."""

    values = serializers.SerializerMethodField(help_text="逐月数据")

    class Meta(IndicatorSerializer.Meta):
        fields = (*IndicatorSerializer.Meta.fields, "values")

    @extend_schema_field(ValueSerializer(many=True))
    def get_values(self, row: Indicator) -> Any:
        """Newest first."""
        found = IndicatorValue.objects.for_user(self.context["request"].user).filter(indicator=row)
        return ValueSerializer(found, many=True).data


class ValueEntrySerializer(serializers.Serializer):
    """填报."""

    month = serializers.DateField(help_text="该月任一天")
    numerator = serializers.IntegerField(min_value=0, max_value=1_000_000, help_text="分子")
    denominator = serializers.IntegerField(min_value=0, max_value=1_000_000, help_text="分母")
    note = text_field("数据来源", 300)
    files = files_field()
