"""抽查复核: the ledger, one check with its hazard's photos, every action, a round with everything it was drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from common import clock
from common.columns import Column, Empty, Figure, badge_column, date_column
from common.ledgers import LedgerView
from common.months import first_of_month
from common.record_pages import buttons, one, timeline
from common.wording import percent
from evidence.forms import FilesActionPage
from hazards import judging
from hazards.models import HazardEvidence
from inspections import proof, spotting
from inspections.filters_spots import SpotFilter
from inspections.forms.spots import SPOT_FORMS
from inspections.models.spots import SpotCheck, SpotRound
from inspections.transitions import spots
from units.access import RightRequiredMixin, holds, require
from units.models import Unit
from units.roles import Right

_S = SpotCheck.State
COLUMNS = (
    Column("number", "隐患编号", "hazard.number", link=True, order=("hazard__number",), width=24),
    badge_column("stratum", "层次", "spot_stratum", order=("stratum",)),
    badge_column("state", "状态", "spot_state", order=("state",)),
    Column("unit", "责任单位", "hazard.unit.name", order=("hazard__unit__name",), width=28),
    Column("description", "隐患描述", "hazard.description", css="cell-words", width=40),
    Column("inspector", "复核人", lambda row: row.inspector.name if row.inspector else None),
    date_column("due_on", "复核期限", order=("due_on",)),
    date_column("done_at", "复核日期", order=("done_at",)),
    Column("note", "复核情况", css="cell-words", default=False, width=40),
    Column("round", "轮次", "round.number", default=False, width=24),
)


class SpotLedger(RightRequiredMixin, LedgerView):
    """抽查复核."""

    rights = (Right.READ_PLAN,)
    model = SpotCheck
    title = "抽查复核"
    template_name = "inspections/spots.html"
    filterset_class = SpotFilter
    default_order = ("state", "due_on", "pk")
    columns = COLUMNS

    def get_base_queryset(self) -> QuerySet[SpotCheck]:
        """With hazard, enterprise and person."""
        return super().get_base_queryset().select_related("hazard__unit", "inspector", "round")

    def row_tone(self, row: SpotCheck) -> str:
        """Red where it is late."""
        return "red" if row.is_overdue else ""

    def get_figures(self, queryset: QuerySet[Any]) -> Sequence[Figure]:
        """What of the list waits and what came of the rest; the rate is the statistics' 抽查属实率 of this list."""
        counted = queryset.aggregate(**{state.value: Count("pk", filter=Q(state=state)) for state in _S})
        known = counted[_S.TRUE] + counted[_S.FALSE]
        rate = percent(counted[_S.TRUE] / known if known else None)
        tone = "red" if counted[_S.FALSE] else "plain"
        return [
            Figure("待复核", counted[_S.WAITING], self.narrowed(state=_S.WAITING)),
            Figure("属实", counted[_S.TRUE], self.narrowed(state=_S.TRUE), note=f"属实率{rate}"),
            Figure("不属实", counted[_S.FALSE], self.narrowed(state=_S.FALSE), tone=tone),
        ]

    def get_empty(self) -> Empty:
        """When there will be some."""
        if self.chips:
            return super().get_empty()
        return Empty("还没有抽查复核", "每月1日由系统抽取上月销号的隐患，交未经手的人员复核。")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the last rounds and whether the person may draw now."""
        rounds = SpotRound.objects.for_user(self.request.user)[:6]
        return super().get_context_data(
            rounds=rounds, may_draw=holds(self.request.user, Right.APPROVE_INSPECTION), **kwargs
        )


class SpotAction(FilesActionPage):
    """One action on a spot check."""

    model, lifecycle, forms = SpotCheck, spots.LIFECYCLE, SPOT_FORMS


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One check: the hazard as it was closed, its photos before and after, what was found."""
    require(request.user, Right.READ_PLAN)
    check = one(SpotCheck, request.user, pk)
    prefetch_related_objects([check], "hazard__evidence__attachment__blob")
    files = {file.pk: file for file in check.attachments.select_related("blob")}
    stages = (HazardEvidence.Stage.BEFORE, HazardEvidence.Stage.AFTER)
    context = {
        "check": check,
        "hazard": check.hazard,
        "stages": [(stage.label, judging.photos(check.hazard, stage)) for stage in stages],
        "files": files.values(),
        "buttons": buttons(spots.LIFECYCLE, check, request.user, "spot-check-action"),
        "events": timeline(spots.LIFECYCLE, check.events.all(), files),
    }
    return render(request, "inspections/spot.html", context)


@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a round was drawn from, its seed, its result, recomputed while one looks."""
    require(request.user, Right.READ_PLAN)
    found = one(SpotRound, request.user, pk)
    drawn = {row["hazard"] for row in found.result}
    strata = [
        {
            "label": SpotCheck.Stratum(layer["key"]).label,
            "percent": layer["percent"],
            "total": len(layer["hazards"]),
            "drawn": sum(row["id"] in drawn for row in layer["hazards"]),
            "key": layer["key"],
        }
        for layer in found.given["strata"]
    ]
    context = {
        "round": found,
        "draw": found,
        "record_url": reverse("spot-round-record", args=[found.pk]),
        "strata": strata,
        "is_true": proof.is_true(found),
        "description": spotting.DESCRIPTION,
        "list": f"{reverse('spot-check-list')}?round={found.pk}",
    }
    return render(request, "inspections/spot_round.html", context)


@require_safe
def record(request: HttpRequest, pk: int) -> JsonResponse:
    """The record of a round, as JSON, for whoever draws again."""
    require(request.user, Right.READ_PLAN)
    found = one(SpotRound, request.user, pk)
    body = {
        "number": found.number, "algorithm": found.algorithm, "description": spotting.DESCRIPTION, "input": found.given,
        "input_sha256": found.digest, "secret": found.secret, "seed": found.seed, "result": found.result,
    }  # fmt: skip
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="spot-{found.pk}.json"'
    return response


@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """Draw last month's closings now, where the job has not done it yet."""
    require(request.user, Right.APPROVE_INSPECTION)
    office = Unit.objects.office_of(request.user.hat.unit.area_path)
    month = first_of_month(clock.today(), -1)
    found = spots.draw_round(office, month, request.user)
    if found is None:
        messages.info(request, f"{month.year}年{month.month}月没有销号的隐患，不抽查。")
        return redirect("spot-check-list")
    messages.success(request, f"{found.number}：{month.year}年{month.month}月销号隐患已抽取{len(found.result)}条复核。")
    return redirect(found)
