"""督办阶梯: the policy as data, and what fired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from common import clock
from hazards.models.hazard import Level
from units.models.areas import paths_above
from units.roles import Right, scope_of

if TYPE_CHECKING:
    from units.models import User


HAZARD = "hazard"
ASSIGNMENT = "assignment"
UNIT = "unit"


class LadderPolicyQuerySet(models.QuerySet["LadderPolicy"]):
    """Reads over policies."""

    def for_user(self, user: User, right: str = Right.READ_LETTER) -> LadderPolicyQuerySet:
        """Policies that hold in the user's area: those of the areas above and below it, and the general ones."""
        hat = getattr(user, "hat", None)
        if hat is None or scope_of(hat.role, right) is None:
            return self.none()
        path = hat.unit.area_path
        return self.filter(Q(area_path__in=["", *paths_above(path)]) | Q(area_path__startswith=path))


class LadderPolicy(models.Model):
    """Which steps a record climbs from a day on, by kind of record, level, area, sector and campaign.

    The deepest area wins, in it the campaign, then the sector, then the newest in force. A change is a new edition with
    a later `effective_from`, proposed by one person and approved by another; old editions are the history. A deadline
    keeps the edition that was in force on the day it was set. `campaign` is the title of the 专项整治 a hazard is marked with.
    """

    name = models.CharField("名称", max_length=60)
    subject = models.CharField("适用事项", max_length=12, default=HAZARD)
    level = models.CharField("适用等级", max_length=8, choices=Level, blank=True)
    area_path = models.CharField("适用区域", max_length=60, db_collation="C", blank=True, default="")
    sector = models.ForeignKey(
        "units.Sector", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="行业领域"
    )
    campaign = models.CharField("专项", max_length=100, blank=True, default="")
    effective_from = models.DateField("施行日期")
    basis = models.CharField("依据", max_length=300, blank=True)
    proposal = models.OneToOneField(
        "units.PolicyProposal", models.PROTECT, null=True, related_name="+", verbose_name="调整建议"
    )
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)

    objects = LadderPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督办阶梯"
        ordering = ("level", "-effective_from", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "level", "area_path", "sector", "campaign", "effective_from"],
                name="ladder_policy_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.name


class LadderStep(models.Model):
    """One rung: `offset` days from the deadline (negative before it), in natural or working days.

    It tells its `audience` and brings its `document` about. Where a person decides, a letter waits for signature; what
    is only ever a proposal always does. `decider` says who; empty leaves it to either.
    """

    class Code(models.TextChoices):
        """The rungs from the lowest to the highest; nothing ever fires below what has fired."""

        REMIND_FIRST = "remind_1", "到期提醒（首次）"
        REMIND_SECOND = "remind_2", "到期提醒（二次）"
        REMIND_LAST = "remind_3", "到期提醒（末次）"
        OVERDUE = "overdue", "逾期提示"
        URGE = "urge", "督促"
        NOTICE = "notice", "列入通报"
        TALK = "talk", "约谈建议"
        LIST = "list", "挂牌（挂账）建议"
        PUBLISH = "publish", "曝光、移送、问责建议"

    class Unit(models.TextChoices):
        NATURAL = "natural", "自然日"
        WORKING = "working", "工作日"

    class Document(models.TextChoices):
        """What the step drafts."""

        NONE = "", "只发消息"
        REMINDER = "reminder", "提示函"
        URGE = "urge", "督促函"
        NOTICE = "notice", "列入通报"
        TALK = "talk", "约谈建议"
        LIST = "list", "挂牌（挂账）建议"
        PUBLISH = "publish", "曝光、移送、问责建议"

    class Audience(models.TextChoices):
        """Who is told."""

        FIRM = "firm", "责任单位"
        DEPARTMENT = "department", "监管部门"
        VILLAGE = "village", "村（社区）网格"
        OFFICE = "office", "安委办人员"
        HEAD = "head", "安委办负责人"
        LEADER = "leader", "街道领导"

    class Decider(models.TextChoices):
        """Whose decision the step waits for."""

        EITHER = "", "负责人或街道领导"
        HEAD = "head", "安委办负责人"
        LEADER = "leader", "街道领导"

    policy = models.ForeignKey(LadderPolicy, models.CASCADE, related_name="steps")
    code = models.CharField("步骤", max_length=12, choices=Code)
    offset = models.SmallIntegerField("期限前后天数")
    unit = models.CharField("计日", max_length=8, choices=Unit, default=Unit.NATURAL)
    document = models.CharField("文书", max_length=10, choices=Document, blank=True, default="")
    audience = ArrayField(models.CharField(max_length=12, choices=Audience), verbose_name="告知对象", default=list)
    person_decides = models.BooleanField("须由人决定", default=False)
    decider = models.CharField("由谁决定", max_length=8, choices=Decider, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "阶梯步骤"
        ordering = ("policy", "offset", "pk")
        constraints = [models.UniqueConstraint(fields=["policy", "code"], name="ladder_step_once")]

    def __str__(self) -> str:
        return f"T{self.offset:+d} {self.get_code_display()}"


class Firing(models.Model):
    """A step that fired for one deadline of one record: exactly once, whatever crashes or repeats; append-only.

    `merged_into` names the higher step that took it along when several had passed (after downtime). A concrete one adds
    the foreign key to its record, the `policy` it fired by and the unique key (record, round, deadline, step).
    """

    round = models.PositiveSmallIntegerField("整改轮次")
    deadline_no = models.PositiveSmallIntegerField("期限序次")
    code = models.CharField("步骤", max_length=12, choices=LadderStep.Code)
    document = models.CharField("文书", max_length=10, choices=LadderStep.Document, blank=True, default="")
    due_at = models.DateTimeField("所依据的期限")
    planned_at = models.DateTimeField("应触发时间")
    fired_at = models.DateTimeField("触发时间")
    merged_into = models.CharField("并入步骤", max_length=12, blank=True, choices=LadderStep.Code)
    reason = models.CharField("触发说明", max_length=300)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_code_display()}（{self.reason}）"


class LadderFiring(Firing):
    """A step that fired for a hazard."""

    hazard = models.ForeignKey("hazards.Hazard", models.CASCADE, related_name="firings")
    policy = models.ForeignKey(LadderPolicy, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "阶梯记录"
        ordering = ("hazard", "planned_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["hazard", "round", "deadline_no", "code"], name="ladder_fires_once")
        ]
        indexes = [
            models.Index(fields=["code", "fired_at"], name="ladder_code_fired", condition=Q(merged_into="")),
            models.Index(fields=["document", "fired_at"], name="ladder_document_fired", condition=Q(document="notice")),
        ]


class AssignmentFiring(Firing):
    """A step that fired for an assignment of a task."""

    assignment = models.ForeignKey("tasks.Assignment", models.CASCADE, related_name="firings")
    policy = models.ForeignKey(LadderPolicy, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "任务阶梯记录"
        ordering = ("assignment", "planned_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "round", "deadline_no", "code"], name="task_ladder_fires_once"
            )
        ]
        indexes = [
            models.Index(fields=["document", "fired_at"], name="task_ladder_fired", condition=Q(document="notice"))
        ]
