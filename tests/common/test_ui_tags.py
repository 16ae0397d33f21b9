"""The template vocabulary: icons, badges, countdowns, addresses that keep the filter."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from common import clock
from common.badges import Badge, register_badges


@pytest.fixture
def light():
    register_badges("test_light", {"RED": Badge("停", "red", "stop")})


def render(source, **context):
    return Template(source).render(Context(context))


def test_a_badge_has_icon_word_and_tone(light):
    html = render('{% badge "test_light" state %}', state="RED")
    assert 'class="mark mark-red"' in html
    assert "#stop" in html
    assert "停" in html


def test_an_unknown_value_shows_itself_escaped(light):
    assert "&lt;b&gt;" in render('{% badge "test_light" state %}', state="<b>")


def test_no_value_is_a_dash_and_the_label_alone_can_be_had(light):
    assert render('{% badge "test_light" none %}', none=None) == "—"
    assert render('{% badge_label "test_light" "RED" %}') == "停"


def test_a_tone_without_a_style_is_refused():
    with pytest.raises(ValueError, match="pink"):
        register_badges("test_light", {"PINK": Badge("粉", "pink")})


def test_an_icon_is_decoration_unless_it_is_named():
    assert 'aria-hidden="true"' in render('{% icon "bell" %}')
    assert 'role="img" aria-label="消息"' in render('{% icon "bell" "消息" %}')


def test_a_countdown_carries_its_deadline():
    due = datetime(2026, 11, 25, 18, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    with clock.at(datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))):
        html = render("{% countdown due %}", due=due)
    assert "剩3天" in html
    assert "2026年11月25日 18:00" in html
    assert render("{% countdown due %}", due=None) == "—"


@pytest.mark.parametrize(
    ("tag", "query"),
    [
        ("{% query_set page=3 %}", "?level=A&level=B&q=%E6%A0%BC&page=3"),
        ("{% query_set level=None %}", "?q=%E6%A0%BC"),
        ('{% query_set q="x" %}', "?level=A&level=B&q=x"),
    ],
)
def test_a_link_keeps_the_whole_filter(tag, query):
    request = RequestFactory().get("/x", {"level": ["A", "B"], "q": "格", "empty": "", "page": "2"})
    assert render("{% autoescape off %}" + tag + "{% endautoescape %}", request=request) == query
