"""Recurrences as periods of the ledger."""

from __future__ import annotations

import pytest

from tasks.plans.terms import recurring


@pytest.mark.parametrize(
    ("phrase", "place"),
    [
        ("每年4月30日前", ("year", 4, 30)),
        ("每年6月、12月底前", ("half", 6, 31)),
        ("每年3月、6月、9月、12月", ("quarter", 3, 31)),
        ("每季度末月25日前", ("quarter", 3, 25)),
        ("每季度首月10日前", ("quarter", 1, 10)),
        ("每半年最后一个月20日前", ("half", 6, 20)),
        ("每月25日前", ("month", None, 25)),
        ("半年一次", ("half", None, None)),
        ("上、下半年各开展1次", ("half", None, None)),
        ("一月一调度", ("month", None, None)),
        ("年度考核", ("year", None, None)),
        ("年末", ("year", None, None)),
    ],
)
def test_a_phrase_becomes_one_period_with_its_day(phrase, place):
    (found,), left = recurring([phrase])
    assert ((found.period, found.month, found.day), found.text, left) == (place, phrase, [])


@pytest.mark.parametrize("phrase", ["每周五", "每月5日、20日前", "每年3月、11月", "每两周调度一次"])
def test_what_no_single_period_holds_is_kept_as_words(phrase):
    assert recurring([phrase]) == ([], [phrase])
