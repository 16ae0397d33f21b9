"""The ways a visit begins on a phone: the code at the entrance, the map, the list."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from common.papers import qr
from tests.browser.people import Person
from units.models import Unit

# Remembers every track of the camera the page is given.
TRACKS = """() => {
  const seen = [], { mediaDevices } = navigator, ask = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wish) => { const stream = await ask(wish); seen.push(...stream.getTracks()); return stream; };
  return seen;
}"""


def address_of(unit: Unit) -> str:
    """What the code at the entrance says, but for the host."""
    return f"/field/?unit={unit.pk}"


def picture_of_code(folder: Path, site: str, unit: Unit) -> Path:
    """A photo of the sheet at the entrance."""
    path = folder / "code.png"
    path.write_bytes(qr.png(f"{site}{address_of(unit)}"))
    return path


def film_of_code(folder: Path, unit: Unit) -> Path:
    """What a camera sees that is held before the sheet at the entrance: a tilted code with much around it."""
    sheet = Image.open(BytesIO(qr.png(f"https://street.example{address_of(unit)}"))).convert("RGB").resize((260, 260))
    path = folder / "camera.mjpeg"
    with path.open("wb") as film:
        for step in range(20):
            frame = Image.new("RGB", (640, 480), (168, 160, 148))
            frame.paste(sheet.rotate(step % 5 - 2, expand=True, fillcolor=(168, 160, 148)), (190 + step, 110))
            frame.save(film, "JPEG", quality=85)
    return path


def is_asked_to_begin_at(person: Person, unit: Unit) -> None:
    """The screen that begins a visit at this very place."""
    expect(person.page.locator("#title")).to_have_text(unit.name)
    expect(person.page.get_by_role("button", name="开始", exact=True)).to_be_visible()


def goes_home(person: Person) -> None:
    """Back to the first screen."""
    person.page.locator("#back").click()
    expect(person.page.get_by_role("heading", name="我的检查")).to_be_visible()
