"""What the API of records takes and answers."""

from __future__ import annotations

from rest_framework import serializers

from common.serializers import ActionSerializer, ReasonSerializer, ScopedField, optional_text
from inspections.models.records import ComplianceRecord
from inspections.record_kinds import Kind
from inspections.serializers.planning import DETAIL, RECORD, DetailSerializer, RecordSerializer, own_files
from inspections.transitions import records
from units.models import Unit
from units.roles import Right
from units.serializers import UnitReferenceSerializer


class RecordFieldsSerializer(serializers.Serializer):
    """各种类所用的字段见说明；不用的不填。"""

    title = optional_text("名称、事由", 120)
    holder = optional_text("持证人、对方单位", 80)
    number = optional_text("编号", 60)
    issuer = optional_text("发证、承保单位", 80)
    starts_on = serializers.DateField(required=False, allow_null=True, help_text="日期")
    valid_until = serializers.DateField(required=False, allow_null=True, help_text="有效期至")
    amount = serializers.DecimalField(12, 2, required=False, allow_null=True, min_value=0, help_text="金额（万元）")
    people = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=2_000_000, help_text="参加人数"
    )
    hours = serializers.DecimalField(5, 1, required=False, allow_null=True, min_value=0, help_text="学时")
    note = optional_text("说明", 500)
    files = own_files()


class NewRecordSerializer(RecordFieldsSerializer):
    """登记."""

    kind = serializers.ChoiceField(choices=Kind.choices, help_text="种类")
    unit = ScopedField(
        queryset=Unit.objects.all(), reach=lambda user: Unit.objects.for_user(user, Right.EDIT_UNIT).enterprises(),
        required=False, help_text="企业；仅安委办登记信用记录时填写",
    )  # fmt: skip


class CorrectRecordSerializer(ActionSerializer, RecordFieldsSerializer):
    """更正."""


class RenewRecordSerializer(ActionSerializer):
    """续期."""

    valid_until = serializers.DateField(help_text="新的有效期至")
    number = optional_text("新编号", 60)
    files = own_files()


RECORD_FORMS = {"correct": CorrectRecordSerializer, "renew": RenewRecordSerializer, "reason": ReasonSerializer}


class ComplianceRecordSerializer(RecordSerializer):
    """A row of the ledger."""

    unit = UnitReferenceSerializer()
    kind_label = serializers.CharField(source="get_kind_display")
    validity = serializers.CharField(help_text="valid、expiring、expired、withdrawn")

    class Meta:
        model = ComplianceRecord
        fields = (*RECORD, "unit", "kind", "kind_label", "validity", "title", "holder", "number", "issuer", "starts_on",
                  "valid_until", "amount", "people", "hours", "note", "recorded_at")  # fmt: skip


class ComplianceRecordDetailSerializer(DetailSerializer, ComplianceRecordSerializer):
    """One record, whole."""

    lifecycle = records.LIFECYCLE
    files = serializers.PrimaryKeyRelatedField(source="attachments", many=True, read_only=True)

    class Meta(ComplianceRecordSerializer.Meta):
        fields = (*ComplianceRecordSerializer.Meta.fields, "files", *DETAIL)
