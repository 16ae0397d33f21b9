"""What does not belong to the sentences: page marks, running headers, line ends inside sentences, stray blanks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from tasks.plans.characters import CJK, CleanText, fold, leave_out
from tasks.plans.marks import LABEL_BEGINS, starts_block
from tasks.plans.names import UNIT_END, looks_like_names

_SENTENCE_ENDS = "。;!?:"
_CLOSERS = '”』」》")]'
_PAGE_MARK = re.compile(
    r"^(?:[-~·•\s]*\d{1,4}\s*[、.]?[-~·•\s]*|第\s*\d{1,4}\s*页(?:\s*[,/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|page\s*\d+.*)$",
    re.I,
)
# "…岗位12、管理…": a page mark between two characters of one sentence; not "附件1、附件2".
_INNER_MARK = re.compile(
    rf"(?<=[{CJK}])(?<![件表图第类级版款项条号组期月年季区卷章节栋楼层至到和及与约共为的])\s*\d{{1,3}}、\s*(?=[{CJK}])"
)
_INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u2060\u00ad\ufffe\x00-\x08\x0b\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"[ \t\u3000\u00a0\u2002-\u200a]+")
_ENDS_A_TITLE = re.compile(r"(?:通知|方案|计划|意见|要点|办法|清单|规定|通告|公告|规划|细则)$")
_TITLE_ENDING = re.compile(r"(?:方案|计划|要点|的通知|实施意见)$")
_GOES_ON_WITH_A_TITLE = re.compile(
    r"^(?:(?:三年|专项|整治|行动|实施|工作|总体|攻坚)*(?:方案|计划|要点|意见)|\((?:\d{4}|征求|试行|暂行))"
)

# A date or a document's number stands alone.
_NO_TITLE = re.compile(
    r"^(?:[\d〇零○一二三四五六七八九十]{4}\s*年)?\s*[\d一二三四五六七八九十]{1,2}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日$|\d{1,4}\s*号$"
)


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    folded: str

    @property
    def is_blank(self) -> bool:
        return not self.folded


def clean(text: str, fixed_breaks: frozenset[int] = frozenset()) -> CleanText:
    """The document's sentences in whole paragraphs. Line ends at `fixed_breaks` (cells, known paragraphs) always stay."""
    lines = _lines(text)
    noise = _noise_lines(lines, text, fixed_breaks)
    said = [line for line in lines if not line.is_blank and line not in noise]
    unwanted = [(line.start, line.end) for line in lines if line in noise]
    width = _wrap_width(said)
    for before, after in zip([None, *said], [*said, None], strict=True):
        start, end = (before.end if before else 0), (after.start if after else len(text))
        joined = before and after and not _is_fixed(fixed_breaks, start, end) and _goes_on(before, after, width)
        keep = None if joined or not before or not after else _first_break(text, start, end, noise)
        unwanted += [(start, end)] if keep is None else [(start, keep), (keep + 1, end)]
    unwanted += [found.span() for found in _INVISIBLE.finditer(text)]
    unwanted += _stray_blanks(text, fixed_breaks)
    unwanted += [found.span() for found in _INNER_MARK.finditer(text) if _is_page_mark(text, found)]
    return leave_out(text, unwanted)


def _is_page_mark(text: str, found: re.Match[str]) -> bool:
    """A number between two characters of one sentence; not the first of a list (一、目标1、…；2、…)."""
    begins_a_list = found.group().strip() == "1、" and re.search(
        r"[。；;]\s*2、", text[found.end() : found.end() + 400]
    )
    return "\n" not in found.group() and not begins_a_list


def _lines(text: str) -> list[_Line]:
    lines = []
    for found in re.finditer(r"[^\n\r\f\v\x85\u2028\u2029\x1c-\x1e]+", text):
        inner = found.group()
        start = found.start() + len(inner) - len(inner.lstrip())
        stripped = inner.strip()
        visible = fold(_INVISIBLE.sub("", stripped)).strip()
        lines.append(_Line(start, start + len(stripped), visible))
    return lines


def _first_break(text: str, start: int, end: int, noise: set[_Line]) -> int | None:
    """One line break that stays between two paragraphs; a break of another kind than \\n counts as one."""
    for place in range(start, end):
        if text[place] == "\n":
            return place
    return None


def _is_fixed(fixed: frozenset[int], start: int, end: int) -> bool:
    return bool(fixed) and any(place in fixed for place in range(start, end))


def _noise_lines(lines: list[_Line], text: str, fixed: frozenset[int]) -> set[_Line]:
    """Page numbers, and running headers: the same short line again and again, at least twice in the middle of a sentence."""
    said = [line for line in lines if not line.is_blank]
    noise = {line for line in said if _PAGE_MARK.match(line.folded) and not _is_a_cell(text, line, fixed)}
    left = [line for line in said if line not in noise and not _is_a_cell(text, line, fixed)]
    shapes = Counter(_shape(line) for line in left)
    cutting: Counter[str] = Counter()
    for before, line in pairwise(left):
        if shapes[_shape(line)] >= 3 and before.folded[-1] not in _SENTENCE_ENDS + _CLOSERS:
            cutting[_shape(line)] += 1
    return noise | {line for line in left if cutting[_shape(line)] >= 2 and _may_be_a_header(line)}


def _is_a_cell(text: str, line: _Line, fixed: frozenset[int]) -> bool:
    """A cell between tabs, or a line of a table whose cells are lines."""
    if "\t" in (text[max(0, line.start - 1) : line.start], text[line.end : line.end + 1]):
        return True
    return bool(fixed) and text.rfind("\n", 0, line.start) in fixed and text.find("\n", line.end) in fixed


