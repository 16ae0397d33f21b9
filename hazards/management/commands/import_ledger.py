"""`manage.py import_ledger FILE`: the ledger import at the console."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

import audit
from common.errors import RuleError
from hazards.imports.ledger import KINDS, import_ledger, open_ledger
from hazards.imports.saving import Importer
from hazards.models import Hazard
from units.models import Unit


class Command(BaseCommand):
    """Print `{"rows", "accepted", "duplicates", "rejected": [{"row", "column", "error"}]}` and nothing else.

    Rejected rows are a result, not a failure; a file that cannot be read at all exits 1 with the reason on stderr.
    """

    help = "导入隐患台账或企业名录（.xlsx、.xls、.csv），输出 JSON 结果"

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE, --kind, --dry-run, --office."""
        parser.add_argument("file", metavar="FILE", help="台账文件")
        parser.add_argument("--kind", choices=list(KINDS), default="", help="台账种类，缺省时按表头判断")
        parser.add_argument("--sheet", default="", help="工作表名称，缺省时自动选择")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
        parser.add_argument(
            "--office", default="", help="报送单位（安委办、部门、村社区）名称、简称或区划代码；缺省为最上级的安委办"
        )

    def handle(self, *args: Any, file: str, kind: str, sheet: str, dry_run: bool, office: str, **options: Any) -> None:
        """Import and print."""
        try:
            ledger = open_ledger(file, Path(file).name, kind, sheet=sheet)
            outcome = import_ledger(ledger, Importer(_unit(office)), dry_run=dry_run)
        except RuleError as error:
            raise CommandError(error.message) from error
        if ledger.table.others:
            self.stderr.write(
                f"只导入了工作表“{ledger.table.sheet.name}”，另有：{'、'.join(ledger.table.others)}，可用 --sheet 指明。"
            )
        result = outcome.as_json()
        if not dry_run:
            counts = {name: result[name] for name in ("rows", "accepted", "duplicates")}
            audit.record("hazards.import", Hazard, after={"file": ledger.name, "kind": ledger.kind, **counts})
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))


def _unit(office: str) -> Unit:
    """The unit a ledger comes from: the one named, else the safety office that stands above all others."""
    units = Unit.objects.active().select_related("area")
    if not office:
        return _topmost(list(units.filter(kind=Unit.Kind.OFFICE).order_by("area_path", "pk")))
    senders = units.filter(kind__in=(Unit.Kind.OFFICE, Unit.Kind.DEPARTMENT, Unit.Kind.VILLAGE))
    named = list(
        senders.filter(Q(name=office) | Q(short_name=office) | Q(area__code=office, kind=Unit.Kind.OFFICE))[:2]
    )
    if len(named) == 1:
        return named[0]
    raise CommandError(f"没有找到报送单位“{office}”。" if not named else f"报送单位“{office}”不唯一，请写全称。")


def _topmost(offices: list[Unit]) -> Unit:
    if not offices:
        raise CommandError("系统中没有安委办，请先建立。")
    first = offices[0]
    if not all(other.area_path.startswith(first.area_path) for other in offices):
        raise CommandError("系统中有多个互不隶属的安委办，请用 --office 指明报送单位。")
    return first
