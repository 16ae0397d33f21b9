"""`python -m benchmarks --rows N`: measure at N/100 and at N, print the table."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.server import Installation, installation
from benchmarks.table import growth, readings
from common.street.places import ROOT
from common.street.processes import StreetError

FEWEST = 200


def main() -> None:
    """Print what was measured; --json keeps it as well."""
    parser = argparse.ArgumentParser(prog="make bench", description="毫秒、语句数、内存，以及与直接SQL之比")
    parser.add_argument("--rows", type=int, default=20_000, help="隐患条数（默认20000）")
    parser.add_argument("--json", type=Path, help="另存为JSON的文件")
    options = parser.parse_args()
    sizes = sorted({max(FEWEST, options.rows // 100), options.rows})
    try:
        with installation() as made:
            results = [_measure(made, rows) for rows in sizes]
    except StreetError as error:
        sys.exit(str(error))
    print(readings(results[-1]))
    print(growth(results))
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")


def _measure(made: Installation, rows: int) -> dict[str, Any]:
    name = f"bench_{rows}"
    print(f"  {rows:,} hazards", file=sys.stderr, flush=True)
    made.copy_database(name)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.one_size", str(rows)],
        env=made.environment(name),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=False,
    )
    made.drop_database(name)
    if done.returncode:
        sys.exit(done.returncode)
    return json.loads(done.stdout)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    main()
