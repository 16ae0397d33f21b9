"""Filter bars of the inbox, the delivery log and 后台任务."""

from __future__ import annotations

import django_filters as filters

from common.filters import LedgerFilterSet
from common.models import BackgroundWork
from messaging import kinds
from messaging.models import Delivery, Message


class MessageFilter(LedgerFilterSet):
    """Unread, kind, words, day."""

    unread = filters.BooleanFilter(label="未读", field_name="read_at", lookup_expr="isnull")
    kind = filters.ChoiceFilter(label="类别", choices=kinds.choices)
    title = filters.CharFilter(label="标题", lookup_expr="icontains")
    created_at = filters.DateFromToRangeFilter(label="时间")

    class Meta:
        model = Message
        fields = ("unread", "kind", "title", "created_at")


class DeliveryFilter(LedgerFilterSet):
    """State and day."""

    state = filters.MultipleChoiceFilter(label="状态", choices=Delivery.State)
    created_at = filters.DateFromToRangeFilter(label="创建时间")

    class Meta:
        model = Delivery
        fields = ("state", "created_at")


class WorkFilter(LedgerFilterSet):
    """State and day."""

    state = filters.MultipleChoiceFilter(label="状态", choices=BackgroundWork.State)
    created_at = filters.DateFromToRangeFilter(label="发起时间")

    class Meta:
        model = BackgroundWork
        fields = ("state", "created_at")
