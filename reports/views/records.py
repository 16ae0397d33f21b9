"""What opens behind a number: the hazards a figure counts, as recorded in a notice or as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from common.columns import Column, Empty, Figure, badge_column, date_column
from common.ledgers import LedgerView
from common.wording import percent
from hazards import queries as hazard_queries
from hazards.columns import COLUMNS, columns_for
from hazards.models import Hazard
from reports import queries
from reports.filters import ReceiptFilter
from reports.models import Notice, NoticeReceipt
from reports.scoping import Asked, asked_of, population
from reports.statistics import FIGURES, compute, in_group, records
from reports.words import receipt_state
from units.access import RightRequiredMixin
from units.roles import Right


class HazardRecords(RightRequiredMixin, LedgerView):
    """The base of the lists behind figures: columns of the hazard ledger, read only."""

    model = Hazard
    columns = tuple(column for column in COLUMNS if column.key != "photo")
    default_order = ("-confirmed_at", "-pk")
    template_name = "reports/records.html"
    key: str

    @cached_property
    def figure(self) -> Any:
        """The figure behind which this list lies; an unknown one does not exist."""
        if self.kwargs["key"] not in FIGURES:
            raise queries.NotInScope("没有这项统计指标。")
        return FIGURES[self.kwargs["key"]]

    @property
    def base(self) -> bool:
        """Whether the denominator of a rate is asked for."""
        return self.request.GET.get("base") == "1" and self.figure.base is not None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """With the columns as the reader may see them."""
        super().setup(request, *args, **kwargs)
        self.columns = columns_for(request.user, self.columns)

    @property
    def title(self) -> str:  # type: ignore[override]
        """The figure's name."""
        return f"{self.figure.label}（分母）" if self.base else str(self.figure.label)

    def get_empty(self) -> Empty:
        """Nothing counted is a fact, not a fault."""
        return Empty("没有隐患计入这项数据")

    def get_figures(self, queryset: QuerySet[Any]) -> Sequence[Figure]:
        """For a rate its two counts, each opening its own list."""
        if self.figure.base is None:
            return ()
        above, below = self.rows(base=False).count(), self.rows(base=True).count()
        return (
            Figure("分子", above, self._with(base=None), "条", note=self.figure.definition),
            Figure("分母", below, self._with(base="1"), "条"),
            Figure(self.figure.label, percent(above / below if below else None)),
        )

    def rows(self, *, base: bool) -> QuerySet[Hazard]:
        """The records counted."""
        raise NotImplementedError

    def get_base_queryset(self) -> QuerySet[Hazard]:
        """With what the columns show."""
        return hazard_queries.ledger(self.rows(base=self.base))

    def _with(self, **changes: str | None) -> str:
        query: QueryDict = self.request.GET.copy()
        for name, value in {**changes, "page": None, "export": None}.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"{self.request.path}?{query.urlencode()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The definition, and what the list is about."""
        return super().get_context_data(**kwargs) | {"figure": self.figure, "about": self.about(), "back": self.back()}

    def about(self) -> str:
        """The period, the group."""
        raise NotImplementedError

    def back(self) -> str:
        """Where the number stands."""
        raise NotImplementedError


class FigureRecords(HazardRecords):
    """The records behind a number of the statistics or the dashboard."""

    rights = (Right.STATISTICS,)

    @cached_property
    def asked(self) -> Asked:
        """Period and group from the address."""
        return asked_of(self.request.GET)

    def rows(self, *, base: bool) -> QuerySet[Hazard]:
        """Those of the reader's scope, of the period and the group."""
        return records(self.figure.key, self.own_group(), self.asked.period, base=base)

    def own_group(self) -> QuerySet[Hazard]:
        """The reader's scope, of any period; of the group where one is asked for."""
        own = population(self.request.user)
        if not self.asked.grouping:
            return own
        return in_group(self.asked.grouping, self.asked.group, own, self.request.user.hat.unit.area_path)

    def get_figures(self, queryset: QuerySet[Any]) -> Sequence[Figure]:
        """For a mean its value over exactly these records."""
        if self.figure.kind == "days":
            value = compute(self.rows(base=False), self.asked.period, [self.figure.key])[self.figure.key]
            return (Figure(self.figure.label, value, unit="天", note=self.figure.definition),)
        return super().get_figures(queryset)

    def about(self) -> str:
        """Period and group; one the reader has nothing of stays without a name."""
        name = self.asked.group_name if self.asked.grouping and self.own_group().exists() else ""
        return "，".join(filter(None, (self.asked.period.label, name)))

    def back(self) -> str:
        """The statistics of the same period."""
        return self.asked.statistics_url


