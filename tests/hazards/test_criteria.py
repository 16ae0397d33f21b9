"""The criteria library: loading, suggestions, what is in force."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hazards import criteria
from hazards.models import CriterionItem, CriterionStandard
from units.models import Sector


@pytest.fixture
def library(db):
    criteria.load()


def test_every_installation_starts_with_the_whole_library(library):
    assert CriterionStandard.objects.count() == 43
    assert CriterionItem.objects.count() == 477


def test_loading_twice_changes_nothing(library):
    out = StringIO()
    call_command("load_criteria", stdout=out)
    assert json.loads(out.getvalue()) == {"standards": 43, "items": 477, "created": 0}


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


def test_the_standards_of_the_own_sector_come_first(library):
    words = "可燃气体报警器部分失效，未按期校验"
    chemical = Sector.objects.get(name="危险化学品")
    assert criteria.suggest(words)[0].standard.code == "RQ-2023"
    assert criteria.suggest(words, sector=chemical)[0].standard.code == "WH-2017"


@pytest.mark.parametrize(
    ("written", "clause"),
    [
        ("《工贸企业重大事故隐患判定标准》第三条（二）", "第三条(二)"),
        ("特种作业人员无证上岗", "第三条(二)"),
        ("应急管理部令第10号 第十四条", "第十四条"),
    ],
)
def test_a_ledger_that_names_a_clause_cites_it(library, written, clause):
    found = criteria.cited_in(written)
    assert (found.standard.code, found.clause) == ("GM-2023", clause)


@pytest.mark.parametrize("written", ["", "经专家会商认定", "第三条（二）", "《工贸企业重大事故隐患判定标准》"])
def test_a_ground_that_names_no_clause_cites_none(library, written):
    assert criteria.cited_in(written) is None


def test_what_the_ledger_exports_is_read_back_as_the_same_clause_and_reason(library):
    item = criteria.cited_in("GM-2023 第三条(二)")
    assert criteria.cited_in(f"{item}；无证焊工三人") == item
    assert criteria.beside(item, f"{item}；无证焊工三人") == "无证焊工三人"
    assert criteria.beside(item, str(item)) == ""


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
