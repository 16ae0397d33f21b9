"""One installation for all tests of the runtime: the first start is the slow one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.street import Street, street


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation that is stopped between the modules."""
    return tmp_path_factory.mktemp("installation")


@pytest.fixture(scope="module")
def running(var: Path) -> Iterator[Street]:
    """A street edition that runs during the tests of one module."""
    with street(var) as started:
        yield started
