"""`manage.py draw --replay ID`: draw again from the record and say whether it comes to the same."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inspections.models.draws import RandomDraw
from inspections.transitions.draws import is_true, replay


class Command(BaseCommand):
    """Reads only; exit status 1 when the record and the result do not agree."""

    help = "按记录的输入和种子重新抽取，核对结果是否一致。只输出一行 JSON。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which draw."""
        parser.add_argument("--replay", required=True, metavar="ID", help="抽取的编号（网址中的数字或文号）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print `{"number", "algorithm", "seed", "result", "same"}`."""
        named = str(options["replay"])
        found = RandomDraw.objects.filter(number=named)
        if named.isascii() and named.isdigit():
            found = RandomDraw.objects.filter(pk=int(named))
        draw = found.first()
        if draw is None or draw.drawn_at is None:
            raise CommandError(f"没有编号为“{named}”的已抽取记录。")
        same = is_true(draw)
        answer = {
            "number": draw.number,
            "algorithm": draw.algorithm,
            "seed": draw.seed,
            "result": replay(draw),
            "same": same,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if not same:
            raise SystemExit(1)
