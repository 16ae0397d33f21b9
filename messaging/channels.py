"""The ways a message leaves the system. In-app display needs none of them; an upper room may register more.

A channel knows whether the installation has it, where it reaches a person, and how to send one text.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from messaging import gateways

TIMEOUT = 15  # seconds a mail server may take to answer


class Channel(Protocol):
    """What `register` expects."""

    code: str
    name: str
    is_fallback: bool  # used only where no other channel reaches the person or all others have failed

    def is_ready(self) -> bool:
        """Whether this installation is configured to use the channel."""

    def address_of(self, user: Any) -> str:
        """Where the channel reaches the user; empty when it does not."""

    def send(self, address: str, title: str, body: str) -> None:
        """Hand one text over for `address`; any exception means it was not sent and will be tried again."""


class Email:
    """E-mail through `settings.EMAIL_BACKEND`, when `EMAIL_HOST` is set."""

    code = "EMAIL"
    name = "电子邮件"
    is_fallback = False

    def is_ready(self) -> bool:
        """Whether a mail server is configured."""
        return bool(settings.EMAIL_HOST)

    def address_of(self, user: Any) -> str:
        """The user's e-mail address."""
        return user.email or ""

    def send(self, address: str, title: str, body: str) -> None:
        """Send one mail; raises what the mail server answers."""
        connection = get_connection(timeout=TIMEOUT)
        EmailMessage(subject=title, body=body, to=[address], connection=connection).send()


_channels: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Offer `channel` from now on; call it in `AppConfig.ready`."""
    _channels[channel.code] = channel


def ready() -> list[Channel]:
    """The channels this installation is configured to use."""
    return [channel for channel in _channels.values() if channel.is_ready()]


def find(code: str) -> Channel | None:
    """The channel with this code, ready or not."""
    return _channels.get(code)


def name_of(code: str) -> str:
    """The channel's Chinese name; the code when it is no longer registered."""
    channel = _channels.get(code)
    return channel.name if channel else code


register(Email())
register(gateways.WeCom())
register(gateways.DingTalk())
register(gateways.Sms())
