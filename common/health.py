"""Whether this installation lives and can serve, for supervisors and load balancers. Public, without personal data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from celery import current_app
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from common.jobs import WORKER
from common.models import Heartbeat

LADDER = "ladder"
WORKER_SILENT_AFTER = 120  # seconds; beat rings every 30
LADDER_SILENT_AFTER = 30 * 60  # seconds; beat rings every 10 minutes
BROKER_PATIENCE = 2  # seconds


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """`/healthz`: this process answers. Touches nothing else, so that a dead database does not restart the web."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """`/readyz`: database, broker, worker heartbeat and last ladder run; 503 when one of them fails."""
    checks = {name: check() for name, check in CHECKS.items()}
    is_ready = all(result["ok"] for result in checks.values())
    return JsonResponse(
        {"status": "ready" if is_ready else "unavailable", "checks": checks},
        status=200 if is_ready else 503,
        json_dumps_params={"ensure_ascii": False},
    )


def database_answers() -> dict[str, Any]:
    """One round trip to the database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"ok": False, "message": "数据库连接不上。"}
    return {"ok": True}


def broker_answers() -> dict[str, Any]:
    """One connection to the broker, given up after two seconds."""
    try:
        with current_app.connection_for_write(connect_timeout=BROKER_PATIENCE) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_PATIENCE)
    except (OperationalError, OSError):
        return {"ok": False, "message": "消息服务连接不上。"}
    return {"ok": True}


def worker_is_alive() -> dict[str, Any]:
    """A worker has run its heartbeat within two minutes."""
    return _fresh(WORKER, WORKER_SILENT_AFTER, "后台作业没有心跳。")


def ladder_has_run() -> dict[str, Any]:
    """The escalation ladder has been climbed within half an hour."""
    return _fresh(LADDER, LADDER_SILENT_AFTER, "督办阶梯没有按时运行。")


def _fresh(name: str, limit: float, message: str) -> dict[str, Any]:
    try:
        age = Heartbeat.objects.age(name)
    except DatabaseError:
        age = None
    if age is None or age > limit:
        return {"ok": False, "age_seconds": age, "message": message}
    return {"ok": True, "age_seconds": age}


CHECKS: dict[str, Callable[[], dict[str, Any]]] = {
    "database": database_answers,
    "broker": broker_answers,
    "worker": worker_is_alive,
    "ladder": ladder_has_run,
}
