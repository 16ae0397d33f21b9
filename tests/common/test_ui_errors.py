"""What went wrong is said in plain Chinese, with the right status, in the right shape."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from common import views
from common.errors import Forbidden, NotInScope, Refused, Stale, WrongState
from common.middleware import ErrorPageMiddleware


def request_of(path="/hazards/1/", **headers):
    request = RequestFactory(HTTP_HOST="testserver").get(path, headers=headers)
    request.user = AnonymousUser()
    HtmxMiddleware(lambda _: None)(request)
    return request


def answer(error, **headers):
    return ErrorPageMiddleware(lambda _: None).process_exception(request_of(**headers), error)


@pytest.mark.parametrize(
    ("error", "status"),
    [(Forbidden(), 403), (NotInScope(), 404), (WrongState(), 409), (Stale(), 409), (Refused(), 422)],
)
def test_a_refusal_becomes_a_page_with_its_status(error, status):
    response = answer(error)
    assert response.status_code == status
    assert error.message in response.content.decode()
    assert "回到工作台" in response.content.decode()


def test_the_reasons_of_the_fields_are_listed():
    assert "期限早于发现日期" in answer(Refused("未能保存。", {"due": "期限早于发现日期"})).content.decode()


def test_a_defect_is_left_to_the_error_log():
    assert answer(RuntimeError("x")) is None


def test_htmx_gets_a_note_above_the_content():
    response = answer(Stale("已被李秀英处理。"), **{"HX-Request": "true"})
    assert response["HX-Retarget"] == "#flash"
    assert response.status_code == 409
    assert "<html" not in response.content.decode()


def test_the_api_gets_json():
    response = views.page_not_found(request_of("/api/v1/nothing/"), Exception())
    assert response.status_code == 404
    assert json.loads(response.content) == {"code": "not_found", "message": NotInScope.default}


@pytest.mark.parametrize(
    ("back", "offered"), [("http://testserver/hazards/", True), ("http://elsewhere.example/", False), ("", False)]
)
def test_the_way_back_stays_in_the_house(back, offered):
    page = answer(Stale(), Referer=back).content.decode()
    assert ("返回上一页</a>" in page) is offered
    assert "elsewhere" not in page


def test_too_much_sent_is_its_own_error():
    assert views.bad_request(request_of(), RequestDataTooBig()).status_code == 413
    assert views.bad_request(request_of(), Exception()).status_code == 400


def test_who_refuses_may_say_why():
    page = views.permission_denied(request_of(), PermissionDenied("仅限安委办负责人。")).content.decode()
    assert "仅限安委办负责人。" in page


def test_an_old_token_is_explained():
    response = views.csrf_failure(request_of())
    assert response.status_code == 403
    assert "页面已失效" in response.content.decode()


def test_the_page_of_a_defect_needs_neither_database_nor_session():
    response = views.server_error(RequestFactory().get("/x"))
    assert response.status_code == 500
    assert "系统出现故障" in response.content.decode()
