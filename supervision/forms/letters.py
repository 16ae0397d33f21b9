"""Forms of letters."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock, wording
from common.limits import limit
from supervision.forms.base import LINES, FilesRecordForm, OpinionForm, ReasonForm, RecordForm
from supervision.models import Letter
from supervision.transitions.letters import BY_HAND, TYPED
from units.forms.fields import UnitChoices, UnitField
from units.models import Unit
from units.roles import Role

_LONG = forms.Textarea(attrs={"rows": 5})


class LetterForm(RecordForm):
    """A letter written by hand: to whom, about what, what is asked for until when."""

    kind = forms.ChoiceField(label="文种", widget=forms.RadioSelect)
    to_unit = UnitField(label="主送单位", help_text="输入单位全称、简称或拼音首字母")
    copies = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="抄送（协办）单位", required=False, widget=UnitChoices
    )
    title = forms.CharField(label="标题", max_length=160)
    matter = forms.CharField(label="事由", max_length=2000, widget=_LONG)
    basis = forms.CharField(label="依据", max_length=300, required=False)
    demand = forms.CharField(label="要求", max_length=2000, widget=_LONG)
    due_at = forms.DateTimeField(
        label="回复期限", required=False, widget=forms.DateTimeInput, help_text="不填则只须签收，不要求回复。"
    )

    def prepare(self) -> None:
        """A leader instructs; others draft. Units are those in reach."""
        leads = self.actor.role == Role.LEADER
        kinds = [kind for kind in BY_HAND if (kind == Letter.Kind.INSTRUCTION) == leads]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.initial.setdefault("kind", kinds[0].value)
        known = Unit.objects.for_user(self.actor).active()
        authorities = known.exclude(kind=Unit.Kind.ENTERPRISE).order_by("kind", "name")
        self.fields["to_unit"].queryset = known  # type: ignore[attr-defined]
        self.fields["copies"].queryset = authorities  # type: ignore[attr-defined]


class EditForm(RecordForm):
    """A draft corrected before it is signed."""

    title = forms.CharField(label="标题", max_length=160)
    matter = forms.CharField(label="事由", max_length=2000, widget=_LONG)
    basis = forms.CharField(label="依据", max_length=300, required=False)
    demand = forms.CharField(label="要求", max_length=2000, widget=_LONG)
    due_at = forms.DateTimeField(label="回复期限", required=False, widget=forms.DateTimeInput)

    def prepare(self) -> None:
        """What stands in the draft."""
        self.initial |= {name: getattr(self.record, name) for name in TYPED}


class AnswerForm(FilesRecordForm):
    """The receiving unit's answer."""

    field_order = ("text", "photos", "kept")
    text = forms.CharField(label="回复内容", max_length=2000, widget=_LONG)


class ReturnAnswerForm(RecordForm):
    """退回补充."""

    reason = forms.CharField(label="退回理由", max_length=300, widget=LINES)
    due_at = forms.DateTimeField(label="新的回复期限", required=False, widget=forms.DateTimeInput)

    def prepare(self) -> None:
        """The default limit from now."""
        rule = limit("letter.reply", self.record.area_path)
        until = wording.cn_datetime(rule.after(clock.now()))
        self.fields["due_at"].help_text = f"不填则为{rule}（至{until}）。"


FORMS: dict[str, type[RecordForm]] = {
    "": RecordForm,
    "edit": EditForm,
    "answer": AnswerForm,
    "opinion": OpinionForm,
    "return_answer": ReturnAnswerForm,
    "reason": ReasonForm,
}


def new_form(actor: Any, *bound: Any, **initial: Any) -> LetterForm:
    """The form of a new letter."""
    return LetterForm(*bound, record=None, actor=actor, initial=initial)
