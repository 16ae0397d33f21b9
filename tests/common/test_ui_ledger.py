"""The list page: scope, filters, order, columns, bounded pages, export, fragment, constant queries."""

import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import django_filters
import openpyxl
import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django_htmx.middleware import HtmxMiddleware

from common import ledgers
from common.columns import BulkAction, Column, badge_column, date_column, due_column
from common.errors import Refused
from common.filters import LedgerFilterSet
from common.models import BackgroundWork
from units.models import User

START = datetime(2026, 11, 1, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


class WorkFilter(LedgerFilterSet):
    title = django_filters.CharFilter(label="名称", lookup_expr="contains")
    state = django_filters.MultipleChoiceFilter(label="状态", choices=BackgroundWork.State)
    kind = django_filters.ChoiceFilter(label="类型", choices=[("x", "甲")])
    owner = django_filters.ModelChoiceFilter(label="发起人", queryset=lambda request: User.objects.order_by("pk"))
    done = django_filters.BooleanFilter(label="已处理", field_name="done", lookup_expr="gt")
    created_at = django_filters.DateFromToRangeFilter(label="发起时间")

    class Meta:
        model = BackgroundWork
        fields = ()


class WorkLedger(ledgers.LedgerView):
    model = BackgroundWork
    title = "后台工作"
    filterset_class = WorkFilter
    default_order = ("-created_at",)
    columns = (
        Column("title", "名称", link=True, order=("title",)),
        badge_column("state", "状态", "test_work"),
        due_column("finished_at", "期限"),
        date_column("created_at", "发起日期", kind="datetime", order=("created_at",)),
        Column("total", "总数", numeric=True, kind="number", default=False),
        Column("owner", "发起人", value="owner.name"),
    )

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("owner")

    def row_url(self, row):
        return f"/work/{row.pk}/"

    def get_bulk_actions(self):
        return [BulkAction("重试", "/work/retry/", "refresh")]


@pytest.fixture
def works(cast):
    def make(count, **more):
        return BackgroundWork.objects.bulk_create(
            BackgroundWork(
                owner=cast.officer,
                kind="x",
                title=f"工作{n:04d}",
                total=n,
                created_at=START + timedelta(hours=n),
                **more,
            )
            for n in range(count)
        )

    return make


@pytest.fixture
def ask(cast):
    def get(query=None, person="officer", view=WorkLedger, **headers):
        request = RequestFactory().get("/work/", query or {}, headers=headers)
        request.user = cast.people[person]
        HtmxMiddleware(lambda _: None)(request)
        response = view.as_view()(request)
        return response.render() if hasattr(response, "render") else response

    return get


def text(response):
    return response.content.decode()


def titles(response):
    return [row.name for row in response.context_data["ledger"].rows]


def test_only_the_readers_own_rows_are_listed(works, ask):
    works(2)
    assert len(titles(ask())) == 2
    assert titles(ask(person="head")) == []


def test_an_empty_list_says_what_to_do(ask):
    assert "还没有后台工作记录" in text(ask())
    assert "清除全部条件" in text(ask({"title": "没有"}))


def test_rows_are_cards_with_labels_and_a_link(works, ask):
    works(1)
    page = text(ask())
    assert 'data-label="状态"' in page
    assert 'href="/work/' in page
    assert "2026年11月1日" in page


def test_a_filter_is_shown_as_chips_that_take_it_off(works, ask):
    works(3)
    response = ask({"title": "工作", "state": ["DONE", "QUEUED"], "created_at_after": "2026-11-01", "order": "title"})
    found = {(chip.label, chip.text): chip.url for chip in response.context_data["ledger"].chips}
    assert set(found) == {("名称", "工作"), ("状态", "已完成"), ("状态", "排队中"), ("发起时间", "2026年11月1日起")}
    assert "state=DONE" not in found["状态", "已完成"]
    assert "state=QUEUED" in found["状态", "已完成"]
    assert "created_at_after" not in found["发起时间", "2026年11月1日起"]


def test_what_is_not_filtered_reads_all_and_yes_or_no_is_chinese(works, ask, cast):
    works(2)
    page = text(ask())
    assert page.count('<option value="" selected>全部</option>') == 3
    assert "是</option>" in page
    assert '<summary class="form-select">已完成、失败</summary>' in text(ask({"state": ["DONE", "FAILED"]}))
    response = ask({"done": "false", "kind": "x", "owner": cast.officer.pk})
    found = {(chip.label, chip.text) for chip in response.context_data["ledger"].chips}
    assert found == {("已处理", "否"), ("类型", "甲"), ("发起人", str(cast.officer))}


def test_a_filter_nobody_understands_shows_nothing_and_says_so(works, ask):
    works(3)
    response = ask({"created_at_after": "昨天"})
    assert titles(response) == []
    assert "form-errors" in text(response)


def test_only_listed_columns_sort_and_ties_are_stable(works, ask):
    works(3)
    assert titles(ask({"order": "title"})) == ["工作0000", "工作0001", "工作0002"]
    assert titles(ask({"order": "-title"}))[0] == "工作0002"
    assert titles(ask({"order": "owner__password"})) == titles(ask())
    assert 'aria-sort="descending"' in text(ask({"order": "-title"}))


def test_chosen_columns_replace_the_default_ones(works, ask):
    works(1)
    chosen = ask({"col": ["total", "title"]}).context_data["ledger"]
    assert [column.label for column in chosen.columns] == ["名称", "总数"]
    assert "总数" not in [column.label for column in ask().context_data["ledger"].columns]


def test_pages_keep_the_filter_and_end_at_the_last(works, ask):
    works(60)
    page = text(ask({"title": "工作", "page": "2"}))
    assert "第 2 / 3 页" in page
    assert "?title=%E5%B7%A5%E4%BD%9C&amp;page=3" in page
    assert "第 3 / 3 页" in text(ask({"page": "999999"}))
    assert "第 1 / 3 页" in text(ask({"page": "甲"}))
    assert len(titles(ask({"size": "50"}))) == 50
    assert len(titles(ask({"size": "5000"}))) == 25


def test_counting_stops_and_the_page_says_so(works, ask, monkeypatch):
    works(60)
    monkeypatch.setattr(ledgers.BoundedPaginator, "bounded", ledgers.bounded_count(BackgroundWork.objects.all(), 50))
    page = text(ask({"page": "9"}))
    assert "<strong>50+</strong>" in page
    assert "第 2 / 2 页" in page
    assert "翻页最多到第 2 页" in page


def test_htmx_gets_the_list_alone(works, ask):
    works(1)
    fragment = ask(**{"HX-Request": "true", "HX-Target": "ledger"})
    assert "<html" not in text(fragment)
    assert 'id="ledger"' in text(fragment)
    assert "HX-Request" in fragment["Vary"]
    assert "<html" in text(ask(**{"HX-Request": "true", "HX-Target": "other"}))


def count_queries(call):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        call()
    return len(queries)


def test_the_number_of_queries_does_not_depend_on_the_rows(works, ask):
    works(10)
    ask()
    few = count_queries(lambda: ask({"size": "100"}))
    works(1000)
    assert count_queries(lambda: ask({"size": "100"})) == few


def test_an_export_holds_the_filtered_rows_and_shown_columns(works, ask):
    works(30)
    response = ask({"export": "xlsx", "title": "工作000", "order": "title"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.values)
    assert rows[0] == ("名称", "状态", "期限", "发起日期", "发起人")
    assert [row[0] for row in rows[1:]] == [f"工作{n:04d}" for n in range(10)]
    assert rows[1][3] == datetime(2026, 11, 1, 8, 0)
    assert "attachment" in response["Content-Disposition"]


def test_a_csv_export_disarms_formulas(cast, works, ask):
    works(1)
    BackgroundWork.objects.update(title="=1+1")
    response = ask({"export": "csv"})
    assert "'=1+1" in b"".join(response.streaming_content).decode("utf-8-sig")


def test_an_export_is_announced_before_it_leaves(works, ask, monkeypatch):
    works(3)
    heard = []
    monkeypatch.setattr(ledgers, "_export_listeners", [lambda *what: heard.append(what[1:])])
    ask({"export": "csv"})
    assert heard == [("后台工作", 3)]


def test_too_large_an_export_is_refused_with_a_way_out(works, ask, monkeypatch):
    works(3)
    monkeypatch.setattr(ledgers, "EXPORT_CEILING", 2)
    with pytest.raises(Refused, match="缩小范围"):
        ask({"export": "xlsx"})


def test_a_saved_view_is_offered_where_it_was_saved(cast, works, ask):
    cast.officer.saved_views.create(ledger="/work/", name="我的逾期", query="state=DONE")
    cast.officer.saved_views.create(ledger="/else/", name="别处的", query="")
    page = text(ask())
    assert 'href="/work/?state=DONE"' in page
    assert "别处的" not in page
