"""进展 and 状态 of a task ledger: reported for the unit of whoever brings it in; what is not taken over is said row by row."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from common.errors import RuleError
from common.spreadsheets.outcome import Outcome
from common.wording import cn_date
from tasks.models import RUNNING_STATES, Assignment, AssignmentEvent, AssignmentState, Plan, TaskUnit
from tasks.sheet_known import Known
from tasks.transitions.access import may
from tasks.transitions.assignments import perform
from units.models import Unit
from units.roles import Right

FINISHED = ("已完成", "完成", "已办结", "办结")
LONGEST = 2000
_REPORTED = (AssignmentState.SUBMITTED, AssignmentState.DONE)
_SPEAKER = re.compile(r"([^：:\n]{2,60})[：:]\s*(.*)")
_PERIOD = re.compile(r"(.+)[（(]([^（()）]+)[)）]")
_AT_END = re.compile(r"[（(]\s*(100|\d{1,2})\s*[%％]\s*[）)]\s*$")
_IN_WORDS = re.compile(r"(?:完成比例|完成进度|总体进度|进度|完成)[为约达至到：:]*\s*(100|\d{1,2})\s*[%％]")
_ALONE = re.compile(r"(100|\d{1,2})\s*[%％]")


@dataclass
class TaskOutcome(Outcome):
    """With how many progress reports and completions were taken over."""

    progress: int = 0
    completions: int = 0


@dataclass(frozen=True)
class Stated:
    """What a row says of how far its task is; `key` is the task's."""

    number: int
    key: str
    latest: str
    evidence: str
    state: str

    @property
    def is_finished(self) -> bool:
        """Whether it says 已完成."""
        return self.state in FINISHED


@dataclass
class Said:
    """The cell 进展 taken apart: what it says of each unit (and period) it names, and of nobody in particular."""

    of: dict[tuple[Unit, str], str] = field(default_factory=dict)
    free: str = ""

    def by_period(self, unit: Unit) -> dict[str, str]:
        """What it says of the unit, by period; "" where it names none."""
        return {period: text for (named, period), text in self.of.items() if named == unit}


