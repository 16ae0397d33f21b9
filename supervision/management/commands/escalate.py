"""`manage.py escalate`: one escalation run by hand."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from common import clock
from supervision.transitions.climb import escalate, survey


def moment(text: str) -> datetime:
    """An ISO date or time; without offset it is Asia/Shanghai."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise ArgumentTypeError(f"“{text}”不是 ISO 时间，例如 2026-11-22T08:00:00+08:00")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


class Command(BaseCommand):
    """Climb every due ladder; exit status 1 when a hazard failed."""

    help = "执行一次督办阶梯：到期的隐患、任务和单位月度情况逐级提醒、发函、提出建议。只输出一行 JSON。"

    def add_arguments(self, parser: CommandParser) -> None:
        """As of which moment, and whether only to look."""
        parser.add_argument("--at", type=moment, metavar="ISO", help="按此时刻计算，默认当前时间")
        parser.add_argument("--dry-run", action="store_true", help="只计算，不写入")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and print `{"due", "fired", "merged", "failed"}`."""
        held = clock.at(options["at"]) if options["at"] else nullcontext()
        with held:
            run = survey() if options["dry_run"] else escalate()
        self.stdout.write(json.dumps(run.as_dict(), ensure_ascii=False))
        if run.failed:
            raise SystemExit(1)
