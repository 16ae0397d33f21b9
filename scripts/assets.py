"""Fetch the front-end files named below from npm and lay them under static/vendor/, without a build step.

The lock file names no registry; Node.js comes from PATH, or else from a wheel in a throw-away environment, so that
Python stays the only prerequisite. Does nothing when the lock file and this script have not changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "static" / "vendor"
STAMP = VENDOR / ".stamp"
INPUTS = ("package.json", "package-lock.json", "scripts/requirements-node.txt", "scripts/assets.py")
OLDEST_NODE = 18

# package path → name under static/vendor/. Templates use the right-hand names; versions live in package.json.
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler/tabler.min.js",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "@alpinejs/csp/dist/cdn.min.js": "alpine/alpine-csp.min.js",
    "echarts/dist/echarts.min.js": "echarts/echarts.min.js",
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/dist/images": "leaflet/images",
    "signature_pad/dist/signature_pad.umd.min.js": "signature_pad/signature_pad.umd.min.js",
    "qr/decode.js": "qr/decode.js",
    "qr/index.js": "qr/index.js",
    "dexie/dist/dexie.min.js": "dexie/dexie.min.js",
    "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf": "fonts/NotoSerifSC-Regular.ttf",
    "@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf": "fonts/NotoSerifSC-Bold.ttf",
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": "fonts/NotoSansSC-Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "fonts/NotoSansSC-Bold.ttf",
}

# A manifest storage follows these comments to files we do not serve, and then refuses to collect anything.
SOURCE_MAP = re.compile(rb"\s*(?://[#@]\s*sourceMappingURL=\S*|/\*[#@]\s*sourceMappingURL=[^*]*\*/)")


def fingerprint() -> str:
    """What static/vendor/ was or would be made from."""
    digest = hashlib.sha256()
    for name in INPUTS:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether static/vendor/ holds every file, made from today's inputs."""
    present = all((VENDOR / name).exists() for name in FILES.values())
    return present and STAMP.exists() and STAMP.read_text() == fingerprint()


def node_environment(scratch: Path) -> dict[str, str]:
    """An environment whose PATH has a recent enough node and npm; installs the wheel into `scratch` when needed."""
    if _has_recent_node():
        return dict(os.environ)
    print("本机没有 Node.js 18 以上版本，临时下载一份……", flush=True)
    venv.create(scratch / "node", with_pip=True)
    binaries = scratch / "node" / "bin"
    requirements = ROOT / "scripts" / "requirements-node.txt"
    subprocess.run([binaries / "pip", "install", "-q", "--require-hashes", "-r", requirements], check=True)
    return {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"}


def _has_recent_node() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", version)
    return bool(found) and int(found[1]) >= OLDEST_NODE


def install_packages(scratch: Path) -> Path:
    """Install exactly what the lock file says into `scratch`; returns its node_modules."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, scratch)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    environment = {**node_environment(scratch), "NPM_CONFIG_UPDATE_NOTIFIER": "false"}
    subprocess.run(command, cwd=scratch, env=environment, check=True)
    return scratch / "node_modules"


def copy_files(modules: Path, target: Path) -> None:
    """Copy every named file, without its source-map comment."""
    for source, name in FILES.items():
        origin, copy = modules / source, target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if origin.is_dir():
            shutil.copytree(origin, copy)
        elif copy.suffix in (".js", ".css"):
            copy.write_bytes(SOURCE_MAP.sub(b"", origin.read_bytes()))
        else:
            shutil.copyfile(origin, copy)


def write_licences(modules: Path, target: Path) -> None:
    """Gather name, version and licence text of every installed package, bundled ones included."""
    parts = []
    for manifest in sorted([*modules.glob("*/package.json"), *modules.glob("@*/*/package.json")]):
        package = json.loads(manifest.read_text(encoding="utf-8"))
        texts = [path.read_text(encoding="utf-8").strip() for path in sorted(manifest.parent.glob("LICEN[CS]E*"))]
        heading = f"{package['name']} {package['version']} — {package.get('license', 'see text')}"
        parts.append("\n\n".join([heading, *texts]))
    (target / "LICENSES.txt").write_text(("\n\n" + "=" * 78 + "\n\n").join(parts) + "\n", encoding="utf-8")


def main() -> int:
    """Bring static/vendor/ up to date; the old folder stays in place until the new one is complete."""
    if is_current():
        return 0
    print("下载前端文件和字体 ……", flush=True)
    with tempfile.TemporaryDirectory(prefix="qh-assets-") as folder:
        scratch = Path(folder)
        modules = install_packages(scratch)
        fresh = scratch / "vendor"
        copy_files(modules, fresh)
        write_licences(modules, fresh)
        (fresh / STAMP.name).write_text(fingerprint())
        shutil.rmtree(VENDOR, ignore_errors=True)
        shutil.copytree(fresh, VENDOR)
    return 0


if __name__ == "__main__":
    sys.exit(main())
