"""The Celery application. A *task* is 任务 (domain); background work is a *job* and lives in each app's `jobs.py`."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("qinghuan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")

# What a worker does first: show that it lives, and catch up with what fell due while everything was off.
FIRST_JOBS = ("common.heartbeat", "supervision.climb_ladder")


@worker_ready.connect
def ring_first_jobs(**_: Any) -> None:
    """Do not wait for beat's next round; the jobs may run twice without harm."""
    for name in FIRST_JOBS:
        app.send_task(name)
