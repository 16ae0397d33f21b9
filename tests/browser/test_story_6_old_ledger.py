"""Story 6: an old ledger with merged headers comes in; what is wrong is corrected in the sheet and sent again."""

from __future__ import annotations

import openpyxl

from hazards.models import Hazard
from tests.browser import STORY
from tests.browser.acts import imports as act
from tests.hazards.ledgers import SAMPLES

pytestmark = STORY
LEDGER = SAMPLES / "村级隐患台账.xlsx"


def test_a_wrong_row_is_corrected_in_the_sheet_and_only_it_comes_in(people, calendar, tmp_path):
    calendar.go_to("2026-11-23 09:00")
    office = people.signed_in("office")
    act.uploads_ledger(office, LEDGER, "first")
    act.checks_mapping(office, "生产经营单位名称", "企业名称")
    act.sees_wrong_rows(office, "“2026-13-01”不是有效日期：没有13月", "没有填写企业名称")
    act.confirms_import(office, "共 118 行：导入 114 行，重复 0 行，有误 4 行。", "first")
    sheet = act.takes_error_sheet(office, tmp_path)
    _write_possible_date(sheet)
    act.uploads_ledger(office, sheet, "again")
    act.confirms_import(office, "共 4 行：导入 1 行，重复 0 行，有误 3 行。", "again")
    assert Hazard.objects.count() == 115
    act.uploads_ledger(office, sheet, "third")
    office.sees("没有可以导入的新数据")
    office.open("/hazards/")
    office.look("ledger")


def _write_possible_date(path):
    """What a clerk does: look for the date that cannot exist and write one that can."""
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value == "2026-13-01"]
    assert len(cells) == 1
    cells[0].value = "2026-12-01"
    book.save(path)
