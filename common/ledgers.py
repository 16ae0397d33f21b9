"""The one list page: scope, filter, order, bounded count, chosen columns, export, fragment for htmx."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.cache import patch_vary_headers
from django.views.generic import ListView

from common.columns import BulkAction, Cell, Chip, Column, Empty, Figure, Head, LedgerState, Row
from common.errors import Refused
from common.exports import export_response
from common.filters import LedgerFilterSet, chips
from common.paging import BoundedCount, bounded_count

SIZES = (25, 50, 100)
EXPORT_CEILING = 50_000
ExportListener = Callable[[HttpRequest, str, int], None]
_export_listeners: list[ExportListener] = []


def on_export(listener: ExportListener) -> None:
    """Call `listener(request, title, rows)` before every export leaves; the audit log registers here."""
    if listener not in _export_listeners:
        _export_listeners.append(listener)


class LedgerPage(Page):
    """One page, with the page numbers around it."""

    def nearby(self) -> list[Any]:
        """Page numbers worth a link; the paginator's ELLIPSIS stands for a gap."""
        return list(self.paginator.get_elided_page_range(self.number, on_each_side=2, on_ends=1))


class BoundedPaginator(Paginator):
    """Counts and pages no further than the first 10,000 rows: deeper, the filter is the way."""

    @cached_property
    def bounded(self) -> BoundedCount:
        """The count, in one query that reads at most 10,001 index entries."""
        return bounded_count(self.object_list)  # type: ignore[arg-type]

    @cached_property
    def count(self) -> int:
        """Rows that can be paged through."""
        return self.bounded.value

    @property
    def count_text(self) -> str:
        """1,234 or 10,000+."""
        return str(self.bounded)

    @property
    def is_cut(self) -> bool:
        """Whether there are rows no page reaches."""
        return not self.bounded.exact

    def _get_page(self, *args: Any, **kwargs: Any) -> LedgerPage:
        return LedgerPage(*args, **kwargs)


