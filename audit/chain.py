"""The hash chain over the audit record: how an entry becomes text, how the database links it, how it is verified.

An entry is linked by a deferred constraint trigger at COMMIT, under an advisory lock. Linking while the transaction
still worked would make every audited transaction of the office wait for the slowest; at commit they queue for
microseconds. The lock is released after the commit is visible, so the next holder always sees the last link.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, models

GENESIS = "0" * 64
BATCH = 50_000  # links verified per statement: bounds memory, and keeps every sort inside work_mem

# The text under the hash. A JSON array is unambiguous whatever the values hold; jsonb sorts keys by itself; the moment
# is written in UTC, so that no session setting changes it. Stored hashes depend on this text: it must never change.
CANONICAL = """jsonb_build_array(
    e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_id, e.actor_name, e.hat,
    host(e.address), e.action, e.target_type, e.target_id, e.target_label, e.before, e.after, e.reason, e.request_id
)::text"""
DIGEST = "encode(sha256(convert_to({previous} || {canonical}, 'UTF8')), 'hex')"

LOCK = 0x41554449  # "AUDI": the advisory lock under which links are appended

CREATE_TRIGGER = f"""
CREATE FUNCTION audit_link_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_position bigint;
    last_hash text;
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    SELECT position, hash INTO last_position, last_hash FROM audit_auditlink ORDER BY position DESC LIMIT 1;
    INSERT INTO audit_auditlink (position, entry_id, previous_hash, hash)
    SELECT coalesce(last_position, 0) + 1, e.id, coalesce(last_hash, '{GENESIS}'),
           {DIGEST.format(previous=f"coalesce(last_hash, '{GENESIS}')", canonical=CANONICAL)}
    FROM audit_auditentry e WHERE e.id = NEW.id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_auditentry_link AFTER INSERT ON audit_auditentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_link_entry();
"""  # noqa: S608 (constants of this module only)
DROP_TRIGGER = "DROP TRIGGER audit_auditentry_link ON audit_auditentry; DROP FUNCTION audit_link_entry();"

_BROKEN_LINKS = f"""
SELECT position, entry_id, problem FROM (
    SELECT l.position, l.entry_id, CASE
        WHEN e.id IS NULL THEN 'entry_missing'
        WHEN l.position <> coalesce(lag(l.position) OVER chain, 0) + 1 THEN 'link_missing_before'
        WHEN l.previous_hash <> coalesce(lag(l.hash) OVER chain, '{GENESIS}') THEN 'chain_broken_before'
        WHEN l.hash <> {DIGEST.format(previous="l.previous_hash", canonical=CANONICAL)} THEN 'entry_changed'
    END AS problem
    FROM audit_auditlink l LEFT JOIN audit_auditentry e ON e.id = l.entry_id
    WHERE l.position BETWEEN %(known)s AND %(last)s
    WINDOW chain AS (ORDER BY l.position)
) checked WHERE problem IS NOT NULL AND position > %(known)s ORDER BY position
"""  # noqa: S608 (constants of this module only)
_UNLINKED = """
SELECT e.id FROM audit_auditentry e
WHERE NOT EXISTS (SELECT 1 FROM audit_auditlink l WHERE l.entry_id = e.id) ORDER BY e.id
"""
_GUARDS = """
SELECT wanted.name FROM unnest(ARRAY[
    'audit_auditentry_link', 'audit_auditentry_no_change', 'audit_auditentry_no_truncate',
    'audit_auditlink_no_change', 'audit_auditlink_no_truncate']) AS wanted(name)
WHERE NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgname = wanted.name AND t.tgenabled IN ('O', 'A'))
"""


@dataclass(frozen=True)
class Break:
    """One place where the record is not what was written: chain position (None: outside the chain) and entry id."""

    position: int | None
    entry: int | None
    problem: str

    as_dict = asdict


@dataclass(frozen=True)
class Head:
    """The last link. Noted down outside the system, it also proves that nothing was cut off the end."""

    position: int
    hash: str

    as_dict = asdict


def head() -> Head:
    """The chain's last link; position 0 when nothing was recorded yet."""
    from audit.models import AuditLink

    last = AuditLink.objects.order_by("-position").values_list("position", "hash").first()
    return Head(*last) if last else Head(0, GENESIS)


def verify(anchor: Head | None = None) -> Iterator[Break]:
    """Every break in the chain, in order: changed, missing, inserted and unlinked entries, disabled guards.

    Reads the links in batches, so memory does not grow with the record. `anchor`, a head noted earlier, must still
    be in the chain unchanged.
    """
    from audit.models import AuditLink

    last = AuditLink.objects.aggregate(last=models.Max("position"))["last"] or 0
    first = AuditLink.objects.aggregate(first=models.Min("position"))["first"] or 1
    for known in range(min(first, 1) - 1, last, BATCH):
        for row in _rows(_BROKEN_LINKS, {"known": known, "last": min(known + BATCH, last)}):
            yield Break(*row)
    for (entry,) in _rows(_UNLINKED):
        yield Break(None, entry, "entry_not_linked")
    for (name,) in _rows(_GUARDS):
        yield Break(None, None, f"guard_disabled:{name}")
    if anchor and anchor.position and not AuditLink.objects.filter(position=anchor.position, hash=anchor.hash).exists():
        yield Break(anchor.position, None, "anchor_missing")


def _rows(sql: str, params: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
