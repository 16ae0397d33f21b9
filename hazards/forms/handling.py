"""Forms of those who verify, decide and review: office, departments, villages."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock, wording
from hazards import queries
from hazards.forms.base import HazardForm, PhotoHazardForm, deadline_help
from hazards.forms.fields import CriterionField
from hazards.models import CampaignMark, Extension, Hazard
from hazards.models.hazard import Level
from hazards.transitions.access import may
from hazards.transitions.guards import DISMISS_GROUNDS, REOPEN_GROUNDS
from hazards.transitions.levels import needs_deadline
from units.models import Unit, User
from units.queries import departments_over
from units.roles import Right, Role

_LINES = forms.Textarea(attrs={"rows": 3})


class ConfirmForm(HazardForm):
    """核实确认: level and its ground, who rectifies until when, who supervises."""

    level = forms.ChoiceField(label="等级", choices=Level.choices, widget=forms.RadioSelect)
    criterion = CriterionField(
        help_text="认定为重大隐患，须引用判定依据；标准没有列明的，写明定级理由，按总局令第16号第三条认定。"
    )
    level_reason = forms.CharField(label="定级理由", max_length=500, required=False, widget=_LINES)
    due = forms.DateTimeField(label="整改期限", required=False, widget=forms.DateTimeInput)
    responsible_person = forms.CharField(label="整改责任人", max_length=30)
    responsible_phone = forms.CharField(
        label="责任人电话", max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    department = forms.ModelChoiceField(
        Unit.objects.none(),
        label="监管部门",
        required=False,
        empty_label="未指定",
        help_text="重点、重大隐患必须选择。",
    )
    suggestion = forms.CharField(label="整改要求", max_length=500, required=False, widget=_LINES)
    interim_measures = forms.CharField(label="整改期间管控措施", max_length=500, required=False, widget=_LINES)

    def prepare(self) -> None:
        """What the report said is the default; a village handles 一般 only."""
        names = ("level", "level_reason", "responsible_person", "responsible_phone", "suggestion", "interim_measures")
        self.initial |= {name: getattr(self.record, name) for name in names}
        self.initial |= {"criterion": self.record.criterion_id, "department": self.record.department_id}
        self.fields["department"].queryset = departments_over(self.record.area_path)  # type: ignore[attr-defined]
        self.fields["due"].help_text = deadline_help(self.record.area_path)
        if self.actor.role == Role.GRID:
            self.fields["level"].choices = [(Level.GENERAL, Level.GENERAL.label)]  # type: ignore[attr-defined]
            self.fields["level"].help_text = "村（社区）只核实一般隐患；重点、重大隐患请转街道安委办或部门核实。"
            self.initial["level"] = Level.GENERAL


class HazardNumberField(forms.CharField):
    """A hazard by its number, within the reader's scope."""

    actor: Any = None

    def clean(self, value: Any) -> Hazard | None:
        """The hazard, or None for an empty text."""
        number = super().clean(value)
        if not number:
            return None
        found = Hazard.objects.for_user(self.actor).filter(number=number).first()
        if found is None:
            raise forms.ValidationError("没有找到该编号的隐患，请核对。")
        return found


class DismissForm(HazardForm):
    """不予立案."""

    ground = forms.ChoiceField(label="情形", choices=list(DISMISS_GROUNDS.items()), widget=forms.RadioSelect)
    duplicate_of = HazardNumberField(
        label="所重复的隐患编号", required=False, max_length=40, help_text="仅“重复上报”时填写。"
    )
    reason = forms.CharField(label="理由", max_length=500, widget=_LINES)

    def prepare(self) -> None:
        """Numbers are looked up in the person's scope."""
        self.fields["duplicate_of"].actor = self.actor  # type: ignore[attr-defined]


class FixOnSpotForm(PhotoHazardForm):
    """当场整改销号."""

    photos_label = "整改后照片"
    field_order = ("photos", "kept")
    measures = forms.CharField(label="当场采取的措施", max_length=500, required=False, widget=_LINES)


class OpinionForm(HazardForm):
    """A favourable decision; the opinion may stay empty."""

    opinion = forms.CharField(label="意见", max_length=500, required=False, widget=_LINES, help_text="可不填。")


class ReasonForm(HazardForm):
    """A decision that gives its reason."""

    reason = forms.CharField(label="理由", max_length=500, widget=_LINES)


class GrantExtensionForm(HazardForm):
    """同意延期."""

    due = forms.DateField(label="批准延至", required=False, widget=forms.DateInput)
    reason = forms.CharField(label="意见", max_length=500, required=False, widget=_LINES)

    def prepare(self) -> None:
        """The requested date is the default."""
        asked = self.record.extensions.filter(state=Extension.State.PENDING).first()
        if asked:
            self.initial["due"] = clock.local(asked.requested_due).date()
            day = wording.cn_date(asked.requested_due)
            self.fields[
                "due"
            ].help_text = f"企业申请延至{day}。可以缩短，不能早于原期限{wording.cn_date(asked.due_before)}。"


