"""The criteria library: loading, suggestions, what is in force."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hazards import criteria
from hazards.models import CriterionItem, CriterionStandard


@pytest.fixture
def library(db):
    criteria.load()


def test_every_installation_starts_with_the_whole_library(library):
    assert CriterionStandard.objects.count() == 42
    assert CriterionItem.objects.count() == 476


def test_loading_twice_changes_nothing(library):
    out = StringIO()
    call_command("load_criteria", stdout=out)
    assert json.loads(out.getvalue()) == {"standards": 42, "items": 476, "created": 0}


def test_a_checked_item_keeps_its_confidence(library):
    item = CriterionItem.objects.filter(confidence="medium").first()
    CriterionItem.objects.filter(pk=item.pk).update(confidence="high", checked_by="王五", description="改过的字")
    criteria.load()
    item.refresh_from_db()
    assert item.confidence == "high"
    assert item.description != "改过的字"


def test_only_the_newest_version_of_a_standard_is_in_force(library, tmp_path):
    header, *rows = criteria.ITEMS.read_text("utf-8").splitlines()
    items = tmp_path / "items.csv"
    items.write_text("\n".join([header, *[row for row in rows if row.startswith("GM-2023")][:3]]), "utf-8")
    heads, *standards = criteria.STANDARDS.read_text("utf-8").splitlines()
    catalogue = tmp_path / "standards.csv"
    catalogue.write_text("\n".join([heads, *[row for row in standards if row.startswith("GM-2023")]]), "utf-8")
    criteria.load(2, catalogue, items)
    assert CriterionItem.objects.in_force().filter(standard__code="GM-2023").count() == 3
    assert CriterionItem.objects.filter(standard__code="GM-2023", standard__version=1).exists()


def test_a_description_finds_its_criterion(library):
    found = criteria.suggest("抛光车间除尘系统没有设置泄爆口，粉尘堆积")
    assert any("泄爆" in str(item) + item.description + item.keywords for item in found[:3])


def test_searched_words_are_all_contained(library):
    found = criteria.suggest("电工 无证")
    assert "无证" in found[0].search_text
    assert "电工" in found[0].search_text


def test_a_repealed_standard_is_not_suggested(library):
    repealed = CriterionItem.objects.exclude(standard__status="现行").values_list("pk", flat=True)
    found = [item.pk for text in ("粉尘", "煤气 报警", "液氨") for item in criteria.suggest(text, 50)]
    assert found
    assert not set(found) & set(repealed)


def test_one_character_suggests_nothing(library):
    assert criteria.suggest("电") == []


def test_a_file_that_is_missing_ends_the_command_with_a_reason(db, tmp_path):
    with pytest.raises(CommandError, match="判定标准库载入失败"):
        call_command("load_criteria", items=tmp_path / "none.csv")
