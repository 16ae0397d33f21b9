"""履职进度: how everybody stands with every duty, as last counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from tasks.models.duties import Duty
from units.roles import Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import Unit, User

REPORT_FILED = "filing.report"  # the kind of record that is the yearly report itself


class DutyStandingQuerySet(models.QuerySet["DutyStanding"]):
    """Reads over standings; which state one is in is a comparison with a day, never stored."""

    def for_user(self, user: User, right: str = Right.READ_DUTY) -> DutyStandingQuerySet:
        """The person's own, their unit's, and what their role reaches."""
        named = Q(person_id=user.pk) | Q(unit_id=user.hat.unit_id if user.hat else 0, person=None)
        return self.filter(reach(user, right, named=named))

    def current(self, day: date | None = None) -> DutyStandingQuerySet:
        """Of the periods that `day` lies in."""
        day = day or clock.today()
        return self.filter(first_on__lte=day, last_on__gte=day)

    def owed_in(self, unit: Unit, year: int) -> DutyStandingQuerySet:
        """Those of the unit and its people in periods of `year` that they carry out themselves.

        Without the duty to file the yearly report: the report is what accounts for them.
        """
        own = self.filter(unit=unit, first_on__year=year, duty__bearer=Duty.Bearer.SUBJECT)
        return own.exclude(duty__kinds__contains=[REPORT_FILED])

    def in_state(self, state: str, day: date | None = None) -> DutyStandingQuerySet:
        """Those in `state` on `day` (default today); the same comparisons as `DutyStanding.state_on`."""
        return self.filter(state_is(state, day or clock.today()))


def state_is(state: str, day: date) -> Q:
    """The comparison that is the state."""
    owing = Q(next_by__isnull=False)
    late = Q(met_on__isnull=False, met_on__gt=models.F("due_on"))
    return {
        StandingState.MET: ~owing & ~late,
        StandingState.LATE: ~owing & late,
        StandingState.MISSED: owing & Q(due_on__lt=day),
        StandingState.SHORT: owing & Q(due_on__gte=day, next_by__lt=day),
        StandingState.ON_COURSE: owing & Q(due_on__gte=day, next_by__gte=day),
    }[StandingState(state)]


class StandingState(models.TextChoices):
    """How somebody stands with a duty in a period."""

    MET = "met", "已完成"
    LATE = "late", "逾期完成"
    ON_COURSE = "on_course", "按进度"
    SHORT = "short", "预计不足"
    MISSED = "missed", "未完成"


class DutyStanding(models.Model):
    """How one person or unit stands with one duty in one period, as last counted (`counted_at`).

    Derived: `tasks.duties.standings.recount` writes it from the records that count, and nothing else does. `next_by` is the
    day by which the next record is due at an even pace; empty once the quota is met (on `met_on`).
    """

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="standings", verbose_name="履职事项")
    code = models.CharField(max_length=40, editable=False)
    subject = models.CharField(max_length=20, editable=False)
    person = models.ForeignKey("units.User", models.CASCADE, null=True, related_name="+", verbose_name="人员")
    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="duty_standings", verbose_name="单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    department = models.ForeignKey("units.Unit", models.SET_NULL, null=True, related_name="+", editable=False)
    sector = models.ForeignKey("units.Sector", models.SET_NULL, null=True, related_name="+", editable=False)
    first_on = models.DateField("期初")
    last_on = models.DateField("期末")
    due_on = models.DateField("截止")
    since = models.DateField("起算日")
    needed = models.PositiveSmallIntegerField("应完成")
    done = models.PositiveIntegerField("已完成")
    distinct_needed = models.PositiveSmallIntegerField("应涉及", default=0)
    distinct_done = models.PositiveSmallIntegerField("已涉及", default=0)
    next_by = models.DateField("下一次应在此日前", null=True)
    met_on = models.DateField("完成日", null=True)
    latest_on = models.DateField("最近一次", null=True)
    counted_at = models.DateTimeField("统计时间")

    objects = DutyStandingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "履职进度"
        ordering = ("code", "subject")
        constraints = [
            models.UniqueConstraint(fields=["code", "subject", "first_on"], name="duty_standing_once"),
        ]
        indexes = [
            models.Index(fields=["area_path", "last_on"], name="duty_standing_area"),
            models.Index(fields=["unit", "last_on"], name="duty_standing_unit"),
            models.Index(fields=["next_by"], name="duty_standing_next", condition=Q(next_by__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.duty}·{self.who}"

    def get_absolute_url(self) -> str:
        """The proof behind the numbers."""
        return reverse("duty-standing", args=[self.pk])

    @property
    def who(self) -> str:
        """The person's or the unit's name."""
        return str(self.person or self.unit)

    @property
    def state(self) -> StandingState:
        """How it stands today."""
        return self.state_on(clock.today())

    def state_on(self, day: date) -> StandingState:
        """How it stands on `day` with what is counted."""
        if self.next_by is None:
            return StandingState.LATE if self.met_on and self.met_on > self.due_on else StandingState.MET
        if self.due_on < day:
            return StandingState.MISSED
        return StandingState.SHORT if self.next_by < day else StandingState.ON_COURSE

    @property
    def missing(self) -> int:
        """How many records are still owed."""
        return max(self.needed - self.done, self.distinct_needed - self.distinct_done, 0)
