"""The import room in the browser's terms: upload, preview, correct, confirm, result, error sheet, send again."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from common.models import BackgroundWork
from hazards.imports import works
from hazards.jobs import import_ledger, resume_imports
from hazards.models import Hazard
from tests.common.sheets import add_entry, upload, xlsx
from tests.hazards.ledgers import HEADER, ledger, row

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _own_storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def send(browser: Client, file: io.BytesIO, **fields: str) -> Any:
    return browser.post("/imports/", {"file": file, **fields})


def sent(browser: Client, *rows: Any) -> BackgroundWork:
    response = send(browser, ledger(*rows))
    assert response.status_code == 302, response.content.decode()
    return BackgroundWork.objects.latest("pk")


def confirm(browser: Client, work: BackgroundWork) -> str:
    browser.post(f"/imports/{work.pk}/run/")
    import_ledger(work.pk)
    return browser.get(f"/imports/{work.pk}/").content.decode()


@pytest.mark.parametrize("name", ["officer", "head", "department", "grid"])
def test_those_who_keep_ledgers_may_import(as_: As, name: str) -> None:
    assert as_(name).get("/imports/").status_code == 200


@pytest.mark.parametrize("name", ["expert", "principal", "safety", "leader", "sysadmin", "secadmin", "auditor"])
def test_others_may_not(as_: As, name: str) -> None:
    browser = as_(name)
    for path in ("/imports/", "/imports/1/", "/imports/1/preview/", "/imports/1/errors/", "/imports/template/hazards/"):
        assert browser.get(path).status_code == 403
    assert browser.post("/imports/1/run/").status_code == 403
    assert browser.post("/imports/1/sheet/").status_code == 403


def test_nobody_sees_the_import_of_another(as_: As) -> None:
    work = sent(as_("officer"), row())
    for path in ("", "preview/", "errors/"):
        assert as_("head").get(f"/imports/{work.pk}/{path}").status_code == 404
    assert as_("head").post(f"/imports/{work.pk}/run/").status_code == 404


def test_the_preview_shows_errors_in_place_and_writes_nothing(as_: As) -> None:
    browser = as_("officer")
    work = sent(browser, row(), row(c3="通道堵塞", c7="长期坚持"))
    page = browser.get(f"/imports/{work.pk}/preview/").content.decode()
    assert "“长期坚持”不是日期" in page
    assert "尚未建档" in page
    only_errors = browser.get(f"/imports/{work.pk}/preview/?show=errors").content.decode()
    assert "通道堵塞" in only_errors
    assert not Hazard.objects.exists()


def test_a_corrected_mapping_is_kept(as_: As) -> None:
    browser = as_("officer")
    send(browser, xlsx([["企业名称", "隐患描述", "何时改好"], ["甲一木业", "堵塞", "2026-6-20"]]))
    work = BackgroundWork.objects.latest("pk")
    assert "何时改好" in browser.get(f"/imports/{work.pk}/preview/").content.decode()
    answer = browser.post(
        f"/imports/{work.pk}/preview/", {"column_1": "enterprise", "column_2": "description", "column_3": "due_on"}
    )
    assert answer.status_code == 302
    confirm(browser, work)
    assert Hazard.objects.get().due_at is not None


def test_a_mapping_that_lacks_or_doubles_a_field_is_refused_in_words(as_: As) -> None:
    browser = as_("officer")
    work = sent(browser, row())
    answer = browser.post(f"/imports/{work.pk}/preview/", {"column_1": "person", "column_2": "person"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“整改责任人”对应了多列" in page
    assert "请为必需的内容指定一列" in page


def test_a_column_the_file_needs_is_asked_for_before_anything_else(as_: As) -> None:
    browser = as_("officer")
    send(browser, xlsx([["企业名称", "隐患等级", "整改期限"], ["甲一木业", "一般", "2026-6-20"]]), kind="hazards")
    work = BackgroundWork.objects.latest("pk")
    assert "缺少必需的列：“隐患描述”" in browser.get(f"/imports/{work.pk}/preview/").content.decode()


def test_confirmed_it_runs_once_however_often_the_bell_rings(as_: As) -> None:
    browser = as_("officer")
    work = sent(browser, row(), row(c7="长期坚持"))
    page = confirm(browser, work)
    assert "导入 1 行，重复 0 行，有误 1 行" in page
    import_ledger(work.pk)
    resume_imports()
    assert Hazard.objects.count() == 1
    assert Hazard.objects.get().reported_by.username == "officer"


def test_an_unconfirmed_upload_is_never_imported(as_: As) -> None:
    work = sent(as_("officer"), row())
    import_ledger(work.pk)
    resume_imports()
    assert not Hazard.objects.exists()


def test_a_run_that_died_is_taken_up_again(as_: As) -> None:
    work = sent(as_("officer"), row(), row(c3="通道堵塞"))
    works.confirm(work)
    BackgroundWork.objects.filter(pk=work.pk).update(state=BackgroundWork.State.RUNNING, total=2)
    resume_imports()
    work.refresh_from_db()
    assert work.state == BackgroundWork.State.DONE
    assert work.result["resumed"] is True
    assert Hazard.objects.count() == 2


def test_the_error_sheet_can_be_corrected_and_sent_again(as_: As) -> None:
    browser = as_("officer")
    work = sent(browser, row(), row(c3="通道堵塞", c7="长期坚持"))
    confirm(browser, work)
    answer = browser.get(f"/imports/{work.pk}/errors/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == [*HEADER, "原表行号", "错误原因"]
    assert "不是日期" in sheet.cell(2, len(HEADER) + 2).value
    sheet.cell(2, 8).value = "2026-06-30"
    buffer = io.BytesIO()
    book.save(buffer)
    send(browser, upload(buffer.getvalue(), "错误行.xlsx"))
    confirm(browser, BackgroundWork.objects.latest("pk"))
    assert Hazard.objects.filter(description="通道堵塞").count() == 1


def test_a_bad_file_is_refused_at_the_field_and_nothing_is_kept(as_: As, settings: Any) -> None:
    browser = as_("officer")
    settings.UPLOAD_SHEET_MAX_ROWS = 3
    for file, words in (
        (add_entry(ledger(row()), "xl/vbaProject.bin", b"x"), "宏"),
        (upload(b"%PDF-1.7", "台账.xlsx"), "PDF"),
        (ledger(*[row()] * 5), "超过一次导入的上限"),
        (upload("今天,晴\n明天,雨\n".encode(), "天气.csv"), "没有找到表头"),
    ):
        answer = send(browser, file)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not BackgroundWork.objects.exists()


def test_the_ledger_may_be_taken_as_the_other_kind(as_: As) -> None:
    browser = as_("officer")
    work = sent(browser, row())
    browser.post(f"/imports/{work.pk}/sheet/", {"kind": "enterprises"})
    assert "按“企业名录”识别" in browser.get(f"/imports/{work.pk}/preview/").content.decode()


@pytest.mark.parametrize("kind", ["hazards", "enterprises"])
def test_the_template_is_understood_by_the_importer(as_: As, kind: str) -> None:
    answer = as_("officer").get(f"/imports/template/{kind}/")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    from common.spreadsheets.fields import Column, match_columns
    from hazards.imports.ledger import FIELDS

    columns = [Column(cell.column, cell.value, (cell.value,)) for cell in sheet[1]]
    assert [column.field for column in match_columns(columns, FIELDS[kind]).columns] == [
        each.key for each in FIELDS[kind]
    ]
