"""One installation for all tests of the runtime: the first start is the slow one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.street import Street, street


@pytest.fixture(scope="session")
def var() -> Iterator[Path]:
    """The folder of an installation that is stopped between the modules, within reach of the server's account."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture(scope="module")
def running(var: Path) -> Iterator[Street]:
    """A street edition that runs during the tests of one module."""
    with street(var) as started:
        yield started
