"""Papers are drafted from the record, changed before signing, and printed ever after as they were signed."""

from __future__ import annotations

import pytest

from common import clock
from common.errors import Refused, WrongState
from common.papers import Heading, Paragraph
from hazards.models import Hazard
from supervision import archive, course, papers
from supervision.models import Measure
from supervision.paper_text import Text
from supervision.transitions import letters, listings, measures, summons
from tests.supervision.world import DAY, START, confirmed, rectified
from units.models import Unit

OWN = {
    "title": "关于对你单位实行督办的通知",
    "body": "一、隐患情况\n通道堵塞。\n二、要求\n请于【整改期限】前完成，由【督办领导】督办。",
}


@pytest.fixture
def proposed(cast):
    hazard = confirmed(cast, "major", days=20)
    with clock.at(START):
        return listings.propose(cast.officer, hazard.pk, reason="久拖不改")


def approve(cast, listing):
    return listings.perform("approve", listing.pk, cast.head, leader="王五", waiver="急")


def url(listing, which="notice", kind="pdf"):
    return f"/supervision/listings/{listing.pk}/{which}.{kind}"


def test_the_notice_is_changed_before_it_is_signed_and_kept_as_signed(cast, proposed):
    with clock.at(START):
        listings.perform("edit_notice", proposed.pk, cast.officer, **OWN)
        listing = approve(cast, proposed)
    signed = archive.kept("notice", listing)
    assert signed.title == OWN["title"]
    assert signed.number == "甲街安督〔2026〕1号"
    assert signed.blocks[:2] == (Heading("隐患情况"), Paragraph("通道堵塞。"))
    assert signed.blocks[3] == Paragraph("请于2026年11月30日前完成，由王五督办。")


def test_an_unchanged_notice_is_the_drafted_one(cast, proposed):
    with clock.at(START):
        text = papers.notice_text(proposed)
        assert {"整改期限", "督办领导"} <= {part.split("】")[0] for part in text.body.split("【")[1:]}
        listing = approve(cast, proposed)
    assert "【" not in str(archive.kept("notice", listing))


def test_after_signing_nothing_is_changed_any_more(cast, proposed):
    with clock.at(START):
        approve(cast, proposed)
        with pytest.raises(WrongState):
            listings.perform("edit_notice", proposed.pk, cast.officer, **OWN)


@pytest.mark.parametrize(
    ("changed", "words"), [({"body": "请于【整改日期】前完成。"}, "【整改日期】"), ({"body": " "}, "请填写正文")]
)
def test_what_would_be_printed_wrong_is_refused_at_its_field(cast, proposed, changed, words):
    with pytest.raises(Refused) as refusal:
        listings.perform("edit_notice", proposed.pk, cast.officer, **(OWN | changed))
    assert words in refusal.value.fields["body"]


def test_the_page_shows_the_draft_and_keeps_what_was_typed(as_, proposed):
    address = f"/supervision/listings/{proposed.pk}/edit_notice/"
    page = as_("officer").get(address).content.decode()
    assert "现将有关事项通知如下" in page
    assert url(proposed) in page
    wrong = as_("officer").post(address, OWN | {"body": "请于【期限】前"})
    assert (wrong.status_code, "请于【期限】前" in wrong.content.decode()) == (422, True)
    assert as_("officer").post(address, OWN).status_code == 302
    assert OWN["title"] in as_("officer").get(address).content.decode()


def test_a_draft_is_looked_at_by_who_prepares_or_signs_it_only(as_, proposed):
    seen = {
        who: as_(who).get(url(proposed)).status_code for who in ("officer", "leader", "department", "grid", "safety")
    }
    assert seen == {"officer": 200, "leader": 200, "department": 200, "grid": 404, "safety": 404}


def test_a_summons_is_changed_before_the_decision_signs_it(cast, as_):
    with clock.at(START):
        made = measures.propose(cast.officer, confirmed(cast).pk, kind="talk", reason="拒不整改")
        assert as_("head").get(f"/supervision/measures/{made.pk}/summons.pdf").status_code == 200
        body = "你单位三次承诺均未兑现。\n请于【约谈时间】到【约谈地点】参加约谈。"
        measures.perform("edit_paper", made.pk, cast.officer, title="关于约谈的通知", body=body)
        typed = {"form": "talk", "opinion": "同意", "meet_at": START + 2 * DAY, "place": "三楼会议室"}
        made = measures.perform("decide", made.pk, cast.head, **typed)
    assert made.letter.matter == "你单位三次承诺均未兑现。"
    assert made.letter.demand == "请于2026年9月3日 09:00到三楼会议室参加约谈。"
    assert archive.kept("letter", made.letter).title == "关于约谈的通知"


