"""一企一档 shows what its sections know: hazards, risk and frequency, records."""

from __future__ import annotations

import re

from tests.hazards.builders import hazard_in
from tests.inspections.planning import certificate, risk_point


def test_the_sections_of_an_enterprise_are_filled(as_, cast):
    hazard_in(cast, "rectifying"), risk_point(cast, "orange"), certificate(cast, days=-1)
    page = as_("officer").get(cast.units["firm"].get_absolute_url()).content.decode()
    words = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))
    assert "共1条，未销号1条" in words
    assert "年检查1次" in words
    assert "在册1件，已过期1件" in words
