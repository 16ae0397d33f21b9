"""Where the street edition keeps what is not code."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from common.street.postgres import SYSTEM_HOME
from common.street.processes import server_account

ROOT = Path(__file__).resolve().parents[2]


def var_dir() -> Path:
    """Database, broker, uploads, logs: everything a backup needs. QINGHUAN_VAR moves it."""
    return Path(os.environ.get("QINGHUAN_VAR") or ROOT / "var")


def run_dir() -> Path:
    """Locks and the note a running street edition leaves for commands."""
    return _made(var_dir() / "run")


def log_dir() -> Path:
    """One file per process."""
    return _made(var_dir() / "log")


def database_home() -> Path:
    """The embedded database's folder; a link out of var/ when the server's account cannot enter var/."""
    home = var_dir() / "postgres"
    if not home.exists():
        home.unlink(missing_ok=True)
        _made(home)
        if not server_account().can_enter(home):
            home.rmdir()
            home.symlink_to(_system_folder())
    return home.resolve()


def _system_folder() -> Path:
    _made(SYSTEM_HOME)
    folder = Path(tempfile.mkdtemp(prefix="database-", dir=SYSTEM_HOME))
    folder.chmod(0o755)
    return folder


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
