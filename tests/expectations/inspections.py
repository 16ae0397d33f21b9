"""Plans of inspection, visits, self-checks and dangerous work."""

from __future__ import annotations

from tests.expectations.language import Route

PAGES: dict[str, Route | tuple[Route, ...]] = {}
API: dict[str, Route] = {}
