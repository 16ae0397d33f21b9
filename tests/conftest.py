"""Fixtures every room uses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from evidence.models import Attachment
from tests.cast import Cast, build_cast
from tests.files import jpeg


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast (see tests/cast.py)."""
    return build_cast()


@pytest.fixture
def as_(client: Client, cast: Cast) -> Callable[[str], Client]:
    """`as_("officer")` is a browser signed in as that person."""

    def sign_in(name: str) -> Client:
        browser = Client()
        browser.force_login(cast.people[name], backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return sign_in


@pytest.fixture
def photo(cast: Cast) -> Callable[[str], Attachment]:
    """`photo("safety")` is a distinct photo uploaded by that person."""
    count = iter(range(1, 10_000))

    def take(name: str) -> Attachment:
        from django.core.files.uploadedfile import SimpleUploadedFile

        from evidence.transitions import store

        number = next(count)
        return store(SimpleUploadedFile(f"p{number}.jpg", jpeg(number)), by=cast.people[name])

    return take
