"""The running application over HTTP, and the clock it lives by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import time_machine
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test.testcases import LiveServerThread
from django.test.utils import modify_settings

from common import clock

HOST = "127.0.0.1"


def _application(_: object) -> StaticFilesHandler:
    """The application with its static files found where they are written.

    Django's live server would look for collected ones, because our staticfiles app has a configuration of its own.
    """
    return StaticFilesHandler(WSGIHandler())


@contextmanager
def serve() -> Iterator[str]:
    """Serve the test database at the yielded address (`http://127.0.0.1:port`)."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    server = LiveServerThread(HOST, static_handler=_application, connections_override={})
    server.daemon = True
    with modify_settings(ALLOWED_HOSTS={"append": HOST}):
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        try:
            yield f"http://{HOST}:{server.port}"
        finally:
            server.terminate()
            server.join()


class Calendar:
    """Time as every thread of this process sees it; it runs on by itself between the jumps."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller

    def go_to(self, moment: str | datetime) -> None:
        """Jump to a moment of Asia/Shanghai, `2026-03-02 09:00` or a datetime."""
        found = datetime.fromisoformat(f"{moment}+08:00") if isinstance(moment, str) else moment
        self._traveller.move_to(found)

    def pass_days(self, days: int, hour: int = 10) -> None:
        """Jump `days` natural days ahead, to `hour` o'clock."""
        then = clock.local(clock.now()) + timedelta(days=days)
        self.go_to(then.replace(hour=hour, minute=0, second=0, microsecond=0))


@contextmanager
def calendar_from(moment: str) -> Iterator[Calendar]:
    """Hold the process's clock, starting at a moment of Asia/Shanghai."""
    with time_machine.travel(datetime.fromisoformat(f"{moment}+08:00"), tick=True) as traveller:
        yield Calendar(traveller)
