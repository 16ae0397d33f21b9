"""Drafts of plans: taken in, read, corrected, confirmed. Nothing becomes a task before a person confirms it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse

import audit
from common import clock
from common.errors import NotInScope, Refused, Stale, WrongState
from common.models import BackgroundWork
from tasks import drafting
from tasks.models import DraftTask, Plan, PlanDraft, TaskUnit, UnitWording
from tasks.plans.documents import Document, Unreadable, open_document, paste
from tasks.plans.reading import read_plan
from tasks.plans.terms import recurring
from tasks.transitions.assigning import Assigned, assign
from tasks.transitions.plans import StageData, TaskData, TermData, UnitData, create_plan
from tasks.wordings import Meant, Wordings
from units.access import require
from units.models import Unit, User
from units.roles import Right

KIND = "plan-reading"
AT_ONCE = 400_000  # bytes of text read within the page's own request: a tenth of a second
LARGEST = 40 * 1024 * 1024
UNEXPECTED = "读取时发生意外错误，请稍后重新上传；仍不成功的，可以把文字粘贴进来。"
_log = logging.getLogger(__name__)
_ROLES = (
    (TaskUnit.Role.LEAD, "lead"),
    (TaskUnit.Role.RESPONSIBLE, "responsible"),
    (TaskUnit.Role.COOPERATING, "cooperating"),
)


def begin(actor: User, *, file: Any = None, text: str = "") -> PlanDraft:
    """Take in a file or pasted text; short ones are read at once, long ones by a job. `Refused` for what holds no text."""
    require(actor, Right.MANAGE_TASK)
    if file is None and not text.strip():
        raise Refused.at("text", "请选择文件，或者把方案的文字粘贴进来。")
    if file is not None and file.size > LARGEST:
        raise Refused.at("file", "文件超过40 MB，请拆分后再上传。")
    name = PurePath(file.name).name[:200] if file is not None else "粘贴的文字"
    data = file.read() if file is not None else text.encode()
    is_short = len(data) <= AT_ONCE and data[:4] != b"%PDF"
    document = _opened(name, data, file is not None) if is_short else None
    with transaction.atomic():
        draft = _kept(actor, name, data, ".txt" if file is None else PurePath(name).suffix.lower())
        if document:
            _fill(draft, document)
        else:
            transaction.on_commit(partial(_ring, draft.pk), robust=True)
    return draft


def _opened(name: str, data: bytes, is_file: bool) -> Document:
    try:
        return open_document(name, data) if is_file else paste(data.decode())
    except Unreadable as error:
        raise Refused.at("file" if is_file else "text", str(error)) from error


def _kept(actor: Any, name: str, data: bytes, suffix: str) -> PlanDraft:
    path = default_storage.save(f"plans/{uuid4().hex}{suffix or '.txt'}", ContentFile(data))
    work = BackgroundWork.objects.create(owner=actor, kind=KIND, title=f"读取方案：{name}"[:200])
    unit = actor.hat.unit
    return PlanDraft.objects.create(
        owner=unit,
        area_path=unit.area_path,
        name=name,
        upload=path,
        work=work,
        created_by=actor,
        created_at=clock.now(),
    )


def _ring(draft_id: int) -> None:
    from tasks.jobs import read_plan_draft

    read_plan_draft.delay(draft_id)


def read(draft_id: int) -> bool:
    """Read one waiting document to its end; False when it is read or another worker is at it.

    A worker that dies leaves the draft waiting: the row is held until all rows are written with it.
    """
    with transaction.atomic():
        waiting = PlanDraft.objects.unread().select_for_update(skip_locked=True, of=("self",))
        draft = waiting.select_related("work", "owner__area").filter(pk=draft_id).first()
        if draft is None:
            return False
        try:
            with default_storage.open(draft.upload) as file:
                document = open_document(draft.name if "." in draft.name else f"{draft.name}.txt", file.read())
            with transaction.atomic():
                _fill(draft, document)
        except Unreadable as error:
            _fail(draft, str(error))
        except Exception:
            _log.exception("reading plan draft %s failed", draft_id)
            _fail(draft, UNEXPECTED)
    return True


def _fill(draft: PlanDraft, document: Document) -> None:
    reading = read_plan(document)
    draft.text = document.text.replace("\x00", " ")
    drafting.fill_head(draft, reading)
    draft.state = PlanDraft.State.REVIEW
    draft.save()
    DraftTask.objects.bulk_create(drafting.rows_of(draft, reading), batch_size=500)
    if draft.work:
        draft.work.finish({"url": reverse("plan-draft", args=[draft.pk])})
    default_storage.delete(draft.upload)


def _fail(draft: PlanDraft, error: str) -> None:
    draft.state, draft.error = PlanDraft.State.FAILED, error[:300]
    draft.save()
    if draft.work:
        draft.work.fail(error)


def of(actor: User, pk: int) -> PlanDraft:
    """The draft, if the person reaches it; `Forbidden` without the right, `NotInScope` otherwise."""
    require(actor, Right.MANAGE_TASK)
    draft = PlanDraft.objects.for_user(actor).select_related("owner__area", "work", "created_by").filter(pk=pk).first()
    if draft is None:
        raise NotInScope
    return draft


def _locked(actor: User, pk: int) -> PlanDraft:
    of(actor, pk)
    draft = PlanDraft.objects.select_for_update(no_key=True, of=("self",)).select_related("owner__area").get(pk=pk)
    if draft.state != PlanDraft.State.REVIEW:
        raise WrongState(f"该方案草稿{draft.get_state_display()}，不能再修改。")
    return draft


@transaction.atomic
def correct_head(actor: User, pk: int, version: int | None, **values: Any) -> PlanDraft:
    """Correct title, number, issuer or period. `Stale` when somebody else has corrected it meanwhile."""
    draft = _locked(actor, pk)
    _check_version(draft, version)
    if values.get("starts_on") and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
        raise Refused.at("ends_on", "结束日期不能早于起始日期。")
    for name in ("title", "number", "issuer", "starts_on", "ends_on"):
        setattr(draft, name, values.get(name, getattr(draft, name)))
    draft.version += 1
    draft.save()
    return draft


@transaction.atomic
def correct_row(actor: User, row_id: int, version: int | None, **values: Any) -> DraftTask:
    """Correct one task, or leave it out. `Stale` when somebody else has corrected it meanwhile."""
    found = DraftTask.objects.filter(pk=row_id).first()
    if found is None:
        raise NotInScope
    _locked(actor, found.draft_id)
    row = DraftTask.objects.select_for_update(no_key=True).get(pk=row_id)
    _check_version(row, version)
    for name, value in values.items():
        setattr(row, name, value)
    row.corrected_by, row.corrected_at, row.version = actor, clock.now(), row.version + 1
    row.save()
    return row


def _check_version(record: PlanDraft | DraftTask, version: int | None) -> None:
    if version is not None and version != record.version:
        raise Stale


@transaction.atomic
def remember(actor: User, pk: int, meanings: Mapping[str, tuple[str, Unit | None]]) -> int:
    """Keep what wordings mean for this owner, for this and every later document; returns how many are new or changed."""
    draft = _locked(actor, pk)
    changed = 0
    for wording, (meaning, unit) in meanings.items():
        kept = UnitWording.objects.filter(owner=draft.owner, wording=wording[:120]).first()
        if kept and (kept.meaning, kept.unit_id) == (meaning, unit.pk if unit else None):
            continue
        fields = {"meaning": meaning, "unit": unit, "set_by": actor, "set_at": clock.now()}
        UnitWording.objects.update_or_create(owner=draft.owner, wording=wording[:120], defaults=fields)
        changed += 1
    return changed


@transaction.atomic
def discard(actor: User, pk: int) -> PlanDraft:
    """Put a draft aside; a failed one too."""
    of(actor, pk)
    draft = PlanDraft.objects.select_for_update(no_key=True).get(pk=pk)
    if draft.state == PlanDraft.State.CONFIRMED:
        raise WrongState("该方案已经确认，不能放弃。")
    draft.state = PlanDraft.State.DISCARDED
    draft.save(update_fields=["state"])
    return draft


@transaction.atomic
def confirm(actor: User, pk: int, *, give: bool = False) -> tuple[Plan, Assigned | None]:
    """Make the plan with its tasks, once; with `give` hand them to their units in the same step.

    Refused while a unit name is unsettled, without any task, and for a document the owner has already as a plan.
    """
    draft = _locked(actor, pk)
    rows = list(draft.rows.filter(is_left_out=False))
    if not rows:
        raise Refused("没有要导入的任务。")
    known = {meant.wording: meant for meant in Wordings(draft.owner).of(rows)}
    if open_names := [wording for wording, meant in known.items() if not meant.is_settled]:
        raise Refused(f"还有{len(open_names)}个单位名称没有对应：{'、'.join(open_names[:5])}。请先对应单位。")
    plan = create_plan(
        actor, owner=draft.owner, title=draft.title or draft.name, number=draft.number, issuer=draft.issuer,
        starts_on=draft.starts_on, ends_on=draft.ends_on, text=draft.text, fingerprint=draft.fingerprint,
        source=Plan.Source.DOCUMENT, stages=[_stage(stage) for stage in draft.stages],
        actions=draft.actions, tasks=[_task(row, known) for row in rows],
    )  # fmt: skip
    draft.state, draft.plan = PlanDraft.State.CONFIRMED, plan
    draft.save(update_fields=["state", "plan"])
    audit.record("tasks.plan_imported", plan, actor=actor, after={"title": plan.title, "tasks": len(rows)})
    return plan, assign(actor, list(plan.tasks.values_list("pk", flat=True))) if give else None


def _stage(stage: dict[str, Any]) -> StageData:
    days = [date.fromisoformat(stage[name]) if stage[name] else None for name in ("starts_on", "ends_on")]
    return StageData(stage["name"], days[0], days[1], (stage["span"][0], stage["span"][1]))


def _task(row: DraftTask, known: Mapping[str, Meant]) -> TaskData:
    periods, other = recurring(row.recurrence)
    terms = [TermData(due_on=day) for day in row.due]
    terms += [TermData(period=each.period, month=each.month, day=each.day, text=each.text) for each in periods]
    units = [
        UnitData(unit, role, wording)
        for role, name in _ROLES
        for wording in getattr(row, name)
        for unit in known[wording].units
    ]
    spans = {name: [[each["start"], each["end"]] for each in found] for name, found in row.sources.items()}
    return TaskData(
        title=row.title, no=row.no, text=row.text, measures=row.measures, action=row.action, leader=row.leader,
        units=units, terms=terms, quantities=[*row.quantities, *(phrase for phrase in other if phrase not in row.quantities)],
        spans={"task": [row.span_start, row.span_end], **spans},
    )  # fmt: skip


def resume() -> int:
    """Read what waits because its bell was lost or its worker died; returns how many."""
    waiting = PlanDraft.objects.unread().order_by("pk").values_list("pk", flat=True)
    return sum(1 for pk in list(waiting) if read(pk))
