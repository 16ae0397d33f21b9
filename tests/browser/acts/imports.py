"""Acts in the import room."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from hazards.jobs import resume_imports
from tests.browser.people import Person


def uploads_ledger(person: Person, file: Path, look: str) -> None:
    """From 隐患 to the import room, choose the file, and see what was understood."""
    person.open("/imports/")
    person.look(f"{look}-room")
    person.field("台账文件").set_input_files(file)
    person.press("上传并预览")
    person.sees("识别结果")
    person.look(f"{look}-preview")


def checks_mapping(person: Person, header: str, meaning: str) -> None:
    """What the system takes a column for."""
    person.unfold("核对各列的含义")
    expect(person.field(header).locator("option:checked")).to_have_text(meaning)
    person.look("mapping")


def sees_wrong_rows(person: Person, *reasons: str) -> None:
    """Only the rows that are wrong, each with its reasons."""
    person.follow("只看有误")
    person.sees(*reasons)
    person.look("wrong-rows")


def confirms_import(person: Person, result: str, look: str) -> None:
    """Starts the import, waits while the worker does it, and reads the result."""
    person.press("确认导入")
    expect(person.page.locator(".work")).to_be_visible()
    person.look(f"{look}-running")
    resume_imports()
    person.sees(result)
    person.look(f"{look}-result")


def takes_error_sheet(person: Person, folder: Path) -> Path:
    """The sheet of rejected rows, saved to be corrected."""
    file = folder / "错误行.xlsx"
    file.write_bytes(person.download("下载错误行"))
    return file
