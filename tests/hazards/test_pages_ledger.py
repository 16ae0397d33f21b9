"""隐患台账: scope, filters, figures, export, bulk work, and a number of queries that does not grow."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from audit.models import AuditEntry
from common import clock
from hazards.columns import OFFICE_LAYOUT
from hazards.models import Hazard
from hazards.queries import figures
from tests.hazards.builders import hazard_in


def numbers(answer):
    return {hazard.number for hazard in answer.context["page_obj"].object_list}


@pytest.mark.parametrize("who", ["officer", "head", "department", "grid", "principal", "safety", "leader"])
def test_those_responsible_see_the_hazard(as_, cast, who):
    hazard = hazard_in(cast, "rectifying")
    assert numbers(as_(who).get("/hazards/")) == {hazard.number}


@pytest.mark.parametrize("who", ["rival_officer", "rival_head", "rival_safety", "rival_department", "expert"])
def test_everybody_else_sees_an_empty_list(as_, cast, who):
    hazard_in(cast, "rectifying")
    answer = as_(who).get("/hazards/")
    assert answer.status_code == 200
    assert numbers(answer) == set()
    assert "还没有隐患记录" in answer.content.decode()


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_administrators_have_no_ledger(as_, cast, who):
    assert as_(who).get("/hazards/").status_code == 403
    assert as_(who).get("/hazards/?export=xlsx").status_code == 403


def test_drafts_are_not_part_of_it(as_, cast):
    hazard_in(cast, "draft")
    assert numbers(as_("safety").get("/hazards/")) == set()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=reported", {"reported"}),
        ("state=reported&state=closed", {"reported", "closed"}),
        ("opened=true", {"reported", "rectifying", "late", "major"}),
        ("overdue=yes", {"late"}),
        ("overdue=soon", {"rectifying"}),
        ("level=major", {"major"}),
        ("listed=yes", {"major"}),
        ("listed=no&opened=true", {"reported", "rectifying", "late"}),
        ("person=赵六", {"late"}),
        ("q=液氨", {"closed"}),
        ("unit_name=食品厂", {"reported", "rectifying", "late", "major", "closed"}),
        ("unit_name=机械厂", set()),
        ("found_after=2026-11-01&found_before=2026-11-02", {"late"}),
        ("due_before=2026-11-20", {"late"}),
        ("channel=citizen", set()),
        ("category=other&level=major", {"major"}),
    ],
)
def test_filters(as_, cast, time_machine, query, found):
    time_machine.move_to("2026-11-22T10:00:00+08:00", tick=False)
    now = clock.now()
    hazard_in(cast, "reported", number="reported")
    hazard_in(cast, "rectifying", number="rectifying", due_at=now + timedelta(days=2))
    hazard_in(
        cast,
        "rectifying",
        number="late",
        due_at=now - timedelta(days=3),
        responsible_person="赵六",
        found_on="2026-11-01",
    )
    hazard_in(cast, "planning", "major", number="major", due_at=now + timedelta(days=60), listed_as="major")
    closed = hazard_in(cast, "closed", number="closed", description="液氨泄漏")
    closed.refresh_search()
    closed.save()
    assert numbers(as_("officer").get(f"/hazards/?{query}")) == found


@pytest.mark.parametrize("query", ["due_after=xx", "state=nonsense", "unit=999999", "area=abc"])
def test_a_filter_that_cannot_be_understood_shows_nothing_and_says_why(as_, cast, query):
    hazard_in(cast, "reported")
    answer = as_("officer").get(f"/hazards/?{query}")
    assert answer.status_code == 200
    assert numbers(answer) == set()
    assert "有几处需要改正" in answer.content.decode()


def test_a_unit_of_another_street_is_no_filter_value(as_, cast):
    answer = as_("officer").get(f"/hazards/?unit={cast.units['rival_office'].pk}")
    assert cast.units["rival_office"].name not in answer.content.decode()


def test_figures_count_the_filter_in_force(cast):
    now = clock.now()
    hazard_in(cast, "rectifying", due_at=now - timedelta(days=1))
    hazard_in(cast, "rectifying", due_at=now + timedelta(days=2))
    hazard_in(cast, "planning", "major")
    hazard_in(cast, "closed")
    found = figures(Hazard.objects.all())
    assert [count.value for count in (found.open, found.overdue, found.soon, found.major)] == [3, 1, 1, 1]


def test_figures_beyond_the_bound_stay_true_one_by_one(cast, monkeypatch):
    monkeypatch.setattr("hazards.queries.CEILING", 2)
    hazard_in(cast, "rectifying", due_at=clock.now() - timedelta(days=1))
    for _ in range(3):
        hazard_in(cast, "reported")
    found = figures(Hazard.objects.all())
    assert (found.open.value, found.overdue.value) == (4, 1)


@pytest.mark.parametrize(
    "address",
    ["/hazards/", "/hazards/?overdue=yes&q=除尘器", "/workbench/", "/api/v1/hazards/", "/hazards/?export=xlsx"],
)
def test_the_number_of_queries_does_not_grow_with_rows(as_, cast, photo, address):
    browser = as_("officer")
    attachment = photo("officer")

    def queries(rows):
        many(cast, attachment, rows)
        browser.get(address)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            answer = browser.get(address)
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200
        return len(caught)

    few = queries(10)
    assert queries(990) == few


def many(cast, attachment, rows):
    model = hazard_in(cast, "rectifying", due_at=clock.now() - timedelta(days=1))
    model.refresh_search()
    fields = {
        f.attname: getattr(model, f.attname) for f in Hazard._meta.concrete_fields if f.name not in ("id", "number")
    }
    start = Hazard.objects.count()
    rows = Hazard.objects.bulk_create([Hazard(number=f"N{start + n}", **fields) for n in range(rows)])
    model.evidence.model.objects.bulk_create(
        [model.evidence.model(hazard=row, attachment=attachment, stage="before") for row in rows]
    )


def test_the_workbook_has_the_office_layout_and_runs_no_formula(as_, cast):
    hazard_in(cast, "rectifying", description="=cmd|'/c calc'!A1", place="@SUM(1)")
    answer = as_("officer").get("/hazards/?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == [column.label for column in OFFICE_LAYOUT]
    assert rows[1][rows[0].index("隐患描述")] == "'=cmd|'/c calc'!A1"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_csv_follows_the_filter_and_is_audited(as_, cast):
    hazard_in(cast, "reported", number="R-1")
    hazard_in(cast, "closed", number="C-1")
    answer = as_("officer").get("/hazards/?export=csv&state=closed")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row["隐患编号"] for row in rows] == ["C-1"]
    assert AuditEntry.objects.filter(action__contains="export", actor_id=cast.officer.pk).exists()


def test_export_stays_within_the_scope(as_, cast):
    hazard_in(cast, "reported", number="R-1")
    answer = as_("rival_officer").get("/hazards/?export=csv")
    assert "R-1" not in b"".join(answer.streaming_content).decode("utf-8-sig")


def test_chosen_columns_come_alone(as_, cast):
    hazard_in(cast, "reported")
    answer = as_("officer").get("/hazards/?col=number&col=person")
    assert [head.label for head in answer.context["ledger"].columns] == ["隐患编号", "整改责任人"]


def test_several_reports_are_assigned_at_once(as_, cast):
    first, second = hazard_in(cast, "reported"), hazard_in(cast, "reported")
    closed = hazard_in(cast, "closed")
    ids = [first.pk, second.pk, closed.pk]
    page = as_("officer").post("/hazards/bulk/assign/", {"ids": ids})
    assert "批量派发" in page.content.decode()
    answer = as_("officer").post(
        "/hazards/bulk/assign/", {"ids": ids, "confirmed": "yes", "suggestion": "立即清理"}, follow=True
    )
    assert set(Hazard.objects.filter(state="rectifying").values_list("pk", flat=True)) == {first.pk, second.pk}
    assert "已派发2条" in answer.content.decode()
    assert closed.number in answer.content.decode()


def test_a_deadline_in_the_past_is_refused_before_anything_is_assigned(as_, cast):
    hazard = hazard_in(cast, "reported")
    answer = as_("officer").post(
        "/hazards/bulk/assign/", {"ids": [hazard.pk], "confirmed": "yes", "due": "2020-01-01T08:00"}
    )
    assert answer.status_code == 422
    assert Hazard.objects.get().state == "reported"


def test_urging_tells_the_unit_once_a_day(as_, cast):
    hazard = hazard_in(cast, "rectifying")
    first = as_("officer").post("/hazards/bulk/urge/", {"ids": [hazard.pk]}, follow=True)
    assert "已对1条隐患发出催办" in first.content.decode()
    again = as_("officer").post("/hazards/bulk/urge/", {"ids": [hazard.pk]}, follow=True)
    assert "没有发出催办" in again.content.decode()


def test_the_ticked_rows_are_exported_alone(as_, cast):
    ticked = hazard_in(cast, "reported", number="R-1")
    hazard_in(cast, "reported", number="R-2")
    answer = as_("officer").post("/hazards/bulk/export/", {"ids": [ticked.pk]})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["R-1"]


@pytest.mark.parametrize("action", ["assign", "urge", "export"])
def test_bulk_work_refuses_what_is_out_of_scope_and_nothing_ticked(as_, cast, action):
    hazard = hazard_in(cast, "reported")
    answer = as_("rival_officer").post(f"/hazards/bulk/{action}/", {"ids": [hazard.pk]}, follow=True)
    assert "不在您管辖范围内" in answer.content.decode()
    assert "请先勾选" in as_("officer").post(f"/hazards/bulk/{action}/", {}, follow=True).content.decode()
    assert Hazard.objects.get().state == "reported"


@pytest.mark.parametrize("action", ["assign", "urge"])
def test_an_enterprise_assigns_and_urges_nobody(as_, cast, action):
    hazard = hazard_in(cast, "reported")
    assert as_("safety").post(f"/hazards/bulk/{action}/", {"ids": [hazard.pk]}).status_code == 403
