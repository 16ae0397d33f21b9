"""处置措施: the list of proposals and decisions, one measure, proposing one."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.columns import Column, badge_column, date_column
from common.errors import Forbidden, NotInScope, RuleError
from common.ledgers import LedgerView
from common.record_pages import buttons, one, timeline
from hazards.models import Hazard
from supervision.filters import MeasureFilter
from supervision.forms import measures as forms
from supervision.models import Measure
from supervision.transitions import measures
from supervision.views.acting import RecordActionView
from supervision.views.paper import draft_of
from units.access import RightRequiredMixin, require
from units.models import Unit
from units.roles import Right


class MeasureLedger(RightRequiredMixin, LedgerView):
    """处置措施台账."""

    rights = (Right.READ_HAZARD,)
    model = Measure
    title = "处置措施"
    filterset_class = MeasureFilter
    default_order = ("-proposed_at", "-pk")
    columns = (
        Column("unit", "对象", "unit.name", order=("unit__name",), link=True, width=28),
        Column("kind", "措施", lambda row: row.get_form_display() or row.get_kind_display()),
        badge_column("state", "状态", "measure_state", order=("state",)),
        Column("reason", "理由", css="cell-words", width=48),
        Column("hazard", "隐患编号", lambda row: row.hazard.number if row.hazard else "—", css="cell-nowrap", width=24),
        date_column("proposed", "提出日期", "proposed_at", order=("proposed_at",)),
        date_column("decided", "决定日期", "decided_at", order=("decided_at",)),
        date_column("follow_up", "复核日期", "follow_up_by", default=False),
        date_column("expires", "有效期至", "expires_at", default=False),
        Column("document", "文书", default=False, width=24),
        date_column("done", "办结日期", "done_at", default=False),
    )

    def get_base_queryset(self) -> QuerySet[Measure]:
        """What the rows show, selected at once."""
        return super().get_base_queryset().select_related("unit", "hazard")


class MeasureAction(RecordActionView):
    """One action on a measure."""

    model, lifecycle, forms = Measure, measures.LIFECYCLE, forms.FORMS

    def drafts(self) -> list[dict[str, str]]:
        """约谈通知 or 移送函 before the decision."""
        which = draft_of(self.record, self.request.user)
        label = "移送函" if which == "transfer" else "约谈通知"
        return [{"label": label, "url": reverse("measure-paper", args=[self.record.pk, which, "pdf"])}] if which else []


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The measure with its ground, decision, letter, result and events."""
    require(request.user, Right.READ_HAZARD)
    measure = one(Measure, request.user, pk)
    context = {
        "measure": measure,
        "hazard": measure.hazard,
        "paper": {"talk": "minutes", "transfer": "transfer"}.get(measure.form, "") if measure.number else "",
        "draft": draft_of(measure, request.user),
        "files": measure.attachments.select_related("blob"),
        "buttons": buttons(measures.LIFECYCLE, measure, request.user, "measure-action"),
        "events": timeline(measures.LIFECYCLE, measure.events.all(), {}),
    }
    return render(request, "supervision/measure_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a measure against the unit of the hazard `pk`."""
    require(request.user, Right.PROPOSE_LISTING)
    hazard = one(Hazard, request.user, pk)
    form = forms.ProposeForm(*([request.POST] if request.method == "POST" else []), record=hazard, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(measures.propose(request.user, hazard.pk, **form.values()))
        except (Forbidden, NotInScope):
            raise
        except RuleError as error:
            form.refuse(error)
    context = {"form": form, "hazard": hazard, "title": "提出处置措施建议"}
    return render(request, "supervision/propose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def propose_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a measure against the unit `pk` as such."""
    require(request.user, Right.PROPOSE_LISTING)
    unit = Unit.objects.for_user(request.user, Right.PROPOSE_LISTING).filter(pk=pk).first()  # type: ignore[arg-type]
    if unit is None:
        raise NotInScope
    typed = [request.POST] if request.method == "POST" else []
    form = forms.ProposeUnitForm(*typed, record=unit, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(measures.propose_unit(request.user, unit.pk, **form.values()))
        except NotInScope:
            raise
        except RuleError as error:
            form.refuse(error)
    context = {"form": form, "unit": unit, "title": f"对{unit.name}提出处置措施建议"}
    return render(request, "supervision/propose.html", context, status=422 if form.errors else 200)
