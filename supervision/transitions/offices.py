"""What a safety office signs as, and the numbers of its papers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from common import clock, numbering
from common.errors import Refused
from supervision.models import Letter
from units.models import OfficeProfile, Unit
from units.models.areas import paths_above

LETTER_WORDS = {
    Letter.Kind.REMINDER: "提函",
    Letter.Kind.URGE: "督函",
    Letter.Kind.TALK: "约函",
    Letter.Kind.ASSIGN: "交办",
    Letter.Kind.HINT: "提示",
    Letter.Kind.INSTRUCTION: "批示",
}


def profile_of(office: Unit) -> OfficeProfile:
    """The office's settings; `Refused` with what to do where they are missing."""
    try:
        return office.office
    except OfficeProfile.DoesNotExist:
        raise Refused(f"{office.name}尚未设置署名和发文字号，请先在“系统”中完善安委办设置。") from None


class Offices:
    """The offices above many areas, read once."""

    def __init__(self, area_paths: Iterable[str]) -> None:
        paths = {above for path in area_paths for above in paths_above(path)}
        found = Unit.objects.active().filter(kind=Unit.Kind.OFFICE, area_path__in=paths)
        self._by_path = {unit.area_path: unit for unit in found.select_related("office")}

    def over(self, area_path: str) -> Unit:
        """The deepest office at or above `area_path`; `Refused` where there is none."""
        above = [path for path in self._by_path if area_path.startswith(path)]
        if not above:
            raise Refused("该区域没有负责的安委办。")
        return self._by_path[max(above, key=len)]


def letter_numbers(office: Unit, kind: str, count: int) -> list[str]:
    """The next `count` numbers of the series (office, kind, year); in the transaction that stores the letters."""
    profile, year = profile_of(office), clock.today().year
    prefix = f"{profile.letter_prefix.removesuffix('函')}{LETTER_WORDS[Letter.Kind(kind)]}"
    return _take(f"letter:{office.pk}:{kind}", prefix, year, count)


def listing_number(office: Unit, *, delisting: bool = False) -> str:
    """The next number of a 督办通知书, or of a 摘牌（销账）通知书."""
    profile, year = profile_of(office), clock.today().year
    series = f"delisting:{office.pk}" if delisting else f"listing:{office.pk}"
    return _take(series, f"{profile.listing_prefix}{'销' if delisting else ''}", year, 1)[0]


def measure_number(office: Unit, kind: str) -> str:
    """The next number of the 约谈纪要 ("minutes") or of the 移送函 ("transfer")."""
    profile, year = profile_of(office), clock.today().year
    word = {"minutes": "约纪", "transfer": "移函"}[kind]
    return _take(f"measure:{office.pk}:{kind}", f"{profile.letter_prefix.removesuffix('函')}{word}", year, 1)[0]


def _take(series: str, prefix: str, year: int, count: int) -> list[str]:
    last = numbering.take(series, year, count)
    return [numbering.document_number(prefix, year, n) for n in range(last - count + 1, last + 1)]


def by_series(letters: Iterable[Letter]) -> list[tuple[Any, list[Letter]]]:
    """Letters grouped by (office, kind) in one fixed order, so that two batches never wait for each other's counters."""
    groups: dict[tuple[int, str], list[Letter]] = {}
    for letter in letters:
        groups.setdefault((letter.office_id, letter.kind), []).append(letter)
    return sorted(groups.items())
