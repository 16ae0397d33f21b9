"""Every term has one identifier that exists, and every model has its term."""

from __future__ import annotations

import re
from functools import reduce
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from common.street.places import ROOT

ROWS = re.findall(r"^\| (.+?) \| `([\w.]+)` \| (.+?) \|$", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.M)
OWN_APPS = [app for app in settings.INSTALLED_APPS if "." not in app and (ROOT / app).is_dir()]


def resolve(identifier: str) -> Any:
    """What the identifier names: a model (`app.Model`), else an importable path; attributes may follow."""
    parts = identifier.split(".")
    if parts[1][0].isupper():
        return reduce(getattr, parts[2:], apps.get_model(parts[0], parts[1]))
    for length in range(len(parts), 0, -1):
        try:
            module = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        return reduce(getattr, parts[length:], module)
    raise LookupError(identifier)


@pytest.mark.parametrize("identifier", [row[1] for row in ROWS])
def test_the_identifier_exists(identifier: str) -> None:
    """A renamed thing takes its row along."""
    resolve(identifier)


@pytest.mark.parametrize("column", [0, 1])
def test_no_term_and_no_identifier_stands_twice(column: int) -> None:
    """One row per term."""
    named = [row[column] for row in ROWS]
    assert [name for name in named if named.count(name) > 1] == []


def test_every_model_has_its_row() -> None:
    """What is stored has a word people use."""
    known = {row[1] for row in ROWS}
    models = [model._meta.label for app in OWN_APPS for model in apps.get_app_config(app).get_models()]
    assert [label for label in models if label not in known] == []
