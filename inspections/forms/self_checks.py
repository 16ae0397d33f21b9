"""The form of a self-check: one small form per item, one box for all that is in order."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django import forms
from django.core import signing

from common import clock
from common.errors import Refused
from common.forms import KitForm
from common.wording import cn_date
from evidence.forms import PhotosFormMixin
from inspections.cadence import Cadence
from inspections.models import ChecklistItem, ChecklistVersion
from inspections.models.self_checks import SelfCheckFinding, SelfCheckRule
from inspections.transitions.self_checks import Answer, Sheet
from units.forms.policies import PolicyForm

SALT = "inspections.self-check.opened"
OUTCOMES = (("ok", "合格"), *SelfCheckFinding.Outcome.choices)


def opened_now() -> str:
    """When the form was handed out, signed, so that nobody writes it himself."""
    return signing.dumps(clock.now().isoformat(), salt=SALT)


def opened_at(token: str) -> datetime | None:
    """The moment in the token; None for one that is not ours."""
    try:
        return datetime.fromisoformat(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None


class AnswerForm(KitForm, PhotosFormMixin):
    """One item. Nothing chosen means: in order, by the box at the end."""

    outcome = forms.ChoiceField(label="结果", choices=OUTCOMES, required=False, widget=forms.RadioSelect)
    note = forms.CharField(label="问题情况", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    no_photo_reason = forms.CharField(label="无法拍照的原因", max_length=200, required=False)

    def __init__(self, *args: Any, item: ChecklistItem, actor: Any, **kwargs: Any) -> None:
        self.item, self.actor = item, actor
        super().__init__(*args, prefix=f"i{item.pk}", **kwargs)
        self.offer_kept(())

    def stamp(self) -> str:
        """The watermark: whose check, when, by whom."""
        return f"{self.actor.hat.unit.name} 自查 {clock.local(clock.now()):%Y-%m-%d %H:%M} {self.actor.name}"

    def answer(self) -> Answer | None:
        """What was said; None where the item is in order."""
        data = self.cleaned_data
        if data["outcome"] in ("", "ok"):
            return None
        return Answer(data["outcome"], data["note"], data["photos"], data["no_photo_reason"])


class SheetForm(KitForm):
    """What concerns the whole check."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    opened = forms.CharField(widget=forms.HiddenInput, required=False, initial=opened_now, max_length=200)
    on = forms.DateField(widget=forms.HiddenInput, initial=clock.today)
    note = forms.CharField(label="补充说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    all_clear = forms.BooleanField(label="其余检查项均已逐项检查，全部合格", required=False)


class CheckForm:
    """The whole page: the sheet and an answer per item of the version."""

    def __init__(
        self, version: ChecklistVersion, actor: Any, data: Any = None, files: Any = None, on: date | None = None
    ):
        self.version = version
        self.sheet = SheetForm(data, initial={"on": on} if on else None)
        items = version.items.select_related("criterion__standard")
        self.answers = [AnswerForm(data, files, item=item, actor=actor) for item in items]

    def take_in(self) -> None:
        """Keep the photos before anything is judged."""
        for form in self.answers:
            form.take_in()

    def is_valid(self) -> bool:
        """Whether every part has the right shape; all of them are looked at."""
        return all([self.sheet.is_valid(), *(form.is_valid() for form in self.answers)])

    def filled(self, cadence: str) -> Sheet:
        """What was typed, for the transition."""
        data = self.sheet.cleaned_data
        answers = {form.item.pk: answer for form in self.answers if (answer := form.answer())}
        return Sheet(
            cadence, data["on"], self.version, answers, data["all_clear"], data["note"], opened_at(data["opened"])
        )

    def refuse(self, error: Refused) -> None:
        """Show a refusal at its item, its box, or above the form."""
        places = {f"item_{form.item.pk}": form for form in self.answers}
        for name, text in error.fields.items():
            if name in places:
                places[name].add_error("note", text)
            elif name in self.sheet.fields:
                self.sheet.add_error(name, text)
        self.sheet.add_error(None, error.message)


class RuleForm(PolicyForm, KitForm):
    """自查要求 as a policy: which enterprises owe which check from when."""

    cadence = forms.ChoiceField(label="频次", choices=Cadence.choices)
    applies = forms.ChoiceField(label="适用企业", choices=SelfCheckRule.Applies.choices)
    signer = forms.ChoiceField(label="签字人", choices=SelfCheckRule.SIGNERS)
    basis = forms.CharField(label="依据", max_length=200)
    effective_from = forms.DateField(label="施行日期", widget=forms.DateInput(), help_text="不早于今天")

    def clean_effective_from(self) -> date:
        """Nothing already owed changes backwards."""
        day: date = self.cleaned_data["effective_from"]
        if day < clock.today():
            raise forms.ValidationError("施行日期不能早于今天。")
        return day

    def summary(self) -> str:
        """频次 → 适用企业、施行日期."""
        data = self.cleaned_data
        who = SelfCheckRule.Applies(data["applies"]).label
        return f"{Cadence(data['cadence']).label}适用于{who}，{cn_date(data['effective_from'])}起施行"
