"""Letters, notices and boards on paper."""

from __future__ import annotations

import io

import pytest
from docx import Document

from common import clock
from common.papers import render_docx, render_pdf
from supervision import papers
from supervision.models import Letter
from supervision.transitions import listings
from supervision.transitions.climb import escalate
from tests.supervision.world import DAY, START, confirmed


@pytest.fixture
def urged(cast):
    """A hazard that has had its 提示函 and its 督促函."""
    hazard = confirmed(cast, days=20)
    for day in (21, 27):
        with clock.at(START + day * DAY):
            escalate()
    return hazard


@pytest.fixture
def approved(cast):
    """A 挂牌 listing the head has approved."""
    hazard = confirmed(cast, "major", days=20)
    with clock.at(START + DAY):
        listing = listings.propose(cast.officer, hazard.pk, reason="逾期未整改，危险性大")
        return listings.perform("approve", listing.pk, cast.head, leader="王五", waiver="情况紧急")


def words(paper):
    """All text of the .docx, tables included."""
    document = Document(io.BytesIO(render_docx(paper)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_urging_letter_says_why_and_names_the_letter_before(urged):
    letter = Letter.objects.get(kind="urge")
    text = words(papers.letter_paper(letter))
    assert "逾期7天" in text
    assert "T+7日" in text
    assert letter.source.number in text
    assert "甲街道食品厂：" in text


@pytest.mark.parametrize(
    ("key", "why", "printed"),
    [
        ("unit:1:2026-09:poor", "依据《按期整改率低》规则：甲厂2026年9月按期整改率50.0%", "依据《按期整改率低》规则。"),
        (
            "ladder:assignment:1:1:urge",
            "任务“一”已逾期7天；依据《任务督办阶梯》T+7日“督促”，应于2026年9月8日触发",
            "依据《任务督办阶梯》T+7日“督促”。",
        ),
    ],
)
def test_a_letter_says_its_rule_and_not_its_matter_again(cast, key, why, printed):
    addressed = {"office": cast.units["office"], "to_unit": cast.units["firm"], "matter": "见上。", "demand": "请办理"}
    letter = Letter(kind=Letter.Kind.URGE, title="督促函", why=why, key=key, **addressed)
    assert f"发函缘由：{printed}" in words(papers.letter_paper(letter))


def test_the_notice_carries_number_term_and_receipt(approved):
    text = words(papers.listing_notice(approved))
    assert approved.number in text
    assert "送达回执" in text
    assert "挂牌督办" in text


def test_the_notice_names_no_ground_where_there_is_none(approved):
    assert f"判定依据：{approved.hazard.ground}。" in words(papers.listing_notice(approved))
    approved.hazard.criterion, approved.hazard.level_reason = None, ""
    assert "判定依据" not in words(papers.listing_notice(approved))


@pytest.mark.parametrize("make", [papers.listing_notice, papers.delisting_notice])
def test_notices_become_pdf(approved, make):
    assert render_pdf(make(approved)).startswith(b"%PDF")


def test_the_board_becomes_pdf(approved):
    assert render_pdf(papers.signboard(approved, "https://example.test/x")).startswith(b"%PDF")


def test_letters_become_pdf(urged):
    for letter in Letter.objects.all():
        assert render_pdf(papers.letter_paper(letter)).startswith(b"%PDF")
