"""Which headings are the tasks, and which the actions above them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.plans.characters import CleanText, Piece
from tasks.plans.headings import DUTY_PART, OTHER_PART, STEP_PART, TASK_PART
from tasks.plans.marks import LABEL_BEGINS as _LABEL
from tasks.plans.marks import Mark
from tasks.plans.names import looks_like_names
from tasks.plans.outline import Node
from tasks.plans.prose import read_subjects
from tasks.plans.responsibility import Statement


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
    cut = re.search(r"[。;!\n]|(?<=[一-鿿”)])\.(?=\s*[一-鿿“])|(?<=.{3}):", folded)
    if cut and cut.group() == ":" and cut.start() > 30:
        cut = re.search(r"[。;!\n]", folded)
    return text.trimmed(Piece(piece.start, piece.start + (cut.start() if cut else len(folded))))


def choose(
    text: CleanText, roots: list[Node], statements: list[Statement], shared: frozenset[int] = frozenset()
) -> list[Chosen]:
    """The tasks in order. Under 主要任务 where a document has such a part, else under every part that is no frame.

    `shared` are the nodes (by id) whose own statement speaks for all tasks below them.
    """
    roots = _unwrapped(text, roots)
    for node in [each for root in roots for each in (root, *root.below()) if not each.children]:
        node.children = _paragraph_tasks(text, node, statements)
    parts = [node for node in _walk(roots) if node.children and _names_tasks(text, node)]
    parts = [node for node in parts if not any(node in other.below() for other in parts)]
    if not parts:
        content = [
            node
            for node in roots
            if not OTHER_PART.search(text[heading(text, node)]) or _is_given_out(node, statements)
        ]
        return _under(content, statements, shared) or _elsewhere(text, roots, statements, shared)
    inside = {id(part) for part in parts}
    strays = [
        node
        for node in roots
        if not inside & {id(each) for each in (node, *node.below())} and _is_one_of_tasks(text, node, statements)
    ]
    found = [chosen for part in [*parts, *strays] for chosen in _in_part(part, statements, shared, parts, strays)]
    return sorted(found, key=lambda chosen: chosen.node.start)


def _elsewhere(text: CleanText, roots: list[Node], statements: list[Statement], shared: frozenset[int]) -> list[Chosen]:
    """Where no part is one of tasks: what the division of work gives to each, else what the stages are to bring."""
    for kind in (DUTY_PART, STEP_PART):
        parts = [node for node in roots if kind.search(text[heading(text, node)])]
        parts = [node for node in parts if node.children and (kind is DUTY_PART or _is_divided(node))]
        if parts:
            return [chosen for part in parts for chosen in _under(part.children, statements, shared)]
    return []


def _is_divided(node: Node) -> bool:
    return any(child.children for child in node.children)


def _in_part(
    part: Node, statements: list[Statement], shared: frozenset[int], parts: list[Node], strays: list[Node]
) -> list[Chosen]:
    """The tasks of one part; where there are several parts, its heading is the action of those that have no other."""
    tasks = _under(part.children or [part], statements, shared)
    if len(parts) + len(strays) == 1:
        return tasks
    return [Chosen(each.node, each.action or (part if part.children else None)) for each in tasks]


def _is_one_of_tasks(text: CleanText, node: Node, statements: list[Statement]) -> bool:
    """A part whose heading does not say so, but whose items name units: in brackets, or whom they tell to act."""
    if _is_given_out(node, statements):
        return True
    if len(node.children) < 2 or OTHER_PART.search(text[heading(text, node)]):
        return False
    told = sum(1 for child in node.children if read_subjects(text, child.piece))
    return told * 2 >= len(node.children)


def _paragraph_tasks(text: CleanText, node: Node, statements: list[Statement]) -> list[Node]:
    """Tasks that are paragraphs without numbers: below 重点任务, or below a heading where each names its own units."""
    if text.folded[node.opening.end - 1 : node.opening.end] in "。;" or node.first_end >= node.end:
        return []
    lines = [each for each in text.paragraphs if node.first_end < each.end <= node.end]
    starts = [each for each in lines if not _LABEL.match(text.folded[each.start : each.end])]
    starts = [each for each in starts if text.folded[each.end - 1] not in ":,"]
    if len(starts) < 2 or (starts[0].start != lines[0].start and text.folded[lines[0].end - 1] != ":"):
        return []
    ends = [*(each.start for each in starts[1:]), node.end]
    nodes = [
        Node(_paragraph_mark(text, line, number), line.start, text.trimmed(Piece(line.start, end)).end, line.end)
        for number, (line, end) in enumerate(zip(starts, ends, strict=True), start=1)
    ]
    each_says = all(_carried(each, statements) for each in nodes)
    gives = DUTY_PART.search(text[heading(text, node)]) and all(_opens_with_units(text, each) for each in nodes)
    return nodes if _names_tasks(text, node) or each_says or gives else []


def has_task_part(text: CleanText, roots: list[Node]) -> bool:
    """Whether a heading says that tasks follow."""
    return any(_names_tasks(text, node) for node in _walk(_unwrapped(text, roots)) if node.children)


_MANY = 3  # as many units' brackets make a part one of tasks, whatever its heading says


def _is_given_out(node: Node, statements: list[Statement]) -> bool:
    """Many units' brackets, or one for each item, or its own where it has no items."""
    items = node.children if len(node.children) > 1 else [] if node.children else [node]
    each = bool(items) and all(_carried(item, statements) for item in items)
    return each or _carried(node, statements) >= _MANY


def _carried(node: Node, statements: list[Statement]) -> int:
    return sum(1 for statement in statements if node.start <= statement.piece.start < node.end)


def _unwrapped(text: CleanText, roots: list[Node]) -> list[Node]:
    """A document whose one top heading holds everything is read inside it."""
    return roots[0].children if len(roots) == 1 and len(roots[0].children) > 1 else roots


def _walk(roots: list[Node]) -> list[Node]:
    return [each for root in roots for each in (root, *root.children)]


def _names_tasks(text: CleanText, node: Node) -> bool:
    words = re.sub(r"\(.*?\)", "", text[heading(text, node)])
    return len(words) <= 16 and bool(TASK_PART.search(words)) and not OTHER_PART.search(words)


def _opens_with_units(text: CleanText, node: Node) -> bool:
    """县公安局：负责…"""
    said = re.match(r"([^:,。;]{2,40}):", text.folded[node.start : node.end])
    return bool(said and looks_like_names(said.group(1)))


def _paragraph_mark(text: CleanText, line: Piece, number: int) -> Mark:
    """一是… counts; a dash or a dot is no number."""
    said = re.match(r"[一二三四五六七八九十]{1,2}[是要],?(?=[一-鿿“])", text.folded[line.start : line.end])
    if said:
        return Mark("paragraph", said.group(), number, said.end())
    sign = re.match(r"[-●•◆◇■□★☆▲△○·▶※]+\s*", text.folded[line.start : line.end])
    return Mark("paragraph", "", number, sign.end() if sign else 0)


def _under(tops: list[Node], statements: list[Statement], shared: frozenset[int]) -> list[Chosen]:
    depth = max(_task_depth(tops, statements), _below(tops, shared))
    chosen: list[Chosen] = []
    for top in tops:
        chosen += _descend(top, depth, None)
    return chosen


def _below(tops: list[Node], shared: frozenset[int]) -> int:
    """The level under the deepest heading that speaks for all below it."""
    level, at, depth = tops, 1, 1
    while level:
        if any(id(node) in shared for node in level):
            depth = at + 1
        level, at = [child for node in level for child in node.children], at + 1
    return depth


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
