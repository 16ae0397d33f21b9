"""Text whose every character remembers where it stood.

Cleaning only ever leaves characters out. So whatever is read from the cleaned text is a piece of it, and points back
into the document as it was sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

CJK = "㐀-䶿一-鿿豈-﫿"

# One form for every punctuation mark and digit, character by character: positions stay the same.
_FOLDING = str.maketrans(
    "，；：！？（）［］【】．％～〜﹣－—–―﹕︰﹐﹔﹙﹚｜／＜＞０１２３４５６７８９ＬＩＯ∶\u3000\u00a0\t",
    ",;:!?()[][].%~~-----::,;()|/<>0123456789LIO:   ",
)


def fold(text: str) -> str:
    """Full-width marks and digits as half-width ones; the length does not change."""
    return text.translate(_FOLDING)


@dataclass(frozen=True)
class Piece:
    """Characters [start, end) of the cleaned text."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.end > self.start


NOWHERE = Piece(0, 0)


@dataclass(frozen=True)
class CleanText:
    """The text that is read, its paragraphs parted by line breaks, and the origin of every character."""

    text: str
    origins: tuple[int, ...]

    @cached_property
    def folded(self) -> str:
        """The same text with one form for every mark; rules look here, values are taken from `text`."""
        return fold(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Piece, ...]:
        """Every paragraph that says something, in order."""
        return tuple(Piece(found.start(), found.end()) for found in re.finditer(r"[^\n]+", self.text))

    def origin(self, piece: Piece) -> tuple[int, int]:
        """Where these characters stood in the document as it was sent."""
        if not piece:
            return (0, 0)
        return (self.origins[piece.start], self.origins[piece.end - 1] + 1)

    def trimmed(self, piece: Piece, also: str = "") -> Piece:
        """The piece without blanks, and the given marks, at either end."""
        start, end = piece.start, piece.end
        while start < end and (self.text[start].isspace() or self.text[start] in also):
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in also):
            end -= 1
        return Piece(start, end)

    def __getitem__(self, piece: Piece) -> str:
        return self.text[piece.start : piece.end]


def leave_out(text: str, unwanted: list[tuple[int, int]]) -> CleanText:
    """The text without the unwanted stretches, which may overlap."""
    kept: list[int] = []
    at = 0
    for start, end in sorted(unwanted):
        kept.extend(range(at, max(at, start)))
        at = max(at, end)
    kept.extend(range(at, len(text)))
    return CleanText("".join(text[place] for place in kept), tuple(kept))
