"""上报隐患, phone first: photo, place, words; the rest has sensible defaults."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from common import clock, wording
from common.forms import KitForm
from evidence.forms import PhotosFormMixin
from hazards.forms.base import sees_confidence
from hazards.forms.fields import CriterionField
from hazards.models import CampaignMark, Hazard, HazardEvidence
from hazards.models.hazard import Category, Channel, Level
from units.forms.fields import UnitField
from units.models import Unit
from units.roles import FIRM, Right, Role

TARGETS = (Unit.Kind.ENTERPRISE, Unit.Kind.VILLAGE)
_OPTIONAL = ("place", "no_photo_reason", "interim_measures", "level_reason", "criterion", "latitude", "longitude")


class ReportForm(KitForm, PhotosFormMixin):
    """A report or a draft of one; `actor` reports, an enterprise for itself only."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    unit = UnitField(
        kinds=TARGETS,
        label="隐患所在单位",
        help_text="输入企业（场所）名称、简称、信用代码或拼音首字母；公共区域选所在村（社区）。",
    )
    place = forms.CharField(label="具体部位", max_length=200, required=False, help_text="如：二车间东侧配电箱。")
    description = forms.CharField(
        label="隐患描述",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写清楚是什么、有多少、在哪里。",
    )
    category = forms.ChoiceField(label="类别", choices=Category.choices, initial=Category.OTHER)
    level = forms.ChoiceField(
        label="初步等级",
        choices=Level.choices,
        initial=Level.GENERAL,
        widget=forms.RadioSelect,
        help_text="由安委办或部门核实后确定。",
    )
    criterion = CriterionField(
        help_text="随描述给出可能符合的重大事故隐患判定条款，供参考；报重大隐患须选一条或写明理由。"
    )
    level_reason = forms.CharField(label="报重大的理由", max_length=500, required=False)
    channel = forms.ChoiceField(label="来源", choices=[], required=False)
    campaign = forms.ModelChoiceField(
        CampaignMark.objects.none(), label="专项整治", required=False, empty_label="不属于专项整治"
    )
    found_on = forms.DateField(label="发现日期", widget=forms.DateInput, initial=clock.today)
    interim_measures = forms.CharField(
        label="已采取的临时管控措施", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    no_photo_reason = forms.CharField(
        label="无法拍照的原因", max_length=200, required=False, help_text="没有照片时填写。"
    )
    latitude = forms.DecimalField(widget=forms.HiddenInput, required=False, min_value=-90, max_value=90)
    longitude = forms.DecimalField(widget=forms.HiddenInput, required=False, min_value=-180, max_value=180)
    field_order = (
        "once",
        "photos",
        "kept",
        "unit",
        "place",
        "description",
        "criterion",
        "level",
        "level_reason",
        "category",
        "channel",
        "campaign",
        "found_on",
        "interim_measures",
        "no_photo_reason",
    )

    def __init__(self, *args: Any, actor: Any, draft: Hazard | None = None, **kwargs: Any) -> None:
        self.actor, self.draft = actor, draft
        start = {"once": uuid.uuid4(), **(_typed(draft) if draft else {}), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=start, **kwargs)
        self.fields["photos"].label = "现场照片"
        self.fields["photos"].help_text = "先拍一张全景，再拍隐患部位；最多9张。"
        self._fit_to_actor()
        sector = getattr(getattr(self.own_unit, "enterprise", None), "sector", None)
        words = draft.description if draft else ""
        self.fields["criterion"].offer(words, sees_confidence(actor), sector)  # type: ignore[attr-defined]
        self.fields["criterion"].widget.follows = "id_description"
        before = draft.evidence.filter(stage=HazardEvidence.Stage.BEFORE) if draft else None
        ids = list(before.values_list("attachment_id", flat=True)) if before is not None else []
        self.offer_kept(ids)
        self.initial.setdefault("kept", ids)

    def _fit_to_actor(self) -> None:
        """An enterprise reports for itself from its own check; others choose."""
        if self.actor.role in FIRM:
            del self.fields["unit"], self.fields["channel"], self.fields["campaign"]
            return
        running = CampaignMark.objects.for_user(self.actor).filter(is_running=True)
        if running.exists():
            self.fields["campaign"].queryset = running  # type: ignore[attr-defined]
        else:
            del self.fields["campaign"]
        self.fields["unit"].queryset = Unit.objects.for_user(self.actor, Right.REPORT_HAZARD).active()  # type: ignore[attr-defined]
        chosen = (Channel.INSPECTION, Channel.CITIZEN, Channel.ASSIGNED, Channel.EXPERT)
        self.fields["channel"].choices = [(channel.value, channel.label) for channel in chosen]  # type: ignore[attr-defined]
        self.initial.setdefault("channel", Channel.EXPERT if self.actor.role == Role.EXPERT else Channel.INSPECTION)

    @property
    def own_unit(self) -> Unit | None:
        """The unit of an enterprise's own report; None where the person chooses."""
        return self.actor.hat.unit if self.actor.role in FIRM else None

    def stamp(self) -> str:
        """Time, person, unit or office."""
        return f"{wording.cn_datetime(clock.now())} {self.actor.name}\n{self.actor.hat.unit.name}"

    def clean(self) -> dict[str, Any]:
        """A 重大 has a ground already in the report."""
        cleaned = super().clean()
        grounded = cleaned.get("criterion") or cleaned.get("level_reason")
        if cleaned.get("level") == Level.MAJOR and not grounded:
            self.add_error("criterion", "报重大隐患，须选择判定条款，或写明报重大的理由。")
        return cleaned

    def values(self) -> dict[str, Any]:
        """The arguments of `report` and `revise_draft`."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "once"}
        values["unit"] = self.own_unit or values["unit"]
        if not values.get("channel"):
            values.pop("channel", None)
        return values


def _typed(draft: Hazard) -> dict[str, Any]:
    names = ("description", "category", "level", "channel", "found_on", *_OPTIONAL)
    return {
        **{name: getattr(draft, name) for name in names},
        "unit": draft.unit,
        "criterion": draft.criterion_id,
        "campaign": draft.campaign_id,
    }
