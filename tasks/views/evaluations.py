"""阶段评估: the list, one with its figures, drafting, every action, the paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.columns import Column, Empty, Figure, badge_column, date_column
from common.errors import Forbidden, RuleError
from common.ledgers import LedgerView
from common.paper_pages import paper_response
from common.record_pages import RecordActionPage, buttons, one, timeline
from tasks.evaluations.paper import build
from tasks.forms.evaluations import FORMS, DraftForm
from tasks.models import Evaluation
from tasks.transitions import evaluations
from units.access import RightRequiredMixin, holds, require
from units.roles import Right


class EvaluationLedger(RightRequiredMixin, LedgerView):
    """阶段评估."""

    rights = (Right.READ_EVALUATION,)
    model = Evaluation
    title = "阶段评估"
    template_name = "tasks/evaluations/list.html"
    default_order = ("-until", "-pk")
    columns = (
        Column("title", "标题", link=True, css="cell-words", width=48),
        Column("kind", "类别", lambda row: row.get_kind_display()),
        Column("plan", "方案", "plan.title", css="cell-words", width=40),
        date_column("until", "评估截至", "until", order=("until",)),
        badge_column("state", "状态", "evaluation_state", order=("state",)),
    )

    def get_base_queryset(self) -> QuerySet[Evaluation]:
        """With the plan's title, without the texts."""
        return super().get_base_queryset().select_related("plan").defer("snapshot", "sections", "plan__text")

    def get_empty(self) -> Empty:
        """Says how one comes about."""
        may = holds(self.request.user, Right.DRAFT_EVALUATION)
        words = "选择一份方案和截至日期，系统按任务、指标和履职数据起草，再由人编辑、审定。"
        return Empty(
            "还没有阶段评估", words, "起草评估" if may else "", reverse("evaluation-new") if may else "", "document"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the button, for those who may press it."""
        return super().get_context_data(**kwargs) | {"may_draft": holds(self.request.user, Right.DRAFT_EVALUATION)}


class EvaluationAction(RecordActionPage):
    """One action on an evaluation."""

    model, lifecycle, forms = Evaluation, evaluations.LIFECYCLE, FORMS


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it stands, its figures, each opening what it counts, and what may be done."""
    require(request.user, Right.READ_EVALUATION)
    evaluation = one(Evaluation, request.user, pk)
    context = {
        "evaluation": evaluation,
        "figures": figures(evaluation),
        "indicators": evaluation.snapshot["indicators"],
        "groups": [
            ("行动", "action", evaluation.snapshot["tasks"]["by_action"]),
            ("单位", "unit", evaluation.snapshot["tasks"]["by_unit"]),
        ],
        "duties": evaluation.snapshot["duties"],
        "buttons": buttons(evaluations.LIFECYCLE, evaluation, request.user, "evaluation-action"),
        "events": timeline(evaluations.LIFECYCLE, evaluation.events.all(), {}),
    }
    return render(request, "tasks/evaluations/detail.html", context)


def figures(evaluation: Evaluation) -> list[Figure]:
    """Of the snapshot; each leads to the records it counted."""
    tasks, rows = evaluation.snapshot["tasks"], evaluation.snapshot["indicators"]
    parts = {key: reverse("evaluation-tasks", args=[evaluation.pk, key]) for key in ("all", "done", "late")}
    met = sum(row["met"] is True for row in rows)
    missed = sum(row["missed"] for row in evaluation.snapshot["duties"])
    return [
        Figure("单位任务", tasks["all"], parts["all"], "项", "plain", "list"),
        Figure("已办结", tasks["done"], parts["done"], "项", "plain", "check-circle"),
        Figure("逾期未办结", tasks["late"], parts["late"], "项", "red" if tasks["late"] else "plain", "alert"),
        Figure("指标达到目标", f"{met}/{len(rows)}", "#goals", "", "plain", "chart-line"),
        Figure("履职未完成", missed, reverse("evaluation-duties", args=[evaluation.pk, "missed"]), "个（次）",
               "orange" if missed else "plain", "checklist"),
    ]  # fmt: skip


@require_safe
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The report as .docx or PDF; until it is approved marked as a draft."""
    require(request.user, Right.READ_EVALUATION)
    evaluation = one(Evaluation, request.user, pk)
    return paper_response(build(evaluation), evaluation.title.replace("/", "／"), kind)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """起草评估."""
    require(request.user, Right.DRAFT_EVALUATION)
    form = DraftForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made, is_new = evaluations.draft(request.user, **form.cleaned_data)
            messages.success(request, "已起草，请核对后编辑。" if is_new else "该评估已经起草过。")
            return redirect(made)
        except Forbidden:
            raise
        except RuleError as error:
            form.refuse(error)
    context = {"form": form, "heading": "起草阶段评估", "submit": "起草", "back": reverse("evaluation-list")}
    return render(request, "tasks/form_page.html", context, status=422 if form.errors else 200)
