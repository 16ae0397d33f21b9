"""What the docs point at exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import get_resolver

from common.street.places import ROOT

DOCS = sorted((ROOT / "docs").rglob("*.md"))
DECISIONS = ROOT / "docs" / "decisions"
KIT = (ROOT / "docs" / "ui-kit.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(path: Path) -> None:
    """Links within the repository; the docs point nowhere else."""
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_path_in_back_quotes_exists(path: Path) -> None:
    """Folders and Python files, from the root of the repository."""
    named = re.findall(r"`((?:[a-z_]+/)+[\w.]*)(?:::\w+)?`", path.read_text(encoding="utf-8"))
    made_later = ("var/",)
    missing = [name for name in named if not name.startswith(made_later) and not any(place_of(name))]
    assert missing == []


def place_of(name: str) -> list[Path]:
    """Where a path may start: at the root, or among static files and templates."""
    return [root / name for root in (ROOT, ROOT / "static", ROOT / "templates") if (root / name).exists()]


def test_every_address_of_the_kit_resolves() -> None:
    """A copied example works."""
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert set(re.findall(r"{% url '([\w-]+)'", KIT)) <= names


def test_every_part_of_the_kit_exists() -> None:
    """And parses."""
    for name in set(re.findall(r"\"((?:parts|layouts)/[\w.]+)\"", KIT)):
        get_template(name)


def test_the_index_lists_every_decision_and_numbers_are_unique() -> None:
    """By its number."""
    files = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    listed = re.findall(r"^\| \[\d{4}\]\((\S+)\)", (DECISIONS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == files
    assert len({name[:4] for name in files}) == len(files)


@pytest.mark.parametrize("path", sorted(DECISIONS.glob("[0-9]*.md")), ids=lambda path: path.name[:4])
def test_a_decision_has_its_four_parts_in_half_a_page(path: Path) -> None:
    """Status, context, decision, consequences."""
    text = path.read_text(encoding="utf-8")
    assert [part for part in ("Status", "Context", "Decision", "Consequences") if part not in text] == []
    assert len(text.splitlines()) <= 40
