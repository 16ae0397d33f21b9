"""Bulk actions of the task ledger: each row goes through the same transition as its own button."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

import audit
from audit import actions
from common.errors import NotInScope
from common.exports import export_response
from common.forms import KitForm
from tasks import layout
from tasks.models import Assignment
from tasks.transitions.reminding import remind_many
from units.access import require
from units.roles import Right

MOST = 100


class PickedForm(KitForm):
    """The ticked rows of the ledger, at most 100, within the person's scope."""

    ids = forms.ModelMultipleChoiceField(Assignment.objects.none(), label="任务")

    def __init__(self, *args: Any, actor: Any, right: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ids"].queryset = Assignment.objects.for_user(actor, right)  # type: ignore[attr-defined]
        self.fields["ids"].error_messages |= {
            "required": "请先勾选要办理的任务。",
            "invalid_choice": "所选记录中有不由您下达的，请重新勾选。",
            "invalid_pk_value": "所选记录不正确，请重新勾选。",
        }

    def clean_ids(self) -> list[int]:
        """The keys of the picked rows."""
        if len(self.data.getlist("ids")) > MOST:
            raise forms.ValidationError(f"一次最多办理{MOST}条，请分次办理。")
        return [row.pk for row in self.cleaned_data["ids"]]


@require_POST
def bulk(request: HttpRequest, action: str) -> HttpResponseBase:
    """`remind` (催办) or `export` (导出所选) the rows ticked as `ids`."""
    handlers = {"remind": (_remind, Right.MANAGE_TASK), "export": (_export, Right.READ_TASK)}
    if action not in handlers:
        raise NotInScope
    handler, right = handlers[action]
    require(request.user, right)
    form = PickedForm(request.POST, actor=request.user, right=right)
    if not form.is_valid():
        messages.error(request, "；".join(text for errors in form.errors.values() for text in errors))
        return redirect("assignment-list")
    return handler(request, form.cleaned_data["ids"])


def _remind(request: HttpRequest, ids: list[int]) -> HttpResponse:
    done, refused = remind_many(request.user, ids)
    if done:
        messages.success(request, f"已催办{done}项任务，承办单位已收到消息。")
    if refused:
        messages.warning(request, f"{len(refused)}项未催办——" + "；".join(refused[:10]))
    return redirect("assignment-list")


def _export(request: HttpRequest, ids: list[int]) -> HttpResponseBase:
    rows = list(layout.rows(request.user, Assignment.objects.filter(pk__in=ids)))
    audit.record(actions.EXPORT, Assignment, after={"title": "任务台账（所选）", "rows": len(rows)})
    return export_response("xlsx", "任务台账（所选）", layout.COLUMNS, rows)
