"""All templates of the repository: within the content security policy, within the size, with icons that exist."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
SKIPPED = {".venv", "node_modules", "var", "static", "tests"}
TEMPLATES = sorted(
    path for path in ROOT.glob("**/templates/**/*.html") if not SKIPPED & set(path.relative_to(ROOT).parts[:-1])
)
SPRITE = (ROOT / "static/icons/sprite.svg").read_text(encoding="utf-8")
SYMBOLS = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))
FORBIDDEN = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*="),
    "a style block": re.compile(r"<style\b"),
    "an inline handler": re.compile(r"<[^>]*\son\w+\s*=\s*[\"']", re.IGNORECASE),
    "a javascript: address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "an outside address": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//"),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)"),
    "a script expression of htmx": re.compile(r"\bhx-on|hx-(?:vals|headers)\s*=\s*[\"']js:"),
}
everywhere = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))


def name_of(path):
    parts = path.parts
    return "/".join(parts[parts.index("templates", len(ROOT.parts)) + 1 :])


@everywhere
def test_a_template_keeps_to_the_content_security_policy(path):
    source = path.read_text(encoding="utf-8")
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(source)] == []


@everywhere
def test_a_template_is_short_and_compiles(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 150
    get_template(name_of(path))


@everywhere
def test_a_template_names_only_icons_that_exist(path):
    named = re.findall(r"""\{% icon ["']([\w-]+)["']""", path.read_text(encoding="utf-8"))
    assert set(named) <= SYMBOLS


@everywhere
def test_a_post_form_carries_its_token(path):
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text(encoding="utf-8"), re.DOTALL)
    assert all("csrf_token" in form for form in forms)


def test_the_navigation_names_only_icons_that_exist():
    from units import navigation

    tables = [value for value in vars(navigation).values() if isinstance(value, tuple)]
    named = {entry.icon for table in tables for entry in table if isinstance(entry, navigation.Entry)}
    assert named
    assert named <= SYMBOLS


def test_registered_badges_name_only_icons_that_exist():
    from common.badges import registered

    assert {badge.icon for badges in registered().values() for badge in badges.values()} <= SYMBOLS


def test_the_sprite_has_no_duplicate_and_no_script():
    names = re.findall(r'<symbol id="([\w-]+)"', SPRITE)
    assert len(names) == len(set(names)) >= 60
    assert "<script" not in SPRITE


def test_scripts_of_our_own_need_no_evaluation_and_no_outside_address():
    for path in (ROOT / "static/js").glob("*.js"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|new Function\(|https?://|innerHTML\s*=", source), path.name
