"""When two spellings of a name mean the same enterprise. Wrongly joining two is worse than keeping both apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

SHORTEST_STEM = 3
SHORTEST_NEAR = 4
NEAR = 0.75

_SPACE = re.compile(r"\s+")
_BRANCH = re.compile(
    r"[(\[【〔]?(?:第)?([\d一二三四五六七八九十]+)(?:号|#)?(分?店|分?厂|分公司|分部|分站|门店|号点|网?点|店铺|车间|部)[)\]】〕]?$"
)
_BRACKETS = re.compile(r"[()\[\]【】〔〕<>《》“”\"'·.,，。、\-—_]")
_LEGAL = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|责任公司|集团公司|总公司|公司|集团|个体工商户|个人独资企业|普通合伙|合伙企业)+$"
)
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_TELLING = set("0123456789一二三四五六七八九十百甲乙丙丁东西南北上下新老大小前后左右内外分总男女")


@dataclass(frozen=True)
class Name:
    """A name taken apart: `full` compares spellings, `stem` is without legal form and branch, `branch` says which one."""

    full: str
    stem: str
    branch: str


@lru_cache(maxsize=20_000)
def take_apart(text: str) -> Name:
    """The name in the form in which names are compared."""
    wide = _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()
    branch = ""
    if match := _BRANCH.search(wide):
        branch = match[1].translate(_NUMERALS) + match[2]
        wide = wide[: match.start()]
    stem = _BRACKETS.sub("", wide)
    core = _LEGAL.sub("", stem)
    core = core if len(core) >= SHORTEST_STEM else stem
    return Name(f"{stem}#{branch}", core, branch)


def key(text: str) -> str:
    """Equal for spellings of one name that differ in brackets, width or spaces only."""
    return take_apart(text).full


def is_near(one: str, other: str) -> bool:
    """Whether one stem is the other with a few plain characters left out.

    A character that tells places apart (a number, 东西南北, 新老, 大小 …) is never plain.
    """
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < SHORTEST_NEAR or len(shorter) < NEAR * len(longer) or shorter[:2] != longer[:2]:
        return False
    rest = _left_over(shorter, longer)
    return rest is not None and not _TELLING & set(rest)


def _left_over(shorter: str, longer: str) -> str | None:
    """The characters of `longer` that `shorter` leaves out; None when it is not a subsequence."""
    waiting, rest = list(shorter), []
    for char in longer:
        if waiting and waiting[0] == char:
            waiting.pop(0)
        else:
            rest.append(char)
    return None if waiting else "".join(rest)
