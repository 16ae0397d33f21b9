"""The draw itself: a pure function of the recorded input and the seed, so that anybody gets the same result again.

Nothing here reads the clock, the database or Python's own random generator. The dice are SHA-256 in counter mode, which
any language can repeat: block i is SHA-256("<seed>:<i>"), read as four 64-bit big-endian integers; a number below n is the
next integer modulo n, integers at or above the largest multiple of n being passed over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

ALGORITHM = "qinghuan-draw/1"
DESCRIPTION = (
    "候选企业按编号排序，按权重不放回逐家抽取，直至抽满；再依抽中顺序为每家企业派检查人员："
    "先去掉须回避的，在已派次数最少的人员中随机抽取，直至满足每组人数。"
    "随机数由种子经SHA-256计数器方式产生。种子=SHA-256(密钥:输入摘要)，密钥在候选名单确定的同时由系统产生，其SHA-256摘要先行公布。"
)
_SPACE = 2**64


class Dice:
    """Integers from a seed, one after another."""

    def __init__(self, seed: str) -> None:
        self._seed, self._block, self._left = seed, 0, []  # type: ignore[var-annotated]

    def _next(self) -> int:
        if not self._left:
            digest = hashlib.sha256(f"{self._seed}:{self._block}".encode()).digest()
            self._left = [int.from_bytes(digest[at : at + 8], "big") for at in range(0, 32, 8)]
            self._block += 1
        return int(self._left.pop(0))

    def below(self, n: int) -> int:
        """A number from 0 to n-1, each as likely as the others."""
        top = _SPACE - _SPACE % n
        while (found := self._next()) >= top:
            pass
        return found % n


def canonical(given: Mapping[str, Any]) -> str:
    """The input as one text: keys sorted, no spaces, UTF-8."""
    return json.dumps(given, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(given: Mapping[str, Any]) -> str:
    """SHA-256 of the input, in hexadecimal."""
    return hashlib.sha256(canonical(given).encode()).hexdigest()


def commitment_of(secret: str) -> str:
    """What is published of the secret before the draw."""
    return hashlib.sha256(secret.encode()).hexdigest()


def seed_of(secret: str, digest: str) -> str:
    """The seed: nobody chooses it, for the secret is fixed before and the input after it is seen no more changes."""
    return hashlib.sha256(f"{secret}:{digest}".encode()).hexdigest()


def draw(given: Mapping[str, Any], seed: str) -> list[dict[str, Any]]:
    """`[{"enterprise": id, "inspectors": [id, …]}, …]` in drawn order. Raises ValueError for an input that cannot be drawn."""
    if given["algorithm"] != ALGORITHM:
        raise ValueError(f"unknown algorithm {given['algorithm']!r}")
    dice = Dice(seed)
    candidates = sorted((row for row in given["enterprises"] if not row["excluded"]), key=lambda row: row["id"])
    chosen = pick(dice, candidates, given["asked"])
    apart = {(row["enterprise"], row["inspector"]) for row in given["conflicts"]}
    people = sorted(row["id"] for row in given["inspectors"])
    load = dict.fromkeys(people, 0)
    drawn = []
    for enterprise in chosen:
        free = [person for person in people if (enterprise, person) not in apart]
        drawn.append({"enterprise": enterprise, "inspectors": team(dice, free, load, given["team_size"])})
    return drawn


def pick(dice: Dice, candidates: Sequence[Mapping[str, Any]], asked: int) -> list[int]:
    """`asked` ids of `{"id", "weight"}`, one after another by weight, none twice."""
    if len(candidates) < asked:
        raise ValueError("fewer candidates than asked")
    left, chosen = list(candidates), []
    for _ in range(asked):
        at = dice.below(sum(row["weight"] for row in left))
        for place, row in enumerate(left):
            at -= row["weight"]
            if at < 0:
                chosen.append(left.pop(place)["id"])
                break
    return chosen


def team(dice: Dice, free: Sequence[int], load: dict[int, int], size: int) -> list[int]:
    """`size` of the free people, each time one of those with the least load, which is counted on."""
    if len(free) < size:
        raise ValueError("fewer people than a team wants may go there")
    team: list[int] = []
    for _ in range(size):
        left = [person for person in free if person not in team]
        least = min(load[person] for person in left)
        pool = [person for person in left if load[person] == least]
        person = pool[dice.below(len(pool))]
        team.append(person)
        load[person] += 1
    return team
