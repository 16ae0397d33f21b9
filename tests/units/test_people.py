"""Accounts, the three separated duties, hats, the matrix page, policies under four eyes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.authtoken.models import Token

from common import clock, limits, workdays
from common.errors import Forbidden, Refused
from common.models import CalendarDay
from tests.cast import PASSWORD, Cast
from units import policies, queries
from units.middleware import SESSION_KEY
from units.models import Membership, User
from units.roles import GRANTS, Role, Scope
from units.transitions import people
from units.transitions.policies import decide_policy, propose_policy

SEPARATED = ("sysadmin", "secadmin", "auditor")


@pytest.mark.parametrize("held", SEPARATED)
@pytest.mark.parametrize("wanted", SEPARATED)
def test_nobody_holds_two_of_the_separated_duties(cast: Cast, held: str, wanted: str) -> None:
    person = User.objects.create_user("san", PASSWORD, name="三员")
    office, keeper = cast.units["office"], cast.fresh("sysadmin")
    people.grant_membership(person, keeper, office, held)
    with pytest.raises(Refused):
        people.grant_membership(person, keeper, office, wanted)


def test_the_system_administrator_gives_nothing_to_himself(cast: Cast) -> None:
    keeper = cast.fresh("sysadmin")
    with pytest.raises(Forbidden):
        people.grant_membership(keeper, keeper, cast.units["office"], Role.HEAD)


def test_a_role_belongs_to_its_kind_of_unit(cast: Cast) -> None:
    with pytest.raises(Refused):
        people.grant_membership(cast.grid, cast.fresh("sysadmin"), cast.units["firm"], Role.OFFICER)


def test_a_new_account_gets_a_password_shown_once(as_, cast: Cast) -> None:
    typed = {"username": "zhangsan", "name": "张三", "unit": "甲街道食品厂", "role": "safety"}
    response = as_("sysadmin").post(reverse("account-create"), typed)
    given = response.context["given"]
    assert given in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    person = User.objects.get(username="zhangsan")
    assert person.check_password(given)
    assert person.must_change_password


def test_a_principal_keeps_own_staff_and_nobody_else(as_, cast: Cast) -> None:
    browser: Client = as_("principal")
    browser.post(reverse("account-create"), {"username": "lisi", "name": "李四", "role": "safety"})
    assert Membership.objects.get(user__username="lisi").unit == cast.units["firm"]
    for stranger in ("rival_safety", "officer"):
        assert browser.get(reverse("account-detail", args=[cast.people[stranger].pk])).status_code == 404
    with pytest.raises(Forbidden):
        people.create_account(cast.fresh("principal"), {"username": "x", "name": "x"}, cast.units["firm"], Role.OFFICER)


def test_closing_an_account_ends_sessions_and_tokens_at_once(as_, cast: Cast) -> None:
    browser: Client = as_("officer")
    Token.objects.create(user=cast.officer)
    people.set_account_active(cast.officer, cast.fresh("sysadmin"), active=False, reason="离职")
    assert browser.get(reverse("account")).status_code == 302
    assert not Token.objects.filter(user=cast.officer).exists()


def test_an_ended_role_holds_no_longer(as_, cast: Cast) -> None:
    people.end_membership(cast.officer.memberships.get(), cast.fresh("sysadmin"), "调离")
    assert cast.fresh("officer").hat is None
    assert as_("officer").get(reverse("enterprise-list")).status_code == 403
    assert as_("officer").get(reverse("home")).url == reverse("account")


def test_the_security_administrator_ends_sessions(as_, cast: Cast) -> None:
    browser: Client = as_("officer")
    as_("secadmin").post(reverse("session-end", args=[cast.officer.pk]))
    assert browser.get(reverse("account")).status_code == 302


def test_switching_the_hat_changes_what_may_be_done(as_, cast: Cast) -> None:
    second = Membership.objects.create(user=cast.grid, unit=cast.units["office"], role=Role.OFFICER)
    browser: Client = as_("grid")
    assert browser.get(reverse("provisional-list")).status_code == 403
    browser.post(reverse("switch-hat"), {"hat": second.pk})
    assert browser.session[SESSION_KEY] == second.pk
    assert browser.get(reverse("provisional-list")).status_code == 200


def test_a_hat_that_is_not_ones_own_or_has_ended_is_not_worn(as_, cast: Cast) -> None:
    old = Membership.objects.create(
        user=cast.grid, unit=cast.units["office"], role=Role.HEAD, starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1)
    )
    browser: Client = as_("grid")
    for hat in (old.pk, cast.head.memberships.get().pk, "x", "9" * 40):
        assert browser.post(reverse("switch-hat"), {"hat": hat}).status_code == 404


def test_the_matrix_page_shows_exactly_the_grants(as_) -> None:
    rows = as_("auditor").get(reverse("permission-matrix")).context["rows"]
    shown = {row["right"]: dict(zip(Role, row["cells"], strict=True)) for row in rows}
    for right, grants in GRANTS.items():
        assert {role: scope for role, scope in shown[right].items() if scope} == grants
    assert all(isinstance(scope, Scope) for row in shown.values() for scope in row.values() if scope)


def propose(cast: Cast, person: str, kind: str, **typed: str):
    """A proposal by the person, from what was typed."""
    form = policies.kind_of(kind).form(typed)
    assert form.is_valid(), form.errors
    return propose_policy(kind, cast.fresh(person), form, "按上级要求")


def test_an_approved_time_limit_holds_from_its_day_in_its_street_only(cast: Cast) -> None:
    start = clock.today() + timedelta(days=3)
    typed = {"key": "hazard.general", "value": "48", "unit": "hours", "basis": "会议纪要", "effective_from": str(start)}
    decide_policy(propose(cast, "officer", policies.TIME_LIMIT, **typed), cast.fresh("head"), accept=True)
    path = cast.units["firm"].area_path
    assert limits.limit("hazard.general", path).value == 24
    assert limits.limit("hazard.general", path, on=start).value == 48
    assert limits.limit("hazard.general", cast.areas["rival_street"].path, on=start).value == 24


@pytest.mark.parametrize(("proposer", "decider"), [("head", "head"), ("officer", "officer"), ("officer", "rival_head")])
def test_nobody_approves_without_the_right_or_what_they_proposed(cast: Cast, proposer: str, decider: str) -> None:
    proposal = propose(cast, proposer, policies.CALENDAR_DAY, date="2027-01-02", is_workday="1", note="通知")
    with pytest.raises(Forbidden):
        decide_policy(proposal, cast.fresh(decider), accept=True)
    assert not CalendarDay.objects.exists()


def test_an_approved_calendar_day_counts_at_once_and_can_be_taken_back(cast: Cast) -> None:
    day = date(2027, 1, 2)
    head = cast.fresh("head")
    decide_policy(
        propose(cast, "officer", policies.CALENDAR_DAY, date=str(day), is_workday="1", note="通知"), head, True
    )
    assert workdays.is_workday(day)
    decide_policy(propose(cast, "officer", policies.CALENDAR_REMOVAL, date=str(day)), head, True)
    assert not workdays.is_workday(day)


def test_a_missing_year_is_announced_on_the_calendar(as_, cast: Cast) -> None:
    later = clock.now().replace(year=2059, month=12, day=1)
    User.objects.update(password_changed_at=later)
    with clock.at(later):
        assert "2059年的放假调休安排" in as_("officer").get(reverse("calendar")).content.decode()


def test_people_are_found_by_unit_and_office(cast: Cast) -> None:
    path = cast.units["firm"].area_path
    assert set(queries.people_of_unit(cast.units["firm"].pk)) == {cast.principal, cast.safety}
    assert set(queries.people_of_unit(cast.units["firm"].pk, Role.SAFETY)) == {cast.safety}
    assert set(queries.office_people(path)) == {cast.officer, cast.head}
    assert set(queries.leaders(path)) == {cast.leader}
    assert set(queries.office_staff()) == {cast.officer, cast.head, cast.rival_officer, cast.rival_head}
