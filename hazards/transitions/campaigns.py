"""归入专项: a hazard carries the 专项整治 it was found in; the ladder then goes by the campaign's policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from common import clock
from common.errors import Refused
from common.lifecycle import require
from hazards.models import CampaignMark, Hazard
from hazards.models.hazard import TIMED_STATES
from units.models import Unit

Values = Mapping[str, Any]


def begin(owner: Unit, title: str) -> CampaignMark:
    """The mark of a campaign that begins; called by whoever writes the campaign, in its transaction."""
    return CampaignMark.objects.create(owner=owner, area_path=owner.area_path, title=title)


def end(pk: int) -> None:
    """Nothing more is marked with it; what is marked stays."""
    CampaignMark.objects.filter(pk=pk).update(is_running=False)


def fits(hazard: Hazard) -> None:
    """`Refused` where the hazard names a campaign that has ended or does not reach it."""
    mark = hazard.campaign
    if mark is None:
        return
    if not mark.is_running:
        raise Refused.at("campaign", f"专项整治“{mark.title}”已结束。")
    if not mark.reaches(hazard.area_path):
        raise Refused.at("campaign", f"专项整治“{mark.title}”的范围不包括该隐患所在区域。")


def check(hazard: Hazard, actor: Any, values: Values) -> None:
    """Another campaign than now, which runs and reaches the hazard; taking a mark off or changing it gives its reason."""
    mark = values.get("campaign")
    if mark is None and hazard.campaign_id is None:
        raise Refused.at("campaign", "请选择专项整治。")
    if mark is not None and mark.pk == hazard.campaign_id:
        raise Refused.at("campaign", "该隐患已归入此专项整治。")
    if hazard.campaign_id is not None:
        require(values, reason="变更理由")
    fits(Hazard(campaign=mark, area_path=hazard.area_path))


def change(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """The mark; the ladder looks again, because its policy may be another now."""
    before = hazard.campaign.title if hazard.campaign else ""
    hazard.campaign = values.get("campaign")
    if hazard.state in TIMED_STATES:
        hazard.next_step_at = clock.now()
    after = hazard.campaign.title if hazard.campaign else ""
    return {"campaign_before": before, "campaign": after, "note": values.get("reason") or ""}
