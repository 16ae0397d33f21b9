"""The pages of a notice: who finds what, what is kept, what is sent and what is signed."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from docx import Document

from audit.models import AuditEntry
from common import clock
from common.workbench import groups
from messaging.models import Message
from reports import jobs, transitions
from reports.models import Notice
from tests.reports.builders import NOW, drafted, history, list_some, notice_in
from units.models import User
from units.roles import GRANTS, Right

ADDRESSEES = ("department", "grid")
OUTSIDE = ("rival_officer", "rival_head", "rival_department", "expert", "sysadmin", "auditor")


@pytest.fixture
def street(cast):
    """A street with a history, at a fixed moment."""
    with clock.at(NOW):
        history(cast, 80)
        list_some(cast)
        yield cast


def typed(browser, notice: Notice, **changes: str) -> dict[str, str]:
    """What the editor of the notice's page holds, with changes."""
    form = browser.get(notice.get_absolute_url()).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: str(value) for name, value in (data | changes).items() if value is not None}


@pytest.mark.parametrize("route", ["notice-detail", "notice-receipts", "notice-preview", "notice-edit"])
def test_a_draft_exists_for_its_office_only(street, as_, route):
    url = reverse(route, args=[drafted(street).pk])
    assert as_("officer").get(url).status_code == 200
    for name in (*ADDRESSEES, "safety"):
        assert as_(name).get(url).status_code == 404, name
    for name in OUTSIDE:
        assert as_(name).get(url).status_code in (403, 404), name


def test_an_issued_notice_is_read_by_whom_it_was_sent_to(street, as_):
    notice = notice_in(street, "issued")
    for name in (*ADDRESSEES, "officer", "head", "leader"):
        assert as_(name).get(notice.get_absolute_url()).status_code == 200, name
    for name in ("rival_officer", "rival_department"):
        assert as_(name).get(notice.get_absolute_url()).status_code == 404, name


def test_the_papers_go_to_office_and_addressees_only(street, as_):
    notice = notice_in(street, "issued")
    for paper in (notice.docx, notice.pdf):
        assert as_("grid").get(paper.original_url).status_code == 200
        assert as_("officer").get(paper.original_url).status_code == 200
        assert as_("rival_officer").get(paper.original_url).status_code == 404
        assert as_("rival_department").get(paper.original_url).status_code == 404


def test_an_addressee_sees_text_and_files_but_no_one_elses_receipt(street, as_):
    notice = notice_in(street, "issued")
    page = as_("grid").get(notice.get_absolute_url())
    assert page.context["receipts"] == ()
    assert page.context["events"] == []
    assert "签收本通报" in page.content.decode()
    rows = as_("grid").get(reverse("notice-receipts", args=[notice.pk])).context["page_obj"].object_list
    assert [row.unit for row in rows] == [street.units["village"]]


def test_the_editor_saves_and_what_cannot_be_saved_stays_typed(street, as_):
    notice, browser = drafted(street), as_("officer")
    url = reverse("notice-edit", args=[notice.pk])
    wrong = browser.post(url, typed(browser, notice, heading_0=" ", text_1="改过的一段"))
    assert wrong.status_code == 422
    assert "请填写第1部分标题" in wrong.content.decode()
    assert "改过的一段" in wrong.content.decode()
    saved = browser.post(url, typed(browser, notice, text_1="第一段\n\n第二段"), follow=True)
    assert saved.redirect_chain
    notice.refresh_from_db()
    assert notice.sections[1]["paragraphs"] == ["第一段", "第二段"]
    assert notice.edited_by == street.officer


def test_a_stale_editor_learns_who_acted_and_keeps_its_text(street, as_):
    notice, browser = drafted(street), as_("officer")
    old = typed(browser, notice, text_1="我的一段")
    transitions.perform("edit", notice.pk, street.head, title="另一标题", sections=notice.sections)
    answer = browser.post(reverse("notice-edit", args=[notice.pk]), old)
    assert answer.status_code == 409
    assert "测试head" in answer.content.decode()
    assert "我的一段" in answer.content.decode()
    again = browser.post(reverse("notice-edit", args=[notice.pk]), old | {"version": "1"})
    assert again.status_code == 302


def test_a_second_click_is_no_error(street, as_):
    notice, browser = drafted(street), as_("head")
    url = reverse("notice-action", args=[notice.pk, "approve"])
    answers = [browser.post(url, {"version": "0"}, follow=True) for _ in range(2)]
    assert "无需重复提交" in answers[1].content.decode()
    assert notice.events.count() == 2


