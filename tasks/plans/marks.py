"""The marks paragraphs begin with: 一、 （一） 1. (1) ① 1.1 第一条, and what scanning makes of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.plans.characters import CJK, fold
from tasks.plans.numerals import chinese_number

# What begins a new paragraph without being a numbered heading.
LABELS = r"(?:牵头|责任|配合|协办|主办|协同|协作|参与|参加|落实|实施|承办|主责|督导)(?:单位|部门|企业|处室|科室|股室|站所|领导|人|主体)"
LABELS = rf"{LABELS}|完成时限|完成时间|办理时限|时间要求"
LABEL_BEGINS = re.compile(rf"(?:{LABELS})[^:,。]{{0,6}}:")
_LABEL_LINE = re.compile(rf"^[\[(]?\s*(?:{LABELS})[^:,。]{{0,6}}:")
_CN = "〇零一二三四五六七八九十百"

_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"^第\s*([{_CN}\d]{{1,4}})\s*(?:章|部分|篇|编)\s*[、.:]?\s*")),
    ("section", re.compile(rf"^第\s*([{_CN}\d]{{1,4}})\s*节\s*[、.:]?\s*")),
    ("stage", re.compile(rf"^(第[{_CN}]{{1,2}}阶段)\s*[、.:,]?\s*(?=[{CJK}(])")),
    ("article", re.compile(rf"^第\s*([{_CN}\d]{{1,4}})\s*(?:条|项)\s*[、.:]?\s*")),
    ("ordinal", re.compile(rf"^第\s*([{_CN}]{{1,3}})\s*[,、]\s*(?=[{CJK}])")),
    ("chinese", re.compile(rf"^([{_CN}]{{1,4}})\s*(?:、|\.)\s*(?![{_CN}]+(?:级|类|等|期))")),
    ("chinese_bracket", re.compile(rf"^[(〔\[]\s*([{_CN}]{{1,4}})\s*[)〕\]]\s*[、.]?\s*")),
    ("named", re.compile(rf"^(?:任务|行动|措施|专项|工程)([{_CN}\d]{{1,3}})\s*[、.:]\s*")),
    ("dotted3", re.compile(r"^(\d{1,2}\.\d{1,2}\.\d{1,3})(?![\d.%])[、.]?\s*(?=\D)")),
    ("dotted2", re.compile(rf"^(\d{{1,2}}\.\d{{1,2}})(?![\d.%])[、.]?\s*(?=[{CJK}“《])(?![万亿米元倍个吨年月公千])")),
    ("number", re.compile(r"^(\d{1,3})\s*[.、](?:(?!\d)|(?=20\d{2}年)|(?=\d{1,2}月))\s*(?=\S)")),
    ("number_bracket", re.compile(r"^(?:\(\s*(\d{1,3})\s*\)|(\d{1,3})\s*\))\s*[、.]?\s*")),
    ("circled", re.compile(r"^([①-⑳❶-❿➀-➉])\s*[、.]?\s*")),
)
# Read as numbers only where the number fits between its neighbours: "L全面", "7,科学", "1O.加强", "3强化".
_DAMAGED = re.compile(rf"^([\dlLIiOoZzSB|]{{1,3}})\s*([.,、:·]?)\s*(?=[{CJK}“《])(?![年月日个次名家项批届时号%])")
_LOOKS_LIKE = str.maketrans("lLIi|OoZzSB", "11111002258")


@dataclass(frozen=True)
class Mark:
    """A mark at the head of a paragraph: its style, its number, how many characters it takes, and whether it is damaged."""

    style: str
    label: str
    number: int
    length: int
    damaged: bool = False


def read_mark(folded: str) -> Mark | None:
    """The mark a paragraph (folded) begins with; damaged ones are offered for the outline to judge."""
    for style, pattern in _STYLES:
        if found := pattern.match(folded):
            label = next(group for group in found.groups() if group)
            return Mark(style, label, _value(style, label), found.end())
    if found := _DAMAGED.match(folded):
        repaired = found.group(1).translate(_LOOKS_LIKE)
        return Mark("number", repaired, int(repaired), found.end(), damaged=True)
    return None


def _value(style: str, label: str) -> int:
    if style == "circled":
        return int(chinese_circle(label))
    if style == "stage":
        return chinese_number(label[1:-2])
    if style.startswith("dotted"):
        return int(label.rsplit(".", 1)[1])
    return chinese_number(label)


def chinese_circle(label: str) -> int:
    """① → 1."""
    for first, last in (("①", "⑳"), ("❶", "❿"), ("➀", "➉")):
        if first <= label <= last:
            return ord(label) - ord(first) + 1
    return 0


def starts_block(folded: str) -> bool:
    """Whether a line begins something of its own, so that it does not carry on the line before."""
    mark = read_mark(folded)
    if mark and not (mark.damaged and not re.match(r"^[\dlLI]{1,2}[.,、]|^[lLI][一-鿿]", folded)):
        return True
    return bool(_LABEL_LINE.match(folded) or re.match(r"^(?:附件|附:|抄送|主送|目录$)", folded))


def is_label_line(text: str) -> bool:
    """Whether a paragraph is nothing but 责任单位：…, 完成时限：…"""
    return bool(_LABEL_LINE.match(fold(text)))
