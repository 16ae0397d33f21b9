"""Records of supervision the permission matrix walks over, beyond letters, listings and measures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from common import clock
from hazards import transitions as hazards
from supervision.forms.policies import LadderForm, initial_of
from supervision.forms.unit_rules import KIND as RULE_KIND
from supervision.forms.unit_rules import UnitRuleForm
from supervision.ladder import Rung
from supervision.ladder_defaults import DOCUMENTS, PERSON_DECIDES, audience_of
from supervision.models import ReplyLink, UnitMonth
from supervision.simulation import work
from supervision.transitions import letters, listings, reply_links
from supervision.transitions.policies import KIND
from supervision.transitions.unit_months import open_month
from supervision.unit_rules import MonthFigures
from tests.cast import Cast
from tests.hazards.builders import hazard_in
from units.transitions.policies import payload_of, propose_policy

CODE = "MATR-1X00-0000-0001"


def typed(**changed: Any) -> dict[str, Any]:
    """What the editor sends for a ladder of two steps."""
    rungs = tuple(
        Rung(code, days, False, code in PERSON_DECIDES, DOCUMENTS[code], audience_of(code))
        for code, days in (("overdue", 1), ("urge", 5))
    )
    filled = {name: value for name, value in initial_of(rungs).items() if value is not None}
    day = clock.today() + timedelta(days=1)
    return filled | {"subject": "hazard", "level": "key", "effective_from": day.isoformat(), "basis": ""} | changed


def filled_form(cast: Cast, **changed: Any) -> LadderForm:
    """The editor's form, valid."""
    form = LadderForm(typed(**changed), area_path=cast.fresh("officer").area_path)
    assert form.is_valid(), form.errors
    return form


def rule_form() -> UnitRuleForm:
    """The form of a monthly rule, valid."""
    day = (clock.today() + timedelta(days=1)).isoformat()
    typed = {"code": "low", "is_on": "on", "below": "95", "running_below": "0", "least": "3", "document": "reminder"}
    form = UnitRuleForm(typed | {"effective_from": day})
    assert form.is_valid(), form.errors
    return form


def build(cast: Cast, photo: Any) -> dict[str, Any]:
    """Name → record."""
    officer, form = cast.fresh("officer"), filled_form(cast)
    extended = hazard_in(cast, "rectifying")
    hazards.perform(
        "request_extension",
        extended.pk,
        cast.fresh("safety"),
        due=clock.now() + timedelta(days=40),
        reason="x",
        protection="x",
    )
    hazards.perform("grant_extension", extended.pk, cast.fresh("head"))
    shown = listings.propose(officer, hazard_in(cast, "rectifying").pk, reason="久拖不改")
    listings.perform(
        "approve", shown.pk, cast.fresh("head"), leader="王五", waiver="急", department=cast.units["department"]
    )
    listings.perform("publish", shown.pk, officer, published_in="公开栏", online=True)
    _issue_code(cast)
    rule = rule_form()
    open_month(cast.units["office"], date(2026, 9, 1), [MonthFigures(cast.units["firm"].pk, "unit", 10, 5, false=1)])
    return {
        "unit_month": UnitMonth.objects.get(),
        "rule_simulation": work.begin_rule(officer, rule, payload_of(rule)),
        "rule_proposal": propose_policy(RULE_KIND, officer, rule, "从严"),
        "simulation": work.begin(officer, form, typed()),
        "ladder_proposal": propose_policy(KIND, officer, form, "试行"),
        "extension": extended.extensions.get(),
        "public_listing": shown,
    }


def _issue_code(cast: Cast) -> None:
    """A letter that is answered by `CODE`."""
    text = {"title": "关于整改", "matter": "x", "demand": "x", "due_at": clock.now() + timedelta(days=5)}
    letter = letters.draft(cast.fresh("officer"), kind="urge", to_unit=cast.units["firm"], **text)
    letters.perform("send", letter.pk, cast.fresh("head"))
    until = clock.now() + timedelta(days=1)
    hashed = reply_links.hash_of(CODE)
    ReplyLink.objects.create(letter=letter, code_hash=hashed, issued_by=cast.officer, expires_at=until)
