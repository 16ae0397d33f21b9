"""Registers the audit record and listens to the framework's own sign-in signals."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """审计"""

    name = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Hear the sign-in signals of Django and axes, and every export of a list."""
        from audit import exports, sign_ins
        from common import ledgers

        sign_ins.connect()
        ledgers.on_export(exports.record_export)
