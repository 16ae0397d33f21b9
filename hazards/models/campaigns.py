"""What hazards know of a 专项整治: its name, whose it is, where it reaches, and whether it still runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from common import clock
from units.models.areas import paths_above
from units.roles import FIRM

if TYPE_CHECKING:
    from units.models import User


class CampaignMarkQuerySet(models.QuerySet["CampaignMark"]):
    """Reads over marks."""

    def for_user(self, user: User) -> CampaignMarkQuerySet:
        """Those that reach the user's area or lie within it; an enterprise chooses none, it may not know what is planned."""
        hat = getattr(user, "hat", None)
        if hat is None or hat.role in FIRM:
            return self.none()
        path = hat.unit.area_path
        return self.filter(Q(area_path__in=paths_above(path)) | Q(area_path__startswith=path))

    def reaching(self, area_path: str) -> CampaignMarkQuerySet:
        """Those a hazard at `area_path` may be marked with."""
        return self.filter(is_running=True, area_path__in=paths_above(area_path))


class CampaignMark(models.Model):
    """The name of a 专项整治 a hazard is marked with; its id is the campaign's.

    Inspections keep the campaign itself (objects, checklist, dates) and write this row with it; hazards and whoever
    stands above them beside inspections, the ladder first of all, know the campaign by this row.
    """

    title = models.CharField("名称", max_length=100)
    owner = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="牵头单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    is_running = models.BooleanField("进行中", default=True)
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)

    objects = CampaignMarkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专项标记"
        ordering = ("-is_running", "-pk")
        constraints = [models.UniqueConstraint(fields=["owner", "title"], name="campaignmark_title_once")]

    def __str__(self) -> str:
        return self.title

    def reaches(self, area_path: str) -> bool:
        """Whether a hazard at `area_path` may belong to it."""
        return area_path.startswith(self.area_path)
