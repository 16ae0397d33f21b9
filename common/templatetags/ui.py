"""The template vocabulary of every page (a builtin: no {% load %} needed). One tag per kind of thing shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, HiddenInput, Select, Widget
from django.forms.widgets import ChoiceWidget
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import wording
from common.badges import Badge, badge_html, badge_of, icon_html, register_badges
from common.wording import DASH

__all__ = ["Badge", "badge", "countdown", "icon", "register", "register_badges"]

register = template.Library()

register.filter("dash", wording.dash)
register.filter("percent", wording.percent)
register.filter("cn_date", wording.cn_date)
register.filter("cn_datetime", wording.cn_datetime)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A symbol of the sprite; give `label` only when no text beside it says the same."""
    return icon_html(name, label)


@register.simple_tag
def badge(kind: str, value: Any) -> SafeString | str:
    """State or level `value` of `kind` as icon, label and colour; "—" for None."""
    return DASH if value is None or value == "" else badge_html(badge_of(kind, value))


@register.simple_tag
def badge_label(kind: str, value: Any) -> str:
    """Only the Chinese label of a state or level, for sentences and attributes."""
    return DASH if value is None or value == "" else badge_of(kind, value).label


@register.simple_tag
def countdown(due: date | datetime | None, done: date | datetime | None = None) -> SafeString | str:
    """剩3天 / 今天到期 / 逾期5天 (natural days) with its tone; after `done`: 按期完成 / 逾期5天完成."""
    said = wording.countdown(due, done)
    if due is None:
        return said.text
    symbol = {"red": "alert", "orange": "clock", "green": "check"}.get(said.tone, "clock")
    return format_html(
        '<span class="due due-{}" title="期限：{}">{}{}</span>',
        said.tone,
        wording.cn_datetime(due) if isinstance(due, datetime) else wording.cn_date(due),
        icon_html(symbol),
        said.text,
    )


@register.simple_tag(takes_context=True)
def query_set(context: template.Context, **changes: Any) -> str:
    """This page's query string with `changes` made (None removes), so that a link keeps the whole filter.

    Empty parameters are dropped; any change other than of the page number returns to page one.
    """
    params = context["request"].GET.copy()
    if "page" not in changes:
        params.pop("page", None)
    for key, value in changes.items():
        params.setlist(key, [] if value is None else value if isinstance(value, list) else [value])
    for key in list(params):
        params.setlist(key, [value for value in params.getlist(key) if value != ""])
    return "?" + params.urlencode()


@register.simple_tag
def field(bound: BoundField, label: str = "") -> SafeString:
    """Label, input, help and error of one form field, tied together for screen readers."""
    if bound.is_hidden:
        return bound.as_widget()
    return render_to_string(
        "parts/field.html",
        {
            "field": bound,
            "label": label or bound.label,
            "control": bound.as_widget(attrs={"class": control_class(bound)}),
            "is_check": isinstance(bound.field.widget, CheckboxInput),
        },
    )


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString:
    """What was wrong, above the form: the form's own errors and links to the fields that have one."""
    return render_to_string("parts/form_errors.html", {"form": form}) if form.errors else SafeString("")


def control_class(bound: BoundField) -> str:
    """The style class of a field's input, after the widget's own classes."""
    widget = bound.field.widget
    names = [widget.attrs.get("class", ""), _base_class(widget), "is-invalid" if bound.errors else ""]
    return " ".join(name for name in names if name)


def _base_class(widget: Widget) -> str:
    if isinstance(widget, HiddenInput):
        return ""
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    if isinstance(widget, ChoiceWidget) and not isinstance(widget, Select):
        return "choices"
    return "form-select" if isinstance(widget, Select) else "form-control"
