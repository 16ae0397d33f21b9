"""Hazards with a past: consistent rows, and afterwards their events, plans and photos, each as one statement over all."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from benchmarks.multiply import multiply
from benchmarks.street import Street
from common import clock
from common.copying import copy_in
from common.models import NumberSeries
from hazards import criteria
from hazards.models import Hazard
from hazards.models.hazard import Channel, Level, State
from units.models import Unit

DISTINCT = 50_000  # hazards made one by one
DAYS = 430  # a little over fourteen months
NEWEST = 0.1  # what is open was reported within this last part of the time,
OPEN_SHARE = 0.3  # and there makes up this much: 3 % of all
MEASURED_SHARE = 0.8
LIMIT_DAYS = {Level.GENERAL: 12, Level.KEY: 30, Level.MAJOR: 90}
OPEN = (State.REPORTED, State.RECTIFYING, State.RECTIFYING, State.RECTIFYING, State.SUBMITTED, State.REVIEWED)
PROBLEMS = (
    ("安全出口被货物堵塞，疏散通道不畅", "fire", "一楼后门"),
    ("灭火器压力不足，应急照明损坏", "fire", "楼梯间"),
    ("消防水泵无法启动，末端无压", "fire", "消防泵房"),
    ("配电箱未装漏电保护器，线路裸露", "electric", "生产车间东侧"),
    ("电动自行车在门厅停放充电", "electric", "门厅"),
    ("燃气软管超过两米且穿墙", "gas", "厨房"),
    ("气瓶间无通风，未装泄漏报警器", "gas", "气瓶间"),
    ("除尘器未设泄爆口，粉尘清扫记录缺失", "dust", "打磨车间"),
    ("冲压设备安全光幕失效，防护罩缺失", "equipment", "冲压车间"),
    ("有限空间未设警示标志，未配气体检测仪", "confined", "污水池"),
    ("电焊工未持证上岗", "person", "机修间"),
    ("可燃气体报警器失效，未按期校验", "chemical", "储罐区"),
    ("临边洞口无防护栏", "construction", "3号楼四层"),
    ("安全生产责任制未更新，培训台账缺失", "management", "办公室"),
)


class Historian:
    """Writes hazards of the given streets; the same seed writes the same history."""

    def __init__(self, streets: Sequence[Street], seed: int = 20261122) -> None:
        self.dice = random.Random(seed)
        self.streets = streets
        self.now = clock.now()
        self.numbers: Counter[tuple[str, int]] = Counter()
        self.clause = criteria.general()
        self.profiles = {
            unit.pk: unit.enterprise
            for street in streets
            for unit in Unit.objects.filter(pk__in=[firm.pk for firm in street.firms]).select_related("enterprise")
        }

    def write(self, count: int, chunk: int = 5_000) -> None:
        """Store `count` hazards, oldest first, a chunk in memory at a time, and note the numbers used.

        Of a large count every so many are alike but for number and time.
        """
        alike = -(-count // DISTINCT)
        made = count // alike
        for first in range(0, made, chunk):
            copy_in([self._hazard(index / made) for index in range(first, min(first + chunk, made))])
        if alike > 1:
            multiply(alike, self.numbers)
        self._note_numbers()

    def write_due(self, count: int) -> None:
        """Store `count` hazards whose first step after the deadline is due now."""
        measured = self.streets[0]
        copy_in([self._overdue(measured) for _ in range(count)])
        self._note_numbers()

    def _note_numbers(self) -> None:
        for (code, year), last in self.numbers.items():
            NumberSeries.objects.update_or_create(series=f"hazard:{code}", year=year, defaults={"last": last})

    def _overdue(self, street: Street) -> Hazard:
        hazard = self._report(street, clock.now() - timedelta(days=20))
        self._confirm(hazard, hazard.reported_at, timedelta(days=18, hours=12))
        hazard.level, hazard.criterion = Level.GENERAL, None
        hazard.next_step_at = clock.now()
        return hazard

    def _hazard(self, place: float) -> Hazard:
        """One hazard at `place` of the time span (0 oldest, 1 newest)."""
        street = self.streets[0 if self.dice.random() < MEASURED_SHARE else 1]
        hazard = self._report(street, self.now - timedelta(days=DAYS) * (1 - place))
        age = self.now - hazard.reported_at
        if place > 1 - NEWEST and self.dice.random() < OPEN_SHARE:
            self._leave_open(hazard, age)
        elif self.dice.random() < 0.01:
            hazard.state, hazard.version = State.DISMISSED, 2
        else:
            planned = timedelta(days=LIMIT_DAYS[Level(hazard.level)]) * self.dice.uniform(0.3, 1.4)
            self._close(hazard, min(planned, age * 0.9))
        return hazard

    def _report(self, street: Street, at: datetime) -> Hazard:
        firm = self.dice.choice(street.firms)
        text, category, spot = self.dice.choice(PROBLEMS)
        level = self.dice.choices((Level.GENERAL, Level.KEY, Level.MAJOR), (80, 17, 3))[0]
        year = clock.local(at).year
        key = (street.area.code, year)
        self.numbers[key] += 1
        hazard = Hazard(
            number=f"{key[0]}-{year}-{self.numbers[key]:05d}",
            state=State.REPORTED,
            level=level,
            criterion=self.clause if level == Level.MAJOR else None,
            channel=self.dice.choice(Channel.values[:-1]),
            category=category,
            description=text,
            place=spot,
            unit=firm,
            area_path=firm.area_path,
            sector_id=self.profiles[firm.pk].sector_id,
            department_id=self.profiles[firm.pk].department_id,
            responsible_person="李四",
            responsible_phone="13900000002",
            found_on=clock.local(at).date(),
            found_by="测试officer",
            reported_by=street.people["officer"],
            reported_unit=street.office,
            reported_at=at,
            created_at=at,
            updated_at=at,
            version=1,
        )
        hazard.refresh_search()
        return hazard

    def _confirm(self, hazard: Hazard, at: datetime, limit: timedelta) -> None:
        hazard.state, hazard.version = State.RECTIFYING, 2
        hazard.confirmed_at = hazard.updated_at = at
        hazard.due_at = hazard.original_due_at = at + limit
        hazard.deadline_no = 1

    def _leave_open(self, hazard: Hazard, age: timedelta) -> None:
        """Somewhere in the loop; the ladder is set by climbing it once, after everything is stored."""
        state = self.dice.choice(OPEN)
        if state == State.REPORTED:
            return
        self._confirm(hazard, hazard.reported_at + age * 0.1, timedelta(days=LIMIT_DAYS[Level(hazard.level)]))
        if state == State.RECTIFYING:
            hazard.state = State.PLANNING if hazard.level == Level.MAJOR else state
            hazard.next_step_at = hazard.confirmed_at
            return
        hazard.state = State.SUBMITTED if hazard.level == Level.GENERAL else state
        hazard.submitted_at = hazard.updated_at = hazard.reported_at + age * 0.7
        if hazard.state == State.REVIEWED:
            hazard.reviewed_at = hazard.rectified_at = hazard.updated_at = hazard.reported_at + age * 0.85
        self._count_events(hazard)

    def _close(self, hazard: Hazard, life: timedelta) -> None:
        at = hazard.reported_at
        self._confirm(hazard, at + life * 0.1, timedelta(days=LIMIT_DAYS[Level(hazard.level)]))
        hazard.state = State.CLOSED
        hazard.submitted_at, hazard.reviewed_at = at + life * 0.7, at + life * 0.85
        hazard.rectified_at = hazard.submitted_at
        hazard.closed_at = hazard.updated_at = hazard.reviewed_at if hazard.level == Level.GENERAL else at + life
        self._count_events(hazard)

    def _count_events(self, hazard: Hazard) -> None:
        moments = (hazard.submitted_at, hazard.reviewed_at)
        planned = 2 if hazard.level == Level.MAJOR else 0
        signed_off = hazard.state == State.CLOSED and hazard.level != Level.GENERAL
        hazard.version = 2 + planned + sum(moment is not None for moment in moments) + signed_off


def _steps() -> Iterator[str]:
    """The events of the closed loop as rows of VALUES: place, action, label, source, target, moment (null: not come)."""
    key, major = "h.level <> 'general'", "h.level = 'major'"
    came = "h.submitted_at IS NOT NULL"
    between = "(h.submitted_at - h.confirmed_at)"
    yield "(1, 'submit_report', '上报', 'draft', 'reported', h.reported_at)"
    yield "(2, 'dismiss', '不予立案', 'reported', 'dismissed', CASE WHEN h.state = 'dismissed' THEN h.reported_at END)"
    yield f"(3, 'confirm', '核实确认', 'reported', CASE WHEN {major} THEN 'planning' ELSE 'rectifying' END, h.confirmed_at)"
    yield f"(4, 'file_plan', '报送治理方案', 'planning', 'planning', CASE WHEN {major} AND {came} THEN h.confirmed_at + {between} * 0.2 END)"
    yield f"(5, 'approve_plan', '批准方案', 'planning', 'rectifying', CASE WHEN {major} AND {came} THEN h.confirmed_at + {between} * 0.3 END)"
    yield "(6, 'submit_rectification', '报告整改完成', 'rectifying', 'submitted', h.submitted_at)"
    yield f"(7, 'pass_review', '复查合格', 'submitted', CASE WHEN {key} THEN 'reviewed' ELSE 'closed' END, h.reviewed_at)"
    yield f"(8, 'sign_off', '销号', 'reviewed', 'closed', CASE WHEN {key} THEN h.closed_at END)"


EVENTS = f"""
INSERT INTO hazards_hazardevent (hazard_id, seq, at, action, label, source, target, actor_id, actor_name, actor_hat, round,
                                 note, data)
