"""The 约谈通知: drafted from the record, open to change until the decision signs it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from common import clock, wording
from common.events import new_event
from common.limits import limit
from hazards.models import Hazard
from hazards.models.hazard import TIMED_STATES
from supervision import drafts, frozen, letter_texts
from supervision.models import Letter, LetterEvent, Measure
from supervision.models.letters import LetterState
from supervision.paper_text import Text
from supervision.transitions.offices import letter_numbers
from units.models import Unit

KIND = "summons"


def text(measure: Measure) -> Text:
    """Title, the ground, and as the last paragraph what is asked; time and place stand in 【】 until they are set."""
    hazard = measure.hazard
    ground = _matter(hazard) if hazard else f"{measure.reason.rstrip('。')}。"
    asked = (
        "请主要负责人于【约谈时间】参加约谈，地点：【约谈地点】，不得委托他人，并准备情况、原因、教训和措施的书面材料；"
        "约谈后按期书面报告整改落实情况。"
    )
    usual = Text(f"关于约谈{measure.unit.name}主要负责人的通知", f"{ground}\n{asked}")
    return drafts.text_of(KIND, measure) or usual


def draft(measure: Measure, meet_at: datetime | None = None, place: str = "") -> Letter:
    """The letter as it would be signed now, not stored; what is not known yet stays in 【】."""
    known = {"约谈时间": wording.cn_datetime(meet_at), "约谈地点": place or "另行通知"} if meet_at else {}
    filled = text(measure).filled(known)
    *grounds, asked = [line.strip() for line in filled.body.splitlines() if line.strip()]
    hazard = measure.hazard
    return Letter(
        office=Unit.objects.office_of(measure.area_path),
        kind=Letter.Kind.TALK,
        title=" ".join(filled.title.split()),
        area_path=measure.area_path,
        to_unit=measure.unit,
        hazard=hazard,
        source=Letter.objects.about(hazard).exclude(state=LetterState.VOID).last() if hazard else None,
        matter="\n".join(grounds),
        demand=asked,
        why=measure.reason[:300],
        due_at=limit("talk.result", measure.area_path).after(meet_at) if meet_at else None,
    )


def sign(measure: Measure, actor: Any, meet_at: datetime, place: str) -> Letter:
    """Numbered and sent by who decided; the written result is owed 5 working days after the talk."""
    letter, now = draft(measure, meet_at, place), clock.now()
    letter.state, letter.number = LetterState.SENT, letter_numbers(letter.office, Letter.Kind.TALK, 1)[0]
    letter.drafted_by = letter.signed_by = actor
    letter.drafted_unit_id, letter.drafted_at, letter.signed_at = actor.hat.unit_id, now, now
    letter.frozen = frozen.facts_of(letter)
    letter.save()
    new_event(
        LetterEvent, letter, "send", "签发", actor=actor, at=now, target=LetterState.SENT,
        data={"note": f"文号{letter.number}"},
    ).save()  # fmt: skip
    return letter


def _matter(hazard: Hazard) -> str:
    """What is wrong; that it is late only while the unit still has to act."""
    if hazard.state in TIMED_STATES:
        return letter_texts.matter(hazard, clock.now())
    return f"你单位存在{hazard.get_level_display()}隐患（编号{hazard.number}）：{hazard.description.rstrip('。')}。"
