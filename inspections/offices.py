"""What the office's enforcement papers are headed and numbered with, and where a remedy is sought."""

from __future__ import annotations

import re
from typing import Any

from common import clock, numbering
from inspections.models import InspectionPaper, InspectionSettings
from units.models import Area, OfficeProfile, Unit
from units.models.areas import paths_above

WORDS = {
    InspectionPaper.Kind.RECORD: "检记",
    InspectionPaper.Kind.ORDER: "责改",
    InspectionPaper.Kind.DECISION: "现决",
    InspectionPaper.Kind.REVIEW: "复查",
}


def settings_of(office: Unit) -> InspectionSettings:
    """The office's own settings; where it has none yet, what follows from its name and the county above it.

    行政复议法 (2023) Art.24: against a street or town the county government decides; "上级主管部门" is no choice any more.
    """
    kept = InspectionSettings.objects.filter(office=office).first()
    if kept is not None:
        return kept
    profile = OfficeProfile.objects.filter(unit=office).first()
    street = profile.street_name if profile else office.area.name
    county = Area.objects.filter(path__in=paths_above(office.area_path), level=Area.Level.COUNTY).first()
    above = county.name if county else "所属区（县）"
    prefix = profile.letter_prefix if profile else street
    return InspectionSettings(
        office=office,
        organ=f"{street}{'人民政府' if street.endswith(('镇', '乡')) else '办事处'}",
        number_prefix=f"{re.sub('安?办?函$', '', prefix)}应急",
        reconsideration_body=f"{above}人民政府",
        court=f"{above}人民法院",
    )


def holds_power(office: Unit) -> bool:
    """Whether the street holds delegated penalty power, which gates orders and decisions."""
    return OfficeProfile.objects.filter(unit=office, has_penalty_power=True).exists()


def take_number(office: Unit, kind: str) -> str | None:
    """The next number of the series (office, kind, year); None for what is not numbered. In the issuing transaction."""
    word = WORDS.get(InspectionPaper.Kind(kind))
    if word is None:
        return None
    year = clock.today().year
    count = numbering.take(f"inspection:{office.pk}:{kind}", year)
    return numbering.document_number(f"{settings_of(office).number_prefix}{word}", year, count)


def remedy(settings: InspectionSettings, what: str) -> str:
    """Where and until when the enterprise may ask for a review of this paper, which it must obey meanwhile."""
    return (
        f"如不服本{what}，可以自收到之日起六十日内向{settings.reconsideration_body}申请行政复议，或者自收到之日起六个月内依法向"
        f"{settings.court}提起行政诉讼，但本{what}不停止执行，法律另有规定的除外。"
    )


def heading(settings: InspectionSettings) -> dict[str, Any]:
    """What a paper keeps of the settings when it is issued."""
    return {"organ": settings.organ, "body": settings.reconsideration_body, "court": settings.court}
