"""The import never crashes, never half-saves, and two at once import once."""

from __future__ import annotations

import io
import json
import threading
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import Refused
from common.spreadsheets.outcome import Outcome
from hazards.imports import ledger as ledgers
from hazards.models import Hazard, HazardEvent
from tests.cast import build_cast
from tests.common.sheets import upload
from tests.hazards.ledgers import HEADER, bring, ledger, row
from units.models import Unit

CELLS = st.one_of(
    st.none(), st.text(max_size=20), st.integers(-(10**12), 10**12), st.dates(), st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([*HEADER, "合计", "甲一木业", "甲街道食品厂", "2026-06-05", "2月30日", "重大", "是", "=1+1", "\ud800", "\x00"]),
)  # fmt: skip


def csv_of(grid: list[list[Any]]) -> io.BytesIO:
    lines = (
        ",".join('"' + str("" if value is None else value).replace('"', '""') + '"' for value in line) for line in grid
    )
    return upload("\n".join(lines).encode("utf-8", "ignore"), "乱.csv")


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=11), max_size=8), st.booleans())
def test_no_grid_however_mangled_crashes_or_half_saves(cast: Any, grid: list[list[Any]], has_header: bool) -> None:
    before = Hazard.objects.count()
    outcome, refusal = Outcome(), ""
    try:
        outcome = bring(csv_of([HEADER, *grid] if has_header else grid), cast.units["office"])
    except Refused as error:
        refusal = error.message
    assert Hazard.objects.count() == before + outcome.accepted
    assert not refusal or refusal.endswith("。")
    assert outcome.rows == outcome.accepted + outcome.duplicates + len(outcome.rejected)
    assert HazardEvent.objects.count() == Hazard.objects.count()
    assert all(each.error and each.column for each in outcome.rejected)


@pytest.mark.django_db
def test_a_chunk_that_fails_leaves_nothing_of_itself(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "CHUNK", 2)
    monkeypatch.setattr("hazards.transitions.importing._tell", _fail_on("第三条"))
    rows = [row(c3=text) for text in ("第一条", "第二条", "第三条", "第四条")]
    with pytest.raises(RuntimeError):
        bring(ledger(*rows), cast.units["office"])
    assert sorted(Hazard.objects.values_list("description", flat=True)) == ["第一条", "第二条"]
    assert HazardEvent.objects.count() == 2
    monkeypatch.undo()
    assert bring(ledger(*rows), cast.units["office"]).accepted == 2


def _fail_on(text: str) -> Any:
    def tell(hazards: list[Hazard]) -> None:
        if any(hazard.description == text for hazard in hazards):
            raise RuntimeError("the power went")

    return tell


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_import_it_once() -> None:
    unit = build_cast().units["office"]
    rows = [row(c0=f"新企业{number % 7}号楼", c3=f"隐患{number}") for number in range(60)]
    results: list[int] = []
    start = threading.Barrier(3)

    def work() -> None:
        start.wait()
        try:
            results.append(bring(ledger(*rows), Unit.objects.select_related("area").get(pk=unit.pk)).accepted)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(results) == [0, 0, 60]
    assert (Hazard.objects.count(), Hazard.objects.values("number").distinct().count()) == (60, 60)
    assert Unit.objects.provisional().count() == 7


@pytest.mark.django_db
def test_the_command_says_on_stderr_why_a_file_cannot_be_read(cast: Any, tmp_path: Any) -> None:
    broken, good = tmp_path / "坏.xlsx", tmp_path / "台账.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    good.write_bytes(ledger(row()).getvalue())
    cases = (
        (broken, "甲街道安委办", "损坏"),
        (good, "", "--office"),
        (good, "丙街道", "没有找到报送单位"),
        ("/无.xlsx", "", "无法打开"),
    )
    for name, office, words in cases:
        out = io.StringIO()
        with pytest.raises(CommandError, match=words):
            call_command("import_ledger", str(name), "--office", office, stdout=out)
        assert out.getvalue() == ""


@pytest.mark.django_db
def test_the_command_prints_nothing_but_json(cast: Any, tmp_path: Any) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger(row()).getvalue())
    out = io.StringIO()
    call_command("import_ledger", str(path), "--kind", "hazards", "--office", "甲街道安委办", stdout=out)
    assert json.loads(out.getvalue()) == {"rows": 1, "accepted": 1, "duplicates": 0, "rejected": []}
