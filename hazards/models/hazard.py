"""The hazard itself (隐患)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock, search
from units.roles import Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User


class Level(models.TextChoices):
    """隐患等级. A confirmed 重大 cites a criterion (安全生产法 Art.118)."""

    GENERAL = "general", "一般"
    KEY = "key", "重点"
    MAJOR = "major", "重大"


class Channel(models.TextChoices):
    """How the hazard came to be known."""

    SELF_CHECK = "self_check", "企业自查"
    INSPECTION = "inspection", "督导检查"
    CITIZEN = "citizen", "群众举报"
    ASSIGNED = "assigned", "上级交办"
    EXPERT = "expert", "专家检查"
    IMPORT = "import", "导入"


class State(models.TextChoices):
    """Lifecycle states; overdue is computed, never a state."""

    DRAFT = "draft", "草稿"
    REPORTED = "reported", "待核实"
    PLANNING = "planning", "待报方案"
    RECTIFYING = "rectifying", "整改中"
    SUBMITTED = "submitted", "待复查"
    REVIEWED = "reviewed", "待销号"
    CLOSED = "closed", "已销号"
    DISMISSED = "dismissed", "不予立案"
    TRANSFERRED = "transferred", "已移送"


class Category(models.TextChoices):
    """隐患类别, the words of the offices' own ledgers."""

    FIRE = "fire", "消防"
    ELECTRIC = "electric", "用电"
    GAS = "gas", "燃气"
    CHEMICAL = "chemical", "危化"
    CONFINED = "confined", "有限空间"
    DUST = "dust", "粉尘"
    EQUIPMENT = "equipment", "特种设备"
    CONSTRUCTION = "construction", "施工"
    MINE = "mine", "矿山"
    TRAFFIC = "traffic", "交通"
    PERSON = "person", "人员"
    MANAGEMENT = "management", "管理"
    OTHER = "other", "其他"


TIMED_STATES = (State.PLANNING, State.RECTIFYING)
OPEN_STATES = (State.REPORTED, State.PLANNING, State.RECTIFYING, State.SUBMITTED, State.REVIEWED)
TIMED = Q(state__in=TIMED_STATES)
OPEN = Q(state__in=OPEN_STATES)
BROUGHT_IN_CLOSED = Q(channel="import", state="closed")  # history: what its ledger did not say is not made up
# What decides who may read a hazard: an index that holds these answers a count for anybody by itself.
SCOPED = ("area_path", "state", "reported_by", "unit", "department", "sector")


class HazardQuerySet(models.QuerySet["Hazard"]):
    """Reads over hazards."""

    def for_user(self, user: User, right: str = Right.READ_HAZARD) -> HazardQuerySet:
        """Hazards in the user's read scope; a draft is seen by its author only."""
        named = Q(reported_by=user) if getattr(user, "pk", None) else None
        in_reach = reach(user, right, named=named)
        return self.filter(in_reach).exclude(Q(state=State.DRAFT) & ~Q(reported_by_id=getattr(user, "pk", None)))

    def open(self) -> HazardQuerySet:
        """Reported and not yet closed, dismissed or transferred."""
        return self.filter(OPEN)

    def overdue(self, at: datetime | None = None) -> HazardQuerySet:
        """Past the deadline while the enterprise still has to act."""
        return self.filter(TIMED, due_at__lt=at or clock.now())

    def counted(self) -> HazardQuerySet:
        """Verified hazards, the base of every statistic: confirmed, closed or transferred after confirmation."""
        return self.filter(confirmed_at__isnull=False)

    def matching(self, query: str) -> HazardQuerySet:
        """Number, description, place, unit name or pinyin initials of the unit contain `query`."""
        return search.containing(self, query)  # type: ignore[return-value]


