"""What stands around the tasks: title, document number, issuer and date."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from tasks.plans.characters import CleanText, Piece
from tasks.plans.dates import whole
from tasks.plans.found import NOTHING, Found
from tasks.plans.names import UNIT_END
from tasks.plans.numerals import chinese_number

_KINDS = r"(?:方案|计划|意见|要点|办法|清单|任务书|规划|工作安排|任务分解表|分解表|分工表|任务表|责任书|(?:任务|责任)(?:分解|分工))"
_TITLE = re.compile(rf"^[^。;]{{4,90}}{_KINDS}(?:\([^()]{{2,24}}\))?$")
_BEFORE_THE_TEXT = re.compile(
    rf"^([^。;:,《》]{{4,60}}?{_KINDS}(?:\([^()]{{2,24}}\))?)(?=为|根据|按照|按|依据|结合|各|一、)"
)
_ISSUED = re.compile(rf"(?:印发|下发|转发|制定|发布)《([^》]{{4,90}}{_KINDS}(?:\([^()]{{2,24}}\))?)》")
_PLAINLY = re.compile(rf"关于(?:印发|下发)([^《》]{{4,80}}{_KINDS}(?:\([^()]{{2,24}}\))?)的通知$")
_NOTICE = re.compile(r"^(?:[^。;:]{0,30})关于[^。;:]{4,80}的(?:通知|意见|函|通告)$")
_NUMBER = re.compile(
    r"^(?:(?:发文字号|文号|文件编号|发文号)\s*:\s*)?([一-鿿]{2,14}(?:〔|\[|\(|〈|<)\s*(?:19|20)\d{2}\s*(?:〕|\]|\)|〉|>)\s*(?:第)?\d{1,4}号)(?:\s*签发人.*)?$"
)
_NUMBER_SIGN = r"[一-鿿]{2,14}[〔\[(〈<]\s*(?:19|20)\d{2}\s*[〕\])〉>]\s*第?\s*\d{1,4}\s*号"
_LABELLED_NUMBER = re.compile(rf"(?:发文字号|文号|文件编号|发文号)\s*:?\s*({_NUMBER_SIGN})")
_BEFORE_THE_TITLE = re.compile(rf"^({_NUMBER_SIGN})(?=[一-鿿()]{{2,40}}关于)")
_ONLY_A_NUMBER = re.compile(r"^(第\s*\d{1,4}\s*号)$")
_NAMED = re.compile(r"^(?:名称|标题)\s*:\s*")
_ISSUER = re.compile(
    r"(?:发布机构|发文机关|发文单位|制定机关|印发机关|发布单位|制发单位)\s*:\s*([一-鿿()]{4,40}?)(?=\s|$|责任部门|[发成生印公]\S日期|[发公]布时间|发文|索引号|主题|名称|标题|文号|公开|来源)"
)
_BODY = r"[一-鿿()]{2,26}?(?:人民政府|委员会|办公室|办事处|管委会|指挥部|领导小组|(?<![分])局|党委|工委|公司|学校)(?:办公室)?"
_LETTERHEAD = re.compile(rf"^({_BODY})文件$")
_ITS_NOTICE = re.compile(rf"^(?:(?:名称|标题):?)?({_BODY})关于")
_DATE = re.compile(
    r"((?:20|19)\d{2}|二[〇零○][一二三四五六七八九〇零○]{2})年([\d一二三四五六七八九十]{1,2})月([\d一二三四五六七八九十]{1,3})日"
)


_IN_FIGURES = re.compile(r"((?:20|19)\d{2})[-./](\d{1,2})[-./](\d{1,2})")
# The page's own words: 成文日期：2025-11-03.
_FILED = re.compile(
    r"(?:(?:成文|生成|印发|发文|发布|公开)(?:日期|时间))\s*:\s*((?:20|19)\d{2})[-./年](\d{1,2})[-./月](\d{1,2})"
)


def read_title(text: CleanText, first: int) -> Found:
    """The plan's own heading above its text, else the title it was issued under, else that of the notice."""
    lines = [each for each in text.paragraphs if each.start < first][:60]
    own = [
        line
        for line in lines
        if _TITLE.match(text.folded[line.start : line.end])
        and "印发" not in text[line]
        and not text.folded[line.start : line.end].startswith(("根据", "为", "附件"))
    ]
    quoted = [Piece(*match.span(1)) for match in _ISSUED.finditer(text.folded, 0, min(first, 3000))]
    notices = [line for line in lines if _NOTICE.match(text.folded[line.start : line.end])]
    unquoted = [line for line in own if not text[line].startswith("《")]
    if quoted and unquoted and text[unquoted[-1]].endswith("表"):
        unquoted = []  # the table attached to the plan
    plain = [
        Piece(line.start + found.start(1), line.start + found.end(1))
        for line in notices
        if (found := _PLAINLY.search(text.folded[line.start : line.end]))
    ]
    for choice in (unquoted[-1:], quoted[:1], own[-1:], plain[-1:], notices[-1:]):
        if choice:
            piece = text.trimmed(_unlabelled(text, choice[0]), also="《》")
            return Found(text[piece], piece)
    return _any_title(text, lines)


