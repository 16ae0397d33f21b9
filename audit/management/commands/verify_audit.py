"""`manage.py verify_audit`: is the audit record what was written?"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from audit import chain


def anchor(text: str) -> chain.Head:
    """`POSITION:HASH` as printed under "head" by an earlier run."""
    position, _, digest = text.partition(":")
    if not position.isdigit() or len(digest) != len(chain.GENESIS):
        raise argparse.ArgumentTypeError("expected POSITION:HASH")
    return chain.Head(int(position), digest)


class Command(BaseCommand):
    """Prints {"checked", "broken", "head"} as JSON; exit status 1 when anything is broken."""

    help = "Verify the hash chain of the audit record; prints JSON, exit status 1 when it is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        """The head of an earlier run proves that nothing was cut off the end since."""
        parser.add_argument("--anchor", type=anchor, help="POSITION:HASH printed as head by an earlier run")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and report."""
        head = chain.head()
        broken = [found.as_dict() for found in chain.verify(options["anchor"])]
        result = {"checked": head.position, "broken": broken, "head": head.as_dict()}
        self.stdout.write(json.dumps(result, ensure_ascii=False))
        if broken:
            sys.exit(1)
