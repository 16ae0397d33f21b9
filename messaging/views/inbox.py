"""The inbox, opening messages, the delivery log and the person's settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import clock
from common.columns import Column, Empty, badge_column
from common.errors import NotInScope
from common.ledgers import LedgerView
from common.wording import cn_datetime
from messaging.filters import DeliveryFilter, MessageFilter
from messaging.forms import PreferenceForm
from messaging.models import Delivery, Digest, Message, Preference
from messaging.transitions import open_message, read_all


class Inbox(LedgerView):
    """The person's own messages, newest first, below this morning's digest."""

    model = Message
    title = "消息"
    template_name = "messaging/inbox.html"
    filterset_class = MessageFilter
    default_order = ("-created_at", "-pk")
    columns = (
        badge_column("state", "状态", "message_state", lambda message: "read" if message.read_at else "unread"),
        Column("title", "标题", link=True),
        Column("kind", "类别", "kind_name"),
        Column("why", "发送原因"),
        Column("created_at", "时间", show=cn_datetime, order=("created_at", "pk"), css="cell-date"),
        Column("body", "内容", default=False),
    )

    def row_url(self, row: Message) -> str:
        """Opening marks it read and leads to where to act."""
        return reverse("message-open", args=[row.pk])

    def row_tone(self, row: Message) -> str:
        """Urgent messages not opened yet stand out."""
        return "red" if row.urgent and not row.read_at else ""

    def get_empty(self) -> Empty:
        """Nothing is good news."""
        return super().get_empty() if self.chips else Empty("没有消息", "需要您办理的事项会在这里提醒。", icon="bell")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list, and today's digest if there is one."""
        digest = Digest.objects.filter(recipient=self.request.user, on=clock.today()).first()
        return super().get_context_data(digest=digest, **kwargs)


class DeliveryLog(LedgerView):
    """What left, or is to leave, the system: to the person; for the system administrator to everybody, without content."""

    model = Delivery
    title = "发送记录"
    filterset_class = DeliveryFilter
    default_order = ("-created_at", "-pk")
    columns = (
        Column("created_at", "创建时间", show=cn_datetime, order=("created_at", "pk"), css="cell-date"),
        Column("recipient", "接收人"),
        Column("kind", "类别", "kind_name"),
        Column("channel", "渠道", "channel_name"),
        badge_column("state", "状态", "delivery_state"),
        Column("tries", "已尝试", numeric=True),
        Column(
            "next_try_at", "下次发送", lambda row: row.next_try_at if row.state == "PENDING" else None, show=cn_datetime
        ),
        Column("sent_at", "发送时间", show=cn_datetime),
        Column("error", "失败原因"),
    )

    def get_base_queryset(self) -> Any:
        """With what the columns read."""
        return super().get_base_queryset().select_related("recipient", "message", "digest")

    def get_empty(self) -> Empty:
        """Nothing leaves a system without channels."""
        if self.chips:
            return super().get_empty()
        return Empty(
            "还没有向系统外发送过消息", "配置短信、邮件或工作群机器人后，每次发送、重试和改用的渠道都记在这里。"
        )


def _own(request: HttpRequest, pk: int) -> Message:
    message = Message.objects.for_user(request.user).filter(pk=pk).first()
    if message is None:
        raise NotInScope("没有找到该消息。")
    return message


@require_safe
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the message read and lead to where to act, or show it where there is nothing to do."""
    message = _own(request, pk)
    open_message(message)
    if message.url and url_has_allowed_host_and_scheme(message.url, None):
        return redirect(message.url)
    return render(request, "messaging/message.html", {"message": message})


@require_POST
def open_all(request: HttpRequest) -> HttpResponse:
    """Mark all of the person's messages read."""
    count = read_all(request.user)
    notes.success(request, f"已将{count}条消息标为已读。" if count else "没有未读消息。")
    return redirect("message-list")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Quiet hours and outside channels of the person."""
    current = Preference.objects.filter(user=request.user).first() or Preference(user=request.user)
    form = PreferenceForm(request.POST or None, instance=current)
    if request.method == "POST" and form.is_valid():
        form.save()
        notes.success(request, "消息设置已保存。")
        return redirect("message-preferences")
    return render(request, "messaging/preferences.html", {"form": form})
