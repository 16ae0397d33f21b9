"""The verbs of an assignment: take on, report, submit, judge, move its deadline, remind, cancel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from common import clock
from common.errors import Forbidden, Refused
from common.events import writer
from common.lifecycle import Lifecycle, Rule, require
from common.wording import cn_date
from tasks.models import LIVE_STATES, RUNNING_STATES, Assignment, AssignmentEvent, ProgressReport
from tasks.models import AssignmentState as S
from tasks.transitions.access import may
from tasks.transitions.telling import tell
from units.roles import Right

Values = Mapping[str, Any]


def _check_files(actor: Any, values: Values) -> None:
    if any(file.uploaded_by_id != actor.pk for file in values.get("files") or ()):
        raise Forbidden("只能使用本人上传的文件。")


def _check_percent(values: Values, highest: int) -> None:
    percent = values.get("percent")
    if percent is None or not 0 <= int(percent) <= highest:
        raise Refused.at("percent", f"完成比例请填0至{highest}之间的整数。")


def _check_progress(record: Assignment, actor: Any, values: Values) -> None:
    """What was done in words and the percent so far; 100 % is reported as completion. Only files of one's own."""
    require(values, text="进展情况")
    _check_percent(values, 99)
    _check_files(actor, values)


def _report(record: Assignment, actor: Any, values: Values, kind: str, percent: int) -> dict[str, Any]:
    completes = kind == ProgressReport.Kind.COMPLETION
    report = ProgressReport.objects.create(
        assignment=record,
        kind=kind,
        percent=percent,
        text=values["text"],
        figures=[dict(figure) for figure in values.get("figures") or ()],
        no_evidence_reason=values.get("no_evidence_reason") or "",
        reported_by=actor,
        reported_at=clock.now(),
        outcome=ProgressReport.Outcome.PENDING if completes else ProgressReport.Outcome.NONE,
    )
    files = list(values.get("files") or ())
    report.attachments.set(files)
    record.percent, record.latest = percent, values["text"][:300]
    return {"report": report.pk, "percent": percent, "files": [file.pk for file in files], "note": values["text"]}


def _progress(record: Assignment, actor: Any, values: Values) -> dict[str, Any]:
    return _report(record, actor, values, ProgressReport.Kind.PROGRESS, int(values["percent"]))


def _check_completion(record: Assignment, actor: Any, values: Values) -> None:
    """What was achieved, with evidence or the reason there is none. Only files of one's own."""
    require(values, text="完成情况")
    _check_files(actor, values)
    known = ProgressReport.attachments.through.objects.filter(progressreport__assignment=record).exists()
    if not (values.get("files") or known or (values.get("no_evidence_reason") or "").strip()):
        raise Refused.at("files", "请上传佐证材料；确无佐证的，请说明原因。")


def _submit(record: Assignment, actor: Any, values: Values) -> dict[str, Any]:
    record.submitted_by, record.submitted_at = actor, clock.now()
    late = record.due_at is not None and record.submitted_at > record.due_at
    return _report(record, actor, values, ProgressReport.Kind.COMPLETION, 100) | {"late": late}


def _check_own(record: Assignment, actor: Any) -> None:
    if not may(actor, Right.REPORT_TASK, record):
        raise Forbidden("只能导入本单位承办任务的进展。")


def _check_imported(record: Assignment, actor: Any, values: Values) -> None:
    """Only of the own unit; otherwise as a progress report."""
    _check_own(record, actor)
    _check_progress(record, actor, _imported(record, values))


def _import_progress(record: Assignment, actor: Any, values: Values) -> dict[str, Any]:
    return _progress(record, actor, _imported(record, values)) | _from_sheet(values)


def _imported(record: Assignment, values: Values) -> Values:
    """A sheet that names no percent leaves it as it is."""
    known = values.get("percent")
    return {**values, "percent": record.percent if known is None else known}


def _from_sheet(values: Values) -> dict[str, Any]:
    stated = f"（表中状态：{values['stated']}）" if values.get("stated") else ""
    return {"sheet": values["sheet"], "note": values["text"] + stated}


def _check_finished(record: Assignment, actor: Any, values: Values) -> None:
    """Only of the own unit; otherwise as a completion report."""
    _check_own(record, actor)
    _check_completion(record, actor, values)


def _import_completion(record: Assignment, actor: Any, values: Values) -> dict[str, Any]:
    return _submit(record, actor, values) | _from_sheet(values)


