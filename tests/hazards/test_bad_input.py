"""What a hostile or careless browser sends to pages: an answer in Chinese, never a defect."""

from __future__ import annotations

import pytest
from django.urls import reverse

from common.models import BackgroundWork
from tests.hazards.ledgers import ledger, row
from units import policies
from units.models import PolicyProposal, SavedView

HUGE = "9" * 20


@pytest.mark.parametrize("chosen", ["²", HUGE, "9" * 5000, "-1", "x"])
def test_a_chosen_criterion_that_is_no_id_is_none(as_, cast, chosen):
    assert as_("officer").get(reverse("criteria-suggest"), {"criterion": chosen}).status_code == 200


def test_ticked_rows_with_an_impossible_id_are_refused(as_, cast):
    answer = as_("officer").post(reverse("hazard-bulk", args=["urge"]), {"ids": [HUGE]}, follow=True)
    assert "重新勾选" in answer.content.decode()


def test_copies_with_an_impossible_id_are_refused_at_their_field(as_, cast):
    answer = as_("officer").post(reverse("letter-new"), {"copies": [HUGE], "title": "提示"})
    assert answer.status_code == 422
    assert "copies" in answer.context["form"].errors


@pytest.mark.parametrize("route", ["unit-options", "search"])
def test_a_null_character_is_no_letter_of_a_search(as_, cast, route):
    assert as_("officer").get(reverse(route), {"q": "甲\x00"}).status_code == 200


@pytest.mark.parametrize("following", ["nonsense", "//evil.example/", "https://evil.example/", "0:0", ""])
def test_type_size_leads_home_unless_the_way_back_is_a_path_of_this_site(client, db, following):
    assert client.post(reverse("large-type"), {"next": following}).url == "/"


def test_a_null_character_in_a_reason_is_left_out(as_, cast):
    day = {"date": "2027-01-02", "is_workday": "1", "note": "调休", "reason": "国务院\x00通知"}
    as_("officer").post(reverse("policy-propose", args=[policies.CALENDAR_DAY]), day)
    assert PolicyProposal.objects.get().reason == "国务院通知"


def test_a_filter_too_long_to_keep_is_refused_in_words(as_, cast):
    view = {"page": "/hazards/", "name": "长", "query": f"q={'隐' * 500}"}
    answer = as_("officer").post(reverse("saved-view-save"), view, follow=True)
    assert (answer.status_code, SavedView.objects.count()) == (200, 0)


def test_a_sheet_that_cannot_exist_leaves_the_upload_as_it_was(as_, cast):
    officer = as_("officer")
    officer.post(reverse("import-start"), {"file": ledger(row())})
    work = BackgroundWork.objects.get()
    for name in ("没有这张表", "a\x00"):
        assert officer.post(reverse("import-sheet", args=[work.pk]), {"sheet": name}).status_code == 302
    assert officer.get(reverse("import-preview", args=[work.pk])).status_code == 200