def test_the_page_shows_only_what_differs_from_now(street, as_):
    notice, browser = drafted(street), as_("officer")
    assert browser.get(notice.get_absolute_url()).context["differences"] == []
    history(street, 90, seed=4)
    page = browser.get(notice.get_absolute_url())
    assert {row["key"] for row in page.context["differences"]} >= {"new", "opening", "stock"}
    assert all(row["then"] != row["now"] for row in page.context["differences"])


def test_the_preview_is_a_pdf_marked_as_draft(street, as_):
    answer = as_("officer").get(reverse("notice-preview", args=[drafted(street).pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_the_docx_carries_the_figures_of_the_snapshot(street):
    notice = notice_in(street, "issued")
    from evidence import files

    paper = Document(files.original(notice.docx.blob_id))
    text = "\n".join(line.text for line in paper.paragraphs)
    assert notice.number in text
    summary = next(table for table in paper.tables if table.cell(0, 0).text == "指标")
    printed = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in summary.rows[1:]}
    snap = notice.snapshot
    assert printed == {
        entry["label"]: [snap[part][key]["display"] for part in ("figures", "year", "last_year")]
        for key, entry in snap["figures"].items()
        if key in snap["year"]
    }


def test_signing_once_is_enough_and_nobody_signs_for_another(street, as_):
    notice = notice_in(street, "issued")
    url = reverse("notice-sign", args=[notice.pk])
    for _ in range(2):
        assert as_("grid").post(url).status_code == 302
    assert as_("leader").post(url).status_code == 404
    assert as_("rival_department").post(url).status_code == 404
    signed = notice.receipts.get(signed_at__isnull=False)
    assert (signed.unit, signed.signed_by) == (street.units["village"], street.grid)
    assert AuditEntry.objects.filter(action="reports.notice_sign_for").count() == 1


def test_who_has_not_signed_is_reminded_once(street):
    notice = notice_in(street, "issued")
    transitions.sign_for(street.grid, notice.pk)
    with clock.at(NOW + timedelta(days=10)):
        for _ in range(3):
            jobs.chase_receipts()
    reminded = Message.objects.filter(title__startswith="逾期未签收")
    late = notice.receipts.filter(signed_at__isnull=True).values("unit")
    signers = User.objects.filter(memberships__unit__in=late, memberships__role__in=GRANTS[Right.RECEIPT_NOTICE])
    told = list(reminded.values_list("recipient_id", flat=True))
    assert street.department.pk in told
    assert street.grid.pk not in told
    assert sorted(told) == sorted(signers.values_list("pk", flat=True))


def test_receipts_leave_as_a_workbook_and_the_export_is_recorded(street, as_):
    notice = notice_in(street, "issued")
    answer = as_("officer").get(reverse("notice-receipts", args=[notice.pk]), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [row[0].value for row in sheet.iter_rows()].count("甲村") == 1
    assert AuditEntry.objects.filter(action="ledger.export").count() == 1


def test_the_workbench_tells_each_what_waits(street):
    notice = drafted(street)

    def waiting(name: str) -> set[str]:
        return {group.key for group in groups(street.fresh(name)) if group.key.startswith("notice")}

    assert (waiting("officer"), waiting("head"), waiting("grid")) == ({"notice-review"}, {"notice-approve"}, set())
    transitions.perform("approve", notice.pk, street.head)
    assert waiting("head") == {"notice-issue"}
    transitions.perform("issue", notice.pk, street.head)
    assert (waiting("officer"), waiting("head"), waiting("grid")) == (set(), set(), {"notice-sign"})


def test_a_figure_of_the_snapshot_shows_an_addressee_only_its_own(street, as_):
    notice = notice_in(street, "issued")
    answer = as_("grid").get(reverse("notice-figure", args=[notice.pk, "stock"]))
    counted, visible = answer.context["ledger"].figures[:2]
    assert counted.value == notice.snapshot["figures"]["stock"]["value"] > visible.value
    assert {row.area_path for row in answer.context["page_obj"].object_list} == {street.areas["village"].path}


@pytest.mark.parametrize("asked", ["nonsense", "new?part=figurs", "new?by=village&group=9", "new?by=x"])
def test_an_unknown_figure_is_not_found(street, as_, asked):
    key, _, query = asked.partition("?")
    url = reverse("notice-figure", args=[drafted(street).pk, key])
    assert as_("officer").get(f"{url}?{query}").status_code == 404


def test_the_list_does_not_grow_in_queries(street, as_, django_assert_max_num_queries):
    browser = as_("officer")
    drafted(street)
    with django_assert_max_num_queries(14):
        assert browser.get(reverse("notice-list")).status_code == 200
