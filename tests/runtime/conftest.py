"""One installed and migrated folder, copied for each test that needs a stopped installation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.street import Street, street


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation folder for the tests of one module."""
    return tmp_path_factory.mktemp("installation")


@pytest.fixture(scope="module")
def running(var: Path) -> Iterator[Street]:
    """A street edition that runs during the tests of one module."""
    with street(var) as started:
        yield started
