"""What every form of an action on a hazard has in common."""

from __future__ import annotations

from typing import Any

from common import clock, wording
from common.forms import ActionForm
from common.limits import limit
from evidence.forms import PhotosFormMixin
from hazards.forms.fields import CriterionField
from hazards.models import Hazard
from hazards.models.hazard import Level
from units.roles import Role

OFFICE = frozenset({Role.OFFICER, Role.HEAD})


def sees_confidence(actor: Any) -> bool:
    """Whether the person is shown how sure we are of the library's wording: the office only."""
    return actor.role in OFFICE


class HazardForm(ActionForm):
    """The form of one action on the hazard `record`, filled in by `actor`."""

    def __init__(self, *args: Any, record: Hazard, actor: Any, **kwargs: Any) -> None:
        self.record, self.actor = record, actor
        super().__init__(*args, record=record, **kwargs)
        for field in self.fields.values():
            if isinstance(field, CriterionField):
                field.offer(record.description, sees_confidence(actor), record.sector)
        self.prepare()

    def prepare(self) -> None:
        """Fit labels, choices and defaults to the record and the person."""

    def stamp(self) -> str:
        """What is written into the display copy of an uploaded photo: time, place, person, number."""
        lines = (
            f"{wording.cn_datetime(clock.now())} {self.actor.name}",
            self.record.unit.name,
            self.record.number or "",
        )
        return "\n".join(line for line in lines if line)


class PhotoHazardForm(HazardForm, PhotosFormMixin):
    """An action that may carry photos."""

    field_order: tuple[str, ...] = ("version", "once", "photos", "kept")
    photos_label = "照片"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].label = self.photos_label
        self.offer_kept(())


def deadline_help(area_path: str) -> str:
    """The default deadline of each level, counted from now, for the hint at the field."""
    now = clock.now()
    parts = []
    for level in (Level.GENERAL, Level.KEY):
        rule = limit(f"hazard.{level}", area_path)
        parts.append(f"{level.label}{rule}（至{wording.cn_datetime(rule.after(now))}）")
    ceiling = limit(f"hazard.{Level.MAJOR}", area_path).after(now)
    plan = limit("plan.file", area_path)
    parts.append(
        f"重大须在{plan}内（至{wording.cn_date(plan.after(now))}）报送方案，整改期限以批准的方案为准，最迟{wording.cn_date(ceiling)}"
    )
    return "不填则按等级默认：" + "；".join(parts) + "。"
