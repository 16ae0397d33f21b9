"""A street in which every hazard is open and none is due; making some due; the same rows by plain SQL."""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import connection, transaction

from benchmarks.history import LIMIT_DAYS, Historian
from benchmarks.seeding import add_past, bulk_load, settle, shared_photos
from benchmarks.street import build
from hazards.models import Hazard
from hazards.models.hazard import Level

COUNTED = {
    "events": "SELECT count(*) FROM hazards_hazardevent WHERE action = 'ladder'",
    "letters": "SELECT count(*) FROM supervision_letter",
    "messages": "SELECT count(*) FROM messaging_message",
}
_COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_name = %s AND column_name <> 'id' AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
_AGAIN: tuple[tuple[str, dict[str, str], str], ...] = (
    ("supervision_ladderfiring", {"round": "round + 100"}, "id > %(last)s"),
    ("hazards_hazardevent", {"seq": "seq + 1000", "key": "key || ':f'"}, "key LIKE 'ladder:%%' AND hazard_id IN (SELECT id FROM made)"),
    ("supervision_letter", {"number": "number || 'f'", "key": "key || ':f'"}, "hazard_id IN (SELECT id FROM made)"),
    ("supervision_letterevent", {"key": "key || ':f'"}, "key IN (SELECT key FROM supervision_letter WHERE hazard_id IN (SELECT id FROM made))"),
    ("messaging_message", {"key": "key || ':f'"}, "about_type = 'hazards.hazard' AND about_id IN (SELECT id::text FROM made)"),
)  # fmt: skip
_PLACES = """
    UPDATE hazards_hazard SET next_step_at = next_step_at + interval '1 second', version = version + 1, ladder_step = ladder_step,
           told_step = told_step, updated_at = now()
    WHERE id IN (SELECT id FROM made)
"""


class OpenHistorian(Historian):
    """Every hazard waits for the enterprise and its next step lies ahead."""

    def _hazard(self, place: float) -> Hazard:
        street = self.streets[0 if self.dice.random() < 0.8 else 1]
        hazard = self._report(street, self.now - timedelta(days=3) * (1 - place))
        self._confirm(hazard, hazard.reported_at, timedelta(days=60 + LIMIT_DAYS[Level(hazard.level)]))
        hazard.next_step_at = self.now + timedelta(days=30)
        return hazard


def fill(size: int) -> tuple[OpenHistorian, float]:
    """`size` open hazards with their first events; seconds it took."""
    began = time.perf_counter()
    streets = build(size)
    photos = shared_photos(streets[0])
    historian = OpenHistorian(streets)
    with bulk_load({}):
        historian.write(size)
        add_past(photos)
    settle()
    return historian, time.perf_counter() - began


def make_due(historian: Historian, count: int) -> None:
    """`count` hazards more, each due for its 提示函."""
    after = Hazard.objects.order_by("-pk").values_list("pk", flat=True)[0]
    historian.write_due(count)
    add_past(shared_photos(historian.streets[0]), after)
    settle()


def count_written() -> dict[str, int]:
    """Rows by what they are."""
    found = {}
    with connection.cursor() as cursor:
        for what, statement in COUNTED.items():
            cursor.execute(statement)
            found[what] = cursor.fetchone()[0]
    return found


def plain_steps(last: int) -> float:
    """Seconds one transaction of plain INSERT … SELECT needs for the rows of all firings above `last`, indexes included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE made AS SELECT DISTINCT hazard_id AS id FROM supervision_ladderfiring WHERE id > %s",
            [last],
        )
        cursor.execute("ANALYZE made")
        statements = [_again(cursor, *each) for each in _AGAIN]
        began = time.perf_counter()
        with transaction.atomic():
            for statement in (*statements, _PLACES):
                cursor.execute(statement, {"last": last})
        return time.perf_counter() - began


def _again(cursor: object, table: str, changed: dict[str, str], where: str) -> str:
    cursor.execute(_COLUMNS, [table])  # type: ignore[attr-defined]
    names = [row[0] for row in cursor.fetchall()]  # type: ignore[attr-defined]
    values = ", ".join(changed.get(name, name) for name in names)
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} WHERE {where}"
