"""The verbs of messaging: notify people, open messages, make the morning digest, send what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.http import url_has_allowed_host_and_scheme

from common import clock
from common.copying import put_in
from messaging import budget, channels, quiet, texts
from messaging.models import Delivery, Digest, Message, Preference

BATCH = 1_000
BACK_OFF = (1, 5, 30, 120, 360)  # minutes until the next try after the first, second … failure; then it has failed


@dataclass(frozen=True, slots=True)
class Occasion:
    """One thing to tell, to whom and under which key; the arguments of `notify`."""

    recipients: Iterable[Any]
    kind: str
    title: str
    key: str
    body: str = ""
    url: str = ""
    about: models.Model | None = None
    why: str = ""
    urgent: bool = False

    def rows(self) -> list[Message]:
        """A message per active recipient."""
        if self.url and not (self.url.startswith("/") and url_has_allowed_host_and_scheme(self.url, None)):
            raise ValueError(f"a message links to a path of this site, not to {self.url!r}")
        people = {user.pk for user in self.recipients if user.is_active}
        fields = {
            "kind": self.kind,
            "title": self.title[:200],
            "body": self.body,
            "why": self.why[:200],
            "url": self.url,
            "about_type": self.about._meta.label_lower if self.about else "",
            "about_id": str(self.about.pk) if self.about else "",
            "key": self.key,
            "urgent": self.urgent,
            "created_at": clock.now(),
        }
        return [Message(recipient_id=pk, **fields) for pk in sorted(people)]


def notify(recipients: Iterable[Any], **occasion: Any) -> int:
    """Tell each of `recipients` (users) once; returns how many were not told before. Arguments as of `Occasion`.

    `key` names the occasion (for example "hazard:12:overdue:1"): a second call with the same key reaches only those the
    first did not, so a repeated job cannot notify twice. `url` is a local path. Urgent messages also leave through the
    outside channels at once (after quiet hours); all others wait for the morning digest.
    """
    return notify_many([Occasion(recipients=recipients, **occasion)])


def notify_about(record: Any, people: Iterable[Any], *, actor: Any = None, event: Any, **occasion: Any) -> int:
    """Tell `people` what happened to `record`, each once per `event` and never the `actor` who did it; as `notify`."""
    acted = getattr(actor, "pk", None)
    return notify(
        [person for person in people if person.pk != acted],
        url=record.get_absolute_url(),
        about=record,
        key=f"{record._meta.model_name}:{record.pk}:{event}",
        **occasion,
    )


def notify_many(occasions: Iterable[Occasion]) -> int:
    """The same for many occasions at once, in a number of statements that does not grow with them.

    Within a caller's transaction it stands or falls with that one, without a savepoint of its own.
    """
    occasions = [replace(occasion, recipients=tuple(occasion.recipients)) for occasion in occasions]
    rows = [row for occasion in occasions for row in occasion.rows()]
    if not rows:
        return 0
    with transaction.atomic(savepoint=False):
        keys, to = {row.key for row in rows}, {row.recipient_id for row in rows}
        told = Message.objects.filter(recipient__in=to, key__in=keys).values_list("recipient_id", "key")
        known = set(told)
        new = [row for row in rows if (row.recipient_id, row.key) not in known]
        budget.hold_back(new)
        put_in(new)
        urgent = {row.key for row in new if row.urgent}
        if urgent:
            people = {user.pk: user for occasion in occasions for user in occasion.recipients}
            _send_out(Message.objects.filter(recipient__in=to, key__in=urgent, urgent=True), people)
    return len(new)


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
        at = quiet.next_moment(preference, moment)
        reaching = [channel for channel in ready if _reaches(channel, people[item.recipient_id], preference)]
        first = [channel for channel in reaching if not channel.is_fallback] or reaching[:1]
        deliveries += [_delivery(item, channel.code, at) for channel in first]
    Delivery.objects.bulk_create(deliveries, batch_size=BATCH, ignore_conflicts=True)


def _reaches(channel: channels.Channel, user: Any, preference: Preference | None) -> bool:
    return channel.code not in (preference.muted if preference else ()) and bool(channel.address_of(user))


def _delivery(item: Message | Digest, channel: str, at: datetime) -> Delivery:
    return Delivery(
        recipient_id=item.recipient_id,
        channel=channel,
        next_try_at=at,
        message=item if isinstance(item, Message) else None,
        digest=item if isinstance(item, Digest) else None,
    )


def _fall_back(delivery: Delivery) -> None:
    """What one channel could not deliver goes through the next one that has not been tried for it."""
    item = delivery.message or delivery.digest
    if item is None:
        return
    tried = set(item.deliveries.values_list("channel", flat=True))
    preference = Preference.objects.filter(user=delivery.recipient_id).first()
    for channel in channels.ready():
        if channel.code not in tried and _reaches(channel, delivery.recipient, preference):
            Delivery.objects.bulk_create(
                [_delivery(item, channel.code, quiet.next_moment(preference, clock.now()))], ignore_conflicts=True
            )
            return


def make_digest(user: Any) -> Digest | None:
    """Put the user's waiting messages into today's digest and send it out; None when there is nothing, or one already.

    Messages another worker is putting into a digest are left to it; what comes after the digest waits for tomorrow.
    """
    on = clock.today()
    with transaction.atomic():
        waiting = Message.objects.for_user(user).undigested().select_for_update(skip_locked=True, of=("self",))
        messages = list(waiting.order_by("kind", "created_at", "pk"))
        if not messages:
            return None
        fields = {"title": texts.digest_title(on, len(messages)), "body": texts.digest_body(messages)}
        digest, is_new = Digest.objects.get_or_create(recipient=user, on=on, defaults=fields)
        if not is_new:
            return None
        Message.objects.filter(pk__in=[message.pk for message in messages]).update(digest=digest)
        _send_out([digest], {user.pk: user})
    return digest


def send_next() -> Delivery | None:
    """Try the delivery that is due longest and nobody else is trying; None when there is none.

    The row is held until the attempt is over, so a second worker takes another one and a worker that dies leaves it
    due. A worker killed between sending and commit sends once more: a message twice rather than never.
    """
    moment = clock.now()
    with transaction.atomic():
        due = Delivery.objects.due(moment).select_for_update(skip_locked=True, of=("self",))
        delivery = due.select_related("recipient", "message", "digest").first()
        if delivery is None:
            return None
        _attempt(delivery)
        delivery.save(update_fields=["state", "tries", "next_try_at", "error", "sent_at"])
        if delivery.state == Delivery.State.FAILED:
            _fall_back(delivery)
    return delivery


def _attempt(delivery: Delivery) -> None:
    channel = channels.find(delivery.channel)
    address = channel.address_of(delivery.recipient) if channel and channel.is_ready() else ""
    item = delivery.message or delivery.digest
    if delivery.message and delivery.message.read_at:
        delivery.state = Delivery.State.SKIPPED
        return
    if channel is None or item is None or not address:
        delivery.state, delivery.error = Delivery.State.FAILED, "渠道未启用，或接收人没有登记该渠道的地址"
        return
    delivery.tries += 1
    try:
        channel.send(address, *texts.letter(item))
    except Exception as error:  # whatever a mail server or gateway answers is a reason to try again, never to stop
        _postpone(delivery, error)
    else:
        delivery.state, delivery.error, delivery.sent_at = Delivery.State.SENT, "", clock.now()


def _postpone(delivery: Delivery, error: Exception) -> None:
    """Try again later, as late as the service asks at least; what is useless to repeat has failed at once."""
    delivery.error = f"{type(error).__name__}: {error}"[:300]
    if delivery.tries > len(BACK_OFF) or getattr(error, "never", False):
        delivery.state = Delivery.State.FAILED
        return
    wait = timedelta(minutes=BACK_OFF[delivery.tries - 1])
    asked = timedelta(seconds=getattr(error, "again_after", None) or 0)
    delivery.next_try_at = clock.now() + max(wait, asked)


def open_message(message: Message) -> None:
    """Mark the message read, the first time only."""
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=clock.now())


def read_all(user: Any) -> int:
    """Mark all of the user's messages read; returns how many were not."""
    return Message.objects.for_user(user).unread().update(read_at=clock.now())
