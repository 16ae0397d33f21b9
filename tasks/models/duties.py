"""履职事项: who owes what how often, and which posts leaders hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from units.models.areas import paths_above
from units.roles import Right, scope_of
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User


class Post(models.TextChoices):
    """What a 街道领导 is, as quotas are given out (禄街发〔2024〕18号 三（一）2)."""

    PARTY_HEAD = "party_head", "党工委主要负责人"
    PARTY_MEMBER = "party_member", "党工委班子其他成员"
    OFFICE_HEAD = "office_head", "办事处主要负责人"
    OFFICE_MEMBER = "office_member", "办事处班子其他成员"


class LeaderPostQuerySet(models.QuerySet["LeaderPost"]):
    """Reads over posts."""

    def for_user(self, user: User) -> LeaderPostQuerySet:
        """Those of the person's own street."""
        return self.filter(reach(user, Right.READ_DUTY, area="unit__area_path", named=Q(person_id=user.pk)))

    def in_force(self, day: date | None = None) -> LeaderPostQuerySet:
        """Held on `day` (default today)."""
        day = day or clock.today()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class LeaderPost(models.Model):
    """履职岗位: the post a leader holds, from one day to another (inclusive); a person may hold two."""

    person = models.ForeignKey("units.User", models.CASCADE, related_name="leader_posts", verbose_name="人员")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    post = models.CharField("岗位", max_length=14, choices=Post)
    starts_on = models.DateField("起", default=clock.today)
    ends_on = models.DateField("止", null=True, blank=True)

    objects = LeaderPostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "履职岗位"
        ordering = ("post", "pk")
        constraints = [
            models.UniqueConstraint(fields=["person", "post", "starts_on"], name="leader_post_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="leader_post_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}·{self.get_post_display()}"


class Audience(models.TextChoices):
    """To whom a duty applies."""

    LEADER = "leader", "街道领导"
    NAMED = "named", "指定人员"
    OFFICE = "office", "街道（安委办承办）"
    DEPARTMENT = "department", "部门"
    VILLAGE = "village", "村（社区）"
    ENTERPRISE = "enterprise", "企业（场所）"


PEOPLE = (Audience.LEADER, Audience.NAMED)


class PeriodKind(models.TextChoices):
    """The span a quota is counted over."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    HALF = "half", "每半年"
    YEAR = "year", "每年"


class DutyQuerySet(models.QuerySet["Duty"]):
    """Reads over duties."""

    def for_user(self, user: User, right: str = Right.READ_DUTY) -> DutyQuerySet:
        """Those that hold in the person's area: of the areas above, below and at it, and the general ones."""
        hat = getattr(user, "hat", None)
        if hat is None or scope_of(hat.role, right) is None:
            return self.none()
        path = hat.unit.area_path
        return self.filter(Q(area_path__in=["", *paths_above(path)]) | Q(area_path__startswith=path))


class Duty(models.Model):
    """One edition of one duty: who, what, how many per period, and which records count.

    `code` stays through the editions; of those in force the deepest area wins, then the newest. `times` records of the
    `kinds` of `tasks.counting` are owed per period, at least `distinct` different `distinct_by` among them. `due_month` and
    `due_day` move the end of a yearly duty forward. `units`, `people`, `sectors` narrow the audience where they name any.
    """

    class Bearer(models.TextChoices):
        SUBJECT = "subject", "本人（本单位）"
        OFFICE = "office", "安委办"

    class Risk(models.TextChoices):
        ANY = "", "不限"
        HIGH = "high", "高危行业领域"
        ORDINARY = "ordinary", "非高危行业领域"

    class DistinctBy(models.TextChoices):
        NONE = "", "不要求"
        SECTOR = "sector", "行业领域"
        UNIT = "unit", "单位"

    code = models.CharField("代码", max_length=40)
    area_path = models.CharField("适用区域", max_length=60, db_collation="C", blank=True, default="")
    effective_from = models.DateField("施行日期")
    is_active = models.BooleanField("执行", default=True)
    name = models.CharField("履职事项", max_length=60)
    basis = models.CharField("依据", max_length=300)
    audience = ArrayField(models.CharField(max_length=12, choices=Audience), verbose_name="适用对象")
    posts = ArrayField(models.CharField(max_length=14, choices=Post), default=list, blank=True, verbose_name="岗位")
    committee_only = models.BooleanField("仅安委会成员单位", default=False)
    risk = models.CharField("企业范围", max_length=10, choices=Risk, blank=True, default=Risk.ANY)
    sectors = models.ManyToManyField("units.Sector", blank=True, related_name="+", verbose_name="行业领域")
    units = models.ManyToManyField("units.Unit", blank=True, related_name="+", verbose_name="指定单位")
    people = models.ManyToManyField("units.User", blank=True, related_name="+", verbose_name="指定人员")
    bearer = models.CharField("由谁落实", max_length=8, choices=Bearer, default=Bearer.SUBJECT)
    kinds = ArrayField(models.CharField(max_length=40), verbose_name="计入的记录")
    high_risk_places = models.BooleanField("只计高危单位的记录", default=False)
    times = models.PositiveSmallIntegerField("次数")
    period = models.CharField("周期", max_length=8, choices=PeriodKind)
    due_month = models.PositiveSmallIntegerField("截止月", null=True, blank=True)
    due_day = models.PositiveSmallIntegerField("截止日", null=True, blank=True)
    distinct_by = models.CharField("须各不相同的", max_length=8, choices=DistinctBy, blank=True, default="")
    distinct = models.PositiveSmallIntegerField("不同的个数", default=0)
    proposal = models.OneToOneField(
        "units.PolicyProposal", models.PROTECT, null=True, related_name="+", verbose_name="调整建议"
    )
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)

    began_on: date | None = None  # the first edition's day, where `editions` read it

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "履职事项"
        ordering = ("code", "area_path", "-effective_from")
        constraints = [
            models.UniqueConstraint(fields=["code", "area_path", "effective_from"], name="duty_once_a_day"),
            models.CheckConstraint(condition=Q(times__gte=1), name="duty_asks_for_something"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The rule's page."""
        return reverse("duty-rule", args=[self.pk])

    @property
    def is_personal(self) -> bool:
        """Whether it is owed by people rather than by units."""
        return bool(set(self.audience) & set(PEOPLE))

    @property
    def quota(self) -> str:
        """每季度不少于3次（不少于3个行业领域）."""
        words = f"{self.get_period_display()}不少于{self.times}次"
        if self.distinct:
            words += f"（不少于{self.distinct}个不同{self.get_distinct_by_display()}）"
        if self.due_month:
            words += f"，{self.due_month}月{self.due_day}日前"
        return words
