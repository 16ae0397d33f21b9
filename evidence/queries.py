"""Reads over evidence: photos that look like one another."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from evidence import phash
from evidence.models import Attachment

MAX_DISTANCE = 6  # of 64 bits, ≥90 % alike (domain-rules §12)
LIMIT = 20

# Two hashes at most 6 bits apart have at least one of their four 16-bit bands at most 1 bit apart, so looking up each
# band and its 16 neighbours in the band indexes misses nothing and never scans the table.
_ALIKE = """
SELECT a.id, min(bit_count((b.phash # turned.value)::bit(64))) AS distance, b.sha256 = %(sha256)s AS is_same_file
FROM evidence_blob b
JOIN evidence_attachment a ON a.blob_id = b.sha256
CROSS JOIN unnest(%(turned)s::bigint[]) AS turned(value)
WHERE b.phash IS NOT NULL AND a.id <> %(id)s AND (
    ((b.phash >> 0) & 65535) = ANY(%(band_0)s) OR ((b.phash >> 16) & 65535) = ANY(%(band_1)s)
    OR ((b.phash >> 32) & 65535) = ANY(%(band_2)s) OR ((b.phash >> 48) & 65535) = ANY(%(band_3)s)
)
GROUP BY a.id, b.sha256 HAVING min(bit_count((b.phash # turned.value)::bit(64))) <= %(limit)s
ORDER BY distance, a.id LIMIT %(count)s
"""


@dataclass(frozen=True)
class Alike:
    """Another attachment that shows the same thing: bits apart (0–6), and whether it is the very same file."""

    attachment: Attachment
    distance: int
    is_same_file: bool


def similar_to(attachment: Attachment) -> list[Alike]:
    """At most 20 other attachments whose photo looks like this one, however it was turned, nearest first.

    A lead for the reviewer, never a verdict. The caller decides which of them matter (other hazards, before = after).
    Files that are no photos, and photos without structure, match only the very same file.
    """
    found = _same_file(attachment) if attachment.blob.phash is None else _look_alike(attachment)
    others = Attachment.objects.with_blob().in_bulk([pk for pk, _, _ in found])
    return [Alike(others[pk], distance, same) for pk, distance, same in found]


def _same_file(attachment: Attachment) -> list[tuple[int, int, bool]]:
    others = Attachment.objects.filter(blob_id=attachment.blob_id).exclude(pk=attachment.pk).order_by("pk")
    return [(pk, 0, True) for pk in others.values_list("pk", flat=True)[:LIMIT]]


def _look_alike(attachment: Attachment) -> list[tuple[int, int, bool]]:
    turned = phash.orientations(attachment.blob.phash)
    params = {
        "id": attachment.pk,
        "sha256": attachment.blob_id,
        "turned": sorted(turned),
        "limit": MAX_DISTANCE,
        "count": LIMIT,
        **{f"band_{index}": _neighbours(turned, 16 * index) for index in range(4)},
    }
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, params)
        return cursor.fetchall()


def _neighbours(values: set[int], shift: int) -> list[int]:
    """The band of each value, and the 16 values one bit away from it."""
    bands = {value >> shift & 0xFFFF for value in values}
    return sorted(bands | {band ^ (1 << bit) for band in bands for bit in range(16)})
