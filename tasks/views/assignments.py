"""An assignment: its page and every action on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.errors import NotInScope
from common.record_pages import buttons, timeline
from evidence.forms import FilesActionPage
from tasks import course, queries
from tasks.forms.assignments import FORMS
from tasks.models import Assignment, Task
from tasks.panels import panels_of
from tasks.transitions.assignments import LIFECYCLE
from units.access import require
from units.roles import Right


class AssignmentAction(FilesActionPage):
    """One action on an assignment."""

    model, lifecycle, forms = Assignment, LIFECYCLE, FORMS
    template_name = "tasks/action.html"


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The assignment with its task, reports, evidence and events, and who else works on the task."""
    require(request.user, Right.READ_TASK)
    visible = Assignment.objects.for_user(request.user).select_related("task__action", "plan", "unit")
    record = visible.filter(pk=pk).first()
    if record is None:
        raise NotInScope
    reports = list(record.reports.select_related("reported_by", "decided_by").prefetch_related("attachments__blob"))
    files = {file.pk: file for report in reports for file in report.attachments.all()}
    others = queries.assignments(request.user).filter(task=record.task_id).exclude(pk=pk)
    others = others.filter(occurrence=record.occurrence)
    context = {
        "record": record,
        "task": record.task,
        "named": queries.named_of([record.task_id]).get(record.task_id, {}),
        "may_open_task": Task.objects.for_user(request.user).filter(pk=record.task_id).exists(),
        "reports": reports[::-1],
        "photos": [file for file in files.values() if file.is_image],
        "others": list(others.order_by("due_at", "unit__name")[:60]),
        "steps": course.steps(record),
        "panels": panels_of(record, request.user),
        "buttons": buttons(LIFECYCLE, record, request.user, "assignment-action"),
        "events": timeline(LIFECYCLE, record.events.all(), files),
    }
    return render(request, "tasks/assignment_detail.html", context)
