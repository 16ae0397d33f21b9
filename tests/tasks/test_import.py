"""A task ledger comes in once, however often it is sent; what is wrong is named by row, column and reason."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tasks.imports import bring_in, open_tasks
from tasks.models import Plan, Task
from tests.tasks.builders import plan_of
from units.models import Unit

HEAD = "序号,行动,重点任务,措施,牵头单位,责任单位,责任领导,量化指标,完成时限,进展,佐证,状态\n"


def sheet(*rows: str):
    return open_tasks(io.BytesIO((HEAD + "\n".join(rows)).encode()), "任务.csv")


def bring(cast, *rows, plan=None, **options):
    plan = plan or plan_of(cast)
    return plan, bring_in(cast.fresh("officer"), plan.pk, sheet(*rows), **options)


def test_a_row_becomes_a_task_with_units_terms_and_quantities(cast):
    row = '2,教育行动,开展培训,分级培训,甲街道应急管理综合服务中心,"甲村、甲街道食品厂",张三,每年1次;100%,2026年6月底前;每季度,,,'
    plan, _ = bring(cast, row)
    task = plan.tasks.get(title="开展培训")
    named = {(row.unit.name, row.role) for row in task.named.all()}
    assert named == {("甲街道应急管理综合服务中心", "lead"), ("甲村", "responsible"), ("甲街道食品厂", "responsible")}
    assert [(term.due_on, term.period) for term in task.terms.order_by("pk")] == [
        (date(2026, 6, 30), "once"),
        (None, "quarter"),
    ]
    assert (task.action.name, task.leader, task.quantities) == ("教育行动", "张三", ["每年1次", "100%"])


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",,,措施,,甲村,,,2026-12-31,,,", "重点任务", "请填写重点任务"),
        ("1,,任务,,,甲寸村,,,2026-12-31,,,", "责任单位", "没有找到单位“甲寸村”"),
        ("1,,任务,,甲街道应急管理服务中心,,,,,,,", "牵头单位", "是否为“甲街道应急管理综合服务中心”"),
        ("1,,任务,,,甲村,,,2026年13月底前,,,", "完成时限", "“2026年13月底前”不是有效的日期"),
        ("1,,任务,,,甲村,,,尽快,,,", "完成时限", "尽快"),
    ],
)
def test_a_bad_row_is_refused_at_its_column_and_the_good_ones_come_in(cast, row, column, reason):
    _, outcome = bring(cast, row, "9,,好的任务,,,甲村,,,2099-12-31,,,")
    assert [(each.row, each.column) for each in outcome.rejected] == [(2, column)]
    assert reason in outcome.rejected[0].error
    assert Task.objects.filter(title="好的任务").count() == outcome.accepted == 1


def test_the_same_sheet_twice_adds_nothing(cast):
    rows = ("1,,甲任务,,,甲村,,,2099-12-31,,,", "2,,乙任务,,,甲村,,,长期,,,")
    plan, first = bring(cast, *rows)
    _, second = bring(cast, *rows, plan=plan)
    assert (first.accepted, second.accepted, second.duplicates) == (2, 0, 2)


def test_checking_writes_nothing(cast):
    plan, outcome = bring(cast, "1,,甲任务,,,甲村,,,2099-12-31,,,", check_only=True)
    assert outcome.accepted == 1
    assert not plan.tasks.filter(title="甲任务").exists()


def test_every_village_is_the_villages_in_reach(cast):
    plan, _ = bring(cast, '1,,甲任务,,,"各村、社区",,,2099-12-31,,,')
    assert [row.unit.name for row in plan.tasks.get(title="甲任务").named.all()] == ["甲村"]


def test_a_unit_renamed_is_found_by_its_former_name_and_a_merged_one_is_its_successor(cast):
    village = cast.units["village"]
    Unit.objects.filter(pk=village.pk).update(name="新甲村", aliases="甲村")
    cast.units["firm"].refresh_from_db()
    Unit.objects.filter(pk=cast.units["firm"].pk).update(standing="merged", merged_into=village)
    plan, outcome = bring(cast, "1,,甲任务,,甲村,甲街道食品厂,,,2099-12-31,,,")
    assert outcome.rejected == []
    assert [row.unit.name for row in plan.tasks.get(title="甲任务").named.all()] == ["新甲村"]


def test_a_deadline_in_the_past_is_brought_in_with_a_note(cast):
    _, outcome = bring(cast, "1,,甲任务,,,甲村,,,2020-12-31,,,")
    assert (2, "完成时限已过，下达时须勾选补录") in outcome.notes


def test_what_the_office_exports_is_known_again_when_it_is_sent_back(as_, cast):
    plan, _ = bring(cast, "7,,甲任务,措施,甲村,,,,2099-12-31,,,")
    office = as_("officer")
    office.post(f"/tasks/plans/{plan.pk}/assign/", {"ids": [plan.tasks.get(title="甲任务").pk]})
    sent = b"".join(office.get("/tasks/?export=xlsx&layout=office").streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(sent))
    assert book.active.max_row >= 2
    upload = SimpleUploadedFile("台账.xlsx", sent)
    page = office.post("/tasks/import/", {"plan": plan.pk, "file": upload}).content.decode()
    assert "导入 0 行，重复 1 行，有误 0 行" in page


def test_a_new_plan_is_kept_only_with_a_task_in_it(as_, cast):
    office = as_("officer")

    def send(row, **more):
        upload = SimpleUploadedFile("台账.csv", (HEAD + row).encode())
        return office.post("/tasks/import/", {"title": "年度任务", "file": upload, **more})

    send("1,,,,,,,,,,,")
    send("1,,甲任务,,,甲村,,,2099-12-31,,,", check="1")
    assert not Plan.objects.exists()
    send("1,,甲任务,,,甲村,,,2099-12-31,,,")
    assert Plan.objects.get().tasks.count() == 1


def test_a_file_without_the_needed_column_is_refused_in_place(as_, cast):
    upload = SimpleUploadedFile("x.csv", "甲,乙\n1,2\n".encode())
    answer = as_("officer").post("/tasks/import/", {"title": "x", "file": upload})
    assert answer.status_code == 422
    assert "重点任务" in answer.content.decode()


def test_a_task_that_no_ledger_brought_in_is_known_by_its_own_export(as_, cast):
    plan = plan_of(cast)
    office, before = as_("officer"), plan.tasks.count()
    office.post(f"/tasks/plans/{plan.pk}/assign/", {"ids": [plan.tasks.first().pk]})
    sent = b"".join(office.get(f"/tasks/?plan={plan.pk}&export=xlsx&layout=office").streaming_content)
    outcome = bring_in(cast.fresh("officer"), plan.pk, open_tasks(io.BytesIO(sent), "任务.xlsx"))
    assert (outcome.accepted, outcome.duplicates, outcome.notes) == (0, 1, [])
    assert plan.tasks.count() == before


def test_what_a_sheet_says_otherwise_of_a_known_task_is_named_and_left_alone(cast):
    plan, _ = bring(cast, "1,,甲任务,,甲街道应急管理综合服务中心,甲村,,,2099-12-31,,,")
    _, outcome = bring(cast, "1,,甲任务,新措施,甲街道应急管理综合服务中心,没有的村,,,2099年6月30日,,,", plan=plan)
    ((number, note),) = outcome.notes
    assert number == 2
    assert "2099年12月31日" in note
    for label, differs in (("措施", True), ("责任单位", True), ("完成时限", True), ("牵头单位", False)):
        assert (f"{label}与系统中的" in note) is differs
    assert str(plan.tasks.get(title="甲任务").terms.get().due_on) == "2099-12-31"