def test_a_summons_needs_a_ground_and_a_demand(cast):
    with clock.at(START):
        made = measures.propose(cast.officer, confirmed(cast).pk, kind="talk", reason="x")
        with pytest.raises(Refused, match="至少分两段"):
            measures.perform("edit_paper", made.pk, cast.officer, title="x", body="只有一段")


def test_a_transfer_is_changed_before_the_decision_signs_it(cast):
    with clock.at(START):
        made = measures.propose(cast.officer, confirmed(cast).pk, kind="publish", reason="拒不整改")
        measures.perform("edit_paper", made.pk, cast.officer, title="移送函", body="请依法查处。")
        typed = {"form": "transfer", "opinion": "同意", "receiver": "县应急管理局"}
        made = measures.perform("decide", made.pk, cast.head, **typed)
    assert archive.kept("transfer", made).blocks == (Paragraph("请依法查处。"),)


def test_a_fire_listing_is_the_governments_and_ends_as_a_case_does(cast):
    hazard = confirmed(cast, "major", category="fire", days=60)
    with clock.at(START):
        made = approve(cast, listings.propose(cast.officer, hazard.pk, reason="重大火灾隐患"))
    notice = archive.kept("notice", made)
    assert notice.title == "甲街道办事处\n关于对甲街道食品厂重大火灾隐患\n实行政府挂牌督办的通知"
    assert (notice.issuer, notice.signature) == ("甲街道办事处文件", "甲街道办事处")
    assert "消防法" in str(notice)
    made.accepted_at = made.delisted_at = START
    assert "准予整改销案" in str(papers.delisting_notice(made))
    assert [step["label"] for step in course.steps(made)][-1] == "整改销案"


def test_the_delisting_notice_is_changed_before_it_is_signed(cast):
    with clock.at(START):
        hazard = confirmed(cast, days=10)
        made = approve(cast, listings.propose(cast.officer, hazard.pk, reason="x"))
        listings.perform("serve", made.pk, cast.officer, receiver="张三")
        listings.perform("file_plan", made.pk, cast.safety, text="方案")
        rectified(cast, Hazard.objects.get(pk=hazard.pk))
        listings.perform("apply_acceptance", made.pk, cast.safety, text="自评合格")
        listings.perform("accept", made.pk, cast.department, report="合格", checkers="测试department、测试second")
        listings.perform("edit_delisting", made.pk, cast.officer, title="解除督办", body="准予销账。")
        made = listings.perform("delist", made.pk, cast.head)
    assert archive.kept("delisting", made).blocks == (Paragraph("准予销账。"),)


def test_lines_become_headings_and_paragraphs():
    blocks = Text("标题", "前言\n一、情况\n二、这一行是一个完整的句子，因此不是标题。").blocks()
    assert [type(block) for block in blocks] == [Paragraph, Heading, Paragraph]


def test_the_paper_of_a_unit_proposal_is_a_summons(cast):
    unit = cast.units["firm"]
    made = Measure.objects.create(
        kind="unit", unit=unit, area_path=unit.area_path, reason="按期整改率60%，连续两月偏低"
    )
    assert "按期整改率60%" in summons.draft(made).matter


def test_an_office_writes_to_the_places_of_an_office_below_in_its_own_name(cast):
    Unit.objects.create(kind=Unit.Kind.OFFICE, name="村安办", area=cast.areas["village"])
    letter = letters.draft(
        cast.officer, kind="assign", to_unit=cast.units["firm"], title="交办", matter="检查", demand="请办理"
    )
    assert letter.office == cast.units["office"]


def test_what_a_letter_has_no_field_for_is_not_lost_in_silence(cast):
    with pytest.raises(TypeError):
        letters.draft(
            cast.officer,
            kind="assign",
            to_unit=cast.units["firm"],
            title="交办",
            matter="x",
            demand="x",
            urgency="特急",
        )
