"""`manage.py draw --replay ID`: draw again from the record and say whether it comes to the same."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inspections import proof
from inspections.models.draws import RandomDraw
from inspections.models.spots import SpotRound


class Command(BaseCommand):
    """Reads only; exit status 1 when the record and the result do not agree."""

    help = "按记录的输入和种子重新抽取，核对结果是否一致；双随机抽查和抽查复核通用。只输出一行 JSON。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which draw."""
        told = "文号；双随机也可用网址中的数字，抽查复核轮次用“spot-数字”"
        parser.add_argument("--replay", required=True, metavar="ID", help=told)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print `{"number", "algorithm", "seed", "result", "same"}`; the result is the one drawn anew, null for a record
        from which nobody can draw.
        """
        record = _record(str(options["replay"]))
        if record is None or record.drawn_at is None:
            raise CommandError(f"没有编号为“{options['replay']}”的已抽取记录。")
        same = proof.is_true(record)
        try:
            result = proof.replay(record)
        except (ValueError, KeyError):
            result = None
        answer = {
            "number": record.number,
            "algorithm": record.algorithm,
            "seed": record.seed,
            "result": result,
            "same": same,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if not same:
            raise SystemExit(1)


def _record(named: str) -> RandomDraw | SpotRound | None:
    """By number of either kind, `spot-7` for a round, plain digits for a draw."""
    digits = named.removeprefix("spot-")
    if digits.isascii() and digits.isdigit():
        model = SpotRound if named != digits else RandomDraw
        return model.objects.filter(pk=int(digits)).first()
    return RandomDraw.objects.filter(number=named).first() or SpotRound.objects.filter(number=named).first()
