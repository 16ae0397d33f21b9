"""`manage.py demo [--fresh]`: load the demonstration street into an empty database and print what it holds as JSON."""

from __future__ import annotations

import gc
import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from common import clock, disk
from common.models import Heartbeat
from evidence import copies
from hazards.models import Hazard, HazardEvent
from reports.demo import history
from reports.models import Notice
from supervision.models import Letter, Listing
from units.models import Unit, User

PATIENT = (100_000, 50, 1000)  # the default collector takes a tenth of the time to find next to nothing
# Two heartbeats: this database may be thrown away, and its history was played to the end.
MARK, WHOLE = "demonstration", "demonstration:whole"


class Command(BaseCommand):
    """Idempotent: a whole demonstration is left as it is; one that was broken off is begun anew."""

    requires_system_checks: list[str] = []
    help = "装入演示街道（十四个月历史）；--fresh 清空演示库后重新装入。只对空库或演示库有效。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to begin anew."""
        parser.add_argument("--fresh", action="store_true", help="清空演示数据库并重新装入")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, play, count."""
        marks = set(Heartbeat.objects.filter(name__in=(MARK, WHOLE)).values_list("name", flat=True))
        if not marks and User.objects.exists():
            raise CommandError("数据库中已有正式数据，不能装入演示街道。")
        started = time.monotonic()
        if WHOLE not in marks or options["fresh"]:
            if marks:
                _empty()
            self._load()
        counts = {"units": Unit, "users": User, "hazards": Hazard, "events": HazardEvent, "letters": Letter,
                  "listings": Listing, "notices": Notice}  # fmt: skip
        result: dict[str, Any] = {name: model.objects.count() for name, model in counts.items()}
        result["seconds"] = round(time.monotonic() - started, 1)
        self.stdout.write(json.dumps(result, ensure_ascii=False))

    def _load(self) -> None:
        gc.set_threshold(*PATIENT)
        with connection.cursor() as cursor:  # no waiting for the disk: what breaks off begins anew
            cursor.execute("SET synchronous_commit TO off")
        Heartbeat.objects.create(name=MARK, at=clock.now())
        with copies.for_the_first_reader(), disk.nobody_waits():
            history.make(self._tell)
        Heartbeat.objects.create(name=WHOLE, at=clock.now())

    def _tell(self, day: Any) -> None:
        if day.day == 1 and sys.stderr.isatty():
            self.stderr.write(f"演示历史：{day:%Y年%m月}")


def _empty() -> None:
    """Throw the schema away and migrate anew; nothing of the append-only tables can be emptied otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
