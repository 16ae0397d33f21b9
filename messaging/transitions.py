"""The verbs of messaging: notify people, open messages, make the morning digest, attempt deliveries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from common import clock
from messaging import channels, quiet
from messaging.models import Delivery, Digest, Message, Preference

BATCH = 1_000


def notify(
    recipients: Iterable[Any],
    *,
    kind: str,
    title: str,
    body: str = "",
    url: str = "",
    about: models.Model | None = None,
    key: str,
    why: str = "",
    urgent: bool = False,
) -> int:
    """Tell each of `recipients` (users) once; returns how many were not told before.

    `key` names the occasion (for example "hazard:12:overdue:1"): a second call with the same key reaches only those the
    first did not, so a repeated job cannot notify twice. `url` is a local path. Urgent messages also leave through the
    outside channels at once (after quiet hours); all others wait for the morning digest.
    """
    if url and not url.startswith("/"):
        raise ValueError(f"a message links to a path of this site, not to {url!r}")
    people = {user.pk: user for user in recipients if user.is_active}
    told = 0
    with transaction.atomic():
        known = set(Message.objects.filter(recipient__in=people, key=key).values_list("recipient_id", flat=True))
        fields = {
            "kind": kind,
            "title": title[:200],
            "body": body,
            "why": why[:200],
            "url": url,
            "about_type": about._meta.label_lower if about else "",
            "about_id": str(about.pk) if about else "",
            "key": key,
            "urgent": urgent,
            "created_at": clock.now(),
        }
        new = [Message(recipient_id=pk, **fields) for pk in people if pk not in known]
        Message.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
        told = len(new)
        if urgent and new:
            _send_out(Message.objects.filter(recipient__in=people, key=key), people)
    return told


def _send_out(items: Iterable[Message] | Iterable[Digest], people: dict[int, Any]) -> None:
    """Put a delivery per outside channel that reaches the recipient; an existing one is left alone."""
    ready = channels.ready()
    if not ready:
        return
    preferences = Preference.objects.in_bulk(people)
    moment = clock.now()
    deliveries = []
    for item in items:
        preference = preferences.get(item.recipient_id)
        muted = preference.muted if preference else []
        deliveries += [
            Delivery(
                recipient_id=item.recipient_id,
                channel=channel.code,
                next_try_at=quiet.next_moment(preference, moment),
                **{item._meta.model_name: item},
            )
            for channel in ready
            if channel.code not in muted and channel.address_of(people[item.recipient_id])
        ]
    Delivery.objects.bulk_create(deliveries, batch_size=BATCH, ignore_conflicts=True)


def open_message(message: Message) -> None:
    """Mark the message read, the first time only."""
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=clock.now())


def read_all(user: Any) -> int:
    """Mark all of the user's messages read; returns how many were not."""
    return Message.objects.for_user(user).unread().update(read_at=clock.now())