class LedgerView(ListView):
    """A list page over `Model.objects.for_user(user)`.

    A subclass says `model`, `title`, `columns`, and where needed `filterset_class`, `default_order` and the hooks
    `get_base_queryset`, `row_url`, `row_tone`, `get_figures`, `get_bulk_actions`, `get_empty`. The number of queries
    does not depend on the number of rows as long as `get_base_queryset` selects what the columns read.
    """

    title = ""
    columns: Sequence[Column] = ()
    filterset_class: type[LedgerFilterSet] | None = None
    default_order: tuple[str, ...] = ("-pk",)
    exports = True
    paginator_class = BoundedPaginator
    template_name = "layouts/ledger.html"
    fragment_name = "parts/ledger.html"

    def get_base_queryset(self) -> QuerySet[Any]:
        """The rows the user may read."""
        return self.model._default_manager.for_user(self.request.user)  # type: ignore[union-attr,attr-defined]

    def row_url(self, row: Any) -> str:
        """Where the linked columns of a row lead."""
        return str(row.get_absolute_url())

    def row_tone(self, row: Any) -> str:
        """A tone for the whole row (red, orange) or an empty text; never the only sign."""
        return ""

    def get_figures(self, queryset: QuerySet[Any]) -> Sequence[Figure]:
        """Figures over the filter in force, shown above the list."""
        return ()

    def narrowed(self, **narrower: str) -> str:
        """This list from its first page, with the filters in force and these besides: where a figure over it leads."""
        query = self.request.GET.copy()
        for name in ("page", "export"):
            query.pop(name, None)
        for name, value in narrower.items():
            query[name] = value
        return f"?{query.urlencode()}"

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        """What the user may do with several rows at once."""
        return ()

    def get_empty(self) -> Empty:
        """What an empty list says; a filter in force is the first suspect."""
        if self.filterset is not None and self.chips:
            return Empty("没有符合条件的记录", "请减少或更换筛选条件。", "清除全部条件", self.request.path, "search")
        return Empty(f"还没有{self.title.removesuffix('记录')}记录")

    def get_saved_views(self) -> Any:
        """The user's named filters of this page; None where the user can keep none."""
        kept = getattr(self.request.user, "saved_views", None)
        return None if kept is None else kept.filter(ledger=self.request.path)

    @cached_property
    def filterset(self) -> LedgerFilterSet | None:
        """The filter bar, bound to the address."""
        if self.filterset_class is None:
            return None
        return self.filterset_class(self.request.GET, queryset=self.get_base_queryset(), request=self.request)

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in force."""
        return chips(self.filterset.form, self.request.GET) if self.filterset is not None else []

    @cached_property
    def order(self) -> tuple[str, bool]:
        """(column key, descending) asked for by ?order=; an empty key for anything not on the list."""
        asked = self.request.GET.get("order", "")
        key = asked.removeprefix("-")
        known = any(column.key == key and column.order for column in self.columns)
        return (key, asked.startswith("-")) if known else ("", False)

    def get_queryset(self) -> QuerySet[Any]:
        """The filtered, ordered rows; a filter that cannot be understood shows nothing rather than too much."""
        queryset = self.get_base_queryset() if self.filterset is None else self.filterset.qs
        if self.filterset is not None and not self.filterset.is_valid():
            queryset = queryset.none()
        key, descending = self.order
        fields = next((column.order for column in self.columns if column.key == key), self.default_order)
        ordering = [_flip(field) for field in fields] if descending else list(fields)
        return queryset.order_by(*ordering, *([] if {"pk", "-pk"} & set(ordering) else ["-pk"]))

    def get_paginate_by(self, queryset: QuerySet[Any]) -> int:
        """?size= from the offered sizes, else the smallest."""
        asked = self.request.GET.get("size", "")
        return int(asked) if asked in map(str, SIZES) else SIZES[0]

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Any, Any, bool]:
        """The page asked for; the last one where it lies beyond the end, the first for nonsense."""
        paginator = self.paginator_class(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def get(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """The page, its list alone for htmx, or ?export=xlsx|csv."""
        if request.GET.get("export") in ("xlsx", "csv") and self.exports:
            return self.export(request.GET["export"])
        response: HttpResponse = super().get(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def get_template_names(self) -> list[str]:
        """The list alone when htmx asks for it."""
        htmx = getattr(self.request, "htmx", None)
        if htmx and htmx.target == "ledger" and not htmx.history_restore_request:
            return [self.fragment_name]
        return [self.template_name]

    def export(self, kind: str) -> HttpResponseBase:
        """The whole filtered list as a file, streamed. Refuses more than 50,000 rows with what to do instead."""
        queryset = self.get_queryset()
        count = bounded_count(queryset, EXPORT_CEILING)
        if not count.exact:
            raise Refused(f"一次最多导出{EXPORT_CEILING:,}条，请按时间或单位缩小范围后分次导出。")
        for listener in _export_listeners:
            listener(self.request, self.title, count.value)
        rows = self.get_exported(queryset).iterator(chunk_size=2000)
        return export_response(kind, self.title, self.export_columns, rows)

    def get_exported(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The filtered rows with what the exported columns show besides."""
        return queryset

    @property
    def export_columns(self) -> Sequence[Column]:
        """The columns of an exported file."""
        return self.shown_columns

    @cached_property
    def shown_columns(self) -> list[Column]:
        """The columns asked for by ?col= in the page's own order, else the default ones."""
        asked = set(self.request.GET.getlist("col"))
        chosen = [column for column in self.columns if column.key in asked]
        return chosen or [column for column in self.columns if column.default]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page's context: `ledger` and `page_obj`."""
        context = super().get_context_data(**kwargs)
        params = self.request.GET
        context["ledger"] = LedgerState(
            title=self.title,
            form=self.filterset.form if self.filterset is not None else None,
            chips=self.chips,
            hidden=_pairs(params, only={"order", "col", "size"}),
            kept_without_columns=_pairs(params, leave={"col", "page", "export"}),
            query=_query(params, leave={"page", "export"}),
            columns=[self._head(column) for column in self.shown_columns],
            all_columns=[
                {"key": column.key, "label": column.label, "shown": column in self.shown_columns}
                for column in self.columns
            ],
            rows=[self._row(row) for row in context["page_obj"].object_list],
            figures=self.get_figures(cast("QuerySet[Any]", self.object_list)),
            bulk_actions=self.get_bulk_actions(),
            exports=self.exports,
            empty=self.get_empty(),
            sizes=SIZES,
            size=context["paginator"].per_page,
            saved_views=self.get_saved_views(),
        )
        return context

    def _head(self, column: Column) -> Head:
        if not column.order:
            return Head(column.label, column.numeric, "", "")
        key, descending = self.order
        current = key == column.key
        following = f"-{column.key}" if current and not descending else column.key
        url = _query(self.request.GET, leave={"page", "order", "export"}, order=following)
        return Head(column.label, column.numeric, f"?{url}", _direction(descending) if current else "")

    def _row(self, row: Any) -> Row:
        url = self.row_url(row) if any(column.link for column in self.shown_columns) else ""
        cells = [
            Cell(column.label, column.text(row), url if column.link else "", column.css_class)
            for column in self.shown_columns
        ]
        pk = row["pk"] if isinstance(row, dict) else row.pk
        name = next((str(cell.text) for cell in cells if cell.url), str(pk))
        return Row(pk, name, self.row_tone(row), cells)


def _flip(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def _direction(descending: bool) -> str:
    return "descending" if descending else "ascending"


def _pairs(
    params: QueryDict, only: Collection[str] | None = None, leave: Collection[str] = ()
) -> list[tuple[str, str]]:
    """The parameters as hidden inputs: those in `only`, or all but those to `leave`; empty ones dropped."""
    return [
        (name, value)
        for name, values in params.lists()
        for value in values
        if value != "" and name not in leave and (only is None or name in only)
    ]


def _query(params: QueryDict, leave: set[str], **added: str) -> str:
    query = QueryDict(mutable=True)
    for name, value in [*_pairs(params, leave=leave), *added.items()]:
        query.appendlist(name, value)
    return query.urlencode()
