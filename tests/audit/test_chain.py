"""The record cannot be changed, and whoever changes it all the same is found out."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

import audit
from audit import chain
from audit.models import AuditEntry, AuditLink


def write(count: int) -> list[int]:
    """Entries linked as at commit, inside a test's own transaction."""
    made = [audit.record("test.act", reason=f"第{number}次").pk for number in range(count)]
    connection.check_constraints()
    return made


def tamper(sql: str, *params: object) -> None:
    """What a superuser of the database can do: switch the guards off, change, switch them on."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, params)
        cursor.execute("SET LOCAL session_replication_role = origin")


def problems() -> list[tuple[int | None, str]]:
    return [(found.position, found.problem) for found in chain.verify()]


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_auditentry", "audit_auditlink"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_change_the_record(table, verb):
    write(1)
    column = "position" if table == "audit_auditlink" else "id"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL qinghuan.allow_truncate = off")
        with pytest.raises(IntegrityError, match="append-only"):
            cursor.execute(verb.format(table).replace("id = id", f"{column} = {column}"))


@pytest.mark.django_db
def test_an_untouched_record_verifies():
    write(5)
    assert problems() == []
    assert chain.head().position == 5


@pytest.mark.django_db
def test_a_changed_entry_is_found_with_its_position():
    made = write(5)
    tamper("UPDATE audit_auditentry SET reason = '无' WHERE id = %s", made[2])
    assert problems() == [(3, "entry_changed")]


@pytest.mark.django_db
def test_a_changed_entry_with_a_forged_hash_breaks_the_link_after_it():
    made = write(5)
    tamper("UPDATE audit_auditentry SET reason = '无' WHERE id = %s", made[2])
    digest = chain.DIGEST.format(previous="previous_hash", canonical=chain.CANONICAL)
    tamper(f"UPDATE audit_auditlink SET hash = (SELECT {digest} FROM audit_auditentry e WHERE e.id = entry_id)"  # noqa: S608
           " WHERE position = 3")  # fmt: skip
    assert problems() == [(4, "chain_broken_before")]


@pytest.mark.django_db
def test_a_deleted_entry_is_found():
    made = write(5)
    tamper("DELETE FROM audit_auditentry WHERE id = %s", made[2])
    assert problems() == [(3, "entry_missing")]


@pytest.mark.django_db
def test_an_entry_deleted_with_its_link_leaves_a_gap():
    made = write(5)
    tamper("DELETE FROM audit_auditlink WHERE entry_id = %s", made[2])
    tamper("DELETE FROM audit_auditentry WHERE id = %s", made[2])
    assert problems() == [(4, "link_missing_before")]


@pytest.mark.django_db
def test_an_entry_slipped_in_past_the_chain_is_found():
    write(2)
    tamper(
        "INSERT INTO audit_auditentry (at, actor_name, hat, action, target_type, target_id, target_label, reason, request_id)"
        " VALUES (now(), '', '', 'forged', '', '', '', '', '')"
    )
    assert problems() == [(None, "entry_not_linked")]


@pytest.mark.django_db
def test_a_chain_cut_off_at_the_end_is_found_by_its_noted_head():
    made = write(5)
    noted = chain.head()
    tamper("DELETE FROM audit_auditlink WHERE entry_id = %s", made[4])
    tamper("DELETE FROM audit_auditentry WHERE id = %s", made[4])
    assert problems() == []
    assert [found.problem for found in chain.verify(noted)] == ["anchor_missing"]


@pytest.mark.django_db
def test_a_guard_left_switched_off_is_found():
    write(1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER audit_auditentry_link")
    assert problems() == [(None, "guard_disabled:audit_auditentry_link")]


@pytest.mark.django_db
def test_verification_in_small_batches_misses_nothing(monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 2)
    made = write(7)
    tamper("UPDATE audit_auditentry SET action = 'x' WHERE id IN (%s, %s)", made[1], made[4])
    tamper("DELETE FROM audit_auditlink WHERE entry_id = %s", made[5])
    tamper("DELETE FROM audit_auditentry WHERE id = %s", made[5])
    assert problems() == [(2, "entry_changed"), (5, "entry_changed"), (7, "link_missing_before")]


@pytest.mark.django_db
def test_the_command_prints_json_and_fails_when_the_chain_is_broken():
    made = write(3)
    tamper("UPDATE audit_auditentry SET reason = '无' WHERE id = %s", made[0])
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("verify_audit", stdout=out)
    assert stop.value.code == 1
    said = json.loads(out.getvalue())
    assert said["checked"] == 3
    assert said["broken"] == [{"position": 1, "entry": made[0], "problem": "entry_changed"}]


@pytest.mark.django_db
def test_the_hash_does_not_depend_on_session_settings():
    write(3)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'America/New_York'; SET LOCAL DateStyle = 'SQL, DMY'")
    assert problems() == []


@pytest.mark.django_db(transaction=True)
def test_many_threads_make_one_unbroken_chain():
    def work(number: int) -> None:
        try:
            for _ in range(5):
                with transaction.atomic():
                    audit.record("test.first", reason=str(number))
                    audit.record("test.second", reason=str(number))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert AuditLink.objects.count() == AuditEntry.objects.count() == 80
    assert problems() == []


@pytest.mark.django_db(transaction=True)
def test_an_undone_transaction_leaves_neither_entry_nor_link():
    with transaction.atomic():
        audit.record("test.act")
        transaction.set_rollback(True)
    audit.record("test.act")
    assert chain.head().position == AuditEntry.objects.count() == 1
