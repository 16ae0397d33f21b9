"""People, the roles they hold in units, and the hat they wear."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from common import clock
from units.roles import FIRM, SEPARATED, Right, Role, scope_of


class UserQuerySet(models.QuerySet["User"]):
    """Reads over accounts."""

    def kept_by(self, keeper: User) -> UserQuerySet:
        """The accounts `keeper` may manage: all for 系统管理员, for 企业负责人 those with a role in the own enterprise only.

        A person who also serves elsewhere is kept by 系统管理员 alone.
        """
        hat = getattr(keeper, "hat", None)
        if hat and scope_of(hat.role, Right.MANAGE_ACCOUNTS):
            return self
        if not hat or not scope_of(hat.role, Right.MANAGE_OWN_STAFF):
            return self.none()
        elsewhere = Membership.objects.in_force().exclude(unit_id=hat.unit_id)
        own = Membership.objects.filter(unit_id=hat.unit_id, role__in=FIRM)
        return self.filter(pk__in=own.values("user_id")).exclude(pk__in=elsewhere.values("user_id"))

    def matching(self, text: str) -> UserQuerySet:
        """User name, name or phone contains `text`."""
        return self.filter(Q(username__icontains=text) | Q(name__icontains=text) | Q(phone__contains=text))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Creates users; the username is the natural key."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A new user with a hashed password."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. Rights come only from memberships; there is no superuser."""

    username = models.CharField("用户名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=30)
    phone = models.CharField("手机", max_length=30, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", default=clock.now)
    large_type = models.BooleanField("大字版", default=False)
    created_at = models.DateTimeField("创建时间", default=clock.now, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = verbose_name_plural = "用户"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name or self.username

    def memberships_on(self, day: date) -> list[Membership]:
        """Memberships in force on `day`, oldest first."""
        held = self.memberships.in_force(day).select_related("unit__area")
        return list(held.defer("unit__search_text", "unit__search_grams").order_by("pk"))

    @property
    def hat(self) -> Membership | None:
        """The membership the person acts under; the first in force until another is chosen (`wear`)."""
        if not hasattr(self, "_hat"):
            self._hat: Membership | None = self.held[0] if self.held else None
        return self._hat

    @cached_property
    def held(self) -> list[Membership]:
        """Today's memberships, oldest first, read once for this request or job."""
        return self.memberships_on(clock.today())

    def wear(self, membership: Membership | None) -> None:
        """Act under `membership` from now on (for this request or job)."""
        self._hat = membership

    @property
    def role(self) -> str:
        """The role of the hat, or an empty string."""
        return self.hat.role if self.hat else ""

    @property
    def area_path(self) -> str:
        """The path of the area the hat's unit lies in, or an empty string."""
        return self.hat.unit.area_path if self.hat else ""


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads over memberships."""

    def in_force(self, day: date | None = None) -> MembershipQuerySet:
        """Memberships that hold on `day` (default today)."""
        day = day or clock.today()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def of_unit(self, unit_id: int, *roles: str) -> MembershipQuerySet:
        """Active people of a unit, optionally only with the given roles."""
        held = self.in_force().filter(unit_id=unit_id, user__is_active=True)
        return held.filter(role__in=roles) if roles else held


class Membership(models.Model):
    """A person's role in a unit from one day to another (inclusive)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="用户")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="memberships", verbose_name="单位")
    role = models.CharField("角色", max_length=12, choices=Role)
    title = models.CharField("职务", max_length=40, blank=True)
    starts_on = models.DateField("起", default=clock.today)
    ends_on = models.DateField("止", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("pk",)
        indexes = [models.Index(fields=["unit", "role"], name="membership_unit_role")]
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "role", "starts_on"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name}·{Role(self.role).label}"

    def clean(self) -> None:
        """系统管理员、安全管理员、审计员 are three different people (三员分立)."""
        if self.role in SEPARATED:
            others = self.user.memberships.in_force(self.starts_on).exclude(pk=self.pk).filter(role__in=SEPARATED)
            if others.exclude(role=self.role).exists():
                raise ValidationError("系统管理员、安全管理员、审计员须由不同人员担任。")


class PasswordRecord(models.Model):
    """A former password hash, so that the last five are not used again (domain-rules §10)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "历史密码"
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at}"


class SavedView(models.Model):
    """A filter of a ledger a person keeps under a name; the query string is the whole filter."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    ledger = models.CharField("台账", max_length=40)
    name = models.CharField("名称", max_length=40)
    query = models.CharField("筛选条件", max_length=1000)

    class Meta:
        verbose_name = verbose_name_plural = "常用筛选"
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["user", "ledger", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name
