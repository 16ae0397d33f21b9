"""Checklists: loaded once, new versions beside old ones, and the one that fits a place."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.core.management import call_command

from inspections import checklists
from inspections.models import Checklist, ChecklistItem, ChecklistVersion
from tests.inspections.visiting import begun, checklist

pytestmark = pytest.mark.django_db


def test_the_library_of_sixteen_checklists_is_there_from_the_start():
    assert Checklist.objects.count() == 16
    assert ChecklistItem.objects.count() == 210
    assert ChecklistItem.objects.filter(criterion__isnull=False).count() > 100


def test_loading_again_changes_nothing():
    out = StringIO()
    call_command("load_checklists", stdout=out)
    assert '"created": 0' in out.getvalue()
    assert ChecklistVersion.objects.count() == 16


def test_a_changed_item_makes_a_new_version_and_keeps_the_old_one(tmp_path):
    path = tmp_path / "changed.csv"
    with checklists.DATA.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["checklist_code"] == "CL-01"]
    rows[0]["check_item"] = "报警器是否能用"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert checklists.load(path)["created"] == 1
    versions = list(ChecklistVersion.objects.filter(checklist__code="CL-01").order_by("number"))
    assert [(version.number, version.is_current) for version in versions] == [(1, False), (2, True)]
    assert versions[0].items.get(number=1).text != "报警器是否能用"


def test_a_running_visit_keeps_its_version(cast):
    visit = begun(cast)
    before = [row.text for row in visit.results.all()]
    items = [ChecklistItem(number=1, text="只剩一项")]
    checklists.publish(checklist().checklist, items)
    visit.refresh_from_db()
    assert visit.checklist.number == 1
    assert [row.text for row in visit.results.all()] == before
    assert checklist().number == 2


@pytest.mark.parametrize(
    ("kind", "code"),
    [("小餐饮", "CL-01"), ("加油站", "CL-04"), ("机械加工", "CL-10"), ("不知道", "CL-10"), ("", "CL-10")],
)
def test_the_kind_of_place_chooses_the_checklist(cast, kind, code):
    """The cast's firm is a 食品厂: a factory where its kind says nothing."""
    unit = cast.units["firm"]
    unit.enterprise.place_kind = kind
    assert checklists.suggest(unit).checklist.code == code
