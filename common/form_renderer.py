"""Renders the inputs of forms as markup at once: a filter bar has thirty of them, and a template each was half a page.

Every other form template goes through the template engine as usual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


class KitRenderer(TemplatesSetting):
    """Named by `FORM_RENDERER`."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        """The markup of a widget, a form or an error list."""
        write = _WRITERS.get(template_name)
        return SafeString(write(context["widget"])) if write else super().render(template_name, context, request)


def _attributes(attrs: Mapping[str, Any], leave: str = "") -> str:
    """name="value" of each; True stands alone, False and None are left out."""
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in attrs.items()
        if value is not False and value is not None and name != leave
    )


def _input(widget: Widget) -> str:
    value = widget["value"]
    shown = "" if value is None else f' value="{conditional_escape(value)}"'
    return f'<input type="{widget["type"]}" name="{conditional_escape(widget["name"])}"{shown}{_attributes(widget["attrs"])}>'


def _pair(widget: Widget) -> str:
    """The two ends of a range."""
    return "-".join(_WRITERS[part["template_name"]](part) for part in widget["subwidgets"])


def _select(widget: Widget) -> str:
    parts = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _ in widget["optgroups"]:
        shown = "".join(map(_option, options))
        parts.append(f'<optgroup label="{conditional_escape(group)}">{shown}</optgroup>' if group else shown)
    return "".join((*parts, "</select>"))


def _option(option: Widget) -> str:
    attrs, label = _attributes(option["attrs"]), conditional_escape(option["label"])
    return f'<option value="{conditional_escape(option["value"])}"{attrs}>{label}</option>'


def _choices(widget: Widget) -> str:
    """Boxes to tick or one to pick, each with its label."""
    attrs = widget["attrs"]
    key = f' id="{conditional_escape(attrs["id"])}"' if attrs.get("id") else ""
    css = conditional_escape(attrs.get("class") or "choices")
    return f'<div{key} class="{css}">{"".join(_choice_parts(widget))}</div>'


def _choice_parts(widget: Widget) -> Iterator[str]:
    for group, options, _ in widget["optgroups"]:
        if group:
            yield f'<div class="choice-group">{conditional_escape(group)}</div>'
        yield from map(_choice, options)


def _choice(option: Widget) -> str:
    attrs = option["attrs"]
    to = f' for="{conditional_escape(attrs["id"])}"' if attrs.get("id") else ""
    name, value = conditional_escape(option["name"]), conditional_escape(option["value"])
    return (
        f'<label class="form-check"{to}><input type="{option["type"]}" name="{name}" value="{value}"'
        f' class="form-check-input"{_attributes(attrs, leave="class")}>'
        f'<span class="form-check-label">{conditional_escape(option["label"])}</span></label>'
    )


def _many_choices(widget: Widget) -> str:
    """Folded, the box says what is chosen."""
    return (
        f'<details class="menu many" data-menu><summary class="form-select">{conditional_escape(widget["chosen"])}</summary>'
        f'<div class="menu-body">{_choices(widget)}</div></details>'
    )


_OF_DJANGO = "django/forms/widgets"
_INPUTS = ("text", "number", "email", "url", "password", "hidden", "date", "datetime", "time", "checkbox", "input")
_WRITERS: dict[str, Callable[[Widget], str]] = {
    **{f"{_OF_DJANGO}/{name}.html": _input for name in _INPUTS},
    f"{_OF_DJANGO}/select.html": _select,
    f"{_OF_DJANGO}/radio.html": _choices,
    f"{_OF_DJANGO}/checkbox_select.html": _choices,
    "common/many_choices": _many_choices,
    "django_filters/widgets/multiwidget.html": _pair,
}
