"""When the air of a confined space is fit to enter: bounds as data, judged without a database.

GB 30871-2022 §6 (受限空间作业): oxygen 19.5 % to 21 % by volume, not above 23.5 % in an oxygen-rich place; combustible gas is
read here in % of the lower explosive limit, where common instruments alarm at 10. GBZ 2.1-2019: hydrogen sulfide at most
10 mg/m³ at any moment, carbon monoxide 30 mg/m³ for a short time. A reading is worth 30 minutes before entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

FRESH = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Bound:
    """What one substance may be; `low` and `high` are inclusive, in `unit`."""

    field: str
    label: str
    unit: str
    low: Decimal | None
    high: Decimal | None

    def fault(self, value: Decimal | None) -> str:
        """What is wrong with `value`; empty when it lies within, or was not measured."""
        if value is None:
            return ""
        if self.low is not None and value < self.low:
            return f"{self.label}{value}{self.unit}，低于{self.low}{self.unit}"
        if self.high is not None and value > self.high:
            return f"{self.label}{value}{self.unit}，高于{self.high}{self.unit}"
        return ""


BOUNDS = (
    Bound("oxygen", "氧气", "%", Decimal("19.5"), Decimal("23.5")),
    Bound("combustible", "可燃气体", "%LEL", None, Decimal("10")),
    Bound("hydrogen_sulfide", "硫化氢", "mg/m³", None, Decimal("10")),
    Bound("carbon_monoxide", "一氧化碳", "mg/m³", None, Decimal("30")),
)


def faults(reading: Any) -> list[str]:
    """Everything in `reading` (an object with the fields of `BOUNDS`) that is outside its bounds."""
    return [text for bound in BOUNDS if (text := bound.fault(getattr(reading, bound.field)))]
