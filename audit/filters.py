"""The filter bar of the audit page."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Q

from audit import actions
from audit.models import AuditEntry, AuditEntryQuerySet
from common.filters import LedgerFilterSet


def target_types() -> list[tuple[str, str]]:
    """(label, Chinese name) of every kind of record that can be a target."""
    return sorted((model._meta.label_lower, str(model._meta.verbose_name)) for model in apps.get_models())


class AuditFilter(LedgerFilterSet):
    """Who did what to what, when; `target_id` comes from links on the records' own pages."""

    sign_ins = filters.BooleanFilter(label="登录日志", method="by_sign_in")
    actor = filters.CharFilter(label="操作人（姓名或用户名）", method="by_actor")
    action = filters.ChoiceFilter(label="操作", choices=actions.choices)
    target_type = filters.ChoiceFilter(label="对象类型", choices=target_types)
    target = filters.CharFilter(label="对象名称", field_name="target_label", lookup_expr="icontains")
    target_id = filters.CharFilter(label="对象编号", field_name="target_id")
    address = filters.CharFilter(label="来源地址", method="by_address")
    at = filters.DateFromToRangeFilter(label="时间")

    more = ("target_type", "target_id", "address")

    class Meta:
        model = AuditEntry
        fields = ("sign_ins", "actor", "action", "target_type", "target", "target_id", "address", "at")

    def by_sign_in(self, entries: AuditEntryQuerySet, name: str, value: bool) -> AuditEntryQuerySet:
        """Only, or without, sign-in, sign-out, failure and lock-out."""
        return entries.sign_ins() if value else entries.exclude(action__in=actions.SIGN_IN_LOG)

    def by_actor(self, entries: AuditEntryQuerySet, name: str, value: str) -> AuditEntryQuerySet:
        """By person through the index on the person; a name nobody has is one typed at a failed sign-in."""
        people = get_user_model().objects.filter(Q(username=value) | Q(name=value)).values_list("pk", flat=True)
        known = list(people)
        return entries.filter(Q(actor__in=known) | Q(actor__isnull=True, actor_name=value))

    def by_address(self, entries: AuditEntryQuerySet, name: str, value: str) -> AuditEntryQuerySet:
        """One whole address; anything else finds nothing."""
        try:
            address: Any = forms.GenericIPAddressField().clean(value)
        except forms.ValidationError:
            return entries.none()
        return entries.filter(address=address)
