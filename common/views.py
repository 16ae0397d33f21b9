"""What a person sees when something went wrong: what happened, in plain Chinese, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from common.errors import Forbidden, NotInScope

_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_CODES = {400: "bad_request", 403: "forbidden", 404: "not_found", 413: "too_large", 500: "server_error"}
_ADVICE = {
    400: "请返回上一页重新操作。",
    403: "如确需办理，请切换到有权限的身份，或联系系统管理员。",
    404: "请检查地址是否完整，或从左侧菜单重新进入。",
    409: "请返回并刷新页面，查看最新情况后再办理。",
    413: "请减少一次提交的文件或记录，分几次提交。",
    422: "请返回上一页，按提示改正后重新提交。",
}


def error_page(
    request: HttpRequest, status: int, title: str, message: str, *, reasons: Sequence[str] = (), advice: str = ""
) -> HttpResponse:
    """An error as a whole page, as a note for htmx (into #flash), or as JSON under /api/."""
    if request.path.startswith("/api/"):
        return JsonResponse({"code": _CODES.get(status, "refused"), "message": message}, status=status)
    context = {
        "status": status,
        "title": title,
        "message": message,
        "reasons": reasons,
        "advice": advice or _ADVICE.get(status, _ADVICE[422]),
    }
    if getattr(request, "htmx", None):
        response = render(request, "errors/fragment.html", context, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#flash", "innerHTML show:window:top"
        return response
    context["back"] = _back(request)
    signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    context["layout"] = "base.html" if signed_in else "layouts/public.html"
    return render(request, "errors/page.html", context, status=status)


def _back(request: HttpRequest) -> str:
    """The page the person came from, if it is one of ours."""
    came_from = request.META.get("HTTP_REFERER", "")
    return came_from if url_has_allowed_host_and_scheme(came_from, {request.META.get("HTTP_HOST", "")}) else ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 where more was sent than the server takes."""
    if isinstance(exception, _TOO_LARGE):
        return error_page(request, 413, "提交的内容太大", "一次提交的内容超过了系统允许的大小，未能保存。")
    return error_page(request, 400, "请求有误", "浏览器发来的请求不完整或不正确，未能处理。")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; a text given by whoever refused is shown."""
    given = str(exception) if isinstance(exception, PermissionDenied) else ""
    return error_page(request, 403, "没有权限", given or Forbidden.default)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what does not exist and for what lies outside the reader's scope."""
    return error_page(request, 404, "没有找到", NotInScope.default)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old: usually a page left open or a second sign-in."""
    return error_page(
        request,
        403,
        "页面已失效",
        "页面停留过久或您已在别处重新登录，本次提交没有保存。",
        advice="请返回上一页并刷新，再提交一次；已填写的文字会保留在本机草稿中。",
    )


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """500. Uses neither database nor session: they may be what failed."""
    message = "系统出现故障，本次操作没有完成。"
    if request.path.startswith("/api/"):
        return JsonResponse({"code": _CODES[500], "message": message}, status=500)
    return HttpResponse(render_to_string("errors/500.html", {"message": message}), status=500)
