"""Monthly rules for units: when they hold, what they bring about, and that they fire once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from common import clock
from messaging.models import Message
from reports import jobs
from supervision import unit_rules
from supervision.forms.unit_rules import UnitRuleForm
from supervision.models import Letter, Measure, UnitFiring, UnitMonth, UnitRule
from supervision.simulation import units, work
from supervision.transitions import measures
from supervision.transitions.climb import escalate, survey
from supervision.transitions.unit_months import open_month
from supervision.unit_rules import MonthFigures
from tests.supervision.world import DAY, START, confirmed, rectified, restore_ladder
from units.models import PolicyProposal, Unit
from units.transitions.policies import payload_of

MONTH = date(2026, 9, 1)
OCTOBER = timezone.make_aware(datetime(2026, 10, 9, 9, 0))


def figures(
    unit_id: int = 1, due: int = 10, on_time: int = 10, before: tuple[int, int] = (0, 0), **more
) -> MonthFigures:
    return MonthFigures(unit_id, more.pop("group", "unit"), due, on_time, *before, **more)


def rules() -> dict[str, UnitRule]:
    return {row["code"]: UnitRule(**row) for row in unit_rules.DEFAULTS}


@pytest.mark.parametrize(
    ("mine", "others", "codes"),
    [
        (figures(on_time=9), [], []),
        (figures(due=100, on_time=89), [], ["low"]),
        (figures(on_time=8, before=(10, 8)), [], ["low", "poor"]),
        (figures(on_time=8, before=(10, 9)), [], ["low"]),
        (figures(on_time=7), [figures(2)], ["low", "poor", "last"]),
        (figures(on_time=7), [figures(2, on_time=6)], ["low", "poor"]),
        (figures(on_time=7), [figures(2, on_time=6, group="department")], ["low", "poor"]),
        (figures(due=0, on_time=0), [figures(2)], []),
        (figures(due=0, on_time=0, false=1), [], ["false"]),
    ],
)
def test_the_rules_of_the_design(mine, others, codes):
    assert [rule.code for rule in unit_rules.held(rules(), mine, [mine, *others])] == codes


def test_a_rule_switched_off_or_not_begun_does_not_hold():
    old = UnitRule(code="low", below=90, effective_from=MONTH)
    off = UnitRule(code="low", below=90, effective_from=MONTH, area_path="0001.", is_on=False)
    later = UnitRule(code="poor", below=80, effective_from=date(2026, 12, 1))
    assert set(unit_rules.in_force([old, off, later], "0002.", MONTH)) == {"low"}
    assert set(unit_rules.in_force([old, off, later], "0001.0002.", MONTH)) == set()


def judge(cast, *found: MonthFigures) -> dict:
    """September is opened with these figures, and the ladder climbs; what fired for units."""
    with clock.at(OCTOBER):
        open_month(cast.units["office"], MONTH, found)
        fired = escalate().fired
    return {code: fired[code] for code in UnitRule.Code.values if fired[code]}


@pytest.fixture
def september(cast):
    """The firm: two hazards fell due, none was rectified."""
    restore_ladder()
    unit_rules.seed(UnitRule)
    for days in (10, 20):
        confirmed(cast, days=days)
    with clock.at(START - 60 * DAY):
        cast.units["office"].created_at = clock.now()
        cast.units["office"].save()
    return cast


@pytest.mark.django_db
def test_the_month_pushes_the_firm_and_its_department_once(september):
    with clock.at(OCTOBER):
        assert jobs.open_unit_months() == 2
        assert survey().fired["poor"] == 2
        assert escalate().as_dict()["fired"]["poor"] == 2
        assert jobs.open_unit_months() == 0
        assert escalate().due == 0
    written = Letter.objects.filter(key__startswith="unit:")
    assert set(written.values_list("kind", "to_unit__name")) == {
        ("urge", september.units["firm"].name), ("urge", september.units["department"].name),
    }  # fmt: skip
    assert "到期隐患2项，按期整改0项，按期整改率0.0%，低于80%" in written[0].why
    held = UnitFiring.objects.filter(unitmonth__unit=september.units["firm"]).values_list("code", "merged_into")
    assert set(held) == {("low", "poor"), ("poor", "")}
    assert Message.objects.filter(kind="supervision.unit", recipient=september.safety).count() == 1


@pytest.mark.django_db
def test_the_log_of_a_month_tells_of_its_opening_and_of_the_rule(september):
    judge(september, figures(september.units["firm"].pk, on_time=5))
    opened, fired = UnitMonth.objects.get().events.all()
    assert opened.note.startswith("到期隐患10项，按期整改5项")
    assert fired.data["figures"]["on_time"] == 5
    assert "按期整改率偏低并入本次" in fired.note


@pytest.mark.django_db
def test_nothing_is_judged_before_the_first_working_day(september):
    with clock.at(timezone.make_aware(datetime(2026, 10, 2, 9, 0))):
        assert jobs.open_unit_months() == 0


@pytest.mark.django_db
def test_the_figures_stay_as_they_stood_when_nothing_changed_them(september):
    firm = september.units["firm"]
    assert judge(september, figures(firm.pk, due=100, on_time=95)) == {}
    UnitRule.objects.create(code="low", below=99, document="reminder", effective_from=MONTH)
    assert judge(september, figures(firm.pk, due=100, on_time=95)) == {}


@pytest.mark.django_db
def test_what_comes_to_light_later_is_reckoned_anew_and_only_the_harder_rule_fires(september):
    firm = september.units["firm"].pk
    assert judge(september, figures(firm, due=100, on_time=85)) == {"low": 1}
    assert judge(september, figures(firm, due=100, on_time=84)) == {}
    assert judge(september, figures(firm, due=100, on_time=84, false=1)) == {"false": 1}
    assert judge(september, figures(firm, due=100, on_time=84, false=1)) == {}
    assert Letter.objects.filter(key__startswith="unit:").count() == 1
    assert Measure.objects.filter(kind="unit").count() == 1
    notes = UnitMonth.objects.get().events.filter(action="reckon").values_list("note", flat=True)
    assert [note.split("，")[1] for note in notes] == ["按期整改85项；上月到期0项", "按期整改84项；上月到期0项"]


@pytest.mark.django_db
def test_a_unit_that_becomes_last_when_another_is_reckoned_anew_is_looked_at_again(september):
    mine, other = september.units["firm"].pk, september.units["rival_firm"].pk
    fired = judge(september, figures(mine, on_time=7), figures(other, on_time=6))
    assert fired == {"poor": 1, "last": 1}
    assert judge(september, figures(mine, on_time=7), figures(other, on_time=9)) == {"last": 1}


@pytest.mark.django_db
def test_a_unit_taken_out_of_use_is_left_alone(september):
    firm = september.units["firm"]
    with clock.at(OCTOBER):
        open_month(september.units["office"], MONTH, [figures(firm.pk, on_time=5)])
    firm.is_active = False
    firm.save()
    assert judge(september) == {}
    assert UnitMonth.objects.get().next_step_at is None


@pytest.mark.django_db
def test_a_proposal_against_a_unit_is_decided_by_a_person(september):
    judge(september, figures(september.units["firm"].pk, false=2))
    with clock.at(OCTOBER):
        measure = Measure.objects.get()
        assert "虚假整改2项" in measure.reason
        decision = {"form": "talk", "opinion": "同意约谈", "meet_at": OCTOBER + DAY}
        decided = measures.perform("decide", measure.pk, september.head, **decision)
    assert decided.letter.title == f"关于约谈{september.units['firm'].name}主要负责人的通知"


@pytest.mark.django_db
@pytest.mark.parametrize("count", [2, 30])
def test_the_statements_of_a_run_do_not_grow_with_the_units(september, count, django_assert_max_num_queries):
    firm = september.units["firm"]
    copies = [
        Unit(name=f"演示{n}", kind="enterprise", area_id=firm.area_id, area_path=firm.area_path) for n in range(count)
    ]
    Unit.objects.bulk_create(copies)
    with clock.at(OCTOBER):
        open_month(september.units["office"], MONTH, [figures(unit.pk, on_time=5) for unit in copies])
        with django_assert_max_num_queries(50):
            assert escalate().fired["last"] == count


@pytest.mark.django_db(transaction=True)
def test_many_runs_at_once_fire_once(september):
    office, firm = september.units["office"], september.units["firm"].pk

    def work(place: int) -> int:
        try:
            with clock.at(OCTOBER):
                opened = open_month(office, MONTH, [figures(firm, on_time=5)])
                escalate()
                return opened
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(work, range(6))) == 1
    assert UnitMonth.objects.get().events.count() == 2
    assert Letter.objects.filter(key__startswith="unit:").count() == 1


TYPED = {"code": "low", "is_on": "on", "below": 95, "running_below": 0, "least": 3, "document": "reminder", "basis": ""}


def next_year() -> str:
    return clock.today().replace(year=clock.today().year + 1).isoformat()


@pytest.mark.django_db
def test_a_rule_is_simulated_then_changed_by_one_and_approved_by_another(cast, as_):
    typed = TYPED | {"effective_from": next_year()}
    assert as_("officer").get(reverse("policy-propose", args=["unit_rule"])).url == reverse("unit-rule-edit")
    simulated = as_("officer").post(reverse("unit-rule-edit"), typed)
    assert simulated.status_code == 302
    assert "全部单位规则会" in as_("officer").get(simulated.url).content.decode()
    assert as_("officer").post(simulated.url, {"reason": ""}).status_code == 422
    assert as_("officer").post(simulated.url, {"reason": "从严"}).status_code == 302
    proposal = PolicyProposal.objects.get(kind="unit_rule")
    assert as_("head").get(reverse("unit-rule-proposal", args=[proposal.pk])).status_code == 200
    again = as_("head").post(reverse("unit-rule-proposal-simulate", args=[proposal.pk]))
    assert as_("head").get(again.url).status_code == 200
    as_("head").post(reverse("policy-proposal", args=[proposal.pk]), {"accept": "1", "reason": ""})
    assert UnitRule.objects.filter(below=95).count() == 1


@pytest.fixture
def quarter(september):
    """Three months in which the firms did differently, judged month by month for real."""
    cast = september
    for days in (40, 45, 50, 75):
        hazard = confirmed(cast, "general", days=days)
        if days == 45:
            with clock.at(START + 30 * DAY):
                rectified(cast, hazard)
    with clock.at(START):
        confirmed(cast, "general", days=70)
    for month in (10, 11, 12):
        with clock.at(timezone.make_aware(datetime(2026, month, 9, 9, 0))):
            jobs.open_unit_months()
            escalate()
    return cast


@pytest.mark.django_db
def test_the_simulated_counts_equal_the_real_ones(quarter):
    months = units.months_before(date(2026, 12, 9))
    assert months == [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]
    tally = units.replay(quarter.units["office"], months, UnitRule.objects.all())
    written = Letter.objects.filter(key__startswith="unit:")
    assert tally.letters == Counter(written.values_list("kind", flat=True))
    assert tally.units == Counter(written.values_list("to_unit", flat=True))
    assert tally.steps == Counter(UnitFiring.objects.filter(merged_into="").values_list("code", flat=True))
    assert tally.proposals["unit"] == Measure.objects.filter(kind="unit").count()
    told = Message.objects.filter(kind="supervision.unit").values_list("recipient", flat=True)
    assert tally.told == Counter(told)
    assert sum(tally.letters.values()) >= 3


@pytest.mark.django_db
def test_a_stricter_rule_is_counted_without_being_written(quarter):
    before = (Letter.objects.count(), Message.objects.count(), UnitFiring.objects.count())
    with clock.at(timezone.make_aware(datetime(2026, 12, 9, 9, 0))):
        form = UnitRuleForm(TYPED | {"is_on": "", "effective_from": "2027-01-01"})
        assert form.is_valid()
        made = work.begin_rule(quarter.officer, form, payload_of(form))
    would, now = made.result["would"], made.result["now"]
    assert now["letters"] == {"urge": [now["letters"]["urge"][0], 2]}
    assert would["letters"] == now["letters"]
    assert before == (Letter.objects.count(), Message.objects.count(), UnitFiring.objects.count())
