"""`manage.py street`: the whole system on this machine under one supervisor."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.street.edition import StreetEdition
from common.street.processes import StreetError


class Command(BaseCommand):
    """Start database, broker, web, worker and beat; stay until Ctrl-C, then stop them all."""

    help = "在本机启动整个系统（数据库、消息服务、网页、后台作业、定时器），按 Ctrl-C 全部停止。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, and whether to load the demonstration into an empty database."""
        parser.add_argument("--bind", default="127.0.0.1", help="监听地址，默认 127.0.0.1（只供本机访问）")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="端口，默认 8000")
        parser.add_argument("--no-demo", action="store_true", help="首次启动时不装入演示街道")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until a signal. A second start, a taken port or a failed step is refused with a Chinese text."""
        edition = StreetEdition(options["bind"], options["port"], with_demonstration=not options["no_demo"])
        try:
            edition.run()
        except StreetError as error:
            raise CommandError(str(error)) from error
