"""From some hazards to many: each stored again as often as wanted, by one statement over all.

A copy has a number of its own and happened a little earlier; it may be found by its number like any other. Making every
one of a million hazards in Python took longer than measuring them.
"""

from __future__ import annotations

from collections import Counter

from django.db import connection

from hazards.models import Hazard

APART = 37  # seconds between the copies of one hazard
_OWN = ("id", "number", "search_text", "search_grams", "import_key", "once")
_MOMENTS = "timestamp with time zone"
_COLUMNS = "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'hazards_hazard'"
_MULTIPLY = """
    INSERT INTO hazards_hazard ({names}, number, search_text, search_grams)
    SELECT {values}, copy.number, lower(copy.number) || substr(base.search_text, length(base.number) + 1),
           base.search_grams || ARRAY(
               SELECT DISTINCT substr(lower(copy.number), place, size)
               FROM generate_series(1, length(copy.number)) AS place, (VALUES (1), (2)) AS sizes (size)
           )::varchar[]
    FROM base
    CROSS JOIN generate_series(%(times)s - 1, 0, -1) AS k
    CROSS JOIN LATERAL (SELECT split_part(base.number, '-', 1) AS code, split_part(base.number, '-', 2) AS year) AS part
    JOIN unnest(%(codes)s::text[], %(years)s::text[], %(lasts)s::int[]) AS used (code, year, last) USING (code, year)
    CROSS JOIN LATERAL (
        SELECT format('%%s-%%s-%%s%%s', code, year, repeat('0', 5 - length(n)), n) AS number
        FROM (SELECT (split_part(base.number, '-', 3)::int + k * last)::text AS n) AS own
    ) AS copy
    ORDER BY base.id, k DESC
"""


def multiply(times: int, numbers: Counter[tuple[str, int]]) -> None:
    """Have every stored hazard `times` times, oldest first, and raise the last `numbers` accordingly."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        kinds = {name: kind for name, kind in cursor.fetchall() if name not in _OWN}
        shifted = [
            f"base.{name} - k * interval '{APART} seconds'" if kind == _MOMENTS else f"base.{name}"
            for name, kind in kinds.items()
        ]
        cursor.execute("CREATE TEMPORARY TABLE base AS TABLE hazards_hazard")
        Hazard.objects.all()._raw_delete("default")
        used = [(code, str(year), last) for (code, year), last in numbers.items()]
        codes, years, lasts = map(list, zip(*used, strict=True))
        cursor.execute(
            _MULTIPLY.format(names=", ".join(kinds), values=", ".join(shifted)),
            {"times": times, "codes": codes, "years": years, "lasts": lasts},
        )
        cursor.execute("DROP TABLE base")
    for key in numbers:
        numbers[key] *= times
