"""What stands before a story begins, made by the transitions the pages call."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from evidence.transitions import store
from hazards import transitions
from hazards.models import Hazard
from reports.demo.pictures import scene
from reports.demo.world import World

FIRM = "安裕食品加工厂（演示）"


def confirmed_hazard(street: World, level: str, due: date, words: str, seed: int = 90) -> Hazard:
    """A hazard of 安裕食品加工厂 found by its department and confirmed by the office, to be done by the end of `due`."""
    finder = street.people["yingji"]
    firm = street.units[FIRM]
    hazard = transitions.report(
        finder, unit=firm, description=words, place="打粉车间", photos=[store(scene(seed, fixed=False), by=finder)]
    )
    return transitions.perform(
        "confirm",
        hazard.pk,
        street.people["office"],
        level=level,
        level_reason="对照行业判定标准认定。" if level == "major" else "",
        due=due,
        responsible_person="沈安（演示）",
        department=firm.enterprise.department,
        suggestion="限期整改，整改期间落实管控措施。",
    )


def closed_hazard(street: World, due: date, words: str, seed: int) -> Hazard:
    """A 一般 hazard that went all the way on the day it was found."""
    hazard = confirmed_hazard(street, "general", due, words, seed)
    safety = street.people["firm"]
    after = [store(scene(seed, fixed=True), by=safety)]
    transitions.perform("submit_rectification", hazard.pk, safety, measures="已改正。", spent=Decimal(0), photos=after)
    return transitions.perform("pass_review", hazard.pk, street.people["yingji2"], paper_reason="照片可证。")
