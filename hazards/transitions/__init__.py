"""The app's verbs: every write to a hazard that has a rule. Views, API and jobs call `perform` and nothing else."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from common import clock
from common.errors import Forbidden, NotInScope, Refused
from common.events import writer
from common.lifecycle import Lifecycle
from hazards import discretion
from hazards.models import Hazard, HazardEvent, HazardEvidence
from hazards.models.hazard import TIMED_STATES, Channel, State
from hazards.transitions import access, campaigns, effects, guards, telling
from hazards.transitions.rules import RULES
from units.models import Unit
from units.roles import FIRM, Right, Role

write_event = writer(HazardEvent, RULES)


def _tell(hazard: Hazard, actor: Any, action: str) -> None:
    telling.tell(hazard, actor, hazard.events.latest("seq"))


LIFECYCLE = Lifecycle(
    model=Hazard,
    rules=RULES,
    may=access.may,
    write_event=write_event,
    related=("unit",),
    on_change=(_tell,),
    log=discretion.log,
)
perform = LIFECYCLE.perform
allowed_actions = LIFECYCLE.allowed
check = LIFECYCLE.check


def report(actor: Any, *, photos: Any = (), submit: bool = True, once: Any = None, **fields: Any) -> Hazard:
    """A new hazard by `actor`: a draft, reported at once when `submit`.

    `once` is the form's own identifier: the same form sent twice gives the same hazard. An enterprise reports
    only for itself; others for units in their scope. Raises `Forbidden`, `NotInScope` or `Refused`.
    """
    sent = Hazard.objects.filter(once=once, reported_by=actor) if once else Hazard.objects.none()
    new = Hazard(once=once, reported_by=actor, state=State.DRAFT)
    try:
        return sent.first() or _keep_draft(new, actor, photos, submit, fields)
    except IntegrityError:
        first = sent.first()
        if first is None:
            raise
        return first


def revise_draft(actor: Any, pk: int, *, photos: Any = (), submit: bool = True, **fields: Any) -> Hazard:
    """Change one's own draft `pk`, whose photos become exactly `photos`, and report it when `submit`.

    Raises `NotInScope` for whatever is not one's own draft (any more), else what `report` raises.
    """
    with transaction.atomic():
        drafts = Hazard.objects.select_for_update(no_key=True, of=("self",))
        hazard = drafts.filter(pk=pk, reported_by=actor, state=State.DRAFT).first()
        if hazard is None:
            raise NotInScope
        hazard.evidence.exclude(attachment__in=photos).delete()
        return _keep_draft(hazard, actor, photos, submit, fields)


def _keep_draft(hazard: Hazard, actor: Any, photos: Any, submit: bool, fields: dict[str, Any]) -> Hazard:
    for name, value in fields.items():
        setattr(hazard, name, value)
    with transaction.atomic():
        _check_reach(actor, hazard.unit)
        guards.level_ground(hazard.level, {"level_reason": hazard.level_reason}, hazard)
        hazard.area_path = hazard.unit.area_path
        campaigns.fits(hazard)
        hazard.found_by = hazard.found_by or actor.name
        hazard.channel = hazard.channel or default_channel(actor)
        hazard.refresh_search()
        hazard.save()
        if submit:
            reported: Hazard = perform("submit_report", hazard.pk, actor, photos=photos)
            return reported
        effects.attach(hazard, actor, photos, HazardEvidence.Stage.BEFORE)
        return hazard


def default_channel(actor: Any) -> str:
    """How a report of this person comes to be known."""
    by_role = {**dict.fromkeys(FIRM, Channel.SELF_CHECK), Role.EXPERT: Channel.EXPERT}
    return by_role.get(actor.role, Channel.INSPECTION)


def _check_reach(actor: Any, unit: Unit) -> None:
    if actor.hat is None:
        raise Forbidden
    if actor.role in FIRM and unit.pk != actor.hat.unit_id:
        raise NotInScope
    if unit.kind not in (Unit.Kind.ENTERPRISE, Unit.Kind.VILLAGE):
        raise Refused("责任单位应为企业（场所）或村（社区）。", {"unit": "责任单位应为企业（场所）或村（社区）。"})
    if not Unit.objects.for_user(actor, Right.REPORT_HAZARD).active().filter(pk=unit.pk).exists():
        raise NotInScope("责任单位不在您的管辖范围内，或已停用。")


def discard_draft(actor: Any, pk: int) -> None:
    """Delete one's own draft; anything reported stays for ever."""
    gone, _ = Hazard.objects.filter(pk=pk, reported_by=actor, state=State.DRAFT).delete()
    if not gone:
        raise NotInScope


def urge(actor: Any, hazards: Any) -> int:
    """催办: remind the responsible units of hazards being rectified, once per hazard and day; returns how many hazards.

    It stands in the hazard's events; who has the page open is told that somebody acted meanwhile.
    """
    return sum(_urge(actor, pk) for pk in hazards.order_by("pk").values_list("pk", flat=True))


def _urge(actor: Any, pk: int) -> bool:
    day = clock.today()
    key = f"urge:{pk}:{day}"
    with transaction.atomic():
        hazard = Hazard.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=pk)
        if hazard.state not in TIMED_STATES or hazard.events.filter(key=key).exists():
            return False
        hazard.version += 1
        state = hazard.state
        write_event(hazard, "urge", actor, at=clock.now(), source=state, target=state, data={}, label="催办", key=key)
        hazard.save(update_fields=["version"])
        telling.urge(hazard, actor, day)
    return True
