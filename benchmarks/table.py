"""What was measured, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

HEAD = (
    "operation",
    "p50 ms",
    "p95",
    "p99",
    "cpu ms",
    "queries",
    "peak MB",
    "floor ms",
    "ratio",
    "per second",
    "MB out",
    "runs",
)


def readings(result: dict[str, Any]) -> str:
    """One line per operation at one size. `peak MB` is what the process grew by during one run."""
    seeded = ", ".join(f"{part} {seconds:g} s" for part, seconds in result["seconds"].items())
    rows = [_cells(each) for each in result["readings"]]
    return f"\n{result['rows']:,} hazards (seeded: {seeded})\n\n{_aligned([HEAD, *rows])}\n"


def growth(results: Sequence[dict[str, Any]]) -> str:
    """Medians at the small size and at the large one, in order of the growth between them."""
    if len(results) < 2:
        return ""
    small, large = results[0], results[-1]
    before = {_plain(each["name"]): each for each in small["readings"]}
    lines = [(each, before[_plain(each["name"])]) for each in large["readings"]]
    rows = [
        (
            now["name"],
            f"{then['p50']:.1f}",
            f"{now['p50']:.1f}",
            f"{now['p50'] / then['p50']:.1f}×",
            _queries(then, now),
        )
        for now, then in lines
    ]
    head = ("operation", f"{small['rows']:,}", f"{large['rows']:,}", "growth", "queries")
    return f"\nGrowth of the median (ms)\n\n{_aligned([head, *rows])}\n"


def _plain(name: str) -> str:
    """The name without a number of rows, which depends on the size."""
    return name.split(",", maxsplit=1)[0] if name.startswith("export") else name


def _queries(then: dict[str, Any], now: dict[str, Any]) -> str:
    return str(now["queries"]) if then["queries"] == now["queries"] else f"{then['queries']} → {now['queries']}"


def _cells(each: dict[str, Any]) -> tuple[str, ...]:
    return (
        each["name"],
        *(f"{each[name]:.1f}" for name in ("p50", "p95", "p99", "cpu")),
        str(each["queries"]),
        _number(each["memory"], ".1f"),
        f"{each['floor']:.2f}",
        f"{each['ratio']:.1f}",
        _number(each["rate"], ",.0f"),
        _number(each["size"], ".2f") if each["name"].startswith("export") else "",
        str(each["runs"]),
    )


def _number(value: float | None, form: str) -> str:
    return "" if value is None else format(value, form)


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
