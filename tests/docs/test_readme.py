"""What the README tells a newcomer to type exists."""

from __future__ import annotations

import re

import pytest
from django.core.management import get_commands, load_command_class

from common.street.places import ROOT
from reports.demo.accounts import ACCOUNTS, PASSWORD

READMES = ("README.md", "README.zh-CN.md")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
MADE_LATER = {".venv/", "var/", "var/static", "var/fonts/", "var/notes", "var/postgres", "deploy/.env"}
READS_ENVIRONMENT = (
    *sorted((ROOT / "config" / "settings").glob("*.py")),
    ROOT / "common" / "street" / "places.py",
    ROOT / "common" / "management" / "commands" / "street.py",
    ROOT / "manage.py",
)


def text_of(name: str) -> str:
    """The README as it stands."""
    return (ROOT / name).read_text(encoding="utf-8")


def configuration() -> set[str]:
    """The variables of the configuration table."""
    section = text_of("README.md").partition("## Configuration")[2].partition("\n## ")[0]
    first_cells = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    return {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)}


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_come_first(name: str) -> None:
    """A newcomer reads no further than the first lines."""
    commands = re.findall(r"^    (make \w+)", text_of(name), re.MULTILINE)
    assert commands[:2] == ["make run", "make test"]


@pytest.mark.parametrize("name", READMES)
def test_every_make_target_named_exists(name: str) -> None:
    """And is declared phony, so that a file of the same name cannot hide it."""
    targets = set(re.findall(r"[`\s]make (\w+)[`\s]", text_of(name)))
    phony = set(re.findall(r"\.PHONY: (.*)", MAKEFILE)[0].split())
    assert targets <= phony
    assert all(re.search(rf"^{target}:", MAKEFILE, re.MULTILINE) for target in targets)


def test_the_contract_targets_exist() -> None:
    """Other people's scripts call these."""
    assert {"setup", "run", "test", "lint", "check", "bench", "lock"} <= set(re.findall(r"^(\w+):", MAKEFILE, re.M))


def test_every_command_of_ours_is_described_with_its_options() -> None:
    """Under exactly that name, with every option, and none that does not exist."""
    rows = dict(re.findall(r"^\| `(\w+)(.*?)` \| `\{", text_of("README.md"), re.MULTILINE))
    ours = {name for name, app in get_commands().items() if (ROOT / app).is_dir()} - {"street"}
    assert set(rows) == ours
    for name, described in rows.items():
        parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
        known = {option for action in parser._actions for option in action.option_strings}
        assert set(re.findall(r"--[\w-]+", described)) <= known, name


@pytest.mark.parametrize("name", READMES)
def test_every_management_command_named_exists(name: str) -> None:
    """Also where it stands in an example."""
    named = set(re.findall(r"manage\.py (\w+)", text_of(name)))
    assert named <= set(get_commands())


@pytest.mark.parametrize("name", READMES)
def test_every_file_named_exists(name: str) -> None:
    """Paths in back quotes and links lead somewhere, except what only a running installation has."""
    text = text_of(name)
    quoted = {path for path in re.findall(r"`([\w./-]+/[\w./-]*|[\w-]+\.\w+)`", text) if path[0] != "/"}
    linked = set(re.findall(r"\]\(([^)]+)\)", text))
    assert [path for path in sorted((quoted | linked) - MADE_LATER) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_every_account_named_can_sign_in(name: str) -> None:
    """With the password the README gives."""
    rows = re.findall(r"^\| ((?:`\w+`[、, ]*)+) \| [^|]+ \| [^|]+ \|$", text_of(name), re.MULTILINE)
    named = {account for cell in rows for account in re.findall(r"`([a-z]\w+)`", cell)}
    assert named <= {username for username, *_ in ACCOUNTS}
    assert len(named) == 10
    assert f"`{PASSWORD}`" in text_of(name)


def test_every_variable_described_is_read() -> None:
    """By settings or by the street edition."""
    sources = "".join(path.read_text(encoding="utf-8") for path in READS_ENVIRONMENT)
    assert [name for name in configuration() if f'"{name}"' not in sources] == []


def test_every_variable_read_by_the_settings_is_described() -> None:
    """Whoever runs the system needs to read no code."""
    sources = "".join(path.read_text(encoding="utf-8") for path in READS_ENVIRONMENT)
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', sources))
    assert read
    assert read - configuration() == set()


def test_every_variable_of_the_city_is_read_somewhere() -> None:
    """deploy/env.example names nothing that neither the compose file nor the settings know."""
    compose = text_of("docker-compose.yml")
    named = re.findall(r"^([A-Z_]+)=", text_of("deploy/env.example"), re.MULTILINE)
    assert [name for name in named if f"${{{name}" not in compose] == []


def test_the_gate_runs_the_readme_test_command() -> None:
    """`.ci/run` calls `make check`, and that calls `test`."""
    assert "make check" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^check:.*\btest\b", MAKEFILE, re.MULTILINE)
