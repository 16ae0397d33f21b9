"""What every API answer has in common: errors as JSON with code and Chinese message, and bounded pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import ProtectedError, QuerySet, RestrictedError
from django.http import Http404
from rest_framework import exceptions, parsers
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.utils.urls import remove_query_param, replace_query_param

from common.errors import Forbidden, NotInScope, RuleError
from common.paging import CEILING, bounded_count

_INVALID = "提交的内容有误，请按提示修改。"
_IMPROPER = "没有内容，或内容不符合要求。"
_MESSAGES: dict[type[exceptions.APIException], tuple[str, str]] = {
    exceptions.ParseError: ("parse_error", "请求内容不是合法的 JSON 或表单数据。"),
    exceptions.AuthenticationFailed: ("authentication_failed", "身份验证失败，请检查账号、密码或令牌。"),
    exceptions.NotAuthenticated: ("not_authenticated", "请先登录或提供令牌。"),
    exceptions.PermissionDenied: ("forbidden", Forbidden.default),
    exceptions.NotFound: ("not_found", NotInScope.default),
    exceptions.MethodNotAllowed: ("method_not_allowed", "此地址不支持该请求方法。"),
    exceptions.NotAcceptable: ("not_acceptable", "无法按要求的格式返回，请接受 application/json。"),
    exceptions.UnsupportedMediaType: ("unsupported_media_type", "不支持的内容类型，请使用 application/json。"),
    exceptions.Throttled: ("throttled", "请求过于频繁，请稍后再试。"),
}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer any refusal as `{"code", "message", "fields"?}`; None (a defect) goes on to the error log as 500.

    `fields` maps the path of a field (`items.0.name`) to the reason in Chinese. The transaction is rolled back.
    """
    # Imported here: the framework's views ask its settings, and those may be on their way to this module.
    from rest_framework.views import set_rollback

    answer = _answer(exc)
    if answer is not None:
        set_rollback()
    return answer


def _answer(exc: Exception) -> Response | None:
    if isinstance(exc, RuleError):
        return _response(exc.status, exc.code, exc.message, exc.fields)
    if isinstance(exc, exceptions.ValidationError):
        return _invalid(exc.detail)
    if isinstance(exc, exceptions.APIException):
        return _from_framework(exc)
    return _from_django(exc)


def _from_django(exc: Exception) -> Response | None:
    if isinstance(exc, (Http404, ObjectDoesNotExist)):
        return _response(404, NotInScope.code, NotInScope.default)
    if isinstance(exc, DjangoPermissionDenied):
        return _response(403, Forbidden.code, _chinese(exc) or Forbidden.default)
    if isinstance(exc, DjangoValidationError):
        return _invalid(exc.message_dict if hasattr(exc, "error_dict") else exc.messages)
    if isinstance(exc, (ProtectedError, RestrictedError)):
        return _response(409, "in_use", "该记录已被其他记录引用，不能删除。")
    return None


