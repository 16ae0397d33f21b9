"""How the value and the target of an indicator read."""

from __future__ import annotations

from decimal import Decimal

from common.wording import percent
from tasks.models import Indicator


def shown(indicator: Indicator, ratio: Decimal | None) -> str:
    """A value in words: 95.7%, 达标, or a dash."""
    if ratio is None:
        return "—"
    if indicator.kind == Indicator.Kind.LEVEL:
        return "达标" if ratio >= 1 else "未达标"
    return str(percent(ratio))


def target_of(indicator: Indicator) -> str:
    """不低于100%, or 达标."""
    if indicator.kind == Indicator.Kind.LEVEL:
        return "达标"
    whole = indicator.target * 100 % 1 == 0
    return f"{indicator.get_direction_display()}{percent(indicator.target, 0 if whole else 1)}"
