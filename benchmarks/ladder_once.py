"""`python -m benchmarks.ladder_once OPEN DUE WORKERS`: seed open hazards, measure the scan, let workers climb, print JSON.

Called with "worker" it is one of the workers: it gets ready, waits for the start, climbs, and prints what it did.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

import django

START = 20261122  # the advisory lock the parent holds until every worker is ready
PATIENCE = 60  # seconds


def main(size: int, due: int, workers: int) -> None:
    """Everything that needs Django is imported once it is set up."""
    django.setup()
    from benchmarks.gauge import Operation, measure
    from benchmarks.open_hazards import fill
    from supervision.transitions.climb import escalate

    historian, seconds = fill(size)
    print(f"    {size:,} open hazards in {seconds:.0f} s", file=sys.stderr, flush=True)
    reading = measure(Operation("scan", lambda: _nothing(escalate()), _plain_scan))
    result: dict[str, Any] = {"open": size, "scan": reading.as_dict()}
    if due:
        result["steps"] = _steps(historian, due, workers)
    json.dump(result, sys.stdout)


def _nothing(run: Any) -> None:
    if run.due:
        raise RuntimeError(f"{run.due} hazards were due, expected none")


def _plain_scan() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM hazards_hazard WHERE next_step_at <= now() ORDER BY next_step_at, id LIMIT 500")
        cursor.fetchall()


def _steps(historian: Any, due: int, workers: int) -> dict[str, Any]:
    from benchmarks.open_hazards import count_written, make_due, plain_steps
    from supervision.models import LadderFiring

    before = count_written()
    last = LadderFiring.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    make_due(historian, due)
    seconds, processor = _race(workers, due)
    written = {what: count - before[what] for what, count in count_written().items()}
    if written["events"] != due:
        raise RuntimeError(f"{written} written for {due} due steps")
    floor = plain_steps(last)
    return {
        "due": due, "workers": workers, "seconds": seconds, "rate": due / seconds, "written": written, "floor": floor,
        "ratio": seconds / floor, "processor": processor,
    }  # fmt: skip


def _race(workers: int, due: int) -> tuple[float, float]:
    """Seconds from the common start until the last worker is done, and the processor seconds of all workers."""
    from django.db import connection

    command = [sys.executable, "-m", "benchmarks.ladder_once", "worker"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [START])
        started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(workers)]
        _until_ready(cursor, workers)
        began = time.perf_counter()
        cursor.execute("SELECT pg_advisory_unlock(%s)", [START])
    answers = [json.loads(worker.communicate()[0]) for worker in started]
    seconds = time.perf_counter() - began
    if sum(answer["due"] for answer in answers) != due or any(answer["failed"] for answer in answers):
        raise RuntimeError(f"{answers}, expected {due} due")
    return seconds, sum(answer["processor"] for answer in answers)


def _until_ready(cursor: Any, workers: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        if cursor.fetchone()[0] == workers:
            return
        time.sleep(0.05)
    raise RuntimeError("the workers did not get ready")


def work() -> None:
    """One worker, as the background process runs it."""
    django.setup()
    from django.db import connection
    from django.urls import reverse

    from common import clock
    from supervision.transitions.climb import escalate
    from supervision.transitions.hazard_track import HAZARDS

    # Connected, and everything imported, before the clock runs. Celery loads the URLs with its checks before it forks.
    list(HAZARDS.due(clock.now())[:1])
    reverse("hazard-detail", args=[1])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [START])
    began = time.process_time()
    done = escalate().as_dict()
    print(json.dumps({**done, "processor": time.process_time() - began}))


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        work()
    else:
        main(*map(int, sys.argv[1:4]))
