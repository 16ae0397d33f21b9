"""What every app stands on: days, time limits, document numbers, signs of life, and long work with its result."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from common import clock


class CalendarDay(models.Model):
    """One day on which the office overrides the statutory calendar (国务院办公厅放假通知, or a local order)."""

    date = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("是否工作日")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "日历调整"
        verbose_name_plural = "日历调整"
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date} {'上班' if self.is_workday else '放假'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the day and let this process count with it at once; other processes follow within a minute."""
        from common import workdays

        super().save(*args, **kwargs)
        workdays.invalidate()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Return the day to the statutory calendar."""
        from common import workdays

        result = super().delete(*args, **kwargs)
        workdays.invalidate()
        return result


class LimitUnit(models.TextChoices):
    """How a time limit counts: clock hours, calendar days or working days (domain-rules §11)."""

    HOURS = "hours", "小时"
    NATURAL = "natural", "自然日"
    WORKING = "working", "工作日"
    TIMES = "times", "次"
    PERCENT = "percent", "%"


class TimeLimit(models.Model):
    """One edition of one day count. A change is a new row with a later `effective_from`; old rows are the history.

    `area_path` is the path of the area the row is for; "" is everywhere. Read through `common.limits.limit`.
    """

    key = models.CharField("事项", max_length=60)
    area_path = models.CharField("适用区域", max_length=255, blank=True, default="", db_collation="C")
    value = models.PositiveIntegerField("数值")
    unit = models.CharField("单位", max_length=10, choices=LimitUnit)
    basis = models.CharField("依据", max_length=300)
    effective_from = models.DateField("施行日期")
    note = models.CharField("说明", max_length=300, blank=True)
    set_by = models.CharField("设定人", max_length=100, blank=True)
    created_at = models.DateTimeField("设定时间", default=clock.now, editable=False)

    class Meta:
        verbose_name = "时限"
        verbose_name_plural = "时限"
        ordering = ["key", "area_path", "-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "area_path", "effective_from"], name="time_limit_one_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.value}{self.get_unit_display()}（{self.effective_from}起）"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the edition and let this process apply it at once; other processes follow within a minute."""
        from common import limits

        super().save(*args, **kwargs)
        limits.invalidate()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove an edition that never came into force."""
        from common import limits

        result = super().delete(*args, **kwargs)
        limits.invalidate()
        return result


class NumberSeries(models.Model):
    """The last number given in one series of one year. Written only by `common.numbering.take`."""

    series = models.CharField("序列", max_length=100)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("已用至")

    class Meta:
        verbose_name = "编号序列"
        verbose_name_plural = "编号序列"
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="number_series_once_a_year")]

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.last}"


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    """Signs of life."""

    def beat(self, name: str) -> None:
        """Note that `name` (a process or a job) is alive now."""
        sign = self.model(name=name, at=clock.now())
        self.bulk_create([sign], update_conflicts=True, unique_fields=["name"], update_fields=["at"])

    def age(self, name: str) -> float | None:
        """Seconds since `name` last gave a sign of life; None when it never did."""
        at = self.filter(name=name).values_list("at", flat=True).first()
        return None if at is None else (clock.now() - at).total_seconds()


class Heartbeat(models.Model):
    """When a process or job last gave a sign of life; read by `/readyz`."""

    name = models.CharField("名称", max_length=100, unique=True)
    at = models.DateTimeField("时间")

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = "心跳"
        verbose_name_plural = "心跳"

    def __str__(self) -> str:
        return f"{self.name} {self.at}"


class BackgroundWorkQuerySet(models.QuerySet["BackgroundWork"]):
    """Long work by owner and state."""

    def for_user(self, user: Any) -> BackgroundWorkQuerySet:
        """The user's own work only: a result may hold what others must not read."""
        return self.filter(owner_id=user.pk) if user.pk else self.none()

    def unfinished(self) -> BackgroundWorkQuerySet:
        """Queued or running."""
        return self.filter(state__in=[BackgroundWork.State.QUEUED, BackgroundWork.State.RUNNING])


class BackgroundWork(models.Model):
    """Work too long for a page (export, import, draft), with its progress and result, kept in 后台任务.

    The job that does it calls `start`, `advance` and `finish` or `fail`; each writes only its own columns,
    so a page that reads meanwhile sees a consistent row.
    """

    class State(models.TextChoices):
        """Where the work stands."""

        QUEUED = "QUEUED", "排队中"
        RUNNING = "RUNNING", "进行中"
        DONE = "DONE", "已完成"
        FAILED = "FAILED", "失败"

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="发起人", on_delete=models.CASCADE, related_name="background_works"
    )
    kind = models.CharField("类型", max_length=60)
    title = models.CharField("名称", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    params = models.JSONField("参数", default=dict, blank=True)
    result = models.JSONField("结果", default=dict, blank=True)
    file = models.FileField("结果文件", upload_to="work/%Y/%m", blank=True)
    error = models.TextField("失败原因", blank=True)
    created_at = models.DateTimeField("发起时间", default=clock.now, editable=False)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = BackgroundWorkQuerySet.as_manager()

    class Meta:
        verbose_name = "后台工作"
        verbose_name_plural = "后台工作"
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["owner", "-created_at"], name="work_of_owner")]

    def __str__(self) -> str:
        return f"{self.title}（{self.get_state_display()}）"

    @property
    def percent(self) -> int:
        """Progress, 0–100; 100 only when done."""
        if self.state == self.State.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0

    def start(self, total: int = 0) -> bool:
        """Take the work; False when another worker already has it or it is finished."""
        taken = BackgroundWork.objects.filter(pk=self.pk, state=self.State.QUEUED).update(
            state=self.State.RUNNING, total=total
        )
        if taken:
            self.state, self.total = self.State.RUNNING, total
        return bool(taken)

    def advance(self, done: int, total: int | None = None) -> None:
        """Record that `done` of `total` items are finished."""
        self.done = done
        self.total = self.total if total is None else total
        self.save(update_fields=["done", "total"])

    def finish(self, result: dict[str, Any] | None = None) -> None:
        """Close the work with its result; a file is set on `file` before."""
        self.state, self.result, self.finished_at = self.State.DONE, result or {}, clock.now()
        self.save(update_fields=["state", "result", "file", "finished_at"])

    def fail(self, error: str) -> None:
        """Close the work with a reason its owner can read (Chinese, no trace)."""
        self.state, self.error, self.finished_at = self.State.FAILED, error, clock.now()
        self.save(update_fields=["state", "error", "finished_at"])
