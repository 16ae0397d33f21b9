"""The form of a change of a monthly rule for units, one of the policy kinds people propose and approve."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from common import clock
from common.errors import Refused
from common.forms import KitForm
from common.wording import cn_date
from supervision.models import UnitRule
from units.forms.policies import PolicyForm
from units.models import PolicyProposal

KIND = "unit_rule"


class UnitRuleForm(PolicyForm, KitForm):
    """A new edition of one rule."""

    code = forms.ChoiceField(label="规则", choices=UnitRule.Code.choices)
    is_on = forms.BooleanField(label="启用", required=False, initial=True)
    below = forms.IntegerField(label="按期整改率低于（%）", min_value=0, max_value=100, initial=0)
    running_below = forms.IntegerField(
        label="或连续两月低于（%）", min_value=0, max_value=100, initial=0, help_text="0 为不看连续两月。"
    )
    last_only = forms.BooleanField(label="仅对同类单位末位", required=False)
    least = forms.IntegerField(
        label="当月到期隐患不少于（项）", min_value=1, max_value=1000, initial=1, help_text="到期隐患太少的单位不参加。"
    )
    document = forms.ChoiceField(label="文书", choices=UnitRule.Document.choices)
    effective_from = forms.DateField(label="施行日期", widget=forms.DateInput, help_text="按所评月份的首日适用。")
    basis = forms.CharField(label="依据", max_length=300, required=False)

    def clean_effective_from(self) -> date:
        """A rule is not changed backwards."""
        day: date = self.cleaned_data["effective_from"]
        if day <= clock.today():
            raise forms.ValidationError("施行日期应晚于今天。")
        return day

    def clean(self) -> dict[str, Any]:
        """A rule by rate names a rate; what was found to be false is put to a person."""
        cleaned = super().clean() or self.cleaned_data
        is_false = cleaned.get("code") == UnitRule.Code.FALSE
        if not is_false and not (cleaned.get("below") or cleaned.get("running_below")):
            self.add_error("below", "请填写按期整改率的界限。")
        if is_false and cleaned.get("document") not in (None, UnitRule.Document.PROPOSAL):
            self.add_error("document", "虚假整改查实的，由系统提出建议，由人决定。")
        return cleaned

    def summary(self) -> str:
        """规则 → 界限、文书、施行日期."""
        data = self.cleaned_data
        label, document = UnitRule.Code(data["code"]).label, UnitRule.Document(data["document"]).label
        state = f"低于{data['below']}%，{document}" if data["is_on"] else "停用"
        return f"单位触发规则“{label}”调整为：{state}，{cn_date(data['effective_from'])}起施行"


def put_in_force(proposal: PolicyProposal, form: Any) -> None:
    """The approved form becomes an edition of the street's rule from its day on."""
    data = form.cleaned_data
    same = {"code": data["code"], "area_path": proposal.area_path, "effective_from": data["effective_from"]}
    if UnitRule.objects.filter(**same).exists():
        raise Refused("同一天已有施行的规则，请更换施行日期。")
    UnitRule.objects.create(proposal=proposal, **data, area_path=proposal.area_path)
