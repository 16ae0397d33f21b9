"""Units said once for several tasks: at the heading above them, or in a sentence behind the last (以上任务均由…牵头)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tasks.plans.characters import CleanText, Piece
from tasks.plans.outline import Node
from tasks.plans.responsibility import Statement

DOUBT = "单位写在上级标题或本部分末尾，按适用于其下各项任务理解"

_ABOVE = re.compile(r"^[(\[〔【]?\s*(?:以上|上述)")
_FIELD = re.compile(r"(?:领域|方面|行动|工程|专项|板块|类)$")


@dataclass(frozen=True)
class Shared:
    """A statement and the heading whose tasks it speaks for; `piece` is that heading with all that follows."""

    node: Node
    piece: Piece
    statement: Statement


def find_shared(text: CleanText, roots: list[Node], statements: list[Statement]) -> list[Shared]:
    """The statements that speak for several tasks. A closing sentence of its own is cut off the last task's text."""
    parents = [node for root in roots for node in (root, *root.below()) if node.children]
    running = _running(parents)
    found: list[Shared] = []
    spoken = {statement.piece.start for statement in statements}
    for line in text.paragraphs:
        if line.start not in spoken and _ABOVE.match(text.folded[line.start : line.end]):
            for node in [each for each in parents if each.children[0].start < line.start < each.end][-1:]:
                _cut_off(text, node, line)
    for statement in statements:
        above = bool(_ABOVE.match(text.folded[statement.piece.start : statement.piece.end]))
        node = _section(text, parents, statement, above, running)
        if node is None:
            continue
        found.append(Shared(node, node.piece, statement))
        if above:
            _cut_off(text, node, statement.piece)
    return found


def _section(text: CleanText, parents: list[Node], statement: Statement, above: bool, running: set[int]) -> Node | None:
    at = statement.piece.start
    if above:
        holding = [node for node in parents if node.children[0].start <= at < node.end]
        return holding[-1] if holding else None
    for node in parents:
        if node.start <= at < node.children[0].start and (id(node) in running or _names_a_field(text, node, statement)):
            return node
    return None


def _names_a_field(text: CleanText, node: Node, statement: Statement) -> bool:
    """一、危险化学品领域（牵头单位：…）: a heading that is no deed."""
    end = min(statement.piece.start, node.first_end)
    words = text.folded[node.start + node.mark.length : end].strip(" 。:(,")
    return len(words) <= 20 and bool(_FIELD.search(words))


def _running(parents: list[Node]) -> set[int]:
    """Headings under which the numbers go on from the heading before, or go on in the one behind."""
    leaves = [node for node in parents if not any(child.children for child in node.children)]
    found: set[int] = set()
    for before, after in pairwise(leaves):
        last, first = before.children[-1].mark, after.children[0].mark
        if last.style == first.style and first.number == last.number + 1:
            found |= {id(before), id(after)}
    return found


def _cut_off(text: CleanText, node: Node, said: Piece) -> None:
    start = said.start
    if start == 0 or text.text[start - 1] != "\n" or "\n" in text.text[said.end : node.end].strip():
        return
    for each in _last(node):
        each.end = text.trimmed(Piece(each.start, min(each.end, start))).end


def _last(node: Node) -> Iterator[Node]:
    while node.children:
        node = node.children[-1]
        yield node


def speaking_for(task: Piece, shared: list[Shared]) -> list[Statement]:
    """The statements of the nearest heading above the task that has any."""
    around = [each for each in shared if each.piece.start < task.start < each.piece.end]
    nearest = max((each.piece.start for each in around), default=None)
    return [each.statement for each in around if each.piece.start == nearest]
