"""Document numbers: one counter per series and year, never repeated, never skipped."""

from __future__ import annotations

from django.db import connection

_TAKE = """
    INSERT INTO common_numberseries (series, year, last) VALUES (%s, %s, %s)
    ON CONFLICT (series, year) DO UPDATE SET last = common_numberseries.last + EXCLUDED.last
    RETURNING last
"""


def take(series: str, year: int, count: int = 1) -> int:
    """The next number of `series` in `year`, starting at 1; with `count`, the last of so many in a row.

    Runs inside the caller's transaction and holds the row until it ends: a document that is rolled back gives its number
    back, a voided document keeps it. Raises RuntimeError outside a transaction, where a failure would leave a gap.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken in the transaction that stores its document")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [series, year, count])
        return int(cursor.fetchone()[0])


def document_number(prefix: str, year: int, n: int) -> str:
    """`禄街安办发〔2026〕12号`: hexagonal brackets, full year, no leading zeros, no 第 (GB/T 9704-2012, 7.2.5)."""
    return f"{prefix}〔{year}〕{n}号"
