"""Document numbers: never repeated, never skipped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from common.models import NumberSeries
from common.numbering import document_number, take


@pytest.mark.django_db
def test_each_series_and_year_counts_from_one() -> None:
    assert [take("甲", 2026), take("甲", 2026), take("乙", 2026), take("甲", 2027)] == [1, 2, 1, 1]


@pytest.mark.django_db
def test_a_rolled_back_document_gives_its_number_back() -> None:
    take("甲", 2026)
    with transaction.atomic():
        assert take("甲", 2026) == 2
        transaction.set_rollback(True)
    assert take("甲", 2026) == 2


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        take("甲", 2026)


@pytest.mark.django_db(transaction=True)
def test_parallel_offices_get_every_number_once() -> None:
    def work(_: int) -> list[int]:
        try:
            return [_taken() for _ in range(10)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = [number for numbers in pool.map(work, range(8)) for number in numbers]
    assert sorted(taken) == list(range(1, 81))
    assert NumberSeries.objects.get(series="甲", year=2026).last == 80


def _taken() -> int:
    with transaction.atomic():
        return take("甲", 2026)


def test_a_number_is_written_with_hexagonal_brackets_and_no_leading_zeros() -> None:
    assert document_number("禄街安办发", 2026, 7) == "禄街安办发〔2026〕7号"
