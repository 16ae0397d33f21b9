"""Steps a restored database has forgotten do not fire again: what fired is noted outside, and read back.

A line is written per step after the batch's commit. When the last line is unknown to the database, it was put back to an
older day: every noted step of a deadline that still stands is entered as fired, with an event that says so. A step whose
record or deadline the backup does not have is left alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from common import clock, outside
from common.wording import cn_datetime
from supervision.ladder import PROPOSALS
from supervision.models import Firing
from supervision.transitions.tracks import Move, Track

RECALLED = "#"
FIELDS = 9
logger = logging.getLogger(__name__)


def _path(track: Track) -> Path | None:
    folder = outside.folder()
    return folder / f"fired-{track.subject}.log" if folder else None


def note(track: Track, moves: Sequence[Move]) -> None:
    """Write the steps of a batch outside once it is committed."""
    path = _path(track) if moves else None
    if path is not None:
        lines = [line for move in moves for line in _lines(track, move)]
        transaction.on_commit(partial(outside.append, path, lines), robust=True)


def _lines(track: Track, move: Move) -> Iterable[str]:
    record = move.record
    for step in (*move.merged, move.step):
        merged = "" if step is move.step else move.step.code
        fields = (
            track.name_of(record), record.round, record.deadline_no, step.code, merged,
            (record.due_at or move.at).isoformat(), step.at.isoformat(), move.at.isoformat(), track.policy_of(move, step),
        )  # fmt: skip
        yield "\t".join(map(str, fields))


def recall(track: Track) -> int:
    """Enter the steps the database has forgotten; how many. One indexed look when it has forgotten nothing."""
    path = _path(track)
    latest = outside.last(path) if path else ""
    if path is None or not latest or latest.startswith(RECALLED) or _is_known(track, latest):
        return 0
    count = sum(_enter(track, fields) for fields in _noted(path))
    outside.append(path, [f"{RECALLED}\t{clock.now().isoformat()}\t{count}"])
    logger.warning("%s steps of the ladder a restored database had forgotten were entered again", count)
    return count


def remember(track: Track, records: Sequence[Any]) -> int:
    """Enter what is noted of records that were entered anew, as months are after a restore; in the caller's transaction.

    The recall before a run has passed over them, for they were not there.
    """
    path, names = _path(track), {track.name_of(record) for record in records}
    if path is None or not names:
        return 0
    return sum(_enter(track, fields) for fields in _noted(path) if fields[0] in names)


def _noted(path: Path) -> Iterator[list[str]]:
    for line in outside.read(path)[0]:
        fields = line.split("\t")
        if len(fields) == FIELDS and not line.startswith(RECALLED):
            yield fields


def _is_known(track: Track, line: str) -> bool:
    name, round_no, deadline_no, code, *_ = line.split("\t")
    named = {f"{track.reference}__{field}": value for field, value in track.named(name).items()}
    where = {**named, "round": round_no, "deadline_no": deadline_no, "code": code}
    return track.firings._default_manager.filter(**where).exists()


def _enter(track: Track, fields: list[str]) -> bool:
    name, round_no, deadline_no, code, merged, due, planned, fired, policy = fields
    with transaction.atomic():
        rows = track.model._default_manager.select_for_update(no_key=True, of=("self",))
        record: Any = rows.filter(**track.named(name), round=round_no, deadline_no=deadline_no).first()
        if record is None or record.due_at is None or record.due_at.isoformat() != due:
            return False
        at = datetime.fromisoformat(fired)
        known: dict[str, Any] = {
            "policy": _policy(track, code, policy),
            "due_at": record.due_at,
            "planned_at": datetime.fromisoformat(planned),
            "fired_at": at,
            "merged_into": merged,
            "reason": f"恢复备份之前已于{cn_datetime(at)}触发，据库外记录补记，不重复发出",
        }
        firing, is_new = track.firings._default_manager.get_or_create(
            **{track.reference: record}, round=round_no, deadline_no=deadline_no, code=code, defaults=known
        )
        if is_new and not merged:
            _tell(track, record, firing)
    return is_new


def _policy(track: Track, code: str, pk: str) -> Any:
    """The edition that fired, or any of its kind where the backup does not have it."""
    editions = track.policies(code)
    return editions.filter(pk=pk).first() or editions.order_by("pk")[0]


def _tell(track: Track, record: Any, firing: Firing) -> None:
    record.version += 1
    record.ladder_step, record.next_step_at, record.updated_at = firing.code, clock.now(), clock.now()
    if "told_step" in track.places and firing.code not in PROPOSALS:
        record.told_step = firing.code
    record.save(update_fields=[*track.places])
    track.note_recalled(record, f"{track.step_label(firing.code)}（补记）", firing.reason)
