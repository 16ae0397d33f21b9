"""What the viewsets of the office side share."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from units.records_api import RecordViewSet


class ScopedViewSet(RecordViewSet):
    """The list, one record and its actions, in the caller's scope."""

    model: Any
    selected: tuple[str, ...] = ()
    default_order: tuple[str, ...] = ("-pk",)

    def get_queryset(self) -> QuerySet[Any]:
        """The caller's scope, newest first."""
        visible = self.model.objects.for_user(self.request.user)
        return visible.select_related(*self.selected).order_by(*self.default_order)
