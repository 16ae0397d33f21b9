"""The four sample ledgers: every bad row refused with its reason, every good row imported exactly once."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from common.spreadsheets import OutColumn, stream_csv
from hazards.imports.ledger import open_ledger
from hazards.models import Hazard, HazardEvent
from tests.common.sheets import upload
from tests.hazards.ledgers import SAMPLES, bring
from units.models import Enterprise, Unit

pytestmark = pytest.mark.django_db
VILLAGE, DEPARTMENT, OLD, FIRMS = "村级隐患台账.xlsx", "部门检查问题清单.xlsx", "旧系统导出_GBK.csv", "企业名录.xlsx"
TRUTH: dict[str, tuple[int, int, dict[int, tuple[str, str]]]] = {
    VILLAGE: (118, 0, {
        13: ("整改时限", "“2026-13-01”不是有效日期：没有13月"),
        37: ("生产经营单位名称", "没有填写企业名称"),
        76: ("隐患等级", "“特别严重”无法识别"),
        96: ("整改时限", "早于发现日期"),
    }),
    DEPARTMENT: (82, 0, {12: ("整改期限", "“长期坚持”不是日期")}),
    OLD: (60, 0, {}),
    FIRMS: (120, 1, {18: ("统一社会信用代码", "校验不通过"), 65: ("统一社会信用代码", "校验不通过")}),
}  # fmt: skip


def run(name: str, *options: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("import_ledger", str(SAMPLES / name), "--office", "甲街道安委办", *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("name", TRUTH)
def test_exactly_the_bad_rows_are_refused_each_with_column_and_reason(cast: Any, name: str) -> None:
    rows, duplicates, bad = TRUTH[name]
    result = run(name)
    assert list(result) == ["rows", "accepted", "duplicates", "rejected"]
    assert (result["rows"], result["duplicates"]) == (rows, duplicates)
    assert result["accepted"] == rows - duplicates - len(bad)
    assert [each["row"] for each in result["rejected"]] == list(bad)
    for each in result["rejected"]:
        column, reason = bad[each["row"]]
        assert each["column"] == column
        assert reason in each["error"]


@pytest.mark.parametrize("name", TRUTH)
def test_sent_again_a_ledger_adds_nothing(cast: Any, name: str) -> None:
    first = run(name)
    counts = Hazard.objects.count(), HazardEvent.objects.count(), Unit.objects.count()
    again = run(name)
    assert again["accepted"] == 0
    assert again["duplicates"] == first["accepted"] + first["duplicates"]
    assert (Hazard.objects.count(), HazardEvent.objects.count(), Unit.objects.count()) == counts


@pytest.mark.parametrize("name", [VILLAGE, OLD])
def test_re_sorted_and_saved_as_csv_under_another_name_it_is_still_known(cast: Any, name: str) -> None:
    accepted = bring(SAMPLES / name, cast.units["office"]).accepted
    table = open_ledger(SAMPLES / name, name).table
    rows = [table.original(row.number) for row in table.rows]
    rows.sort(key=lambda cells: str(cells[4]))
    columns = [OutColumn(column.levels[-1]) for column in table.columns]
    again = bring(upload(b"".join(stream_csv(columns, rows)), "另存.csv"), cast.units["office"])
    assert (again.accepted, again.duplicates, again.rows) == (0, accepted, len(rows))


def test_saved_as_text_a_merged_ledger_lost_its_merges_and_is_still_known(cast: Any) -> None:
    first = bring(SAMPLES / DEPARTMENT, cast.units["office"])
    table = open_ledger(SAMPLES / DEPARTMENT, DEPARTMENT).table
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for number in range(1, table.sheet.height + 1):
        cells = table.sheet.row(number)
        writer.writerow(["" if cell.is_inherited or cell.value is None else str(cell.value) for cell in cells])
    again = bring(upload(buffer.getvalue().encode("gb18030"), "问题清单.csv"), cast.units["office"])
    assert (again.accepted, again.duplicates) == (0, first.accepted)
    assert [each.row for each in again.rejected] == [12]


def test_a_dry_run_judges_everything_and_writes_nothing(cast: Any) -> None:
    before = Hazard.objects.count(), Unit.objects.count()
    dry = run(VILLAGE, "--dry-run")
    assert (Hazard.objects.count(), Unit.objects.count()) == before
    assert dry == run(VILLAGE)


def test_the_directory_becomes_profiles_with_their_codes(cast: Any) -> None:
    run(FIRMS)
    firm = Enterprise.objects.select_related("unit").get(uscc="91530181355076952C")
    assert firm.unit.name == "禄兴磷化工有限公司（第4厂）"
    assert (firm.principal, firm.principal_phone, firm.safety_phone) == ("李文", "13908710004", "0871-8000004")
    assert (firm.employees, firm.risk, firm.is_high_risk) == (321, "blue", False)
