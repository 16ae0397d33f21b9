"""The numbered headings of a document as a tree, whatever styles of numbering it nests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tasks.plans.characters import CleanText, Piece
from tasks.plans.headings import is_plain_heading
from tasks.plans.marks import Mark, is_label_line, read_mark

_INLINE = re.compile(
    r"(?<=[。;)])(?=(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}(?:、|\.(?!\d)))[一-鿿\d“])"
    r"|(?<=[一-鿿])(?=\(一\)[一-鿿][^\n]{2,900}[。;)]\(二\))|(?<=[一-鿿])(?=1、(?=[^\n]{2,400}[。;]2、))"
)
_ATTACHED = re.compile(r"^附\s*(?:件|表|录)\s*\d{0,2}\s*(?::|$)|^附\s*:")
_PLACED_AFTER = re.compile(r"^(?:抄送|主送|联系人|联系电话|\(?此件|\(?此页|扫一扫|分享到|打印本页|关闭窗口)")
_DATE_LINE = re.compile(
    r"^[\d〇零一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日(?:印发)?$"
)


@dataclass
class Node:
    """A numbered paragraph with all that follows it up to the next one of its rank."""

    mark: Mark
    start: int
    end: int
    first_end: int
    depth: int = 1
    children: list[Node] = field(default_factory=list)

    @property
    def piece(self) -> Piece:
        """From its number to its last character."""
        return Piece(self.start, self.end)

    @property
    def opening(self) -> Piece:
        """Its first paragraph, without the number."""
        return Piece(self.start + self.mark.length, self.first_end)

    def below(self) -> list[Node]:
        """All nodes under it, in order."""
        return [each for child in self.children for each in (child, *child.below())]


def read_outline(text: CleanText, tables: list[Piece]) -> list[Node]:
    """The top headings of the document; text inside tables is left to the tables."""
    blocks = _blocks(text, tables)
    marked = _believable(text, blocks)
    if len(marked) < 3:
        blocks = _broken_inline(text, blocks)
        marked = _believable(text, blocks)
    end = _end_of_body(text, blocks, [start for start, _ in marked])
    roots: list[Node] = []
    open_nodes: list[Node] = []
    first_ends = {block.start: block.end for block in blocks}
    for start, mark in marked:
        if start >= end:
            break
        _close(open_nodes, mark.style)
        node = Node(mark, start, end, first_ends[start], depth=len(open_nodes) + 1)
        (open_nodes[-1].children if open_nodes else roots).append(node)
        open_nodes.append(node)
    _set_ends(roots, end, text)
    return roots


def _blocks(text: CleanText, tables: list[Piece]) -> list[Piece]:
    return [
        block
        for block in text.paragraphs
        if not any(table.start < block.end and block.start < table.end for table in tables)
    ]


def _broken_inline(text: CleanText, blocks: list[Piece]) -> list[Piece]:
    """A text pasted without its line ends: break before what looks like a number after the end of a sentence."""
    broken = []
    for block in blocks:
        at = block.start
        for found in _INLINE.finditer(text.folded, block.start, block.end):
            broken.append(Piece(at, found.start()))
            at = found.start()
        broken.append(Piece(at, block.end))
    return [block for block in broken if block]


def _believable(text: CleanText, blocks: list[Piece]) -> list[tuple[int, Mark]]:
    """Marks that count on; a damaged one only where its number is the next of its row."""
    believed: list[tuple[int, Mark]] = []
    offered = [(block.start, mark) for block in blocks if (mark := read_mark(text.folded[block.start : block.end]))]
    if not any(mark.style in _RANK for _, mark in offered):
        offered = sorted([*offered, *_plain_headings(text, blocks)], key=lambda offer: offer[0])
    row = 0
    for place, (start, mark) in enumerate(offered):
        if mark.style in ("chinese", "chinese_bracket", "part", "section", "plain"):
            row = _row_after(offered, place, row)
        if mark.style == "number":
            if mark.damaged and mark.number != row + 1 and not _second_follows(offered, place, mark):
                continue
            row = mark.number
        believed.append((start, mark))
    return believed


def _row_after(offered: list[tuple[int, Mark]], place: int, row: int) -> int:
    """Under a new heading numbers begin again, or go on, as the next undamaged one says."""
    for _, mark in offered[place + 1 :]:
        if mark.style == "number":
            return row if mark.number == row + 1 else 0
    return 0


def _second_follows(offered: list[tuple[int, Mark]], place: int, mark: Mark) -> bool:
    following = next((other for _, other in offered[place + 1 :] if other.style in ("number", "chinese")), None)
    return mark.number == 1 and following is not None and following.number == 2 and following.style == "number"


_RANK = {"part": 0, "section": 1, "chinese": 2, "plain": 2}


def _plain_headings(text: CleanText, blocks: list[Piece]) -> list[tuple[int, Mark]]:
    """In a document without numbered parts: lines that are nothing but 工作目标, 重点任务, 保障措施."""
    lines = [block for block in blocks if is_plain_heading(text.folded[block.start : block.end].strip(" :"))]
    return [(line.start, Mark("plain", "", number, 0)) for number, line in enumerate(lines, start=1)]


def _close(open_nodes: list[Node], style: str) -> None:
    """Close every open heading this one does not belong under."""
    styles = [node.mark.style for node in open_nodes]
    if style in styles:
        del open_nodes[styles.index(style) :]
        return
    if style in _RANK:
        keep = next((place for place, other in enumerate(styles) if _RANK.get(other, 9) > _RANK[style]), len(styles))
        del open_nodes[keep:]


def _end_of_body(text: CleanText, blocks: list[Piece], marks: list[int]) -> int:
    """Where the text ends and signature, attachments and the page's own words begin."""
    last = blocks[-1].end if blocks else 0
    if not marks:
        return last
    for block in blocks:
        line = text.folded[block.start : block.end]
        if block.start > marks[min(2, len(marks) - 1)] and _ATTACHED.match(line):
            return _without_tail(text, [each for each in blocks if marks[-1] < each.start < block.start], block.start)
    return _without_tail(text, [block for block in blocks if block.start > marks[-1]], last)


def _without_tail(text: CleanText, blocks: list[Piece], end: int) -> int:
    """Before a signature, a date and what a web page adds below."""
    labelled = False
    for block in blocks:
        line = text.folded[block.start : block.end]
        if labelled and not is_label_line(line) and line[-1:] == "。" and "(" not in line[:2]:
            return block.start  # what stands behind the lines of units closes the list, not its last task
        labelled = is_label_line(line)
        if _PLACED_AFTER.match(line) or _DATE_LINE.match(line) or _is_signature(text, block):
            return block.start
    return end


def _set_ends(nodes: list[Node], end: int, text: CleanText) -> None:
    for place, node in enumerate(nodes):
        node.end = nodes[place + 1].start if place + 1 < len(nodes) else end
        _set_ends(node.children, node.end, text)
        node.end = max(node.first_end, text.trimmed(node.piece).end)


def _is_signature(text: CleanText, block: Piece) -> bool:
    following = text.text[block.end + 1 : block.end + 40].split("\n")[0]
    short = block.end - block.start <= 40 and not re.search(r"[。,;:]", text.folded[block.start : block.end])
    return short and bool(_DATE_LINE.match(following)) and not is_label_line(text[block])
