"""第N批: listings announced together by one notice and followed in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from units.models import Unit
from units.roles import FIRM, Right

if TYPE_CHECKING:
    from units.models import User


class BatchState(models.TextChoices):
    """Lifecycle of a batch."""

    OPEN = "open", "编制中"
    ISSUED = "issued", "已印发"


class BatchQuerySet(models.QuerySet["ListingBatch"]):
    """Reads over batches."""

    def for_user(self, user: User, right: str = Right.READ_HAZARD) -> BatchQuerySet:
        """Batches that hold a listing in reach; for all but enterprises those of the offices they know, too."""
        from supervision.models.listings import Listing

        held = Q(pk__in=Listing.objects.for_user(user, right).exclude(batch=None).values("batch_id"))
        if getattr(user, "role", "") in FIRM:
            return self.filter(held)
        return self.filter(held | Q(office__in=Unit.objects.for_user(user)))


class ListingBatch(models.Model):
    """第N批: listings with one notice and a joint progress table. `number` counts the batches of the office's year,
    `document` is the 文号 of the one notice; issued, the batch takes no more listings and gives none away."""

    office = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("批次")
    state = models.CharField("状态", max_length=8, choices=BatchState, default=BatchState.OPEN)
    document = models.CharField("批次通知书文号", max_length=60, unique=True, null=True)
    issued_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="签发人")
    issued_at = models.DateTimeField("签发时间", null=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "挂牌批次"
        ordering = ("-year", "-number")
        constraints = [models.UniqueConstraint(fields=["office", "year", "number"], name="listing_batch_once")]

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}批"

    def get_absolute_url(self) -> str:
        """The batch's page."""
        return reverse("listing-batch", args=[self.pk])

    @property
    def area_path(self) -> str:
        """The office's area, as the read scope asks for it."""
        return self.office.area_path
