"""`python -m benchmarks.one_size N`: seed this process's database with N hazards, measure, print JSON."""

from __future__ import annotations

import json
import sys

import django
from django.urls import get_resolver


def main(rows: int) -> None:
    """Everything that needs Django is imported once it is set up."""
    django.setup()
    from benchmarks.bench import Bench
    from benchmarks.gauge import measure
    from benchmarks.operations import operations
    from benchmarks.seeding import seed

    # Every module is imported before the clock runs.
    get_resolver().url_patterns  # noqa: B018
    historian, spent = seed(rows)
    print(f"    seeded {rows:,}: {spent}", file=sys.stderr, flush=True)
    bench = Bench.of(historian)
    readings = []
    for operation in operations(bench):
        readings.append(measure(operation))
        print(f"    {operation.name}: {readings[-1].p50:.1f} ms", file=sys.stderr, flush=True)
    json.dump({"rows": rows, "seconds": spent, "readings": [each.as_dict() for each in readings]}, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
