"""The ladder with nothing due and with 500 hazards due, and the draft of a monthly notice."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Max

from benchmarks import floors
from benchmarks.bench import Bench
from benchmarks.gauge import Operation
from benchmarks.seeding import add_past
from evidence.models import Attachment
from hazards.models import Hazard
from reports.models import Notice
from reports.statistics import Period
from reports.transitions import draft
from supervision.transitions.climb import escalate
from units.models import Unit

DUE = 500


def jobs(bench: Bench) -> Iterator[Operation]:
    """The ladder's runs write; what they wrote stays, as it would."""
    yield Operation("ladder, nothing due", escalate, lambda: bench.sql(floors.DUE))
    yield _due(bench)
    yield _notice(bench)


def _due(bench: Bench) -> Operation:
    after = 0

    def prepare() -> None:
        nonlocal after
        after = Hazard.objects.aggregate(last=Max("pk"))["last"]
        bench.historian.write_due(DUE)
        add_past(list(Attachment.objects.order_by("pk").values_list("pk", flat=True)[:8]), after)

    def climb() -> None:
        run = escalate()
        # Among a million hazards another one falls due of itself while this is measured.
        if run.due < DUE or run.failed:
            raise RuntimeError(f"{run.as_dict()}, expected {DUE} due")

    plain = floors.DUE_WHOLE
    return Operation("ladder, 500 due", climb, lambda: bench.sql(plain, after=after), prepare, items=DUE, runs=5)


def _notice(bench: Bench) -> Operation:
    office = Unit.objects.select_related("office").get(pk=bench.street.office.pk)
    period = Period.this_month().before()

    def forget() -> None:
        Notice.objects.filter(office=office).update(state=Notice.State.VOID)

    return Operation(
        "monthly notice draft",
        lambda: draft(office, period),
        lambda: bench.sql(floors.LAST_MONTH_IDS),
        forget,
        runs=5,
        patience=20,
    )
