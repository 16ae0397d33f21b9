"""`manage.py found_office STREET --code CODE`: begin a real installation and print the first accounts as JSON."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.errors import RuleError
from units.transitions.founding import found_office


class Command(BaseCommand):
    """Prints `{"office", "street", "accounts": [{"username", "password", "role"}]}`; the passwords are shown only here."""

    help = "建立街道（镇）安委办和系统管理员、安全管理员、审计员账号，以 JSON 打印一次性密码。"

    def add_arguments(self, parser: CommandParser) -> None:
        """STREET, --code, --parents, --prefix."""
        parser.add_argument("street", metavar="STREET", help="街道（镇）名称，如 禄脿街道")
        parser.add_argument("--code", required=True, help="街道代码，用于隐患编号，如 LB")
        parser.add_argument("--parents", default="", help="上级区域，自上而下以“/”分隔，最多两级，如 昆明市/安宁市")
        parser.add_argument("--prefix", default="", help="发文机关代字，如 禄街；缺省取街道简称")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create and print."""
        parents = tuple(part.strip() for part in options["parents"].split("/") if part.strip())
        if len(parents) > 2:
            raise CommandError("上级区域最多两级：市（州）/县（市、区）。")
        try:
            office, accounts = found_office(options["street"], options["code"], parents, options["prefix"])
        except RuleError as error:
            raise CommandError(error.message) from error
        printed = [{"username": user.username, "password": given, "role": user.name} for user, given in accounts]
        result = {"office": office.pk, "street": office.area.name, "accounts": printed}
        self.stdout.write(json.dumps(result, ensure_ascii=False))
