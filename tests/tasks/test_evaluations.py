"""Evaluations: drafted from tasks, indicators and duties; edited, approved by another; on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from common import clock
from common.errors import Forbidden, Refused, WrongState
from common.papers import render_docx
from tasks.evaluations.paper import build
from tasks.models import Evaluation, Plan, TaskUnit
from tasks.transitions import evaluations, indicators
from tasks.transitions.assigning import assign
from tasks.transitions.plans import TaskData, TermData, UnitData, create_plan
from tests.cast import Cast
from tests.tasks.given import NOON, in_august

__all__ = ["in_august"]
pytestmark = pytest.mark.usefixtures("in_august")
S = Evaluation.State
OFFICE, DECIDERS = {"officer", "head"}, {"head", "leader"}
TABLE = {
    "edit": ({"drafted", "edited"}, OFFICE),
    "recompute": ({"drafted", "edited"}, OFFICE),
    "approve": ({"drafted", "edited"}, DECIDERS),
    "return_draft": ({"drafted", "edited", "approved"}, DECIDERS),
    "void": ({"drafted", "edited"}, DECIDERS),
}


def plan(cast: Cast) -> Plan:
    """Two tasks of the village: one fell due on 10 August, one will in December."""
    units = [UnitData(cast.units["village"], TaskUnit.Role.RESPONSIBLE)]
    officer = cast.fresh("officer")
    with clock.at(NOON - timedelta(days=30)):
        made = create_plan(
            officer, title="三年行动方案", number="禄街发〔2024〕18号",
            tasks=[
                TaskData("排查燃气", action="专项治理", units=units, terms=[TermData(date(2026, 8, 10))]),
                TaskData("安装报警器", action="专项治理", units=units, terms=[TermData(date(2026, 12, 31))]),
            ],
        )  # fmt: skip
        assign(officer, list(made.tasks.values_list("pk", flat=True)))
    return made


def drafted(cast: Cast, **more: Any) -> Evaluation:
    values: dict[str, Any] = {"kind": "mid", "until": date(2026, 8, 20)}
    made, _ = evaluations.draft(cast.fresh("officer"), plan(cast), **values | more)
    return made


def test_the_draft_says_what_the_tasks_and_indicators_say(cast: Cast) -> None:
    indicators.measure_all()
    made = drafted(cast)
    assert {key: made.snapshot["tasks"][key] for key in ("tasks", "all", "done", "late")} == {
        "tasks": 2, "all": 2, "done": 0, "late": 1,
    }  # fmt: skip
    text = "".join(text for section in made.sections for text in section["paragraphs"])
    targets = {row["name"]: row["target"] for row in made.snapshot["indicators"]}
    assert (targets["化工园区安全风险评估D级达标"], targets["基层应急管理能力建设覆盖率"]) == ("达标", "不低于100%")
    assert "逾期未办结1项" in text
    assert "甲村1项" in text
    assert [row["title"] for row in made.snapshot["tasks"]["overdue"]] == ["排查燃气"]


def test_the_same_evaluation_is_drafted_once(cast: Cast) -> None:
    made = drafted(cast)
    again, is_new = evaluations.draft(cast.fresh("head"), made.plan, kind="mid", until=date(2026, 8, 20))
    assert (again, is_new) == (made, False)
    evaluations.perform("void", made.pk, cast.fresh("head"), reason="口径有误")
    assert evaluations.draft(cast.fresh("officer"), made.plan, kind="mid", until=date(2026, 8, 20))[1]


def test_nobody_evaluates_days_to_come_or_another_street(cast: Cast) -> None:
    with pytest.raises(Refused, match="不能晚于今天"):
        drafted(cast, until=date(2026, 8, 21))
    with pytest.raises(Forbidden):
        evaluations.draft(cast.fresh("rival_officer"), Plan.objects.get(), kind="mid", until=date(2026, 8, 20))


def test_who_edited_does_not_approve(cast: Cast) -> None:
    made = drafted(cast)
    evaluations.perform("edit", made.pk, cast.fresh("head"), title="评估报告", sections=made.sections)
    with pytest.raises(Forbidden, match="编辑过"):
        evaluations.perform("approve", made.pk, cast.fresh("head"))
    assert evaluations.perform("approve", made.pk, cast.fresh("leader")).state == S.APPROVED


def test_computing_anew_keeps_the_edited_text_unless_asked(cast: Cast) -> None:
    made = drafted(cast)
    sections = [{**section, "paragraphs": ["改过的文字"]} for section in made.sections]
    evaluations.perform("edit", made.pk, cast.fresh("officer"), title="评估", sections=sections)
    kept = evaluations.perform("recompute", made.pk, cast.fresh("officer"))
    assert kept.sections[0]["paragraphs"] == ["改过的文字"]
    anew = evaluations.perform("recompute", made.pk, cast.fresh("officer"), rewrite=True)
    assert anew.sections[0]["paragraphs"] != ["改过的文字"]


@pytest.mark.parametrize("state", S)
def test_each_person_gets_exactly_the_buttons_of_the_design(cast: Cast, state: str) -> None:
    made = drafted(cast)
    made.state = state
    for name in cast.people:
        expected = {action for action, (states, people) in TABLE.items() if state in states and name in people}
        assert set(evaluations.LIFECYCLE.allowed(made, cast.people[name])) == expected, name


@pytest.mark.parametrize("action", TABLE)
def test_perform_refuses_every_other_state_and_person(cast: Cast, action: str) -> None:
    made = drafted(cast)
    for state in S:
        Evaluation.objects.filter(pk=made.pk).update(state=state)
        states, people = TABLE[action]
        for name in cast.people if state not in states else set(cast.people) - people:
            with pytest.raises(WrongState if state not in states else Forbidden):
                evaluations.perform(action, made.pk, cast.people[name])


def test_the_paper_is_a_draft_until_it_is_approved_and_lists_what_is_overdue(cast: Cast) -> None:
    made = drafted(cast)
    paper = build(made)
    assert (paper.mark, paper.attachments[0].title) == ("草稿", "逾期未办结任务清单")
    assert len(render_docx(paper)) > 5000
    assert build(evaluations.perform("approve", made.pk, cast.fresh("head"))).mark == ""


def test_the_pages_draft_edit_and_show(as_: Callable[[str], Client], cast: Cast) -> None:
    typed = {"plan": plan(cast).pk, "kind": "final", "until": "2026-08-20"}
    page = as_("officer").post("/evaluations/new/", typed, follow=True)
    made = Evaluation.objects.get()
    assert f'href="/evaluations/{made.pk}/tasks/late/"' in page.content.decode()
    form = as_("officer").get(f"/evaluations/{made.pk}/edit/").context["form"]
    edited = {name: form[name].value() for name in form.fields if form[name].value() is not None} | {
        "text_0": "第一段\n第二段"
    }
    assert as_("officer").post(f"/evaluations/{made.pk}/edit/", edited).status_code == 302
    made.refresh_from_db()
    assert made.sections[0]["paragraphs"] == ["第一段", "第二段"]
