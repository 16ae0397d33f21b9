"""Measuring one operation: milliseconds, statements, memory, and the floor beside it."""

from __future__ import annotations

import ctypes
import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection

Work = Callable[[], Any]
_SELF = Path("/proc/self")


@dataclass(frozen=True)
class Operation:
    """Something to measure. `work` is timed, `prepare` runs before each time untimed.

    `floor` fetches the same rows by plain SQL. `items` is how many records one run handles, for a rate. Runs stop
    after `runs` or when `patience` seconds are used up, but not before three.
    """

    name: str
    work: Work
    floor: Work
    prepare: Work = lambda: None
    items: int = 0
    runs: int = 30
    patience: float = 6


@dataclass(frozen=True)
class Reading:
    """Milliseconds (median and percentiles; `cpu` of this process alone), statements, growth in MB, the floor's median.

    `ratio` is the median over the floor's median; `rate` records per second at the median; `size` what `work`
    returned when that is a number of bytes, in MB.
    """

    name: str
    runs: int
    p50: float
    p95: float
    p99: float
    cpu: float
    queries: int
    memory: float | None
    floor: float
    ratio: float
    rate: float | None
    size: float | None

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def measure(operation: Operation) -> Reading:
    """Warm up, then time work and floor in turn, so that a noisy moment falls on both."""
    operation.prepare()
    queries, memory, produced = _once(operation.work)
    operation.floor()
    times: list[float] = []
    spent: list[float] = []
    floors: list[float] = []
    until = time.perf_counter() + operation.patience
    while len(times) < operation.runs and (len(times) < 3 or time.perf_counter() < until):
        operation.prepare()
        gc.collect()
        began = time.process_time()
        times.append(_milliseconds(operation.work))
        spent.append((time.process_time() - began) * 1000)
        floors.append(_milliseconds(operation.floor))
    median, floor = statistics.median(times), statistics.median(floors)
    return Reading(
        name=operation.name,
        runs=len(times),
        p50=median,
        p95=percentile(times, 95),
        p99=percentile(times, 99),
        cpu=statistics.median(spent),
        queries=queries,
        memory=memory,
        floor=floor,
        ratio=median / floor,
        rate=operation.items / median * 1000 if operation.items else None,
        size=produced / 1e6 if isinstance(produced, int) else None,
    )


def percentile(values: list[float], percent: int) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * percent // 100) - 1)]


def _milliseconds(work: Work) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _once(work: Work) -> tuple[int, float | None, Any]:
    """Statements and growth of memory of one run, and what it returned."""
    statements = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(sql, params, many, context)

    before = _reset_peak()
    with connection.execute_wrapper(count):
        produced = work()
    peak = _status("VmHWM")
    return statements, peak - before if before is not None and peak is not None else None, produced


def _reset_peak() -> float | None:
    """Let the kernel forget the former peak; MB in use now, None where the system does not tell.

    What earlier runs freed goes back to the system first: memory taken from there would not show as growth.
    """
    gc.collect()
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)
    try:
        (_SELF / "clear_refs").write_text("5")
    except OSError:
        return None
    return _status("VmRSS")


def _status(name: str) -> float | None:
    try:
        lines = (_SELF / "status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), None)
