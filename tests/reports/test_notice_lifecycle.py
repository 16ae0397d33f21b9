"""The whole table of a notice: action × state × role, and what each step leaves behind."""

from __future__ import annotations

import pytest

from audit.models import AuditEntry
from common import clock
from common.errors import Forbidden, Refused, RuleError, Stale, WrongState
from reports import transitions
from reports.models import Notice, NoticeEvent
from reports.statistics import Period
from reports.transitions import RULES, allowed_actions, perform
from tests.reports.builders import NOW, history, notice_in, values_for

STATES = [state.value for state in Notice.State]
EDITORS, APPROVERS = {"officer", "head"}, {"head"}
WHO = {
    "edit": EDITORS, "recompute": EDITORS, "approve": APPROVERS, "return_draft": APPROVERS, "issue": APPROVERS, "void": APPROVERS,
}  # fmt: skip
PEOPLE = (
    "officer", "head", "department", "grid", "expert", "principal", "safety", "leader", "sysadmin", "secadmin", "auditor",
    "rival_officer", "rival_head",
)  # fmt: skip


@pytest.fixture
def street(cast):
    """A quiet street at a fixed moment."""
    with clock.at(NOW):
        history(cast, 20)
        yield cast


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", RULES)
def test_every_action_from_every_state_by_every_role(street, action, state):
    notice = notice_in(street, state)
    allowed = {name for name in PEOPLE if action in allowed_actions(notice, street.people[name])}
    assert allowed == (WHO[action] if state in RULES[action].sources else set())
    for name in PEOPLE:
        if name in allowed:
            continue
        with pytest.raises(WrongState if state not in RULES[action].sources else Forbidden):
            perform(action, notice.pk, street.people[name], **values_for(action, notice))
    assert Notice.objects.get(pk=notice.pk).state == state


@pytest.mark.parametrize("action", RULES)
def test_an_action_writes_one_event_that_equals_the_row(street, action):
    source = {"issue": "approved", "edit": "drafted"}.get(action, "drafted")
    notice = notice_in(street, source)
    before = notice.events.count()
    after = perform(action, notice.pk, street.head, notice.version, **values_for(action, notice))
    last = NoticeEvent.objects.filter(notice=notice).latest("pk")
    assert notice.events.count() == before + 1
    assert (last.target, last.actor, after.version) == (after.state, street.head, notice.version + 1)


def test_whoever_edited_the_text_does_not_approve_it(street):
    notice = notice_in(street, "drafted")
    perform("edit", notice.pk, street.head, **values_for("edit", notice))
    perform("edit", notice.pk, street.officer, **values_for("edit", notice))
    with pytest.raises(Forbidden, match="您编辑过正文"):
        perform("approve", notice.pk, street.head)


def test_a_stale_page_is_told_who_acted(street):
    notice = notice_in(street, "drafted")
    perform("edit", notice.pk, street.officer, 0, **values_for("edit", notice))
    with pytest.raises(Stale, match="测试officer"):
        perform("edit", notice.pk, street.head, 0, **values_for("edit", notice))


@pytest.mark.parametrize(
    "values", [{"title": " ", "sections": []}, {"title": "甲", "sections": [{"heading": " ", "key": "overall"}]}]
)
def test_an_empty_title_or_heading_is_refused(street, values):
    with pytest.raises(Refused):
        perform("edit", notice_in(street, "drafted").pk, street.officer, **values)


@pytest.mark.parametrize("action", ["return_draft", "void"])
def test_taking_back_needs_a_reason(street, action):
    with pytest.raises(RuleError, match="请填写理由"):
        perform(action, notice_in(street, "drafted").pk, street.head)


def test_issue_numbers_files_receipts_and_audit_in_one_step(street):
    notice = notice_in(street, "issued")
    assert notice.number == "甲街安办发〔2026〕1号"
    assert notice.docx.name.endswith(".docx")
    assert notice.pdf.name.endswith(".pdf")
    assert {receipt.unit for receipt in notice.receipts.all()} >= {street.units["village"], street.units["department"]}
    actions = set(AuditEntry.objects.of_target(notice).values_list("action", flat=True))
    assert actions == {"reports.notice_approve", "reports.notice_issue"}


def test_neither_closed_units_nor_another_street_receive_it(street):
    closed = street.units["village"]
    closed.is_active = False
    closed.save()
    units = {receipt.unit.name for receipt in notice_in(street, "issued").receipts.all()}
    assert closed.name not in units
    assert not any(name.startswith("乙") for name in units)


def test_numbers_are_never_used_twice_not_even_after_void(street):
    first = notice_in(street, "void")
    again = notice_in(street, "issued")
    other = notice_in(street, "issued", Period.month(2026, 9))
    assert [notice.number for notice in (first, again, other)] == [
        f"甲街安办发〔2026〕{place}号" for place in (1, 2, 3)
    ]


def test_an_issued_notice_keeps_its_snapshot_when_the_data_change(street):
    notice = notice_in(street, "issued")
    before = notice.snapshot
    history(street, 30, seed=9)
    kept = Notice.objects.get(pk=notice.pk)
    assert kept.snapshot == before
    with pytest.raises(WrongState):
        transitions.perform("recompute", notice.pk, street.head)


def test_recomputing_replaces_the_figures_and_leaves_the_text(street):
    notice = notice_in(street, "edited")
    history(street, 40, seed=5)
    after = perform("recompute", notice.pk, street.officer)
    assert after.snapshot["figures"] != notice.snapshot["figures"]
    assert after.sections == notice.sections
    assert perform("recompute", notice.pk, street.officer, rewrite=True).sections != notice.sections
