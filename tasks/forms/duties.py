"""Forms of duties: a record entered by hand, its voiding, posts of leaders, and the rule as policy."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock
from common.filters import ManyChoices
from common.forms import KitForm
from common.typed import id_of
from common.wording import cn_date
from evidence.forms import FilesRecordForm
from tasks import counting
from tasks.counting import Subject
from tasks.models import Audience, Duty, PeriodKind, Post
from tasks.models.duties import PEOPLE
from tasks.transitions.duties import KINDS_OF
from units.forms.fields import UnitField
from units.forms.policies import PolicyForm
from units.models import Sector, Unit, User
from units.queries import leaders
from units.roles import OFFICE, Role


class RecordEntryForm(FilesRecordForm):
    """履职记录: what, when, for whom, with evidence."""

    field_order = ("kind", "unit", "people", "on", "title", "place", "sector", "text", "photos", "kept")
    kind = forms.ChoiceField(label="类别")
    unit = UnitField(label="单位", help_text="谁的履职事项：重点督导填被督导单位，街道事项填安委办。")
    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="参加领导",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="领导带队检查、清单、述职必选，其他可不选。",
    )
    on = forms.DateField(label="日期", initial=clock.today)
    title = forms.CharField(label="事项", max_length=120, help_text="例如：带队检查某某厂有限空间作业。")
    place = UnitField(label="到访单位", required=False, help_text="检查、督导、巡查的对象，可不填。")
    sector = forms.ModelChoiceField(
        Sector.objects.all(),
        label="行业领域",
        required=False,
        empty_label="按到访单位",
        help_text="须涉及不同领域的事项请填写。",
    )
    text = forms.CharField(
        label="情况",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="情况和佐证至少填一项。",
    )

    def prepare(self) -> None:
        """What this person may enter, for whom."""
        offered = KINDS_OF.get(self.actor.role, ())
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in offered]
        seen = Unit.objects.for_user(self.actor).active()
        self.fields["unit"].queryset = self.fields["place"].queryset = seen
        own = self.actor.role not in OFFICE
        if own:
            self.fields["unit"].widget = forms.HiddenInput()
        self.initial.setdefault("unit", self.actor.hat.unit)
        people = self.fields["people"]
        people.queryset = leaders(self.actor.area_path).order_by("name")
        if self.actor.role == Role.LEADER:
            people.queryset = User.objects.filter(pk=self.actor.pk)
            self.initial.setdefault("people", [self.actor.pk])
        elif own:
            del self.fields["people"]


class VoidForm(KitForm):
    """作废."""

    reason = forms.CharField(label="作废理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class PostForm(KitForm):
    """A leader's post from a day on."""

    person = forms.ModelChoiceField(User.objects.none(), label="领导", empty_label="请选择")
    post = forms.ChoiceField(label="岗位", choices=Post.choices)
    starts_on = forms.DateField(label="起算日", help_text="任职不满一个周期的，按在岗天数折算应完成次数。")

    def __init__(self, *args: Any, area_path: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = leaders(area_path).order_by("name")


class EndPostForm(KitForm):
    """The last day of a post."""

    ends_on = forms.DateField(label="终止日期", initial=clock.today)


def _kind_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What may count, and what a duty names though no room keeps it yet: changing a duty must not lose it."""
    offered = [(subject.label, [(kind.key, kind.label) for kind in counting.kinds(subject)]) for subject in Subject]
    known = {key for _, pairs in offered for key, _ in pairs}
    named = {key for keys in Duty.objects.values_list("kinds", flat=True) for key in keys}
    waiting = [(key, key) for key in sorted(named - known)]
    return [*offered, ("尚未接入", waiting)] if waiting else offered


def _codes() -> list[tuple[str, str]]:
    named = dict(Duty.objects.order_by("effective_from").values_list("code", "name"))
    return [("", "新事项"), *sorted(named.items(), key=lambda pair: pair[1])]


class DutyForm(PolicyForm, KitForm):
    """A new edition of a duty; approved, it holds in the proposer's street from its day on."""

    code = forms.ChoiceField(label="调整哪一项", choices=_codes, required=False)
    name = forms.CharField(label="名称", max_length=60)
    audience = forms.MultipleChoiceField(
        label="适用对象",
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="个人和单位不能同选。",
    )
    posts = forms.MultipleChoiceField(
        label="领导岗位", choices=Post.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    people = forms.CharField(
        label="指定人员用户名", required=False, max_length=300, help_text="以逗号分隔，适用对象选“指定人员”时填写。"
    )
    units = forms.CharField(
        label="只适用于单位", required=False, max_length=300, help_text="以逗号分隔单位全称，不填为同类全部单位。"
    )
    sectors = forms.ModelMultipleChoiceField(
        Sector.objects.all(), label="只适用于行业领域", required=False, widget=ManyChoices
    )
    committee_only = forms.BooleanField(label="仅安委会成员单位", required=False)
    risk = forms.ChoiceField(label="企业范围", choices=Duty.Risk.choices, required=False)
    kinds = forms.MultipleChoiceField(label="计入的记录", choices=_kind_choices, widget=forms.CheckboxSelectMultiple)
    high_risk_places = forms.BooleanField(label="只计高危单位的记录", required=False)
    times = forms.IntegerField(label="次数", min_value=1, max_value=999)
    period = forms.ChoiceField(label="周期", choices=PeriodKind.choices)
    due_month = forms.IntegerField(
        label="截止月", min_value=1, max_value=12, required=False, help_text="每年的事项可定截止日，如4月30日。"
    )
    due_day = forms.IntegerField(label="截止日", min_value=1, max_value=31, required=False)
    distinct_by = forms.ChoiceField(label="须各不相同的", choices=Duty.DistinctBy.choices, required=False)
    distinct = forms.IntegerField(label="不同的个数", min_value=0, max_value=99, required=False)
    bearer = forms.ChoiceField(label="由谁落实", choices=Duty.Bearer.choices)
    basis = forms.CharField(label="依据", max_length=300)
    effective_from = forms.DateField(label="施行日期", help_text="此前已满的周期不变。")
    is_active = forms.BooleanField(
        label="执行", required=False, initial=True, help_text="取消勾选即自施行日期起停止执行。"
    )

    def __init__(self, *args: Any, initial: Any = None, **kwargs: Any) -> None:
        given = dict(initial or {})
        edition = Duty.objects.filter(pk=id_of(given.pop("edition", None))).first()
        super().__init__(*args, initial={**(duty_initial(edition) if edition else {}), **given}, **kwargs)

    def clean_effective_from(self) -> Any:
        """A quota is not changed backwards."""
        day = self.cleaned_data["effective_from"]
        if day < clock.today():
            raise forms.ValidationError("施行日期不能早于今天。")
        return day

    def clean_people(self) -> list[User]:
        """The people behind the user names."""
        return self._named(User.objects.filter(is_active=True), "username", self.cleaned_data["people"])

    def clean_units(self) -> list[Unit]:
        """The units behind the names."""
        return self._named(Unit.objects.active(), "name", self.cleaned_data["units"])

    def _named(self, found: Any, column: str, text: str) -> list[Any]:
        names = [name.strip() for name in text.replace("，", ",").replace("、", ",").split(",") if name.strip()]
        rows = {getattr(row, column): row for row in found.filter(**{f"{column}__in": names})}
        if missing := [name for name in names if name not in rows]:
            raise forms.ValidationError(f"没有找到“{'、'.join(missing)}”。")
        return [rows[name] for name in names]

    def clean(self) -> dict[str, Any]:
        """Subject, kinds and extras fit each other."""
        data = super().clean() or self.cleaned_data
        for name, text in _troubles(data).items():
            self.add_error(name, text)
        return data

    def summary(self) -> str:
        """名称、次数、施行日期."""
        data = self.cleaned_data
        if not data["is_active"]:
            return f"停止执行履职事项“{data['name']}”，{cn_date(data['effective_from'])}起"
        quota = Duty(**{name: data[name] for name in ("times", "period", "due_month", "due_day", "distinct_by")})
        quota.distinct = data["distinct"] or 0
        return f"履职事项“{data['name']}”：{quota.quota}，{cn_date(data['effective_from'])}起施行"


def _troubles(data: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    audience = set(data.get("audience") or ())
    personal, units = audience & set(PEOPLE), audience - set(PEOPLE)
    if personal and units:
        found["audience"] = "个人和单位请分为两项。"
    if Audience.LEADER in audience and not data.get("posts"):
        found["posts"] = "适用于街道领导的，请选择岗位。"
    if Audience.NAMED in audience and not data.get("people"):
        found["people"] = "请填写指定人员。"
    wanted = Subject.PERSON if personal else Subject.UNIT
    others = {kind.key for kind in counting.kinds() if kind.subject != wanted}
    if strangers := set(data.get("kinds") or ()) & others:
        labels = "、".join(counting.label_of(key) for key in sorted(strangers))
        found["kinds"] = f"“{labels}”不按{wanted.label}计数。"
    if bool(data.get("due_month")) != bool(data.get("due_day")):
        found["due_day"] = "截止月和截止日请一并填写。"
    if data.get("due_month") and data.get("period") != PeriodKind.YEAR:
        found["due_month"] = "只有每年的事项可以定截止日。"
    if bool(data.get("distinct")) != bool(data.get("distinct_by")):
        found["distinct"] = "请同时填写须各不相同的内容和个数。"
    return found


def duty_initial(duty: Duty) -> dict[str, Any]:
    """An edition as the form shows it, to propose the next one."""
    plain = (
        "code", "name", "audience", "posts", "committee_only", "risk", "kinds", "high_risk_places", "times", "period",
        "due_month", "due_day", "distinct_by", "distinct", "bearer", "basis",
    )  # fmt: skip
    values = {name: getattr(duty, name) for name in plain}
    values["people"] = ",".join(user.username for user in duty.people.all())
    values["units"] = ",".join(unit.name for unit in duty.units.all())
    values["sectors"] = [sector.pk for sector in duty.sectors.all()]
    return {name: value for name, value in values.items() if value not in (None, "", [])}
