"""Reply without an account: a code issued by the office, good for one letter and one answer, until it expires.

The code has 80 random bits; the database keeps its SHA-256. Guessing is held up per address (`LIMIT` wrong codes an hour).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

import audit
from common import clock
from common.errors import Forbidden, NotInScope, Refused
from common.lifecycle import require
from common.limits import limit
from common.wording import cn_datetime
from evidence.models import Attachment
from evidence.transitions import store
from supervision.models import Letter, ReplyLink
from supervision.models.letters import OWING_STATES
from supervision.transitions import letters
from supervision.transitions.access import may_letter
from units.access import holds
from units.roles import Right

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing that reads like something else
GROUPS, GROUP = 4, 4
LIMIT, WINDOW = 10, 3600  # wrong codes per address and hour
UPLOADS = 10  # answers with photos per code and hour
UNKNOWN = "回复码不存在、已使用或已过期，请与发函单位联系。"
_CONFUSED = str.maketrans("OILU", "011V")


def issue(actor: Any, letter_pk: int, phone: str = "") -> tuple[ReplyLink, str]:
    """A new code for the letter; a former one is revoked. It is shown once and never again."""
    if not holds(actor, Right.DRAFT_LETTER, Right.SIGN_LETTER):
        raise Forbidden
    with transaction.atomic():
        visible = Letter.objects.for_user(actor).select_for_update(no_key=True, of=("self",))
        letter = visible.filter(pk=letter_pk).first()
        if letter is None:
            raise NotInScope
        if not may_letter(actor, Right.DRAFT_LETTER, letter):
            raise Forbidden
        if letter.state not in OWING_STATES:
            raise Refused("只有已送达、尚未回复的函件可以发出回复链接。")
        now = clock.now()
        ReplyLink.objects.filter(letter=letter, used_at=None, revoked_at=None).update(revoked_at=now)
        code = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP))
        link = ReplyLink.objects.create(
            letter=letter,
            code_hash=hash_of(code),
            phone=phone,
            issued_by=actor,
            issued_at=now,
            expires_at=limit("letter.link", letter.area_path).after(now),
        )
        audit.record("supervision.reply_link_issued", letter, actor=actor, after={"phone": phone, "link": link.pk})
    return link, spelled(code)


def spelled(code: str) -> str:
    """In groups of four, as it is printed and read out."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def path_of(code: str) -> str:
    """The page of the code."""
    return reverse("reply", args=[code])


def hash_of(code: str) -> str:
    """What the database keeps of a code, however it was typed."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum()).translate(_CONFUSED)
    return hashlib.sha256(plain.encode()).hexdigest()


def find(code: str, address: str | None) -> ReplyLink:
    """The live link of the code; `NotInScope` with one text for whatever is wrong, `Refused` (429) after too many."""
    key = f"reply-wrong:{address}"
    if (cache.get(key) or 0) >= LIMIT:
        raise TooMany
    link = ReplyLink.objects.live().filter(code_hash=hash_of(code)).select_related("letter__office__office").first()
    if link is None or link.letter.state not in OWING_STATES:
        cache.add(key, 0, WINDOW)
        cache.incr(key)
        raise NotInScope(UNKNOWN)
    return link


def _taken_in(link: ReplyLink, photos: Sequence[Any], by: str) -> list[Attachment]:
    """The photos as evidence nobody with an account handed in: proven pictures, who sent them in the caption and mark."""
    if not photos:
        return []
    key = f"reply-photos:{link.pk}"
    cache.add(key, 0, WINDOW)
    if cache.incr(key) > UPLOADS:
        raise TooMany
    stamp = f"{cn_datetime(clock.now())}\n{by}经回复码上传\n{link.letter.number}"
    kept, troubles = [], []
    for photo in photos:
        try:
            kept.append(store(photo, by=None, caption=f"{by}经回复码上传", watermark=stamp, only_images=True))
        except Refused as error:
            troubles.append(error.message)
    if troubles:
        text = "".join(troubles)
        raise Refused(text, {"photos": text})
    return kept


class TooMany(Refused):
    """Too many wrong codes from one address."""

    status = 429
    default = "尝试次数过多，请一小时后再试，或与发函单位联系。"


def note_opened(link: ReplyLink) -> None:
    """Write down the first look, once."""
    if ReplyLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=clock.now()):
        audit.record("supervision.reply_link_opened", link.letter, actor_name="持回复码人")


def answer(link: ReplyLink, *, name: str, phone: str, text: str, photos: Sequence[Any] = ()) -> Letter:
    """Sign for the letter and, where an answer is owed, answer it; the code is spent in the same transaction.

    `photos` are uploaded files. One that is no photo or too large refuses the whole answer at its field, and the code
    stays good; `UPLOADS` tries an hour with photos, then 429.
    """
    typed: dict[str, Any] = {"name": name, "phone": phone, "text": text}
    labels = {"name": "姓名", "phone": "电话"} | ({"text": "回复内容"} if link.letter.due_at else {})
    require(typed, **labels)
    typed["files"] = _taken_in(link, photos, f"{name}（{phone}）") if link.letter.due_at else []
    with transaction.atomic():
        Letter.objects.select_for_update(no_key=True, of=("self",)).get(pk=link.letter_id)  # letter → link, as `issue`
        held = ReplyLink.objects.live().select_for_update(no_key=True, of=("self",)).filter(pk=link.pk).first()
        if held is None:
            raise NotInScope(UNKNOWN)
        action = "answer_by_link" if link.letter.due_at else "receive_by_link"
        letter: Letter = letters.perform(action, link.letter_id, None, **typed)
        held.used_at, held.used_by, held.used_phone = clock.now(), name, phone
        held.save(update_fields=["used_at", "used_by", "used_phone"])
        audit.record("supervision.reply_link_used", letter, actor_name=name, after={"link": held.pk, "phone": phone})
    return letter
