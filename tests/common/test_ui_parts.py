"""Each part of templates/parts shows what it promises and escapes what people typed."""

import json
import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from common.charts import Chart, Series
from common.columns import Empty, Figure
from common.forms import ReasonForm

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
NASTY = "<script>alert(1)</script>"


def part(name, **context):
    return render_to_string(f"parts/{name}.html", context, request=RequestFactory().get("/x"))


def test_the_stepper_tells_readers_where_the_matter_stands():
    steps = [
        {"label": "上报", "state": "done", "at": AT},
        {"label": "整改", "state": "current", "note": "第2轮"},
        {"label": "销号", "state": "todo"},
    ]
    html = part("stepper", steps=steps)
    assert html.count('aria-current="step"') == 1
    assert "（已完成）" in html
    assert "2026年11月22日" in html
    assert "第2轮" in html


def test_the_timeline_shows_who_what_and_what_changed():
    change = {"label": "期限", "before": None, "after": "2026年12月1日"}
    html = part("timeline", events=[{"at": AT, "title": "延期", "actor": NASTY, "text": "a\nb", "changes": [change]}])
    assert "&lt;script&gt;" in html
    assert "<del>—</del>" in html
    assert "a<br>b" in html
    assert "还没有办理记录" in part("timeline", events=[])


def test_photos_have_words_for_those_who_cannot_see_them():
    photo = {"url": "/f/1", "thumbnail_url": "/f/1/s", "caption": '"软管', "taken_at": AT, "flag": "疑似重复使用"}
    html = part("photo_grid", photos=[photo])
    assert 'alt="&quot;软管"' in html
    assert "疑似重复使用" in html
    assert "没有照片" in part("photo_grid", photos=[])


def test_before_and_after_stand_side_by_side_without_a_script():
    html = part("compare", before={"url": "/b", "taken_at": AT}, after={"url": "/a", "taken_at": None})
    assert html.index('src="/b"') < html.index('src="/a"')
    assert re.search(r'<label class="compare-control" hidden>.*type="range"', html, re.DOTALL)


def test_a_figure_opens_its_list_and_nothing_is_a_dash():
    assert '<a class="stat stat-red" href="/h?x=1&amp;y=2">' in part(
        "stat_card", figure=Figure("逾期", 0, "/h?x=1&y=2", tone="red")
    )
    assert "—" in part("stat_card", figure=Figure("整改率", None))


def test_an_empty_list_offers_the_next_step():
    html = part("empty", empty=Empty("没有隐患", "可以上报。", "上报隐患", "/report/"))
    assert '<a class="btn btn-primary" href="/report/">上报隐患</a>' in html


def test_a_form_page_keeps_a_draft_only_when_asked():
    assert 'data-draft="report"' in part("form", form=ReasonForm(), draft="report")
    assert "data-draft" not in part("form", form=ReasonForm())


@pytest.mark.parametrize(
    ("state", "said", "asks_again"),
    [("RUNNING", "已处理 3 / 8", True), ("DONE", "查看结果", False), ("FAILED", "第3行有误", False)],
)
def test_background_work_asks_again_until_it_ends(state, said, asks_again):
    work = SimpleNamespace(
        state=state,
        title="导入",
        get_state_display=state,
        percent=37,
        done=3,
        total=8,
        error="第3行有误",
        finished_at=None if asks_again else AT,
    )
    html = part("progress", work=work, url="/work/1/", result_url="/r/")
    assert said in html
    assert ("hx-get" in html) is asks_again


def test_a_chart_carries_its_figures_as_data_and_as_a_table():
    chart = Chart("rate", "趋势", "line", ["10月", "11月"], [Series("新增", [3, None], ["/a", "/b"])], "月份", "件")
    html = part("chart", chart=chart)
    data = json.loads(re.search(r'<script id="rate-data" type="application/json">(.*?)</script>', html).group(1))
    assert data["series"][0]["values"] == [3, None]
    assert data["whole"] is True
    assert '<a href="/a">3</a>' in html
    assert '<a href="/b">—</a>' in html


def test_a_chart_with_missing_figures_is_refused():
    with pytest.raises(ValueError, match="length"):
        Chart("x", "x", "bar", ["a", "b"], [Series("s", [1])])
    with pytest.raises(ValueError, match="kind"):
        Chart("x", "x", "radar", [], [])
