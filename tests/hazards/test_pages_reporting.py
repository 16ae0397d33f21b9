"""上报隐患: phone first, nothing typed or photographed is lost, one report however often it is sent."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evidence.models import Attachment
from hazards.models import Hazard
from tests.files import jpeg


def picture(seed=1):
    return SimpleUploadedFile(f"{seed}.jpg", jpeg(seed), content_type="image/jpeg")


def typed(cast, **changes):
    values = {
        "once": str(uuid.uuid4()),
        "unit": cast.units["firm"].name,
        "description": "除尘器未设泄爆口",
        "category": "dust",
        "level": "general",
        "channel": "inspection",
        "found_on": "2026-11-20",
        "save": "report",
        "photos": [picture()],
    }
    return {name: value for name, value in (values | changes).items() if value is not None}


@pytest.fixture(autouse=True)
def _day(time_machine):
    time_machine.move_to("2026-11-22T10:00:00+08:00", tick=False)


def test_a_grid_worker_reports_with_a_photo(as_, cast):
    answer = as_("grid").post("/hazards/new/", typed(cast))
    hazard = Hazard.objects.get()
    assert answer.url == f"/hazards/{hazard.pk}/"
    assert (hazard.state, hazard.channel, hazard.unit) == ("reported", "inspection", cast.units["firm"])
    assert hazard.evidence.get().stage == "before"


def test_an_enterprise_reports_for_itself_whatever_it_sends(as_, cast):
    page = as_("safety").get("/hazards/new/").content.decode()
    assert cast.units["firm"].name in page
    assert 'name="unit"' not in page
    as_("safety").post("/hazards/new/", typed(cast, unit=cast.units["rival_firm"].name))
    hazard = Hazard.objects.get()
    assert (hazard.unit, hazard.channel) == (cast.units["firm"], "self_check")


def test_the_same_form_sent_twice_is_one_report(as_, cast):
    form = typed(cast)
    as_("grid").post("/hazards/new/", form)
    as_("grid").post("/hazards/new/", form | {"photos": [picture(2)]})
    assert Hazard.objects.count() == 1


def test_without_photo_a_reason_is_asked_for_and_the_words_stay(as_, cast):
    answer = as_("grid").post("/hazards/new/", typed(cast, photos=None))
    assert answer.status_code == 422
    assert "照片" in str(answer.context["form"].errors["photos"])
    assert "除尘器未设泄爆口" in answer.content.decode()
    assert not Hazard.objects.exists()


def test_photos_are_kept_when_a_field_is_missing(as_, cast):
    answer = as_("grid").post("/hazards/new/", typed(cast, description=""))
    kept = Attachment.objects.get()
    assert answer.status_code == 422
    assert f'value="{kept.pk}"' in answer.content.decode()
    as_("grid").post("/hazards/new/", typed(cast, photos=None, kept=[kept.pk]))
    assert Hazard.objects.get().evidence.get().attachment == kept


@pytest.mark.parametrize("unit", ["乙街道食品厂", "没有这家企业"])
def test_a_unit_outside_the_village_is_not_found(as_, cast, unit):
    answer = as_("grid").post("/hazards/new/", typed(cast, unit=unit))
    assert answer.status_code == 422
    assert "没有找到" in str(answer.context["form"].errors["unit"])


def test_a_discovery_in_the_future_is_refused_at_its_field(as_, cast):
    answer = as_("grid").post("/hazards/new/", typed(cast, found_on="2026-11-23"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["found_on"] == ["发现日期不能晚于今天。"]


def test_a_major_report_needs_a_ground(as_, cast):
    answer = as_("grid").post("/hazards/new/", typed(cast, level="major"))
    assert "报重大隐患" in str(answer.context["form"].errors["criterion"])


def test_a_draft_keeps_its_photos_and_is_reported_later(as_, cast):
    answer = as_("grid").post("/hazards/new/", typed(cast, save="draft"))
    draft = Hazard.objects.get()
    assert (draft.state, answer.url) == ("draft", f"/hazards/{draft.pk}/draft/")
    kept = draft.evidence.get().attachment
    assert f'value="{kept.pk}"' in as_("grid").get(answer.url).content.decode()
    as_("grid").post(answer.url, typed(cast, photos=None, kept=[kept.pk], description="改过的描述"))
    draft.refresh_from_db()
    assert (draft.state, draft.description) == ("reported", "改过的描述")


def test_a_photo_left_out_of_a_draft_is_gone_from_it(as_, cast):
    as_("grid").post("/hazards/new/", typed(cast, save="draft"))
    draft = Hazard.objects.get()
    as_("grid").post(f"/hazards/{draft.pk}/draft/", typed(cast, photos=None, save="draft"))
    assert not draft.evidence.exists()


@pytest.mark.parametrize("who", ["officer", "safety", "rival_officer"])
def test_a_draft_is_seen_by_its_author_only(as_, cast, who):
    as_("grid").post("/hazards/new/", typed(cast, save="draft"))
    draft = Hazard.objects.get()
    assert as_(who).get(f"/hazards/{draft.pk}/draft/").status_code == 404
    assert as_(who).get(f"/hazards/{draft.pk}/").status_code == 404
    assert as_(who).post(f"/hazards/{draft.pk}/draft/delete/").status_code == 404


def test_the_author_deletes_a_draft(as_, cast):
    as_("grid").post("/hazards/new/", typed(cast, save="draft"))
    assert as_("grid").post(f"/hazards/{Hazard.objects.get().pk}/draft/delete/").status_code == 302
    assert not Hazard.objects.exists()


def test_the_unit_of_a_link_is_filled_in(as_, cast):
    firm = cast.units["firm"]
    assert firm.name in as_("grid").get(f"/hazards/new/?unit={firm.pk}").content.decode()
    assert "乙街道食品厂" not in as_("grid").get(f"/hazards/new/?unit={cast.units['rival_firm'].pk}").content.decode()


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_administrators_report_nothing(as_, cast, who):
    assert as_(who).get("/hazards/new/").status_code == 403
