"""Importing a plan: take in, review, correct, say what names mean, confirm; nothing is a task before."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common import clock
from common.errors import Refused, WrongState
from tasks.models import Assignment, DraftTask, Plan, PlanDraft, Task, TaskUnit, UnitWording
from tasks.transitions import drafts
from tests.tasks.drafts import PLAN, SECOND, text_file
from units.transitions.units import change_unit

pytestmark = pytest.mark.django_db
BLANK_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>"
)
NEW_YEAR = clock.midnight(date(2027, 1, 10))


@pytest.fixture(autouse=True)
def _january(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(NEW_YEAR):
        yield


@pytest.fixture
def draft(cast):
    return drafts.begin(cast.fresh("officer"), text=PLAN)


def settle(cast, draft):
    """Every name said once, as the officer would."""
    department = cast.units["department"]
    meanings = {"各村、社区": ("villages", None), "负有安全监管职责的部门": ("supervisors", None)}
    meanings["应急管理综合服务中新"] = ("unit", department)
    return drafts.remember(cast.fresh("officer"), draft.pk, meanings)


def test_a_pasted_plan_is_read_at_once_into_rows(draft):
    assert (draft.state, draft.number, draft.rows.count()) == ("review", "甲街安〔2027〕3号", 3)


def test_nothing_is_a_task_before_it_is_confirmed(draft):
    assert not Plan.objects.exists()
    assert not Task.objects.exists()


def test_every_value_points_at_its_characters(draft):
    for row in draft.rows.all():
        for kind in ("title", "lead", "responsible", "cooperating", "due", "recurrence", "quantities"):
            for each in row.sources[kind]:
                assert draft.text[each["start"] : each["end"]] == each["text"]


def test_a_long_file_is_read_by_the_job(cast, django_capture_on_commit_callbacks):
    long = PLAN + "说明。" * 200_000
    waiting = drafts.begin(cast.fresh("officer"), file=text_file(long))
    assert waiting.state == "reading"
    assert drafts.resume() == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.rows.count(), waiting.work.state) == ("review", 3, "DONE")


def test_reading_twice_changes_nothing(cast):
    waiting = drafts.begin(cast.fresh("officer"), file=text_file(PLAN + "说明。" * 200_000))
    assert [drafts.read(waiting.pk), drafts.read(waiting.pk)] == [True, False]
    assert waiting.rows.count() == 3


def test_unsettled_names_keep_the_plan_from_being_made(cast, draft):
    with pytest.raises(Refused, match="应急管理综合服务中新"):
        drafts.confirm(cast.fresh("officer"), draft.pk)
    assert not Plan.objects.exists()


def test_a_confirmed_draft_becomes_a_plan_with_its_units(cast, draft):
    settle(cast, draft)
    plan, _ = drafts.confirm(cast.fresh("officer"), draft.pk)
    named = {(row.task.no, row.unit.name, row.role, row.name) for row in TaskUnit.objects.filter(task__plan=plan)}
    department = cast.units["department"].name
    assert (plan.number, plan.starts_on, plan.tasks.count()) == ("甲街安〔2027〕3号", date(2027, 1, 1), 3)
    assert named == {
        ("1", "甲街道安委办", "lead", "街道安委办"),
        ("1", "甲村", "responsible", "各村、社区"),
        ("2", department, "lead", "应急管理综合服务中心"),
        ("3", department, "responsible", "应急管理综合服务中新"),
    }


def test_deadlines_and_periods_become_terms(cast, draft):
    settle(cast, draft)
    plan, _ = drafts.confirm(cast.fresh("officer"), draft.pk)
    terms = {(task.no, term.period, term.due_on) for task in plan.tasks.all() for term in task.terms.all()}
    assert terms == {
        ("1", "once", date(2027, 3, 31)),
        ("2", "quarter", None),
        ("3", "once", date(2027, 6, 30)),
        ("3", "once", date(2027, 12, 31)),
    }


def test_given_out_at_once_each_village_has_its_own(cast, draft):
    settle(cast, draft)
    drafts.confirm(cast.fresh("officer"), draft.pk, give=True)
    assert [part.task.no for part in Assignment.objects.filter(unit=cast.units["village"])] == ["1"]


def test_a_draft_is_confirmed_once(cast, draft):
    settle(cast, draft)
    drafts.confirm(cast.fresh("officer"), draft.pk)
    with pytest.raises(WrongState):
        drafts.confirm(cast.fresh("officer"), draft.pk)
    assert Plan.objects.count() == 1


def test_the_same_plan_twice_is_refused_even_with_other_blanks(cast, draft):
    settle(cast, draft)
    drafts.confirm(cast.fresh("officer"), draft.pk)
    again = drafts.begin(cast.fresh("officer"), text=PLAN.replace("。", "。 ").replace("，", ","))
    with pytest.raises(Refused, match="不重复导入"):
        drafts.confirm(cast.fresh("officer"), again.pk)


def test_names_said_once_are_known_in_the_next_document(cast, draft):
    settle(cast, draft)
    second = drafts.begin(cast.fresh("officer"), text=SECOND)
    plan, _ = drafts.confirm(cast.fresh("officer"), second.pk)
    assert plan.tasks.count() == 3


def test_another_street_learns_nothing_of_it(cast, draft):
    settle(cast, draft)
    theirs = drafts.begin(cast.fresh("rival_officer"), text=PLAN)
    with pytest.raises(Refused):
        drafts.confirm(cast.fresh("rival_officer"), theirs.pk)
    assert set(UnitWording.objects.values_list("owner", flat=True)) == {cast.units["office"].pk}


def test_a_row_left_out_is_not_imported(cast, draft):
    settle(cast, draft)
    drafts.correct_row(cast.fresh("officer"), draft.rows.get(no="3").pk, 0, is_left_out=True)
    plan, _ = drafts.confirm(cast.fresh("officer"), draft.pk)
    assert [task.no for task in plan.tasks.all()] == ["1", "2"]


def test_a_unit_renamed_in_mid_year_is_found_by_its_former_name(cast):
    department = cast.units["department"]
    change_unit(department, cast.fresh("officer"), {"name": "甲街道平安法治办公室"})
    text = PLAN.replace("负有安全监管职责的部门配合", "各村、社区配合").replace("中新", "中心")
    draft = drafts.begin(cast.fresh("officer"), text=text)
    drafts.remember(cast.fresh("officer"), draft.pk, {"各村、社区": ("villages", None)})
    plan, _ = drafts.confirm(cast.fresh("officer"), draft.pk)
    assert TaskUnit.objects.filter(task__plan=plan, unit=department).count() == 2


def test_a_discarded_draft_stays_out(cast, draft):
    drafts.discard(cast.fresh("officer"), draft.pk)
    with pytest.raises(WrongState):
        drafts.confirm(cast.fresh("officer"), draft.pk)


def test_a_row_whose_deadline_has_passed_says_so(cast, draft):
    row = draft.rows.get(no="1")
    with clock.at(clock.midnight(date(2027, 4, 2))):
        assert row.has_passed()
    assert not row.has_passed()


def test_a_scan_without_text_ends_as_failed_with_the_reason(cast):
    file = SimpleUploadedFile("扫描.pdf", BLANK_PAGE)
    waiting = drafts.begin(cast.fresh("officer"), file=file)
    drafts.resume()
    waiting.refresh_from_db()
    assert waiting.state == PlanDraft.State.FAILED
    assert "扫描图片" in waiting.error
    assert not DraftTask.objects.exists()
