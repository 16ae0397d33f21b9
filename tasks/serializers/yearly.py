"""What the API of yearly papers takes and answers."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from common.serializers import ActionSerializer, EventSerializer, ReasonSerializer, optional_text, text_field
from tasks.models import YearlyItem, YearlyPaper, YearlyState
from tasks.transitions.yearly import LIFECYCLE, MOST_ITEMS
from units.serializers import UnitReferenceSerializer


class YearlyItemSerializer(serializers.ModelSerializer):
    """One line."""

    class Meta:
        model = YearlyItem
        fields = ("id", "order", "text", "result", "origin", "task", "duty_code")


class YearlyPaperSerializer(serializers.ModelSerializer):
    """A row of the list."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    unit = UnitReferenceSerializer()
    kind_label = serializers.CharField(source="get_kind_display")
    state_label = serializers.CharField(source="get_state_display")
    is_overdue = serializers.BooleanField(help_text="逾期未报送")

    class Meta:
        model = YearlyPaper
        fields = (
            "id", "url", "version", "unit", "year", "kind", "kind_label", "state", "state_label", "due_at", "is_overdue",
            "filed_at", "checked_at", "receipt",
        )  # fmt: skip


class YearlyPaperDetailSerializer(YearlyPaperSerializer):
    """One paper whole."""

    items = YearlyItemSerializer(many=True)
    filed_by = serializers.CharField(source="filed_by.name", default=None)
    checked_by = serializers.CharField(source="checked_by.name", default=None)
    paper_url = serializers.SerializerMethodField(help_text="打印稿（PDF）地址")
    receipt_url = serializers.SerializerMethodField(help_text="备案回执（PDF）地址，备案后才有")
    events = EventSerializer(many=True)
    allowed_actions = serializers.SerializerMethodField(help_text="当前可办理的动作")

    class Meta(YearlyPaperSerializer.Meta):
        fields = (
            *YearlyPaperSerializer.Meta.fields, "filed_by", "checked_by", "paper_url", "receipt_url", "items", "events",
            "allowed_actions",
        )  # fmt: skip

    def get_paper_url(self, row: YearlyPaper) -> str:
        """What is filed, to print."""
        return reverse("yearly-paper", args=[row.pk, "paper", "pdf"])

    def get_receipt_url(self, row: YearlyPaper) -> str:
        """The receipt, to print; empty before the paper is on file."""
        return reverse("yearly-paper", args=[row.pk, "receipt", "pdf"]) if row.state == YearlyState.CHECKED else ""

    def get_allowed_actions(self, row: YearlyPaper) -> list[str]:
        """What the caller may do now."""
        return LIFECYCLE.allowed(row, self.context["request"].user)


class YearlyDraftSerializer(serializers.Serializer):
    """起草."""

    year = serializers.IntegerField(min_value=2000, max_value=2100, help_text="年度")
    kind = serializers.ChoiceField(choices=YearlyPaper.Kind.choices)


class YearlyItemInputSerializer(serializers.Serializer):
    """A line as it shall stand; with the number of the line it was, it keeps where that came from."""

    id = serializers.IntegerField(required=False, allow_null=True, help_text="原事项编号，新增的不填")
    text = text_field("内容", 2000)
    result = optional_text("完成情况（履职述职报告）", 2000)

    def to_internal_value(self, data: Any) -> Any:
        """As the transition takes it."""
        row = super().to_internal_value(data)
        return {"pk": row.get("id"), "text": row["text"], "result": row.get("result", "")}


class YearlyItemsSerializer(ActionSerializer):
    """填写：全部事项，按顺序；没有列入的删除."""

    items = YearlyItemInputSerializer(many=True, max_length=MOST_ITEMS)


FORMS: dict[str, Any] = {"": ActionSerializer, "items": YearlyItemsSerializer, "reason": ReasonSerializer}
