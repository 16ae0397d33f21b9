"""Forms of meetings."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock
from common.forms import RecordForm
from evidence.forms import FilesRecordForm
from tasks.models import Attendance, Meeting
from tasks.transitions.meetings import DecisionData
from units.forms.fields import UnitField
from units.models import Unit, User
from units.queries import leaders

MOST_DECISIONS = 8
LINES = forms.Textarea(attrs={"rows": 3})


class MeetingForm(RecordForm):
    """What a meeting is: kind, time, place, agenda, who is called."""

    kind = forms.ChoiceField(label="会议类别", choices=Meeting.Kind.choices)
    title = forms.CharField(label="会议名称", max_length=120)
    starts_at = forms.DateTimeField(label="时间", widget=forms.DateTimeInput)
    place = forms.CharField(label="地点", max_length=60, required=False)
    chair = forms.CharField(label="主持人", max_length=40, required=False)
    agenda = forms.CharField(
        label="议程", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 5}), help_text="一行一项。"
    )
    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label="参会领导", required=False, widget=forms.CheckboxSelectMultiple
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="参会单位", required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        """Leaders, departments and villages of the street; what stands in the record."""
        kinds = (Unit.Kind.DEPARTMENT, Unit.Kind.VILLAGE)
        self.fields["units"].queryset = Unit.objects.for_user(self.actor).active().filter(kind__in=kinds)
        self.fields["people"].queryset = leaders(self.actor.area_path).order_by("name")
        if self.record is not None:
            names = ("kind", "title", "starts_at", "place", "chair", "agenda")
            self.initial |= {name: getattr(self.record, name) for name in names}
            rows = list(self.record.attendance.values_list("unit_id", "person_id"))
            self.initial["units"] = [unit for unit, person in rows if person is None]
            self.initial["people"] = [person for _, person in rows if person is not None]


class MinutesForm(FilesRecordForm):
    """What happened: minutes, who came, what was decided (up to eight decisions, each with unit and term)."""

    minutes = forms.CharField(label="会议纪要", max_length=20000, widget=forms.Textarea(attrs={"rows": 10}))
    present = forms.MultipleChoiceField(label="到会", widget=forms.CheckboxSelectMultiple, required=False)
    excused = forms.MultipleChoiceField(
        label="请假", widget=forms.CheckboxSelectMultiple, required=False, help_text="其余已通知的记为缺席。"
    )
    others = forms.CharField(label="其他参会人员", max_length=300, required=False)
    recorder = forms.CharField(label="记录人", max_length=40, required=False)

    def prepare(self) -> None:
        """Those called, and rows for decisions; what stands in the minutes already."""
        rows = list(self.record.attendance.select_related("unit", "person"))
        choices = [(str(row.pk), row.who) for row in rows]
        self.fields["present"].choices = self.fields["excused"].choices = choices
        came = [
            str(row.pk) for row in rows if row.presence in (Attendance.Presence.CALLED, Attendance.Presence.PRESENT)
        ]
        self.initial |= {
            "minutes": self.record.minutes,
            "others": self.record.others,
            "recorder": self.record.recorder or self.actor.name,
            "present": came,
            "excused": [str(row.pk) for row in rows if row.presence == Attendance.Presence.EXCUSED],
        }
        self._decision_rows()

    def _decision_rows(self) -> None:
        known = list(self.record.decisions.select_related("unit__area"))
        seen = Unit.objects.for_user(self.actor).active()
        kinds = (Unit.Kind.DEPARTMENT, Unit.Kind.VILLAGE, Unit.Kind.OFFICE, Unit.Kind.ENTERPRISE)
        for number in range(1, MOST_DECISIONS + 1):
            text = forms.CharField(
                label=f"议定事项{number}", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            due = forms.DateField(label=f"议定事项{number}完成时限", required=False, widget=forms.DateInput)
            due.widget.input_type, due.widget.format = "date", "%Y-%m-%d"
            self.fields[f"decision_{number}"] = text
            self.fields[f"unit_{number}"] = UnitField(
                label=f"议定事项{number}责任单位", required=False, queryset=seen, kinds=kinds
            )
            self.fields[f"due_{number}"] = due
            if number <= len(known):
                decision = known[number - 1]
                self.initial |= {
                    f"decision_{number}": decision.text, f"unit_{number}": decision.unit, f"due_{number}": decision.due_on
                }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A unit or a term without words is a mistake; a term does not lie before the meeting."""
        cleaned = super().clean() or self.cleaned_data
        held = clock.local(self.record.starts_at).date()
        for number in range(1, MOST_DECISIONS + 1):
            due = cleaned.get(f"due_{number}")
            if (due or cleaned.get(f"unit_{number}")) and not cleaned.get(f"decision_{number}"):
                self.add_error(f"decision_{number}", "请写明议定事项。")
            if due and due < held:
                self.add_error(f"due_{number}", "完成时限不能早于会议日期。")
        return cleaned

    def values(self) -> dict[str, Any]:
        """As the transition takes it."""
        typed = super().values()
        rows = [
            (typed.pop(f"decision_{n}"), typed.pop(f"unit_{n}"), typed.pop(f"due_{n}"))
            for n in range(1, MOST_DECISIONS + 1)
        ]
        typed["decisions"] = [DecisionData(*row) for row in rows if row[0]]
        typed["present"] = [int(pk) for pk in typed["present"]]
        typed["excused"] = [int(pk) for pk in typed["excused"]]
        return typed


class ReasonForm(RecordForm):
    """A reason."""

    reason = forms.CharField(label="理由", max_length=300, widget=LINES)


class OpinionForm(RecordForm):
    """A favourable decision."""

    opinion = forms.CharField(label="意见", max_length=300, required=False, widget=LINES, help_text="可不填。")


FORMS: dict[str, type[RecordForm]] = {
    "": RecordForm,
    "edit": MeetingForm,
    "minutes": MinutesForm,
    "reason": ReasonForm,
    "opinion": OpinionForm,
}
