"""Which headings are the tasks, and which the actions above them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.plans.characters import CleanText, Piece
from tasks.plans.outline import Node
from tasks.plans.responsibility import Statement

_TASK_PART = re.compile(
    r"^(?:.{0,8}(?:任务|措施|内容|举措|事项)|.{0,8}(?:重点|主要|具体|年度|整治|治理|攻坚|排查)工作|.{0,6}(?:工作|整治|检查|排查|治理|行动)重点"
    r"|(?:主要|重点|具体|核心|专项|攻坚|实施|整治)+行动)(?:分解|分工|[及和与]责任分工|清单|和措施|及措施|及分工|与措施|和分工|安排|及要求|及重点)*$"
)
_OTHER_PART = re.compile(
    r"总体(?:要求|目标|思路)|指导思想|(?:工作|主要|总体|行动|预期|攻坚)?目标$|目标要求|基本原则|工作原则|保障|组织领导|组织机构|组织实施|工作要求|有关要求|相关要求|"
    r"(?<!主要)(?<!重点)(?<!具体)(?:工作|实施|方法|时间|进度|行动|推进)+(?:步骤|安排|阶段|进度)|领导小组|职责分工$|附则|总则|背景|基本情况|形势|编制依据|适用范围|督导考核|监督(?:检查|考核)|考核(?:评价|督查|奖惩)|工作机制$|时间(?:安排|步骤)|^目的|依据$|任务分工$"
)


@dataclass(frozen=True)
class Chosen:
    """A heading that is a task, and the heading of its action (None where it stands under none)."""

    node: Node
    action: Node | None


def heading(text: CleanText, node: Node) -> Piece:
    """The heading's words: to the end of its first sentence."""
    return first_sentence(text, node.opening)


def first_sentence(text: CleanText, piece: Piece) -> Piece:
    """Up to the first 。 ; or line end; a colon ends it only near the front."""
    folded = text.folded[piece.start : piece.end]
    cut = re.search(r"[。;!\n]|(?<=.{3}):", folded)
    if cut and cut.group() == ":" and cut.start() > 30:
        cut = re.search(r"[。;!\n]", folded)
    return text.trimmed(Piece(piece.start, piece.start + (cut.start() if cut else len(folded))))


def choose(text: CleanText, roots: list[Node], statements: list[Statement]) -> list[Chosen]:
    """The tasks in order. Under 主要任务 where a document has such a part, else under every part that is no frame."""
    roots = _unwrapped(text, roots)
    parts = [node for node in _walk(roots) if node.children and _names_tasks(text, node)]
    parts = [node for node in parts if not any(node in other.below() for other in parts)]
    if not parts:
        content = [
            node
            for node in roots
            if not _OTHER_PART.search(text[heading(text, node)]) or _carried(node, statements) >= _MANY
        ]
        return _under(content, statements)
    inside = {id(part) for part in parts}
    strays = [
        node
        for node in roots
        if not inside & {id(each) for each in (node, *node.below())} and _carried(node, statements) >= _MANY
    ]
    found = [chosen for part in parts for chosen in _under(part.children, statements)]
    found += [chosen for stray in strays for chosen in _under(stray.children or [stray], statements)]
    return sorted(found, key=lambda chosen: chosen.node.start)


def has_task_part(text: CleanText, roots: list[Node]) -> bool:
    """Whether a heading says that tasks follow."""
    return any(_names_tasks(text, node) for node in _walk(_unwrapped(text, roots)) if node.children)


_MANY = 3  # as many units' brackets make a part one of tasks, whatever its heading says


def _carried(node: Node, statements: list[Statement]) -> int:
    return sum(1 for statement in statements if node.start <= statement.piece.start < node.end)


def _unwrapped(text: CleanText, roots: list[Node]) -> list[Node]:
    """A document whose one top heading holds everything is read inside it."""
    return roots[0].children if len(roots) == 1 and len(roots[0].children) > 1 else roots


def _walk(roots: list[Node]) -> list[Node]:
    return [each for root in roots for each in (root, *root.children)]


def _names_tasks(text: CleanText, node: Node) -> bool:
    words = re.sub(r"\(.*?\)", "", text[heading(text, node)])
    return len(words) <= 16 and bool(_TASK_PART.search(words)) and not _OTHER_PART.search(words)


def _under(tops: list[Node], statements: list[Statement]) -> list[Chosen]:
    depth = _task_depth(tops, statements)
    chosen: list[Chosen] = []
    for top in tops:
        chosen += _descend(top, depth, None)
    return chosen


def _descend(node: Node, depth: int, action: Node | None) -> list[Chosen]:
    if depth == 1 or not node.children:
        return [Chosen(node, action)]
    return [chosen for child in node.children for chosen in _descend(child, depth - 1, action or node)]


def _task_depth(tops: list[Node], statements: list[Statement]) -> int:
    """The deepest level whose headings mostly carry units of their own; without units the second, if it is numbered."""
    levels: list[list[Node]] = [tops]
    while len(levels) < 4 and (deeper := [child for node in levels[-1] for child in node.children]):
        levels.append(deeper)
    places = [
        statement.piece.start
        for statement in statements
        if any(top.start <= statement.piece.start < top.end for top in tops)
    ]
    if len(places) >= 2:
        for depth in range(len(levels), 0, -1):
            level = levels[depth - 1] + [node for higher in levels[: depth - 1] for node in higher if not node.children]
            holding = sum(1 for node in level if any(node.start <= place < node.end for place in places))
            held = sum(1 for place in places if any(node.start <= place < node.end for node in level))
            if holding * 10 >= len(level) * 6 and held * 10 >= len(places) * 7 and _one_each(level, levels, depth):
                return depth
    if len(levels) > 1 and len(levels[1]) >= len(tops):
        return 2
    return 1


def _one_each(level: list[Node], levels: list[list[Node]], depth: int) -> bool:
    """A level is one of tasks only where most headings above it are divided."""
    return depth == 1 or sum(1 for node in levels[depth - 2] if node.children) * 2 >= len(levels[depth - 2])
