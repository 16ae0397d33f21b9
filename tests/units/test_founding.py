"""A real office can begin without the demonstration."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from units.models import Area, Membership, Unit, User
from units.roles import SEPARATED


def found(*args: str) -> dict:
    out = StringIO()
    call_command("found_office", *args, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db
def test_an_office_begins_with_three_separated_keepers_who_must_change_their_password():
    result = found("新城街道", "--code", "XC", "--parents", "昆明市/安宁市")
    assert set(Membership.objects.values_list("role", flat=True)) == SEPARATED
    for account in result["accounts"]:
        user = User.objects.get(username=account["username"])
        assert user.check_password(account["password"])
        assert user.must_change_password
    office = Unit.objects.get(pk=result["office"])
    assert [area.name for area in Area.objects.order_by("path")] == ["昆明市", "安宁市", "新城街道"]
    assert office.office.letter_prefix == "新城安办函"


@pytest.mark.django_db
def test_a_second_street_joins_the_same_county_and_a_street_is_founded_once():
    found("新城街道", "--code", "XC", "--parents", "安宁市")
    found("老城镇", "--code", "LC", "--parents", "安宁市")
    assert Area.objects.get(name="安宁市").children.count() == 2
    with pytest.raises(CommandError, match="已被其他街道"):
        found("另一街道", "--code", "XC")
    with pytest.raises(CommandError, match="已经建立"):
        found("老城镇", "--code", "L2", "--parents", "安宁市")


@pytest.mark.django_db
def test_the_administrator_signs_in_and_is_asked_for_a_new_password(client):
    account = found("新城街道", "--code", "XC")["accounts"][0]
    client.post("/sign-in/", {"username": account["username"], "password": account["password"]})
    assert client.get("/accounts/", follow=True).redirect_chain[-1][0].startswith("/account/password/")
