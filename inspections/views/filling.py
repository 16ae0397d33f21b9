"""The checklist of a running visit as one form that works without JavaScript, and its signatures."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from common import clock
from common.errors import Forbidden, NotInScope, RuleError, WrongState
from common.record_pages import one
from common.wording import cn_datetime
from inspections.forms.visits import ExtraForm, HeadForm, RowForm, SignForm
from inspections.models import Inspection, ItemResult, ResultPhoto, Signature, VisitState
from inspections.transitions import recording
from inspections.transitions.access import on_team
from inspections.transitions.finishing import results_of
from units.access import require
from units.roles import Right

Stage, Party = ResultPhoto.Stage, Signature.Party
HEAD = ("place", "contact", "contact_title", "contact_phone")


def _running(request: HttpRequest, pk: int) -> Inspection:
    """The visit, if the person is on its team and it runs; 404, 403 or 409 otherwise."""
    require(request.user, Right.CARRY_OUT)
    visit: Inspection = one(Inspection, request.user, pk)
    if not on_team(request.user, visit):
        raise Forbidden("您不在检查组内。")
    if visit.state != VisitState.RUNNING:
        raise WrongState(f"当前状态为“{visit.get_state_display()}”，不能填写检查表。")
    return visit


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """One row per item: 合格, 不合格, 不涉及; saved as often as one likes, then signed."""
    visit = _running(request, pk)
    rows = results_of(visit)
    if request.method != "POST":
        forms = [RowForm(row=row) for row in rows]
        head = HeadForm(initial={name: getattr(visit, name) for name in HEAD})
        return _show(request, visit, (forms, ExtraForm(prefix="x"), head))
    forms = [RowForm(request.POST, request.FILES, row=row) for row in rows]
    extra = ExtraForm(request.POST, request.FILES, prefix="x")
    head = HeadForm(request.POST)
    valid = [form.is_valid() for form in (*forms, extra, head)]
    if all(valid):
        _save_head(request, visit, head)
        saved = [_save_row(request, visit, form) for form in forms]
        if all([*saved, _save_extra(request, visit, extra)]):
            if "search" in request.POST:
                return _searched(request, visit)
            messages.success(request, "检查表已保存。")
            return redirect("inspection-sign" if "sign" in request.POST else "inspection-fill", visit.pk)
    return _show(request, visit, (forms, extra, head), 422)


def _searched(request: HttpRequest, visit: Inspection) -> HttpResponse:
    """查找 in the criteria without JavaScript: everything is saved, and the words stand where they were typed."""
    forms = [RowForm(row=row) for row in results_of(visit)]
    for form in forms:
        if "criterion" in form.fields:
            form.fields["criterion"].widget.sought = request.POST.get(f"{form.prefix}-criterion_q", "")[:60]
    head = HeadForm(initial={name: getattr(visit, name) for name in HEAD})
    return _show(request, visit, (forms, ExtraForm(prefix="x"), head))


def _show(request: HttpRequest, visit: Inspection, parts: tuple[Any, Any, Any], status: int = 200) -> HttpResponse:
    forms, extra, head = parts
    answered = sum(bool(form.row.outcome) for form in forms)
    context = {"visit": visit, "forms": forms, "extra": extra, "head": head, "answered": answered, "total": len(forms)}
    return render(request, "inspections/fill.html", context, status=status)


def _save_head(request: HttpRequest, visit: Inspection, head: HeadForm) -> None:
    recording.note_head(request.user, visit.uid, **{name: head.cleaned_data[name] for name in HEAD})


def _save_row(request: HttpRequest, visit: Inspection, form: RowForm) -> bool:
    """Record the row and its photos; a refusal is shown at it and everything typed stays."""
    row = form.row
    try:
        content = form.content()
        if row.outcome or content["outcome"]:
            row = recording.record(
                request.user, visit.uid, uid=row.uid, item_id=row.item_id, base=form.cleaned_data["revision"], **content
            )
        _save_photos(request, visit, row, form)
    except RuleError as error:
        form.refuse(error)
        return False
    return True


def _save_photos(request: HttpRequest, visit: Inspection, row: ItemResult, form: Any) -> None:
    stamp = f"{cn_datetime(clock.now())}\n{visit.unit.name}\n{request.user.name}"
    for stage in Stage.values:
        for file in form.cleaned_data.get(stage) or ():
            recording.add_photo(request.user, visit.uid, result=row, file=file, stage=stage, watermark=stamp)


def _save_extra(request: HttpRequest, visit: Inspection, form: ExtraForm) -> bool:
    data = form.cleaned_data
    if not data["text"]:
        return True
    try:
        row = recording.record(
            request.user, visit.uid, uid=uuid.uuid4(), text=data["text"], outcome=ItemResult.Outcome.BAD,
            note=data["note"] or data["text"], level=data["level"],
        )  # fmt: skip
        _save_photos(request, visit, row, form)
    except RuleError as error:
        form.refuse(error)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody of the team and the person on site: drawn, typed with a reason, or refused."""
    visit = _running(request, pk)
    forms = _sign_forms(request, visit)
    status = 200
    if request.method == "POST":
        # Lists, not generators: every form is judged and kept, whatever became of the one before.
        valid = [form.is_valid() for form in forms]
        kept = [_keep(request, visit, form) for form in forms] if all(valid) else [False]
        if all(kept):
            messages.success(request, "签名已保存。")
            return redirect("inspection-action", visit.pk, "finish")
        status = 422
    signed = visit.signatures.select_related("picture__blob")
    context = {"visit": visit, "forms": forms, "signed": signed}
    return render(request, "inspections/sign.html", context, status=status)


def _sign_forms(request: HttpRequest, visit: Inspection) -> list[SignForm]:
    bound = (request.POST,) if request.method == "POST" else ()
    members = visit.members.select_related("user")
    forms = [SignForm(*bound, prefix=f"m{member.pk}", party=Party.INSPECTOR, member=member) for member in members]
    site = SignForm(*bound, prefix="site", party=Party.SITE, initial={"name": visit.contact})
    return [*forms, site]


def _keep(request: HttpRequest, visit: Inspection, form: SignForm) -> bool:
    if not form.is_filled():
        return True
    member = form.member
    try:
        recording.sign(
            request.user, visit.uid, uid=uuid.uuid4(), party=form.party, user_id=member.user_id if member else None,
            **form.cleaned_data,
        )  # fmt: skip
    except NotInScope:
        raise
    except RuleError as error:
        form.refuse(error)
        return False
    return True
