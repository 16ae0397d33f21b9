"""What the ladder sent by itself and nobody has looked at keeps its names as they stood when it went out."""

from __future__ import annotations

import pytest

from common import clock
from supervision import papers
from supervision.models import Letter
from supervision.transitions import letters
from supervision.transitions.climb import escalate
from tests.supervision.world import DAY, START, confirmed


@pytest.fixture
def urged(cast):
    """A 督促函 after a 提示函, never printed."""
    confirmed(cast)
    for day in (21, 27):
        with clock.at(START + day * DAY):
            escalate()
    return Letter.objects.get(kind="urge")


def renamed(cast):
    """Everything the paper names is called otherwise now."""
    for name in ("firm", "department"):
        cast.units[name].name = f"改名后的{name}"
        cast.units[name].save()
    profile = cast.units["office"].office
    profile.signatory_name, profile.duty_phone = "新的署名", "000"
    profile.save()
    Letter.objects.filter(kind="reminder").update(title="改了的标题", number="改号")


def test_the_paper_says_what_was_sent_whatever_is_renamed_later(cast, urged):
    before = papers.letter_paper(urged)
    renamed(cast)
    assert papers.letter_paper(Letter.objects.get(pk=urged.pk)) == before
    assert before.copies_to != ""
    assert any("此前已于" in str(block) for block in before.blocks)


def test_a_draft_follows_the_names_of_today_until_it_is_signed(cast):
    draft = letters.draft(
        cast.fresh("officer"), kind="assign", to_unit=cast.units["firm"], title="交办", matter="事由", demand="要求"
    )
    renamed(cast)
    signed = letters.perform("send", draft.pk, cast.head)
    assert papers.letter_paper(signed).issuer == "新的署名"


def test_an_enterprise_reads_of_no_proposal_on_the_page_of_standings(as_, urged):
    for day in (35, 50, 65, 80):
        with clock.at(START + day * DAY):
            escalate()
    shown = [as_(who).get("/supervision/standing/").content.decode() for who in ("safety", "head")]
    assert [("T+60" in page, "决定措施" in page) for page in shown] == [(False, False), (True, True)]
