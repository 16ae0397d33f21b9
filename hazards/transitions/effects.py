"""What an action changes besides the state. Each returns what its event shall keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from common import clock, numbering
from common.clock import end_of
from common.errors import Forbidden
from common.limits import limit
from hazards import criteria
from hazards.models import Extension, Hazard, HazardEvidence, TreatmentPlan
from hazards.models.hazard import Level
from hazards.transitions.guards import DISMISS_GROUNDS, PLAN_ITEMS, REOPEN_GROUNDS, extension_limit, extension_window
from units.models import Area
from units.models.areas import paths_above

Values = Mapping[str, Any]
Stage = HazardEvidence.Stage


def attach(hazard: Hazard, actor: Any, photos: Iterable[Any], stage: str) -> list[int]:
    """Put the attachments into the closed loop at `stage`; only what the actor handed in may be used."""
    items = list(photos or ())
    if any(item.uploaded_by_id != actor.pk for item in items):
        raise Forbidden("只能使用本人上传的文件。")
    rows = [HazardEvidence(hazard=hazard, attachment=a, stage=stage, round=hazard.round) for a in items]
    HazardEvidence.objects.bulk_create(rows, ignore_conflicts=True)
    return [item.pk for item in items]


def set_deadline(hazard: Hazard, due: datetime) -> dict[str, Any]:
    """Set a deadline and let the ladder start anew for it; the first one stays as the original."""
    before = hazard.due_at
    hazard.due_at = due
    hazard.original_due_at = hazard.original_due_at or due
    hazard.deadline_no += 1
    hazard.next_step_at = clock.now()
    hazard.ladder_step = hazard.told_step = ""
    return {"due_before": before.isoformat() if before else None, "due": due.isoformat()}


def stop_ladder(hazard: Hazard) -> None:
    """Nothing is due from the enterprise any more."""
    hazard.next_step_at = None


def take_number(hazard: Hazard) -> str:
    """The next hazard number of the street: 区划代码-年-序号, never used twice."""
    return take_numbers(hazard.area_path, 1)[0]


def take_numbers(area_path: str, count: int) -> list[str]:
    """The next `count` hazard numbers of the street at or above `area_path`."""
    street = Area.objects.filter(path__in=paths_above(area_path), level=Area.Level.STREET).first()
    code = (street.code or street.path.rstrip(".")) if street else "0"
    year = clock.today().year
    last = numbering.take(f"hazard:{code}", year, count)
    return [f"{code}-{year}-{number:05d}" for number in range(last - count + 1, last + 1)]


def report(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """Number the report and fix who reported it, when and for which unit."""
    hazard.area_path = hazard.unit.area_path
    hazard.sector_id = hazard.sector_id or _profile(hazard, "sector_id")
    hazard.department_id = hazard.department_id or _profile(hazard, "department_id")
    hazard.responsible_person = hazard.responsible_person or _profile(hazard, "safety_officer") or ""
    hazard.responsible_phone = hazard.responsible_phone or _profile(hazard, "safety_phone") or ""
    hazard.reported_at = clock.now()
    hazard.reported_unit_id = actor.hat.unit_id
    hazard.number = take_number(hazard)
    hazard.refresh_search()
    return {"photos": attach(hazard, actor, values.get("photos") or (), Stage.BEFORE)}


def _profile(hazard: Hazard, name: str) -> Any:
    return getattr(getattr(hazard.unit, "enterprise", None), name, None)


def confirm(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """Level, ground, responsible person, supervising department and the first deadline."""
    hazard.level = values.get("level") or hazard.level
    for name in ("criterion", "department", "level_reason", "suggestion", "interim_measures"):
        if values.get(name):
            setattr(hazard, name, values[name])
    cite(hazard, values)
    hazard.responsible_person = values["responsible_person"]
    hazard.responsible_phone = values.get("responsible_phone") or hazard.responsible_phone
    hazard.confirmed_at = clock.now()
    due = end_of(values["due"]) if values.get("due") else default_deadline(hazard.level, hazard.area_path)
    return {**set_deadline(hazard, due), "level": hazard.level, "ground": hazard.ground, "note": hazard.suggestion}


def cite(hazard: Hazard, values: Values) -> None:
    """Every 重大 cites a criterion: the one chosen or had already, else the general clause a written reason stands on."""
    if hazard.level == Level.MAJOR:
        hazard.criterion = values.get("criterion") or hazard.criterion or criteria.general()


def default_deadline(level: str, area_path: str) -> datetime:
    """The deadline of a hazard confirmed now when none is given: for 重大 the day its treatment plan is owed."""
    key = "plan.file" if level == Level.MAJOR else f"hazard.{level}"
    return limit(key, area_path).after(clock.now())


def dismiss(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """Keep the ground and, for a duplicate, the link."""
    hazard.duplicate_of = values.get("duplicate_of") if values["ground"] == "duplicate" else None
    return {"ground": DISMISS_GROUNDS[values["ground"]], "note": values["reason"]}


def fix_on_spot(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """Confirm, rectify and close in one step."""
    now = clock.now()
    hazard.level = Level.GENERAL
    hazard.confirmed_at = hazard.submitted_at = hazard.reviewed_at = hazard.rectified_at = hazard.closed_at = now
    hazard.original_due_at = hazard.due_at = default_deadline(Level.GENERAL, hazard.area_path)
    hazard.spent = values.get("spent")
    used = attach(hazard, actor, values.get("photos") or (), Stage.AFTER)
    return {"photos": used, "note": values.get("measures") or "当场整改"}


def file_plan(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """A new version of the plan."""
    items = {name: values[name] for name in PLAN_ITEMS}
    extra = {name: values.get(name) or "" for name in ("materials", "schedule")}
    version = hazard.plans.count() + 1
    TreatmentPlan.objects.create(hazard=hazard, version=version, filed_by=actor, filed_at=clock.now(), **items, **extra)
    used = attach(hazard, actor, values.get("photos") or (), Stage.PLAN)
    return {"version": version, "photos": used, "note": f"第{version}版，计划投入{values['funds']}万元"}


def approve_plan(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """The plan's completion date becomes the deadline; of the first plan, the original one."""
    if not hazard.plans.filter(state=TreatmentPlan.State.APPROVED).exists():
        hazard.original_due_at = None
    plan = _decide_plan(hazard, actor, TreatmentPlan.State.APPROVED, values.get("opinion") or "")
    return {**set_deadline(hazard, end_of(plan.finish_on)), "version": plan.version, "note": plan.opinion}


