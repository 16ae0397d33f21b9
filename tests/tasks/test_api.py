"""The API of tasks does what the pages do."""

from __future__ import annotations

from tasks.models import Assignment
from tests.tasks.builders import assigned, plan_of


def post(browser, address, **values):
    return browser.post(f"/api/v1/{address}", values, content_type="application/json")


def test_a_task_is_added_given_out_reported_and_accepted(as_, cast):
    office, plan = as_("officer"), plan_of(cast)
    units = [{"unit": cast.units["village"].pk, "role": "responsible"}]
    made = post(office, "tasks/", plan=plan.pk, title="排查小场所", units=units, terms=[{"due_on": "2099-06-30"}])
    assert made.status_code == 201
    given = post(office, f"tasks/{made.json()['id']}/actions/assign/").json()
    assert [row["unit"]["name"] for row in given] == ["甲村"]
    pk = given[0]["id"]
    reported = post(as_("grid"), f"assignments/{pk}/actions/submit_completion/", text="完成", no_evidence_reason="口头")
    assert reported.json()["state"] == "submitted"
    assert post(office, f"assignments/{pk}/actions/accept/").json()["state"] == "done"


def test_a_recurring_term_with_a_day_is_refused_at_its_field(as_, cast):
    term = {"due_on": "2099-06-30", "period": "quarter"}
    answer = post(as_("officer"), "tasks/", plan=plan_of(cast).pk, title="x", terms=[term])
    assert answer.status_code == 400
    assert "terms.0.due_on" in answer.json()["fields"]


def test_an_old_version_is_refused(as_, cast):
    record = assigned(cast)
    post(as_("grid"), f"assignments/{record.pk}/actions/start/")
    answer = post(as_("officer"), f"assignments/{record.pk}/actions/remind/", version=0)
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")


def test_the_list_filters_what_is_late(as_, cast):
    record = assigned(cast)
    Assignment.objects.filter(pk=record.pk).update(due_at="2020-01-01T00:00:00Z")
    rows = as_("officer").get("/api/v1/assignments/?progress=late").json()["results"]
    assert [row["id"] for row in rows] == [record.pk]
