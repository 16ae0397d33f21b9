"""Choosing a unit by typing: a text input with suggestions that also works when nothing suggests."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse

from common import search
from common.filters import ManyChoices
from units.models import Unit

MAX_NAMED = 5


class UnitInput(forms.TextInput):
    """A text input; htmx fills its datalist from `unit-options` while the person types."""

    template_name = "units/widgets/unit_input.html"

    def __init__(self, kinds: tuple[str, ...] = (), attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "maxlength": "120", **(attrs or {})})
        self.kinds = kinds

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds where the suggestions come from."""
        context = super().get_context(name, value, attrs)
        query = "&".join(f"kind={kind}" for kind in self.kinds)
        context["widget"]["source"] = f"{reverse('unit-options')}?{query}"
        return context


class UnitField(forms.CharField):
    """A unit named by full name, short name, alias, credit code or pinyin initials, out of `queryset`.

    Cleans to a `Unit`. An ambiguous text is refused with the names it could mean.
    """

    def __init__(self, *, queryset: QuerySet[Unit] | None = None, kinds: tuple[str, ...] = (), **kwargs: Any) -> None:
        kwargs.setdefault("widget", UnitInput(kinds))
        super().__init__(max_length=120, **kwargs)
        self.kinds = kinds
        self.queryset = Unit.objects.none() if queryset is None else queryset

    def prepare_value(self, value: Any) -> Any:
        """Show a unit, or the id of one, by its name."""
        if isinstance(value, int):
            value = self.queryset.filter(pk=value).first()
        return option_text(value) if isinstance(value, Unit) else value

    def clean(self, value: Any) -> Unit | None:
        """The one unit the text means."""
        text = super().clean(value)
        if not text:
            return None
        found = self._meant(text)
        if len(found) == 1:
            return found[0]
        if found:
            names = "、".join(option_text(unit) for unit in found[:MAX_NAMED])
            raise forms.ValidationError(f"“{text}”可能是：{names}，请写全称。")
        raise forms.ValidationError(f"没有找到“{text}”，请核对名称，或确认其在您的管辖范围内。")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is shown."""
        return super().has_changed(self.prepare_value(initial), data)

    def _meant(self, text: str) -> list[Unit]:
        units = self.queryset.filter(kind__in=self.kinds) if self.kinds else self.queryset
        units = units.select_related("area")
        name, _, place = text.rstrip("）)").replace("(", "（").rpartition("（")
        exact = Q(name=text) | Q(short_name=text) | Q(enterprise__uscc=text.upper())
        if name:
            exact |= Q(name=name, area__name=place)
        found = list(units.filter(exact)[: MAX_NAMED + 1])
        return found or list(search.containing(units, text)[: MAX_NAMED + 1])


class UnitChoices(ManyChoices):
    """Units in a box that unfolds; folded it names the chosen ones."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Nobody chosen is nobody, not everybody."""
        context = super().get_context(name, value, attrs)
        if not value:
            context["widget"]["chosen"] = "未指定"
        return context


def option_text(unit: Unit) -> str:
    """How a unit is offered: its name and place, which together say which one is meant."""
    return f"{unit.name}（{unit.area.name}）"
