"""Papers before they are signed: the text a person has changed, kept until the signature takes it over."""

from __future__ import annotations

from typing import Any

from common import clock
from supervision.models import PaperDraft
from supervision.paper_text import Text


def text_of(kind: str, record: Any) -> Text | None:
    """The text somebody has written for the paper; None while nobody has."""
    row = PaperDraft.objects.filter(kind=kind, record_id=record.pk).first() if record.pk else None
    return Text(row.title, row.body) if row else None


def write(kind: str, record: Any, text: Text, actor: Any) -> None:
    """Keep `text` for the paper in the place of what was there."""
    values = {"title": text.title, "body": text.body, "edited_by": actor, "edited_at": clock.now()}
    PaperDraft.objects.update_or_create(kind=kind, record_id=record.pk, defaults=values)
