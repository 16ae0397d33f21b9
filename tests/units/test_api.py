"""Tokens, the signed-in person, units, schema and docs of the API."""

from __future__ import annotations

from django.core.cache import cache
from django.urls import reverse
from rest_framework.test import APIClient

from tests.cast import PASSWORD, Cast
from units.models import Membership
from units.roles import Role
from units.transitions.passwords import change_password, reset_password

TOKEN = "/api/v1/token/"


def with_token(username: str) -> APIClient:
    """A client that signed in by token."""
    client = APIClient()
    answer = client.post(TOKEN, {"username": username, "password": PASSWORD})
    client.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    return client


def test_a_token_opens_the_api_until_the_password_changes(cast: Cast) -> None:
    client = with_token("officer")
    assert client.get("/api/v1/units/").status_code == 200
    change_password(cast.officer, "Xin#Mima2026")
    assert client.get("/api/v1/units/").json()["code"] == "authentication_failed"


def test_wrong_credentials_lock_out_like_the_page(cast: Cast) -> None:
    client = APIClient()
    codes = [client.post(TOKEN, {"username": "grid", "password": f"x{n}"}).json()["code"] for n in range(6)]
    assert codes[:4] == ["authentication_failed"] * 4
    assert codes[4:] == ["locked_out"] * 2


def test_a_due_password_gives_no_token(cast: Cast) -> None:
    given = reset_password(cast.officer, cast.fresh("sysadmin"))
    answer = APIClient().post(TOKEN, {"username": "officer", "password": given})
    assert (answer.status_code, answer.json()["code"]) == (403, "password_due")


def test_a_missing_field_is_named_in_chinese(cast: Cast) -> None:
    answer = APIClient().post(TOKEN, {"username": "officer"})
    assert answer.status_code == 400
    assert "password" in answer.json()["fields"]


def test_me_lists_hats_and_rights_and_the_header_chooses(cast: Cast) -> None:
    second = Membership.objects.create(user=cast.grid, unit=cast.units["office"], role=Role.OFFICER)
    client = with_token("grid")
    me = client.get("/api/v1/me/").json()
    assert [hat["role"] for hat in me["hats"]] == ["grid", "officer"]
    assert "unit.edit" not in me["rights"]
    assert "unit.edit" in client.get("/api/v1/me/", headers={"X-Membership": str(second.pk)}).json()["rights"]


def test_units_are_filtered_and_searched_in_scope(cast: Cast) -> None:
    client = with_token("officer")
    found = client.get("/api/v1/units/", {"q": "jjdspc"}).json()
    assert [unit["name"] for unit in found["results"]] == ["甲街道食品厂"]
    assert client.get("/api/v1/units/", {"kind": "village"}).json()["count"] == 1
    assert client.get("/api/v1/units/", {"kind": "x"}).json()["fields"].keys() == {"kind"}


def test_a_unit_carries_its_profile(cast: Cast) -> None:
    unit = with_token("officer").get(f"/api/v1/units/{cast.units['firm'].pk}/").json()
    assert unit["enterprise"]["department"]["name"] == "甲街道应急管理综合服务中心"
    assert unit["enterprise"]["risk"] == "blue"


def test_the_docs_page_describes_every_operation_without_inline_code(as_) -> None:
    response = as_("officer").get(reverse("api-docs"))
    text = response.content.decode()
    schema = as_("officer").get("/api/v1/schema/?format=json").json()
    assert all(path in text for path in schema["paths"])
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert "style=" not in text


def test_the_sign_in_limit_does_not_believe_an_address_the_caller_made_up(cast: Cast) -> None:
    cache.clear()
    client = APIClient()
    codes = {
        client.post(TOKEN, {"username": f"u{n}", "password": "x"}, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}").status_code
        for n in range(25)
    }
    cache.clear()
    assert codes == {401, 429}
