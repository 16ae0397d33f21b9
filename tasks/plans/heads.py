"""What stands around the tasks: title, document number, issuer, date, period and stages."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from tasks.plans.characters import CleanText, Piece
from tasks.plans.dates import moments_between, whole
from tasks.plans.found import Found, Period, Stage
from tasks.plans.names import UNIT_END
from tasks.plans.numerals import chinese_number
from tasks.plans.outline import Node

NOTHING = Found("", Piece(0, 0))
_KINDS = r"(?:方案|计划|意见|要点|办法|清单|任务书|规划|工作安排|任务分解表|分解表|分工表|任务表)"
_TITLE = re.compile(rf"^[^。;]{{4,90}}{_KINDS}(?:\([^()]{{2,24}}\))?$")
_ISSUED = re.compile(rf"(?:印发|下发|转发|制定|发布)《([^》]{{4,90}}{_KINDS}(?:\([^()]{{2,24}}\))?)》")
_NOTICE = re.compile(r"^(?:[^。;:]{0,30})关于[^。;:]{4,80}的(?:通知|意见|函|通告)$")
_NUMBER = re.compile(
    r"^(?:(?:发文字号|文号|文件编号|发文号)\s*:\s*)?([一-鿿]{2,14}(?:〔|\[|\(|〈|<)\s*(?:19|20)\d{2}\s*(?:〕|\]|\)|〉|>)\s*(?:第)?\d{1,4}号)(?:\s*签发人.*)?$"
)
_NAMED = re.compile(r"^(?:名称|标题)\s*:\s*")
_ISSUER = re.compile(
    r"(?:发布机构|发文机关|发文单位|制定机关|印发机关|发布单位|制发单位)\s*:\s*([一-鿿()]{4,40}?)(?=\s|$|责任部门|发布日期|发文)"
)
_DATE = re.compile(
    r"((?:20|19)\d{2}|二[〇零○][一二三四五六七八九〇零○]{2})年([\d一二三四五六七八九十]{1,2})月([\d一二三四五六七八九十]{1,3})日"
)
_STAGE_PART = re.compile(r"(?<!主要)(?<!重点)(?<!具体)(?:实施|推进|工作|方法|整治|行动|进度)?(?:步骤|阶段|安排|进度)")
_STAGE = re.compile(r"阶段|步骤|部署|总结|评估|巩固|提升|启动|自查|验收|排查|整治|整改|实施|推进|攻坚|检查")
_YEARS_IN_TITLE = re.compile(r"20\d{2}年?\s*(?:-+|~|至|到)\s*20\d{2}年?|20\d{2}年度?")
_WHOLE_RUN = re.compile(r"((?:从|自)?[^,。;\n]{4,20}(?:至|到)[^,。;\n(]{2,14})(?=,?\s*(?:分|共|总体|,))")
_ONLY_RUN = re.compile(r"(?:^|(?<=[\n。]))((?:从|自)?\d{4}年[^,。;\n]{0,8}(?:至|到|-)[^,。;\n]{2,12})(?=[。\n]|$)")
_RUNS = re.compile(
    r"(?:行动|整治|实施|工作|活动)?(?:时间|期限|周期|起止时间)(?:为|是)?\s*:?\s*((?:从|自)?[^,。;\n]{4,30})"
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
    for choice in (unquoted[-1:], quoted[:1], own[-1:], notices[-1:]):
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
    return NOTHING


def read_number(text: CleanText, first: int) -> Found:
    """The document's own number: alone on its line above the text, not one it cites."""
    for line in text.paragraphs:
        if line.start > max(first, 200):
            break
        if found := _NUMBER.match(text.folded[line.start : line.end]):
            piece = Piece(line.start + found.start(1), line.start + found.end(1))
            return Found(text[piece], piece)
    return NOTHING


def read_issuer(text: CleanText, title: Found) -> Found:
    """Who signed above the date, else who stands above the title, else what the page says."""
    lines = text.paragraphs
    for line, following in pairwise(lines):
        dated = re.fullmatch(_DATE.pattern, text.folded[following.start : following.end])
        if dated and _is_a_unit(text, line):
            return Found(text[line], line)
    for line, following in pairwise(lines[:40]):
        if text.folded[following.start : following.end].startswith("关于") and _is_a_unit(text, line):
            return Found(text[line], line)
    if found := _ISSUER.search(text.folded, 0, min(len(text.text), 3000)):
        piece = Piece(*found.span(1))
        return Found(text[piece], piece)
    return NOTHING


