"""What the person sees when a document is too long, a scan, only a table, known already, out of date, or out of step."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common import clock
from tasks.models import Assignment, Plan, PlanDraft, UnitWording
from tasks.transitions import drafts
from tests.tasks.drafts import PLAN, text_file
from tests.tasks.plans.test_documents import BLANK_PAGE, LUBIAO, word_table
from tests.tasks.test_plan_pages import START, page, pasted, settled
from units.transitions.units import change_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _january(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(clock.midnight(date(2027, 1, 10))):
        yield


@pytest.fixture
def office(as_):
    return as_("officer")


def sent(browser, file):
    """The address an upload leads to."""
    response = browser.post(START, {"file": file})
    assert response.status_code == 302
    return response.url


def test_three_hundred_pages_show_progress_and_then_their_tasks(office):
    address = sent(office, text_file("\n".join([LUBIAO] * 20)))
    assert "读取进度" in office.get(address).content.decode()
    assert drafts.resume() == 1
    read = office.get(address).content.decode()
    assert "读出的任务（800 项）" in read
    assert "核对方案" in read


def test_a_scan_says_that_it_holds_no_text_and_what_to_do(office):
    address = sent(office, SimpleUploadedFile("扫描.pdf", BLANK_PAGE))
    drafts.resume()
    shown = office.get(address).content.decode()
    assert "没有读成" in shown
    assert "这个 PDF 是扫描图片，里面没有可读取的文字。请上传 Word 原稿或带文字的 PDF" in shown
    assert "扫描图片" in office.get(START).content.decode()


def test_a_word_file_of_nothing_but_a_table_is_reviewed_row_by_row(office):
    rows = [
        ["序号", "任务", "牵头", "完成时限"],
        ["1", "检查小场所", "消防站", "2027年6月底前"],
        ["2", "夜查", "派出所", "每周五"],
    ]
    shown = office.get(sent(office, SimpleUploadedFile("表.docx", word_table(rows)))).content.decode()
    assert "读出的任务（2 项）" in shown
    for word in ("检查小场所", "消防站", "2027年6月底前", "每周五"):
        assert word in shown


def test_the_same_plan_twice_leads_to_the_first_and_cannot_be_confirmed(office):
    first = pasted(office)
    settled(office, first)
    office.post(f"{first.get_absolute_url()}confirm/")
    again = pasted(office)
    shown = page(office, again)
    assert "这份方案已经导入过" in shown
    assert Plan.objects.get().get_absolute_url() in shown
    assert "确认导入" not in shown
    assert office.post(f"{again.get_absolute_url()}confirm/").status_code in (302, 422)
    assert Plan.objects.count() == 1


def test_a_task_whose_day_has_passed_is_marked_and_not_given_out(office):
    draft = pasted(office, PLAN.replace("2027年6月底前完成排查，年底前整改到位", "2026年6月底前完成排查"))
    shown = page(office, draft)
    assert "时限已过" in shown
    assert "1 项的时限已经过去" in shown
    settled(office, draft)
    told = office.post(f"{draft.get_absolute_url()}confirm/", {"give": "1"}, follow=True).content.decode()
    assert "2026年6月30日已过" in told
    assert not Assignment.objects.filter(task__no="3").exists()


def test_a_unit_renamed_in_mid_year_is_matched_by_its_former_name_and_shown_by_its_new_one(office, cast):
    draft = pasted(office)
    settled(office, draft)
    office.post(f"{draft.get_absolute_url()}confirm/", {"give": "1"})
    change_unit(cast.units["department"], cast.fresh("officer"), {"name": "甲街道平安法治办公室"})
    assert "甲街道平安法治办公室" in office.get("/tasks/").content.decode()
    UnitWording.objects.all().delete()
    second = pasted(office, PLAN.replace("3号", "9号"))
    names = page(office, second, "names/")
    assert "甲街道平安法治办公室" in names
    assert "与简称、别名或曾用名一致" in names
    assert PlanDraft.objects.filter(state="review").count() == 1
