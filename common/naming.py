"""Codes that apps register at start with their Chinese names: audited actions, kinds of messages."""

from __future__ import annotations

from collections.abc import Mapping


class Names:
    """A register of codes. An app adds its own in `AppConfig.ready`; filters offer them all."""

    def __init__(self, what: str, names: Mapping[str, str]) -> None:
        self._what = what
        self._names = dict(names)

    def register(self, names: Mapping[str, str]) -> None:
        """Add codes with their Chinese names; ValueError for a code that already means something else."""
        for code, name in names.items():
            if self._names.setdefault(code, name) != name:
                raise ValueError(f"{self._what} {code!r} is already registered as {self._names[code]!r}")

    def name_of(self, code: str) -> str:
        """The Chinese name of `code`; the code itself when nobody registered it."""
        return self._names.get(code, code)

    def choices(self) -> list[tuple[str, str]]:
        """(code, name) of every registered code, by code."""
        return sorted(self._names.items())
