"""Finding the table: header, levels, synonyms, and the lines that are no data."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import Refused
from common.spreadsheets import Column, Field, Sheet, choose_table, find_table, open_workbook
from common.spreadsheets.fields import match_columns
from tests.common.sheets import FIELDS, FIXTURES, opened, table

HEADER = ["序号", "企业名称", "排查时间", "隐患描述", "整改时限"]


def headers(found) -> dict[str, str]:
    return {key: column.header for key, column in found.mapping.fields.items()}


def test_the_header_is_found_under_titles_and_notes() -> None:
    found = table(
        [
            ["××街道2026年台账"],
            ["填报单位：甲村", "填报时间：2026年10月"],
            HEADER,
            [1, "甲厂", "2026.6.5", "堵塞", "6月8日前"],
        ]
    )
    assert found.header_rows == (3, 3)
    assert found.rows[0].number == 4
    assert "2026年台账" in found.title


def test_two_header_levels_are_joined_through_merges() -> None:
    rows = [
        ["企业名称", "隐患描述", "整改情况", None],
        [None, None, "整改责任人", "整改时限"],
        ["甲厂", "堵塞", "王文", "6月8日"],
    ]
    found = table(rows, ["A1:A2", "B1:B2", "C1:D1"])
    assert headers(found)["due_on"] == "整改情况/整改时限"
    assert found.rows[0].get("person") == "王文"


def test_two_header_levels_are_joined_in_text_that_lost_its_merges() -> None:
    grid = [
        ["企业名称", "隐患描述", "整改情况", None, "备注"],
        [None, None, "整改责任人", "整改时限", None],
        ["甲", "乙", "丙", "丁", None],
    ]
    found = choose_table([Sheet("台账", grid)], FIELDS)
    assert found.header_rows == (1, 2)
    assert found.mapping.unknown == ("备注",)
    assert headers(found)["due_on"] == "整改情况/整改时限"


def test_a_data_row_is_never_taken_for_a_second_header_level() -> None:
    found = table([["企业名称", "隐患描述", None], ["甲厂", "堵塞", "张三"]])
    assert found.header_rows == (1, 1)
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("整改期限", "due_on"),
        ("整 改\n期 限", "due_on"),
        ("整改期限（年月日）", "due_on"),
        ("生产经营单位名称", "enterprise"),
        ("受检单位（公章）", "enterprise"),
        ("隐患等级*", "level"),
        ("隐患問题描述", "description"),
        ("申请延期后整改期限", None),
        ("检查单位", None),
        ("责任人", None),
        ("联系电话", None),
    ],
)
def test_synonyms_map_fuzzily_but_never_wrongly(header: str, key: str | None) -> None:
    mapping = match_columns([Column(1, header, (header,))], FIELDS)
    assert mapping.columns[0].field == (key or "")


def test_unknown_and_doubtful_columns_are_reported() -> None:
    fields = (*FIELDS, Field("a", "发现单位", ("单位",)), Field("b", "督办单位", ("单位",)))
    found = table([["企业名称", "隐患描述", "单位", "气温"], ["甲厂", "堵塞", "应急所", 20]], fields=fields)
    assert found.mapping.unknown == ("气温",)
    assert found.mapping.ambiguous == {"单位": ("发现单位", "督办单位")}


def test_of_two_equal_headers_the_first_counts_and_the_other_is_reported() -> None:
    found = table([["企业名称", "隐患描述", "整改期限", "整改期限"], ["甲厂", "堵塞", "6月1日", "6月2日"]])
    assert found.rows[0].get("due_on") == "6月1日"
    assert "整改期限" in found.mapping.ambiguous


def test_a_person_may_correct_the_mapping() -> None:
    sheet = opened([["企业名称", "隐患描述", "何时改好"], ["甲厂", "堵塞", "6月1日"]])
    found = choose_table([sheet], FIELDS, {1: "enterprise", 2: "description", 3: "due_on"})
    assert found.rows[0].get("due_on") == "6月1日"


def test_totals_signatures_remarks_blank_lines_and_repeated_headers_are_skipped() -> None:
    rows: list[list[Any]] = [
        HEADER,
        [1, "甲厂", "6.5", "堵塞", "6.8"],
        ["小计", "1条"],
        HEADER,
        [None],
        ["二、乙村", None, None, None, None],
        [2, "乙厂", "6.5", "堵塞", "6.8"],
        [3],
        ["合  计", "2条"],
        ["备注：本表一式两份"],
        ["填表人：王文", None, "审核人：李丽"],
    ]
    found = table(rows, ["A6:E6"])
    assert [row.number for row in found.rows] == [2, 7]
    assert len(found.skipped) == 8


def test_a_row_that_merely_lacks_its_enterprise_is_still_a_row() -> None:
    found = table([HEADER, [1, "甲厂", "6.5", "堵塞", "6.8"], [2, None, "6.6", "堵塞", "6.9"]])
    assert found.rows[1].get("enterprise") is None


def test_a_vertically_merged_unit_is_inherited_by_the_rows_below() -> None:
    found = table([HEADER, [1, "甲厂", "6.5", "堵塞", "6.8"], [2, None, "6.6", "损坏", "6.9"]], ["B2:B3"])
    assert found.rows[1].get("enterprise") == "甲厂"
    assert found.rows[1].inherited == {"enterprise"}


def test_a_block_left_blank_in_text_continues_the_row_above() -> None:
    found = table([HEADER, [1, "甲厂", "6.5", "堵塞", "6.8"], [2, None, None, "损坏", "6.9"]])
    assert found.rows[1].get("enterprise") == "甲厂"
    assert found.rows[1].inherited == {"enterprise", "found_on"}


def test_the_sheet_with_data_is_chosen_over_instructions() -> None:
    found = choose_table(open_workbook(FIXTURES / "ledger.xls"), FIELDS)
    assert found.sheet.name == "问题清单"
    assert [row.number for row in found.rows] == [3, 4]
    assert found.rows[1].inherited == {"enterprise", "found_on"}


def test_a_file_without_a_header_is_refused_with_what_is_needed() -> None:
    with pytest.raises(Refused, match="企业名称、隐患描述"):
        choose_table([Sheet("表", [["天气", "晴"], ["温度", 20]])], FIELDS)


def test_missing_required_columns_are_named() -> None:
    found = table([["企业名称", "整改期限"], ["甲厂", "6月1日"]])
    assert [each.label for each in found.missing] == ["隐患描述"]


_values = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(),
    st.floats(),
    st.dates(),
    st.booleans(),
    st.sampled_from([*HEADER, "合计", "填表人：", "整改情况", "备注：无", "  ", "一、甲村"]),
)
_corners = st.tuples(st.integers(1, 9), st.integers(1, 7), st.integers(0, 4), st.integers(0, 4))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(_values, max_size=7), max_size=9), st.lists(_corners, max_size=4))
def test_no_grid_however_mangled_breaks_the_search(
    grid: list[list[Any]], merges: list[tuple[int, int, int, int]]
) -> None:
    sheet = Sheet("乱", grid)
    sheet.expand(((top, left), (top + down, left + right)) for top, left, down, right in merges)
    found = find_table(sheet, FIELDS)
    if found:
        seen = [row.number for row in found.rows] + [number for number, _ in found.skipped]
        assert sorted(seen) == list(range(found.header_rows[1] + 1, sheet.height + 1))


def test_of_two_headers_for_one_field_the_more_certain_name_wins() -> None:
    field = Field("category", "隐患类别", ("隐患类型", "检查项目"))
    columns = [Column(index, name, (name,)) for index, name in enumerate(("检查项目", "隐患类型"), start=1)]
    found = match_columns(columns, [field])
    assert [column.field for column in found.columns] == ["", "category"]
    assert found.ambiguous == {"检查项目": ("隐患类别",)}
