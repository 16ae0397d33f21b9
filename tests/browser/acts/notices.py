"""Acts on the monthly notice, from draft to receipts."""

from __future__ import annotations

import io

import docx

from tests.browser.acts.supervision import opens_from_workbench, performs
from tests.browser.people import Person


def edits_draft(person: Person, sentence: str) -> None:
    """Opens the draft from the workbench, adds a sentence to the last part, and sees it on the paper."""
    opens_from_workbench(person, "通报草稿待审阅修改", "draft")
    person.look("draft")
    text = person.page.locator("main .notice-section textarea").last
    text.fill(f"{text.input_value()}\n{sentence}")
    person.press("保存正文")
    person.sees(sentence)
    person.look("edited")


def opens_a_figure(person: Person) -> None:
    """A figure of the notice leads to the records it counts."""
    person.page.locator("main .notice-side .figures a, main a[href*='/figures/']").first.click()
    person.page.wait_for_load_state()
    person.look("figure")
    person.page.go_back()


def approves_and_issues(person: Person) -> None:
    """The head's two acts; the second gives the number and the files."""
    opens_from_workbench(person, "通报待审签", "approve")
    performs(person, "审签", {"意见": "同意印发。"}, "approve")
    performs(person, "印发", look="issue")
    person.look("issued")


def reads_papers(person: Person, number: str, sentence: str) -> None:
    """Both files open and carry number and text."""
    words = person.prints("PDF 文件")
    assert number in words.replace(" ", "")
    document = docx.Document(io.BytesIO(person.download("Word 文件")))
    assert any(sentence in paragraph.text for paragraph in document.paragraphs)


def signs_for_notice(person: Person, look: str = "") -> None:
    """From the workbench to the receipt."""
    opens_from_workbench(person, "通报待签收", look or "sign")
    if look:
        person.look(f"{look}-notice")
    person.press("签收")
    person.sees("已签收")
    person.look("signed")
