"""By what a row is known again, however often the file is sent, under whatever name, order or format."""

from __future__ import annotations

import hashlib
import json

from common.search import normalise
from hazards.imports.rows import Draft
from units.imports.names import key


def fingerprint(draft: Draft, street_path: str) -> str:
    """SHA-256 over street, enterprise as written, description, place, discovery and deadline.

    Status and completion are left out, so that a ledger kept up to date is not imported anew; the deadline is in,
    because one check may find the same fault twice in one place with different deadlines. The enterprise counts
    as written, so that merging a provisional record later changes nothing.
    """
    days = [day.isoformat() if day else "" for day in (draft.written_found_on, draft.due_on)]
    parts = [street_path, key(draft.enterprise), _plain(draft.description), _plain(draft.place), *days]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _plain(text: str) -> str:
    """Letters and figures only, for a comma typed full-width is the same comma."""
    return "".join(char for char in normalise(text) if char.isalnum())