def _judge(record: Assignment, actor: Any, outcome: str, opinion: str) -> None:
    report = record.reports.get(outcome=ProgressReport.Outcome.PENDING)
    report.outcome, report.opinion, report.decided_by, report.decided_at = outcome, opinion, actor, clock.now()
    report.save(update_fields=["outcome", "opinion", "decided_by", "decided_at"])


def _check_judge(record: Assignment, actor: Any, values: Values) -> None:
    """Nobody judges what they reported."""
    if record.submitted_by_id == actor.pk:
        raise Forbidden("不能审核本人报送的完成情况。")


def _accept(record: Assignment, actor: Any, values: Values) -> dict[str, Any]:
    _judge(record, actor, ProgressReport.Outcome.ACCEPTED, values.get("opinion") or "")
    record.done_at, record.percent = clock.now(), 100
    return {"note": values.get("opinion") or "同意办结"}


def _check_return(record: Assignment, actor: Any, values: Values) -> None:
    """A reason; not by whoever reported; a new deadline lies ahead."""
    _check_judge(record, actor, values)
    require(values, reason="退回理由")
    _check_ahead(values)


def _check_ahead(values: Values) -> None:
    due = values.get("due_at")
    if due is not None and due <= clock.now():
        raise Refused.at("due_at", "新的完成时限必须晚于当前时间。")


def _return(record: Assignment, actor: Any, values: Values) -> dict[str, Any]:
    _judge(record, actor, ProgressReport.Outcome.RETURNED, values["reason"])
    record.submitted_at = record.submitted_by = None
    record.percent = _last_percent(record)
    return {"note": values["reason"], **_move_deadline(record, values.get("due_at"))}


def _last_percent(record: Assignment) -> int:
    """What was reported on the way, before the completion that did not hold."""
    last = record.reports.filter(kind=ProgressReport.Kind.PROGRESS).order_by("-pk").values_list("percent", flat=True)
    return int(last.first() or 0)


def _move_deadline(record: Assignment, due: Any) -> dict[str, Any]:
    if due is None or due == record.due_at:
        return {}
    before = record.due_at
    record.original_due_at = record.original_due_at or before or due
    record.due_at = due
    record.deadline_no += 1
    return {"due_before": before.isoformat() if before else None, "due": due.isoformat()}


def _withdraw(record: Assignment, actor: Any, values: Values) -> dict[str, Any]:
    pending = record.reports.filter(outcome=ProgressReport.Outcome.PENDING)
    pending.update(outcome=ProgressReport.Outcome.WITHDRAWN, decided_at=clock.now())
    record.submitted_at = record.submitted_by = None
    record.percent = _last_percent(record)
    return {"note": values.get("reason") or ""}


def _check_deadline(record: Assignment, actor: Any, values: Values) -> None:
    """A reason and a deadline that lies ahead and differs; nobody moves their own."""
    require(values, reason="调整理由", due_at="新的完成时限")
    _check_ahead(values)
    if values["due_at"] == record.due_at:
        raise Refused.at("due_at", "新的完成时限与现在的相同。")


def _change_deadline(record: Assignment, actor: Any, values: Values) -> dict[str, Any]:
    before = record.due_at
    moved = _move_deadline(record, values["due_at"])
    was = cn_date(before) if before else "未设时限"
    return {**moved, "note": f"{was} 调整为 {cn_date(values['due_at'])}：{values['reason']}"}


def _check_reason(record: Assignment, actor: Any, values: Values) -> None:
    """The action needs a reason."""
    require(values, reason="理由")


def _reason(record: Assignment, actor: Any, values: Values) -> dict[str, Any]:
    return {"note": values["reason"]}


def _lapse(record: Assignment, actor: Any, values: Values) -> dict[str, Any]:
    return {"note": values["note"]}


def _reopen(record: Assignment, actor: Any, values: Values) -> dict[str, Any]:
    record.done_at = record.submitted_at = record.submitted_by = None
    record.round += 1
    record.percent = _last_percent(record)
    return {"note": values["reason"], **_move_deadline(record, values.get("due_at"))}


def _check_reopen(record: Assignment, actor: Any, values: Values) -> None:
    """A reason, and a new deadline that lies ahead where the old one has passed."""
    require(values, reason="理由")
    _check_ahead(values)
    if values.get("due_at") is None and record.due_at is not None and record.due_at <= clock.now():
        raise Refused.at("due_at", "原时限已过，请重新设定完成时限。")


