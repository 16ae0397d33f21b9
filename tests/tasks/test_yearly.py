"""Yearly lists and reports: drafted once, filed by the unit, put on file with a receipt or returned by the office."""

from __future__ import annotations

import itertools
from datetime import date, datetime

import pytest
from django.utils import timezone

from common import clock
from common.errors import Forbidden, Refused, WrongState
from messaging.models import Message
from tasks.models import Assignment, YearlyPaper, YearlyState
from tasks.transitions.assignments import perform as act
from tasks.transitions.yearly import LIFECYCLE, RULES, perform
from tasks.transitions.yearly_drafts import draft, draft_all, refresh_all, remind
from tests.tasks.builders import assigned, day, task_data

TABLE = {
    "edit": ({"draft"}, {"grid"}),
    "add_new": ({"draft"}, {"grid"}),
    "file": ({"draft"}, {"grid"}),
    "withdraw": ({"filed"}, {"grid"}),
    "check": ({"filed"}, {"officer", "head"}),
    "return_paper": ({"filed"}, {"officer", "head"}),
    "amend": ({"checked"}, {"grid"}),
}


def on(text: str):
    return clock.at(timezone.make_aware(datetime.fromisoformat(f"{text}T08:00")))


def filled(cast, year=2026, kind="duties", *texts):
    paper, _ = draft(cast.units["village"], year, kind)
    items = [{"pk": None, "text": text, "result": ""} for text in texts or ("每月检查一次",)]
    return perform("edit", paper.pk, cast.fresh("grid"), items=items)


def on_file(cast, *args):
    paper = perform("file", filled(cast, *args).pk, cast.fresh("grid"))
    return perform("check", paper.pk, cast.fresh("officer"))


def refusal(action, paper, person):
    try:
        LIFECYCLE.check(action, paper, person)
    except (WrongState, Forbidden) as error:
        return type(error)
    return None


def test_state_and_role_decide_as_the_table_says(cast):
    assert set(RULES) == set(TABLE)
    paper, _ = draft(cast.units["village"], 2026, "duties")
    people = {name: cast.fresh(name) for name in cast.people}
    for state, (name, person), (action, (states, who)) in itertools.product(
        YearlyState.values, people.items(), TABLE.items()
    ):
        paper.state = state
        expected = WrongState if state not in states else None if name in who else Forbidden
        assert refusal(action, paper, person) is expected, (action, state, name)


def test_lists_are_drafted_once_and_owed_by_the_thirtieth_of_april(cast):
    with on("2028-01-05"):
        assert draft_all() == 8
        assert draft_all() == 0
    due = {clock.local(paper.due_at).date() for paper in YearlyPaper.objects.all()}
    assert due == {date(2028, 4, 30)}


def test_the_report_is_drafted_in_december_and_owed_by_the_last_day(cast):
    with on("2026-12-01"):
        draft_all()
    reports = YearlyPaper.objects.filter(kind="report")
    assert reports.count() == 4
    assert clock.local(reports[0].due_at).date() == date(2026, 12, 31)


def test_a_list_of_duties_starts_from_last_year(cast):
    on_file(cast, 2025, "duties", "每月检查一次", "每季开会")
    paper, _ = draft(cast.units["village"], 2026, "duties")
    assert [(item.text, item.origin) for item in paper.items.all()] == [
        ("每月检查一次", "2025年度清单"),
        ("每季开会", "2025年度清单"),
    ]


def test_a_list_of_tasks_is_what_the_plans_gave_the_unit(cast):
    assigned(cast)
    paper, _ = draft(cast.units["village"], 2026, "tasks")
    assert [item.text for item in paper.items.all()] == ["压实部门责任（责任）"]


def test_a_list_nobody_touched_takes_in_the_plan_that_comes_afterwards(cast):
    paper, _ = draft(cast.units["village"], clock.today().year, "tasks")
    assert not paper.items.exists()
    assigned(cast)
    assert refresh_all() == 1
    assert [item.text for item in paper.items.all()] == ["压实部门责任（责任）"]
    assert refresh_all() == 0


