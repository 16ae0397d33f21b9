"""进展 and 状态 of a ledger: reported once for the importer's own unit, never accepted, and the rest is said row by row."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common import clock
from common.errors import Forbidden
from messaging.models import Message
from tasks.imports import bring_in, open_tasks
from tasks.models import Assignment
from tasks.sheet_progress import percent_of
from tasks.transitions.assigning import assign, open_recurring
from tasks.transitions.assignments import perform
from tests.tasks.builders import plan_of
from tests.tasks.test_import import sheet

OWN, VILLAGE = "甲街道应急管理综合服务中心", "甲村"


def row(latest="", state="", evidence="", responsible=VILLAGE, due="2099-12-31"):
    return f'1,,甲任务,,{OWN},"{responsible}",,,{due},"{latest}",{evidence},{state}'


def given(cast, **facts):
    """The department's plan with the row brought in and given out."""
    plan = plan_of(cast, by="department")
    send(cast, plan, row(**facts), by="officer")
    assign(cast.fresh("officer"), list(plan.tasks.filter(title="甲任务").values_list("pk", flat=True)))
    return plan


def send(cast, plan, *rows, by="department", **options):
    return bring_in(cast.fresh(by), plan.pk, sheet(*rows), **options)


def part(plan, name=OWN):
    return Assignment.objects.get(task__plan=plan, task__title="甲任务", unit__name=name)


def said(outcome):
    return [note for _, note in outcome.notes]


def test_progress_of_the_own_unit_becomes_a_report_marked_as_imported(cast):
    plan = given(cast)
    outcome = send(cast, plan, row(f"{OWN}：已检查两次（60%）", "推进中", "照片3张"))
    record, event = part(plan), part(plan).events.latest("pk")
    assert (record.state, record.percent, record.latest, outcome.progress) == ("in_progress", 60, "已检查两次", 1)
    assert (event.label, event.actor, event.note) == (
        "导入进展", cast.people["department"], "已检查两次（表中状态：推进中）",
    )  # fmt: skip
    assert "表中佐证：照片3张" in record.reports.get().no_evidence_reason


def test_finished_is_reported_for_review_and_never_accepted(cast):
    plan = given(cast)
    outcome = send(cast, plan, row("全部完成", "已完成"))
    record = part(plan)
    assert (record.state, record.done_at, outcome.completions) == ("submitted", None, 1)
    assert record.reports.get().outcome == "pending"
    assert Message.objects.filter(recipient=cast.people["officer"], title__startswith="任务已报完成").exists()


@pytest.mark.parametrize("state", ["推进中", "已完成"])
def test_the_same_sheet_sent_again_reports_nothing_more(cast, state):
    plan = given(cast)
    send(cast, plan, row("已检查两次（60%）", state))
    if state == "已完成":
        perform("withdraw", part(plan).pk, cast.fresh("department"))
    else:
        perform("report_progress", part(plan).pk, cast.fresh("department"), text="又检查一次", percent=80)
    again = send(cast, plan, row("已检查两次（60%）", state))
    assert (again.progress, again.completions, part(plan).reports.count()) == (0, 0, 1 + (state == "推进中"))


def test_what_another_unit_did_only_that_unit_reports(cast):
    plan = given(cast)
    outcome = send(cast, plan, row(f"{OWN}：已部署\n{VILLAGE}：已排查", "已完成"))
    assert (part(plan).latest, part(plan, VILLAGE).state, part(plan, VILLAGE).latest) == ("已部署", "open", "")
    assert said(outcome) == ["甲村的进展、状态由该单位在系统中报送，未导入"]


def test_the_office_that_has_no_part_takes_nothing_over(cast):
    plan = given(cast)
    outcome = send(cast, plan, row("已排查", "已完成"), by="officer")
    assert not part(plan).reports.exists()
    assert said(outcome) == [f"{OWN}、甲村的进展、状态由该单位在系统中报送，未导入"]


def test_a_task_not_given_out_keeps_its_progress_until_it_is(cast):
    plan = plan_of(cast, by="department")
    outcome = send(cast, plan, row("已部署"), by="officer")
    assert any("任务尚未下达" in note for note in said(outcome))
    assign(cast.fresh("officer"), [plan.tasks.get(title="甲任务").pk])
    assert send(cast, plan, row("已部署")).progress == 1


