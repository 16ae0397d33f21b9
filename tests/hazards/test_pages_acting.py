"""Every action through the browser: forms, refusals at their field, second clicks, stale pages."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evidence.models import Attachment
from hazards import transitions
from hazards.forms import FORMS
from hazards.models import Hazard
from hazards.transitions.rules import RULES
from tests.files import jpeg
from tests.hazards.builders import hazard_in


def url(hazard, action):
    return f"/hazards/{hazard.pk}/actions/{action}/"


def picture(seed=1):
    return SimpleUploadedFile(f"{seed}.jpg", jpeg(seed), content_type="image/jpeg")


def test_every_rule_names_a_form_that_exists():
    assert {rule.form for rule in RULES.values() if not rule.system} <= set(FORMS)


def test_the_office_confirms_a_report(as_, cast):
    hazard = hazard_in(cast, "reported")
    page = as_("officer").get(url(hazard, "confirm"))
    assert "一般24小时" in page.content.decode()
    answer = as_("officer").post(
        url(hazard, "confirm"), {"version": hazard.version, "level": "general", "responsible_person": "李四"}
    )
    assert answer.status_code == 302
    assert answer.url == f"/hazards/{hazard.pk}/"
    assert Hazard.objects.get(pk=hazard.pk).state == "rectifying"


@pytest.mark.parametrize(
    ("who", "status"),
    [("safety", 403), ("leader", 403), ("rival_officer", 404), ("rival_safety", 404), ("auditor", 404)],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_those_without_the_right_are_refused(as_, cast, who, status, method):
    hazard = hazard_in(cast, "reported")
    answer = getattr(as_(who), method)(url(hazard, "confirm"), {"level": "general", "responsible_person": "李四"})
    assert answer.status_code == status
    assert Hazard.objects.get(pk=hazard.pk).state == "reported"


def test_an_action_nobody_presses_does_not_exist(as_, cast):
    assert as_("officer").get(url(hazard_in(cast, "reported"), "no_such_action")).status_code == 404


def test_a_wrong_state_says_what_the_state_is(as_, cast):
    answer = as_("officer").get(url(hazard_in(cast, "closed"), "confirm"))
    assert answer.status_code == 409
    assert "已销号" in answer.content.decode()


def test_a_major_hazard_without_ground_is_refused_at_its_field(as_, cast):
    hazard = hazard_in(cast, "reported", level_reason="")
    typed = {"version": hazard.version, "level": "major", "responsible_person": "赵六", "suggestion": "停用三号线"}
    answer = as_("officer").post(url(hazard, "confirm"), typed)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert "须选择判定依据" in form.errors["criterion"][0]
    assert "赵六" in answer.content.decode()
    assert "停用三号线" in answer.content.decode()


def test_an_uploaded_photo_survives_a_refused_form(as_, cast):
    hazard = hazard_in(cast, "rectifying")
    page = as_("safety").post(
        url(hazard, "submit_rectification"),
        {"version": hazard.version, "measures": "", "spent": "1", "photos": [picture()]},
    )
    assert page.status_code == 422
    kept = Attachment.objects.get(uploaded_by=cast.safety)
    assert f'name="kept" value="{kept.pk}"' in page.content.decode()
    again = as_("safety").post(
        url(hazard, "submit_rectification"),
        {"version": hazard.version, "measures": "已更换", "spent": "1", "kept": [kept.pk]},
    )
    assert again.status_code == 302
    assert hazard.evidence.filter(stage="after", attachment=kept).exists()


def test_a_photo_of_somebody_else_cannot_be_smuggled_in(as_, cast, photo):
    hazard, foreign = hazard_in(cast, "rectifying"), photo("rival_safety")
    answer = as_("safety").post(
        url(hazard, "submit_rectification"),
        {"version": hazard.version, "measures": "已改", "spent": "0", "kept": [foreign.pk]},
    )
    assert answer.status_code == 422
    assert not hazard.evidence.exists()


def test_a_fake_picture_is_refused_by_name_and_the_words_stay(as_, cast):
    hazard = hazard_in(cast, "rectifying")
    fake = SimpleUploadedFile("伪装.jpg", b"MZ not a picture", content_type="image/jpeg")
    answer = as_("safety").post(
        url(hazard, "submit_rectification"),
        {"version": hazard.version, "measures": "已换泄爆片", "spent": "1", "photos": [fake]},
    )
    assert answer.status_code == 422
    assert "伪装.jpg" in str(answer.context["form"].errors["photos"])
    assert "已换泄爆片" in answer.content.decode()


def test_a_stale_page_names_who_acted_and_keeps_what_was_typed(as_, cast):
    hazard = hazard_in(cast, "rectifying")
    seen = hazard.version
    transitions.perform("report_progress", hazard.pk, cast.principal, text="先报一次")
    answer = as_("safety").post(url(hazard, "report_progress"), {"version": seen, "text": "我写的进展"})
    assert answer.status_code == 409
    assert "测试principal" in answer.content.decode()
    assert "我写的进展" in answer.content.decode()
    assert f'name="version" value="{seen + 1}"' in answer.content.decode()


def test_ones_own_second_click_is_no_error(as_, cast):
    hazard = hazard_in(cast, "rectifying")
    typed = {"version": hazard.version, "text": "已完成一半"}
    assert as_("safety").post(url(hazard, "report_progress"), typed).status_code == 302
    assert as_("safety").post(url(hazard, "report_progress"), typed).status_code == 302
    assert hazard.events.count() == 1


def test_the_second_to_confirm_is_told_who_was_first(as_, cast):
    hazard = hazard_in(cast, "reported")
    typed = {"version": hazard.version, "level": "general", "responsible_person": "李四"}
    as_("officer").post(url(hazard, "confirm"), typed)
    answer = as_("head").post(url(hazard, "confirm"), typed)
    assert answer.status_code == 409
    assert "测试officer" in answer.content.decode()
    assert "返回查看最新情况" in answer.content.decode()


def test_only_people_who_may_review_are_offered_as_second_reviewer(as_, cast):
    page = as_("department").get(url(hazard_in(cast, "submitted", "major"), "pass_review"))
    offered = {person.username for person in page.context["form"].fields["second_reviewer"].queryset}
    assert offered == {"officer", "head", "second"}


def test_searching_a_criterion_without_javascript_judges_nothing(as_, cast):
    hazard = hazard_in(cast, "reported")
    typed = {"search": "criterion", "criterion_q": "泄爆", "level": "major", "responsible_person": ""}
    answer = as_("officer").post(url(hazard, "confirm"), typed)
    assert answer.status_code == 200
    assert "field-error" not in answer.content.decode()


def test_htmx_gets_the_form_alone_and_is_sent_on(as_, cast):
    hazard, browser = hazard_in(cast, "rectifying"), as_("safety")
    assert "<html" not in browser.get(url(hazard, "report_progress"), headers={"HX-Request": "true"}).content.decode()
    answer = browser.post(
        url(hazard, "report_progress"), {"version": hazard.version, "text": "已完成"}, headers={"HX-Request": "true"}
    )
    assert answer["HX-Redirect"] == f"/hazards/{hazard.pk}/"


class Inputs(HTMLParser):
    """The ids of inputs that need a label of their own, and what the labels are for."""

    def __init__(self):
        super().__init__()
        self.fors, self.ids, self.depth = set(), [], 0

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "label":
            self.fors.add(named.get("for"))
            self.depth += 1
        plain = named.get("type") not in ("hidden", "submit", "checkbox", "radio")
        if tag in ("input", "select", "textarea") and plain and not self.depth and "aria-label" not in named:
            self.ids.append(named.get("id"))

    def handle_endtag(self, tag):
        self.depth -= tag == "label"


@pytest.mark.parametrize(
    ("who", "state", "level", "action"),
    [
        ("officer", "reported", "general", "confirm"),
        ("safety", "planning", "major", "file_plan"),
        ("safety", "rectifying", "general", "submit_rectification"),
        ("department", "submitted", "major", "pass_review"),
    ],
)
def test_every_input_of_a_form_has_a_label(as_, cast, who, state, level, action):
    inputs = Inputs()
    inputs.feed(as_(who).get(url(hazard_in(cast, state, level), action)).content.decode())
    assert [one for one in inputs.ids if one not in inputs.fors] == []
