"""Replying without an account: the office issues a link, whoever holds it signs for and answers the letter once."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from audit.context import address_of
from common import clock
from common.errors import NotInScope, Refused, RuleError
from common.forms import KitForm, PhotosField
from common.papers.qr import png
from common.record_pages import one
from messaging import channels
from supervision import reasons
from supervision.models import Letter
from supervision.transitions import reply_links
from units.access import require
from units.models import OfficeProfile
from units.roles import Right

MOBILE = r"^1\d{10}$"
MOST_PHOTOS = 6


class LinkForm(KitForm):
    """Where the link is sent, if it is."""

    phone = forms.RegexField(MOBILE, label="手机号", required=False, help_text="不填则只生成链接和回复码，供打印。")


class CodeForm(KitForm):
    """The code as it was printed."""

    code = forms.CharField(label="回复码", max_length=40, help_text="函件或短信上的16位字母和数字，不分大小写。")


class AnswerForm(KitForm):
    """Who answers, and what."""

    name = forms.CharField(label="姓名", max_length=30)
    phone = forms.CharField(label="电话", max_length=30)
    text = forms.CharField(label="回复内容", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 6}))
    photos = PhotosField(
        label="整改照片",
        required=False,
        most=MOST_PHOTOS,
        help_text=f"可直接拍照，最多{MOST_PHOTOS}张；不传也可以回复。",
    )


@require_POST
@never_cache
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a link and show it, this once."""
    require(request.user, Right.DRAFT_LETTER, Right.SIGN_LETTER)
    letter = one(Letter, request.user, pk)
    form = LinkForm(request.POST)
    if not form.is_valid():
        raise Refused("请填写11位手机号，或留空。")
    phone = form.cleaned_data["phone"]
    link, code = reply_links.issue(request.user, letter.pk, phone)
    site = settings.SITE_URL.rstrip("/") or f"{request.scheme}://{request.get_host()}"
    url = f"{site}{reply_links.path_of(code)}"
    context = {
        "letter": letter, "link": link, "code": code, "url": url, "phone": phone, "sent": _send(phone, letter, url),
        "qr": f"data:image/png;base64,{b64encode(png(url, 4)).decode()}",
    }  # fmt: skip
    return render(request, "supervision/reply_link.html", context)


def _send(phone: str, letter: Letter, url: str) -> bool:
    """Hand the link to the SMS gateway; the page says what came of it, and the office can still print."""
    channel = channels.find("SMS")
    if not phone or channel is None or not channel.is_ready():
        return False
    try:
        channel.send(phone, f"【清患】您单位有函件{letter.number}待签收回复", f"办理：{url}")
    except Exception:  # whatever a gateway answers, the code is issued and can be printed
        return False
    return True


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Where a printed code is typed."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reply_links.find(form.cleaned_data["code"], address_of(request))
            return redirect("reply", form.cleaned_data["code"].strip().upper())
        except RuleError as error:
            form.add_error("code", error.message)
            return _public(request, {"form": form}, 429 if error.status == 429 else 422)
    return _public(request, {"form": form}, 422 if form.errors else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, code: str) -> HttpResponse:
    """The letter of the code; POST answers it and spends the code."""
    try:
        link = reply_links.find(code, address_of(request))
    except RuleError as error:
        form = CodeForm({"code": code})
        form.is_valid()
        form.add_error("code", error.message)
        return _public(request, {"form": form}, error.status)
    reply_links.note_opened(link)
    form = AnswerForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"letter": link.letter, "form": form, "phone": _phone(link.letter)}
    context["reason"] = reasons.of_letter(link.letter)
    if request.method == "POST" and form.is_valid():
        try:
            letter = reply_links.answer(link, **form.cleaned_data)
            return _public(request, {"letter": letter, "done": True, "now": clock.now()})
        except NotInScope:
            raise
        except RuleError as error:
            form.refuse(error)
    return _public(request, context, 422 if form.errors else 200)


def _phone(letter: Letter) -> str:
    profile = OfficeProfile.objects.filter(unit=letter.office_id).first()
    return profile.duty_phone if profile else ""


def _public(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page that neither leaves the code in a referrer nor in a search engine."""
    response = render(request, "supervision/public_reply.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
