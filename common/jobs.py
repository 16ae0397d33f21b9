"""Background work of the foundation."""

from celery import shared_task

from common.models import Heartbeat

WORKER = "worker"


@shared_task(name="common.heartbeat")
def heartbeat() -> None:
    """Note that a worker is alive; beat rings every 30 seconds, `/readyz` reads the age."""
    Heartbeat.objects.beat(WORKER)
