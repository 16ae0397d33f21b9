"""Make the checkout ready to run: environment, pinned dependencies, front-end files. Needs only Python 3.11+.

Does nothing that is already done, so that `make run` may call it every time.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / ".qinghuan-requirements"
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
OLDEST = (3, 11)


class SetupError(Exception):
    """Something a newcomer must do first; the text is Chinese."""


def require_python() -> None:
    """Refuse a Python older than 3.11 before anything is created."""
    if sys.version_info < OLDEST:
        raise SetupError(
            f"需要 Python 3.11 或更新版本，当前是 {sys.version.split()[0]}。可用 make PYTHON=python3.11 指定。"
        )


def fingerprint() -> str:
    """What the environment was or would be made from."""
    digest = hashlib.sha256(sys.version.encode() + str(ROOT).encode())
    for name in (*REQUIREMENTS, "scripts/requirements-uv.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def create_environment() -> None:
    """Create .venv, unless it is there and starts."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0:
        return
    print("建立 Python 环境 .venv ……", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], capture_output=True, text=True)
    if made.returncode:
        raise SetupError(f"不能建立 .venv（Debian/Ubuntu 请先安装 python3-venv）：\n{made.stdout}{made.stderr}")


def index_from_pip() -> dict[str, str]:
    """uv does not read pip's configuration: hand over the mirror an office has set there."""
    if os.environ.keys() & {"UV_INDEX_URL", "UV_DEFAULT_INDEX"}:
        return {}
    command = [PYTHON, "-m", "pip", "config", "get"]
    for name in (":env:.index-url", "install.index-url", "global.index-url"):
        found = subprocess.run([*command, name], capture_output=True, text=True)
        if found.returncode == 0 and found.stdout.strip():
            return {"UV_DEFAULT_INDEX": found.stdout.strip()}
    return {}


def install_requirements() -> None:
    """Install every pinned dependency, checked by hash: with uv in seconds, with pip where uv cannot."""
    print("安装依赖 ……", flush=True)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-q", "--require-hashes"]
    wanted = [part for name in REQUIREMENTS for part in ("-r", str(ROOT / name))]
    quick = subprocess.run([*pip, "-r", ROOT / "scripts" / "requirements-uv.txt"])
    if quick.returncode == 0:
        uv = [PYTHON, "-m", "uv", "pip", "install", "-q", "--require-hashes", "--python", PYTHON]
        quick = subprocess.run([*uv, *wanted], env={**os.environ, **index_from_pip()})
    if quick.returncode:
        print("uv 没有成功，改用 pip ……", flush=True)
        subprocess.run([*pip, *wanted], check=True)


def put_checkout_on_path() -> None:
    """Let tools started from any folder, such as `.venv/bin/pytest`, import the checkout."""
    ask = [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
    (Path(packages) / "qinghuan.pth").write_text(f"{ROOT}\n")


def main() -> int:
    """Run the steps that are needed; 1 with a Chinese text when one cannot be done."""
    try:
        require_python()
        create_environment()
        if not STAMP.exists() or STAMP.read_text() != fingerprint():
            install_requirements()
            put_checkout_on_path()
            STAMP.write_text(fingerprint())
        return subprocess.run([PYTHON, ROOT / "scripts" / "assets.py"]).returncode
    except SetupError as error:
        print(error, file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"准备失败：{' '.join(map(str, error.cmd))}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
