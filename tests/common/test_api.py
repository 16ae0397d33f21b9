"""API answers: errors as Chinese JSON, pages with a bounded count."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from common import paging
from common.api import LedgerPagination, exception_handler
from common.errors import Forbidden, NotInScope, Refused, Stale
from common.models import NumberSeries


class Item(serializers.Serializer[Any]):
    """One line."""

    name = serializers.CharField(max_length=4)


class Form(serializers.Serializer[Any]):
    """A nested input."""

    count = serializers.IntegerField()
    items = Item(many=True)


def answer(exc: Exception) -> Response:
    response = exception_handler(exc, {})
    assert response is not None
    return response


@pytest.mark.parametrize(
    ("exc", "status", "code", "message"),
    [
        (exceptions.ParseError("JSON parse error - Expecting value"), 400, "parse_error", "不是合法的 JSON"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated", "请先登录"),
        (exceptions.AuthenticationFailed("令牌已停用。"), 401, "authentication_failed", "令牌已停用。"),
        (exceptions.PermissionDenied(), 403, "forbidden", "权限"),
        (PermissionDenied("仅限本人"), 403, "forbidden", "仅限本人"),
        (Forbidden(), 403, "forbidden", "没有办理此事项的权限"),
        (Http404("No Hazard matches the given query."), 404, "not_found", "没有找到该记录"),
        (NumberSeries.DoesNotExist(), 404, "not_found", "没有找到该记录"),
        (NotInScope(), 404, "not_found", "不在您的管辖范围内"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed", "请求方法"),
        (exceptions.NotAcceptable(), 406, "not_acceptable", "格式"),
        (Stale("已被张三处理"), 409, "stale", "已被张三处理"),
        (ProtectedError("x", set()), 409, "in_use", "已被其他记录引用"),
        (exceptions.UnsupportedMediaType("text/x"), 415, "unsupported_media_type", "内容类型"),
        (exceptions.Throttled(wait=7), 429, "throttled", "请7秒后再试"),
    ],
)
def test_every_refusal_has_a_status_a_code_and_a_chinese_message(
    exc: Exception, status: int, code: str, message: str
) -> None:
    response = answer(exc)
    assert (response.status_code, response.data["code"]) == (status, code)
    assert message in response.data["message"]


def test_a_nested_form_names_each_field_by_its_path() -> None:
    form = Form(data={"count": "x", "items": [{"name": "甲"}, {"name": "太长的名字"}]})
    assert not form.is_valid()
    response = answer(exceptions.ValidationError(form.errors))
    assert response.status_code == 400
    assert set(response.data["fields"]) == {"count", "items.1.name"}
    assert "整数" in response.data["fields"]["count"]
    assert response.data["message"] == "提交的内容有误，请按提示修改。"


def test_errors_of_the_whole_form_become_the_message() -> None:
    assert answer(ValidationError("期限早于发现日期。")).data["message"] == "期限早于发现日期。"
    response = answer(ValidationError({"__all__": ["期限有误。"], "due": ["请填写期限。"]}))
    assert response.data == {"code": "invalid", "message": "期限有误。", "fields": {"due": "请填写期限。"}}
    assert answer(exceptions.ValidationError({"non_field_errors": ["重复。"]})).data["message"] == "重复。"


def test_a_rule_says_which_fields_are_wrong_with_422() -> None:
    response = answer(Refused("请填写原因。", {"reason": "请填写原因。"}))
    assert response.status_code == 422
    assert response.data == {"code": "refused", "message": "请填写原因。", "fields": {"reason": "请填写原因。"}}


def test_waiting_time_and_challenge_stay_in_the_headers() -> None:
    refused = exceptions.NotAuthenticated()
    refused.auth_header = "Token"
    assert answer(refused)["WWW-Authenticate"] == "Token"
    assert answer(exceptions.Throttled(wait=7))["Retry-After"] == "7"


def test_a_defect_is_left_to_the_error_log() -> None:
    assert exception_handler(ZeroDivisionError(), {}) is None


def page(query: str = "") -> dict[str, Any]:
    paginator = LedgerPagination()
    request = Request(APIRequestFactory().get(f"/api/v1/x?{query}"))
    rows = paginator.paginate_queryset(NumberSeries.objects.order_by("year"), request)
    data = paginator.get_paginated_response([row.year for row in rows]).data
    assert isinstance(data, dict)
    return data


@pytest.fixture
def series(db: None) -> None:
    NumberSeries.objects.bulk_create([NumberSeries(series="甲", year=year, last=1) for year in range(1, 251)])


@pytest.mark.usefixtures("series")
def test_pages_follow_each_other_and_know_their_place() -> None:
    first, last = page("page_size=100"), page("page=3&page_size=100&level=MAJOR")
    assert (first["count"], first["count_exact"], first["previous"]) == (250, True, None)
    assert first["next"].endswith("page=2&page_size=100")
    assert last["results"] == list(range(201, 251))
    assert last["next"] is None
    assert "level=MAJOR" in last["previous"]


@pytest.mark.usefixtures("series")
def test_a_page_holds_at_most_two_hundred_rows_in_two_queries() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        data = page("page_size=100000")
    assert (len(data["results"]), data["page_size"], len(queries)) == (200, 200, 2)


@pytest.mark.usefixtures("series")
def test_counting_stops_at_the_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    exact, bounded = (
        paging.bounded_count(NumberSeries.objects.all(), 250),
        paging.bounded_count(NumberSeries.objects.order_by("year"), 249),
    )
    assert (str(exact), exact.exact) == ("250", True)
    assert (str(bounded), bounded.exact) == ("249+", False)


@pytest.mark.usefixtures("series")
@pytest.mark.parametrize("query", ["page=0", "page=x", "page_size=-1", "page=²"])
def test_a_page_number_that_is_none_is_invalid(query: str) -> None:
    with pytest.raises(exceptions.ValidationError):
        page(query)


@pytest.mark.usefixtures("series")
@pytest.mark.parametrize("query", ["page=6", "page=201", "page=99999999999999999999"])
def test_a_page_beyond_the_end_is_not_found(query: str) -> None:
    with pytest.raises(exceptions.NotFound):
        page(query)
