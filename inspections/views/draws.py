"""双随机: the draws, preparing one, one draw with its record, every action, arranging a drawn visit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.columns import Column, Empty, badge_column, date_column
from common.errors import NotInScope, Refused
from common.forms import posted
from common.ledgers import LedgerView
from common.record_pages import RecordActionPage, buttons, one, timeline
from inspections import drawing, proof
from inspections.filters_planning import DrawFilter
from inspections.forms.draws import DRAW_FORMS, ArrangeForm, DrawForm
from inspections.models.draws import RandomDraw
from inspections.queries.candidates import OUT_OF_REACH
from inspections.transitions import draws
from units.access import RightRequiredMixin, holds, require
from units.roles import Right

READ = (Right.READ_PLAN, Right.CARRY_OUT)


class DrawLedger(RightRequiredMixin, LedgerView):
    """双随机抽取."""

    rights = READ
    model = RandomDraw
    title = "双随机抽取"
    template_name = "inspections/draws.html"
    filterset_class = DrawFilter
    default_order = ("-prepared_at", "-pk")
    columns = (
        Column("number", "编号", link=True, order=("pk",), width=24),
        Column("title", "抽查事项", css="cell-words", width=40),
        badge_column("state", "状态", "draw_state"),
        Column("kind", "性质", lambda draw: draw.get_kind_display()),
        Column("owner", "组织单位", "owner.name", width=24),
        Column("asked", "抽取企业数", numeric=True, kind="number"),
        date_column("check_by", "完成期限", order=("check_by",)),
        date_column("drawn_at", "抽取日期", order=("drawn_at",)),
        date_column("published_at", "公示日期", default=False),
    )

    def get_base_queryset(self) -> QuerySet[RandomDraw]:
        """With the unit that draws."""
        return super().get_base_queryset().select_related("owner")

    def get_empty(self) -> Empty:
        """What to do about an empty list."""
        if self.chips or not holds(self.request.user, Right.PLAN_INSPECTION):
            return super().get_empty()
        return Empty("还没有双随机抽取", "选定企业范围和检查人员名录，由系统抽取。", "编制抽取", reverse("draw-new"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether the person draws."""
        return super().get_context_data(may_plan=holds(self.request.user, Right.PLAN_INSPECTION), **kwargs)


class DrawAction(RecordActionPage):
    """One action on a draw."""

    model, lifecycle, forms = RandomDraw, draws.LIFECYCLE, DRAW_FORMS


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest) -> HttpResponse:
    """Say what is drawn from; what cannot be drawn is refused here, with the numbers."""
    require(request.user, Right.PLAN_INSPECTION)
    form = DrawForm(*posted(request), actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            draw = draws.prepare(request.user, **form.values())
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, f"候选名单和密钥摘要已确定，编号{draw.number}。核对后抽取。")
            return redirect(draw)
    context = {
        "form": form, "title": "编制双随机抽取", "back": reverse("draw-list"), "submit": "确定候选名单", "columns": "2",
        "note": "确定后候选名单不能修改，系统同时产生密钥并公布其摘要；种子由二者算出，任何人都不能挑选。",
    }  # fmt: skip
    return render(request, "inspections/form.html", context, status=422 if form.errors else 200)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Candidates, exclusions, conflicts, seed and result, recomputed while one looks."""
    require(request.user, *READ)
    draw = one(RandomDraw, request.user, pk)
    context = {
        **picture(draw),
        "buttons": buttons(draws.LIFECYCLE, draw, request.user, "draw-action"),
        "events": timeline(draws.LIFECYCLE, draw.events.all(), {}),
        "me": request.user.pk,
        "names": True,
        "record_url": reverse("draw-record", args=[pk]),
    }
    return render(request, "inspections/draw.html", context)


def picture(draw: RandomDraw) -> dict[str, Any]:
    """What page, public page and record show of a draw."""
    rows = draw.visits.select_related("unit", "inspection").prefetch_related("members")
    enterprises = {row["id"]: row["name"] for row in draw.given["enterprises"]}
    units = {row["id"]: row["unit"] for row in draw.given["inspectors"]}
    places = {pk: place for place, pk in enumerate(sorted(units), 1)}
    pairs = [row for row in draw.given["conflicts"] if row["reason"] != OUT_OF_REACH]
    return {
        "draw": draw,
        "rows": [
            {
                "row": row,
                "people": [(person, places.get(person.pk), units.get(person.pk)) for person in row.members.all()],
            }
            for row in rows
        ],
        "conflicts": [
            (enterprises[row["enterprise"]], places[row["inspector"]], units[row["inspector"]], row["reason"])
            for row in pairs
        ],
        "out_of_reach": len(draw.given["conflicts"]) - len(pairs),
        "people_count": len(units),
        "is_true": proof.is_true(draw) if draw.drawn_at else None,
        "description": drawing.DESCRIPTION,
    }


def record_of(draw: RandomDraw) -> dict[str, Any]:
    """Everything another computer needs to draw again; the secret and the result only once drawn."""
    drawn = draw.drawn_at is not None
    return {
        "number": draw.number,
        "title": draw.title,
        "algorithm": draw.algorithm,
        "description": drawing.DESCRIPTION,
        "input": draw.given,
        "input_sha256": draw.digest,
        "secret_sha256": draw.commitment,
        "secret": draw.secret if drawn else None,
        "seed": draw.seed or None,
        "result": draw.result if drawn else None,
    }


@require_safe
def record(request: HttpRequest, pk: int) -> JsonResponse:
    """The record of a draw in scope, as JSON."""
    require(request.user, *READ)
    return json_of(one(RandomDraw, request.user, pk))


def json_of(draw: RandomDraw) -> JsonResponse:
    """The record as a download."""
    response = JsonResponse(record_of(draw), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="draw-{draw.pk}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """A drawn inspector fixes the day of the visit."""
    require(request.user, Right.CARRY_OUT)
    draw = one(RandomDraw, request.user, pk)
    drawn = draw.visits.filter(pk=row).select_related("unit").first()
    if drawn is None:
        raise NotInScope
    if not drawn.members.filter(pk=request.user.pk).exists():
        draws.arrange(request.user, pk, row, draw.check_by)  # refuses with its own words
    form = ArrangeForm(*posted(request), check_by=draw.check_by)
    if request.method == "POST" and form.is_valid():
        try:
            draws.arrange(request.user, pk, row, form.cleaned_data["planned_on"])
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, f"已安排对{drawn.unit.name}的检查。")
            return redirect(draw)
    back = draw.get_absolute_url()
    context = {"form": form, "title": f"安排检查：{drawn.unit.name}", "back": back, "submit": "安排检查"}
    return render(request, "inspections/form.html", context, status=422 if form.errors else 200)
