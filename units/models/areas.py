"""Where (the area tree) and in which field (行业领域)."""

from __future__ import annotations

from typing import Any

from django.db import models

PATH_STEP = 4  # characters per level of an area path


class AreaQuerySet(models.QuerySet["Area"]):
    """Reads over the area tree."""

    def below(self, path: str) -> AreaQuerySet:
        """The area at `path` and everything below it: one indexed comparison."""
        return self.filter(path__startswith=path)


class Area(models.Model):
    """An administrative area. `path` is the parent's path plus `PATH_STEP` base-36 characters and a dot."""

    class Level(models.TextChoices):
        CITY = "city", "市（州）"
        COUNTY = "county", "县（市、区）"
        STREET = "street", "街道（镇）"
        VILLAGE = "village", "村（社区）"
        GRID = "grid", "网格"

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级区域"
    )
    name = models.CharField("名称", max_length=60)
    level = models.CharField("层级", max_length=10, choices=Level)
    code = models.CharField("区划代码", max_length=20, blank=True)
    path = models.CharField("路径", max_length=60, unique=True, db_collation="C", editable=False)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "区域"
        ordering = ("path",)
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="area_name_once_below_parent")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Place a new area below its parent."""
        if not self.path:
            self.path = self._next_path()
        super().save(*args, **kwargs)

    def _next_path(self) -> str:
        prefix = self.parent.path if self.parent else ""
        siblings = Area.objects.filter(parent=self.parent).order_by("-path").values_list("path", flat=True)
        last = siblings.first()
        number = int(last[len(prefix) : -1], 36) + 1 if last else 1
        return f"{prefix}{_base36(number):0>{PATH_STEP}}."

    @property
    def street_path(self) -> str:
        """Path of the street this area belongs to (its own when it is a street or above)."""
        return self.path if self.level in {"city", "county", "street"} else self.parent.street_path  # type: ignore[union-attr]


def paths_above(path: str) -> list[str]:
    """The paths of the area at `path` and of every area above it, from the top."""
    step = PATH_STEP + 1
    return [path[:end] for end in range(step, len(path) + 1, step)]


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"


class Sector(models.Model):
    """行业领域, two levels; departments supervise sectors, criteria and checklists belong to them."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级领域"
    )
    name = models.CharField("名称", max_length=40, unique=True)
    code = models.CharField("代码", max_length=20, unique=True)
    is_high_risk = models.BooleanField("高危行业领域", default=False)
    synonyms = models.CharField("别名", max_length=200, blank=True, help_text="以分号分隔，导入台账时使用")

    class Meta:
        verbose_name = verbose_name_plural = "行业领域"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name
