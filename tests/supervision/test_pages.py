"""The pages of supervision: they work, they keep their scope, their cost does not grow with the rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from common import clock
from supervision.jobs import simulate_ladders
from supervision.models import LadderPolicy, Letter, Listing, Measure
from supervision.simulation import work
from supervision.transitions import letters, listings
from supervision.transitions.climb import escalate
from tests.supervision.records import filled_form, typed
from tests.supervision.world import DAY, START, confirmed, many
from units.models import PolicyProposal


@pytest.fixture
def climbed(cast):
    """A 重大 hazard that has climbed its whole ladder."""
    hazard = confirmed(cast, "major", days=20)
    for day in range(16, 52):
        with clock.at(START + day * DAY):
            escalate()
    return hazard


@pytest.mark.parametrize("who", ["officer", "head", "leader", "department", "grid", "safety"])
def test_the_board_shows_the_rungs_to_everybody_in_reach(climbed, as_, who):
    page = as_(who).get("/supervision/")
    assert page.status_code == 200
    assert climbed.number in page.content.decode()


@pytest.mark.parametrize("who", ["rival_officer", "rival_safety"])
def test_the_board_shows_nothing_of_others(climbed, as_, who):
    assert climbed.number not in as_(who).get("/supervision/").content.decode()


def test_proposals_waiting_for_the_head_stand_first(climbed, as_):
    page = as_("head").get("/supervision/").content.decode()
    assert "挂牌督办提请" in page
    assert "约谈建议" in page


@pytest.mark.parametrize("who", ["expert", "sysadmin", "auditor"])
def test_the_board_is_closed_to_those_without_the_right(climbed, as_, who):
    assert as_(who).get("/supervision/").status_code == 403


def test_every_list_and_record_opens(climbed, as_):
    browser = as_("head")
    records = [Letter.objects.first(), Listing.objects.first(), Measure.objects.first()]
    urls = [record.get_absolute_url() for record in records]
    urls += ["/supervision/letters/", "/supervision/listings/", "/supervision/measures/", "/supervision/ladder/"]
    urls += [f"{url}?export=xlsx" for url in urls[3:6]]
    assert [browser.get(url).status_code for url in urls] == [200] * len(urls)


def test_the_hazard_page_shows_ladder_letters_and_listing(climbed, as_):
    page = as_("officer").get(climbed.get_absolute_url()).content.decode()
    for words in ("督办阶梯", "函件和措施", "挂牌（挂账）督办", "督函〔2026〕1号"):
        assert words in page


def test_the_unit_page_shows_what_it_was_sent(climbed, as_):
    assert "督函〔2026〕1号" in as_("officer").get(climbed.unit.get_absolute_url()).content.decode()


def test_a_record_out_of_reach_does_not_exist(climbed, as_):
    for record in (Letter.objects.first(), Listing.objects.first(), Measure.objects.first()):
        assert as_("rival_head").get(record.get_absolute_url()).status_code == 404
        assert as_("rival_safety").get(record.get_absolute_url()).status_code == 404


def test_an_enterprise_does_not_see_what_is_only_proposed(climbed, as_):
    assert as_("safety").get(Listing.objects.get().get_absolute_url()).status_code == 404
    assert as_("safety").get(Measure.objects.first().get_absolute_url()).status_code == 404


def test_the_enterprise_signs_for_and_answers_in_the_browser(climbed, as_):
    browser, letter = as_("safety"), Letter.objects.get(kind="urge")
    with clock.at(START + 52 * DAY):
        assert browser.post(f"{letter.get_absolute_url()}receive/", {"version": letter.version}).status_code == 302
        wrong = browser.post(f"{letter.get_absolute_url()}answer/", {"version": 1, "text": ""})
        assert (wrong.status_code, "请填写回复内容" in wrong.content.decode()) == (422, True)
        assert (
            browser.post(f"{letter.get_absolute_url()}answer/", {"version": 1, "text": "已停用设备"}).status_code == 302
        )
    letter.refresh_from_db()
    assert (letter.state, letter.answers.get().text) == ("answered", "已停用设备")


def test_a_stale_page_keeps_what_was_typed_and_says_who_acted(climbed, as_, cast):
    listing = Listing.objects.get()
    listings.perform("opine", listing.pk, cast.department, opinion="同意")
    page = as_("head").post(f"{listing.get_absolute_url()}reject/", {"version": 0, "reason": "材料不足"})
    assert page.status_code == 409
    assert "测试department" in page.content.decode()
    assert "材料不足" in page.content.decode()


def test_the_wrong_person_and_an_unknown_action_are_told_apart(climbed, as_):
    url = Listing.objects.get().get_absolute_url()
    assert as_("officer").get(f"{url}approve/").status_code == 403
    assert as_("head").get(f"{url}lapse/").status_code == 404
    assert as_("head").get(f"{url}delist/").status_code == 409


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_papers_download(climbed, as_, kind):
    letter = Letter.objects.get(kind="urge")
    assert as_("safety").get(f"{letter.get_absolute_url()}paper.{kind}").status_code == 200
    assert as_("safety").get(f"{letter.get_absolute_url()}paper.exe").status_code == 404
    assert as_("head").get(f"{Listing.objects.get().get_absolute_url()}signboard.{kind}").status_code == 404


def test_a_letter_by_hand_is_drafted_once_and_signed_by_another(cast, as_):
    typed = {
        "kind": "assign",
        "to_unit": cast.units["firm"].name,
        "title": "关于报送材料",
        "matter": "检查",
        "demand": "请报送",
    }
    typed["once"] = "8b0d3f0a-9f5c-4a4b-8f51-0d3d6f8f1c11"
    typed["due_at"] = (clock.now() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    for _ in range(2):
        assert as_("officer").post("/supervision/letters/new/", typed).status_code == 302
    letter = Letter.objects.get()
    assert as_("head").post(f"{letter.get_absolute_url()}send/", {"version": 0}).status_code == 302
    letter.refresh_from_db()
    assert letter.number == f"甲街安办交办〔{clock.today().year}〕1号"


@pytest.mark.parametrize(
    "url", ["/supervision/", "/supervision/letters/", "/supervision/listings/", "/supervision/measures/"]
)
def test_the_cost_of_a_page_does_not_grow_with_its_rows(cast, as_, url, django_assert_max_num_queries):
    first = confirmed(cast, "major", days=20)
    many(first, 30)
    for day in (21, 24, 36, 44):
        with clock.at(START + day * DAY):
            escalate()
    browser = as_("head")
    browser.get(url)
    with django_assert_max_num_queries(38):
        assert browser.get(url).status_code == 200


def test_listing_proposed_in_the_browser(cast, as_):
    hazard = confirmed(cast, "key")
    browser = as_("officer")
    assert browser.get(f"/supervision/listings/propose/{hazard.pk}/").status_code == 200
    assert (
        browser.post(
            f"/supervision/listings/propose/{hazard.pk}/", {"reason": "屡改屡犯", "tier": "street"}
        ).status_code
        == 302
    )
    again = browser.post(f"/supervision/listings/propose/{hazard.pk}/", {"reason": "屡改屡犯", "tier": "street"})
    assert (again.status_code, "不能重复提请" in again.content.decode()) == (422, True)


def test_the_ladder_is_simulated_proposed_by_one_and_approved_by_another(cast, as_):
    confirmed(cast, at=clock.now() - 40 * DAY)
    wrong = as_("officer").post(reverse("ladder-edit"), typed(step_overdue="1", step_urge="1"))
    assert (wrong.status_code, "应晚于前一步骤" in wrong.content.decode()) == (422, True)
    simulated = as_("officer").post(reverse("ladder-edit"), typed())
    page = as_("officer").get(simulated.url).content.decode()
    assert "会产生1件提示函（1家单位）、1件督促函（1家单位）" in page
    assert not Letter.objects.exists()
    assert as_("officer").post(simulated.url, {"reason": ""}).status_code == 422
    assert as_("officer").post(simulated.url, {"reason": "试行"}).status_code == 302
    proposal = PolicyProposal.objects.get(kind="ladder")
    assert "T+5日" in as_("head").get(reverse("ladder-proposal", args=[proposal.pk])).content.decode()
    assert (
        as_("head").post(reverse("policy-proposal", args=[proposal.pk]), {"accept": "1", "reason": ""}).status_code
        == 302
    )
    page = as_("head").get("/supervision/ladder/").content.decode()
    assert "T+5日" in page
    assert "试行" not in page


def test_the_editor_opens_with_what_holds_and_with_what_was_simulated(cast, as_):
    held = LadderPolicy.objects.get(level="key")
    assert 'value="-7"' in as_("officer").get(f"{reverse('ladder-edit')}?from={held.pk}").content.decode()
    simulated = as_("officer").post(reverse("ladder-edit"), typed(step_urge="6"))
    again = as_("officer").get(f"{reverse('ladder-edit')}?again={simulated.url.split('/')[-2]}").content.decode()
    assert 'name="step_urge" value="6"' in again


def test_every_ladder_the_system_starts_with_passes_its_own_editor(cast, as_):
    for held in LadderPolicy.objects.all():
        page = as_("officer").get(f"{reverse('ladder-edit')}?from={held.pk}")
        shown = {name: value for name, value in page.context["form"].initial.items() if value is not None}
        typed_on = shown | {"effective_from": clock.today() + 30 * DAY, "step_urge": 3}
        answer = as_("officer").post(reverse("ladder-edit"), typed_on)
        assert answer.status_code == 302, (held, answer.context["form"].errors)


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"document_overdue": "", "audience_overdue": []}, "至少要告知一方"),
        ({"document_urge": "publish"}, "有效的选项"),
        ({"level": ""}, "请选择适用等级"),
        ({"effective_from": "2020-01-01"}, "施行日期应晚于今天"),
    ],
)
def test_the_editor_refuses_a_ladder_that_cannot_be(cast, as_, changed, text):
    page = as_("officer").post(reverse("ladder-edit"), typed(**changed))
    assert (page.status_code, text in page.content.decode()) == (422, True)


def test_a_large_simulation_is_counted_by_the_job(cast, monkeypatch):
    monkeypatch.setattr(work, "AT_ONCE", 0)
    confirmed(cast, at=clock.now() - 40 * DAY)
    waiting = work.begin(cast.fresh("officer"), filled_form(cast), typed())
    assert not waiting.result
    assert (simulate_ladders(), simulate_ladders()) == (1, 0)
    waiting.refresh_from_db()
    assert waiting.result["would"]["letters"] == {"reminder": [1, 1], "urge": [1, 1]}


def test_nobody_signs_what_they_drafted(cast):
    from common.errors import Forbidden

    letter = letters.draft(cast.head, kind="hint", to_unit=cast.units["firm"], title="x", matter="x", demand="x")
    with pytest.raises(Forbidden):
        letters.perform("send", letter.pk, cast.head)
    assert letters.perform("send", letter.pk, cast.leader).state == "sent"
