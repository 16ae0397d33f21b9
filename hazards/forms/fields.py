"""Inputs of this app: the criterion picker."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from common.typed import id_of
from hazards import criteria
from hazards.models import CriterionItem
from units.models import Sector


class CriterionInput(forms.Widget):
    """A search box over radio buttons: htmx refreshes the choices while typing, “搜索” does without JavaScript."""

    template_name = "hazards/widgets/criterion.html"
    use_fieldset = True
    shows_confidence = False
    hint = ""
    sector: Sector | None = None
    follows = ""  # id of a text whose typing refreshes the suggestions as well

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The chosen item; the searched words stay for the next showing."""
        self.sought = data.get(f"{name}_q", "")
        return data.get(name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The chosen item first, then what fits the searched words or the description."""
        context = super().get_context(name, value, attrs)
        sought = getattr(self, "sought", "") or self.hint
        context["widget"] |= {
            "sought": getattr(self, "sought", ""),
            "source": f"{reverse('criteria-suggest')}?field={name}&sector={self.sector.pk if self.sector else ''}",
            "items": offered(sought, value, self.sector),
            "chosen": str(value or ""),
            "shows_confidence": self.shows_confidence,
            "note": criteria.PARTLY_COVERED_NOTE,
            "follows": self.follows,
        }
        return context


def offered(sought: str, chosen: Any, sector: Sector | None = None) -> list[CriterionItem]:
    """The items to choose from: the chosen one, then suggestions for the words at a place of this sector."""
    items = criteria.suggest(sought, sector=sector)
    kept = CriterionItem.objects.select_related("standard").filter(pk=id_of(chosen)).first()
    return ([kept] if kept else []) + [item for item in items if item != kept]


class CriterionField(forms.ModelChoiceField):
    """An item of a standard in force."""

    widget = CriterionInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "判定依据")
        kwargs.setdefault("required", False)
        super().__init__(CriterionItem.objects.none(), **kwargs)

    def offer(self, hint: str, shows_confidence: bool, sector: Sector | None = None) -> None:
        """Bind the field for one form: what to suggest first, and whether the reader sees the confidence."""
        self.queryset = CriterionItem.objects.in_force()
        self.widget.sector = sector
        self.widget.hint, self.widget.shows_confidence = hint, shows_confidence
