"""The pages of duties: lists, cards, proof, entering, posts, rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common.workbench import groups
from tasks.models import Duty, DutyRecord, DutyStanding
from tests.cast import Cast
from tests.files import jpeg
from tests.tasks.given import Book, book, count, duty, in_august, post, standing
from units.models import PolicyProposal

__all__ = ["book", "in_august"]
pytestmark = pytest.mark.usefixtures("in_august")
As = Callable[[str], Client]
ENTRY = {
    "kind": "visit", "unit": "甲街道安委办", "on": "2026-08-03", "title": "带队检查食品厂", "text": "查有限空间",
    "place": "甲街道食品厂",
}  # fmt: skip


def test_the_list_counts_how_everybody_stands_and_each_count_opens_its_list(as_: As, cast: Cast, book: Book) -> None:
    Duty.objects.all().delete()
    duty(audience=["village", "department"])
    book.write(cast.units["village"].pk, date(2026, 7, 3), date(2026, 8, 3), date(2026, 8, 4))
    count(cast)
    page = as_("officer").get("/duties/")
    figures = {figure.label: figure for figure in page.context["ledger"].figures}
    assert {label: figure.value for label, figure in figures.items() if figure.value} == {"已完成": 1, "预计不足": 1}
    listed = as_("officer").get(f"/duties/{figures['预计不足'].url}").context["ledger"].rows
    assert [row.name for row in listed] == ["甲街道应急管理综合服务中心"]


def test_the_export_says_in_chinese_who_is_short(as_: As, cast: Cast, book: Book) -> None:
    Duty.objects.all().delete()
    duty()
    count(cast)
    text = b"".join(as_("officer").get("/duties/?export=csv").streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("甲村,测试事项,2026年第3季度,0/3,预计不足")


@pytest.mark.parametrize("rows", [10, 1000])
def test_the_list_costs_the_same_at_ten_and_a_thousand(as_: As, cast: Cast, book: Book, rows: int) -> None:
    made = duty()
    count(cast)
    model = standing("test")
    fields = {
        f.attname: getattr(model, f.attname)
        for f in DutyStanding._meta.concrete_fields
        if f.name not in ("id", "subject")
    }
    DutyStanding.objects.bulk_create(DutyStanding(**fields, subject=f"x{n}") for n in range(rows))
    browser = as_("officer")
    browser.get(f"/duties/?code={made.code}")
    cache.clear()
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(f"/duties/?code={made.code}").status_code == 200
    assert len(caught) <= 20


def test_a_leaders_page_shows_quota_count_and_why_it_will_not_do(as_: As, cast: Cast) -> None:
    post(cast)
    count(cast)
    text = as_("leader").get(f"/duties/people/{cast.people['leader'].pk}/").content.decode()
    assert "每年不少于12次" in text
    assert "照此进度到2026年12月31日预计0次，还差12次" in text


def test_the_proof_opens_every_record(as_: As, cast: Cast) -> None:
    post(cast)
    as_("officer").post("/duties/records/new/", ENTRY | {"people": [cast.people["leader"].pk]})
    record = DutyRecord.objects.get()
    text = as_("leader").get(standing("visits-office").get_absolute_url()).content.decode()
    assert f'href="/duties/records/{record.pk}/"' in text


def test_an_entry_takes_files_and_shows_them_to_whoever_sees_the_record(as_: As, cast: Cast) -> None:
    file = SimpleUploadedFile("签到.jpg", jpeg(1))
    answer = as_("officer").post(
        "/duties/records/new/", ENTRY | {"people": [cast.people["leader"].pk], "photos": [file]}, follow=True
    )
    assert "签到.jpg" in answer.content.decode()
    attachment = DutyRecord.objects.get().attachments.get()
    assert as_("leader").get(attachment.url).status_code == 200
    assert as_("rival_officer").get(attachment.url).status_code == 404


def test_a_refused_entry_keeps_what_was_typed(as_: As, cast: Cast) -> None:
    answer = as_("officer").post("/duties/records/new/", ENTRY)
    assert answer.status_code == 422
    assert "请选择参加检查的领导" in answer.content.decode()
    assert 'value="带队检查食品厂"' in answer.content.decode()


def test_an_enterprise_enters_for_itself_without_naming_itself(as_: As, cast: Cast) -> None:
    form = as_("safety").get("/duties/records/new/").content.decode()
    assert 'type="hidden" name="unit"' in form
    typed = {"kind": "drill", "unit": "甲街道食品厂", "on": "2026-08-03", "title": "疏散演练", "text": "全员参加"}
    assert as_("safety").post("/duties/records/new/", typed).status_code == 302
    assert standing("drill", unit=cast.units["firm"]).done == 1


def test_leaders_without_a_post_are_named_until_they_have_one(as_: As, cast: Cast) -> None:
    assert "测试leader" in as_("officer").get("/duties/").content.decode()
    typed = {"person": cast.people["leader"].pk, "post": "office_head", "starts_on": "2026-01-01"}
    assert as_("officer").post("/duties/posts/", typed).status_code == 302
    assert "尚未设定履职岗位" not in as_("officer").get("/duties/").content.decode()


def test_a_rule_is_proposed_from_what_holds_now_with_all_its_choices(as_: As, cast: Cast) -> None:
    held = Duty.objects.get(code="key-supervision")
    form = as_("officer").get(f"/system/policies/new/duty/?edition={held.pk}").context["form"]
    assert (form["audience"].value(), form["times"].value()) == (["village", "department"], 3)
    typed: dict[str, Any] = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)
    }
    typed |= {"times": "4", "effective_from": "2026-09-01", "reason": "加密督导"}
    assert as_("officer").post("/system/policies/new/duty/", typed).status_code == 302
    assert PolicyProposal.objects.get().payload["audience"] == ["village", "department"]
    assert "加密督导" in as_("head").get("/duties/rules/").content.decode()


def test_the_workbench_says_what_one_is_behind_with(as_: As, cast: Cast) -> None:
    post(cast)
    count(cast)
    titles = {group.key: [row.title for row in group.rows] for group in groups(cast.fresh("leader"))}
    assert "办事处主要负责人和班子成员深入一线和企业检查" in titles["duties-own"]


def test_an_enterprises_page_shows_its_duties(as_: As, cast: Cast) -> None:
    count(cast)
    text = as_("officer").get(f"/enterprises/{cast.units['firm'].pk}/").content.decode()
    assert "主要负责人带队检查" in text
