"""COPY stores what INSERT would store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from common.copying import copy_in, put_in
from hazards.models import Hazard, HazardEvent
from units.models import Unit

pytestmark = pytest.mark.django_db
ODD = "反斜杠\\ 制表\t换行\n引号\"'{逗号,} \\N 😀"


def hazard(cast: Any, **fields: Any) -> Hazard:
    unit = cast.units["firm"]
    return Hazard(unit=unit, area_path=unit.area_path, channel="import", description="x", **fields)


def test_odd_text_lists_json_and_moments_come_back_as_they_went_in(cast: Any) -> None:
    at = datetime(2026, 6, 5, 1, 2, 3, 456789, tzinfo=UTC)
    row = hazard(cast, place=ODD, search_grams=[ODD[:2], '"', "\\", ""], reported_at=at, is_stock=True)
    copy_in([row])
    event = HazardEvent(
        hazard=row, seq=1, at=at, action="import", label="导入", actor_name="", data={"说": ODD, "无": None}
    )
    copy_in([event])
    stored = Hazard.objects.get(pk=row.pk)
    assert (stored.place, stored.search_grams, stored.reported_at) == (ODD, row.search_grams, at)
    assert (stored.is_stock, stored.latitude, stored.number) == (True, None, None)
    assert HazardEvent.objects.get(hazard=row).data == {"说": ODD, "无": None}


def test_keys_come_from_the_sequence_and_links_follow_them(cast: Any) -> None:
    first, second = hazard(cast), hazard(cast)
    copy_in([first, second])
    assert second.pk == first.pk + 1
    assert hazard(cast).save() is None
    assert Hazard.objects.count() == 3


def test_rows_nobody_asks_the_keys_of_are_numbered_by_the_table(cast: Any, django_assert_num_queries: Any) -> None:
    rows = [hazard(cast, place="甲"), hazard(cast, place="乙")]
    with django_assert_num_queries(0):  # COPY alone, which is no counted statement
        copy_in(rows, keyed=False)
    assert [row.pk for row in rows] == [None, None]
    assert set(Hazard.objects.values_list("place", flat=True)) == {"甲", "乙"}


def test_a_nul_is_dropped_and_an_empty_list_stays_empty(cast: Any) -> None:
    row = hazard(cast, place="甲\x00乙")
    copy_in([row])
    stored = Hazard.objects.get(pk=row.pk)
    assert (stored.place, stored.search_grams) == ("甲乙", [])


def test_constraints_hold_and_nothing_of_the_batch_stays(cast: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_in([hazard(cast, import_key="k"), hazard(cast, import_key="k")])
    assert not Hazard.objects.exists()


def test_a_moment_without_a_time_zone_is_refused(cast: Any) -> None:
    with pytest.raises(ValueError, match="time zone"):
        copy_in([hazard(cast, reported_at=datetime(2026, 6, 5))])


def test_rows_that_are_known_already_are_left_out_and_the_others_stored_exactly(cast: Any) -> None:
    at = datetime(2026, 6, 5, 1, 2, 3, 456789, tzinfo=UTC)
    put_in([hazard(cast, import_key="k", place="先来")])
    put_in([hazard(cast, import_key="k", place="后到"), hazard(cast, place=ODD, reported_at=at, is_stock=True)])
    known, other = Hazard.objects.order_by("pk")
    assert (known.place, known.import_key) == ("先来", "k")
    assert (other.place, other.reported_at, other.is_stock, other.number) == (ODD, at, True, None)


def test_nothing_to_store_is_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        copy_in([])
        put_in([])
    assert not Unit.objects.exists()
