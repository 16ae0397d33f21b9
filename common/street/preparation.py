"""What must be true before the web may answer: schema, static files, and on the first start the demonstration street.

Each step is skipped when nothing it depends on has changed, so that a second start takes seconds.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from common.street.database import ensure_schema
from common.street.places import ROOT, log_dir, var_dir
from common.street.postgres import PostgresServer
from common.street.processes import StreetError
from common.street.supervisor import Program


def prepare(environment: Mapping[str, str], server: PostgresServer | None, *, with_demonstration: bool) -> None:
    """Bring schema and static files up to date; load the demonstration into a database that knows nobody."""
    ensure_schema(environment["DATABASE_URL"], server.home if server else None)
    _collect_static(environment)
    if with_demonstration:
        _load_demonstration(environment)


def demonstration_accounts(database_url: str) -> Iterator[str]:
    """One line for each demonstration account that exists: name, password, role, unit. Nothing without the demo."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    accounts: list[tuple[str, str, str, str]] = []
    with suppress(ImportError):
        accounts = import_string(settings.DEMONSTRATION_ACCOUNTS)
    known = _usernames(database_url, [account[0] for account in accounts])
    rows = [account for account in accounts if account[0] in known]
    if rows:
        yield "演示账号（用户名 / 密码 / 身份 / 单位）："
    for username, password, role, unit in rows:
        yield f"  {username:<16}{password:<16}{role}　{unit}"


def _collect_static(environment: Mapping[str, str]) -> None:
    stamp = var_dir() / "static.stamp"
    wanted = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("整理静态文件……", flush=True)
    _manage(environment, "collectstatic", "--no-input", "--clear", failure="静态文件没有整理成功")
    stamp.write_text(wanted)


def _static_fingerprint() -> str:
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted((ROOT / "static").rglob("*")):
        facts = path.stat()
        digest.update(f"{path.relative_to(ROOT)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _load_demonstration(environment: Mapping[str, str]) -> None:
    """Load it once. A load that was broken off left its mark; the command begins it anew."""
    mark = var_dir() / "run" / "demonstration.started"
    if not mark.exists() and _usernames(environment["DATABASE_URL"]):
        return
    mark.touch()
    print("首次启动：装入演示街道（约一分钟）……", flush=True)
    began = time.monotonic()
    _manage(environment, "demo", failure="演示街道没有装入成功")
    mark.unlink()
    print(f"演示街道已装入，用时 {time.monotonic() - began:.0f} 秒。", flush=True)


def _manage(environment: Mapping[str, str], *command: str, failure: str) -> None:
    log = log_dir() / f"{command[0]}.log"
    program = Program([Path(sys.executable), ROOT / "manage.py", *command], log=log, environment=environment)
    if program.run():
        raise StreetError(f"{failure}，原因见 {log}。")


def _usernames(database_url: str, among: list[str] | None = None) -> set[str]:
    """The usernames in the database; of `among` only those that exist, without it at most one."""
    import psycopg2
    from django.contrib.auth import get_user_model

    table = get_user_model()._meta.db_table
    condition = "LIMIT 1" if among is None else "WHERE username = ANY(%s)"
    connection = psycopg2.connect(database_url)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT username FROM "{table}" {condition}', None if among is None else [among])  # noqa: S608
        found = {row[0] for row in cursor}
    connection.close()
    return found
