"""When two names are the same enterprise, and when they must not be."""

from __future__ import annotations

from typing import Any

import pytest

from common.spreadsheets.outcome import Outcome
from tests.common.sheets import xlsx
from tests.hazards.ledgers import bring
from units.imports.directory import Directory
from units.imports.names import is_near, key, take_apart
from units.models import Enterprise, Unit

HEADER = ["单位名称", "统一社会信用代码", "注册地址", "主要负责人", "联系电话", "规模以上", "风险等级"]
CODE, OTHER = "91530181355076952C", "91530181985139192N"


def firm(cast: Any, name: str, code: str | None = None) -> Unit:
    unit = Unit.objects.create(kind=Unit.Kind.ENTERPRISE, name=name, area=cast.areas["village"])
    Enterprise.objects.create(unit=unit, uscc=code)
    return unit


def send(cast: Any, *rows: list[Any]) -> Outcome:
    return bring(xlsx([HEADER, *rows]), cast.units["office"])


def test_brackets_width_and_spaces_do_not_matter() -> None:
    assert key("学府幼儿园（第1厂）") == key("学府幼儿园(第 1 厂)") == key("学府幼儿园 第一厂")
    assert key("学府幼儿园（第1厂）") != key("学府幼儿园（第2厂）")
    assert take_apart("禄兴磷化工有限责任公司").stem == "禄兴磷化工"


@pytest.mark.parametrize(("one", "other"), [("禄兴磷化", "禄兴磷化工"), ("宏泰冷链仓储", "宏泰冷链物流仓储")])
def test_a_name_with_plain_characters_left_out_is_near(one: str, other: str) -> None:
    assert is_near(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("红星幼儿园", "红星小幼儿园"),
        ("甲一机械厂", "甲二机械厂"),
        ("红星商店", "红旗商店"),
        ("大营", "大营木业"),
        ("东山砂石厂", "山砂石厂"),
    ],
)
def test_a_name_that_may_mean_another_is_not_near(one: str, other: str) -> None:
    assert not is_near(one, other)


@pytest.mark.django_db
def test_code_outranks_name_and_a_unique_near_name_is_found(cast: Any) -> None:
    unit = firm(cast, "禄兴磷化工有限公司", CODE)
    found = Directory(cast.areas["street"].path)
    for name, code in (
        ("别的名字", CODE),
        ("禄兴磷化工", None),
        ("禄兴磷化有限公司", None),
        ("禄兴磷化工有限公司(3号点)", None),
    ):
        entry = found.find(name, code)
        assert entry is not None
        assert entry.pk == unit.pk


@pytest.mark.django_db
def test_of_several_branches_none_is_guessed(cast: Any) -> None:
    first, second = firm(cast, "学府幼儿园（第1厂）"), firm(cast, "学府幼儿园(2分店)")
    found = Directory(cast.areas["street"].path)
    assert found.find("学府幼儿园") is None
    assert found.find("学府幼儿园（第3厂）") is None
    assert [found.find(name).pk for name in ("学府幼儿园(第1厂)", "学府幼儿园（2分店）")] == [first.pk, second.pk]


@pytest.mark.django_db
def test_another_street_is_never_searched(cast: Any) -> None:
    firm(cast, "祥和宾馆")
    assert Directory(cast.areas["rival_street"].path).find("祥和宾馆") is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["甲厂", "91530181355076952D"], "校验不通过"),
        (["甲厂", "9153"], "不是18位"),
        (["", CODE], "没有填写单位名称"),
        (["甲厂", ""], "须填写地址和经营者"),
        (["甲厂", CODE, "", "", "", "大概"], "不是“是”或“否”"),
        (["甲厂", CODE, "", "", "", "", "紫"], "风险等级“紫”无法识别"),
    ],
)
def test_a_bad_enterprise_row_is_refused_with_its_reason(cast: Any, cells: list[str], words: str) -> None:
    outcome = send(cast, ["乙厂", OTHER], cells)
    assert (outcome.accepted, outcome.duplicates) == (1, 0)
    assert words in outcome.rejected[0].error


@pytest.mark.django_db
def test_a_second_row_of_the_same_enterprise_is_a_duplicate(cast: Any) -> None:
    outcome = send(
        cast, ["甲厂", CODE, "一号"], ["甲厂", CODE, "二号"], ["乙店", "", "三号", "王五"], ["乙店", "", "三号", "王五"]
    )
    assert (outcome.accepted, outcome.duplicates, outcome.rejected) == (2, 2, [])
    assert Enterprise.objects.get(unit__name="乙店").operator == "王五"


@pytest.mark.django_db
def test_the_directory_completes_a_provisional_record_instead_of_doubling_it(cast: Any) -> None:
    unit = firm(cast, "甲厂")
    Unit.objects.filter(pk=unit.pk).update(standing=Unit.Standing.PROVISIONAL)
    assert send(cast, ["甲厂", CODE, "一号", "王五", "13900000000"]).accepted == 1
    unit.refresh_from_db()
    assert (unit.standing, unit.enterprise.uscc, unit.enterprise.principal) == (Unit.Standing.CONFIRMED, CODE, "王五")
    assert Unit.objects.filter(name="甲厂").count() == 1


@pytest.mark.django_db
def test_a_doubtful_telephone_is_kept_as_a_remark(cast: Any) -> None:
    outcome = send(cast, ["甲厂", CODE, "一号", "王五", "139"])
    assert (outcome.accepted, outcome.notes) == (1, [(2, "联系电话待核实：139")])
    assert "139" in Unit.objects.get(name="甲厂").remark