def _unlabelled(text: CleanText, line: Piece) -> Piece:
    found = _NAMED.match(text.folded[line.start : line.end])
    return Piece(line.start + found.end(), line.end) if found else line


def _any_title(text: CleanText, lines: list[Piece]) -> Found:
    for line in lines[:3]:
        if 4 <= line.end - line.start <= 60 and not re.search(r"[。;:|\t]", text.folded[line.start : line.end]):
            return Found(text[line], line, "标题按首行推定")
    if lines and (found := _BEFORE_THE_TEXT.match(text.folded[lines[0].start : lines[0].end])):
        piece = Piece(lines[0].start, lines[0].start + found.end(1))
        return Found(text[piece], piece, "标题和正文连在一起，按行首推定")
    return NOTHING


def read_number(text: CleanText, first: int) -> Found:
    """The document's own number: alone on its line above the text, not one it cites."""
    lines = [line for line in text.paragraphs if line.start <= max(first, 200)]
    for pattern in (_NUMBER, _BEFORE_THE_TITLE, _LABELLED_NUMBER, _ONLY_A_NUMBER):
        for line in lines:
            search = pattern.search if pattern is _LABELLED_NUMBER else pattern.match
            if found := search(text.folded[line.start : line.end]):
                piece = Piece(line.start + found.start(1), line.start + found.end(1))
                return Found(text[piece], piece)
    return NOTHING


def read_issuer(text: CleanText, title: Found) -> Found:
    """Who signed above the date, else who stands above the title, else what the page says."""
    lines = text.paragraphs
    for line, following in pairwise(lines):
        dated = re.fullmatch(rf"{_DATE.pattern}|{_IN_FIGURES.pattern}", text.folded[following.start : following.end])
        if dated and _is_a_unit(text, line):
            return Found(text[line], line)
    for line, following in pairwise(lines[:40]):
        if text.folded[following.start : following.end].startswith("关于") and _is_a_unit(text, line):
            return Found(text[line], line)
    if found := _ISSUER.search(text.folded, 0, min(len(text.text), 3000)):
        piece = Piece(*found.span(1))
        return Found(text[piece], piece)
    return _issuer_above(text) or NOTHING


def _issuer_above(text: CleanText) -> Found | None:
    """From the letterhead (…文件), or from whose the title says it is."""
    for line in text.paragraphs[:12]:
        for pattern in (_LETTERHEAD, _ITS_NOTICE):
            found = pattern.match(text.folded[line.start : line.end])
            if found and UNIT_END.search(found.group(1)):
                piece = Piece(line.start + found.start(1), line.start + found.end(1))
                return Found(text[piece], piece)
    return None


def _is_a_unit(text: CleanText, line: Piece) -> bool:
    folded = text.folded[line.start : line.end]
    return 4 <= len(folded) <= 40 and not re.search(r"[,。;:、\d]", folded) and bool(UNIT_END.search(folded))


def read_written(text: CleanText) -> date | None:
    """The day under the signature, else the first date that stands alone, else the first of all near the top or end."""
    alone = None
    for line in text.paragraphs:
        words = text.folded[line.start : line.end]
        found = re.fullmatch(_DATE.pattern + r"(?:印发)?", words) or _IN_FIGURES.fullmatch(words)
        if found and (day := _day(found)):
            alone = alone or day
    if alone:
        return alone
    for found in [*_FILED.finditer(text.folded, 0, 3000), *_DATE.finditer(text.folded, 0, min(len(text.text), 1500))]:
        if day := _day(found):
            return day
    return None


def _day(found: re.Match[str]) -> date | None:
    year, month, day = (chinese_number(found.group(place).replace("○", "〇")) for place in (1, 2, 3))
    moment = whole(year, month, day) if 1990 <= year <= 2099 and 1 <= month <= 12 else None
    return moment.last if moment else None
