"""The papers around the decisions, and that they stay as they were signed."""

from __future__ import annotations

import pytest

from common import clock
from common.errors import Forbidden, Refused
from common.papers import render_docx, render_pdf
from common.papers.archive import dump, load
from hazards import transitions as hazards
from supervision import archive, case_papers, papers
from supervision.models import Measure
from supervision.transitions import listings, measures
from supervision.transitions.chasing import chase
from tests.supervision.world import DAY, START, confirmed


@pytest.fixture
def talk(cast):
    """A talk decided and held."""
    with clock.at(START):
        made = measures.propose(cast.officer, confirmed(cast).pk, kind="talk", reason="逾期30天未整改")
        decision = {"form": "talk", "opinion": "同意", "meet_at": START + 2 * DAY, "place": "三楼会议室"}
        measures.perform("decide", made.pk, cast.head, **decision)
    with clock.at(START + 2 * DAY):
        kept = {"attendees": "王五、李四", "follow_up_by": (START + 9 * DAY).date(), "result": "三日内整改到位"}
        return measures.perform("record", made.pk, cast.officer, **kept)


def test_the_minutes_are_numbered_and_archived(talk):
    minutes = archive.kept("minutes", talk)
    assert minutes.number == "甲街安办约纪〔2026〕1号"
    assert minutes == case_papers.talk_minutes(talk)


def test_what_was_signed_stays_though_names_change(cast, talk):
    unit = talk.unit
    unit.name = "改名后的公司"
    unit.save()
    assert "改名后的公司" not in str(archive.kept("minutes", Measure.objects.get(pk=talk.pk)))


def test_what_a_talk_asked_for_is_followed_up_once(cast, talk):
    with clock.at(START + 10 * DAY):
        assert chase()["follow_ups"] == 1
        assert chase()["follow_ups"] == 0
        done = measures.perform("follow_up", talk.pk, cast.officer, text="现场复核已落实")
        assert not done.owes_follow_up
        with pytest.raises(Forbidden):
            measures.perform("follow_up", talk.pk, cast.officer, text="再复核")


def proposed(cast, at=START):
    with clock.at(at):
        return measures.propose(cast.officer, confirmed(cast).pk, kind="publish", reason="拒不整改")


def test_a_transfer_names_its_receiver_and_writes_its_letter(cast):
    made = proposed(cast)
    with clock.at(START):
        with pytest.raises(Refused, match="受移送机关"):
            measures.perform("decide", made.pk, cast.head, form="transfer", opinion="同意")
        made = measures.perform("decide", made.pk, cast.head, form="transfer", opinion="同意", receiver="县应急管理局")
    letter = archive.kept("transfer", made)
    assert (letter.addressee, letter.number) == ("县应急管理局", "甲街安办移函〔2026〕1号")
    assert render_docx(letter)[:2] == b"PK"


@pytest.mark.parametrize("power", [False, True])
def test_stopping_production_needs_delegated_power(cast, power):
    profile = cast.units["office"].office
    profile.has_penalty_power = power
    profile.save()
    made = proposed(cast)
    with clock.at(START):
        if power:
            assert measures.perform("decide", made.pk, cast.head, form="order_stop", opinion="同意").state == "decided"
        else:
            with pytest.raises(Refused, match="行政处罚权"):
                measures.perform("decide", made.pk, cast.head, form="order_stop", opinion="同意")


def test_a_measure_runs_out(cast):
    made = proposed(cast)
    with clock.at(START):
        measures.perform("decide", made.pk, cast.head, form="yellow", opinion="同意")
        measures.perform("record", made.pk, cast.officer, result="黄牌", expires_at=(START + 90 * DAY).date())
        assert list(Measure.objects.in_effect()) == [made]
    with clock.at(START + 91 * DAY):
        assert not Measure.objects.in_effect().exists()


def test_the_extension_form_keeps_the_original_date(cast, as_):
    hazard = confirmed(cast, days=20)
    with clock.at(START + 5 * DAY):
        asked = {"due": START + 30 * DAY, "reason": "配件未到", "protection": "专人看守"}
        hazards.perform("request_extension", hazard.pk, cast.safety, **asked)
        hazards.perform("grant_extension", hazard.pk, cast.head)
    extension = hazard.extensions.get()
    text = str(case_papers.extension_form(extension))
    assert "2026年9月21日" in text
    assert "同意延至2026年10月1日" in text
    assert as_("officer").get(f"/supervision/extensions/{extension.pk}/form.docx").status_code == 200
    assert as_("rival_officer").get(f"/supervision/extensions/{extension.pk}/form.docx").status_code == 404


def test_the_notice_is_printed_as_it_was_approved(cast):
    hazard = confirmed(cast, "major")
    with clock.at(START):
        made = listings.propose(cast.officer, hazard.pk, reason="久拖不改")
        made = listings.perform("approve", made.pk, cast.head, leader="王五", waiver="急")
    before = papers.listing_notice(made)
    made.hazard.description = "后来改写的描述"
    assert archive.kept("notice", made) == before != papers.listing_notice(made)


def test_a_paper_survives_the_archive_whole(cast, talk):
    for paper in (case_papers.talk_minutes(talk), papers.letter_paper(talk.letter)):
        assert load(dump(paper)) == paper
        assert render_pdf(paper)[:4] == b"%PDF"
