"""The base of every filter bar, and what it says about the filters in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django_filters import FilterSet

from common.columns import Chip
from common.forms import KitFormMixin
from common.wording import cn_date

ANY = "全部"
YES_OR_NO = [("", ANY), ("true", "是"), ("false", "否")]


class ManyChoices(forms.CheckboxSelectMultiple):
    """Several choices in the space of one: a box that unfolds, and says folded what is chosen."""

    template_name = "common/many_choices"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the labels of what is chosen."""
        context = super().get_context(name, value, attrs)
        options = [option for _, group, _ in context["widget"]["optgroups"] for option in group]
        context["widget"]["chosen"] = "、".join(str(option["label"]) for option in options if option["selected"]) or ANY
        return context


class FilterFormMixin(KitFormMixin):
    """A filter form: several choices fold into one box, yes and no are Chinese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.NullBooleanField):
                field.widget = forms.Select(choices=YES_OR_NO)
            elif type(field.widget) is forms.SelectMultiple:
                field.widget = ManyChoices(choices=field.widget.choices)


class LedgerFilterSet(FilterSet):
    """A FilterSet whose form speaks the UI kit: date pickers, labels, Chinese errors.

    Filters named in `more` stand folded under “更多条件” until one of them is in force.
    """

    more: tuple[str, ...] = ()

    def get_form_class(self) -> type[forms.Form]:
        """The filter form with the kit's manners."""
        plain = super().get_form_class()
        asked = {name.removesuffix("_after").removesuffix("_before") for name, value in self.data.items() if value}
        return type(
            plain.__name__, (FilterFormMixin, plain), {"more": self.more, "more_open": bool(asked & set(self.more))}
        )


def chips(form: forms.BaseForm, params: QueryDict) -> list[Chip]:
    """One chip per filter value in force, each with the address of the list without it."""
    found: list[Chip] = []
    cleaned = form.cleaned_data if form.is_bound and form.is_valid() else {}
    for name, value in cleaned.items():
        if value in (None, "", [], ()) or form.fields[name].widget.is_hidden:
            continue
        field = form.fields[name]
        for part, text in _parts(field, value):
            found.append(Chip(str(field.label or name), text, _without(params, field, name, part)))
    return found


def _parts(field: forms.Field, value: Any) -> Iterator[tuple[Any, str]]:
    """(value to take off or None for all, text) of each value of one filter."""
    if isinstance(value, (list, tuple)) or hasattr(value, "iterator"):
        for item in value:
            yield getattr(item, "pk", item), _text(field, item)
    else:
        yield None, _text(field, value)


def _text(field: forms.Field, value: Any) -> str:
    if isinstance(value, slice):
        ends = [_text(field, end) if end is not None else "" for end in (value.start, value.stop)]
        return "至".join(ends) if all(ends) else f"{ends[0]}起" if ends[0] else f"{ends[1]}止"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return cn_date(value)
    if isinstance(field, forms.ModelChoiceField):
        return str(field.label_from_instance(value))
    return _choice_label(field, value) or str(value)


def _choice_label(field: forms.Field, value: Any) -> str:
    for key, label in getattr(field, "choices", ()):
        pairs = label if isinstance(label, (list, tuple)) else [(key, label)]
        for choice, text in pairs:
            if str(choice) == str(value):
                return str(text)
    return ""


def _without(params: QueryDict, field: forms.Field, name: str, part: Any) -> str:
    rest = params.copy()
    rest.pop("page", None)
    if part is None:
        for key in [name, *(f"{name}_{suffix}" for suffix in getattr(field.widget, "suffixes", []))]:
            rest.pop(key, None)
    else:
        rest.setlist(name, [kept for kept in rest.getlist(name) if kept != str(part)])
    return "?" + rest.urlencode()
