"""判定标准库: standards with versions and their items; every 重大 cites an item."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse

from common import search


class CriterionStandard(models.Model):
    """A 重大事故隐患判定标准 in one edition of our wording; a newer version is loaded beside it."""

    code = models.CharField("代码", max_length=20)
    version = models.PositiveSmallIntegerField("版本", default=1)
    title = models.CharField("名称", max_length=120)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issuer = models.CharField("发布机关", max_length=80, blank=True)
    effective_date = models.CharField("施行日期", max_length=12, blank=True)
    status = models.CharField("状态", max_length=10)
    replaced_by = models.CharField("被替代为", max_length=20, blank=True)
    sector = models.CharField("行业领域", max_length=40)
    clause_count = models.PositiveSmallIntegerField("条款数", null=True)
    confidence = models.CharField("核对可信度", max_length=8)

    class Meta:
        verbose_name = verbose_name_plural = "判定标准"
        ordering = ("sector", "code", "-version")
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="standard_version_once")]

    def __str__(self) -> str:
        return f"{self.title}（{self.document_number}）" if self.document_number else self.title

    @property
    def is_in_force(self) -> bool:
        """Whether new judgements may cite it."""
        return self.status == "现行"


class CriterionQuerySet(models.QuerySet["CriterionItem"]):
    """Reads over the criteria library."""

    def in_force(self) -> CriterionQuerySet:
        """Items of standards that are 现行, each standard in its newest loaded version."""
        newer = CriterionStandard.objects.filter(
            code=OuterRef("standard__code"), version__gt=OuterRef("standard__version")
        )
        return self.filter(~Exists(newer), standard__status="现行")

    def matching(self, query: str) -> CriterionQuerySet:
        """Title, description, keyword or clause contains `query`."""
        return search.containing(self, query)  # type: ignore[return-value]


class CriterionItem(models.Model):
    """One clause of a standard."""

    standard = models.ForeignKey(CriterionStandard, models.PROTECT, related_name="items", verbose_name="标准")
    clause = models.CharField("条款", max_length=40)
    sector = models.CharField("行业领域", max_length=40)
    sub_sector = models.CharField("细分领域", max_length=40, blank=True)
    title = models.CharField("情形", max_length=200)
    description = models.TextField("说明", blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    level = models.CharField("等级", max_length=10, default="重大")
    confidence = models.CharField("核对可信度", max_length=8)
    checked_by = models.CharField("核对人", max_length=30, blank=True)
    search_text = models.TextField(editable=False, default="")
    search_grams = ArrayField(models.CharField(max_length=2), editable=False, default=list)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "判定条款"
        ordering = ("standard", "pk")
        indexes = [GinIndex(fields=["search_grams"], name="criterion_grams")]
        constraints = [
            models.UniqueConstraint(fields=["standard", "clause", "title"], name="criterion_clause_once"),
        ]

    def __str__(self) -> str:
        return f"{self.standard.title}{self.clause}：{self.title}"

    def get_absolute_url(self) -> str:
        """The clause in the library."""
        return reverse("criteria-detail", args=[self.pk])

    def refresh_search(self) -> None:
        """Recompute the search columns."""
        words = (self.title, self.description, self.keywords, self.clause, self.sector, self.sub_sector)
        self.search_text = " ".join(filter(None, map(search.normalise, words)))
        self.search_grams = search.grams(*words)
