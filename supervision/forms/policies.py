"""The form of a change of the ladder, one of the policy kinds people propose and approve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from common import clock
from common.forms import KitForm
from common.wording import cn_date
from hazards.models import CampaignMark
from hazards.models.hazard import Level
from supervision.ladder import ORDER, Edition, Rung
from supervision.ladder_defaults import DOCUMENTS, PERSON_DECIDES, audience_of
from supervision.letter_texts import label_of
from supervision.models import LadderStep
from supervision.models.ladder import HAZARD
from supervision.transitions import tracks
from supervision.transitions.policies import DOCUMENTS_OF, FARTHEST, step_troubles, troubles
from units.forms.policies import PolicyForm
from units.models import Area, Sector

AUTOMATIC = "auto"
_EITHER = "either"
_DECIDERS = ((_EITHER, "负责人或领导"), ("head", "安委办负责人"), ("leader", "街道领导"))


@dataclass(frozen=True)
class StepFields:
    """The bound fields of one step, in the order of the editor's columns."""

    label: str
    days: Any
    unit: Any
    document: Any
    decider: Any
    audience: Any


def _fields_of(code: str) -> dict[str, forms.Field]:
    name = label_of(code)
    documents = [(each, LadderStep.Document(each).label) for each in DOCUMENTS_OF[code]]
    deciders = _DECIDERS if code in PERSON_DECIDES else ((AUTOMATIC, "系统自动"), *_DECIDERS)
    return {
        f"step_{code}": forms.IntegerField(
            label=f"{name}：天数", required=False, min_value=-FARTHEST, max_value=FARTHEST
        ),
        f"unit_{code}": forms.ChoiceField(label=f"{name}：计日", choices=LadderStep.Unit.choices, required=False),
        f"document_{code}": forms.ChoiceField(label=f"{name}：文书", choices=documents, required=False),
        f"decider_{code}": forms.ChoiceField(label=f"{name}：由谁决定", choices=deciders, required=False),
        f"audience_{code}": forms.MultipleChoiceField(
            label=f"{name}：告知",
            choices=LadderStep.Audience.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
    }


class LadderForm(PolicyForm, KitForm):
    """A new edition of a ladder: for what it holds, from when, and of every step the day, the document, who is told."""

    subject = forms.ChoiceField(label="适用事项", choices=tracks.subjects, initial=HAZARD, required=False)
    level = forms.ChoiceField(label="适用等级", choices=[("", "各等级"), *Level.choices], required=False)
    area = forms.ModelChoiceField(Area.objects.none(), label="适用区域", required=False, empty_label="本辖区")
    sector = forms.ModelChoiceField(Sector.objects.all(), label="行业领域", required=False, empty_label="各行业")
    campaign = forms.ChoiceField(label="专项", required=False, help_text="只用于归入该专项整治的隐患；不选即不限。")
    effective_from = forms.DateField(
        label="施行日期", widget=forms.DateInput(), help_text="此后新定的期限适用，正在计算的期限不变。"
    )
    basis = forms.CharField(label="依据", max_length=300, required=False)

    def __init__(self, *args: Any, area_path: str = "", **kwargs: Any) -> None:
        steps = {name: each for code in ORDER for name, each in _fields_of(code).items()}
        self.base_fields = {**self.base_fields, **steps}
        super().__init__(*args, **kwargs)
        self.area_path = area_path
        below = Area.objects.below(area_path).exclude(path=area_path) if area_path else Area.objects.none()
        titles = CampaignMark.objects.filter(area_path__startswith=area_path).values_list("title", flat=True)
        known = list(dict.fromkeys(titles)) if area_path else []
        self.fields["campaign"].choices = [("", "不限"), *((title, title) for title in known)]  # type: ignore[attr-defined]
        self.fields["area"].queryset = below.exclude(level=Area.Level.GRID)  # type: ignore[attr-defined]

    def steps(self) -> list[StepFields]:
        """Every step with its fields, as the editor shows them."""
        parts = ("step", "unit", "document", "decider", "audience")
        return [StepFields(label_of(code), *(self[f"{part}_{code}"] for part in parts)) for code in ORDER]

    def clean_effective_from(self) -> date:
        """A ladder is not changed backwards."""
        day: date = self.cleaned_data["effective_from"]
        if day <= clock.today():
            raise forms.ValidationError("施行日期应晚于今天。")
        return day

    def clean(self) -> dict[str, Any]:
        """Steps in order, each on its side of the deadline; what is drafted fits what climbs; somebody is told."""
        cleaned = super().clean() or self.cleaned_data
        for code, text in troubles(self.offsets()).items():
            self.add_error(f"step_{code}" if code else None, text)
        for rung in self.rungs():
            for part, text in step_troubles(rung, cleaned.get("subject") or HAZARD).items():
                self.add_error(f"{part}_{rung.code}", text)
        narrower = (
            cleaned.get("campaign") or cleaned.get("sector") or cleaned.get("subject", HAZARD) not in ("", HAZARD)
        )
        if not (narrower or cleaned.get("level")):
            self.add_error("level", "请选择适用等级；只有分行业、分专项的阶梯可以适用于各等级。")
        return cleaned

    def offsets(self) -> dict[str, int]:
        """The days typed, by step code; an empty field leaves the step out."""
        typed = {code: self.cleaned_data.get(f"step_{code}") for code in ORDER}
        return {code: days for code, days in typed.items() if days is not None}

    def rungs(self) -> tuple[Rung, ...]:
        """The steps typed."""
        return tuple(self._rung(code, days) for code, days in self.offsets().items())

    def _rung(self, code: str, days: int) -> Rung:
        typed = {part: self.cleaned_data.get(f"{part}_{code}") for part in ("unit", "document", "decider", "audience")}
        decider = str(typed["decider"] or (_EITHER if code in PERSON_DECIDES else AUTOMATIC))
        return Rung(
            code,
            days,
            typed["unit"] == LadderStep.Unit.WORKING,
            decider != AUTOMATIC,
            str(typed["document"] or ""),
            tuple(typed["audience"] or ()),
            "" if decider in (AUTOMATIC, _EITHER) else decider,
        )

    def edition(self, area_path: str) -> Edition:
        """What was typed as an edition that is not stored (its key is 0)."""
        data = self.cleaned_data
        area, sector = data.get("area"), data.get("sector")
        return Edition(
            0, self.name(), data.get("level") or "", area.path if area else area_path, data["effective_from"],
            data.get("basis") or "", self.rungs(), data.get("subject") or HAZARD, sector.pk if sector else None,
            data.get("campaign") or "",
        )  # fmt: skip

    def name(self) -> str:
        """What the edition is called in letters and lists."""
        data = self.cleaned_data
        parts = [data.get("campaign"), data["area"].name if data.get("area") else "", data.get("sector")]
        level = Level(data["level"]).label if data.get("level") else ""
        what = dict(tracks.subjects()).get(data.get("subject") or HAZARD, "")
        said = "".join(str(part) for part in parts if part)
        return f"{said}{level}{'隐患' if what == '隐患整改' else what}督办阶梯（{data['effective_from']}起）"[:60]

    def summary(self) -> str:
        """What it is called → 各步骤、施行日期."""
        days = "、".join(f"{label_of(rung.code)}{rung}" for rung in self.rungs())
        return f"{self.name()}：{days}，{cn_date(self.cleaned_data['effective_from'])}起施行"[:300]


def initial_of(rungs: tuple[Rung, ...]) -> dict[str, Any]:
    """The editor filled in with these steps; a step that is left out keeps the usual document and audience ready."""
    found: dict[str, Any] = {}
    by_code: Mapping[str, Rung] = {rung.code: rung for rung in rungs}
    for code in ORDER:
        rung = by_code.get(code) or Rung(
            code, 0, False, code in PERSON_DECIDES, DOCUMENTS.get(code, ""), audience_of(code)
        )
        found |= {
            f"step_{code}": rung.offset if code in by_code else None,
            f"unit_{code}": "working" if rung.working else "natural",
            f"document_{code}": rung.document,
            f"decider_{code}": rung.decider or (_EITHER if rung.person_decides else AUTOMATIC),
            f"audience_{code}": list(rung.audience),
        }
    return found