class PassReviewForm(PhotoHazardForm):
    """复查合格."""

    photos_label = "复查现场照片"
    field_order = ("photos", "kept", "paper_reason", "second_reviewer", "opinion")
    paper_reason = forms.CharField(
        label="书面复查理由",
        max_length=500,
        required=False,
        widget=_LINES,
        help_text="没有到现场、只看材料的，须写明理由。",
    )
    second_reviewer = forms.ModelChoiceField(
        User.objects.none(), label="另一名复查人", empty_label="请选择", help_text="重大隐患须由两人复查。"
    )
    opinion = forms.CharField(label="复查意见", max_length=500, required=False, widget=_LINES)

    def prepare(self) -> None:
        """重大 needs a second reviewer; below it nobody is asked for."""
        if self.record.level != Level.MAJOR:
            del self.fields["second_reviewer"]
            return
        field = self.fields["second_reviewer"]
        taken = {self.actor.pk, self.record.submitted_by_id}
        ids = [person.pk for person in queries.reviewers(self.record) if person.pk not in taken]
        field.queryset = User.objects.filter(pk__in=ids).order_by("name")  # type: ignore[attr-defined]


class FailReviewForm(PhotoHazardForm):
    """复查不合格."""

    photos_label = "复查现场照片"
    field_order = ("reason", "due", "photos", "kept")
    reason = forms.CharField(label="不合格的理由", max_length=500, widget=_LINES)
    due = forms.DateField(label="新的整改期限", widget=forms.DateInput, help_text="当日24时前完成。")


class ChangeLevelForm(HazardForm):
    """调整等级."""

    level = forms.ChoiceField(label="新的等级", widget=forms.RadioSelect)
    criterion = CriterionField(help_text="升为重大隐患时选择；标准没有列明的，按总局令第16号第三条和调整理由认定。")
    reason = forms.CharField(label="调整理由", max_length=500, widget=_LINES)
    department = forms.ModelChoiceField(
        Unit.objects.none(),
        label="监管部门",
        required=False,
        empty_label="未指定",
        help_text="调为重点、重大隐患的必须选择。",
    )
    responsible_person = forms.CharField(
        label="整改责任人", max_length=30, required=False, help_text="调为重点、重大隐患的必须填写。"
    )
    responsible_phone = forms.CharField(
        label="责任人电话", max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    due = forms.DateField(
        label="整改期限",
        required=False,
        widget=forms.DateInput,
        help_text="现期限超过重点隐患的最长期限，降为重点时请重新确定，当日24时前完成。",
    )

    def prepare(self) -> None:
        """Only other levels, lower ones only for those who may lower; what the hazard has already is the default."""
        names = ("responsible_person", "responsible_phone")
        self.initial |= {name: getattr(self.record, name) for name in names}
        self.initial["department"] = self.record.department_id
        self.fields["department"].queryset = departments_over(self.record.area_path)  # type: ignore[attr-defined]
        order = list(Level)
        now = order.index(Level(self.record.level))
        lowers = may(self.actor, Right.SIGN_OFF, self.record)
        choices = [level for level in order if order.index(level) != now and (lowers or order.index(level) > now)]
        self.fields["level"].choices = [(level.value, level.label) for level in choices]  # type: ignore[attr-defined]
        self.fields["level"].help_text = f"当前为{Level(self.record.level).label}。降低等级须由安委办负责人办理。"
        if not (Level.KEY in choices and lowers and needs_deadline(self.record, Level.KEY)):
            del self.fields["due"]


class CiteCriterionForm(HazardForm):
    """引用判定依据."""

    criterion = CriterionField(help_text="标准没有列明的，只写理由，按总局令第16号第三条认定。")
    level_reason = forms.CharField(label="理由", max_length=500, required=False, widget=_LINES)

    def prepare(self) -> None:
        """Say what is cited now; another clause gives its reason."""
        if self.record.criterion:
            self.fields["criterion"].help_text = f"现引用：{self.record.criterion}。"
            self.fields["level_reason"].required = self.fields["criterion"].required = True
            self.fields["level_reason"].label = "改引的理由"


class MarkCampaignForm(HazardForm):
    """归入专项."""

    campaign = forms.ModelChoiceField(
        CampaignMark.objects.none(), label="专项整治", required=False, empty_label="不归入专项整治"
    )
    reason = forms.CharField(label="变更理由", max_length=500, required=False, widget=_LINES)

    def prepare(self) -> None:
        """The campaigns that reach the hazard; a reason only where a mark is changed."""
        self.fields["campaign"].queryset = CampaignMark.objects.reaching(self.record.area_path)  # type: ignore[attr-defined]
        self.initial["campaign"] = self.record.campaign_id
        if self.record.campaign_id is None:
            del self.fields["reason"]


class CorrectDeadlineForm(HazardForm):
    """更正期限."""

    due = forms.DateField(label="更正后的期限", widget=forms.DateInput, help_text="当日24时前完成。")
    reason = forms.CharField(label="更正理由", max_length=500, widget=_LINES)

    def prepare(self) -> None:
        """Say what stands now."""
        self.fields["due"].help_text = f"现期限{wording.cn_datetime(self.record.due_at)}；更正后为当日24时。"


class ReopenForm(HazardForm):
    """重新立案."""

    ground = forms.ChoiceField(label="情形", choices=list(REOPEN_GROUNDS.items()), widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", max_length=500, widget=_LINES)
    due = forms.DateField(label="新的整改期限", widget=forms.DateInput, help_text="当日24时前完成。")


class TransferForm(HazardForm):
    """移送."""

    transferred_to = forms.CharField(label="移送机关", max_length=100)
    document = forms.CharField(label="移送文书名称及文号", max_length=200)
    reason = forms.CharField(label="移送理由", max_length=500, widget=_LINES)
