"""Make sure of what the tests need beside Python: Chromium, a Chinese font, poppler, Redis.

Installs with apt where we are root on Debian or its kin; anywhere else names what is missing and fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common.street.redis import find_redis


def has_chinese_font() -> bool:
    """Whether fontconfig knows any font with Chinese characters."""
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout)


def has_command(*names: str) -> Callable[[], bool]:
    """A check that one of `names` is on PATH."""
    return lambda: any(shutil.which(name) for name in names)


# Debian package → how to see that it is not needed.
NEEDED: dict[str, Callable[[], bool]] = {
    "chromium": has_command("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "fonts-noto-cjk": has_chinese_font,
    "fontconfig": has_command("fc-list"),
    "poppler-utils": has_command("pdftotext"),
    "redis-server": lambda: find_redis() is not None,
}


def missing() -> list[str]:
    """The packages whose check fails."""
    return [package for package, is_present in NEEDED.items() if not is_present()]


def install(packages: list[str]) -> None:
    """Install with apt, without what is merely recommended and without starting anything."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=True)


def main() -> int:
    """Install what is missing; 1 when that cannot be done."""
    packages = missing()
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"安装测试所需的系统软件包：{' '.join(packages)}", flush=True)
        try:
            install(packages)
        except subprocess.CalledProcessError as error:
            print(f"安装没有成功：{' '.join(error.cmd)}", file=sys.stderr)
        packages = missing()
    if packages:
        print(f"测试还缺少这些系统软件包，请先安装：{' '.join(packages)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
