"""Append-only tables: refused by the database itself."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from common.db import AppendOnly

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> str:
    """A table with one row, made append-only by the operation."""
    _run("CREATE TABLE kept (id int, text text)", "INSERT INTO kept VALUES (1, '原文')")
    with connection.schema_editor() as editor:
        AppendOnly("kept").database_forwards("common", editor, None, None)
    return "kept"


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE kept SET text = '改'", "DELETE FROM kept", "TRUNCATE kept"])
def test_a_change_is_refused_with_the_table_and_the_deed_named(table: str, statement: str) -> None:
    _run("SET LOCAL qinghuan.allow_truncate = off")
    deed = statement.split(maxsplit=1)[0]
    with pytest.raises(IntegrityError, match=f"table kept is append-only: {deed} refused"), transaction.atomic():
        _run(statement)


def test_rows_may_be_added(table: str) -> None:
    _run("INSERT INTO kept VALUES (2, '新')")


def test_only_the_test_setting_lets_truncate_through(table: str) -> None:
    _run("SET LOCAL qinghuan.allow_truncate = on", "TRUNCATE kept")


def test_the_operation_can_be_undone(table: str) -> None:
    with connection.schema_editor() as editor:
        AppendOnly("kept").database_backwards("common", editor, None, None)
    _run("UPDATE kept SET text = '改'", "DELETE FROM kept")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proname = 'kept_append_only'")
        assert cursor.fetchone() == (0,)
