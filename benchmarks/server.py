"""The private PostgreSQL and Redis of one run: durable as in an office, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from common.street.places import ROOT
from common.street.postgres import DATABASE, PostgresServer
from common.street.redis import RedisServer, find_redis


@dataclass(frozen=True)
class Installation:
    """Running servers. `environment` is what a process needs to work on the database `name`."""

    postgres: PostgresServer
    cache_url: str
    folder: Path

    def environment(self, name: str = DATABASE) -> dict[str, str]:
        """Variables for a child process."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "DATABASE_URL": self.postgres.url(name),
            "CACHE_URL": self.cache_url,
            "QINGHUAN_VAR": str(self.folder / "var"),
            "TMPDIR": str(self.folder / "tmp"),
        }

    def copy_database(self, name: str) -> None:
        """A new database with the migrated, empty schema."""
        connection = psycopg2.connect(self.postgres.url("postgres"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{DATABASE}"')
        connection.close()

    def drop_database(self, name: str) -> None:
        """Give its disk space back before the next size is seeded."""
        connection = psycopg2.connect(self.postgres.url("postgres"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')
        connection.close()


@contextmanager
def installation() -> Iterator[Installation]:
    """A migrated installation in a temporary folder; TMPDIR says where (1,000,000 hazards take about 6 GB)."""
    folder = Path(tempfile.mkdtemp(prefix="qh-bench-"))
    folder.chmod(0o711)
    (folder / "tmp").mkdir(mode=0o711)
    (folder / "var" / "static").mkdir(parents=True)
    postgres = PostgresServer(folder / "postgres")
    redis = RedisServer(folder / "redis", durable=False) if find_redis() else None
    try:
        postgres.start()
        postgres.ensure_database()
        if redis:
            redis.start()
        made = Installation(postgres, redis.cache_url() if redis else "", folder)
        _migrate(made)
        yield made
    finally:
        if redis:
            redis.stop()
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _migrate(made: Installation) -> None:
    for command in (["migrate", "--verbosity=0", "--no-input"], ["createcachetable"]):
        subprocess.run([sys.executable, ROOT / "manage.py", *command], env=made.environment(), check=True)
