"""The enterprise profile of a unit (一企一档)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from stdnum.cn import uscc as uscc_rules

from common import clock


def validate_uscc(value: str) -> None:
    """Refuse a 统一社会信用代码 whose form or check digit is wrong (GB 32100-2015)."""
    if not uscc_rules.is_valid(value):
        raise ValidationError("统一社会信用代码校验不通过，请核对18位代码。", code="uscc")


class Enterprise(models.Model):
    """Profile of a `Unit` of kind 企业（场所）. Coordinates are WGS-84 degrees."""

    class Risk(models.TextChoices):
        RED = "red", "红（重大风险）"
        ORANGE = "orange", "橙（较大风险）"
        YELLOW = "yellow", "黄（一般风险）"
        BLUE = "blue", "蓝（低风险）"

    class State(models.TextChoices):
        OPERATING = "operating", "在营"
        SUSPENDED = "suspended", "停产停业"
        CLOSED = "closed", "关闭"
        CANCELLED = "cancelled", "注销"

    class Grade(models.TextChoices):
        NONE = "", "未达标"
        FIRST = "1", "一级"
        SECOND = "2", "二级"
        THIRD = "3", "三级"
        SMALL = "small", "小微达标"

    unit = models.OneToOneField("units.Unit", models.CASCADE, related_name="enterprise", verbose_name="单位")
    uscc = models.CharField(
        "统一社会信用代码", max_length=18, null=True, blank=True, unique=True, validators=[validate_uscc]
    )
    operator = models.CharField("经营者", max_length=30, blank=True, help_text="无照小场所填写经营者与地址")
    sector = models.ForeignKey("units.Sector", models.PROTECT, null=True, blank=True, verbose_name="行业领域")
    place_kind = models.CharField("场所类型", max_length=30, blank=True)
    department = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="supervised", verbose_name="主管部门"
    )
    grid_worker = models.ForeignKey(
        "units.User", models.SET_NULL, null=True, blank=True, related_name="grid_enterprises", verbose_name="网格员"
    )
    legal_person = models.CharField("法定代表人", max_length=30, blank=True)
    principal = models.CharField("主要负责人", max_length=30, blank=True)
    principal_phone = models.CharField("主要负责人电话", max_length=30, blank=True)
    controller = models.CharField("实际控制人", max_length=30, blank=True)
    controller_phone = models.CharField("实际控制人电话", max_length=30, blank=True)
    safety_officer = models.CharField("安全负责人", max_length=30, blank=True)
    safety_phone = models.CharField("安全负责人电话", max_length=30, blank=True)
    employees = models.PositiveIntegerField("从业人数", null=True, blank=True)
    is_above_scale = models.BooleanField("规模以上", default=False)
    is_high_risk = models.BooleanField("高危行业", default=False)
    has_dust = models.BooleanField("粉尘涉爆", default=False)
    has_confined_space = models.BooleanField("有限空间", default=False)
    has_ammonia = models.BooleanField("涉氨制冷", default=False)
    has_chemicals = models.BooleanField("危险化学品", default=False)
    has_special_equipment = models.BooleanField("特种设备", default=False)
    risk = models.CharField("风险等级", max_length=8, choices=Risk, default=Risk.BLUE)
    grade = models.CharField("标准化等级", max_length=8, choices=Grade, default=Grade.NONE, blank=True)
    grade_until = models.DateField("标准化有效期至", null=True, blank=True)
    state = models.CharField("经营状态", max_length=12, choices=State, default=State.OPERATING)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    updated_at = models.DateTimeField("更新时间", default=clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "企业档案"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(uscc__isnull=True) | ~models.Q(uscc=""), name="enterprise_code_null_not_blank"
            )
        ]

    def __str__(self) -> str:
        return self.unit.name

    def clean(self) -> None:
        """A place without a credit code must say where it is and who runs it."""
        self.uscc = (self.uscc or "").strip().upper() or None
        if not self.uscc and not (self.operator and self.unit.address):
            raise ValidationError({"uscc": "没有统一社会信用代码的小场所，须填写地址和经营者。"})
