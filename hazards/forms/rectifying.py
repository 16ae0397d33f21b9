"""Forms of the enterprise: plan, progress, extension, rectification."""

from __future__ import annotations

from django import forms

from common import wording
from hazards.forms.base import HazardForm, PhotoHazardForm
from hazards.models import TreatmentPlan
from hazards.transitions.guards import PLAN_ITEMS, extension_window

_LINES = forms.Textarea(attrs={"rows": 4})
_MONEY = forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01", "min": "0"})


class PlanForm(PhotoHazardForm):
    """报送治理方案: the six items that make 五到位."""

    photos_label = "方案附图（可选）"
    objectives = forms.CharField(
        label="目标和任务", max_length=2000, widget=_LINES, help_text="责任到位：要达到什么目标。"
    )
    measures = forms.CharField(label="方法和措施", max_length=2000, widget=_LINES, help_text="措施到位：怎样治理。")
    funds = forms.DecimalField(
        label="治理经费（万元）",
        max_digits=12,
        decimal_places=2,
        min_value=0,
        widget=_MONEY,
        help_text="资金到位：计划投入，没有填0。",
    )
    materials = forms.CharField(label="物资保障", max_length=300, required=False)
    organisation = forms.CharField(label="负责机构和人员", max_length=300, help_text="责任到位：谁负责。")
    finish_on = forms.DateField(
        label="计划完成日期", widget=forms.DateInput, help_text="时限到位：方案批准后作为整改期限。"
    )
    schedule = forms.CharField(label="时限和要求", max_length=2000, required=False, widget=_LINES)
    safeguards = forms.CharField(
        label="安全措施和应急预案", max_length=2000, widget=_LINES, help_text="预案到位：整改期间怎样保证安全。"
    )
    field_order = (*PLAN_ITEMS, "materials", "schedule", "photos", "kept")

    def prepare(self) -> None:
        """A returned plan is the start of the next version."""
        former: TreatmentPlan | None = self.record.plans.order_by("-version").first()
        if former:
            self.initial |= {name: getattr(former, name) for name in (*PLAN_ITEMS, "materials", "schedule")}


class ProgressForm(PhotoHazardForm):
    """报告进展."""

    photos_label = "现场照片（可选）"
    field_order = ("text", "percent", "photos", "kept")
    text = forms.CharField(label="进展情况", max_length=1000, widget=_LINES)
    percent = forms.IntegerField(
        label="完成比例（%）",
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class RequestExtensionForm(HazardForm):
    """申请延期."""

    due = forms.DateField(label="申请延至", widget=forms.DateInput)
    reason = forms.CharField(label="延期理由", max_length=1000, widget=_LINES)
    protection = forms.CharField(
        label="延期期间防控措施", max_length=1000, widget=_LINES, help_text="隐患消除前怎样防止发生事故。"
    )

    def prepare(self) -> None:
        """Say until when one may ask."""
        if self.record.due_at is None:
            return
        opens, closes = extension_window(self.record)
        window = f"受理时间{wording.cn_datetime(opens)}至{wording.cn_datetime(closes)}"
        self.fields["due"].help_text = f"原期限{wording.cn_datetime(self.record.due_at)}；{window}。"


class RectificationForm(PhotoHazardForm):
    """报告整改完成."""

    photos_label = "整改后照片"
    field_order = ("photos", "kept", "measures", "spent")
    measures = forms.CharField(label="整改措施", max_length=1000, widget=_LINES, help_text="做了什么，现在是什么样。")
    spent = forms.DecimalField(
        label="整改投入（万元）", max_digits=12, decimal_places=2, min_value=0, widget=_MONEY, help_text="没有投入填0。"
    )

    def prepare(self) -> None:
        """Same place, same angle: so that before and after can be compared."""
        self.fields["photos"].help_text = "请在整改前照片的同一位置、同一角度拍摄，最多9张。"
