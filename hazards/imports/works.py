"""An upload on its way: kept with its mapping until the person confirms, then imported by a job, resumable anywhere."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

import audit
from common.errors import NotInScope, RuleError, WrongState
from common.models import BackgroundWork
from common.spreadsheets.outcome import Outcome
from hazards.imports.ledger import KINDS, Ledger, import_ledger, open_ledger
from hazards.imports.saving import Importer
from hazards.models import Hazard
from units.models import Membership

KIND = "ledger-import"
NOTES_KEPT = 5_000
UNEXPECTED = "导入时发生意外错误，已写入的行有效，请稍后重新上传同一文件续传，已导入的行不会重复。"
_log = logging.getLogger(__name__)


def begin(user: Any, upload: Any, kind: str) -> BackgroundWork:
    """Keep an uploaded ledger for preview. Raises `Refused` when it cannot be read; then nothing is kept."""
    name = PurePath(upload.name).name
    ledger = open_ledger(upload, name, kind)
    upload.seek(0)
    path = default_storage.save(f"imports/{uuid4().hex}{PurePath(name).suffix.lower()}", ContentFile(upload.read()))
    return BackgroundWork.objects.create(
        owner=user,
        kind=KIND,
        title=f"导入{KINDS[ledger.kind]}：{name}"[:200],
        params={"upload": path, "name": name, "kind": ledger.kind, "membership": user.hat.pk, "confirmed": False},
    )


def of(user: Any, pk: int) -> BackgroundWork:
    """The user's own import; raises `NotInScope`."""
    work = BackgroundWork.objects.for_user(user).filter(pk=pk, kind=KIND).first()
    if work is None:
        raise NotInScope
    return work


def ledger_of(work: BackgroundWork) -> Ledger:
    """Read the kept file again under the mapping the person chose."""
    params = work.params
    by_index = {int(index): key for index, key in params["mapping"].items()} if params.get("mapping") else None
    with default_storage.open(params["upload"]) as file:
        return open_ledger(file, params["name"], params["kind"], by_index, params.get("sheet", ""))


def remap(work: BackgroundWork, kind: str, sheet: str, mapping: dict[int, str] | None) -> None:
    """Keep the kind, the sheet and the mapping the person chose; `None` maps automatically again."""
    work.params = {**work.params, "kind": kind, "sheet": sheet, "mapping": mapping, "confirmed": False}
    if not _unconfirmed(work).update(params=work.params):
        raise WrongState("该文件已开始导入，不能再修改列的对应关系。")


def confirm(work: BackgroundWork) -> bool:
    """The person wants it imported; False when it was confirmed before (a second click)."""
    params = {**work.params, "confirmed": True}
    return bool(_unconfirmed(work).update(params=params))


def _unconfirmed(work: BackgroundWork) -> QuerySet[BackgroundWork]:
    """The work as long as nobody started it: whoever updates it first decides what is imported."""
    return BackgroundWork.objects.filter(pk=work.pk, params__confirmed=False)


def importer_of(work: BackgroundWork) -> Importer:
    """The owner under the hat the file was uploaded with; raises `NotInScope` when that hat is no longer held."""
    hat = Membership.objects.in_force().select_related("unit__area").filter(pk=work.params["membership"]).first()
    if hat is None:
        raise NotInScope("上传文件时的任职已失效，不能继续导入。")
    work.owner.wear(hat)
    return Importer(hat.unit, work.owner)


def unfinished() -> list[int]:
    """Confirmed imports that are not done: what the sweep looks at."""
    works = BackgroundWork.objects.unfinished().filter(kind=KIND, params__confirmed=True)
    return list(works.order_by("pk").values_list("pk", flat=True))


def run(work_id: int) -> bool:
    """Import a confirmed file to its end; False when another worker is at it or it is finished.

    A run that died is taken up from the beginning: rows already written are known again by their fingerprint.
    """
    with _alone(work_id) as alone:
        work = BackgroundWork.objects.select_related("owner").filter(pk=work_id, kind=KIND).first() if alone else None
        if work is None or work.finished_at or not work.params["confirmed"]:
            return False
        resumed = work.state == BackgroundWork.State.RUNNING
        try:
            _import(work, resumed)
        except RuleError as error:
            work.fail(error.message)
        except Exception:
            _log.exception("ledger import %s failed", work_id)
            work.fail(UNEXPECTED)
        return True


def _import(work: BackgroundWork, resumed: bool) -> None:
    ledger = ledger_of(work)
    work.start(len(ledger.table.rows))
    outcome = import_ledger(ledger, importer_of(work), progress=work.advance)
    summary = {name: getattr(outcome, name) for name in ("rows", "accepted", "duplicates")}
    audit.record(
        "hazards.import", Hazard, actor=work.owner, after={"file": ledger.name, "kind": ledger.kind, **summary}
    )
    work.finish(_result(work, outcome, resumed))


def _result(work: BackgroundWork, outcome: Outcome, resumed: bool) -> dict[str, Any]:
    refused = len(outcome.rejected)
    message = f"共 {outcome.rows} 行：导入 {outcome.accepted} 行，重复 {outcome.duplicates} 行，有误 {refused} 行。"
    return {
        **outcome.as_json(),
        "notes": sorted(outcome.notes)[:NOTES_KEPT],
        "created_units": outcome.created_units,
        "resumed": resumed,
        "message": message,
        "url": reverse("import-result", args=[work.pk]),
    }


@contextmanager
def _alone(work_id: int) -> Iterator[bool]:
    """Whether this session is the only one at the work; the lock dies with the session, so a dead worker frees it."""
    name = f"{KIND}:{work_id}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        taken = bool(cursor.fetchone()[0])
    try:
        yield taken
    finally:
        if taken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
