"""App configuration."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """supervision: see the package docstring of its models."""

    name = "supervision"
    verbose_name = "督办"
