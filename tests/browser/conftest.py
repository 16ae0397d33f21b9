"""Fixtures of the browser stories: the street, the clock, the site, the people."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython
from playwright.sync_api import Browser, BrowserType, sync_playwright

from reports.demo.pictures import scene
from reports.demo.world import World, build
from tests.browser.people import DESKTOP, PHONE, People
from tests.browser.site import Calendar, calendar_from, serve

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
)  # fmt: skip
MONDAY = "2026-03-02 09:00"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for a module.

    Playwright's event loop runs in this thread: Django must not mind it, and keeps connections of its own for it.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = _launched(playwright.chromium)
        yield browser
        browser.close()
        connections.close_all()


def _launched(kind: BrowserType, *more: str) -> Browser:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, f"no browser on PATH: {', '.join(BROWSERS)}"
    return kind.launch(executable_path=found, args=[*SWITCHES, *more])


@pytest.fixture
def with_camera(chromium: Browser) -> Iterator[Callable[[Path], Browser]]:
    """`with_camera(film)` is a Chromium whose camera sees this film (.mjpeg) and is never asked for permission."""
    opened: list[Browser] = []

    def launch(film: Path) -> Browser:
        eyes = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
        opened.append(_launched(chromium.browser_type, *eyes, f"--use-file-for-fake-video-capture={film}"))
        return opened[-1]

    yield launch
    for browser in opened:
        browser.close()


@pytest.fixture
def calendar() -> Iterator[Calendar]:
    """The clock of server and test, on a Monday morning."""
    with calendar_from(MONDAY) as calendar:
        yield calendar


@pytest.fixture
def street(calendar: Calendar, transactional_db: None) -> World:
    """The demonstration street before its history begins."""
    _restore_what_migrations_stored()
    return build(since=date(2025, 12, 1), seed=7)


def _restore_what_migrations_stored() -> None:
    """Sectors, criteria, limits, ladder: the test before has emptied every table. All of it is safe to repeat."""
    ours = {folder.name for folder in Path(settings.BASE_DIR).iterdir()}
    found = sorted(MigrationLoader(None).disk_migrations.items())
    operations = [operation for (app, _), migration in found if app in ours for operation in migration.operations]
    for operation in operations:
        if isinstance(operation, RunPython):
            with connection.schema_editor() as editor:
                operation.code(apps, editor)


def _words(name: str) -> str:
    """The name of a test with its parameters as a folder's name."""
    return re.sub(r"\W+", "-", name).strip("-")


@pytest.fixture(params=[DESKTOP, PHONE])
def people(request: pytest.FixtureRequest, chromium: Browser, street: World) -> Iterator[People]:
    """The street's people before the running site, once at office PCs and once with phones."""
    album = Path(settings.BASE_DIR) / "var" / "screenshots" / _words(request.node.name)
    shutil.rmtree(album, ignore_errors=True)
    with serve() as site:
        people = People(chromium, site, request.param, album)
        yield people
        people.leave()


@pytest.fixture
def photo(tmp_path: Path) -> Callable[..., Path]:
    """`photo(3)` is a photo file of scene 3, `photo(3, fixed=True)` the same place put right."""

    def take(number: int, *, fixed: bool = False) -> Path:
        shot = scene(number, fixed=fixed)
        path = tmp_path / shot.name
        path.write_bytes(shot.read())
        return path

    return take
