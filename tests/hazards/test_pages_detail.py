"""隐患详情, its dossier, the workbench and the library: who sees what, and exactly which buttons."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEntry
from common import clock
from hazards import criteria, transitions
from hazards.models import CriterionItem, HazardEvidence, PrincipalNotification
from hazards.models.hazard import State
from supervision.transitions import listings
from tests.hazards.builders import hazard_in
from units.dossier import obstacles, sections
from units.models import Enterprise

READERS = ("officer", "head", "department", "grid", "principal", "safety", "leader")
STRANGERS = ("rival_officer", "rival_head", "rival_safety", "rival_department", "expert", "auditor", "sysadmin")


def page(as_, who, hazard):
    return as_(who).get(f"/hazards/{hazard.pk}/").content.decode()


def pressed(as_, who, hazard):
    return [button.action for button in as_(who).get(f"/hazards/{hazard.pk}/").context["buttons"]]


@pytest.mark.parametrize("who", READERS)
def test_readers_see_the_hazard_and_its_dossier(as_, cast, who):
    hazard = hazard_in(cast, "rectifying")
    assert hazard.number in page(as_, who, hazard)
    assert as_(who).get(f"/hazards/{hazard.pk}/dossier/").status_code == 200


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("tail", ["", "dossier/", "dossier/?format=pdf", "dossier/?format=docx"])
def test_to_strangers_it_does_not_exist(as_, cast, who, tail):
    assert as_(who).get(f"/hazards/{hazard_in(cast, 'rectifying').pk}/{tail}").status_code == 404


@pytest.mark.parametrize(
    ("who", "state", "level", "actions"),
    [
        ("officer", "reported", "general", ["confirm", "fix_on_spot", "dismiss", "change_level"]),
        ("head", "reported", "key", ["confirm", "dismiss", "change_level", "transfer"]),
        ("grid", "reported", "general", ["confirm", "fix_on_spot", "dismiss"]),
        ("safety", "reported", "general", []),
        ("safety", "planning", "major", ["file_plan"]),
        ("officer", "planning", "major", ["change_level", "cite_criterion"]),
        ("safety", "rectifying", "general", ["submit_rectification", "report_progress", "request_extension"]),
        ("grid", "rectifying", "general", []),
        ("department", "submitted", "key", ["pass_review", "fail_review", "change_level"]),
        ("grid", "submitted", "key", []),
        ("grid", "submitted", "general", ["pass_review", "fail_review"]),
        ("head", "reviewed", "key", ["sign_off", "return_to_review", "change_level"]),
        ("officer", "reviewed", "key", ["change_level"]),
        ("head", "closed", "general", ["reopen"]),
        ("leader", "submitted", "major", []),
    ],
)
def test_exactly_the_buttons_the_person_may_press(as_, cast, who, state, level, actions):
    hazard = hazard_in(cast, state, level)
    assert sorted(pressed(as_, who, hazard)) == sorted(actions)


def test_a_button_says_what_will_happen(as_, cast):
    assert "确认等级和期限，责任单位立即收到整改要求。" in page(as_, "officer", hazard_in(cast, "reported"))


def test_whoever_reviewed_is_not_offered_the_sign_off(as_, cast, photo):
    hazard = hazard_in(cast, "submitted", "key")
    transitions.perform("pass_review", hazard.pk, cast.head, photos=[photo("head")])
    assert "sign_off" not in pressed(as_, "head", hazard)


def test_a_listed_hazard_is_not_signed_off_here(as_, cast):
    assert "sign_off" not in pressed(as_, "head", hazard_in(cast, "reviewed", "key", listed_as="key"))


def test_the_timeline_tells_the_deadline_before_and_after_in_chinese(as_, cast, time_machine):
    time_machine.move_to("2026-11-22T10:00:00+08:00", tick=False)
    hazard = hazard_in(cast, "rectifying", "key")
    transitions.perform(
        "correct_deadline", hazard.pk, cast.head, reason="录入差错", due=clock.today() + timedelta(days=25)
    )
    html = page(as_, "officer", hazard)
    assert "更正期限" in html
    assert "<del>2026年12月12日 10:00</del> → <ins>2026年12月17日 23:59</ins>" in html
    assert "测试head" in html
    assert "甲街道安委办·安委办负责人" in html


def test_what_was_typed_is_shown_as_text(as_, cast):
    hazard = hazard_in(cast, "rectifying", description="<script>alert(1)</script>")
    transitions.perform("report_progress", hazard.pk, cast.safety, text="<img src=x onerror=alert(2)>")
    html = page(as_, "officer", hazard)
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html


def test_a_principal_who_opens_a_major_hazard_has_read_the_notification(as_, cast):
    hazard = hazard_in(cast, "rectifying", "major")
    told = PrincipalNotification.objects.create(
        hazard=hazard, capacity="principal", name="测试principal", user=cast.principal
    )
    page(as_, "officer", hazard)
    told.refresh_from_db()
    assert told.read_at is None
    page(as_, "principal", hazard)
    told.refresh_from_db()
    assert told.read_at is not None
    assert "已阅" in page(as_, "officer", hazard)


def test_before_and_after_stand_side_by_side(as_, cast, photo):
    hazard = hazard_in(cast, "submitted")
    for stage in ("before", "after"):
        HazardEvidence.objects.create(hazard=hazard, attachment=photo("safety"), stage=stage)
    html = page(as_, "officer", hazard)
    assert "data-compare" in html
    assert "整改前后对比" in html


def test_the_photo_itself_is_open_to_readers_and_closed_to_strangers(as_, cast, photo):
    hazard, picture = hazard_in(cast, "submitted"), photo("safety")
    HazardEvidence.objects.create(hazard=hazard, attachment=picture, stage="before")
    assert as_("officer").get(picture.thumbnail_url).status_code == 200
    assert as_("rival_officer").get(picture.thumbnail_url).status_code == 404


def test_a_photo_used_for_another_hazard_is_a_lead_for_the_reviewer_only(as_, cast, photo):
    hazard, other, picture = hazard_in(cast, "submitted"), hazard_in(cast, "closed", number="旧-1"), photo("safety")
    for one in (hazard, other):
        HazardEvidence.objects.create(hazard=one, attachment=picture, stage="after")
    html = as_("officer").get(f"/hazards/{hazard.pk}/actions/pass_review/").content.decode()
    assert "照片需要核对" in html
    assert "旧-1" in html
    assert "照片需要核对" not in page(as_, "safety", hazard)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_dossier_is_a_paper_and_its_taking_is_audited(as_, cast, photo, kind):
    hazard = hazard_in(cast, "planning", "major")
    plan = {"objectives": "目标", "measures": "措施", "funds": Decimal(3), "organisation": "张三", "safeguards": "预案"}
    transitions.perform("file_plan", hazard.pk, cast.safety, finish_on=clock.today() + timedelta(days=9), **plan)
    answer = as_("officer").get(f"/hazards/{hazard.pk}/dossier/?format={kind}")
    assert answer.content.startswith(b"%PDF" if kind == "pdf" else b"PK")
    assert AuditEntry.objects.filter(action="hazards.dossier", target_id=str(hazard.pk)).exists()


def test_the_queries_of_the_page_do_not_grow_with_its_history(as_, cast):
    hazard, browser = hazard_in(cast, "rectifying"), as_("officer")

    def queries(reports):
        for number in range(reports):
            transitions.perform("report_progress", hazard.pk, cast.safety, text=f"进展{number}")
        browser.get(f"/hazards/{hazard.pk}/")
        with CaptureQueriesContext(connection) as caught:
            browser.get(f"/hazards/{hazard.pk}/")
        return len(caught)

    few = queries(2)
    assert queries(30) == few


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
@pytest.mark.parametrize("level", ["general", "key", "major"])
def test_the_stepper_stands_in_every_state(as_, cast, state, level):
    steps = as_("officer").get(f"/hazards/{hazard_in(cast, state, level).pk}/").context["steps"]
    assert [step["label"] for step in steps][:2] == ["上报", "核实"]
    assert ("治理方案" in [step["label"] for step in steps]) == (level == "major" or state == State.PLANNING)
    current = [step for step in steps if step["state"] in ("current", "stopped")]
    assert len(current) == (0 if state == State.CLOSED else 1)


@pytest.mark.parametrize(
    ("who", "state", "level", "group", "action"),
    [
        ("officer", "reported", "general", "verify", "confirm"),
        ("grid", "reported", "general", "verify", "confirm"),
        ("department", "submitted", "key", "review", "pass_review"),
        ("head", "reviewed", "key", "sign-off", "sign_off"),
        ("safety", "planning", "major", "plan", "file_plan"),
        ("safety", "rectifying", "general", "rectify", "submit_rectification"),
    ],
)
def test_the_workbench_offers_the_one_action_that_is_due(as_, cast, who, state, level, group, action):
    hazard = hazard_in(cast, state, level)
    groups = {one.key: one for one in as_(who).get("/workbench/").context["groups"]}
    assert [row.action_url for row in groups[group].rows] == [f"/hazards/{hazard.pk}/actions/{action}/"]
    assert as_(who).get(groups[group].rows[0].action_url).status_code == 200


def test_the_village_is_not_asked_to_review_what_it_may_not(as_, cast):
    hazard_in(cast, "submitted", "key")
    assert "review" not in {group.key for group in as_("grid").get("/workbench/").context["groups"]}


def test_what_is_overdue_comes_first_and_can_be_urged_from_there(as_, cast):
    hazard_in(cast, "reported")
    hazard = hazard_in(cast, "rectifying", due_at=clock.now() - timedelta(days=1))
    browser = as_("officer")
    first = browser.get("/workbench/").context["groups"][0]
    assert (first.key, first.rows[0].action_label) == ("overdue", "催办")
    answer = browser.post(first.rows[0].action_url, dict(first.rows[0].posts), follow=True)
    assert answer.redirect_chain[-1][0] == "/workbench/"
    assert hazard.number in answer.content.decode()


@pytest.mark.parametrize("who", [*READERS, "expert", "rival_officer"])
def test_an_empty_workbench_says_what_can_be_done(as_, cast, who):
    Enterprise.objects.update(state=Enterprise.State.SUSPENDED)  # who is in business owes self-checks
    html = as_(who).get("/workbench/").content.decode()
    assert "现在没有待办事项" in html
    assert "/hazards/new/" in html


def test_a_unit_shows_its_hazards_and_stays_in_use_while_they_are_open(cast):
    hazard, firm = hazard_in(cast, "rectifying"), cast.units["firm"]
    shown = {section.title: section for section in sections(firm, cast.fresh("officer"))}
    assert [one.pk for one in shown["隐患"].context["hazards"]] == [hazard.pk]
    assert "还有1条隐患没有销号。" in obstacles(firm)


@pytest.fixture
def library(cast):
    criteria.load()


def test_only_the_office_sees_how_sure_the_wording_is(as_, cast, library):
    item = CriterionItem.objects.in_force().first()
    for who, seen in (("officer", True), ("head", True), ("department", False), ("safety", False)):
        for address in ("/criteria/", f"/criteria/{item.pk}/"):
            assert ("可信度" in as_(who).get(address).content.decode()) == seen
        assert (
            "可信度" in as_(who).get("/criteria/suggest/?field=criterion&criterion_q=泄爆").content.decode()
        ) == seen


def test_the_library_says_what_it_covers_only_partly(as_, cast, library):
    assert "GB 35181-2025" in as_("safety").get("/criteria/").content.decode()


def test_the_head_vouches_for_a_wording_and_it_is_audited(as_, cast, library):
    item = (
        CriterionItem.objects.filter(confidence="low").first()
        or CriterionItem.objects.filter(confidence="medium").first()
    )
    assert as_("officer").post(f"/criteria/{item.pk}/check/").status_code == 403
    as_("head").post(f"/criteria/{item.pk}/check/")
    item.refresh_from_db()
    assert (item.confidence, item.checked_by) == ("high", "测试head")
    assert AuditEntry.objects.filter(action="hazards.criterion_checked").exists()


def test_suggestions_follow_the_description_and_keep_the_choice(as_, cast, library):
    chosen = criteria.suggest("液氨")[0]
    html = (
        as_("grid")
        .get(f"/criteria/suggest/?field=criterion&criterion={chosen.pk}&description=除尘器未设泄爆口")
        .content.decode()
    )
    assert f'value="{chosen.pk}" checked' in html
    assert "泄爆" in html


@pytest.mark.parametrize(
    "query", ["field=criterion&criterion=abc&criterion_q=泄爆", "field=<script>", "criterion_q=" + "长" * 3000]
)
def test_strange_input_breaks_no_suggestion(as_, cast, library, query):
    answer = as_("safety").get(f"/criteria/suggest/?{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_a_leader_s_decisions_stand_above_what_can_only_be_looked_at(as_, cast):
    hazard_in(cast, "rectifying", "key", due_at=clock.now() - timedelta(days=3))
    hazard = hazard_in(cast, "rectifying", "major", due_at=clock.now() - timedelta(days=3))
    listings.propose(cast.officer, hazard.pk, reason="久拖不改")
    leader, head = (
        [group.key for group in as_(who).get("/workbench/").context["groups"]] for who in ("leader", "head")
    )
    assert leader.index("listing-decide") < leader.index("overdue")
    assert head.index("overdue") < head.index("listing-decide")