class Bringer:
    """Takes over what rows state, for one plan that is locked; `check_only` looks without writing."""

    def __init__(
        self, actor: Any, plan: Plan, known: Known, who: Callable[[str], Unit | None], outcome: TaskOutcome
    ) -> None:
        self.actor, self.known, self.who, self.outcome, self.check_only = actor, known, who, outcome, False
        self.parts: dict[int, list[Assignment]] = defaultdict(list)  # by task
        self.doers: dict[str, Unit] = {}  # by name, also those the actor could not name anew
        rows = Assignment.objects.filter(plan=plan).exclude(state=AssignmentState.CANCELLED)
        for part in rows.select_related("unit", "task").order_by("due_at", "pk"):
            self.parts[part.task_id].append(part)
            self.doers[part.unit.name] = part.unit
        sent = AssignmentEvent.objects.filter(assignment__plan=plan, data__has_key="sheet")
        self.sent = set(sent.values_list("data__sheet", flat=True))

    def take(self, row: Stated) -> None:
        """One row."""
        if not (row.latest or row.state):
            return
        task = self.known.by_key.get(row.key)
        parts = self.parts[task.pk] if task else []
        if not parts:
            self._note(row, "任务尚未下达，进展、状态未导入；下达后把同一张表再传一次即可导入")
            return
        own = [part for part in parts if may(self.actor, Right.REPORT_TASK, part)]
        others = [part for part in parts if part not in own]
        said = self._taken_apart(row.latest)
        texts = said.by_period(own[0].unit) if own else {}
        if own and not texts and _speaks(own, others):
            texts, said.free = {"": said.free}, ""
        taken = bool(own) and self._each_own(row, own, texts or {"": ""})
        self._strangers(row, parts, said)
        self._of_others(row, own, others, said)
        self._state(row, parts, taken)

    def _taken_apart(self, text: str) -> Said:
        said, speaker = Said(), None
        for line in text.splitlines():
            found = _SPEAKER.fullmatch(line)
            named = self._speaker(found[1].strip()) if found else None
            speaker = named or speaker
            before = said.of.get(speaker, "") if speaker else said.free
            joined = "\n".join(filter(None, (before, found[2] if named and found else line)))
            if speaker:
                said.of[speaker] = joined
            else:
                said.free = joined
        return said

    def _speaker(self, name: str) -> tuple[Unit, str] | None:
        """The unit of this name, and the period in brackets behind it: 甲村（2026年第一季度）."""
        if unit := self.doers.get(name) or self.who(name):
            return unit, ""
        found = _PERIOD.fullmatch(name)
        unit = self.doers.get(found[1].strip()) or self.who(found[1]) if found else None
        return (unit, found[2].strip()) if unit and found else None

    def _each_own(self, row: Stated, own: list[Assignment], texts: dict[str, str]) -> bool:
        """Report for the own unit, period by period; whether something was new."""
        taken = False
        for period, text in texts.items():
            meant = [part for part in own if period in ("", *_periods(part))]
            if meant:
                taken |= self._own(row, meant, period, text)
            else:
                self._note(row, f"本单位的该项任务没有“{period}”这一期，其进展未导入")
        return taken

    def _own(self, row: Stated, own: list[Assignment], period: str, said: str) -> bool:
        """Report for the own unit what is new; whether something was."""
        text, percent = percent_of(said)
        if not (text or row.is_finished):
            return False
        digest = _digest(row, own[0].unit_id, period + said)
        if digest in self.sent or any(_knows(part, text, percent, row.is_finished) for part in own):
            return False
        running = [part for part in own if part.state in RUNNING_STATES]
        if len(running) != 1 or len(text) > LONGEST:
            self._note(row, _why_not(own, running))
            return False
        if percent == 100 and not row.is_finished:
            self._note(row, "进展写明100%而状态不是“已完成”，完成比例未导入")
            percent = None
        return self._report(row, running[0], text, percent, digest)

    def _report(self, row: Stated, part: Assignment, text: str, percent: int | None, digest: str) -> bool:
        bare = "随任务台账导入，佐证材料未随表上传" + (f"；表中佐证：{row.evidence}" if row.evidence else "")
        facts = {"text": text or f"任务台账记载{row.state}", "no_evidence_reason": bare[:200], "sheet": digest}
        action = "import_completion" if row.is_finished else "import_progress"
        try:
            if not self.check_only:
                perform(action, part.pk, self.actor, percent=percent, stated=row.state, **facts)
        except RuleError as error:
            self._note(row, f"进展、状态未导入：{error.message}")
            return False
        self.sent.add(digest)
        self.outcome.completions += row.is_finished
        self.outcome.progress += not row.is_finished
        if row.evidence:
            self._note(row, "佐证材料须在系统中上传，表中佐证只作说明")
        return True

    def _strangers(self, row: Stated, parts: list[Assignment], said: Said) -> None:
        known = {part.unit_id for part in parts}
        if names := [unit.name for unit, _ in said.of if unit.pk not in known]:
            self._note(row, f"{_listed(names)}没有承办该项任务，其进展未导入")

    def _of_others(self, row: Stated, own: list[Assignment], others: list[Assignment], said: Said) -> None:
        """Say whose progress only they can report; a text without a name is theirs where the own unit has no part."""
        if own and said.free:
            self._note(row, "进展中没有写明是哪个单位的内容，未导入")
        names = []
        for part in others:
            stated = [said.of[part.unit, period] for period in (*_periods(part), "") if (part.unit, period) in said.of]
            text, percent = percent_of(stated[0] if stated else "" if own else said.free)
            open_yet = row.is_finished and part.state in RUNNING_STATES
            if open_yet or (text and not _knows(part, text, percent, False)):
                names.append(part.unit.name)
        if names:
            self._note(row, f"{_listed(names)}的进展、状态由该单位在系统中报送，未导入")

    def _state(self, row: Stated, parts: list[Assignment], taken: bool) -> None:
        known = {part.get_state_display() for part in parts} | ({"推进中"} if taken else set())
        late = row.state == "逾期" and any(part.is_overdue for part in parts)
        if row.state and not row.is_finished and not late and row.state not in known:
            self._note(row, f"状态“{row.state}”只作说明，系统状态以办理情况为准")

    def _note(self, row: Stated, text: str) -> None:
        self.outcome.notes.append((row.number, text))


def _periods(part: Assignment) -> list[str]:
    """What a ledger may call this one of several parts of a unit."""
    return [name for name in (part.period_label, cn_date(part.due_at) if part.due_at else "") if name]


def percent_of(text: str) -> tuple[str, int | None]:
    """The words and the percent they give: （60%） at the end, 完成60% within, or nothing but 60%."""
    if match := _AT_END.search(text):
        return text[: match.start()].strip(), int(match[1])
    if match := _ALONE.fullmatch(text) or _IN_WORDS.search(text):
        return text, int(match[1])
    return text, None


def _speaks(own: list[Assignment], others: list[Assignment]) -> bool:
    """Whether a text that names no unit is the own unit's: nobody else has the task, or the own unit leads it."""
    return not others or own[0].role == TaskUnit.Role.LEAD


def _knows(part: Assignment, text: str, percent: int | None, finished: bool) -> bool:
    """Whether the system says the same already, as it does of a ledger it wrote itself."""
    if finished and part.state not in _REPORTED:
        return False
    same = "".join(text.split())[:200] == "".join(part.latest.split())[:200] and percent in (None, part.percent)
    return same or (finished and not text)


def _why_not(own: list[Assignment], running: list[Assignment]) -> str:
    if not running:
        return f"本单位的该项任务为“{own[-1].get_state_display()}”，进展、状态未导入"
    if len(running) > 1:
        return f"本单位的该项任务有{len(running)}期在办，表中没有写明期次，进展、状态未导入"
    return f"进展超过{LONGEST}字，进展、状态未导入"


def _digest(row: Stated, unit: int, text: str) -> str:
    said = "\x1f".join((row.key, str(unit), text, "finished" if row.is_finished else ""))
    return hashlib.sha256(said.encode()).hexdigest()


def _listed(names: Iterable[str]) -> str:
    found = list(dict.fromkeys(names))
    return "、".join(found[:3]) + (f"等{len(found)}个单位" if len(found) > 3 else "")
