"""Four ledgers in the layouts that offices send, loaded through the importer as the street's own villages would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from common import clock
from hazards.imports.ledger import import_ledger, open_ledger
from hazards.imports.saving import Importer
from reports.demo.world import World

FOLDER = Path(__file__).parent
FILES = ("企业名录.xlsx", "村级隐患台账.xlsx", "部门检查问题清单.xlsx", "旧系统导出_GBK.csv")


def send(world: World) -> Iterator[datetime]:
    """One file a day, through the importer."""
    for name in FILES:
        importer = Importer(world.office, world.people["office"])
        import_ledger(open_ledger(FOLDER / name, name), importer)
        yield clock.now() + timedelta(days=1)
