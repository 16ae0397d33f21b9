"""Hazards at every height of the ladder, made by the real transitions on a controlled clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from common import clock
from evidence.models import Attachment
from evidence.transitions import store
from hazards import transitions as hazards
from hazards.models import Hazard
from supervision.ladder_defaults import seed, seed_tasks
from supervision.models import LadderPolicy, LadderStep
from supervision.transitions.policies import editions
from tests.cast import Cast
from tests.files import jpeg

START = timezone.make_aware(datetime(2026, 9, 1, 9, 0))
DAY = timedelta(days=1)
PLAN = {
    "objectives": "消除粉尘爆炸风险",
    "measures": "增设泄爆口",
    "funds": Decimal("12.5"),
    "organisation": "张三负责",
    "safeguards": "停产并编制预案",
}
_photos = iter(range(100_000))


def photo(by: Any) -> Attachment:
    """A distinct photo uploaded by the person."""
    number = next(_photos)
    return store(SimpleUploadedFile(f"s{number}.jpg", jpeg(number + 3, (16, 12))), by=by)


def confirmed(cast: Cast, level: str = "key", *, days: int = 20, at: datetime = START, **fields: Any) -> Hazard:
    """A hazard reported and confirmed at `at`, due `days` natural days later at the same time of day."""
    with clock.at(at):
        hazard = hazards.report(
            cast.officer,
            unit=cast.units["firm"],
            description="成型车间通道堆放杂物，堵塞疏散通道",
            place="成型车间",
            no_photo_reason="测试",
            **fields,
        )
        return hazards.perform(
            "confirm",
            hazard.pk,
            cast.officer,
            level=level,
            level_reason="符合判定标准",
            responsible_person="李四",
            department=cast.units["department"],
            due=at + timedelta(days=days),
        )


def many(hazard: Hazard, count: int) -> list[Hazard]:
    """Copies of a confirmed hazard, written in bulk, each with a number of its own."""
    rows = []
    for place in range(count):
        row = Hazard.objects.get(pk=hazard.pk)
        row.pk, row._state.adding = None, True
        row.number = f"{hazard.number}-{place}"
        rows.append(row)
    return Hazard.objects.bulk_create(rows)


def rectified(cast: Cast, hazard: Hazard) -> Hazard:
    """The hazard reported as rectified and passed in review by two of the department."""
    hazards.perform(
        "submit_rectification", hazard.pk, cast.safety, measures="已清理", spent=Decimal(1), photos=[photo(cast.safety)]
    )
    return hazards.perform(
        "pass_review",
        hazard.pk,
        cast.department,
        second_reviewer=cast.second,
        photos=[photo(cast.department)],
    )


def restore_ladder() -> None:
    """The starting policies again, after a transactional test has emptied the tables."""
    seed(LadderPolicy, LadderStep)
    seed_tasks(LadderPolicy, LadderStep)
    editions.forget()
