"""Everything that is measured: pages first, then jobs and files, which change the database."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.cache import cache
from django.urls import reverse

from benchmarks import floors
from benchmarks.bench import Bench
from benchmarks.files import exports, imports
from benchmarks.gauge import Operation
from benchmarks.jobs import jobs
from common.paging import CEILING
from hazards.models import Hazard


def operations(bench: Bench) -> Iterator[Operation]:
    """In the order they are run."""
    yield from _lists(bench)
    yield from _figures(bench)
    yield from exports(bench)
    yield from jobs(bench)
    yield from imports(bench)


def _lists(bench: Bench) -> Iterator[Operation]:
    ledger, api, search = reverse("hazard-list"), reverse("v1:hazard-list"), reverse("search")
    detail = reverse("hazard-detail", args=[bench.scope["closed"]])
    rows = min(CEILING, Hazard.objects.filter(area_path__startswith=bench.street.area.path).count())
    page = max(1, rows // 25)
    village = bench.street.villages[0].pk

    def filtered() -> int:
        return bench.get(ledger, area=village, level="key", q="配电箱")

    yield Operation("trivial request", lambda: bench.get(reverse("healthz")), lambda: bench.sql("SELECT 1"))
    yield Operation("list", lambda: bench.get(ledger), lambda: bench.sql(floors.PAGE))
    yield Operation("filtered list", filtered, lambda: bench.sql(floors.FILTERED))
    yield Operation(
        "deep page",
        lambda: bench.get(ledger, page=page),
        lambda: bench.sql(floors.DEEP_PAGE, offset=(page - 1) * 25),
    )
    yield Operation("hazard detail", lambda: bench.get(detail), lambda: bench.sql(*floors.DETAIL))
    yield Operation("API list", lambda: bench.get(api), lambda: bench.sql(floors.API_PAGE))
    yield Operation("search", lambda: bench.get(search, q="配电箱"), lambda: bench.sql(floors.FOUND))


def _figures(bench: Bench) -> Iterator[Operation]:
    dashboard, statistics = reverse("dashboard"), reverse("statistics")

    def plain() -> None:
        bench.sql(floors.MONTH_BY_VILLAGE, floors.TREND)

    yield Operation("dashboard, cold", lambda: bench.get(dashboard), plain, prepare=cache.clear, runs=10)
    yield Operation("dashboard, cached", lambda: bench.get(dashboard), plain)
    yield Operation("statistics", lambda: bench.get(statistics), lambda: bench.sql(floors.MONTH_BY_VILLAGE), runs=10)
