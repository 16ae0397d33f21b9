"""The API of yearly papers does what the pages do: draft, fill in, file, check, return, receipt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tasks.models import YearlyPaper
from tests.cast import Cast
from tests.tasks.given import in_august

__all__ = ["in_august"]
pytestmark = pytest.mark.usefixtures("in_august")
As = Callable[[str], Client]
PAPERS = "/api/v1/yearly-papers/"
LIST = {"year": 2026, "kind": "duties"}
LINES = [{"text": "每月检查一次"}, {"text": "每季开会"}]


def send(browser: Client, url: str, **body: Any) -> Any:
    return browser.post(url, body, content_type="application/json")


def begun(as_: As) -> str:
    """The address of the village's list of duties, begun by the village itself."""
    return f"{PAPERS}{send(as_('grid'), PAPERS, **LIST).json()['id']}/"


def filed(as_: As) -> str:
    """The same, filled in and filed."""
    address = begun(as_)
    send(as_("grid"), f"{address}actions/edit/", items=LINES)
    send(as_("grid"), f"{address}actions/file/")
    return address


def test_a_unit_begins_its_own_paper_once(as_: As, cast: Cast) -> None:
    first, again = (send(as_("grid"), PAPERS, **LIST) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    paper = YearlyPaper.objects.get()
    assert (paper.unit, paper.events.get().actor) == (cast.units["village"], cast.people["grid"])


def test_a_list_begun_after_its_day_is_late_until_it_is_filed(as_: As) -> None:
    begun(as_)
    rows = as_("officer").get(f"{PAPERS}?late=yes").json()["results"]
    assert [(row["unit"]["name"], row["is_overdue"]) for row in rows] == [("甲村", True)]
    filed(as_)
    assert as_("officer").get(f"{PAPERS}?late=yes").json()["results"] == []


@pytest.mark.parametrize("year", [2024, 2028])
def test_a_year_far_off_is_refused_at_its_field(as_: As, year: int) -> None:
    answer = send(as_("grid"), PAPERS, **LIST | {"year": year})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["year"])


def test_the_office_begins_no_list_of_its_own(as_: As) -> None:
    assert send(as_("officer"), PAPERS, **LIST).status_code == 403


def test_a_paper_on_file_has_its_number_and_opens_its_receipt(as_: As) -> None:
    address = filed(as_)
    done = send(as_("officer"), f"{address}actions/check/").json()
    assert (done["state"], done["receipt"]) == ("checked", "甲街道安委办备〔2026〕1号")
    assert as_("grid").get(done["receipt_url"]).content.startswith(b"%PDF")


def test_a_paper_without_a_receipt_offers_none(as_: As) -> None:
    assert as_("grid").get(filed(as_)).json()["receipt_url"] == ""


def test_a_return_needs_its_reason_and_opens_the_paper_again(as_: As) -> None:
    address = f"{filed(as_)}actions/return_paper/"
    assert "reason" in send(as_("head"), address).json()["fields"]
    back = send(as_("head"), address, reason="缺少消防职责").json()
    assert (back["state"], back["events"][-1]["note"]) == ("draft", "缺少消防职责")


def test_filling_in_keeps_where_a_line_came_from_and_drops_what_is_left_out(as_: As) -> None:
    address = begun(as_)
    lines = send(as_("grid"), f"{address}actions/edit/", items=LINES).json()["items"]
    YearlyPaper.objects.get().items.filter(order=2).update(origin="2025年度清单")
    kept = [{"id": lines[1]["id"], "text": "每季开会两次"}]
    items = send(as_("grid"), f"{address}actions/edit/", items=kept).json()["items"]
    assert [(item["text"], item["origin"]) for item in items] == [("每季开会两次", "2025年度清单")]


def test_a_line_of_another_paper_is_refused(as_: As) -> None:
    answer = send(as_("grid"), f"{begun(as_)}actions/edit/", items=[{"id": 10**9, "text": "x"}])
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["items"])


def test_an_old_version_is_refused(as_: As) -> None:
    address = filed(as_)
    assert send(as_("officer"), f"{address}actions/check/", version=0).json()["code"] == "stale"


def test_a_department_does_not_find_the_list_of_a_village(as_: As) -> None:
    address = begun(as_)
    assert as_("department").get(address).status_code == 404
    assert as_("department").get(PAPERS).json()["results"] == []
    assert as_("rival_officer").get(address).status_code == 404


def test_the_page_begins_what_the_job_did_not_and_the_office_gets_no_button(as_: As) -> None:
    assert "起草本单位材料" in as_("grid").get("/tasks/yearly/").content.decode()
    assert "起草本单位材料" not in as_("officer").get("/tasks/yearly/").content.decode()
    page = as_("grid").post("/tasks/yearly/new/", {"kind": "report", "year": "2026"}, follow=True)
    assert page.redirect_chain == [(YearlyPaper.objects.get(kind="report").get_absolute_url(), 302)]
    assert as_("grid").post("/tasks/yearly/new/", {"kind": "tasks", "year": "2030"}).status_code == 422
