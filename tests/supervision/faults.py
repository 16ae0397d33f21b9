"""A worker that dies at a chosen statement: a forked process that kills itself (SIGKILL) before, at or after a commit."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.db import connection, connections

KILLED = signal.SIGKILL


def dies_at(statement: int, work: Callable[[], Any], *, commit: str = "") -> bool:
    """Run `work` in a process that is killed at its `statement`-th statement; False when it ended before.

    With `commit` = "before" or "after", statements are commits and the process dies on that side of one.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            _arm(statement, commit)
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == KILLED


def _arm(statement: int, commit: str) -> None:
    seen = 0

    def count() -> None:
        nonlocal seen
        seen += 1
        if seen == statement:
            os.kill(os.getpid(), KILLED)

    def wrapper(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        count()
        return execute(sql, params, many, context)

    if not commit:
        connection.execute_wrappers.append(wrapper)
        return
    plain = connection._commit

    def committing() -> None:
        if commit == "before":
            count()
        plain()
        if commit == "after":
            count()

    connection._commit = committing


@contextmanager
def backup() -> Iterator[Callable[[], None]]:
    """A copy of the whole database as it stands; the yielded function puts it back in the database's place."""
    name = connection.settings_dict["NAME"]
    copy = f"{name}_backup"
    _on_server(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    try:
        yield lambda: _on_server(f'DROP DATABASE "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{copy}"')
    finally:
        _on_server(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def _on_server(*statements: str) -> None:
    """Statements that no transaction may hold, from outside the database they are about."""
    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    connections.close_all()
    for odd in ("cursor_factory", "context"):
        parameters.pop(odd, None)
    server = psycopg2.connect(**parameters)
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        server.close()
