"""Acts of supervision, from the first reminder to the delisting."""

from __future__ import annotations

from collections.abc import Mapping

from tests.browser.acts.hazards import opens_hazard, presses_action
from tests.browser.people import Person


def reads_message(person: Person, title: str, look: str) -> None:
    """Opens the newest message of this kind from the inbox; it leads to where to act."""
    person.open("/messages/")
    person.look(f"{look}-inbox")
    person.follow(title)
    person.look(f"{look}-opened")


def opens_from_board(person: Person, what: str, look: str) -> None:
    """Opens what waits for this person's decision from 督办看板."""
    person.open("/supervision/")
    person.look(f"{look}-board")
    row = person.page.locator("main .todo", has_text=what).first
    row.get_by_role("link", name="办理").click()
    person.page.wait_for_load_state()
    person.look(f"{look}-record")


def opens_from_workbench(person: Person, what: str, look: str) -> None:
    """Opens the record behind the first due row of the group with this title."""
    person.open("/workbench/")
    person.look(f"{look}-workbench")
    group = person.page.locator("main .todo-group", has_text=what).first
    group.locator(".todo a.btn").first.click()
    person.page.wait_for_load_state()


def opens_listing(person: Person, number: str) -> None:
    """From the hazard's page to its listing."""
    opens_hazard(person, number)
    person.page.locator("main a[href*='/supervision/listings/']").first.click()
    person.page.wait_for_load_state()


def performs(person: Person, action: str, values: Mapping[str, str] | None = None, look: str = "") -> None:
    """One action of the record the person is looking at: its page, its form, its button."""
    person.follow(action)
    person.fill(values or {})
    if look:
        person.look(look)
    person.press(action, within="main form.form-page")
    person.sees(action)


def asks_extension(person: Person, number: str, until: str) -> None:
    """Inside the window, with reason and protection."""
    presses_action(person, number, "申请延期")
    person.fill({"申请延至": until, "延期理由": "防爆配件未到货。", "延期期间防控措施": "停用设备、专人巡查。"})
    person.look("extension-form")
    person.press("申请延期", within="main form.form-page")
    person.look("extension-asked")


def grants_extension(person: Person, number: str) -> None:
    """The head sees what is asked while deciding."""
    presses_action(person, number, "同意延期")
    person.sees("防爆配件未到货。")
    person.look("extension-to-grant")
    person.press("同意延期", within="main form.form-page")
    person.sees("批准延至")
