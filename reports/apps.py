"""App configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """reports: see the package docstring of its models."""

    name = "reports"
    verbose_name = "通报与统计"
