"""The monthly draw of closed hazards to be looked at again: a pure function of the recorded input and the seed.

Like `inspections.drawing`, whose dice and picks it uses: whoever has the record gets the same result.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from inspections.drawing import Dice, pick, team

ALGORITHM = "qinghuan-spot/1"
DESCRIPTION = (
    "上月销号的隐患分为挂牌挂账、重大、重点、一般四层，每层按比例（进一取整）和企业风险权重不放回抽取；"
    "再依次为每条隐患从未经手该隐患的人员中，在已派次数最少者里随机指定一人。"
    "随机数由种子经SHA-256计数器方式产生。种子=SHA-256(密钥:输入摘要)，密钥在抽取时由系统产生。"
)


def wanted(count: int, percent: int) -> int:
    """How many of a stratum are drawn, rounded up."""
    return ceil(count * percent / 100)


def draw(given: Mapping[str, Any], seed: str) -> list[dict[str, Any]]:
    """`[{"hazard": id, "stratum": key, "inspector": id or None}, …]`; None where everybody has had a hand in it."""
    if given["algorithm"] != ALGORITHM:
        raise ValueError(f"unknown algorithm {given['algorithm']!r}")
    dice, load = Dice(seed), dict.fromkeys(given["inspectors"], 0)
    drawn = []
    for stratum in given["strata"]:
        rows = sorted(stratum["hazards"], key=lambda row: row["id"])
        people = {row["id"]: sorted(row["people"]) for row in rows}
        for chosen in pick(dice, rows, wanted(len(rows), stratum["percent"])):
            found = team(dice, people[chosen], load, 1) if people[chosen] else [None]
            drawn.append({"hazard": chosen, "stratum": stratum["key"], "inspector": found[0]})
    return drawn
