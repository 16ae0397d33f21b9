"""The event log in Chinese: who did what when, under which hat, and what changed from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from common import wording
from evidence.models import Attachment
from hazards.buttons import ICONS
from hazards.models import Hazard, HazardEvent
from hazards.models.hazard import Level
from hazards.transitions.rules import RULES

_TONES = {"primary": "blue", "success": "green", "danger": "red", "secondary": "grey"}


def _moment(value: Any) -> str:
    return wording.cn_datetime(datetime.fromisoformat(value))


def _names(value: Any) -> str:
    return "、".join(value)


_FACTS: dict[str, tuple[str, Any]] = {
    "level": ("等级", lambda value: Level(value).label),
    "ground": ("依据", str),
    "version": ("方案版次", lambda value: f"第{value}版"),
    "percent": ("完成比例", lambda value: f"{value}%"),
    "requested_due": ("申请延至", _moment),
    "protection": ("防控措施", str),
    "spent": ("整改投入", lambda value: f"{value}万元"),
    "reviewer_names": ("复查人", _names),
    "paper_reason": ("书面复查理由", str),
    "to": ("移送机关", str),
    "document": ("移送文书", str),
    "closed_before": ("原销号时间", _moment),
}


def timeline(hazard: Hazard, photos: Mapping[int, Attachment]) -> list[dict[str, Any]]:
    """The events, newest first, as `parts/timeline.html` reads them; `photos` are the hazard's attachments by id."""
    return [_entry(event, photos) for event in sorted(hazard.events.all(), key=lambda event: -event.seq)]


def _entry(event: HazardEvent, photos: Mapping[int, Attachment]) -> dict[str, Any]:
    rule = RULES.get(event.action)
    shown = [photos[pk] for pk in event.data.get("photos") or () if pk in photos]
    return {
        "at": event.at,
        "title": event.label,
        "actor": event.actor_name,
        "unit": event.actor_hat,
        "text": "\n".join([event.note] * bool(event.note) + facts(event.data)),
        "changes": changes(event.data),
        "icon": ICONS.get(event.action, "dot"),
        "tone": _TONES.get(rule.tone, "blue") if rule else "grey",
        "photos": [{"url": photo.url, "thumbnail_url": photo.thumbnail_url} for photo in shown if photo.is_image],
        "files": [{"url": photo.url, "name": photo.name} for photo in shown if not photo.is_image],
    }


def facts(data: Mapping[str, Any]) -> list[str]:
    """What the event keeps besides its note, one line each; what changed is told by `changes`."""
    return [f"{label}：{say(data[key])}" for key, (label, say) in _FACTS.items() if data.get(key) not in (None, "", [])]


def changes(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """Values before and after: the deadline, the campaign, the criterion, the level."""
    found = []
    if data.get("due"):
        before = _moment(data["due_before"]) if data.get("due_before") else ""
        found.append({"label": "整改期限", "before": before, "after": _moment(data["due"])})
    if "campaign_before" in data:
        found.append({"label": "专项整治", "before": data["campaign_before"], "after": data["campaign"] or "不归入"})
    if data.get("criterion"):
        found.append({"label": "判定依据", "before": data["criterion_before"], "after": data["criterion"]})
    if data.get("before") in Level.values and data.get("after") in Level.values:
        found.append({"label": "等级", "before": Level(data["before"]).label, "after": Level(data["after"]).label})
    return found


def steps(hazard: Hazard) -> list[dict[str, Any]]:
    """The closed loop as `parts/stepper.html` reads it: done, current, to come, or stopped where it left the loop."""
    track = _track(hazard)
    at = _reached(hazard, [name for name, _ in track])
    stopped = {"dismissed": "不予立案", "transferred": "已移送"}.get(hazard.state)
    shown = []
    for place, (name, moment) in enumerate(track):
        state = "done" if place < at else "current" if place == at else "todo"
        if stopped and place == at:
            state = "stopped"
        note = stopped if state == "stopped" else f"第{hazard.round}轮" if name == "整改" and hazard.round > 1 else ""
        shown.append({"label": name, "state": state, "at": moment if state == "done" else None, "note": note})
    return shown


def _track(hazard: Hazard) -> list[tuple[str, datetime | None]]:
    approved = [plan.decided_at for plan in hazard.plans.all() if plan.state == "approved"]
    plan = (
        [("治理方案", approved[-1] if approved else None)]
        if hazard.level == Level.MAJOR or hazard.state == "planning"
        else []
    )
    return [
        ("上报", hazard.reported_at),
        ("核实", hazard.confirmed_at),
        *plan,
        ("整改", hazard.submitted_at),
        ("复查", hazard.reviewed_at),
        ("销号", hazard.closed_at),
    ]


_STEP_OF = {
    "draft": "上报",
    "reported": "核实",
    "planning": "治理方案",
    "rectifying": "整改",
    "submitted": "复查",
    "reviewed": "销号",
    "dismissed": "核实",
}


def _reached(hazard: Hazard, names: Iterable[str]) -> int:
    """The place of the step the hazard stands at; past the end when it is closed."""
    order = list(names)
    if hazard.state == "closed":
        return len(order)
    if hazard.state == "transferred":
        return order.index("整改") if hazard.confirmed_at else order.index("核实")
    return order.index(_STEP_OF[hazard.state])
