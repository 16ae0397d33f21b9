"""Who may see an attachment: its uploader, and whomever an app shows it to.

An app that links attachments to its records registers, in `AppConfig.ready`, one function that answers for many ids
at once: `access.grant("hazards", lambda user, ids: set(…for_user(user)…filter(attachment_id__in=ids)…))`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from common.errors import NotInScope
from evidence.models import Attachment

Grant = Callable[[Any, set[int]], set[int]]

_grants: dict[str, Grant] = {}


def grant(app_label: str, visible_ids: Grant) -> None:
    """Let `app_label` show attachments: `visible_ids(user, ids)` returns those of `ids` the user may see through it."""
    _grants[app_label] = visible_ids


def visible(user: Any, ids: set[int]) -> set[int]:
    """Those of `ids` the user may see; a query per registered app at most, fewer once all are found."""
    seen = set(Attachment.objects.filter(pk__in=ids, uploaded_by_id=user.pk).values_list("pk", flat=True))
    for visible_ids in _grants.values():
        if not ids - seen:
            break
        seen |= visible_ids(user, ids - seen) & ids
    return seen


def get(user: Any, pk: int) -> Attachment:
    """The attachment, if the user may see it; `NotInScope` otherwise."""
    attachment = Attachment.objects.for_user(user, {pk}).with_blob().first()
    if attachment is None:
        raise NotInScope("没有找到该附件，或不在您的管辖范围内。")
    return attachment
