"""One row of an enterprise ledger: understood, or refused cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from stdnum.cn import uscc as uscc_rules

from common.spreadsheets import (
    Row,
    Table,
    Value,
    is_empty,
    parse_boolean,
    parse_choice,
    parse_integer,
    parse_phone,
    parse_text,
    plain,
    written,
)
from common.spreadsheets.outcome import Cells, Rejection
from units.imports.fields import LABELS, RISKS, STATES
from units.imports.names import key

PERSONS = ("legal_person", "principal", "controller", "operator", "safety_officer")
FLAGS = ("is_above_scale", "is_high_risk")
_FLAG_WORDS = {"规上": True, "规下": False, "规模以上": True, "规模以下": False, "高危": True, "非高危": False}


@dataclass
class Draft:
    """An enterprise as a row describes it; `profile` holds the fields of `Enterprise` that need no look-up."""

    number: int
    name: str
    address: str
    area: str
    sector: str
    uscc: str | None
    profile: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    @property
    def identities(self) -> set[str]:
        """What marks two rows as the same enterprise: the code, or name and address together."""
        named = f"{key(self.name)}|{key(self.address)}"
        return {self.uscc, named} if self.uscc else {named}


def read_row(table: Table, row: Row) -> Draft | Rejection:
    """The enterprise of a row. Refused: no name, a wrong credit code, neither code nor address with operator."""
    cells = Cells(table, row, LABELS)
    draft = Draft(
        number=row.number,
        name=cells.read("name", parse_text, 120) or "",
        address=cells.read("address", parse_text, 200) or "",
        area=cells.read("area", parse_text) or "",
        sector=cells.read("sector", parse_text) or "",
        uscc=cells.read("uscc", parse_uscc),
    )
    _read_profile(cells, draft)
    if not draft.name and not any(problem.field == "name" for problem in cells.problems):
        cells.refuse("name", "没有填写单位名称")
    faulty = {problem.field for problem in cells.problems}
    if not draft.uscc and "uscc" not in faulty and not (draft.address and _who_runs_it(draft)):
        cells.refuse("uscc", "没有统一社会信用代码的小场所，须填写地址和经营者（或负责人）")
    return cells.rejection() or draft


def parse_uscc(value: Value) -> str | None:
    """A 统一社会信用代码 with a correct check digit (GB 32100-2015), or None when blank."""
    if is_empty(value):
        return None
    code = "".join(char for char in plain(written(value)).upper() if char.isalnum())
    if len(code) != 18:
        raise ValueError(f"统一社会信用代码“{written(value)}”不是18位")
    if not uscc_rules.is_valid(code):
        raise ValueError(f"统一社会信用代码“{written(value)}”校验不通过，请核对")
    return code


def _who_runs_it(draft: Draft) -> str:
    return draft.profile.get("operator") or draft.profile.get("principal") or draft.profile.get("legal_person") or ""


def _read_profile(cells: Cells, draft: Draft) -> None:
    profile = draft.profile
    for name in (*PERSONS, "place_kind"):
        profile[name] = cells.read(name, parse_text, 30) or ""
    for name in ("principal_phone", "safety_phone"):
        profile[name] = _phone(cells.row.get(name), LABELS[name], draft.remarks)
    for name in FLAGS:
        profile[name] = bool(cells.read(name, _flag))
    profile["employees"] = cells.read("employees", parse_integer)
    profile["risk"] = cells.read("risk", parse_choice, RISKS, "风险等级")
    profile["state"] = cells.read("state", parse_choice, STATES, "经营状态")
    remark = cells.read("remark", parse_text)
    if remark:
        draft.remarks.append(remark)
    if not draft.uscc and not profile["operator"]:
        profile["operator"] = _who_runs_it(draft)


def _flag(value: Value) -> bool | None:
    word = plain(value).strip() if isinstance(value, str) else ""
    return _FLAG_WORDS[word] if word in _FLAG_WORDS else parse_boolean(value)


def _phone(value: Value, label: str, remarks: list[str]) -> str:
    """A number that cannot be right is kept out of the field people dial, but not lost."""
    try:
        number = parse_phone(value)
    except ValueError:
        remarks.append(f"{label}待核实：{written(value)}")
        return ""
    return number if len(number) <= 30 else number.split("、", 1)[0]
