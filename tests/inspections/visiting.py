"""Visits of the cast's firm in any state, and what a finished one needs."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from common import clock
from inspections import checklists
from inspections.models import ChecklistVersion, EnforcementCertificate, Inspection, Signature
from inspections.transitions import recording, visits
from inspections.transitions.team import Named
from tests.cast import Cast
from tests.files import jpeg

CODE = "CL-10"


def certify(cast: Cast, *names: str, days: int = 300) -> None:
    """A 执法证 for each, valid for so many days from today (negative: expired)."""
    today = clock.today()
    for name in names:
        EnforcementCertificate.objects.update_or_create(
            user=cast.people[name],
            defaults={
                "unit": cast.units["department"],
                "number": f"YN-{name}",
                "valid_from": today - timedelta(days=900),
                "valid_until": today + timedelta(days=days),
            },
        )


def checklist(code: str = CODE) -> ChecklistVersion:
    """The version in force."""
    if not ChecklistVersion.objects.exists():  # a test with its own transactions has emptied the tables
        checklists.load()
    return ChecklistVersion.objects.current().get(checklist__code=code)


def begun(
    cast: Cast, by: str = "officer", *, kind: str = "patrol", team: tuple[str, ...] = (), **more: Any
) -> Inspection:
    """A visit under way at the cast's firm."""
    named = [Named(cast.people[name], "expert" if name == "expert" else "member") for name in team]
    values: dict[str, Any] = {"uid": uuid.uuid4(), "unit": cast.units["firm"], "kind": kind, "mode": "daily"}
    values |= {"checklist": checklist(), "team": named}
    return visits.begin(cast.fresh(by), **(values | more))


def administrative(cast: Cast, **more: Any) -> Inspection:
    """An administrative inspection under way, by two holders of a certificate."""
    certify(cast, "department", "second")
    return begun(cast, "department", kind="administrative", team=("second",), **more)


def answer_all(cast: Cast, visit: Inspection, by: str, outcome: str = "ok") -> None:
    """Every item without a result gets this one."""
    visit.results.filter(outcome="").update(outcome=outcome, recorded_by=cast.people[by])


def find(
    cast: Cast, visit: Inspection, by: str, number: int, *, photos: int = 1, after: int = 0, **content: Any
) -> Any:
    """A 不合格 at item `number`, with photos."""
    row = visit.results.get(item__number=number)
    values = {"outcome": "bad", "note": "现场发现问题", "base": row.revision} | content
    actor = cast.fresh(by)
    row = recording.record(actor, visit.uid, uid=row.uid, item_id=row.item_id, **values)
    for index in range(photos + after):
        stage = "before" if index < photos else "after"
        file = SimpleUploadedFile("p.jpg", jpeg(700 + number * 10 + index))
        recording.add_photo(actor, visit.uid, result=row, file=file, stage=stage)
    return row


def sign_all(cast: Cast, visit: Inspection, by: str) -> None:
    """Everybody of the team, and the person on site, by name and reason."""
    actor = cast.fresh(by)
    for member in visit.members.all():
        recording.sign(
            actor, visit.uid, uid=uuid.uuid4(), party="inspector", user_id=member.user_id, typed_reason="触屏损坏"
        )
    recording.sign(actor, visit.uid, uid=uuid.uuid4(), party=Signature.Party.SITE, name="李四", typed_reason="触屏损坏")


def ready(cast: Cast, visit: Inspection, by: str) -> Inspection:
    """Answered and signed."""
    answer_all(cast, visit, by)
    sign_all(cast, visit, by)
    return visit


def finished(cast: Cast, visit: Inspection, by: str) -> Inspection:
    """Concluded by that person."""
    ready(cast, visit, by)
    return visits.perform("finish", visit.pk, cast.fresh(by))