def _from_framework(exc: exceptions.APIException) -> Response:
    known = next((kind for kind in type(exc).__mro__ if kind in _MESSAGES), None)
    code, message = _MESSAGES[known] if known else (str(exc.default_code), "请求未能完成。")
    written_here = isinstance(exc, exceptions.MethodNotAllowed | exceptions.UnsupportedMediaType | exceptions.Throttled)
    if not written_here and str(exc.detail) != str(exc.default_detail):
        message = _chinese(exc.detail) or message
    response = _response(exc.status_code, code, message)
    if header := getattr(exc, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(exc, "wait", None):
        response["Retry-After"] = str(int(wait))
        response.data["message"] = f"请求过于频繁，请{int(wait)}秒后再试。"
    return response


def _invalid(detail: Any) -> Response:
    """400 for input of the wrong shape; errors that belong to no field make the message."""
    general: list[str] = []
    fields: dict[str, str] = {}
    for path, text in _flatten(detail):
        if path and path.rsplit(".", 1)[-1] not in (NON_FIELD_ERRORS, api_settings.NON_FIELD_ERRORS_KEY):
            fields[path] = f"{fields[path]}；{text}" if path in fields else text
        else:
            general.append(text)
    return _response(400, "invalid", "；".join(general) or _INVALID, fields)


def _flatten(detail: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            yield from _flatten(value, f"{path}.{key}" if path else str(key))
    elif isinstance(detail, (list, tuple)):
        for place, value in enumerate(detail):
            nested = isinstance(value, (Mapping, list, tuple))
            yield from _flatten(value, f"{path}.{place}" if nested and path else path)
    else:
        yield path, _chinese(_sendable(str(detail))) or _IMPROPER


def _sendable(text: str) -> str:
    """`text` without the halves of characters that JSON may hold and no answer can."""
    return text.encode(errors="replace").decode()


def _chinese(detail: Any) -> str:
    """The text of `detail` if somebody wrote it for a person in Chinese."""
    text = str(detail)
    return text if _CHINESE.search(text) else ""


def _response(status: int, code: str, message: str, fields: Mapping[str, str] | None = None) -> Response:
    body: dict[str, Any] = {"code": code, "message": message}
    if fields:
        body["fields"] = dict(fields)
    return Response(body, status=status)


class JSONParser(parsers.JSONParser):
    """JSON of a request; brackets nested beyond all reason are refused like any other nonsense."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """What was sent; raises `ParseError`."""
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as error:
            raise exceptions.ParseError from error


class LedgerPagination(BasePagination):
    """`?page=2&page_size=100` over a ledger of any size.

    At most 200 rows a page and the first 10,000 rows: further down the database would have to walk past everything
    above, so the caller narrows the filter or exports. `count` stops there too; `count_exact` says whether it did.
    """

    page_size = api_settings.PAGE_SIZE
    max_page_size = 200

    def paginate_queryset(self, queryset: QuerySet[Any], request: Request, view: Any = None) -> list[Any]:
        """One page of rows, in one query besides the count. A page that does not exist is 404."""
        self.request = request
        self.size = self._number("page_size", self.page_size, self.max_page_size)
        self.page = self._number("page", 1, CEILING)
        offset = (self.page - 1) * self.size
        if offset >= CEILING:
            raise exceptions.NotFound(f"列表最多翻阅前{CEILING:,}条，请缩小筛选范围或使用导出。")
        self.count = bounded_count(queryset)
        if self.page > 1 and offset >= self.count.value:
            raise exceptions.NotFound(f"没有第{self.page}页。")
        rows = list(queryset[offset : offset + self.size])
        self.has_next = offset + self.size < self.count.value
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        """The page with its place in the list."""
        return Response(
            {
                "count": self.count.value,
                "count_exact": self.count.exact,
                "page": self.page,
                "page_size": self.size,
                "next": self._link(self.page + 1) if self.has_next else None,
                "previous": self._link(self.page - 1) if self.page > 1 else None,
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The same for OpenAPI."""
        link = {"type": "string", "format": "uri", "nullable": True}
        whole = {"type": "integer", "minimum": 0}
        return {
            "type": "object",
            "required": ["count", "count_exact", "page", "page_size", "next", "previous", "results"],
            "properties": {
                "count": {**whole, "description": f"记录数，最多数到{CEILING}"},
                "count_exact": {"type": "boolean", "description": "count 是否为准确总数"},
                "page": whole,
                "page_size": whole,
                "next": link,
                "previous": link,
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The two query parameters for OpenAPI."""
        return [
            {"name": "page", "in": "query", "required": False, "description": "页码，从1起", "schema": _page(CEILING)},
            {
                "name": "page_size",
                "in": "query",
                "required": False,
                "description": f"每页条数，最多{self.max_page_size}",
                "schema": _page(self.max_page_size),
            },
        ]

    def _number(self, name: str, default: int | None, ceiling: int) -> int:
        typed = self.request.query_params.get(name, "")
        if not typed:
            return default or 50
        if not (typed.isascii() and typed.isdigit() and int(typed[:9]) >= 1):
            raise exceptions.ValidationError({name: "请填写大于0的整数。"})
        return min(int(typed[:9]), ceiling)

    def _link(self, page: int) -> str:
        url = self.request.build_absolute_uri()
        return remove_query_param(url, "page") if page == 1 else replace_query_param(url, "page", page)


def _page(ceiling: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": ceiling}
