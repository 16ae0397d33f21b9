"""What happened to a letter, a listing, a batch or a measure: append-only, one table each, one shape."""

from __future__ import annotations

from django.db import models

from common.events import RecordEvent


class LetterEvent(RecordEvent):
    """One thing that happened to a letter."""

    letter = models.ForeignKey("supervision.Letter", models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "函件事件"


class ListingEvent(RecordEvent):
    """One thing that happened to a listing."""

    listing = models.ForeignKey("supervision.Listing", models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "挂牌事件"


class ListingBatchEvent(RecordEvent):
    """One thing that happened to a batch of listings."""

    listingbatch = models.ForeignKey("supervision.ListingBatch", models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "批次事件"


class MeasureEvent(RecordEvent):
    """One thing that happened to a measure."""

    measure = models.ForeignKey("supervision.Measure", models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "措施事件"
