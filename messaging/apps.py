"""What reaches people: in-app messages, e-mail, the morning digest; further channels register themselves."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """消息"""

    name = "messaging"
    verbose_name = "消息"
