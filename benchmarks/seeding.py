"""From an empty schema to N hazards, measured street first: bulk load, indexes after, one climb of the ladder, ANALYZE."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from PIL import Image

from benchmarks.history import EVENTS, PHOTOS, PLANS, Historian
from benchmarks.street import Street, build
from evidence.transitions import store
from supervision.transitions.climb import escalate

TABLES = ("hazards_hazard", "hazards_hazardevent", "hazards_hazardevidence")
_SECONDARY = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique
"""


def seed(rows: int) -> tuple[Historian, dict[str, float]]:
    """Fill the database; returns the historian, who can add more, and the seconds each part took."""
    spent: dict[str, float] = {}
    with _timed(spent, "street"):
        streets = build(rows)
        photos = shared_photos(streets[0])
        historian = Historian(streets)
    with bulk_load(spent):
        with _timed(spent, "hazards"):
            historian.write(rows)
        with _timed(spent, "events"):
            add_past(photos)
    with _timed(spent, "ladder"):
        escalate()
    with _timed(spent, "analyze"):
        settle()
    return historian, spent


def add_past(photos: list[int], after: int = 0) -> None:
    """Events, plans and photos of all hazards with an id above `after`."""
    values = {"after": after, "photos": photos, "count": len(photos)}
    with connection.cursor() as cursor:
        for statement in (EVENTS, PLANS, PHOTOS):
            cursor.execute(statement, values)


def settle() -> None:
    """What autovacuum does in a quiet night: statistics, visibility, and the pages on disk."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


@contextmanager
def bulk_load(spent: dict[str, float]) -> Iterator[None]:
    """Load without foreign-key triggers and secondary indexes; both were made for rows that come one by one."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(_SECONDARY, [list(TABLES)])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        with transaction.atomic():
            yield
        with _timed(spent, "indexes"):
            for _, definition in indexes:
                cursor.execute(definition)
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("SET session_replication_role = origin")


def shared_photos(street: Street) -> list[int]:
    """A few stored photos that all hazards share: what is measured is reading their rows, not their pixels."""
    return [store(_jpeg(number), by=street.people["officer"]).pk for number in range(8)]


def _jpeg(number: int) -> SimpleUploadedFile:
    picture = io.BytesIO()
    Image.linear_gradient("L").rotate(number * 40).resize((320, 240)).save(picture, "JPEG")
    return SimpleUploadedFile(f"现场{number}.jpg", picture.getvalue(), "image/jpeg")


@contextmanager
def _timed(spent: dict[str, float], part: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    spent[part] = round(time.perf_counter() - began, 1)
