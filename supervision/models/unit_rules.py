"""Rules that push a unit by its monthly figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from units.models.areas import paths_above
from units.roles import Right, scope_of

if TYPE_CHECKING:
    from units.models import User


class UnitRuleQuerySet(models.QuerySet["UnitRule"]):
    """Reads over rules."""

    def for_user(self, user: User, right: str = Right.READ_LETTER) -> UnitRuleQuerySet:
        """Rules that hold in the user's area: those of the areas above and below it, and the general ones."""
        hat = getattr(user, "hat", None)
        if hat is None or scope_of(hat.role, right) is None:
            return self.none()
        path = hat.unit.area_path
        return self.filter(Q(area_path__in=["", *paths_above(path)]) | Q(area_path__startswith=path))


class UnitRule(models.Model):
    """An edition of one monthly rule: below which on-time rate, how many months running, last only, and what it drafts.

    The newest in force of the deepest area wins; an edition that is switched off ends the rule. `below` is a whole
    percentage; `least` leaves out units of which fewer hazards fell due.
    """

    class Code(models.TextChoices):
        """From the mildest to the hardest; of several that hold the hardest is carried out."""

        LOW = "low", "按期整改率偏低"
        POOR = "poor", "按期整改率低或连续偏低"
        LAST = "last", "按期整改率低且排名末位"
        FALSE = "false", "虚假整改查实"

    class Document(models.TextChoices):
        REMINDER = "reminder", "提示函"
        URGE = "urge", "督促函"
        PROPOSAL = "proposal", "通报、约谈建议"

    code = models.CharField("规则", max_length=8, choices=Code)
    area_path = models.CharField("适用区域", max_length=60, db_collation="C", blank=True, default="")
    effective_from = models.DateField("施行日期")
    is_on = models.BooleanField("启用", default=True)
    below = models.PositiveSmallIntegerField("按期整改率低于（%）", default=0)
    running_below = models.PositiveSmallIntegerField("或连续两月低于（%）", default=0)
    last_only = models.BooleanField("仅对末位", default=False)
    least = models.PositiveSmallIntegerField("当月到期隐患不少于（项）", default=1)
    document = models.CharField("文书", max_length=10, choices=Document)
    basis = models.CharField("依据", max_length=300, blank=True)
    proposal = models.OneToOneField("units.PolicyProposal", models.PROTECT, null=True, related_name="+")

    objects = UnitRuleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位触发规则"
        ordering = ("code", "-effective_from", "-pk")
        constraints = [models.UniqueConstraint(fields=["code", "area_path", "effective_from"], name="unit_rule_once")]

    def __str__(self) -> str:
        return self.get_code_display()
