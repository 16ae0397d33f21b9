"""`manage.py load_criteria`: load the criteria library from CSV; safe to repeat."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hazards import criteria


class Command(BaseCommand):
    """Prints JSON: standards, items, created."""

    help = "载入重大事故隐患判定标准库（可重复执行；新版本与旧版本并存）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files and the version they become."""
        parser.add_argument("--edition", type=int, default=1, help="版本号，默认1")
        parser.add_argument("--standards", type=Path, default=criteria.STANDARDS, help="标准目录（CSV，UTF-8）")
        parser.add_argument("--items", type=Path, default=criteria.ITEMS, help="条款（CSV，UTF-8）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load; exit status 1 with the reason when a file cannot be understood."""
        try:
            counts = criteria.load(options["edition"], options["standards"], options["items"])
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"判定标准库载入失败：{error}") from error
        self.stdout.write(json.dumps(counts, ensure_ascii=False))
