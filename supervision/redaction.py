"""What must not stand on a public page, whoever wrote it into a text: phone and identity numbers."""

from __future__ import annotations

import re

_LONG_NUMBER = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[\s-]?\d{7,8})(?!\d)")


def masked(text: str) -> str:
    """Identity, mobile and land-line numbers keep their first three and last two digits."""
    return _LONG_NUMBER.sub(lambda found: f"{found[0][:3]}****{found[0][-2:]}", text)
