"""Tells data rows from what else people write below a header: totals, signatures, remarks, headers again."""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import date, datetime

from common.spreadsheets.cells import Cell, Sheet, Value, is_blank
from common.spreadsheets.fields import normalise
from common.spreadsheets.headers import FEWEST_MATCHES

_TOTAL = re.compile(r"(本页|本月|本季|全年|累计|以上)?(合计|小计|共计|总计|累计|总数)([:：(（].*|\d.*)?")
_SIGNATURE = re.compile(
    r"(填表|填报|制表|统计|审核|审批|审签|复核|经办|报送|上报|签字|签章|签名|盖章|联系|单位负责|负责|主要负责|分管|汇报|检查|日期)"
    r"[^:：]{0,12}[:：]"
)
_REMARK = re.compile(r"(备注|说明|填表说明|填报说明|注意|注|附注|附件|附)\s*\d*\s*[:：.、].*", re.DOTALL)


def why_skipped(sheet: Sheet, number: int, headers: Set[str], required: Set[int]) -> str | None:
    """Why the line is no data row, in Chinese, or None when it is one.

    `headers` are the normalised header texts, `required` the columns of the required fields.
    """
    cells = sheet.row(number)
    own = [cell for cell in cells if not cell.is_inherited and not is_blank(cell.value)]
    if not own:
        return "空行"
    if _is_repeated_header(own, headers):
        return "重复的表头"
    filled = {cell.column for cell in cells if not is_blank(cell.value) and not cell.is_from_left}
    if required and required <= filled and not _is_one_wide_line(cells, own):
        return None
    return _skipped_by_words(own) or _skipped_by_shape(cells, own, required)


def _is_repeated_header(own: list[Cell], headers: Set[str]) -> bool:
    """Whether a line below the header merely prints the header again, as on every page of a paper."""
    if len(own) < FEWEST_MATCHES:
        return False
    repeated = 0
    for position, cell in enumerate(own):
        repeated += isinstance(cell.value, str) and normalise(cell.value) in headers
        if position == 1 and not repeated:
            return False
    return repeated * 2 > len(own)


def _skipped_by_words(own: list[Cell]) -> str | None:
    texts = [_text(cell.value) for cell in own]
    if any(_TOTAL.fullmatch(text) for text in texts[:2]):
        return "合计行"
    if _SIGNATURE.match(texts[0]) and len(own) <= 8:
        return "填表人、审核人等签署行"
    if _REMARK.fullmatch(texts[0]) and len(own) <= 2:
        return "备注或说明行"
    return None


def _skipped_by_shape(cells: list[Cell], own: list[Cell], required: Set[int]) -> str | None:
    if _is_one_wide_line(cells, own):
        return "跨列的标题或说明行"
    if len(own) > 1 or own[0].column in required or any(cell.is_from_above for cell in cells):
        return None
    if _is_serial(own[0].value):
        return "只有序号的空行"
    return "只有一个单元格的说明行" if own[0].column == 1 else None


def _is_one_wide_line(cells: list[Cell], own: list[Cell]) -> bool:
    """A single text merged over at least half of the columns."""
    if len(own) != 1:
        return False
    covered = sum(cell.is_from_left for cell in cells) + 1
    return covered * 2 >= len(cells) and covered > 2


def _is_serial(value: Value) -> bool:
    if isinstance(value, bool | date | datetime):
        return False
    return isinstance(value, int) or (isinstance(value, str) and value.strip().isdigit())


def _text(value: Value) -> str:
    return re.sub(r"\s", "", value) if isinstance(value, str) else str(value)
