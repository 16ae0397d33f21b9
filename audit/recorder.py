"""`record`: the one way an audit entry comes into being."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from audit import context
from common import clock

if TYPE_CHECKING:
    from audit.models import AuditEntry

SYSTEM = "系统"


def record(
    action: str,
    target: Model | type[Model] | None = None,
    *,
    actor: Any = None,
    actor_name: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Write down that `actor` did `action` on `target`; part of the caller's transaction, so undone with it.

    `target` is a saved record, or a model class when a whole list was read or exported. Actor, address and request id
    are the current request's; `actor` overrides its user, `actor_name` names one who has no account (a failed sign-in).
    Outside a request and without actor it was the system. Of `before` and `after` only what differs is kept.
    """
    from audit.models import (
        AuditEntry,
    )  # the package is imported before the models are ready

    request = context.current()
    actor = actor or getattr(request, "user", None)
    known = actor if actor is not None and actor.pk else None
    target_type, target_id, target_label = _describe(target)
    before, after = _difference(before, after)
    return AuditEntry.objects.create(
        at=clock.now(),
        actor_id=known.pk if known else None,
        actor_name=_clean(str(known) if known else actor_name or ("" if request else SYSTEM))[:100],
        hat=_clean(str(getattr(known, "hat", None) or ""))[:200],
        address=context.address_of(request) if request else None,
        action=action,
        target_type=target_type,
        target_id=target_id,
        target_label=target_label,
        before=before,
        after=after,
        reason=_clean(reason),
        request_id=getattr(request, "audit_id", ""),
    )


def snapshot(instance: Model, fields: Iterable[str] | None = None) -> dict[str, Any]:
    """The stored values of `instance` (all concrete fields, or the named ones), for `before` and `after`.

    Passwords are left out.
    """
    names = fields or [field.attname for field in instance._meta.concrete_fields if field.name != "password"]
    return {name: getattr(instance, name) for name in names}


def _describe(target: Model | type[Model] | None) -> tuple[str, str, str]:
    if target is None:
        return "", "", ""
    if isinstance(target, type):
        return target._meta.label_lower, "", str(target._meta.verbose_name)
    return target._meta.label_lower, str(target.pk), _clean(str(target))[:200]


def _difference(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[Any, Any]:
    old, new = _plain(before), _plain(after)
    if old is None or new is None:
        return old, new
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    return {k: v for k, v in old.items() if k in changed}, {k: v for k, v in new.items() if k in changed}


def _plain(values: Mapping[str, Any] | None) -> Any:
    """JSON values PostgreSQL accepts: no NUL, no lone surrogate."""
    if values is None:
        return None
    text = json.dumps(dict(values), cls=DjangoJSONEncoder, ensure_ascii=False)
    return json.loads(_clean(text.replace("\\u0000", "\\ufffd")))


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
