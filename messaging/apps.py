"""What reaches people: in-app messages, e-mail, the morning digest; further channels register themselves."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """消息"""

    name = "messaging"
    verbose_name = "消息"

    def ready(self) -> None:
        """Announce the badges of messages, deliveries and background work."""
        from common.badges import Badge, register_badges

        register_badges(
            "message_state", {"unread": Badge("未读", "blue", "bell"), "read": Badge("已读", "grey", "check")}
        )
        register_badges(
            "delivery_state",
            {
                "PENDING": Badge("待发送", "yellow", "clock"),
                "SENT": Badge("已发送", "green", "check"),
                "FAILED": Badge("发送失败", "red", "alert"),
                "SKIPPED": Badge("已在系统内阅读", "grey", "check"),
            },
        )
        register_badges(
            "work_state",
            {
                "QUEUED": Badge("排队中", "grey", "clock"),
                "RUNNING": Badge("进行中", "blue", "clock"),
                "DONE": Badge("已完成", "green", "check"),
                "FAILED": Badge("失败", "red", "alert"),
            },
        )
