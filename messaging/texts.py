"""The words of what leaves the system: letters to one person, and the morning digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.conf import settings

from common.wording import cn_date
from messaging.models import Digest, Message


def letter(item: Message | Digest) -> tuple[str, str]:
    """(title, body) of a message or digest as it leaves the system."""
    if isinstance(item, Digest):
        return item.title, item.body
    parts = [item.body, _link(item), f"您收到本消息的原因：{item.why}" if item.why else ""]
    title = " ".join(item.title.split())  # a subject is one line
    return f"【清患】{title}", "\n\n".join(part for part in parts if part)


def digest_title(on: date, count: int) -> str:
    """The title of one morning's digest."""
    return f"【清患】{cn_date(on)}消息摘要（{count}条）"


def digest_body(messages: Sequence[Message]) -> str:
    """The messages (sorted by kind) under the names of their kinds."""
    lines = [f"您有{len(messages)}条新消息："]
    for kind_name, group in groupby(messages, key=lambda message: message.kind_name):
        listed = list(group)
        lines += ["", f"{kind_name}（{len(listed)}条）"]
        lines += [f"  {number}. {_entry(message)}" for number, message in enumerate(listed, 1)]
    return "\n".join(lines)


def _entry(message: Message) -> str:
    link = _link(message)
    return f"{message.title}\n     {link}" if link else message.title


def _link(message: Message) -> str:
    """The address where to act; only where the installation says under which address it is reached."""
    site = settings.SITE_URL.rstrip("/")
    return f"办理：{site}{message.url}" if site and message.url else ""
