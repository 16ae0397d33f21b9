"""`python -m benchmarks.ladder --open N --due M`: the scan beside N open hazards, and M due steps on several workers."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from benchmarks.server import Installation, installation
from common.street.places import ROOT
from common.street.processes import StreetError

FEWEST = 1_000


def main() -> None:
    """Print what was measured, the small size beside the large one."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.ladder", description="督办阶梯：扫描毫秒数，多进程每秒步数"
    )
    parser.add_argument("--open", type=int, default=20_000, help="未销号隐患条数（默认20000）")
    parser.add_argument("--due", type=int, default=10_000, help="到期步骤数（默认10000）")
    parser.add_argument("--workers", type=int, default=2, help="进程数（默认2）")
    options = parser.parse_args()
    sizes = sorted({max(FEWEST, options.open // 100), options.open})
    try:
        with installation() as made:
            results = [_measure(made, size, options.due if size == sizes[-1] else 0, options.workers) for size in sizes]
    except StreetError as error:
        sys.exit(str(error))
    for each in results:
        print(_scan_line(each))
    print(_steps_line(results[-1]))


def _measure(made: Installation, size: int, due: int, workers: int) -> dict[str, Any]:
    name = f"ladder_{size}"
    made.copy_database(name)
    command = [sys.executable, "-m", "benchmarks.ladder_once", str(size), str(due), str(workers)]
    done = subprocess.run(command, env=made.environment(name), cwd=ROOT, stdout=subprocess.PIPE, check=False)
    made.drop_database(name)
    if done.returncode:
        sys.exit(done.returncode)
    return json.loads(done.stdout)


def _scan_line(each: dict[str, Any]) -> str:
    scan = each["scan"]
    return (
        f"scan beside {each['open']:,} open hazards, nothing due: p50 {scan['p50']:.2f} ms, p95 {scan['p95']:.2f} ms, "
        f"{scan['queries']} statements, plain SQL {scan['floor']:.2f} ms, ratio {scan['ratio']:.1f}"
    )


def _steps_line(each: dict[str, Any]) -> str:
    steps = each["steps"]
    written = ", ".join(f"{count:,} {what}" for what, count in steps["written"].items())
    return (
        f"{steps['due']:,} due steps on {steps['workers']} workers: {steps['seconds']:.1f} s, {steps['rate']:,.0f} steps/s "
        f"({written}); plain SQL {steps['floor']:.1f} s, ratio {steps['ratio']:.1f}; "
        f"{steps['processor']:.1f} s of processor in the workers"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    main()
