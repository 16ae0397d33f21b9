"""`manage.py import_plan FILE --json`: what a plan document says, at the console."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tasks.plans.documents import Unreadable, open_document
from tasks.plans.reading import read_plan
from tasks.plans.result import PlanReading


class Command(BaseCommand):
    """Read a plan and print what was understood; nothing is saved. A file without text exits 1 with the reason."""

    requires_system_checks = ()
    help = "读取方案文件（.docx、.txt、.pdf），输出读到的行动、任务、单位、期限和频次；不保存"

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE, --json."""
        parser.add_argument("file", metavar="FILE", help="方案文件")
        parser.add_argument("--json", action="store_true", dest="as_json", help="输出 JSON")

    def handle(self, *args: Any, file: str, as_json: bool, **options: Any) -> None:
        """Read and print."""
        try:
            reading = read_plan(open_document(Path(file).name, Path(file).read_bytes()))
        except OSError as error:
            raise CommandError(f"打不开文件：{file}") from error
        except Unreadable as error:
            raise CommandError(str(error)) from error
        if as_json:
            self.stdout.write(json.dumps(reading.as_json(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_lines(reading)))


def _lines(reading: PlanReading) -> list[str]:
    """A page to read over: one line a task, doubts below it."""
    lines = [reading.title.text, f"行动 {len(reading.actions)} 项，任务 {len(reading.tasks)} 项"]
    for task in reading.tasks:
        units = "；".join(
            f"{word}：{'、'.join(name.text for name in task.named(role))}"
            for role, word in (("lead", "牵头"), ("responsible", "责任"), ("cooperating", "配合"))
            if task.named(role)
        )
        lines.append(f"{task.number.text} {task.title.text}（{units or '未写单位'}）")
        lines += [f"    ？{doubt}" for doubt in task.all_doubts()]
    return lines
