"""The ways a visit begins on a phone: the code at the entrance, the map, the list."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from common.papers import qr
from tests.browser.people import Person
from units.models import Unit


def address_of(unit: Unit) -> str:
    """What the code at the entrance says, but for the host."""
    return f"/field/?unit={unit.pk}"


def picture_of_code(folder: Path, site: str, unit: Unit) -> Path:
    """A photo of the sheet at the entrance."""
    path = folder / "code.png"
    path.write_bytes(qr.png(f"{site}{address_of(unit)}"))
    return path


def is_asked_to_begin_at(person: Person, unit: Unit) -> None:
    """The screen that begins a visit at this very place."""
    expect(person.page.locator("#title")).to_have_text(unit.name)
    expect(person.page.get_by_role("button", name="开始", exact=True)).to_be_visible()


def goes_home(person: Person) -> None:
    """Back to the first screen."""
    person.page.locator("#back").click()
    expect(person.page.get_by_role("heading", name="我的检查")).to_be_visible()
