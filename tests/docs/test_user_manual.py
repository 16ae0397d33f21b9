"""The manual speaks of what is on the screen."""

from __future__ import annotations

import re

from common.limits import limit
from common.street.places import ROOT
from supervision.ladder_defaults import OFFSETS
from tests.cast import Cast

MANUAL = (ROOT / "docs" / "用户手册.md").read_text(encoding="utf-8")
SCREENS = ("units", "messaging", "audit", "tasks", "hazards", "inspections", "supervision", "reports", "templates")


def test_every_button_and_page_named_exists() -> None:
    """【…】 is a text of a template, a rule or the navigation."""
    files = [path for room in SCREENS for path in (ROOT / room).rglob("*") if path.suffix in (".py", ".html")]
    shown = "".join(path.read_text(encoding="utf-8") for path in files)
    named = set(re.findall(r"【(.+?)】", MANUAL))
    assert len(named) > 40
    assert [name for name in sorted(named) if name not in shown] == []


def test_every_picture_shown_exists() -> None:
    """Pictures are made from the running system."""
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", MANUAL)
    assert [path for path in pictures if not (ROOT / "docs" / path).exists()] == []


def test_the_days_of_the_ladder_are_the_starting_policy() -> None:
    """What the table says of days late."""
    days = [int(day) for day in re.findall(r"^\| (\d+)天 \|", MANUAL, re.MULTILINE)]
    assert days == [OFFSETS[code] for code in ("overdue", "urge", "notice", "talk", "list", "publish")]


def test_the_limits_named_are_the_starting_values(cast: Cast) -> None:
    """Where the manual gives a count of days it is that of the seeded limits."""
    counts = {"hazard.general": 24, "hazard.key": 30, "extension.opens": 20, "letter.reply": 5, "listing.serve": 3,
              "listing.publish": 5, "listing.plan": 7, "listing.report.major": 15, "listing.report.key": 30,
              "notice.receipt": 3}  # fmt: skip
    assert {key: limit(key).value for key in counts} == counts
