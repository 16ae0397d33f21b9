"""What every operation starts from: the measured street, a signed-in officer's browser, plain SQL, a spare historian."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client

from benchmarks.history import Historian
from benchmarks.street import Street
from common import clock
from hazards.models import Hazard
from hazards.models.hazard import State

BACKEND = "django.contrib.auth.backends.ModelBackend"
EXPORTED = 10_000


@dataclass
class Bench:
    """One seeded database. `scope` are the values every floor statement may name."""

    historian: Historian
    street: Street
    browser: Client
    scope: dict[str, Any]

    @classmethod
    def of(cls, historian: Historian) -> Bench:
        """Sign the measured street's officer in and find typical records."""
        street = historian.streets[0]
        browser = Client()
        browser.force_login(street.people["officer"], backend=BACKEND)
        own = Hazard.objects.filter(area_path__startswith=street.area.path)
        newest = own.exclude(state=State.DRAFT).order_by("-reported_at", "-pk")
        last = newest[: min(EXPORTED, newest.count())][::-1][0].reported_at
        scope = {
            "area": f"{street.area.path}%",
            "village": f"{street.villages[0].path}%",
            "closed": own.filter(state=State.CLOSED, level="key").order_by("-pk").values_list("pk", flat=True)[0],
            "exported_from": clock.local(last).date() + timedelta(days=1),
            "month": clock.today().replace(day=1),
            "now": clock.now(),
        }
        return cls(historian, street, browser, scope)

    def get(self, path: str, **query: Any) -> int:
        """Ask for a page as the officer and read the whole answer; returns its bytes. Anything but 200 is an error."""
        response = self.browser.get(path, query)
        if response.status_code != 200:
            raise RuntimeError(f"{path} {query} answered {response.status_code}")
        if response.streaming:
            return sum(map(len, response.streaming_content))
        return len(response.content)

    def sql(self, *statements: str, **values: Any) -> list[Any]:
        """All rows of the plain statements, through psycopg2 with nothing of Django in between."""
        connection.ensure_connection()
        rows: list[Any] = []
        with connection.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, {**self.scope, **values})
                rows = cursor.fetchall()
        return rows
