"""Nobody has to know an address by heart: some page or some code leads to every page."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from common.street.places import ROOT
from tests.test_permissions_matrix import page_routes

ASKED_BY_MACHINES = {"healthz", "readyz", "service-worker", "manifest"}
APPS = (
    "audit",
    "common",
    "config",
    "evidence",
    "hazards",
    "inspections",
    "messaging",
    "reports",
    "supervision",
    "tasks",
    "units",
)


def sources() -> list[Path]:
    """Templates, scripts and modules, without the tables of addresses themselves."""
    code = chain.from_iterable((ROOT / app).rglob("*.py") for app in APPS)
    pages = chain.from_iterable((ROOT / place).rglob("*.html") for place in (*APPS, "templates"))
    return [path for path in chain(code, pages, (ROOT / "static" / "js").rglob("*.js")) if path.name != "urls.py"]


def test_every_page_is_led_to() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    lost = {name for name in page_routes() if f"'{name}'" not in said and f'"{name}"' not in said}
    assert lost <= ASKED_BY_MACHINES
