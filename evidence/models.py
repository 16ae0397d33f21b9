"""Files people hand in: the bytes once (`Blob`), and each handing-in with its person, name and place (`Attachment`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F
from django.urls import reverse

from common import clock


def _band(index: int) -> models.GeneratedField:
    """16 of the 64 bits of the perceptual hash, kept by the database as the column a search starts from."""
    return models.GeneratedField(
        expression=F("phash").bitrightshift(16 * index).bitand(0xFFFF),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )


class Blob(models.Model):
    """The unchanged bytes of one file, named by their SHA-256; the same file sent twice is stored once.

    For photos: size as seen (orientation applied), what EXIF says of time and place (WGS-84), perceptual hash.
    """

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField("字节数")
    mime = models.CharField("类型", max_length=100)
    width = models.PositiveIntegerField("宽", null=True)
    height = models.PositiveIntegerField("高", null=True)
    phash = models.BigIntegerField("感知哈希", null=True)
    band_0 = _band(0)
    band_1 = _band(1)
    band_2 = _band(2)
    band_3 = _band(3)
    taken_at = models.DateTimeField("拍摄时间", null=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    created_at = models.DateTimeField("首次收到", default=clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        indexes = [
            models.Index(fields=["phash"], name="blob_phash"),
            models.Index(fields=["band_0"], include=["phash"], name="blob_phash_band_0"),
            models.Index(fields=["band_1"], include=["phash"], name="blob_phash_band_1"),
            models.Index(fields=["band_2"], include=["phash"], name="blob_phash_band_2"),
            models.Index(fields=["band_3"], include=["phash"], name="blob_phash_band_3"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def is_image(self) -> bool:
        """Whether it has a display copy and a thumbnail."""
        return self.width is not None


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Reads over attachments."""

    def for_user(self, user: Any, among: Iterable[int]) -> AttachmentQuerySet:
        """Of the attachments `among` (ids), those the user may see: own uploads and what an app shows them."""
        from evidence import access

        return self.filter(pk__in=access.visible(user, set(among)))

    def with_blob(self) -> AttachmentQuerySet:
        """With the file's facts in the same query."""
        return self.select_related("blob")


class Attachment(models.Model):
    """One handing-in of a file: who, when, under what name, with what watermark on its display copy.

    Made only by `evidence.transitions.store`. Never changed afterwards; the apps that show it decide who sees it.
    """

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="attachments", verbose_name="文件")
    name = models.CharField("文件名", max_length=200)
    caption = models.CharField("说明", max_length=200, blank=True)
    watermark = models.CharField("水印", max_length=300, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="attachments",
        verbose_name="上传人",
    )
    uploaded_at = models.DateTimeField("上传时间", default=clock.now, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Whether it has a display copy and a thumbnail."""
        return self.blob.is_image

    @property
    def url(self) -> str:
        """What a click opens: the display copy of a photo, the file itself otherwise."""
        return self._address("display" if self.is_image else "original")

    @property
    def thumbnail_url(self) -> str:
        """The thumbnail of a photo; empty for other files."""
        return self._address("thumb") if self.is_image else ""

    @property
    def taken_at(self) -> datetime | None:
        """When the photo says it was taken (the camera's clock, EXIF)."""
        return self.blob.taken_at

    @property
    def original_url(self) -> str:
        """The file as a download."""
        return self._address("original")

    def _address(self, variant: str) -> str:
        return reverse("evidence-file", args=[self.pk, variant])
