"""The text of a paper as a person edits it: plain lines, headings by their number, places in 【】 filled in at signing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from common import clock
from common.papers import Block, Heading, Paragraph

_HEADING = re.compile(r"^[一二三四五六七八九十]+、(?P<text>[^。；：]{1,30})$")
_PLACE = re.compile(r"【([^【】]{1,20})】")
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Text:
    """Title and body; a line is a paragraph, a short line that begins with 一、 is a heading."""

    title: str
    body: str

    def filled(self, places: Mapping[str, str]) -> Text:
        """With the known places in 【】 filled in; unknown ones stay as they are."""
        return Text(_filled(self.title, places), _filled(self.body, places))

    def blocks(self) -> tuple[Block, ...]:
        """The body as headings and paragraphs; headings are numbered anew."""
        lines = [line.strip() for line in self.body.splitlines() if line.strip()]
        return tuple(_block(line) for line in lines)


def places_in(text: Text) -> list[str]:
    """The names in 【】, in order of appearance."""
    return list(dict.fromkeys(_PLACE.findall(f"{text.title}\n{text.body}")))


def headed(*parts: tuple[str, str]) -> str:
    """(heading, paragraph) pairs as lines: 一、… and its paragraph."""
    lines = [f"{_NUMERALS[place]}、{heading}\n{text}" for place, (heading, text) in enumerate(parts)]
    return "\n".join(lines)


def sentence(text: str) -> str:
    """One full stop at the end."""
    return f"{text.strip().rstrip('。')}。"


def day(moment: datetime | None) -> date | None:
    """The local day of a moment."""
    return clock.local(moment).date() if moment else None


def _filled(text: str, places: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: places.get(found[1]) or found[0], text)


def _block(line: str) -> Block:
    found = _HEADING.match(line)
    return Heading(found["text"]) if found else Paragraph(line)
