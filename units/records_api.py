"""The API of a record with a lifecycle: the list, one record, every action of its rules table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import NotInScope
from common.lifecycle import Lifecycle, Rule
from units.access import HoldsRight
from units.serializers import ErrorSerializer

REFUSALS = dict.fromkeys((400, 403, 404, 409, 422), ErrorSerializer)


class RecordViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """What all of them share; out of scope is 404, wrong person 403, overtaken 409, refused 422.

    `forms` maps the `form` of a rule to the serializer of what it takes; `row` answers in lists, `whole` for one record.
    """

    permission_classes = [HoldsRight]
    rights: tuple[str, ...]
    lookup_value_regex = r"\d{1,18}"
    lifecycle: Lifecycle
    forms: Mapping[str, Any]
    row: Any
    whole: Any

    def get_queryset(self) -> QuerySet[Any]:
        """The caller's scope; in its order when it is listed, with what `whole` shows when it is not."""
        raise NotImplementedError

    def get_object(self) -> Any:
        """The record of the address; `NotInScope` when the caller does not see it."""
        return self.record(int(self.kwargs["pk"]))

    def record(self, pk: int) -> Any:
        """The record `pk` in the caller's scope; `NotInScope` otherwise."""
        found = self.get_queryset().filter(pk=pk).first()
        if found is None:
            raise NotInScope
        return found

    def get_serializer_class(self) -> Any:
        """Rows in the list, everything for one."""
        return self.row if self.action == "list" else self.whole

    def typed(self, serializer: Any) -> dict[str, Any]:
        """What was sent, checked for shape."""
        filled = serializer(data=self.request.data, context={"request": self.request})
        filled.is_valid(raise_exception=True)
        return dict(filled.validated_data)

    def perform_action(self, name: str, pk: int) -> Response:
        """Ask whether the action is open (403, 409), read what its form takes (400) and call its transition."""
        record = self.record(pk)
        self.lifecycle.check_right(name, record, self.request.user)
        self.lifecycle.check(name, record, self.request.user)
        values = self.typed(self.forms[self.lifecycle.rules[name].form])
        self.lifecycle.perform(name, pk, self.request.user, values.pop("version", None), **values)
        return self.answer(pk)

    def answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        """The record as the caller may see it now."""
        return Response(self.whole(self.record(pk), context=self.get_serializer_context()).data, status=code)


def with_actions(prefix: str) -> Callable[[type[RecordViewSet]], type[RecordViewSet]]:
    """Give a viewset POST {prefix}/{id}/actions/{name}/ for every rule people press."""

    def decorate(viewset: type[RecordViewSet]) -> type[RecordViewSet]:
        for name, rule in viewset.lifecycle.rules.items():
            if not rule.system:
                setattr(viewset, f"act_{name}", _endpoint(prefix, viewset, name, rule))
        return viewset

    return decorate


def _endpoint(prefix: str, viewset: type[RecordViewSet], name: str, rule: Rule) -> Callable[..., Response]:
    def act(self: RecordViewSet, request: Request, pk: str) -> Response:
        return self.perform_action(name, int(pk))

    act.__name__ = act.__qualname__ = f"act_{name}"
    act.__doc__ = f"{rule.label}：{rule.effect}"
    described = extend_schema(
        operation_id=f"{prefix}_{name}",
        summary=rule.label,
        request=viewset.forms[rule.form],
        responses={200: viewset.whole, **REFUSALS},
    )
    return described(action(detail=True, methods=["post"], url_path=f"actions/{name}", url_name=f"action-{name}")(act))
