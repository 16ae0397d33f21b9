"""What a ledger row becomes: state, dates, unit, reasons; and what refuses it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from common.clock import local
from common.errors import Forbidden, Refused
from hazards.models import Hazard
from hazards.models.hazard import State
from tests.common.sheets import upload, xlsx
from tests.hazards.ledgers import HEADER, bring, ledger, row
from units.models import Area, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def noon() -> Any:
    """A fixed day after every date in the rows."""
    with time_machine.travel("2026-11-22T12:00:00+08:00", tick=False):
        yield


def only(cast: Any, *rows: Any, unit: str = "office", actor: Any = None) -> Hazard:
    outcome = bring(ledger(*rows), cast.units[unit], actor)
    assert outcome.rejected == []
    return Hazard.objects.latest("pk")


def reasons(cast: Any, *rows: Any) -> list[str]:
    return [each.error for each in bring(ledger(*rows), cast.units["office"]).rejected]


def test_an_open_row_is_under_rectification_against_its_deadline(cast: Any) -> None:
    hazard = only(cast, row())
    assert (hazard.state, hazard.channel, hazard.place) == (State.RECTIFYING, "import", "二楼")
    assert local(hazard.due_at).date() == date(2026, 6, 20)
    assert hazard.is_overdue
    assert hazard.next_step_at is not None
    assert hazard.number


def test_a_closed_row_enters_as_history_with_the_dates_of_the_ledger(cast: Any) -> None:
    hazard = only(cast, row(c8="是", c9="2026.6.18"))
    assert hazard.state == State.CLOSED
    assert local(hazard.closed_at).date() == date(2026, 6, 18)
    assert local(hazard.confirmed_at).date() == date(2026, 6, 5)
    assert hazard.next_step_at is None


def test_nothing_is_closed_in_the_future(cast: Any) -> None:
    hazard = only(cast, row(c8="是", c9="2026.12.18"))
    assert local(hazard.closed_at).date() == date(2026, 11, 22)
    assert "晚于导入日期" in hazard.events.get().note


def test_the_row_equals_its_one_event(cast: Any) -> None:
    hazard = only(cast, row())
    event = hazard.events.get()
    assert (event.action, event.seq, event.target) == ("import", hazard.version, hazard.state)
    assert event.data["file"] == "台账.xlsx"
    assert event.data["row"] == 2


def test_an_open_major_without_ground_waits_to_be_verified_and_keeps_its_deadline_in_words(cast: Any) -> None:
    hazard = only(cast, row(c5="重大隐患", c7="2026-12-31"))
    assert (hazard.state, hazard.criterion, hazard.due_at) == (State.REPORTED, None, None)
    assert "判定依据" in hazard.events.get().note
    assert "2026-12-31" in hazard.events.get().note


@pytest.mark.parametrize(
    ("written", "clause", "kept"),
    [
        ("工贸企业重大事故隐患判定标准第十一条（三）", "第十一条(三)", ""),
        ("经专家会商认定", "第三条第二款", "经专家会商认定"),
    ],
)
def test_an_open_major_cites_what_its_ledger_names_and_waits_for_its_plan(cast: Any, written, clause, kept) -> None:
    table = ledger([*row(c5="重大隐患"), written], header=(*HEADER, "判定依据"))
    assert bring(table, cast.units["office"]).rejected == []
    hazard = Hazard.objects.latest("pk")
    assert (hazard.state, hazard.criterion.clause, hazard.level_reason) == (State.PLANNING, clause, kept)


def test_a_village_brings_in_general_hazards_and_leaves_the_others_to_the_street(cast: Any) -> None:
    assert only(cast, row(c5="重点"), unit="village", actor=cast.grid).state == State.REPORTED
    assert only(cast, row(c3="通道堵塞"), unit="village", actor=cast.grid).state == State.RECTIFYING


def test_an_unknown_enterprise_becomes_a_record_to_confirm_once(cast: Any) -> None:
    outcome = bring(ledger(row(), row(c3="消防水泵无法启动"), row(c0="甲一木业 ", c3="通道堵塞")), cast.units["office"])
    assert (outcome.accepted, outcome.created_units) == (3, 1)
    unit = Unit.objects.get(name="甲一木业")
    assert (unit.standing, unit.area.name) == (Unit.Standing.PROVISIONAL, "甲村")
    assert unit.hazards.count() == 3


def test_a_village_the_system_does_not_know_refuses_nothing(cast: Any) -> None:
    hazard = only(cast, row(c1="丁社区"))
    assert hazard.unit.area == cast.areas["street"]
    assert "丁社区" in hazard.unit.remark


def test_a_known_enterprise_is_matched_and_gives_area_and_department(cast: Any) -> None:
    hazard = only(cast, row(c0="甲街道食品厂"))
    assert hazard.unit.standing == Unit.Standing.CONFIRMED
    assert hazard.area_path == hazard.unit.area_path
    assert hazard.department == cast.units["department"]


def test_a_merged_discovery_date_gives_way_to_the_dates_of_the_row(cast: Any) -> None:
    rows = [HEADER, row(c2="2026年7月20日", c7="2026-08-01"), row(c0=None, c2=None, c3="通道堵塞", c7="2026-05-21")]
    outcome = bring(xlsx(rows, ["A2:A3", "C2:C3"]), cast.units["office"])
    assert (outcome.accepted, outcome.rejected) == (2, [])
    assert Hazard.objects.get(description="通道堵塞").found_on == date(2026, 5, 21)
    assert any("待核实" in note for _, note in outcome.notes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"c0": None}, "没有填写企业名称"),
        ({"c3": " "}, "没有填写隐患描述"),
        ({"c5": "特别严重"}, "“特别严重”无法识别"),
        ({"c7": "长期坚持"}, "不是日期"),
        ({"c7": "2月30日"}, "没有30日"),
        ({"c7": "2026-06-04"}, "早于发现日期 2026-06-05"),
        ({"c2": "2026-12-01"}, "晚于今天"),
        ({"c9": "2026-06-01"}, "完成日期 2026-06-01 早于发现日期"),
        ({"c3": "长" * 1001}, "超过 1000 字"),
        ({"c0": None, "c7": "待定"}, "企业名称：没有填写企业名称；整改期限：“待定”不是日期"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason(cast: Any, changes: dict[str, Any], words: str) -> None:
    found = reasons(cast, row(**changes))
    assert len(found) == 1
    assert words in found[0]
    assert not Hazard.objects.exists()


def test_the_same_fault_with_two_deadlines_is_two_hazards_and_a_repeated_row_is_one(cast: Any) -> None:
    outcome = bring(ledger(row(), row(c7="2026-07-20"), row(c8="是", c9="2026-6-19")), cast.units["office"])
    assert (outcome.accepted, outcome.duplicates) == (2, 1)


def test_a_later_state_of_the_ledger_is_not_imported_anew(cast: Any) -> None:
    bring(ledger(row()), cast.units["office"])
    again = bring(ledger(row(c8="是", c9="2026-06-19", c6="李四")), cast.units["office"])
    assert (again.accepted, again.duplicates) == (0, 1)


def test_merging_a_provisional_enterprise_does_not_make_its_rows_new(cast: Any) -> None:
    hazard = only(cast, row())
    Unit.objects.filter(pk=hazard.unit_id).update(standing=Unit.Standing.MERGED, merged_into=cast.units["firm"])
    again = bring(ledger(row(), row(c3="通道堵塞")), cast.units["office"])
    assert (again.accepted, again.duplicates) == (1, 1)
    assert Hazard.objects.latest("pk").unit == cast.units["firm"]


def test_a_ledger_without_a_required_column_is_refused_by_name(cast: Any) -> None:
    with pytest.raises(Refused, match="“隐患描述”"):
        bring(xlsx([["企业名称", "隐患等级", "整改期限"], ["甲", "一般", "2026-1-1"]]), cast.units["office"])


def test_nobody_imports_without_the_right(cast: Any) -> None:
    with pytest.raises(Forbidden):
        bring(ledger(row()), cast.units["firm"], cast.safety)


def test_only_the_office_imports_the_directory(cast: Any) -> None:
    file = xlsx([["单位名称", "统一社会信用代码"], ["甲厂", "91530181355076952C"]])
    with pytest.raises(Forbidden, match="安委办导入"):
        bring(file, cast.units["village"], cast.grid)


def test_a_gbk_text_with_the_enterprise_in_the_place_column_is_understood(cast: Any) -> None:
    text = "隐患编号,隐患描述,隐患位置,隐患级别,发现日期,整改期限\n1,堵塞,甲一木业,一般,2026/06/05,2026.6.20\n"
    assert bring(upload(text.encode("gb18030"), "旧.csv"), cast.units["office"]).accepted == 1
    assert Hazard.objects.get().unit.name == "甲一木业"


@pytest.mark.parametrize("said", ["甲村", "甲村村民委员会", "甲街道甲村", "柏树头", "柏树头村委会"])
def test_a_village_is_found_by_the_names_of_its_unit(cast: Any, said: str) -> None:
    Area.objects.filter(pk=cast.areas["village"].pk).update(name="甲村（演示）")
    unit = cast.units["village"]
    Unit.objects.filter(pk=unit.pk).update(name="甲村村民委员会（演示）", short_name="甲村", aliases="柏树头；老甲村")
    hazard = only(cast, row(c0="无人知晓的作坊", c1=said))
    assert hazard.unit.area_id == cast.areas["village"].pk


def test_a_name_two_villages_share_is_no_ones(cast: Any) -> None:
    for village in ("village", "other_village"):
        Unit.objects.filter(area=cast.areas[village], kind="village").update(aliases="老村")
    Unit.objects.get_or_create(
        area=cast.areas["other_village"], kind="village", name="邻村村民委员会", defaults={"aliases": "老村"}
    )
    outcome = bring(ledger(row(c0="无人知晓的作坊", c1="老村")), cast.units["office"])
    assert any("“老村”未识别" in note for _, note in outcome.notes)


def test_a_village_s_own_name_comes_before_another_s_alias(cast: Any) -> None:
    Unit.objects.create(
        area=cast.areas["other_village"], kind="village", name="邻村村民委员会", aliases=cast.areas["village"].name
    )
    assert only(cast, row(c0="无人知晓的作坊")).unit.area_id == cast.areas["village"].pk


@pytest.mark.parametrize("said", ["经济发展办公室（演示）", "经发办", "经济办"])
def test_a_department_is_found_by_its_short_name_and_aliases(cast: Any, said: str) -> None:
    department = Unit.objects.create(
        area=cast.areas["street"],
        kind="department",
        name="经济发展办公室（演示）",
        short_name="经发办",
        aliases="发展办；经济办",
    )
    outcome = bring(ledger([*row(c0="无人知晓的作坊"), said], header=[*HEADER, "检查单位"]), cast.units["office"])
    assert outcome.accepted == 1
    assert Hazard.objects.get().department_id == department.pk
