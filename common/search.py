"""Substring search in Chinese text without an extension: one- and two-character grams in an indexed array column."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import F, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

MAX_GRAMS = 400
SHORT_WORD = 4  # characters
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def normalise(text: str) -> str:
    """Lower-case, full-width folded, white space removed: the form in which text is compared."""
    return "".join(text.translate(_FOLD).lower().split())


def grams(*texts: str) -> list[str]:
    """The distinct one- and two-character grams of the texts, at most `MAX_GRAMS`, in stable order."""
    found: dict[str, None] = {}
    for text in map(normalise, texts):
        for size in (1, 2):
            for start in range(len(text) - size + 1):
                found.setdefault(text[start : start + size])
    return list(found)[:MAX_GRAMS]


@lru_cache(maxsize=20_000)
def initials(text: str) -> str:
    """Pinyin initials of a name: 禄丰建材 → lfjc; letters and digits stay."""
    from pypinyin import Style, lazy_pinyin  # its tables take a third of a second: not at the start of every program

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors=list)).lower()


def containing(queryset: QuerySet, query: str, field: str = "search_text") -> QuerySet:
    """Rows whose `field` contains `query`; the `search_grams` index narrows before the text is compared.

    STRPOS rather than LIKE, and for a short word only grams that do not overlap: otherwise the planner believes that
    next to nothing matches, gathers and sorts every row a common word occurs in, and never thinks of walking down the
    newest rows until a page is full.
    """
    wanted = normalise(query)
    if not wanted:
        return queryset
    step = 2 if len(wanted) <= SHORT_WORD else 1
    pairs = [wanted[i : i + 2] for i in range(0, len(wanted) - 1, step)] or [wanted]
    return queryset.filter(GreaterThan(StrIndex(F(field), Value(wanted)), 0), search_grams__contains=pairs[:MAX_GRAMS])
