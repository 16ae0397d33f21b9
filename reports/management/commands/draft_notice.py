"""`manage.py draft_notice --month YYYY-MM`: draft (or find) the monthly notice and print its figures as JSON."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports import transitions
from reports.statistics import Period
from units.models import Unit


class Command(BaseCommand):
    """Drafts once; run again it prints the notice that stands."""

    help = "起草月通报并以 JSON 打印通报编号和各项数据；已有通报的，打印现有通报。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The month, and the office where there are several."""
        parser.add_argument("--month", required=True, help="统计月份，如 2026-10")
        parser.add_argument("--office", help="安委办名称或编号；只有一个安委办时可不填")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draft and print."""
        notice, created = transitions.draft(_office(options["office"]), _month(options["month"]))
        figures = {key: entry["value"] for key, entry in notice.snapshot["figures"].items()}
        self.stdout.write(json.dumps({"notice": notice.pk, "created": created, "figures": figures}, ensure_ascii=False))


def _month(text: str) -> Period:
    match = re.fullmatch(r"(\d{4})-(\d{1,2})", text)
    if not match or not 1 <= int(match[2]) <= 12:
        raise CommandError(f"月份“{text}”不正确，应为 2026-10 这样的形式。")
    return Period.month(int(match[1]), int(match[2]))


def _office(name: str | None) -> Unit:
    offices = Unit.objects.filter(kind=Unit.Kind.OFFICE, office__isnull=False).select_related("office")
    if name:
        offices = offices.filter(pk=int(name)) if name.isdigit() else offices.filter(name=name)
    found = list(offices[:2])
    if not found:
        raise CommandError("没有找到该安委办。")
    if len(found) > 1:
        raise CommandError("系统中有多个安委办，请用 --office 指定。")
    return found[0]