def test_a_list_that_was_edited_takes_in_what_is_new_when_its_unit_asks(cast):
    paper = filled(cast, clock.today().year, "tasks", "自定的任务")
    assigned(cast)
    assert refresh_all() == 0
    perform("add_new", paper.pk, cast.fresh("grid"))
    assert [item.text for item in paper.items.all()] == ["自定的任务", "压实部门责任（责任）"]
    with pytest.raises(Refused, match="没有新的内容"):
        perform("add_new", paper.pk, cast.fresh("grid"))


def test_the_report_says_what_the_unit_did_and_leaves_empty_what_nobody_knows(cast):
    record = assigned(cast, "village", task_data(cast))
    act("report_progress", record.pk, cast.fresh("grid"), text="已检查两次", percent=60)
    year = clock.local(record.due_at).year
    draft(cast.units["village"], year, "tasks")
    filled(cast, year, "duties", "每月检查一次")
    report, _ = draft(cast.units["village"], year, "report")
    results = [item.result for item in report.items.all()]
    assert results[0] == ""
    assert "共1项，办结0项" in results[1]
    assert "已检查两次" in results[1]


def test_the_report_tells_of_what_an_earlier_year_left_over(cast):
    year = clock.today().year
    assigned(cast, "village", task_data(cast, terms=(day(f"{year - 1}-06-30"),)))
    draft(cast.units["village"], year, "tasks")
    (line,) = draft(cast.units["village"], year, "report")[0].items.all()
    assert line.result == f"共1项，办结0项；待办（0%），时限{year - 1}年6月30日"


def test_a_report_is_not_filed_with_a_line_left_empty(cast):
    report = filled(cast, 2026, "report", "每月检查一次")
    with pytest.raises(Refused, match="第1项还没有填写完成情况"):
        perform("file", report.pk, cast.fresh("grid"))


def test_an_empty_paper_is_not_filed(cast):
    with pytest.raises(Refused):
        perform("file", draft(cast.units["village"], 2026, "duties")[0].pk, cast.fresh("grid"))


def test_putting_on_file_gives_a_receipt_that_an_amendment_keeps(cast):
    paper = on_file(cast)
    number = paper.receipt
    assert number.startswith("甲街道安委办备")
    perform("amend", paper.pk, cast.fresh("grid"), reason="职责调整")
    perform("file", paper.pk, cast.fresh("grid"))
    assert perform("check", paper.pk, cast.fresh("officer")).receipt == number


def test_a_return_tells_the_unit_why(cast):
    paper = perform("file", filled(cast).pk, cast.fresh("grid"))
    returned = perform("return_paper", paper.pk, cast.fresh("head"), reason="缺少消防职责")
    assert returned.state == "draft"
    assert Message.objects.filter(recipient=cast.people["grid"], title__startswith="年度报备被退回").exists()


def test_reminders_come_once_before_and_once_after(cast):
    with on("2026-01-05"):
        draft(cast.units["village"], 2026, "duties")
        assert remind() == 0
    for text, expected in (("2026-04-20", 1), ("2026-04-21", 0), ("2026-05-02", 1), ("2026-05-03", 0)):
        with on(text):
            assert remind() == expected, text


def test_the_unit_fills_in_files_and_prints_it(as_, cast):
    paper, _ = draft(cast.units["village"], 2026, "duties")
    grid, address = as_("grid"), paper.get_absolute_url()
    grid.post(f"{address}edit/", {"text_0": "每月检查一次", "text_2": "每季开会", "version": 0})
    assert [item.text for item in paper.items.all()] == ["每月检查一次", "每季开会"]
    grid.post(f"{address}file/", {"version": 1})
    as_("officer").post(f"{address}check/", {"version": 2})
    assert grid.get(f"{address}receipt.pdf").content.startswith(b"%PDF")
    assert grid.get(f"{address}paper.docx").content.startswith(b"PK")


def test_a_receipt_does_not_exist_before_the_paper_is_on_file(as_, cast):
    paper = filled(cast)
    assert as_("grid").get(f"{paper.get_absolute_url()}receipt.pdf").status_code == 404


def test_an_assignment_cancelled_is_nothing_the_unit_did(cast):
    record = assigned(cast)
    act("cancel", record.pk, cast.fresh("officer"), reason="误下达")
    year = clock.local(record.due_at).year
    draft(cast.units["village"], year, "tasks")
    report, _ = draft(cast.units["village"], year, "report")
    assert [item.result for item in report.items.all()] == [""]
    assert Assignment.objects.get(pk=record.pk).state == "cancelled"