SELECT h.id, step.seq, step.at, step.action, step.label, step.source, step.target, h.reported_by_id, '测试officer', '', 1, '',
       CASE WHEN step.action = 'confirm' THEN jsonb_build_object('due', h.due_at, 'level', h.level) ELSE '{{}}' END
FROM hazards_hazard h
CROSS JOIN LATERAL (
    SELECT row_number() OVER (ORDER BY place) AS seq, *
    FROM (VALUES {", ".join(_steps())}) AS steps (place, action, label, source, target, at)
    WHERE at IS NOT NULL
) AS step
WHERE h.id > %(after)s
"""
PLANS = """
INSERT INTO hazards_treatmentplan (hazard_id, version, state, objectives, measures, funds, materials, organisation, finish_on,
                                   schedule, safeguards, filed_by_id, filed_at, decided_by_id, decided_at, opinion)
SELECT h.id, 1, 'approved', '消除隐患', '更换设备', 2.5, '', '安全科', h.due_at::date, '', '停用', h.reported_by_id,
       h.confirmed_at, h.reported_by_id, h.confirmed_at, ''
FROM hazards_hazard h WHERE h.level = 'major' AND h.submitted_at IS NOT NULL AND h.id > %(after)s
"""
PHOTOS = """
INSERT INTO hazards_hazardevidence (hazard_id, attachment_id, stage, round, created_at)
SELECT h.id, (%(photos)s)[1 + h.id %% %(count)s], stage.name, 1, stage.at
FROM hazards_hazard h
CROSS JOIN LATERAL (VALUES ('before', h.reported_at), ('after', h.submitted_at)) AS stage (name, at)
WHERE stage.at IS NOT NULL AND h.id > %(after)s
"""