def _is_a_unit(text: CleanText, line: Piece) -> bool:
    folded = text.folded[line.start : line.end]
    return 4 <= len(folded) <= 40 and not re.search(r"[,。;:、\d]", folded) and bool(UNIT_END.search(folded))


def read_written(text: CleanText) -> date | None:
    """The day under the signature, else the first date that stands alone, else the first of all near the top or end."""
    alone = None
    for line in text.paragraphs:
        found = re.fullmatch(_DATE.pattern + r"(?:印发)?", text.folded[line.start : line.end])
        if found and (day := _day(found)):
            alone = alone or day
    if alone:
        return alone
    for found in _DATE.finditer(text.folded, 0, min(len(text.text), 1500)):
        if day := _day(found):
            return day
    return None


def _day(found: re.Match[str]) -> date | None:
    year, month, day = (chinese_number(found.group(place).replace("○", "〇")) for place in (1, 2, 3))
    moment = whole(year, month, day) if 1990 <= year <= 2099 and 1 <= month <= 12 else None
    return moment.last if moment else None


def read_period(text: CleanText, title: Found, roots: list[Node], stages: list[Stage]) -> Period:
    """Said as a whole (从…至…,分四个阶段), else in the title, else from the first stage to the last."""
    said = [
        (pattern, Piece(node.start, min(node.end, node.start + 200)))
        for node in roots
        if _STAGE_PART.search(_heading(text, node))
        for pattern in (_WHOLE_RUN, _RUNS, _ONLY_RUN)
    ]
    for pattern, piece in [*said, (_RUNS, Piece(0, min(len(text.text), 3000)))]:
        found = pattern.search(text.folded, piece.start, piece.end)
        start, end = moments_between(found.group(1)) if found else (None, None)
        if found and start and end:
            return Period(start, end, Piece(*found.span(1)))
    return _period_of_title(text, title) or _period_of_stages(stages)


def _period_of_title(text: CleanText, title: Found) -> Period | None:
    found = _YEARS_IN_TITLE.search(text.folded, title.piece.start, title.piece.end)
    if not found:
        return None
    start, end = moments_between(found.group().rstrip("年度") + "年")
    return Period(start, end, Piece(*found.span()))


def _period_of_stages(stages: list[Stage]) -> Period:
    dated = [stage for stage in stages if stage.end]
    if not dated:
        return Period()
    return Period(dated[0].start, dated[-1].end, Piece(dated[0].title.piece.start, dated[-1].title.piece.end))


def _heading(text: CleanText, node: Node) -> str:
    return re.split(r"[。:]", text[node.opening], maxsplit=1)[0][:40]


def read_stages(text: CleanText, roots: list[Node]) -> list[Stage]:
    """The numbered parts of 实施步骤 and the like, with the days in their headings."""
    stages: list[Stage] = []
    near: int | None = None
    for node in roots:
        if not _STAGE_PART.search(_heading(text, node)):
            continue
        for child in node.children:
            heading = _heading(text, child)
            if not _STAGE.search(heading):
                continue
            bracket = re.search(r"\(([^()]*)\)", text.folded[child.opening.start : child.opening.end][:60])
            start, end = moments_between(bracket.group(1), near) if bracket else (None, None)
            if end is None and not re.search(r"阶段|步骤", heading):
                continue
            near = end.year if end else near
            stages.append(Stage(_stage_title(text, child, bracket), start, end))
    return stages


def _stage_title(text: CleanText, node: Node, bracket: re.Match[str] | None) -> Found:
    cut = re.search(r"[。:(,]", text.folded[node.opening.start : node.opening.end])
    end = node.opening.start + (cut.start() if cut else node.opening.end - node.opening.start)
    piece = text.trimmed(Piece(node.opening.start, end))
    return Found(text[piece], piece, "" if bracket else "没有写起止时间")
