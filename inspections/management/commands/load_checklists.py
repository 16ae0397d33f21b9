"""`manage.py load_checklists`: bring the checklists of a CSV file in force; safe to repeat."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inspections import checklists


class Command(BaseCommand):
    """Prints JSON: checklists, items, created."""

    help = "载入检查表（可重复执行；内容有变的检查表发布新版本，进行中的检查仍用原版本）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("--file", type=Path, default=checklists.DATA, help="检查表（CSV，UTF-8）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load; exit status 1 with the reason when the file cannot be understood."""
        try:
            counts = checklists.load(options["file"])
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"检查表载入失败：{error}") from error
        self.stdout.write(json.dumps(counts, ensure_ascii=False))
