"""What the API of notices and statistics takes and answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common import clock
from common.serializers import ActionSerializer, CalledField, EventSerializer, OpinionSerializer, ReasonSerializer
from reports.models import Notice, NoticeReceipt
from reports.scoping import LONGEST
from reports.statistics import FIGURES, GROUPINGS, SHARES, Period
from reports.transitions import allowed_actions
from units.models import Unit
from units.serializers import UnitReferenceSerializer


class NoticeSerializer(serializers.ModelSerializer):
    """A row of the list."""

    office = UnitReferenceSerializer()
    kind_label = CalledField(source="get_kind_display")
    state_label = CalledField(source="get_state_display")
    title = serializers.CharField(source="headline", help_text="标题")

    class Meta:
        model = Notice
        fields = (
            "id", "office", "kind", "kind_label", "state", "state_label", "period_from", "period_to", "title", "number",
            "drafted_at", "approved_at", "issued_at", "version",
        )  # fmt: skip


class ReceiptSerializer(serializers.ModelSerializer):
    """Whether a unit has signed for the notice."""

    unit = UnitReferenceSerializer()
    signed_by = serializers.CharField(source="signed_by.name", default=None, help_text="签收人")

    class Meta:
        model = NoticeReceipt
        fields = ("unit", "due_at", "signed_by", "signed_at")


class SectionSerializer(serializers.Serializer):
    """One part of the text."""

    key = serializers.CharField(max_length=20, help_text="部分代码，决定其后的数据表")
    heading = serializers.CharField(max_length=60, help_text="标题")
    paragraphs = serializers.ListField(
        child=serializers.CharField(max_length=4000), max_length=60, help_text="各段文字"
    )


class SnapshotFigureSerializer(serializers.Serializer):
    """A figure as computed for the notice, with the ids it counts."""

    label = serializers.CharField(help_text="名称")
    value = serializers.FloatField(allow_null=True, help_text="数值；比率为0—1，0/0为空")
    display = serializers.CharField(help_text="印出的文字")
    ids = serializers.ListField(child=serializers.IntegerField(), help_text="计入的隐患编号")


class NoticeDetailSerializer(NoticeSerializer):
    """One notice: text, figures with the ids behind them, files, allowed actions, receipts, events."""

    sections = SectionSerializer(many=True)
    figures = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField(help_text="调用者现在可以办理的动作")
    docx = serializers.SerializerMethodField(help_text="Word 文件地址")
    pdf = serializers.SerializerMethodField(help_text="PDF 文件地址")
    receipts = serializers.SerializerMethodField()
    events = serializers.SerializerMethodField()

    class Meta(NoticeSerializer.Meta):
        fields = (*NoticeSerializer.Meta.fields, "sections", "figures", "actions", "docx", "pdf", "receipts", "events")

    @extend_schema_field(serializers.DictField(child=SnapshotFigureSerializer()))
    def get_figures(self, notice: Notice) -> dict[str, Any]:
        """The snapshot's figures by key."""
        return dict(notice.snapshot["figures"])

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_actions(self, notice: Notice) -> list[str]:
        """The actions the caller may do now."""
        return allowed_actions(notice, self.context["request"].user)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_docx(self, notice: Notice) -> str | None:
        """Where the .docx is."""
        return notice.docx.original_url if notice.docx else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_pdf(self, notice: Notice) -> str | None:
        """Where the PDF is."""
        return notice.pdf.original_url if notice.pdf else None

    @extend_schema_field(ReceiptSerializer(many=True))
    def get_receipts(self, notice: Notice) -> Any:
        """All for the office, one's own for an addressee."""
        mine = NoticeReceipt.objects.for_user(self.context["request"].user).filter(notice=notice)
        return ReceiptSerializer(mine.select_related("unit", "signed_by"), many=True).data

    @extend_schema_field(EventSerializer(many=True))
    def get_events(self, notice: Notice) -> Any:
        """In the order they happened; the office's own business, so empty for an addressee."""
        inside = self.context["request"].user.hat.unit.kind == Unit.Kind.OFFICE
        return EventSerializer(notice.events.all(), many=True).data if inside else []


class EditSerializer(ActionSerializer):
    """edit."""

    title = serializers.CharField(max_length=160, help_text="标题，换行处即分行处")
    sections = SectionSerializer(many=True)


class RecomputeSerializer(ActionSerializer):
    """recompute."""

    rewrite = serializers.BooleanField(default=False, help_text="同时重写正文")


SERIALIZERS: dict[str, type[ActionSerializer]] = {
    "edit": EditSerializer,
    "recompute": RecomputeSerializer,
    "opinion": OpinionSerializer,
    "reason": ReasonSerializer,
}


class StatisticsAskedSerializer(serializers.Serializer):
    """Which period and which table."""

    vars()["from"] = serializers.DateField(required=False, help_text="起，含当日；不填为本月1日")
    to = serializers.DateField(required=False, help_text="止，含当日；不填为今天")
    by = serializers.ChoiceField(required=False, choices=list(GROUPINGS), help_text="分组")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """In order, five years at most."""
        today = clock.today()
        first, last = attrs.get("from", today.replace(day=1)), attrs.get("to", today)
        if not first <= last <= first + LONGEST:
            raise serializers.ValidationError({"to": "止不能早于起，最长五年。"})
        return attrs | {"from": first, "to": last}

    def period(self) -> Period:
        """The period asked for."""
        return Period(self.validated_data["from"], self.validated_data["to"])


class FigureSerializer(serializers.Serializer):
    """One figure with its definition."""

    key = serializers.ChoiceField(choices=[*FIGURES, *SHARES], help_text="代码")
    label = serializers.CharField(help_text="名称")
    definition = serializers.CharField(help_text="口径")
    kind = serializers.ChoiceField(choices=["count", "rate", "days"], help_text="条数、比率（0—1）或平均自然日数")
    value = serializers.FloatField(allow_null=True, help_text="数值；0/0为空")


class GroupSerializer(serializers.Serializer):
    """One row of the table."""

    group = serializers.CharField(allow_null=True, help_text="分组代码")
    name = serializers.CharField(help_text="名称")
    rank = serializers.IntegerField(allow_null=True, help_text="按期整改率名次；没有到期隐患的为空")
    figures = serializers.DictField(child=serializers.FloatField(allow_null=True), help_text="各项数据")


class StatisticsSerializer(serializers.Serializer):
    """The figures of the caller's scope over a period."""

    first = serializers.DateField(help_text="起")
    last = serializers.DateField(help_text="止")
    label = serializers.CharField(help_text="统计期")
    figures = FigureSerializer(many=True)
    groups = GroupSerializer(many=True)