def _shape(line: _Line) -> str:
    return re.sub(r"\d+", "#", line.folded)


def _may_be_a_header(line: _Line) -> bool:
    return (
        len(line.folded) <= 40
        and line.folded[-1] not in "。;,、"
        and not starts_block(line.folded)
        and "\t" not in line.folded
    )


def _wrap_width(lines: list[_Line]) -> int:
    """How many characters a full line holds where a document breaks its lines by width; 0 where it does not."""
    lengths = sorted(len(line.folded) for line in lines if len(line.folded) > 12)
    if len(lengths) < 6:
        return 0
    widest = lengths[int(len(lengths) * 0.9)]
    full = sum(1 for length in lengths if widest * 0.88 <= length <= widest * 1.12)
    if widest <= 70 and full * 2 >= len(lengths):
        return widest
    return _width_of_cut_lines(lines, len(lengths))


def _width_of_cut_lines(lines: list[_Line], count: int) -> int:
    """The same, where many paragraphs are short: lines that stop in a sentence are all about as long."""
    cut = [line for line in lines if line.folded and line.folded[-1] not in _SENTENCE_ENDS + _CLOSERS]
    lengths = sorted(len(line.folded) for line in cut if len(line.folded) > 15 and not LABEL_BEGINS.match(line.folded))
    if len(lengths) < 5 or len(lengths) * 3 < count:
        return 0
    middle = lengths[len(lengths) // 2]
    alike = sum(1 for length in lengths if middle * 0.88 <= length <= middle * 1.12)
    return middle if middle <= 70 and alike * 10 >= len(lengths) * 7 else 0


def _goes_on(before: _Line, after: _Line, width: int) -> bool:
    """Whether the second line carries on the sentence of the first."""
    first, second = before.folded, after.folded
    if "\t" in first + second or (first.count("|") > 1 and second.count("|") > 1) or starts_block(second):
        return False
    if (_is_open(first) and len(first) < 2000) or _is_one_title(first, second):
        return True
    if first[-1] in _SENTENCE_ENDS:
        return False
    return len(first) >= width * 0.85 if width else _breaks_off(first, second)


def _is_one_title(first: str, second: str) -> bool:
    """A title set in two lines: …三年行动 / 实施方案（2024—2026年）; 关于… / …的通知."""
    if _NO_TITLE.search(first):
        return False
    if _ENDS_A_TITLE.search(first) and re.fullmatch(r"\((?:\d{4}|征求|试行|暂行)[^()]*\)", second):
        return len(first) <= 60
    if first[-1] in _SENTENCE_ENDS + ")]》" or len(first) > 60 or len(second) > 60 or _ENDS_A_TITLE.search(first):
        return False
    if _GOES_ON_WITH_A_TITLE.match(second) or first.startswith("关于"):
        return True
    return (
        len(second) <= 24
        and not second.startswith("关于")
        and bool(_TITLE_ENDING.search(second))
        and not re.search(r"[,。:;、]", first + second)
    )


def _is_open(line: str) -> bool:
    """A bracket or a title mark that is opened and not closed."""
    return any(
        line.count(left) > line.count(right) and line.rfind(left) > line.rfind(right) for left, right in ("《》", "()")
    )


def _breaks_off(first: str, second: str) -> bool:
    """In a document with whole paragraphs a line that stops without a mark, in a text that has some, was cut."""
    if second[0] in ",、;。)》”":
        return True
    if first[-1] in ",、(《“":
        return True
    return len(first) > 45 and bool(re.search(r"[。,;]", first)) and first[-1] not in _CLOSERS


def _stray_blanks(text: str, fixed: frozenset[int]) -> list[tuple[int, int]]:
    """Blanks that part no words: beside a Chinese character, a mark, a digit or a line end.

    Behind a label they part names (责任单位：应急办 派出所), before one they part statements.
    """
    stray = []
    for found in _BLANKS.finditer(text):
        left, right = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        if "\t" in found.group() or (left.isascii() and right.isascii() and left.isalpha() and right.isalpha()):
            continue
        if left.isdigit() and right.isdigit():
            continue
        start = (
            found.start() + 1
            if left and right and (_parts_names(text, *found.span()) or _parts_a_cell(text, *found.span(), fixed))
            else found.start()
        )
        stray.append((start, found.end()))
    return stray


def _parts_a_cell(text: str, start: int, end: int, fixed: frozenset[int]) -> bool:
    """安监站 派出所: a cell of nothing but names, parted by blanks."""
    first = max(text.rfind(sign, max(0, start - 80), start) for sign in "\t\n|｜")
    last = min((place for sign in "\t\n|｜" if (place := text.find(sign, end, end + 80)) >= 0), default=len(text))
    bounds = text[first : first + 1] + text[last : last + 1] if first >= 0 else text[last : last + 1]
    if last - first > 90 or not (set(bounds) & set("\t|｜") or {first, last} & fixed):
        return False
    parts = fold(text[first + 1 : last]).split()
    return len(parts) > 1 and all(looks_like_names(part) for part in parts)


def _parts_names(text: str, start: int, end: int) -> bool:
    before = fold(text[max(text.rfind("\n", 0, start) + 1, start - 200) : start])
    if not before or before[-1] in _SENTENCE_ENDS + ",、(":
        return False
    if LABEL_BEGINS.match(fold(text[end : end + 16])):
        return True
    return bool(LABEL_BEGINS.search(before) and UNIT_END.search(re.split(r"[:、,; ]", before)[-1]))
