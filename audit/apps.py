"""Registers the audit record and listens to the framework's own sign-in signals."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """审计"""

    name = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Connect the sign-in signals of Django and axes."""
        from audit import sign_ins

        sign_ins.connect()
