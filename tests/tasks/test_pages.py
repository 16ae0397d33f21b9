"""The pages of tasks: what is typed makes what is meant, and what is wrong comes back at its field."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import clock
from tasks.models import Assignment, Plan, Task
from tasks.transitions.assignments import perform
from tasks.transitions.plans import TermData
from tests.tasks.builders import assigned, plan_of, submitted, task_data
from units.dossier import obstacles

TASK = {"title": "开展培训", "no": "2", "due": "2099-12-31", "quantities": "每年至少1次"}


def test_a_plan_by_hand_is_filled_with_tasks_and_given_out(as_, cast):
    office = as_("officer")
    office.post("/tasks/plans/new/", {"title": "年度要点"})
    plan = Plan.objects.get()
    units = {"lead": cast.units["department"].pk, "responsible": cast.units["village"].pk}
    assert office.post(f"/tasks/plans/{plan.pk}/tasks/new/", TASK | units).status_code == 302
    task = plan.tasks.get()
    office.post(f"/tasks/plans/{plan.pk}/assign/", {"ids": [task.pk]})
    assert Assignment.objects.filter(task=task).count() == 2
    assert task.quantities == ["每年至少1次"]


def test_the_stages_of_a_plan_by_hand_are_its_deadlines_and_can_be_corrected(as_, cast):
    office = as_("officer")
    typed = "动员部署（2026年1月1日至2026年3月31日）\n巩固提升 2026-12-31\n回头看"
    office.post("/tasks/plans/new/", {"title": "年度要点", "stages": typed})
    plan = Plan.objects.get()
    days = [(stage.name, stage.starts_on, stage.ends_on) for stage in plan.stages.all()]
    assert days[:2] == [("动员部署", date(2026, 1, 1), date(2026, 3, 31)), ("巩固提升", None, date(2026, 12, 31))]
    assert days[2] == ("回头看", None, None)
    kept = plan.stages.first().pk
    office.post(f"/tasks/plans/{plan.pk}/edit/", {"title": "年度要点", "stages": "动员 2026-01-01至2026-04-30"})
    assert [(stage.pk, str(stage.ends_on)) for stage in plan.stages.all()] == [(kept, "2026-04-30")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("动员部署\n2026-01-01至2026-03-31", "第2行没有写阶段名称"),
        ("动员部署 2026-04-01至2026-03-31", "第1行的结束日期早于起始日期"),
        ("动员部署 2026-02-30", "“2026-02-30”不是有效的日期"),
    ],
)
def test_a_line_that_is_no_stage_is_refused_by_its_number_and_kept(as_, cast, typed, said):
    page = as_("officer").post("/tasks/plans/new/", {"title": "年度要点", "stages": typed}).content.decode()
    assert said in page
    assert typed.splitlines()[0] in page


def test_a_deadline_in_the_past_comes_back_at_its_field_until_it_is_meant(as_, cast):
    office, plan = as_("officer"), plan_of(cast)
    typed = TASK | {"due": "2020-06-30"}
    answer = office.post(f"/tasks/plans/{plan.pk}/tasks/new/", typed)
    assert answer.status_code == 422
    assert "完成时限2020年6月30日已过" in answer.content.decode()
    assert office.post(f"/tasks/plans/{plan.pk}/tasks/new/", typed | {"past_ok": "on"}).status_code == 302


def test_a_day_that_does_not_exist_is_refused_by_name(as_, cast):
    answer = as_("officer").post(f"/tasks/plans/{plan_of(cast).pk}/tasks/new/", TASK | {"due": "2026-02-30"})
    assert "“2026-02-30”不是有效的日期" in answer.content.decode()


def test_a_unit_that_still_owes_the_task_is_not_taken_off(as_, cast):
    task = assigned(cast).task
    answer = as_("officer").post(f"/tasks/{task.pk}/edit/", TASK | {"lead": cast.units["department"].pk, "version": 0})
    assert answer.status_code == 422
    assert "甲村的该项任务尚未办结" in answer.content.decode()


def test_editing_keeps_the_words_and_days_the_document_gave(as_, cast):
    task = plan_of(cast).tasks.get()
    task.terms.update(text="2026年底前")
    as_("officer").post(f"/tasks/{task.pk}/edit/", TASK | {"due": "2026-12-31", "past_ok": "on", "version": 0})
    assert task.terms.get().text == "2026年底前"


def test_editing_a_task_keeps_every_period_it_recurs_in(as_, cast):
    terms = [
        TermData(period="month"),
        TermData(period="quarter"),
        TermData(period="year", month=4, day=30),
        TermData(period="month", day=25),
    ]
    task = plan_of(cast, task_data(cast, terms=terms)).tasks.get()
    office = as_("officer")
    form = office.get(f"/tasks/{task.pk}/edit/").context["form"]
    assert sorted(form.initial["periods"]) == ["month", "month-0-25", "quarter", "year-4-30"]
    office.post(f"/tasks/{task.pk}/edit/", TASK | {"due": "", "periods": form.initial["periods"], "version": 0})
    kept = task.terms.values_list("period", "month", "day")
    expected = {("month", None, None), ("quarter", None, None), ("year", 4, 30), ("month", None, 25)}
    assert set(kept) == expected


def test_a_completion_without_evidence_is_refused_at_the_evidence_and_keeps_its_words(as_, cast):
    record = assigned(cast)
    answer = as_("grid").post(record.get_absolute_url() + "submit_completion/", {"text": "全部完成", "version": 0})
    form = answer.context["form"]
    assert (answer.status_code, form["text"].value()) == (422, "全部完成")
    assert "请上传佐证材料" in form.errors["photos"][0]


def test_the_unit_reports_with_figures_and_a_file(as_, cast, photo):
    record = assigned(cast, "village", task_data(cast, quantities=("每季度不少于3次",)))
    page = f"/tasks/assignments/{record.pk}/report_progress/"
    assert "完成数据：每季度不少于3次" in as_("grid").get(page).content.decode()
    kept = photo("grid").pk
    as_("grid").post(page, {"percent": 40, "text": "两次", "figure_0": "2次", "kept": [kept], "version": 0})
    report = record.reports.get()
    assert report.figures == [{"of": "每季度不少于3次", "value": "2次"}]
    assert [file.pk for file in report.attachments.all()] == [kept]


def test_a_village_sees_its_own_and_not_the_departments_part(as_, cast):
    own, other = assigned(cast), Assignment.objects.get(unit=cast.units["department"])
    assert as_("grid").get(own.get_absolute_url()).status_code == 200
    assert as_("grid").get(other.get_absolute_url()).status_code == 404


def test_the_workbench_shows_what_the_unit_owes_and_what_waits_for_review(as_, cast):
    submitted(cast)
    assert "任务完成待审核" in as_("officer").get("/workbench/").content.decode()
    assert "本单位任务" in as_("department").get("/workbench/").content.decode()


def test_the_office_layout_has_one_row_per_task(as_, cast):
    assigned(cast)
    answer = as_("officer").get("/tasks/?export=xlsx&layout=office")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    heads = [
        "序号",
        "行动",
        "重点任务",
        "措施",
        "牵头单位",
        "责任单位",
        "责任领导",
        "量化指标",
        "完成时限",
        "进展",
        "佐证",
        "状态",
    ]
    assert heads in rows
    assert rows[-1][2:6:2] == ["压实部门责任", cast.units["department"].name]
    assert rows[-1][5] == "甲村"
    assert (book.active.page_setup.orientation, book.active.print_title_rows) == ("landscape", "$1:$1")


def test_bulk_reminding_says_how_many_and_why_not_and_stays_on_the_list(as_, cast):
    record = assigned(cast)
    office = as_("officer")
    list_ = "http://testserver/tasks/?progress=live"
    for expected in ("已催办1项", f"1项未催办——甲村“{record}”：今天已经催办过，请明天再催。"):
        answer = office.post("/tasks/bulk/remind/", {"ids": [record.pk]}, follow=True, headers={"Referer": list_})
        assert expected in answer.content.decode()
        assert answer.redirect_chain[-1][0] == "/tasks/?progress=live"


def test_a_deadline_is_moved_for_many_at_once_with_one_reason(as_, cast):
    first, done = assigned(cast), submitted(cast)
    office, ticked = as_("officer"), {"ids": [first.pk, done.pk]}
    assert "批量调整时限（2项）" in office.post("/tasks/bulk/deadline/", ticked).content.decode()
    asked = ticked | {"confirmed": "yes", "due_at": "2099-06-30T18:00", "reason": ""}
    refused = office.post("/tasks/bulk/deadline/", asked)
    assert (refused.status_code, "2099-06-30T18:00" in refused.content.decode()) == (422, True)
    page = office.post("/tasks/bulk/deadline/", asked | {"reason": "市里统一延期"}, follow=True).content.decode()
    assert "已调整时限1项" in page
    assert "1项未调整时限——甲村" in page
    first.refresh_from_db()
    assert clock.local(first.due_at).date() == date(2099, 6, 30)


@pytest.mark.parametrize(
    "page", ["/tasks/", "/tasks/plans/", "/tasks/?export=xlsx&layout=office", "plan", "task", "assignment"]
)
def test_a_page_costs_the_same_beside_ten_and_a_thousand_assignments(as_, cast, page):
    record = assigned(cast)
    pages = {"plan": record.plan, "task": record.task, "assignment": record}
    address = pages[page].get_absolute_url() if page in pages else page
    crowd(record, 10)
    few = cost(as_("officer"), address)
    crowd(record, 990)
    assert cost(as_("officer"), address) == few


def cost(browser, page):
    browser.get(page)
    cache.clear()
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(page).status_code == 200
    return len(caught)


def crowd(model, count):
    first = Task.objects.count() + 10
    tasks = Task.objects.bulk_create(
        Task(plan=model.plan, area_path=model.area_path, order=first + n, title=f"任务{n}") for n in range(count)
    )
    Assignment.objects.bulk_create(
        Assignment(
            plan=model.plan, task=task, unit=model.unit, area_path=model.area_path, role="lead", due_at=clock.now()
        )
        for task in tasks
    )


def test_evidence_is_seen_by_those_who_see_the_assignment(as_, cast, photo):
    record, file = assigned(cast), photo("grid")
    perform("report_progress", record.pk, cast.fresh("grid"), text="x", percent=1, files=[file])
    assert as_("officer").get(file.url).status_code == 200
    assert as_("safety").get(file.url).status_code == 404


def test_a_units_page_shows_its_tasks_and_keeps_it_in_use(as_, cast):
    record = assigned(cast)
    assert str(record.task) in as_("officer").get(cast.units["village"].get_absolute_url()).content.decode()
    assert "还有1项任务没有办结" in "".join(obstacles(cast.units["village"]))


@pytest.mark.parametrize(("level", "shown"), [("", 2), ("department", 1), ("village", 1), ("office", 0)])
def test_each_level_has_its_own_list(as_, cast, level, shown):
    assigned(cast)
    page = as_("leader").get(f"/tasks/?level={level}").content.decode()
    assert page.count('class="row-link') == shown
