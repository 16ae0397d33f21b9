"""When the plan runs: its period and its stages."""

from __future__ import annotations

import re
from datetime import date

from tasks.plans.characters import CleanText, Piece
from tasks.plans.dates import HAS_MONTH, RANGE, moments_between
from tasks.plans.found import Found, Period, Stage
from tasks.plans.outline import Node

_STAGE_PART = re.compile(
    r"(?<!主要)(?<!重点)(?<!具体)(?:实施|推进|工作|方法|整治|行动|进度|时间)?(?:步骤|阶段|安排|进度)|(?:整治|行动|工作|实施|活动|攻坚)时间"
)
_STAGE = re.compile(
    r"阶段|步骤|部署|动员|发动|准备|摸底|摸排|总结|评估|巩固|提升|启动|自查|验收|排查|整治|整改|实施|推进|攻坚|检查"
)
_YEARS_IN_TITLE = re.compile(r"20\d{2}年?\s*(?:-+|~|至|到)\s*20\d{2}年?|20\d{2}年度?")
_WHOLE_RUN = re.compile(r"((?:从|自)?[^,。;\n]{3,20}(?:至|到)[^,。;\n(]{2,14})(?=,?\s*(?:分|共|总体|,))")
_ONLY_RUN = re.compile(
    r"(?:^|(?<=[\n。]))((?:从|自)?(?:\d{4}年|即日起|印发之日起)[^,。;\n]{0,8}(?:至|到|-)[^,。;\n]{2,12})(?=[。\n]|$)"
)
_RUNS = re.compile(
    r"(?:行动|整治|实施|工作|活动)?(?:时间|期限|周期|起止时间)(?:为|是)?\s*:?\s*((?:从|自)?[^,。;\n]{4,30})"
)
# 决定自2024年2月至6月在全镇开展…; 专项行动自即日起至12月底结束.
_DECIDED = re.compile(
    rf"(?:(?:决定|定于|拟|行动|整治|攻坚|工作|活动)(?:于|在|从|自)?|(?:^|(?<=[,。\n]))(?:从|自))(?P<run>{RANGE.pattern})"
    r"(?=[,,]?(?:结束|为期|分|共|在|集中|开展|组织|全面|利用|对|深入)|[^。;\n]{0,6}(?:开展|组织|部署))"
)
# 分动员部署(5月31日前)、集中整治(8月底前)两个阶段: stages in one sentence.
_IN_A_ROW = re.compile(
    r"(?:^|(?<=[、,。;:]))(?:[^、,。;:()\n]{0,12}分为?)?(?P<name>[一-鿿“”]{2,18})\((?P<when>[^()\n]{0,6}\d[^()\n]{1,24})\)"
)
_FROM_NOW = re.compile(r"即日|印发之日|发文之日|发布之日")  # has no first day of its own
_NO_DAYS = "没有写起止时间"


def read_period(text: CleanText, title: Found, roots: list[Node], stages: list[Stage], written: date | None) -> Period:
    """Said as a whole (从…至…,分四个阶段), else in the title, else from the first stage to the last."""
    near = written.year if written else None
    said = [
        (pattern, Piece(node.start, min(node.end, node.start + 200)))
        for node in roots
        if _STAGE_PART.search(_heading(text, node))
        for pattern in (_WHOLE_RUN, _RUNS, _ONLY_RUN)
    ]
    for pattern, piece in [*said, (_RUNS, Piece(0, min(len(text.text), 3000)))]:
        found = pattern.search(text.folded, piece.start, piece.end)
        start, end = moments_between(found.group(1), near) if found else (None, None)
        if found and end and (start or _FROM_NOW.search(found.group(1))):
            return Period(start, end, Piece(*found.span(1)))
    decided = _decided(text, near)
    of_title = _period_of_title(text, title)
    if decided and (decided.start or not of_title):
        return decided
    return of_title or _period_of_stages(stages)


def _decided(text: CleanText, near: int | None) -> Period | None:
    """自即日起 has no first day of its own."""
    for found in _DECIDED.finditer(text.folded, 0, min(len(text.text), 4000)):
        start, end = moments_between(found.group("run"), near)
        if end and (start or "即日" in found.group("from")):
            return Period(start, end, Piece(*found.span("run")))
    return None


def _period_of_title(text: CleanText, title: Found) -> Period | None:
    months = RANGE.search(text.folded, title.piece.start, title.piece.end)
    if months and HAS_MONTH.search(months.group()):
        start, end = moments_between(months.group())
        return Period(start, end, Piece(*months.span())) if end else None
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


def read_stages(text: CleanText, roots: list[Node], near: int | None) -> list[Stage]:
    """The numbered parts of 实施步骤 and the like, with the days in their headings; `near` is the year they begin in."""
    stages: list[Stage] = []
    for node in roots:
        if not _STAGE_PART.search(_heading(text, node)):
            continue
        for child in node.children:
            if stage := _stage(text, child, near):
                near = stage.end.year if stage.end else near
                stages.append(stage)
        if not node.children:
            stages += _in_a_row(text, node, near)
    return stages


def _stage(text: CleanText, node: Node, near: int | None) -> Stage | None:
    heading = _heading(text, node)
    if not _STAGE.search(heading) and node.mark.style != "stage":
        return None
    opening = text.folded[node.opening.start : node.opening.end][:60]
    bracket = re.search(r"\(([^()]*)\)", opening)
    start, end = moments_between(bracket.group(1), near) if bracket else (None, None)
    if end is None and (run := RANGE.search(opening)):
        start, end = moments_between(run.group(), near)
    if end is None and node.mark.style != "stage" and not re.search(r"阶段|步骤", heading):
        return None
    return Stage(_stage_title(text, node, is_dated=bool(bracket) or end is not None), start, end)


def _stage_title(text: CleanText, node: Node, is_dated: bool) -> Found:
    cut = re.search(r"[。:(,]", text.folded[node.opening.start : node.opening.end])
    end = node.opening.start + (cut.start() if cut else node.opening.end - node.opening.start)
    piece = text.trimmed(Piece(node.opening.start, end))
    return Found(text[piece], piece, "" if is_dated else _NO_DAYS)


def _in_a_row(text: CleanText, node: Node, near: int | None) -> list[Stage]:
    """The stages of one sentence that counts them."""
    if not re.search(r"[二两三四五六]个(?:阶段|步骤)", text.folded[node.start : node.end]):
        return []
    stages = []
    for found in _IN_A_ROW.finditer(text.folded, node.opening.start, node.end):
        start, end = moments_between(found.group("when"), near)
        if end:
            near, piece = end.year, Piece(*found.span("name"))
            stages.append(Stage(Found(text[piece], piece, "各阶段写在一句话里"), start, end))
    return stages
