"""The verbs of a yearly paper: edit, file, take back, put on file, return; and the drafts the job makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from common import clock, numbering
from common.errors import Forbidden, Refused
from common.events import writer
from common.lifecycle import Lifecycle, Rule, require
from common.wording import cn_date
from messaging.transitions import notify_about
from tasks.models import YearlyItem, YearlyPaper, YearlyPaperEvent
from tasks.models import YearlyState as S
from tasks.transitions.telling import doers
from tasks.yearly_content import content
from units import queries
from units.models import Unit
from units.roles import Right, Scope, scope_of

KIND = "tasks.yearly"
MOST_ITEMS = 200
Values = Mapping[str, Any]


def may(actor: Any, right: str, paper: YearlyPaper) -> bool:
    """The unit itself edits and files; the office of its area checks."""
    hat = getattr(actor, "hat", None)
    scope = scope_of(hat.role, right) if hat else None
    if hat is None or scope is None:
        return False
    if right == Right.REPORT_TASK:
        return bool(hat.unit_id == paper.unit_id)
    return scope == Scope.STREET and paper.area_path.startswith(hat.unit.area_path)


def _check_items(paper: YearlyPaper, actor: Any, values: Values) -> None:
    """At least one line, and no more than 200; a line that is said to stand there already does."""
    items = [item for item in values.get("items") or () if item["text"].strip()]
    if not items:
        raise Refused("至少填写一项内容。")
    if len(items) > MOST_ITEMS:
        raise Refused(f"最多{MOST_ITEMS}项。")
    stood = {item["pk"] for item in items if item.get("pk") is not None}
    if stood - set(paper.items.values_list("pk", flat=True)):
        raise Refused.at("items", "有的事项编号不属于这份材料，请重新读取后填写。")


def _edit(paper: YearlyPaper, actor: Any, values: Values) -> dict[str, Any]:
    known = {item.pk: item for item in paper.items.all()}
    rows = [item for item in values["items"] if item["text"].strip()]
    paper.items.all().delete()
    YearlyItem.objects.bulk_create(
        YearlyItem(
            paper=paper,
            order=place,
            text=row["text"].strip(),
            result=(row.get("result") or "").strip(),
            origin=known[row["pk"]].origin if row.get("pk") in known else "",
            duty_code=known[row["pk"]].duty_code if row.get("pk") in known else "",
            task_id=known[row["pk"]].task_id if row.get("pk") in known else None,
        )
        for place, row in enumerate(rows, 1)
    )
    return {"items": len(rows)}


def _missing(paper: YearlyPaper) -> list[dict[str, Any]]:
    """What the system knows by now and the paper does not say: neither under its task or duty nor in the same words."""
    items = list(paper.items.all())
    tasks, duties = {item.task_id for item in items} - {None}, {item.duty_code for item in items} - {""}
    words = {item.text for item in items}
    return [
        row
        for row in content(paper.unit, paper.year, paper.kind)
        if row.get("task_id") not in tasks and row.get("duty_code") not in duties and row["text"] not in words
    ]


def _check_adding(paper: YearlyPaper, actor: Any, values: Values) -> None:
    """There is something the paper does not say yet, and room for it."""
    missing = _missing(paper)
    if not missing:
        raise Refused("没有新的内容：已下达的任务和履职统计都已列入。")
    if paper.items.count() + len(missing) > MOST_ITEMS:
        raise Refused(f"最多{MOST_ITEMS}项。")


def _add(paper: YearlyPaper, actor: Any, values: Values) -> dict[str, Any]:
    missing = _missing(paper)
    last = max(paper.items.values_list("order", flat=True), default=0)
    rows = enumerate(missing, last + 1)
    YearlyItem.objects.bulk_create(YearlyItem(paper=paper, order=place, **row) for place, row in rows)
    return {"items": len(missing), "note": f"补入{len(missing)}项"}


def _check_filing(paper: YearlyPaper, actor: Any, values: Values) -> None:
    """There is something to file; a report says of every line what was done."""
    items = list(paper.items.all())
    if not items:
        raise Refused("内容还是空的，请先填写再报送。")
    bare = [item.order for item in items if not item.result.strip()]
    if paper.kind == YearlyPaper.Kind.REPORT and bare:
        raise Refused(f"第{'、'.join(map(str, bare[:10]))}项还没有填写完成情况。")


def _file(paper: YearlyPaper, actor: Any, values: Values) -> dict[str, Any]:
    paper.filed_by, paper.filed_at = actor, clock.now()
    return {"late": paper.filed_at > paper.due_at}


def _check_checker(paper: YearlyPaper, actor: Any, values: Values) -> None:
    """Nobody puts on file what they filed."""
    if paper.filed_by_id == actor.pk:
        raise Forbidden("不能审核本人报送的材料。")


def _check(paper: YearlyPaper, actor: Any, values: Values) -> dict[str, Any]:
    office = Unit.objects.office_of(paper.area_path)
    if paper.receipt is None:
        number = numbering.take(f"yearly:{office.pk}", paper.year, 1)
        paper.receipt = numbering.document_number(f"{office.name}备", paper.year, number)
    paper.checked_by, paper.checked_at = actor, clock.now()
    return {"receipt": paper.receipt, "note": f"回执编号{paper.receipt}"}


def _check_return(paper: YearlyPaper, actor: Any, values: Values) -> None:
    """A reason; not by whoever filed."""
    _check_checker(paper, actor, values)
    require(values, reason="退回理由")


def _back(paper: YearlyPaper, actor: Any, values: Values) -> dict[str, Any]:
    paper.filed_at = paper.filed_by = None
    return {"note": values.get("reason") or ""}


def _check_reason(paper: YearlyPaper, actor: Any, values: Values) -> None:
    """The action needs a reason."""
    require(values, reason="调整理由")


def _amend(paper: YearlyPaper, actor: Any, values: Values) -> dict[str, Any]:
    paper.filed_at = paper.filed_by = paper.checked_at = paper.checked_by = None
    return {"note": values["reason"]}


RULES: dict[str, Rule] = {
    "edit": Rule(
        "填写", (S.DRAFT,), None, Right.REPORT_TASK, "修改各项内容，报送前可反复修改。",
        guard=_check_items, apply=_edit, form="items",
    ),
    "add_new": Rule(
        "补入新内容", (S.DRAFT,), None, Right.REPORT_TASK, "把起草后新下达的任务（述职报告含新的履职统计）补到清单末尾，已填的不变。",
        guard=_check_adding, apply=_add, tone="secondary",
    ),
    "file": Rule(
        "报送备案", (S.DRAFT,), S.FILED, Right.REPORT_TASK, "报安委办审核备案。",
        guard=_check_filing, apply=_file, tone="success",
    ),
    "withdraw": Rule(
        "撤回", (S.FILED,), S.DRAFT, Right.REPORT_TASK, "撤回修改后再报。", apply=_back, tone="secondary",
    ),
    "check": Rule(
        "审核备案", (S.FILED,), S.CHECKED, Right.MANAGE_TASK, "予以备案并编号出具回执。",
        guard=_check_checker, apply=_check, tone="success",
    ),
    "return_paper": Rule(
        "退回修改", (S.FILED,), S.DRAFT, Right.MANAGE_TASK, "说明需要修改之处，由报送单位修改后再报。",
        guard=_check_return, apply=_back, form="reason", tone="danger",
    ),
    "amend": Rule(
        "调整", (S.CHECKED,), S.DRAFT, Right.REPORT_TASK, "年中有变化的，调整后重新报送，回执编号不变。",
        guard=_check_reason, apply=_amend, form="reason", tone="secondary",
    ),
}  # fmt: skip

_TOLD = {"file": "年度报备待审核", "check": "年度报备已备案", "return_paper": "年度报备被退回"}


def _tell(paper: YearlyPaper, actor: Any, action: str) -> None:
    if action not in _TOLD:
        return
    people = list(queries.office_people(paper.area_path)) if action == "file" else doers(paper.unit_id)
    notify_about(
        paper,
        people,
        actor=actor,
        event=paper.version,
        kind=KIND,
        title=f"{_TOLD[action]}：{paper}",
        body=f"报送期限：{cn_date(paper.due_at)}",
        why="您是报送单位或安委办人员。",
        urgent=action == "return_paper",
    )


LIFECYCLE = Lifecycle(
    model=YearlyPaper, rules=RULES, may=may, write_event=writer(YearlyPaperEvent, RULES), on_change=(_tell,)
)
perform = LIFECYCLE.perform
allowed_actions = LIFECYCLE.allowed
