"""Units of all kinds: one table, because every kind receives letters, notices, tasks and scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock, search
from common.errors import Refused
from units.models.areas import paths_above
from units.roles import Right, scope_of
from units.scope import reach

if TYPE_CHECKING:
    from units.models.people import User


class UnitQuerySet(models.QuerySet["Unit"]):
    """Reads over units."""

    def for_user(self, user: User, right: str = Right.READ_UNIT) -> UnitQuerySet:
        """Units the user's hat reaches with `right`.

        Readers also see their own unit and the offices and departments of their area and above, who direct them.
        """
        reached = reach(user, right, unit="pk", department="enterprise__department_id", sector="enterprise__sector_id")
        hat = getattr(user, "hat", None)
        if right != Right.READ_UNIT or not hat or not scope_of(hat.role, right):
            return self.filter(reached)
        directing = Q(kind__in=(Unit.Kind.OFFICE, Unit.Kind.DEPARTMENT), area_path__in=paths_above(hat.unit.area_path))
        return self.filter(reached | directing | Q(pk=hat.unit_id))

    def nameable_by(self, user: User) -> UnitQuerySet:
        """Units the user may be offered by name: the read scope; for whoever keeps all accounts, every unit."""
        hat = getattr(user, "hat", None)
        return self.all() if hat and scope_of(hat.role, Right.MANAGE_ACCOUNTS) else self.for_user(user)

    def active(self) -> UnitQuerySet:
        """Units that may be chosen for something new: not deactivated, not merged away."""
        return self.filter(is_active=True).exclude(standing=Unit.Standing.MERGED)

    def provisional(self) -> UnitQuerySet:
        """Units a ledger import or a report named before the office knew them."""
        return self.filter(standing=Unit.Standing.PROVISIONAL)

    def enterprises(self) -> UnitQuerySet:
        """Enterprises and places (企业、场所)."""
        return self.filter(kind=Unit.Kind.ENTERPRISE)

    def matching(self, query: str) -> UnitQuerySet:
        """Name, short name, alias, credit code or pinyin initials contain `query`."""
        return search.containing(self, query)  # type: ignore[return-value]

    def office_of(self, area_path: str) -> Unit:
        """The safety office responsible for `area_path`: the deepest office at or above it; `Refused` where there is none."""
        above = self.active().filter(kind=Unit.Kind.OFFICE, area_path__in=paths_above(area_path))
        found = above.select_related("office").order_by("-area_path").first()
        if found is None:
            raise Refused("该区域没有负责的安委办。")
        return found


class Unit(models.Model):
    """An office, department, village, enterprise or expert body; `area_path` copies its area for scope reads."""

    class Kind(models.TextChoices):
        OFFICE = "office", "安委办"
        DEPARTMENT = "department", "部门"
        VILLAGE = "village", "村（社区）"
        ENTERPRISE = "enterprise", "企业（场所）"
        EXPERT = "expert", "专家机构"

    class Standing(models.TextChoices):
        CONFIRMED = "confirmed", "已确认"
        PROVISIONAL = "provisional", "待确认"
        MERGED = "merged", "已合并"

    kind = models.CharField("类型", max_length=12, choices=Kind)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    aliases = models.CharField("别名", max_length=300, blank=True, help_text="以分号分隔")
    area = models.ForeignKey("units.Area", models.PROTECT, verbose_name="所在区域")
    area_path = models.CharField("区域路径", max_length=60, db_collation="C", editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name="上级单位")
    is_committee_member = models.BooleanField("安委会成员单位", default=False)
    sectors = models.ManyToManyField("units.Sector", blank=True, verbose_name="主管行业领域")
    duties = models.TextField("安全生产职责", blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    contact = models.CharField("联系人", max_length=30, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    standing = models.CharField("建档状态", max_length=12, choices=Standing, default=Standing.CONFIRMED)
    is_active = models.BooleanField("启用", default=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    remark = models.CharField("备注", max_length=300, blank=True)
    search_text = models.TextField(editable=False, default="")
    search_grams = ArrayField(models.CharField(max_length=2), editable=False, default=list)
    created_at = models.DateTimeField("建档时间", default=clock.now, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ("kind", "name")
        indexes = [
            models.Index(fields=["area_path", "kind"], name="unit_area_kind"),
            models.Index(fields=["name"], name="unit_name"),
            GinIndex(fields=["search_grams"], name="unit_grams"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the copied area path and the search columns true."""
        self.area_path = self.area.path
        self.refresh_search()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """一企一档 of an enterprise, the plain page of any other unit."""
        return reverse("enterprise-detail" if self.kind == self.Kind.ENTERPRISE else "unit-detail", args=[self.pk])

    def refresh_search(self, credit_code: str = "") -> None:
        """Recompute the search columns (name, short name, aliases, pinyin initials, credit code)."""
        code = credit_code or (self.enterprise.uscc if self.pk and hasattr(self, "enterprise") else "")
        words = (self.name, self.short_name, self.aliases, search.initials(self.name), code or "")
        self.search_text = " ".join(filter(None, map(search.normalise, words)))
        self.search_grams = search.grams(*words)


class OfficeProfile(models.Model):
    """What a safety office signs as and may issue; settings that gate documents."""

    class Signatory(models.TextChoices):
        STREET = "street", "街道办事处"
        COMMITTEE = "committee", "街道安委会"
        OFFICE = "office", "街道安委办"

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="office", verbose_name="安委办")
    street_name = models.CharField("街道（镇）名称", max_length=60)
    signatory = models.CharField("督办文书署名", max_length=12, choices=Signatory, default=Signatory.OFFICE)
    signatory_name = models.CharField("署名全称", max_length=80)
    red_head = models.CharField("发文机关标志", max_length=80)
    notice_prefix = models.CharField("通报发文字号机关代字", max_length=30)
    letter_prefix = models.CharField("函件发文字号机关代字", max_length=30)
    listing_prefix = models.CharField("挂牌督办文号机关代字", max_length=30)
    has_penalty_power = models.BooleanField("承接行政处罚权（受委托执法）", default=False)
    urge_waits_for_signature = models.BooleanField("督促函须经负责人签发", default=False)
    duty_phone = models.CharField("联系电话", max_length=30, blank=True)
    report_phone = models.CharField("举报电话", max_length=30, default="12350")

    class Meta:
        verbose_name = verbose_name_plural = "安委办设置"

    def __str__(self) -> str:
        return self.signatory_name
