"""Which unit a name in a document means: the same name, a former one, a short form, one with a typing error, or a group."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

NEAR = 0.72
_BRACKET = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_LONG_ENDINGS = (
    ("委员会办公室", "办"),
    ("办公室", "办"),
    ("委员会", "委"),
    ("服务中心", "中心"),
    ("工作站", "站"),
    ("大队", "队"),
)

_VILLAGE = r"(?:行政)?村(?:\(社区\)|、?各?社区|\(居\)|\(居\)委会|委会|居(?:委会)?)?"
_SUPERVISING = r"(?:负有|具有|承担).*(?:监管|管理)职责的?(?:各|有关|相关)?(?:部门|单位)(?:和单位)?"
GROUPS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("villages", re.compile(rf"^(?:街道|镇|乡|辖区)?内?各?(?:{_VILLAGE}|社区(?:居委会)?)$")),
    ("members", re.compile(r"成员单位$")),
    ("supervisors", re.compile(rf"^各?(?:有关)?{_SUPERVISING}$|^各?行业(?:主管|管理|监管)部门$")),
    ("departments", re.compile(r"^(?:街道|镇|乡|各|有关|相关|其他|其它|中心|职能|及)*(?:部门|科室|站所)(?:和单位)?$")),
)


@dataclass(frozen=True)
class Candidate:
    """A unit with every name it goes by, the present one first."""

    key: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """What a name most likely means. `is_sure` only where the names are the same; `why` is for the person."""

    meaning: str = ""
    key: int | None = None
    is_sure: bool = False
    why: str = "没有找到相近的单位"


def match(wording: str, candidates: Iterable[Candidate], place: str = "") -> Match:
    """The best meaning of a wording among the candidates of an office of `place` (禄脿街道)."""
    wanted = _plain(wording, place)
    named = [(candidate, [_plain(name, place) for name in candidate.names if name]) for candidate in candidates]
    same = [candidate for candidate, names in named if wanted in names]
    if len(same) == 1:
        former = wanted != _plain(same[0].names[0], place)
        return Match("unit", same[0].key, True, "与简称、别名或曾用名一致" if former else "名称一致")
    if group := group_of(wording):
        return Match(group, None, False, "统称，按现有单位展开，请核对")
    short = [candidate for candidate, names in named if any(is_short_form(wanted, name) for name in names)]
    if len(short) == 1:
        return Match("unit", short[0].key, False, "可能是简称或漏字，请核对")
    return _nearest(wanted, named) if len(short) < 2 else Match(why="有多个单位可能是这个简称，请选择")


def group_of(wording: str) -> str:
    """villages, members, supervisors or departments for a collective name; empty for any other."""
    plain = unicodedata.normalize("NFKC", wording).replace(" ", "")
    forms = (plain, _without_brackets(plain))
    return next((group for form in forms for group, pattern in GROUPS if pattern.search(form)), "")


def is_short_form(short: str, full: str) -> bool:
    """经发办 for 经济发展办公室: the characters in order, the same first and the same kind at the end."""
    if not 3 <= len(short) < len(full) or short[0] != full[0]:
        return False
    ending = next((form for long, form in _LONG_ENDINGS if full.endswith(long)), full[-1])
    left = iter(full)
    return all(sign in left for sign in short) and short.endswith((ending, full[-1]))


def _nearest(wanted: str, named: list[tuple[Candidate, list[str]]]) -> Match:
    scored = [
        (max((SequenceMatcher(None, wanted, name, autojunk=False).ratio() for name in names), default=0.0), candidate)
        for candidate, names in named
    ]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < NEAR or len(wanted) < 3:
        return Match()
    return Match("unit", best[1].key, False, f"与“{best[1].names[0]}”相近，可能有错字，请核对")


def _without_brackets(name: str) -> str:
    """Without brackets and what stands in them, the inner ones first."""
    shorter = _BRACKET.sub("", name)
    return shorter if shorter == name else _without_brackets(shorter)


def _plain(name: str, place: str) -> str:
    """Without width, blanks, brackets and the street's own name before it."""
    plain = _without_brackets(unicodedata.normalize("NFKC", name)).replace(" ", "")
    stem = re.sub(r"(?:街道|镇|乡)$", "", place)
    for prefix in (place, stem, "街道", "镇", "乡", "办事处"):
        if prefix and plain.startswith(prefix) and len(plain) - len(prefix) >= 3:
            plain = plain.removeprefix(prefix)
    return plain
