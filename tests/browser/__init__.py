"""Stories in a real headless Chromium: real sign-in, real clicks, on an office PC and on a phone.

Every step leaves a picture in var/screenshots/<test>/<device>/ for the people who look.
"""

import pytest

# One after the other in one worker: two browsers on two cores only slow each other down.
STORY = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]
