"""Registers what tasks brings to the shared registers."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """任务"""

    name = "tasks"
    verbose_name = "任务"
