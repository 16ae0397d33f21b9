"""Four ledgers in the layouts that offices send, loaded through the importer, and what the street then does about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from common import clock
from hazards.imports.ledger import import_ledger, open_ledger
from hazards.imports.saving import Importer
from hazards.models import Hazard
from hazards.models.hazard import Channel, Level, State
from reports.demo import hazard_stories
from reports.demo.calendar import later
from reports.demo.hazard_stories import Plot, Story
from reports.demo.world import World
from units.models import Unit
from units.transitions.units import merge_units

FOLDER = Path(__file__).parent
FILES = ("企业名录.xlsx", "村级隐患台账.xlsx", "部门检查问题清单.xlsx", "旧系统导出_GBK.csv")
SETTLED = 0.8  # share of the open imported hazards that are dealt with before today


def send(world: World, enter: Callable[[datetime, Story], None]) -> Iterator[datetime]:
    """One file an hour; then places named twice are merged, 重大 without a ground verified, and most of what stood open is rectified."""
    for name in FILES:
        importer = Importer(world.office, world.people["office"])
        import_ledger(open_ledger(FOLDER / name, name), importer)
        yield clock.now() + timedelta(hours=1)
    _merge_doubles(world)
    yield clock.now() + timedelta(hours=1)
    for hazard in Hazard.objects.filter(channel=Channel.IMPORT, level=Level.MAJOR, criterion=None).order_by("pk"):
        hazard_stories.judge(world, hazard)
    yield clock.now() + timedelta(hours=1)
    for hazard in Hazard.objects.filter(channel=Channel.IMPORT, state__in=(State.PLANNING, State.RECTIFYING)).order_by(
        "pk"
    ):
        if hazard.unit_id in world.safety and world.dice.random() < SETTLED:
            enter(later(world.dice, days=world.dice.randint(1, 9)), _settle(world, hazard))


def _merge_doubles(world: World) -> None:
    """A place the ledger named as one site of an enterprise on file belongs to that enterprise."""
    firms = {firm.short_name: firm for firm in world.firms}
    for unit in Unit.objects.filter(standing=Unit.Standing.PROVISIONAL, kind=Unit.Kind.ENTERPRISE).order_by("pk"):
        firm = firms.get(unit.name.split("(")[0].split("（")[0])
        if firm:
            merge_units(unit, firm, world.people["office"], "同一企业的不同点位，合并建档。")


def _settle(world: World, hazard: Hazard) -> Story:
    firm = next(firm for firm in world.firms if firm.pk == hazard.unit_id)
    plot = Plot(50_000 + hazard.pk, firm, hazard.level, "prompt", Channel.IMPORT)
    return hazard_stories.resume(world, plot, hazard)
