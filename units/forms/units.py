"""Units, enterprises, proposals, merging."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from common.forms import ActionForm, KitModelForm, ReasonForm
from units.forms.fields import UnitField
from units.models import Area, Enterprise, Sector, Unit, User
from units.models.areas import paths_above
from units.queries import people_below
from units.roles import Role

UNIT_FIELDS = ("name", "short_name", "aliases", "area", "address", "remark")
OWN_UNIT_FIELDS = ("contact", "phone")
OWN_PROFILE_FIELDS = (
    "principal",
    "principal_phone",
    "controller",
    "controller_phone",
    "safety_officer",
    "safety_phone",
    "employees",
)
_CODE_TAKEN = "该统一社会信用代码已建档，请勿重复建档。"


def areas_of(user: User) -> QuerySet[Area]:
    """The areas the user's hat reaches, in tree order."""
    return Area.objects.below(user.area_path) if user.area_path else Area.objects.none()


class AreaChoiceField(forms.ModelChoiceField):
    """Areas indented by level."""

    def label_from_instance(self, obj: Any) -> str:
        """Two full-width spaces per level below the top one."""
        return f"{'　' * (obj.path.count('.') - 1)}{obj.name}"


class UnitForm(KitModelForm):
    """An office, department, village or expert body."""

    area = AreaChoiceField(Area.objects.none(), label="所在区域")
    sectors = forms.ModelMultipleChoiceField(
        Sector.objects.all(), label="主管行业领域", required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Unit
        fields = (
            "kind",
            "name",
            "short_name",
            "aliases",
            "area",
            "is_committee_member",
            "sectors",
            "duties",
            "address",
            "contact",
            "phone",
            "remark",
        )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_of(user)
        kinds = [choice for choice in Unit.Kind.choices if choice[0] != Unit.Kind.ENTERPRISE]
        self.fields["kind"].choices = [("", "请选择"), *kinds]

    def values(self) -> dict[str, Any]:
        """The unit's cleaned fields."""
        return dict(self.cleaned_data)


class EnterpriseForm(KitModelForm):
    """一企一档: the unit's own fields and the profile in one form."""

    name = forms.CharField(label="单位名称", max_length=120)
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    aliases = forms.CharField(label="别名", max_length=300, required=False, help_text="多个别名以分号分隔")
    area = AreaChoiceField(Area.objects.none(), label="所在区域")
    address = forms.CharField(label="地址", max_length=200, required=False)
    remark = forms.CharField(label="备注", max_length=300, required=False)

    class Meta:
        model = Enterprise
        exclude = ("unit", "updated_at")
        error_messages = {"uscc": {"unique": _CODE_TAKEN}}

    field_order = ("name", "uscc", "short_name", "aliases", "area", "address", "operator", "sector", "place_kind")

    def __init__(self, *args: Any, user: User, unit: Unit | None = None, **kwargs: Any) -> None:
        self.unit = unit
        kept = {name: getattr(unit, name) for name in UNIT_FIELDS} if unit else {}
        kwargs["initial"] = {**kept, **(kwargs.get("initial") or {})}
        kwargs.setdefault("instance", getattr(unit, "enterprise", None) or Enterprise(unit=unit or Unit()))
        super().__init__(*args, **kwargs)
        if unit is not None:  # changed afterwards only with a reason: 企业风险分级
            for name in ("risk", "grade", "grade_until"):
                del self.fields[name]
        path = user.area_path
        departments = Unit.objects.active().filter(kind=Unit.Kind.DEPARTMENT)
        self.fields["area"].queryset = areas_of(user)
        self.fields["department"].queryset = departments.filter(area_path__in=paths_above(path))
        self.fields["grid_worker"].queryset = people_below(path, Role.GRID)

    def clean(self) -> dict[str, Any]:
        """Give the profile its unit's address before the model asks for a code, or address and 经营者."""
        cleaned = super().clean() or {}
        self.instance.unit.address = cleaned.get("address", "")
        return cleaned

    def unit_values(self) -> dict[str, Any]:
        """The cleaned fields of the unit."""
        return {name: self.cleaned_data[name] for name in UNIT_FIELDS if name in self.fields}

    def profile_values(self) -> dict[str, Any]:
        """The cleaned fields of the profile; a code is stored in capitals or not at all."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in UNIT_FIELDS}
        values["uscc"] = (values.get("uscc") or "").strip().upper() or None
        return {name: value for name, value in values.items() if name != "reason"}


class OwnProfileForm(KitModelForm):
    """What an enterprise keeps up to date itself."""

    contact = forms.CharField(label="联系人", max_length=30, required=False)
    phone = forms.CharField(label="联系电话", max_length=30, required=False)

    class Meta:
        model = Enterprise
        fields = OWN_PROFILE_FIELDS

    field_order = (*OWN_UNIT_FIELDS, *OWN_PROFILE_FIELDS)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(unit, name) for name in OWN_UNIT_FIELDS}
        super().__init__(*args, instance=unit.enterprise, **kwargs)

    def unit_values(self) -> dict[str, Any]:
        """The cleaned fields of the unit."""
        return {name: self.cleaned_data[name] for name in OWN_UNIT_FIELDS}

    def profile_values(self) -> dict[str, Any]:
        """The cleaned fields of the profile."""
        return {name: self.cleaned_data[name] for name in OWN_PROFILE_FIELDS}


class ProposeEnterpriseForm(EnterpriseForm):
    """The same form filled in by a department or a village: what differs becomes a proposal."""

    reason = forms.CharField(label="修改理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def changes(self) -> dict[str, Any]:
        """Every changed field with its value as the form would post it again."""
        names = [name for name in self.changed_data if name != "reason"]
        return {name: _posted(self.cleaned_data[name]) for name in names}


class MergeForm(ActionForm):
    """Which unit to merge into, and why."""

    target = UnitField(label="合并到", help_text="输入正式建档单位的全称、简称、信用代码或拼音首字母")
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, unit: Unit, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        field.queryset = Unit.objects.for_user(user).active().filter(kind=unit.kind).exclude(pk=unit.pk)
        field.kinds = field.widget.kinds = (unit.kind,)


class OpinionForm(ReasonForm):
    """A decision on a proposal."""

    reason = forms.CharField(label="审核意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))


def _posted(value: Any) -> Any:
    """A cleaned value as JSON keeps it and the form accepts it again."""
    if value is None or isinstance(value, bool | int):
        return value
    return value.pk if hasattr(value, "pk") else str(value)
