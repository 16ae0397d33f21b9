"""What the README tells a newcomer to type exists."""

from __future__ import annotations

import re

import pytest
from django.core.management import get_commands

from common.street.places import ROOT

READMES = ("README.md", "README.zh-CN.md")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def text_of(name: str) -> str:
    """The README as it stands."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_come_first(name: str) -> None:
    """A newcomer reads no further than the first lines."""
    commands = re.findall(r"^    (make \w+)", text_of(name), re.MULTILINE)
    assert commands[:2] == ["make run", "make test"]


@pytest.mark.parametrize("name", READMES)
def test_every_make_target_named_exists(name: str) -> None:
    """And is declared phony, so that a file of the same name cannot hide it."""
    targets = set(re.findall(r"make (\w+)", text_of(name))) - {"sure"}
    phony = set(re.findall(r"\.PHONY: (.*)", MAKEFILE)[0].split())
    assert targets <= phony
    assert all(re.search(rf"^{target}:", MAKEFILE, re.MULTILINE) for target in targets)


def test_the_contract_targets_exist() -> None:
    """Other people's scripts call these."""
    assert {"setup", "run", "test", "lint", "check", "bench", "lock"} <= set(re.findall(r"^(\w+):", MAKEFILE, re.M))


@pytest.mark.parametrize("name", READMES)
def test_every_management_command_named_exists(name: str) -> None:
    """Under exactly that name."""
    named = set(re.findall(r"manage\.py (\w+)", text_of(name)))
    assert named <= set(get_commands())


@pytest.mark.parametrize("name", READMES)
def test_every_file_named_exists(name: str) -> None:
    """Paths in back quotes lead somewhere, except what only a running installation has."""
    paths = {path for path in re.findall(r"`([\w./-]+/[\w./-]*|[\w-]+\.\w+)`", text_of(name)) if path[0] != "/"}
    made_later = {".venv/", "var/"}
    assert [path for path in sorted(paths - made_later) if not (ROOT / path).exists()] == []


def test_the_gate_runs_the_readme_test_command() -> None:
    """`.ci/run` calls `make check`, and that calls `test`."""
    assert "make check" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^check:.*\btest\b", MAKEFILE, re.MULTILINE)
