"""Wording of a paper that the layout standard fixes: numbers of headings, lines of a title, lists of attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from math import ceil

from common.papers.model import (
    Attachment,
    Figure,
    KeyValues,
    NumberedList,
    Paper,
    Paragraph,
    Run,
    SignatureArea,
    Table,
    Text,
)

_DIGITS = "〇一二三四五六七八九"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_UNBREAKABLE = re.compile(
    r"(?:[0-9]+[年月日号份季度批次项]+)+|[0-9A-Za-z.%]+|《.{1,8}》|[一二三四五六七八九十]+[年月日]|安全生产|委员会|办公室|街道|办事处|事故|隐患|排查|治理|情况|整改|重大|督办|挂牌|挂账"
    r"|有限公司|通报|通知|通告|工作|会议|方案|检查|专项|整治|企业|单位|部门|落实|责任|关于|印发|开展|进一步|应急|管理|消防|燃气|危险|行动|实施"
)
_NO_LINE_START = set("》）〕”’、，。；：！？的和及与")
_NO_LINE_END = set("《（〔“‘")


def clean(text: str) -> str:
    """`text` without control characters, which neither format can hold."""
    return _CONTROL.sub("", text)


def runs(text: Text) -> tuple[Run, ...]:
    """The text as runs."""
    return (Run(text),) if isinstance(text, str) else text


def width(text: str) -> float:
    """Width in full-width characters; ASCII counts half."""
    return sum(0.5 if ord(char) < 0x80 else 1.0 for char in text)


def chinese_numeral(number: int) -> str:
    """一, 十, 十一, 二十, 九十九; for 1–99."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


class HeadingNumbers:
    """Counts headings: 一、 / （一） / 1. / （1）; a new heading starts the levels below it again."""

    def __init__(self) -> None:
        self._counts = [0, 0, 0, 0]

    def next(self, level: int) -> str:
        """The number of the next heading of `level` (1–4)."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        count = self._counts[level - 1]
        forms = (f"{chinese_numeral(count)}、", f"（{chinese_numeral(count)}）", f"{count}.", f"（{count}）")
        return forms[level - 1]


def title_lines(title: str, limit: int = 19) -> list[str]:
    """A title broken where the sense allows and as evenly as can be (7.3.1); line breaks already in it are kept.

    `limit` is the number of full-width characters that fit a line.
    """
    title = clean(title).strip()
    if "\n" in title:
        return [line.strip() for line in title.split("\n") if line.strip()]
    if width(title) <= limit:
        return [title]
    fewest = ceil(width(title) / limit)
    choices = [_break(title, count, limit) for count in (fewest, fewest + 1)]
    return min(choices, key=lambda choice: choice[0])[1]


def _break(title: str, count: int, limit: int) -> tuple[float, list[str]]:
    """The cheapest way to set `title` on `count` lines, with its cost."""
    places = [0, *_breakable(title), len(title)]
    ideal = width(title) / count
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for _ in range(count):
        step: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, end in ((start, end) for start in best for end in places if end > start):
            cost, path = best[start]
            total = cost + _line_cost(title, start, end, ideal, limit)
            if total < step.get(end, (float("inf"), ()))[0]:
                step[end] = (total, (*path, end))
        best = step
    cost, path = best.get(len(title), (float("inf"), (0, len(title))))
    return cost + count * 8, [title[start:end] for start, end in pairwise(path)]


def _line_cost(title: str, start: int, end: int, ideal: float, limit: int) -> float:
    size = width(title[start:end])
    over = 1000.0 if size > limit else 0.0
    natural = -12.0 if title.startswith(("关于", "印发", "的通"), start) and start else 0.0
    return over + (size - ideal) ** 2 + natural


def _breakable(title: str) -> Iterable[int]:
    """Places where a line may end: not inside a word or number, not before closing or after opening marks."""
    inside = {place for match in _UNBREAKABLE.finditer(title) for place in range(match.start() + 1, match.end())}
    for place in range(2, len(title) - 1):
        if place not in inside and title[place] not in _NO_LINE_START and title[place - 1] not in _NO_LINE_END:
            yield place


def attachment_lines(attachments: tuple[Attachment, ...]) -> list[str]:
    """附件说明 without the leading 附件：; one attachment has no number, titles end without punctuation (7.3.4)."""
    titles = [clean(attachment.title).rstrip("。；，、 ") for attachment in attachments]
    return titles if len(titles) == 1 else [f"{place}. {title}" for place, title in enumerate(titles, 1)]


def attachment_label(place: int, total: int) -> str:
    """附件 or 附件1, as it stands at the head of the attachment."""
    return "附件" if total == 1 else f"附件{place}"


def signature_indents(signature: str, day: str, date_right: float = 4.0) -> tuple[float, float]:
    """Right indents of 署名 and date in characters: the date four in, 署名 centred over it (7.3.5.1)."""
    wider = (width(signature) - width(day)) / 2
    date_indent = max(date_right, wider)
    return date_indent - wider, date_indent


def first_held(paper: Paper) -> int | None:
    """Where the end begins that moves along with 署名 and date, or the people's signatures (7.3.5): a seal or signature
    never stands on a page without text. None for a paper nobody signs.
    """
    blocks, place = paper.blocks, len(paper.blocks)
    if not (paper.signature or paper.signed_on or (blocks and isinstance(blocks[-1], SignatureArea))):
        return None
    while place and isinstance(blocks[place - 1], SignatureArea | KeyValues | Figure):
        place -= 1
    before = blocks[place - 1] if place else None
    return place - 1 if isinstance(before, Paragraph | NumberedList | Table) else place
