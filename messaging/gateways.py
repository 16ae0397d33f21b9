"""企业微信 and 钉钉 group robots and an SMS gateway over HTTP, each configured by the installation; none is on by itself.

A robot writes into the office's own group and calls the person by phone number, so it is told the title and the link only.
What a service answers is read as its documentation says: the code, not the HTTP status, tells whether it was sent.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus, urlsplit

from django.conf import settings

from common import clock

TIMEOUT = 10.0  # seconds a service may take to answer
READ = 64 * 1024
TEXT_MOST = 600  # characters in a group
SMS_MOST = 200
MOBILE = re.compile(r"1\d{10}")
LATER = 60  # seconds after which a service that counts by the minute may be asked again
WECOM_TOO_FAST, DINGTALK_TOO_FAST = 45009, 130101
WECOM_WRONG_KEY, DINGTALK_WRONG_TOKEN, DINGTALK_WRONG_SIGN = 93000, 300001, 310000


class NotSent(Exception):
    """The service did not take it. `again_after` seconds says when to ask again; `never`, that asking is useless."""

    def __init__(self, text: str, *, again_after: int | None = None, never: bool = False) -> None:
        super().__init__(text)
        self.again_after, self.never = again_after, never


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A service that sends us elsewhere is not the one that was configured."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> str:
    """The answer's text. Raises `NotSent` for refusals (429 with its Retry-After) and OSError for what fails under way."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise NotSent("网关地址应以 http 或 https 开头", never=True)
    request = urllib.request.Request(url, data=body, headers=dict(headers), method="POST")  # noqa: S310 - checked above
    try:
        with _opener.open(request, timeout=TIMEOUT) as answer:
            return str(answer.read(READ).decode("utf-8", "replace"))
    except urllib.error.HTTPError as error:
        wait = error.headers.get("Retry-After", "")
        again = int(wait) if wait.isdigit() else LATER if error.code == 429 else None
        never = 400 <= error.code < 500 and error.code not in (408, 425, 429)
        raise NotSent(f"HTTP {error.code}", again_after=again, never=never) from None


def mobile_of(user: Any) -> str:
    """The user's mobile number; empty when what is on record is none."""
    digits = re.sub(r"[\s-]", "", user.phone or "").removeprefix("+86")
    return digits if MOBILE.fullmatch(digits) else ""


class Robot:
    """What both group robots share."""

    code = name = ""
    is_fallback = False
    too_fast = 0
    wrong: tuple[int, ...] = ()

    def url(self) -> str:
        """The webhook; empty when the installation has none."""
        raise NotImplementedError

    def payload(self, mobile: str, text: str) -> dict[str, Any]:
        """The service's own JSON for a text that calls `mobile`."""
        raise NotImplementedError

    def is_ready(self) -> bool:
        """Whether a webhook is configured."""
        return bool(self.url())

    def address_of(self, user: Any) -> str:
        """The number by which the group knows the person."""
        return mobile_of(user)

    def send(self, address: str, title: str, body: str) -> None:
        """Title and link into the group."""
        link = next((line for line in body.splitlines() if line.startswith("办理：")), "")
        content = self.payload(address, f"{title}\n{link}".strip()[:TEXT_MOST])
        headers = {"Content-Type": "application/json; charset=utf-8"}
        self._read(post(self.url(), json.dumps(content, ensure_ascii=False).encode(), headers))

    def _read(self, answer: str) -> None:
        try:
            said = json.loads(answer)
            code = int(said["errcode"])
        except (ValueError, KeyError, TypeError):
            raise NotSent(f"{self.name}回答无法识别：{answer[:60]}") from None
        if code:
            text = f"{self.name}错误{code}：{said.get('errmsg', '')}"
            raise NotSent(text, again_after=LATER if code == self.too_fast else None, never=code in self.wrong)


class WeCom(Robot):
    """企业微信群机器人: the key in the webhook is the secret; 20 messages a minute."""

    code, name = "WECOM", "企业微信"
    too_fast, wrong = WECOM_TOO_FAST, (WECOM_WRONG_KEY,)

    def url(self) -> str:
        """The webhook with its key."""
        return str(settings.WECOM_ROBOT_URL)

    def payload(self, mobile: str, text: str) -> dict[str, Any]:
        """msgtype text."""
        return {"msgtype": "text", "text": {"content": text, "mentioned_mobile_list": [mobile]}}


class DingTalk(Robot):
    """钉钉群机器人 with 加签: every call is signed with the secret and the time, valid for an hour."""

    code, name = "DINGTALK", "钉钉"
    too_fast, wrong = DINGTALK_TOO_FAST, (DINGTALK_WRONG_TOKEN, DINGTALK_WRONG_SIGN)

    def url(self) -> str:
        """The webhook, signed."""
        plain, secret = str(settings.DINGTALK_ROBOT_URL), str(settings.DINGTALK_ROBOT_SECRET)
        if not plain or not secret:
            return plain
        stamp = str(int(clock.now().timestamp() * 1000))
        return f"{plain}&timestamp={stamp}&sign={quote_plus(signature(secret, stamp))}"

    def payload(self, mobile: str, text: str) -> dict[str, Any]:
        """msgtype text."""
        return {
            "msgtype": "text",
            "text": {"content": f"{text}\n@{mobile}"},
            "at": {"atMobiles": [mobile], "isAtAll": False},
        }


def signature(secret: str, stamp: str) -> str:
    """钉钉 加签: HMAC-SHA256 of "timestamp\\nsecret" under the secret, in Base64."""
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


class Sms:
    """Short messages through the HTTP gateway of whatever provider: body, headers and the sign of success are settings.

    A message costs money, so it goes out only where nothing else reaches the person or everything else has failed.
    """

    code, name = "SMS", "短信"
    is_fallback = True

    def is_ready(self) -> bool:
        """Whether a gateway is configured."""
        return bool(settings.SMS_URL)

    def address_of(self, user: Any) -> str:
        """The user's mobile number."""
        return mobile_of(user)

    def send(self, address: str, title: str, body: str) -> None:
        """`SMS_BODY` with {phone} and {text} filled in as JSON text; success is what `SMS_SUCCESS` matches."""
        link = next((line for line in body.splitlines() if line.startswith("办理：")), "")
        text = f"{title} {link}".strip()[:SMS_MOST]
        filled = settings.SMS_BODY.replace("{phone}", address).replace(
            "{text}", json.dumps(text, ensure_ascii=False)[1:-1]
        )
        answer = post(settings.SMS_URL, filled.encode(), {"Content-Type": settings.SMS_CONTENT_TYPE, **_sms_headers()})
        if not re.search(settings.SMS_SUCCESS, answer):
            raise NotSent(f"短信网关回答：{answer[:80]}")


def _sms_headers() -> dict[str, str]:
    """`SMS_HEADERS` holds lines of "Name: value"."""
    pairs = (line.partition(":") for line in str(settings.SMS_HEADERS).splitlines() if ":" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}