def _check_remind(record: Assignment, actor: Any, values: Values) -> None:
    """Once a day is enough."""
    today = clock.midnight(clock.today())
    if record.events.filter(action="remind", at__gte=today).exists():
        raise Refused("今天已经催办过，请明天再催。")


def _remind(record: Assignment, actor: Any, values: Values) -> dict[str, Any]:
    return {"note": values.get("note") or ""}


RULES: dict[str, Rule] = {
    "start": Rule(
        "接收任务", (S.OPEN,), S.IN_PROGRESS, Right.REPORT_TASK, "表示本单位已知悉并着手办理。", tone="success",
    ),
    "report_progress": Rule(
        "报告进展", RUNNING_STATES, S.IN_PROGRESS, Right.REPORT_TASK, "记录进展、完成比例和佐证，挂图随之更新。",
        guard=_check_progress, apply=_progress, form="progress",
    ),
    "submit_completion": Rule(
        "报告完成", RUNNING_STATES, S.SUBMITTED, Right.REPORT_TASK, "提交后由下达单位审核，审核前可以撤回。",
        guard=_check_completion, apply=_submit, form="completion", tone="success",
    ),
    "import_progress": Rule(
        "导入进展", RUNNING_STATES, S.IN_PROGRESS, "", "任务台账中本单位的进展导入为进展报告。",
        guard=_check_imported, apply=_import_progress, system=True,
    ),
    "import_completion": Rule(
        "导入完成报告", RUNNING_STATES, S.SUBMITTED, "", "任务台账中写明已完成的，导入为完成报告，仍须审核。",
        guard=_check_finished, apply=_import_completion, system=True,
    ),
    "withdraw": Rule(
        "撤回", (S.SUBMITTED,), S.IN_PROGRESS, Right.REPORT_TASK, "撤回完成报告，补充后再报。",
        apply=_withdraw, form="note", tone="secondary",
    ),
    "accept": Rule(
        "审核通过", (S.SUBMITTED,), S.DONE, Right.MANAGE_TASK, "任务办结。",
        guard=_check_judge, apply=_accept, form="opinion", tone="success",
    ),
    "return_completion": Rule(
        "退回", (S.SUBMITTED,), S.IN_PROGRESS, Right.MANAGE_TASK, "说明不足之处，承办单位须重新报送。",
        guard=_check_return, apply=_return, form="return", tone="danger",
    ),
    "change_deadline": Rule(
        "调整时限", RUNNING_STATES, None, Right.MANAGE_TASK, "记录调整理由，原定时限保留。",
        guard=_check_deadline, apply=_change_deadline, form="deadline", tone="secondary",
    ),
    "remind": Rule(
        "催办", RUNNING_STATES, None, Right.MANAGE_TASK, "立即提醒承办单位人员，每天一次。",
        guard=_check_remind, apply=_remind, form="note", tone="secondary",
    ),
    "cancel": Rule(
        "取消任务", LIVE_STATES, S.CANCELLED, Right.MANAGE_TASK, "不再要求该单位办理，记录保留。",
        guard=_check_reason, apply=_reason, form="reason", tone="danger",
    ),
    "lapse": Rule(
        "终止", LIVE_STATES, S.CANCELLED, "", "承办单位已合并，由承接单位办理。", apply=_lapse, system=True,
    ),
    "reopen": Rule(
        "重新办理", (S.DONE, S.CANCELLED), S.IN_PROGRESS, Right.MANAGE_TASK, "重新转入推进中，已有记录保留。",
        guard=_check_reopen, apply=_reopen, form="reopen", tone="danger",
    ),
}  # fmt: skip

_WAKES = ("change_deadline", "return_completion", "withdraw", "reopen")


def _wake(record: Assignment, actor: Any, action: str) -> None:
    """The ladder looks again at what is with the unit anew; what has no deadline never climbs."""
    if action in _WAKES and record.due_at is not None:
        record.next_step_at = clock.now()
        record.save(update_fields=["next_step_at"])


LIFECYCLE = Lifecycle(
    Assignment, RULES, may, writer(AssignmentEvent, RULES), related=("unit", "task", "plan"), on_change=(_wake, tell)
)
perform = LIFECYCLE.perform
allowed_actions = LIFECYCLE.allowed
