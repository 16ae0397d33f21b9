"""The tables in the docs are the rules in the code."""

from __future__ import annotations

import pytest

from scripts import reference_tables
from units.roles import GRANTS, Role


@pytest.mark.parametrize(
    "path", [reference_tables.ARCHITECTURE, reference_tables.PERMISSIONS], ids=lambda path: path.name
)
def test_the_document_equals_the_code(path) -> None:
    """Run scripts/reference_tables.py after a change of rules or grants."""
    assert path.read_text(encoding="utf-8") == reference_tables.documents()[path]


def test_every_action_of_every_lifecycle_has_its_row() -> None:
    """Row by row, so that a table cut short is noticed."""
    for shown in reference_tables.lifecycles():
        rows = reference_tables.lifecycle_table(shown).splitlines()[4:]
        assert [row.split(" | ")[0] for row in rows] == [f"| `{action}`" for action in shown.lifecycle.rules]


def test_a_branching_target_says_by_what_it_branches() -> None:
    """Confirmation leads to a plan for 重大 only."""
    hazards = reference_tables.lifecycles()[0]
    states = dict(hazards.lifecycle.model._meta.get_field("state").flatchoices)
    target = reference_tables.target_of(hazards.lifecycle.rules["confirm"], states, hazards.samples)
    assert target == "整改中 (一般、重点); 待报方案 (重大)"


def test_the_matrix_shows_every_right_and_role() -> None:
    """As many rows and columns as the data has."""
    rows = [line for line in reference_tables.permission_matrix().splitlines() if line.startswith("| `")]
    assert len(rows) == len(GRANTS)
    assert all(row.count(" | ") == len(Role) + 1 for row in rows)


def test_a_document_without_markers_is_refused() -> None:
    """Nothing is overwritten by accident."""
    with pytest.raises(ValueError, match="markers"):
        reference_tables.renewed("text", "part")
