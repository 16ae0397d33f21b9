"""App configuration."""

from django.apps import AppConfig


class HazardsConfig(AppConfig):
    """hazards: see the package docstring of its models."""

    name = "hazards"
    verbose_name = "隐患"
