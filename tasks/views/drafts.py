"""The plan import: take a document in, look it over, correct it, say what unit names mean, confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import NotInScope, RuleError
from tasks.forms.drafts import DraftHeadForm, DraftTaskForm, PlanFileForm, WordingsForm
from tasks.models import DraftTask, Plan, PlanDraft
from tasks.review import Marks, grouped, shown
from tasks.transitions import drafts
from tasks.views.plans import _say
from tasks.wordings import Wordings
from units.access import require
from units.roles import Right

RECENT = 20
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def start(request: HttpRequest) -> HttpResponse:
    """Choose a file or paste the text; what holds no text is refused here with the reason."""
    require(request.user, Right.MANAGE_TASK)
    form = PlanFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = drafts.begin(request.user, file=form.cleaned_data["file"], text=form.cleaned_data["text"])
        except RuleError as error:
            form.refuse(error)
        else:
            return redirect(draft)
    recent = PlanDraft.objects.for_user(request.user).exclude(state=PlanDraft.State.DISCARDED)
    context = {"form": form, "recent": recent.defer("text").select_related("created_by", "plan")[:RECENT]}
    return render(request, "tasks/drafts/start.html", context, status=422 if form.errors else 200)


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress while the document is read, then the document beside what was read from it."""
    draft = drafts.of(request.user, pk)
    if draft.state == PlanDraft.State.CONFIRMED and draft.plan:
        return redirect(draft.plan)
    if draft.state != PlanDraft.State.REVIEW:
        return _waiting(request, draft)
    rows = list(draft.rows.all())
    meant = Wordings(draft.owner).of(rows)
    marks = Marks(draft, rows)
    kept = [row for row in rows if not row.is_left_out]
    context = {
        "draft": draft,
        "groups": grouped(shown(rows, marks, {each.wording: each for each in meant})),
        "paragraphs": marks.paragraphs(),
        "open_names": [each for each in meant if not each.is_settled],
        "names": len(meant),
        "kept": len(kept),
        "unsure": sum(1 for row in kept if row.is_unsure),
        "passed": sum(1 for row in kept if row.has_passed()),
        "corrected": sum(1 for row in rows if row.corrected_at),
        "known": _known(draft),
    }
    return render(request, "tasks/drafts/review.html", context)


def _waiting(request: HttpRequest, draft: PlanDraft) -> HttpResponse:
    if getattr(request, "htmx", False) and draft.state == PlanDraft.State.READING:
        return render(request, "parts/progress.html", {"work": draft.work, "url": request.path})
    response = render(request, "tasks/drafts/waiting.html", {"draft": draft, "work": draft.work})
    if getattr(request, "htmx", False):
        response["HX-Refresh"] = "true"
    return response


def _known(draft: PlanDraft) -> Plan | PlanDraft | None:
    """The same document imported before, or under review in another draft."""
    plan = Plan.objects.filter(owner=draft.owner, fingerprint=draft.fingerprint).first()
    twins = PlanDraft.objects.filter(owner=draft.owner, fingerprint=draft.fingerprint, state=PlanDraft.State.REVIEW)
    return plan or twins.exclude(pk=draft.pk).defer("text").first()


@require_http_methods(FORM_METHODS)
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct title, number, issuer and period."""
    draft = drafts.of(request.user, pk)
    initial = {name: getattr(draft, name) for name in ("title", "number", "issuer", "starts_on", "ends_on")}
    form = DraftHeadForm(request.POST if request.method == "POST" else None, record=draft, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            drafts.correct_head(request.user, pk, form.cleaned_data["version"], **form.values())
        except RuleError as error:
            form.refuse(error)
            return _head_page(request, draft, form, error.status)
        messages.success(request, "方案信息已更正。")
        return redirect(draft)
    return _head_page(request, draft, form, 422 if form.errors else 200)


def _head_page(request: HttpRequest, draft: PlanDraft, form: DraftHeadForm, status: int) -> HttpResponse:
    context = {"form": form, "heading": "更正方案信息", "back": draft.get_absolute_url(), "submit": "保存"}
    return render(request, "tasks/form_page.html", context, status=status)


@require_http_methods(FORM_METHODS)
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one task beside the words it was read from."""
    require(request.user, Right.MANAGE_TASK)
    found = DraftTask.objects.filter(pk=pk).first()
    if found is None:
        raise NotInScope
    draft = drafts.of(request.user, found.draft_id)
    form = DraftTaskForm(request.POST if request.method == "POST" else None, record=found)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                drafts.correct_row(request.user, pk, form.cleaned_data["version"], **form.values())
            except RuleError as error:
                form.refuse(error)
                status = error.status
            else:
                messages.success(request, f"任务{found.no}已更正。" if found.no else "任务已更正。")
                return redirect(f"{draft.get_absolute_url()}#r{pk}")
    return render(request, "tasks/drafts/row.html", _row_context(draft, found, form), status=status)


def _row_context(draft: PlanDraft, found: DraftTask, form: DraftTaskForm) -> dict[str, Any]:
    marks = Marks(draft, [found], heads=False)
    return {
        "draft": draft,
        "row": found,
        "form": form,
        "paragraphs": marks.paragraphs(found.span_start, found.span_end),
        "back": f"{draft.get_absolute_url()}#r{found.pk}",
    }


@require_http_methods(FORM_METHODS)
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """Say once what each unit name means; kept for this and later documents."""
    draft = drafts.of(request.user, pk)
    meant = Wordings(draft.owner).of(draft.rows.all())
    form = WordingsForm(request.POST if request.method == "POST" else None, owner=draft.owner, meant=meant)
    if request.method == "POST" and form.is_valid():
        changed = drafts.remember(request.user, pk, form.meanings())
        messages.success(request, f"已记住{changed}个单位名称的对应关系，以后的方案自动采用。")
        return redirect(draft)
    context = {"draft": draft, "form": form, "open": [each for each in form.rows() if not each[0].is_settled]}
    context["settled"] = [each for each in form.rows() if each[0].is_settled]
    return render(request, "tasks/drafts/names.html", context, status=422 if form.errors else 200)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the plan; with the box ticked its tasks go to their units at once."""
    draft = drafts.of(request.user, pk)
    try:
        plan, given = drafts.confirm(request.user, pk, give=bool(request.POST.get("give")))
    except RuleError as error:
        messages.error(request, error.message)
        return redirect(draft)
    messages.success(request, f"方案已导入，共{plan.tasks.count()}项任务。")
    if given:
        _say(request, given, plan.tasks.all())
    return redirect(plan)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the draft aside."""
    drafts.discard(request.user, pk)
    messages.success(request, "草稿已放弃，没有产生任何任务。")
    return redirect("plan-import")