class Hazard(models.Model):
    """One hidden danger. `version` rises with every event; `round` with every failed review or reopening.

    `deadline_no` rises whenever a deadline is set (confirmation, extension, failed review, correction,
    reopening), so that the escalation ladder starts anew. `next_step_at` is when the ladder must look again:
    transitions set it to "now", the ladder job sets it to the next step. `ladder_step` is the last that fired,
    `told_step` the last that was not a mere proposal. Money is in 万元.
    """

    number = models.CharField("隐患编号", max_length=40, unique=True, null=True, editable=False)
    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    level = models.CharField("等级", max_length=8, choices=Level, default=Level.GENERAL)
    channel = models.CharField("来源", max_length=12, choices=Channel)
    category = models.CharField("类别", max_length=14, choices=Category, default=Category.OTHER)
    description = models.TextField("隐患描述", max_length=1000)
    place = models.CharField("具体部位", max_length=200, blank=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="hazards", verbose_name="责任单位")
    area_path = models.CharField("区域路径", max_length=60, db_collation="C", editable=False)
    sector = models.ForeignKey("units.Sector", models.PROTECT, null=True, blank=True, verbose_name="行业领域")
    department = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="supervised_hazards", verbose_name="监管部门"
    )
    campaign = models.ForeignKey(
        "hazards.CampaignMark", models.PROTECT, null=True, blank=True, related_name="hazards", verbose_name="专项整治"
    )
    responsible_person = models.CharField("整改责任人", max_length=30, blank=True)
    responsible_phone = models.CharField("责任人电话", max_length=30, blank=True)
    criterion = models.ForeignKey(
        "hazards.CriterionItem", models.PROTECT, null=True, blank=True, verbose_name="判定依据"
    )
    level_reason = models.CharField("定级理由", max_length=500, blank=True)
    suggestion = models.CharField("整改要求", max_length=500, blank=True)
    no_photo_reason = models.CharField("无照片原因", max_length=200, blank=True)
    interim_measures = models.CharField("临时管控措施", max_length=500, blank=True)
    is_stock = models.BooleanField("存量（2023年及以前）", default=False)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)

    found_on = models.DateField("发现日期", default=clock.today)
    found_by = models.CharField("发现人", max_length=60, blank=True)
    reported_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, related_name="reported_hazards", verbose_name="上报人"
    )
    reported_unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, related_name="+", verbose_name="上报单位"
    )
    reported_at = models.DateTimeField("上报时间", null=True, editable=False)
    confirmed_at = models.DateTimeField("核实时间", null=True, editable=False)
    due_at = models.DateTimeField("整改期限", null=True, editable=False)
    original_due_at = models.DateTimeField("原定期限", null=True, editable=False)
    submitted_at = models.DateTimeField("报告整改时间", null=True, editable=False)
    submitted_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", editable=False)
    reviewed_at = models.DateTimeField("复查通过时间", null=True, editable=False)
    closed_at = models.DateTimeField("销号时间", null=True, editable=False)
    rectified_at = models.DateTimeField(
        "整改完成时间", null=True, editable=False, help_text="最近一次报告整改且复查通过"
    )
    spent = models.DecimalField("实际投入（万元）", max_digits=12, decimal_places=2, null=True, blank=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name="重复隐患")
    transferred_to = models.CharField("移送机关", max_length=100, blank=True)
    transferred_at = models.DateTimeField("移送时间", null=True, editable=False)

    round = models.PositiveSmallIntegerField("整改轮次", default=1, editable=False)
    deadline_no = models.PositiveSmallIntegerField("期限序次", default=0, editable=False)
    extensions_granted = models.PositiveSmallIntegerField("已延期次数", default=0, editable=False)
    reopened = models.PositiveSmallIntegerField("重新立案次数", default=0, editable=False)
    listed_as = models.CharField(
        "督办", max_length=12, blank=True, editable=False, help_text="挂牌或挂账种类，空为未列入"
    )
    next_step_at = models.DateTimeField("阶梯下次检查", null=True, editable=False)
    ladder_step = models.CharField("阶梯步骤", max_length=20, blank=True, editable=False)
    told_step = models.CharField("已告知责任单位的步骤", max_length=20, blank=True, default="", editable=False)
    import_key = models.CharField("导入指纹", max_length=64, unique=True, null=True, editable=False)
    once = models.UUIDField("提交标识", unique=True, null=True, editable=False)
    search_text = models.TextField(editable=False, default="")
    search_grams = ArrayField(models.CharField(max_length=2), editable=False, default=list)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField("录入时间", default=clock.now, editable=False)
    updated_at = models.DateTimeField("更新时间", default=clock.now, editable=False)

    objects = HazardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "隐患"
        ordering = ("-reported_at", "-pk")
        indexes = [
            models.Index(fields=["-reported_at", "-id"], name="hazard_newest"),
            models.Index(
                fields=["area_path", "-reported_at"], name="hazard_area_newest", include=["state", "reported_by"]
            ),
            models.Index(fields=["unit", "-reported_at"], name="hazard_unit_newest"),
            models.Index(fields=["department", "-reported_at"], name="hazard_department_newest"),
            models.Index(fields=["state", "level", "-reported_at"], name="hazard_state_level"),
            models.Index(fields=["due_at"], name="hazard_timed_due", condition=TIMED),
            models.Index(fields=["due_at"], name="hazard_due"),
            models.Index(fields=["area_path", "state", "level"], name="hazard_open_area", condition=OPEN),
            models.Index(fields=["next_step_at"], name="hazard_next_step", condition=Q(next_step_at__isnull=False)),
            models.Index(
                fields=["confirmed_at"],
                name="hazard_confirmed",
                include=["closed_at", "transferred_at", *SCOPED],
                condition=Q(confirmed_at__isnull=False),
            ),
            models.Index(
                fields=["closed_at"],
                name="hazard_closed",
                include=["confirmed_at", "transferred_at", *SCOPED],
            ),
            models.Index(fields=["transferred_at"], name="hazard_moved", condition=Q(transferred_at__isnull=False)),
            GinIndex(fields=["search_grams"], name="hazard_grams"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["planning", "rectifying"]) | Q(due_at__isnull=False),
                name="hazard_timed_has_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="hazard_closed_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(level="major") | Q(criterion__isnull=False) | Q(confirmed_at=None) | BROUGHT_IN_CLOSED,
                name="hazard_major_cites",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or '草稿'} {self.description[:30]}"

    def get_absolute_url(self) -> str:
        """隐患详情; one's own draft opens in its form."""
        return reverse("hazard-draft" if self.state == State.DRAFT else "hazard-detail", args=[self.pk])

    @property
    def ground(self) -> str:
        """判定依据 as papers say it: the clause cited, and the reason written beside it."""
        return "；".join(filter(None, (str(self.criterion or ""), self.level_reason)))

    @property
    def is_open(self) -> bool:
        """Reported and not finished."""
        return self.state in OPEN_STATES

    @property
    def is_overdue(self) -> bool:
        """Past the deadline while the enterprise still has to act."""
        return self.state in TIMED_STATES and self.due_at is not None and self.due_at < clock.now()

    def refresh_search(self) -> None:
        """Recompute the search columns from number, description, place and unit."""
        words = (self.number or "", self.description, self.place, self.unit.name, search.initials(self.unit.name))
        self.search_text = " ".join(filter(None, map(search.normalise, words)))
        self.search_grams = search.grams(*words)
