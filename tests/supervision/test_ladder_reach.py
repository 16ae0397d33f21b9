"""Which policy a hazard climbs by, whom a step tells and who decides."""

from __future__ import annotations

import pytest

from common import clock
from common.errors import Forbidden
from common.models import BackgroundWork
from hazards import transitions as hazards
from messaging.models import Message
from supervision.ladder import Edition, Traits, edition_for
from supervision.ladder_defaults import FROM_THE_BEGINNING as EVER
from supervision.models import LadderPolicy, LadderStep, Letter, Measure
from supervision.simulation import work
from supervision.transitions import letters, measures
from supervision.transitions.climb import escalate
from supervision.transitions.policies import editions
from tests.supervision.records import typed
from tests.supervision.world import DAY, START, confirmed


def edition(name: str, area: str = "", sector: int | None = None, campaign: str = "", level: str = "key") -> Edition:
    return Edition(0, name, level, area, EVER, "", (), "hazard", sector, campaign)


@pytest.mark.parametrize(
    ("editions", "nearest"),
    [
        ([edition("general"), edition("sector", sector=2)], "sector"),
        ([edition("above", sector=1), edition("own", sector=2)], "own"),
        ([edition("sector", sector=2), edition("campaign", campaign="百日行动")], "campaign"),
        ([edition("campaign", campaign="百日行动"), edition("street", area="0001.")], "street"),
        ([edition("general"), edition("other", sector=9), edition("another", campaign="冬春攻坚")], "general"),
        ([edition("any", level=""), edition("key")], "key"),
    ],
)
def test_the_nearest_policy_holds(editions, nearest):
    found = edition_for(editions, Traits("key", "0001.0002.", (2, 1), "百日行动"), START.date())
    assert found is not None
    assert found.name == nearest


def policy(*, campaign: str = "", **step: object) -> None:
    """A policy for 重点 hazards with one step."""
    row = LadderPolicy.objects.create(
        name="试行", level="key", campaign=campaign, effective_from=clock.local(START).date()
    )
    LadderStep.objects.create(policy=row, **step)
    editions.invalidate()


def test_a_marked_hazard_climbs_by_the_policy_of_its_campaign(cast):
    marked, plain = confirmed(cast), confirmed(cast)
    mark = hazards.campaigns.begin(cast.units["office"], "百日行动")
    with clock.at(START + DAY):
        hazards.perform("mark_campaign", marked.pk, cast.officer, campaign=mark)
    policy(campaign="百日行动", code="urge", offset=1, document="urge", audience=["firm"])
    with clock.at(START + 21 * DAY):
        escalate()
    assert [marked.letters.get().kind, plain.letters.get().kind] == ["urge", "reminder"]
    assert "试行" in marked.letters.get().why


def test_the_ladder_of_a_campaign_is_edited_simulated_and_counts_its_hazards_only(cast, as_):
    mark = hazards.campaigns.begin(cast.units["office"], "百日行动")
    marked, _plain = confirmed(cast), confirmed(cast)
    hazards.perform("mark_campaign", marked.pk, cast.officer, campaign=mark)
    with clock.at(START + 60 * DAY):
        assert 'value="百日行动"' in as_("officer").get("/supervision/ladder/edit/").content.decode()
        answer = as_("officer").post("/supervision/ladder/edit/", typed(campaign="百日行动", level=""))
        assert answer.status_code == 302
        made = BackgroundWork.objects.get(kind=work.KIND).result
        wrong = as_("officer").post("/supervision/ladder/edit/", typed(campaign="没有的专项"))
    assert made["would"]["hazards"] == 1
    assert made["would"]["steps"] == {"overdue": 1, "urge": 1}
    assert wrong.status_code == 422


def test_a_step_tells_whom_its_policy_names(cast):
    confirmed(cast)
    policy(code="overdue", offset=1, document="", audience=["village", "leader"])
    Message.objects.all().delete()
    with clock.at(START + 21 * DAY):
        escalate()
    assert set(Message.objects.values_list("recipient__username", flat=True)) == {"grid", "leader"}
    assert not Letter.objects.exists()


def test_a_letter_a_person_decides_waits_for_whom_the_policy_names(cast):
    confirmed(cast)
    policy(code="overdue", offset=1, document="reminder", audience=["firm"], person_decides=True, decider="leader")
    with clock.at(START + 21 * DAY):
        escalate()
        letter = Letter.objects.get()
        with pytest.raises(Forbidden, match="街道领导"):
            letters.perform("send", letter.pk, cast.head)
        assert letters.perform("send", letter.pk, cast.leader).state == "sent"


def test_a_proposal_is_decided_by_whom_the_policy_names(cast):
    confirmed(cast)
    policy(code="talk", offset=1, document="talk", audience=["head"], person_decides=True, decider="head")
    with clock.at(START + 21 * DAY):
        escalate()
        decision = {"form": "talk", "opinion": "同意", "meet_at": START + 23 * DAY}
        with pytest.raises(Forbidden, match="安委办负责人"):
            measures.perform("decide", Measure.objects.get().pk, cast.leader, **decision)
        assert measures.perform("decide", Measure.objects.get().pk, cast.head, **decision).state == "decided"
