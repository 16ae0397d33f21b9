"""What a reviewer should look at twice: photos before and after, and photos that were seen elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.models import Attachment
from evidence.queries import similar_to
from hazards.models import Hazard, HazardEvidence

JUDGING = frozenset({"pass_review", "fail_review", "opinion"})  # forms whose page shows the photos to judge by
MOST = 12  # photos compared per page, the newest ones: each costs three queries
Stage = HazardEvidence.Stage


@dataclass(frozen=True)
class Lead:
    """A photo that looks like another one: `said` in Chinese, `hazard` where the reader may see it. Never a verdict."""

    photo: Attachment
    said: str
    hazard: Hazard | None


def photos(hazard: Hazard, stage: str) -> list[Attachment]:
    """The pictures of one stage, oldest first; reads the prefetched evidence."""
    return [row.attachment for row in hazard.evidence.all() if row.stage == stage and row.attachment.is_image]


def pair(hazard: Hazard) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The first picture before and the newest after rectification, as `parts/compare.html` reads them."""
    before, after = photos(hazard, Stage.BEFORE), photos(hazard, Stage.AFTER)
    return (_side(before[0]), _side(after[-1])) if before and after else None


def _side(photo: Attachment) -> dict[str, Any]:
    """With the camera's time, else the time of upload."""
    return {"url": photo.url, "caption": photo.caption, "taken_at": photo.taken_at or photo.uploaded_at}


def leads(hazard: Hazard, user: Any) -> list[Lead]:
    """Photos of this hazard that also stand in another hazard, or whose after looks like its before."""
    rows = [row for row in hazard.evidence.all() if row.attachment.is_image][-MOST:]
    stages = {row.attachment_id: row.stage for row in hazard.evidence.all()}
    found: list[Lead] = []
    for row in rows:
        alike = {other.attachment.pk: other.is_same_file for other in similar_to(row.attachment)}
        if row.stage == Stage.AFTER and any(stages.get(pk) == Stage.BEFORE for pk in alike):
            found.append(Lead(row.attachment, "整改后照片与整改前照片高度相似，请核对是否确已整改。", None))
        found += _elsewhere(hazard, user, row.attachment, alike)
    return found


def _elsewhere(hazard: Hazard, user: Any, photo: Attachment, alike: dict[int, bool]) -> list[Lead]:
    """The first other hazard that shows this very photo or one like it; its number only within the reader's scope."""
    same = {**alike, photo.pk: True}
    used = HazardEvidence.objects.filter(attachment__in=same).exclude(hazard=hazard).select_related("hazard")
    first = used.order_by("pk").first()
    if first is None:
        return []
    said = "同一照片曾用于其他隐患" if same[first.attachment_id] else "与其他隐患的照片高度相似"
    visible = Hazard.objects.for_user(user).filter(pk=first.hazard_id).exists()
    return [Lead(photo, f"{said}，请核对。", first.hazard if visible else None)]
