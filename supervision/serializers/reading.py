"""What the API answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.serializers import CalledField, EventSerializer
from supervision import reasons
from supervision.models import Letter, LetterAnswer, Listing, ListingBatch, Measure
from supervision.transitions import batches, letters, listings, measures
from units.serializers import UnitReferenceSerializer

_LIFECYCLES = {
    Letter: letters.LIFECYCLE, Listing: listings.LIFECYCLE, ListingBatch: batches.LIFECYCLE, Measure: measures.LIFECYCLE,
}  # fmt: skip


class HazardReferenceSerializer(serializers.Serializer):
    """A hazard, as a reference."""

    id = serializers.IntegerField()
    number = serializers.CharField()
    description = serializers.CharField()
    level = serializers.CharField()
    state = serializers.CharField()


class RecordSerializer(serializers.ModelSerializer):
    """What rows of all three kinds say."""

    url = CalledField(source="get_absolute_url", help_text="网页地址")
    kind_label = CalledField(source="get_kind_display")
    state_label = CalledField(source="get_state_display")


class DetailSerializer(serializers.Serializer):
    """What a single record says besides: its events and the actions open to the caller."""

    events = EventSerializer(many=True)
    allowed_actions = serializers.SerializerMethodField(help_text="调用人现在可以办理的动作")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_allowed_actions(self, record: Any) -> list[str]:
        """The actions of the rules table open now."""
        return _LIFECYCLES[type(record)].allowed(record, self.context["request"].user)


_RECORD = ("id", "url", "version", "kind", "kind_label", "state", "state_label")
_DETAIL = ("events", "allowed_actions")


class LetterSerializer(RecordSerializer):
    """A row of the registry."""

    to_unit = UnitReferenceSerializer()
    hazard = serializers.CharField(source="hazard.number", default=None, help_text="所涉隐患编号")
    is_overdue = serializers.BooleanField(help_text="逾期未回复")

    class Meta:
        model = Letter
        fields = (
            *_RECORD, "number", "title", "to_unit", "hazard", "drafted_at", "signed_at", "received_at", "due_at",
            "is_overdue", "done_at",
        )  # fmt: skip


class LetterAnswerSerializer(serializers.ModelSerializer):
    """An answer with its outcome."""

    answered_by = serializers.CharField(source="answerer_name")
    files = serializers.PrimaryKeyRelatedField(source="attachments", many=True, read_only=True)

    class Meta:
        model = LetterAnswer
        fields = ("text", "answered_by", "answered_at", "outcome", "opinion", "files")


class LetterDetailSerializer(DetailSerializer, LetterSerializer):
    """One letter, whole."""

    copies = UnitReferenceSerializer(many=True)
    answers = LetterAnswerSerializer(many=True)
    why = serializers.SerializerMethodField(help_text="为什么发出：规则或经办人、日期、所涉隐患")

    def get_why(self, letter: Letter) -> str:
        """The rule or the person, the dates, the hazard."""
        return reasons.of_letter(letter)

    class Meta(LetterSerializer.Meta):
        fields = (
            *LetterSerializer.Meta.fields, "copies", "matter", "basis", "demand", "why", "void_reason", "answers", *_DETAIL,
        )  # fmt: skip


class ListingSerializer(RecordSerializer):
    """A row of the ledger."""

    tier_label = CalledField(source="get_tier_display")
    state_label = serializers.CharField(help_text="状态名称，按种类称摘牌、销账、整改销案")
    hazard = HazardReferenceSerializer()
    unit = UnitReferenceSerializer(source="hazard.unit")
    department = UnitReferenceSerializer()
    batch = serializers.CharField(default=None, help_text="批次")
    deadline = serializers.DateTimeField(help_text="现行整改期限，延期后为延长的期限")

    class Meta:
        model = Listing
        fields = (
            *_RECORD, "tier", "tier_label", "number", "hazard", "unit", "department", "leader", "batch", "proposed_at",
            "approved_at", "finish_by", "deadline", "served_at", "published_at", "plan_due_at", "next_report_at",
            "missed_reports", "accepted_at", "delist_number", "delisted_at",
        )  # fmt: skip


class ListingDetailSerializer(DetailSerializer, ListingSerializer):
    """One listing, whole."""

    class Meta(ListingSerializer.Meta):
        fields = (
            *ListingSerializer.Meta.fields, "reason", "opinion", "serve_by", "publish_by", "published_in", "accept_by",
            "delist_publish_by", "delist_published_at", *_DETAIL,
        )  # fmt: skip


class BatchSerializer(serializers.ModelSerializer):
    """A batch in the list."""

    url = CalledField(source="get_absolute_url", help_text="网页地址")
    name = CalledField(source="__str__")
    office = UnitReferenceSerializer()
    state_label = CalledField(source="get_state_display")

    class Meta:
        model = ListingBatch
        fields = (
            "id",
            "url",
            "version",
            "name",
            "office",
            "year",
            "number",
            "state",
            "state_label",
            "document",
            "issued_at",
        )


class BatchDetailSerializer(DetailSerializer, BatchSerializer):
    """One batch, with the listings of it the caller may know of."""

    listings = serializers.SerializerMethodField(help_text="编入本批的督办，调用人可见的")

    class Meta(BatchSerializer.Meta):
        fields = (*BatchSerializer.Meta.fields, "listings", *_DETAIL)

    @extend_schema_field(ListingSerializer(many=True))
    def get_listings(self, batch: ListingBatch) -> Any:
        """Those in the caller's scope."""
        rows = Listing.objects.for_user(self.context["request"].user).filter(batch=batch)
        return ListingSerializer(
            rows.select_related("hazard__unit", "department", "batch").order_by("pk"), many=True
        ).data


class MeasureSerializer(RecordSerializer):
    """A row of the list of measures."""

    unit = UnitReferenceSerializer()
    hazard = HazardReferenceSerializer(allow_null=True)
    form_label = CalledField(source="get_form_display")

    class Meta:
        model = Measure
        fields = (
            *_RECORD, "form", "form_label", "unit", "hazard", "reason", "proposed_at", "due_at", "opinion", "decided_at",
            "document", "number", "follow_up_by", "followed_up_at", "expires_at", "done_at",
        )  # fmt: skip


class MeasureDetailSerializer(DetailSerializer, MeasureSerializer):
    """One measure, whole."""

    class Meta(MeasureSerializer.Meta):
        fields = (*MeasureSerializer.Meta.fields, "result", *_DETAIL)