class NoticeFigure(HazardRecords):
    """The records a notice's figure was computed from, whatever happened to them since; within the reader's scope."""

    rights = (Right.READ_NOTICE,)

    @cached_property
    def notice(self) -> Notice:
        """The notice in the reader's scope."""
        return queries.one(self.request.user, self.kwargs["pk"])

    def ids(self, *, base: bool) -> list[int]:
        """What the snapshot holds."""
        asked = {name: self.request.GET.get(name, "") for name in ("part", "by", "group")}
        kept = {name: value for name, value in asked.items() if value}
        return queries.recorded_ids(self.notice, self.kwargs["key"], kept | ({"base": "1"} if base else {}))

    def rows(self, *, base: bool) -> QuerySet[Hazard]:
        """Exactly the recorded ids, as far as the reader may see them."""
        return Hazard.objects.for_user(self.request.user).filter(pk__in=self.ids(base=base))

    def get_figures(self, queryset: QuerySet[Any]) -> Sequence[Figure]:
        """How many the notice counted, and how many of these the reader may open."""
        counted = len(self.ids(base=self.base))
        own = () if self.base else super().get_figures(queryset)
        return (Figure("通报计入", counted, unit="条"), Figure("您可查看", queryset.count(), unit="条"), *own)

    def about(self) -> str:
        """The notice."""
        return self.notice.headline

    def back(self) -> str:
        """The notice."""
        return self.notice.get_absolute_url()


def _state(receipt: NoticeReceipt) -> str:
    return receipt_state(receipt.signed_at is not None, receipt.is_late)


class ReceiptList(RightRequiredMixin, LedgerView):
    """Who signed for a notice and who did not, for the office that sent it."""

    rights = (Right.READ_NOTICE,)
    model = NoticeReceipt
    title = "通报签收情况"
    filterset_class = ReceiptFilter
    default_order = ("signed_at", "unit__name")
    template_name = "reports/receipts.html"
    columns = (
        Column("unit", "受文单位", "unit.name", link=True, order=("unit__name",), width=32),
        Column("kind", "单位类型", lambda row: row.unit.get_kind_display()),
        badge_column("state", "签收", "notice_receipt", _state),
        date_column("due_at", "应签收时间", order=("due_at",)),
        Column("signed_by", "签收人", "signed_by.name"),
        date_column("signed_at", "签收时间", order=("signed_at",), kind="datetime"),
    )

    @cached_property
    def notice(self) -> Notice:
        """The notice in the reader's scope."""
        return queries.one(self.request.user, self.kwargs["pk"])

    def get_base_queryset(self) -> QuerySet[NoticeReceipt]:
        """Those of this notice; an addressee finds its own."""
        mine = super().get_base_queryset().filter(notice=self.notice)
        return mine.select_related("unit", "signed_by")

    def row_url(self, row: NoticeReceipt) -> str:
        """The unit."""
        return row.unit.get_absolute_url()

    def get_empty(self) -> Empty:
        """Before issue nobody has received anything."""
        return super().get_empty() if self.chips else Empty("还没有受文单位", "印发后自动发送各受文单位签收。")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The notice above its list."""
        return super().get_context_data(**kwargs) | {"notice": self.notice}
