"""App configuration."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """units: see the package docstring of its models."""

    name = "units"
    verbose_name = "单位与人员"
