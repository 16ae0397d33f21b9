"""Background work of the audit record."""

from __future__ import annotations

from celery import shared_task

from audit import actions, chain
from audit.recorder import record
from common.models import BackgroundWork

VERIFY = "audit.verify"
SHOWN = 100  # breaks kept in a result; the command lists all of them


@shared_task(name="audit.verify_chain")
def verify_chain(work_id: int) -> None:
    """Verify the whole chain for the auditor who asked; a repeated message finds the work taken and does nothing."""
    work = BackgroundWork.objects.select_related("owner").get(pk=work_id)
    if not work.start():
        return
    checked = chain.head().position
    broken = [found.as_dict() for found in chain.verify()]
    result = {"checked": checked, "broken": len(broken), "first": broken[:SHOWN]}
    record(actions.AUDIT_VERIFY, actor=work.owner, after=result)
    work.finish({**result, "message": "审计链完整。" if not broken else f"发现{len(broken)}处异常，请立即报告。"})
