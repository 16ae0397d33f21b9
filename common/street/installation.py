"""What a process must know to join the installation on this machine, running or stopped."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from common.street.locks import Lock
from common.street.places import run_dir, var_dir
from common.street.postgres import PostgresServer

# Where no broker runs the bell rings unheard: the sweeps of the next start find the work in the database.
NO_BROKER = "memory://"


@dataclass(frozen=True)
class Note:
    """What a running `manage.py street` says about itself."""

    pid: int
    address: str
    broker_url: str
    cache_url: str

    def write(self) -> None:
        """Leave the note for commands; it counts only while the street lock is held."""
        _note_path().write_text(json.dumps(asdict(self)), encoding="utf-8")


def street_lock() -> Lock:
    """Held by the one running `manage.py street`."""
    return Lock(run_dir() / "street.lock")


def running_street() -> Note | None:
    """The note of the running street edition; None when it is stopped."""
    if not street_lock().is_held():
        return None
    try:
        return Note(**json.loads(_note_path().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def environment() -> dict[str, str]:
    """The variables the settings read, for every one that the operator has not set."""
    values = {} if "SECRET_KEY" in os.environ else {"SECRET_KEY": secret_key()}
    if "DATABASE_URL" not in os.environ:
        server = PostgresServer(var_dir() / "postgres")
        if server.listens_in():
            values["DATABASE_URL"] = server.url()
    if "BROKER_URL" not in os.environ:
        note = running_street()
        values["BROKER_URL"] = note.broker_url if note else NO_BROKER
        values["CACHE_URL"] = note.cache_url if note else ""
    return values


def secret_key() -> str:
    """The installation's own key, made at first use and readable by its owner only."""
    path = var_dir() / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, path)
        Path(draft).unlink()
    return path.read_text().strip()


def _note_path() -> Path:
    return run_dir() / "street.json"
