"""Who signs, and whether the street may punish, decide what a paper says and whether it can be issued at all."""

from __future__ import annotations

import pytest

from common.errors import Refused
from supervision import papers
from supervision.forms.measures import DecideForm
from supervision.models import Letter
from supervision.transitions import letters, listings, measures
from tests.supervision.world import confirmed


@pytest.fixture
def profile(cast):
    return cast.units["office"].office


def set_to(profile, **values):
    for name, value in values.items():
        setattr(profile, name, value)
    profile.save()


@pytest.mark.parametrize(
    ("signatory", "name", "authority"),
    [
        ("office", "甲街道安委办", "安全生产委员会同意，"),
        ("committee", "甲街道安委会", "经研究，决定"),
        ("street", "甲街道办事处", "经研究，决定"),
    ],
)
def test_a_notice_is_signed_by_whom_the_settings_name_and_says_on_whose_authority(
    cast, profile, signatory, name, authority
):
    set_to(profile, signatory=signatory, signatory_name=name)
    listing = listings.propose(cast.fresh("officer"), confirmed(cast).pk, reason="久拖不改")
    notice = papers.listing_notice(listing)
    assert notice.signature == name
    assert authority in str(notice.blocks)


def test_a_fire_listing_is_signed_by_the_street_whatever_the_settings_say(cast, profile):
    set_to(profile, signatory="office", signatory_name="甲街道安委办")
    hazard = confirmed(cast, "major", category="fire")
    notice = papers.listing_notice(listings.propose(cast.fresh("officer"), hazard.pk, reason="久拖不改"))
    assert notice.signature == f"{profile.street_name}办事处"
    assert "安全生产委员会同意" not in str(notice.blocks)


def test_the_word_of_a_leader_is_printed_in_the_name_of_the_street(cast, profile):
    word = letters.draft(
        cast.fresh("leader"),
        kind=Letter.Kind.INSTRUCTION,
        to_unit=cast.units["firm"],
        title="批示",
        matter="x",
        demand="x",
    )
    assert papers.letter_paper(word).issuer == f"{profile.street_name}办事处"


@pytest.mark.parametrize("power", [True, False])
def test_an_order_to_stop_needs_the_power_to_punish(cast, profile, power):
    set_to(profile, has_penalty_power=power)
    measure = measures.propose(cast.fresh("officer"), confirmed(cast).pk, kind="publish", reason="拒不整改")
    offered = dict(DecideForm(record=measure, actor=cast.head).fields["form"].choices)
    assert ("order_stop" in offered) is power
    if not power:
        with pytest.raises(Refused, match="未承接行政处罚权"):
            measures.perform("decide", measure.pk, cast.head, form="order_stop", opinion="同意")