@pytest.mark.parametrize(
    ("latest", "state", "note"),
    [
        ("", "暂缓", "状态“暂缓”只作说明，系统状态以办理情况为准"),
        ("已做完（100%）", "", "进展写明100%而状态不是“已完成”，完成比例未导入"),
        ("甲街道食品厂：已自查", "", "甲街道食品厂没有承办该项任务，其进展未导入"),
        ("长" * 2001, "", "进展超过2000字，进展、状态未导入"),
    ],
)
def test_what_is_not_taken_over_is_said(cast, latest, state, note):
    assert note in said(send(cast, given(cast), row(latest, state)))


def test_a_task_that_runs_in_several_periods_is_not_guessed(cast):
    plan = given(cast, due="2099-06-30;2099-12-31")
    outcome = send(cast, plan, row("已部署", due="2099-06-30;2099-12-31"))
    assert outcome.progress == 0
    assert "本单位的该项任务有2期在办，表中没有写明期次，进展、状态未导入" in said(outcome)


def test_a_period_that_is_named_is_reported_and_the_others_stay(cast):
    plan = given(cast, due="每月")
    with clock.at(clock.now() + timedelta(days=32)):
        open_recurring()
        first, second = Assignment.objects.filter(task__plan=plan, unit__name=OWN).order_by("due_at")
        stated = f"{OWN}（{second.period_label}）：已检查一遍（40%）"
        outcome = send(cast, plan, row(stated, due="每月"))
        assert (outcome.progress, said(outcome)) == (1, [])
        assert send(cast, plan, row(stated, due="每月")).progress == 0
    done = [Assignment.objects.get(pk=part.pk) for part in (first, second)]
    assert [(part.latest, part.percent) for part in done] == [("", 0), ("已检查一遍", 40)]


def test_a_finished_one_is_not_touched(cast):
    plan = given(cast)
    send(cast, plan, row("全部完成", "已完成"))
    perform("accept", part(plan).pk, cast.fresh("officer"))
    outcome = send(cast, plan, row("改口", "推进中"))
    assert (part(plan).state, outcome.progress) == ("done", 0)
    assert "本单位的该项任务为“已办结”，进展、状态未导入" in said(outcome)


def test_checking_counts_and_writes_nothing(cast):
    plan = given(cast)
    assert send(cast, plan, row("已部署"), check_only=True).progress == 1
    assert not part(plan).reports.exists()


def test_the_import_writes_for_nobody_else_even_if_asked(cast):
    plan = given(cast)
    with pytest.raises(Forbidden):
        perform("import_progress", part(plan, VILLAGE).pk, cast.fresh("department"), text="x", stated="", sheet="x")


def test_the_offices_own_export_sent_back_reports_nothing(as_, cast):
    plan = given(cast)
    perform("report_progress", part(plan).pk, cast.fresh("department"), text="已检查两次", percent=60)
    browser = as_("department")
    sent = b"".join(browser.get("/tasks/?export=xlsx&layout=office").streaming_content)
    assert "已检查两次（60%）" in str(list(openpyxl.load_workbook(io.BytesIO(sent)).active.values))
    upload = SimpleUploadedFile("台账.xlsx", sent)
    page = browser.post("/tasks/import/", {"plan": plan.pk, "file": upload}).content.decode()
    assert "进展 0 条、完成报告 0 条" in page
    assert part(plan).reports.count() == 1


def test_a_task_due_on_two_days_comes_back_from_its_export_without_a_word(as_, cast):
    plan = given(cast, due="2099-06-30;2099-12-31")
    for place, own in enumerate(Assignment.objects.filter(task__plan=plan, unit__name=OWN)):
        perform("report_progress", own.pk, cast.fresh("department"), text=f"已检查{place}次", percent=60)
    sent = b"".join(as_("officer").get(f"/tasks/?plan={plan.pk}&export=xlsx&layout=office").streaming_content)
    outcome = bring_in(cast.fresh("officer"), plan.pk, open_tasks(io.BytesIO(sent), "任务.xlsx"))
    assert (outcome.duplicates, outcome.progress, outcome.notes) == (1, 0, [])


@pytest.mark.parametrize(
    ("text", "percent"),
    [("已检查（60%）", 60), ("完成比例为 75%", 75), ("50％", 50), ("合格率达到95%", None), ("已检查", None)],
)
def test_a_percent_is_read_only_where_the_text_gives_one(text, percent):
    assert percent_of(text)[1] == percent
