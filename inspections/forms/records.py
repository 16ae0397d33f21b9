"""Forms of records: the fields follow the kind."""

from __future__ import annotations

from typing import Any

from django import forms

from common.forms import RecordForm
from evidence.forms import FilesRecordForm
from inspections.forms.draws import ReasonForm
from inspections.models.records import ComplianceRecord
from inspections.record_kinds import SHAPES, Kind
from units.forms.fields import UnitField
from units.models import Unit
from units.roles import Right

_WORDS = {
    Kind.AGREEMENT: {"title": "项目、场所", "holder": "承包、承租单位", "starts_on": "签订日期"},
    Kind.INSURANCE: {"issuer": "承保单位", "number": "保单号", "starts_on": "起保日期", "amount": "保额（万元）"},
    Kind.SPEND: {"title": "项目", "amount": "金额（万元）", "starts_on": "支出日期"},
    Kind.TRAINING: {"title": "培训内容", "starts_on": "培训日期"},
    Kind.DRILL: {"title": "演练科目", "starts_on": "演练日期"},
    Kind.LEASE_CHECK: {
        "holder": "承包、承租单位",
        "title": "项目、场所",
        "starts_on": "检查日期",
        "note": "检查情况和问题",
    },
    Kind.ACCIDENT: {
        "title": "事故名称、类别",
        "people": "死亡人数",
        "starts_on": "发生日期",
        "valid_until": "差异化管理至",
        "note": "情况和依据",
    },
    Kind.BAD_RECORD: {"title": "事由", "number": "文号", "starts_on": "列入日期", "note": "依据和情况"},
    Kind.BLACKLIST: {"title": "事由", "number": "文号", "starts_on": "列入日期", "note": "依据和情况"},
}
_FILE_WORDS = {"title": "文件名称", "starts_on": "发布日期", "valid_until": "下次复审日期"}
_CERTIFICATE_WORDS = {"holder": "持证人", "number": "证书编号", "issuer": "发证机关", "starts_on": "发证日期"}


def label_of(kind: str, name: str) -> str:
    """How a kind calls a field."""
    group = SHAPES[kind].group
    shared = _FILE_WORDS if group == "责任制与两单两卡" else _CERTIFICATE_WORDS if group == "持证" else {}
    words = {**shared, **_WORDS.get(Kind(kind), {})}
    return words.get(name) or str(ComplianceRecord._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


class RecordFields(FilesRecordForm):
    """The fields of one kind, and files; `record` is the record, or the unit of a new one."""

    files_label = "佐证材料"
    kind = ""

    def prepare(self) -> None:
        """Only what the kind uses, under its words."""
        kind = self.kind or self.record.kind
        shape = SHAPES[kind]
        for name in shape.fields:
            field = ComplianceRecord._meta.get_field(name).formfield()  # type: ignore[union-attr]
            field.label, field.required = label_of(kind, name), name in shape.required
            field.error_messages["required"] = f"请填写{field.label}。"
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            if name == "note":
                field.widget = forms.Textarea(attrs={"rows": 3})
            self.fields[name] = field
            if isinstance(self.record, ComplianceRecord):
                self.initial[name] = getattr(self.record, name)
        self.order_fields([*shape.fields, "photos", "kept"])


class NewRecordForm(RecordFields):
    """登记 a record of one's own enterprise, or of a named one where the office enters it."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """The office names the enterprise."""
        super().prepare()
        if SHAPES[self.kind].by_office:
            units = Unit.objects.for_user(self.actor, Right.EDIT_UNIT).enterprises().active()
            self.fields["unit"] = UnitField(label="企业", queryset=units, kinds=(Unit.Kind.ENTERPRISE,))
            self.order_fields(["unit", *self.fields])


class RenewForm(FilesRecordForm):
    """续期."""

    files_label = "新证照、协议"
    valid_until = forms.DateField(label="新的有效期至", widget=forms.DateInput())
    number = forms.CharField(label="新编号", max_length=60, required=False, help_text="不变则不填")


RECORD_FORMS: dict[str, type[RecordForm]] = {"correct": RecordFields, "renew": RenewForm, "reason": ReasonForm}