def return_plan(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """The plan goes back with a reason."""
    plan = _decide_plan(hazard, actor, TreatmentPlan.State.RETURNED, values["reason"])
    return {"version": plan.version, "note": plan.opinion}


def _decide_plan(hazard: Hazard, actor: Any, state: str, opinion: str) -> TreatmentPlan:
    plan = hazard.plans.get(state=TreatmentPlan.State.FILED)
    plan.state, plan.opinion, plan.decided_by, plan.decided_at = state, opinion, actor, clock.now()
    plan.save(update_fields=["state", "opinion", "decided_by", "decided_at"])
    return plan


def report_progress(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """Keep the words, the percentage and the photos."""
    used = attach(hazard, actor, values.get("photos") or (), Stage.PROGRESS)
    return {"note": values["text"], "percent": values.get("percent"), "photos": used}


def request_extension(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """Store the request with the window and the day it must be decided by as they stand now."""
    opens, closes = extension_window(hazard)
    decide_by = extension_limit("decide", hazard).after(clock.now())
    row = Extension.objects.create(
        hazard=hazard,
        round=hazard.round,
        due_before=hazard.due_at or clock.now(),
        requested_due=end_of(values["due"]),
        reason=values["reason"],
        protection=values["protection"],
        opens_at=opens,
        closes_at=closes,
        decide_by=decide_by,
        climb_at=decide_by,
        requested_by=actor,
        requested_at=clock.now(),
    )
    return {"requested_due": row.requested_due.isoformat(), "note": row.reason, "protection": row.protection}


def grant_extension(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """A later deadline; the original date and what was overdue before stay on record."""
    row = hazard.extensions.get(state=Extension.State.PENDING)
    row.granted_due = end_of(values["due"]) if values.get("due") else row.requested_due
    _decide_extension(row, actor, Extension.State.GRANTED, values.get("reason") or "")
    hazard.extensions_granted += 1
    return {**set_deadline(hazard, row.granted_due), "note": row.opinion or "同意延期"}


def refuse_extension(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """The deadline stays."""
    row = hazard.extensions.get(state=Extension.State.PENDING)
    _decide_extension(row, actor, Extension.State.REFUSED, values["reason"])
    return {"note": row.opinion}


def _decide_extension(row: Extension, actor: Any, state: str, opinion: str) -> None:
    row.state, row.opinion, row.decided_by, row.decided_at = state, opinion, actor, clock.now()
    row.save(update_fields=["state", "opinion", "decided_by", "decided_at", "granted_due"])


def submit_rectification(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """The enterprise says it is done; a pending extension request falls away."""
    for row in hazard.extensions.filter(state=Extension.State.PENDING):
        _decide_extension(row, None, Extension.State.REFUSED, "企业已报告整改完成，延期申请终止。")
    hazard.submitted_at, hazard.submitted_by, hazard.spent = clock.now(), actor, values["spent"]
    stop_ladder(hazard)
    used = attach(hazard, actor, values.get("photos") or (), Stage.AFTER)
    return {"note": values["measures"], "spent": str(values["spent"]), "photos": used}


def pass_review(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """Rectified when reported, closed now for 一般; 重点 and 重大 wait for the head."""
    hazard.reviewed_at, hazard.rectified_at = clock.now(), hazard.submitted_at
    if hazard.level == Level.GENERAL:
        hazard.closed_at = clock.now()
    used = attach(hazard, actor, values.get("photos") or (), Stage.REVIEW)
    second = values.get("second_reviewer")
    return {
        "note": values.get("opinion") or "复查合格",
        "photos": used,
        "paper_reason": values.get("paper_reason") or "",
        "reviewers": [actor.pk] + ([second.pk] if second else []),
        "reviewer_names": [actor.name] + ([second.name] if second else []),
    }


def fail_review(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """A new round with a new deadline."""
    used = attach(hazard, actor, values.get("photos") or (), Stage.REVIEW)
    hazard.round += 1
    hazard.submitted_at = None
    return {**set_deadline(hazard, end_of(values["due"])), "note": values["reason"], "photos": used}


def note_reason(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """Only the reason is kept."""
    return {"note": values["reason"]}


def sign_off(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """Closed; the listing, if any, ends in the same step."""
    hazard.closed_at = clock.now()
    hazard.listed_as = ""
    return {"note": values.get("opinion") or "资料齐全，同意销号"}


def correct_deadline(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """A corrected date with its reason; history keeps the former one."""
    return {**set_deadline(hazard, end_of(values["due"])), "note": values["reason"]}


def reopen(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """Back to rectification; what was closed before stays in the events and counts in the score."""
    closed, hazard.closed_at = hazard.closed_at, None
    hazard.submitted_at = hazard.reviewed_at = hazard.rectified_at = None
    hazard.reopened += 1
    hazard.round += 1
    cite(hazard, values)
    data = {"ground": REOPEN_GROUNDS[values["ground"]], "closed_before": closed.isoformat() if closed else None}
    return {**set_deadline(hazard, end_of(values["due"])), **data, "note": values["reason"]}


def transfer(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """Handed over; the street's clock stops."""
    hazard.transferred_to, hazard.transferred_at = values["transferred_to"], clock.now()
    stop_ladder(hazard)
    return {"note": values["reason"], "to": values["transferred_to"], "document": values["document"]}
