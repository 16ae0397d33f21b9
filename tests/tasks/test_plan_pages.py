"""The pages and the API of the plan import."""

from __future__ import annotations

from datetime import date

import pytest

from common import clock
from tasks.models import Plan, PlanDraft, UnitWording
from tests.tasks.drafts import PLAN, text_file

pytestmark = pytest.mark.django_db
START = "/tasks/plans/import/"


@pytest.fixture(autouse=True)
def _january(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(clock.midnight(date(2027, 1, 10))):
        yield


@pytest.fixture
def office(as_):
    return as_("officer")


def pasted(browser, text=PLAN):
    response = browser.post(START, {"text": text})
    assert response.status_code == 302, response.content.decode()
    return PlanDraft.objects.latest("pk")


def page(browser, draft, *rest):
    return browser.get(f"{draft.get_absolute_url()}{''.join(rest)}").content.decode()


def settled(browser, draft):
    """The names page sent as it stands, the misspelt unit chosen by the suggestion."""
    form = browser.get(f"{draft.get_absolute_url()}names/").context["form"]
    return browser.post(f"{draft.get_absolute_url()}names/", {name: form[name].value() for name in form.fields})


def test_an_uploaded_file_leads_to_its_review(office):
    response = office.post(START, {"file": text_file()})
    assert response.status_code == 302
    assert "签订责任书" in office.get(response.url).content.decode()


def test_nothing_sent_is_refused_and_nothing_kept(office):
    response = office.post(START, {"text": "  "})
    assert response.status_code == 422
    assert not PlanDraft.objects.exists()


def test_every_value_is_linked_to_its_mark(office):
    text = page(office, pasted(office))
    row = PlanDraft.objects.get().rows.get(no="3")
    assert f'href="#m{row.pk}-due-0"' in text
    assert f'id="m{row.pk}-due-0"' in text


def test_what_is_doubtful_is_marked_with_its_reason(office):
    assert "原文没有写年份，按上下文推定" in page(office, pasted(office))


def test_text_of_the_document_is_never_markup(office):
    text = page(office, pasted(office, PLAN.replace("抓好落实", "<script>alert(1)</script>")))
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_a_day_that_is_none_comes_back_with_what_was_typed(office):
    row = pasted(office).rows.get(no="1")
    response = office.post(f"{START}rows/{row.pk}/", {"title": row.title, "due": "六月底", "version": 0})
    assert response.status_code == 422
    assert "“六月底”不是日期" in response.content.decode()
    assert ">六月底" in response.content.decode().replace("\n", "")


def test_two_people_correcting_at_once_lose_nothing(office, as_):
    row = pasted(office).rows.get(no="1")
    first = {"title": "甲", "version": 0}
    assert office.post(f"{START}rows/{row.pk}/", first).status_code == 302
    assert as_("head").post(f"{START}rows/{row.pk}/", {"title": "乙", "version": 0}).status_code == 409
    row.refresh_from_db()
    assert row.title == "甲"


def test_suggestions_are_saved_as_they_stand_and_confirm_the_plan(office, cast):
    draft = pasted(office)
    settled(office, draft)
    kept = {each.wording: (each.meaning, each.unit_id) for each in UnitWording.objects.all()}
    assert kept["应急管理综合服务中新"] == ("unit", cast.units["department"].pk)
    assert kept["各村、社区"] == ("villages", None)
    response = office.post(f"{draft.get_absolute_url()}confirm/", {"give": "1"})
    assert response.url == Plan.objects.get().get_absolute_url()


def test_the_same_plan_again_is_pointed_out(office):
    draft = pasted(office)
    assert "已经导入过" not in page(office, draft)
    assert "已经导入过" in page(office, pasted(office))


def test_a_confirmed_draft_leads_to_its_plan(office):
    draft = pasted(office)
    settled(office, draft)
    office.post(f"{draft.get_absolute_url()}confirm/")
    assert office.get(draft.get_absolute_url()).url == Plan.objects.get().get_absolute_url()


def test_the_review_costs_the_same_for_three_and_three_hundred_tasks(office, django_assert_max_num_queries):
    many = PLAN.replace(
        "二、工作要求",
        "\n".join(f"{n}.检查第{n}处。（责任单位：各村、社区）" for n in range(4, 304)) + "\n二、工作要求",
    )
    draft = pasted(office, many)
    assert draft.rows.count() == 303
    with django_assert_max_num_queries(25):
        page(office, draft)


def test_a_plan_goes_through_the_api_alone(office, cast):
    draft = office.post("/api/v1/plan-drafts/", {"text": PLAN}, content_type="application/json").json()
    address = f"/api/v1/plan-drafts/{draft['id']}/actions/"
    wordings = [
        {"wording": "各村、社区", "meaning": "villages"},
        {"wording": "负有安全监管职责的部门", "meaning": "supervisors"},
    ]
    wordings.append({"wording": "应急管理综合服务中新", "meaning": "unit", "unit": cast.units["department"].pk})
    assert office.post(f"{address}confirm/", {}, content_type="application/json").status_code == 422
    office.post(f"{address}remember/", {"wordings": wordings}, content_type="application/json")
    row = {"row": draft["rows"][2]["id"], "is_left_out": True}
    assert office.post(f"{address}correct/", row, content_type="application/json").status_code == 200
    plan = office.post(f"{address}confirm/", {}, content_type="application/json").json()
    assert Plan.objects.get(pk=plan["id"]).tasks.count() == 2
