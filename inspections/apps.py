"""Registers what inspections brings to the shared registers."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """检查"""

    name = "inspections"
    verbose_name = "检查"
