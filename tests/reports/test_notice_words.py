"""The drafted text says what the snapshot holds, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from common import clock
from reports.notices import snapshot, words
from reports.statistics import Period
from supervision.models import LadderFiring, LadderPolicy
from tests.hazards.builders import hazard_in
from tests.reports.builders import NOW, OCTOBER, history


def text_of(cast, period: Period = OCTOBER) -> dict[str, str]:
    """The paragraphs of each section, joined."""
    taken = snapshot.take(cast.units["office"], period)
    return {section["key"]: "".join(section["paragraphs"]) for section in words.sections(taken, period)}


def named(cast, **fields):
    """A hazard the ladder put into October's notice."""
    due = NOW - timedelta(days=40)
    hazard = hazard_in(cast, "rectifying", confirmed_at=NOW - timedelta(days=80), due_at=due, **fields)
    fired = NOW - timedelta(days=25)
    LadderFiring.objects.create(
        hazard=hazard, round=1, deadline_no=1, code="notice", document="notice", policy=LadderPolicy.objects.get(level="general", area_path=""),
        due_at=due, planned_at=fired, fired_at=fired, reason="逾期15日",
    )  # fmt: skip
    return hazard


@pytest.fixture(autouse=True)
def at_a_fixed_moment(db):
    """November, so that October is over."""
    with clock.at(NOW):
        yield


def test_an_empty_month_is_said_to_be_empty(cast):
    said = text_of(cast)
    assert "不作排名" in said["units"]
    assert "无挂牌、挂账督办隐患" in said["listed"]
    assert "未发现突出共性问题" in said["problems"]
    assert "平均整改天数" not in said["overall"]
    assert "甲村" in said["overdue"]  # 零上报的村


def test_the_text_carries_the_figures_of_the_snapshot(cast):
    history(cast, 90)
    figures = snapshot.take(cast.units["office"], OCTOBER)["figures"]
    said = text_of(cast)["overall"]
    assert f"新增隐患{figures['new']['value']}项" in said
    assert f"期末存量{figures['stock']['value']}项" in said
    assert f"按期整改率{figures['on_time_rate']['display']}" in said


def test_who_is_named_and_still_waits_is_told_apart_from_who_reported_after_all(cast):
    waiting = named(cast)
    done = named(cast, number="JJ-done", submitted_at=NOW - timedelta(days=24))
    said = text_of(cast)["overdue"]
    assert f"仍未整改，予以通报：{waiting.unit.name}" in said
    assert said.index(waiting.number) < said.index("方报告整改") < said.index(done.number)


def test_groups_of_the_snapshot_hold_exactly_the_ids_behind_every_cell(cast):
    history(cast, 120)
    taken = snapshot.take(cast.units["office"], OCTOBER)
    for table, grouping in (("villages", "village"), ("departments", "department"), ("channels", "channel")):
        for row in taken[table]:
            group = snapshot.group_key(row["group"])
            for key in ("new", "closed", "stock", "overdue", "fell_due", "on_time"):
                assert len(snapshot.ids_in_group(taken, key, grouping, group)) == row[key], (table, row["name"], key)


@pytest.mark.parametrize(
    ("period", "label", "before"),
    [
        (Period.month(2026, 1), "2026年1月", Period.month(2025, 12)),
        (Period.quarter(2026, 1), "2026年第一季度", Period.quarter(2025, 4)),
        (Period.quarter(2026, 4), "2026年第四季度", Period.quarter(2026, 3)),
        (Period.year(2026), "2026年", Period.year(2025)),
    ],
)
def test_a_period_knows_its_name_and_the_one_before(period, label, before):
    assert (period.label, period.before()) == (label, before)


def test_units_late_with_the_same_task_are_named_together(cast):
    taken = snapshot.take(cast.units["office"], OCTOBER)
    late = (("消防站", "6.月通报"), ("城管中心", "6.月通报"), ("消防站", "9.宣传教育"))
    taken["named_tasks"] = [{"unit": unit, "title": title} for unit, title in late]
    said = next(section for section in words.sections(taken, OCTOBER) if section["key"] == "overdue")["paragraphs"]
    assert "以下任务经提示、督促仍未办结，予以通报：“6.月通报”：消防站、城管中心；“9.宣传教育”：消防站。" in said
