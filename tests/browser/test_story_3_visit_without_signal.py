"""Story 3: two inspectors at a factory without signal; what they found arrives whole, once, and becomes papers."""

from __future__ import annotations

from datetime import date

from hazards.models import Hazard
from inspections.models import EnforcementCertificate, Inspection
from tests.browser import STORY
from tests.browser.acts import visits as act
from tests.browser.given import FIRM
from units.models import OfficeProfile

pytestmark = STORY
WORDS = "打粉车间配电箱门缺失，线路裸露。"


def certify(street, *names):
    """Both hold a 执法证, and the street holds delegated power."""
    OfficeProfile.objects.update(has_penalty_power=True)
    for name in names:
        user = street.people[name]
        EnforcementCertificate.objects.create(
            user=user,
            unit=user.hat.unit,
            number=f"YN-{name}",
            valid_from=date(2024, 1, 1),
            valid_until=date(2028, 1, 1),
        )


def test_a_visit_done_without_signal_arrives_once_and_ends_in_papers(people, street, photo):
    certify(street, "yingji", "yingji2")
    inspector = people.signed_in("yingji")
    act.opens_the_app(inspector)
    act.loses_the_signal(inspector)
    act.begins(inspector, FIRM, street.people["yingji2"].name)
    act.answers_all(inspector, bad=14, words=WORDS, photo=photo(3), due="2026-03-20")
    act.signs(inspector, "沈安（演示）")
    act.concludes(inspector)
    assert not Inspection.objects.exists()
    act.gets_the_signal_back(inspector)
    visit = Inspection.objects.get()
    assert (visit.state, visit.bad_count, visit.signatures.count()) == ("done", 1, 3)
    assert Hazard.objects.filter(description__startswith=WORDS).count() == 1
    _papers(inspector, visit)


def _papers(inspector, visit):
    """Record, then order, on the spot."""
    inspector.open(visit.get_absolute_url())
    inspector.look("visit")
    inspector.press("制作现场检查记录")
    inspector.follow("出具", within="main .action-list")
    inspector.press("出具", within="main form")
    text = inspector.prints("出示 PDF")
    assert "应急检记〔2026〕1号" in text.replace(" ", "")
    inspector.look("paper")
