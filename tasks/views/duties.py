"""履职进度: everybody's standing, one person, one unit, and the proof behind a number."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from common import clock
from common.columns import Column, Empty, Figure, badge_column, date_column
from common.errors import NotInScope
from common.ledgers import LedgerView
from common.record_pages import one
from tasks.duties import standings
from tasks.duties.filters import StandingFilter
from tasks.duties.pace import projected
from tasks.duties.periods import Span
from tasks.duties.subjects import street_of
from tasks.models import DutyStanding, LeaderPost, StandingState
from tasks.models.standings import state_is
from tasks.transitions.duties import KINDS_OF
from tasks.transitions.duty_reminders import explain
from units.access import RightRequiredMixin, holds, require
from units.models import Unit, User
from units.queries import leaders
from units.roles import OFFICE, Right

PAST_SHOWN = 40
_TONES = {StandingState.MISSED: "red", StandingState.SHORT: "orange"}
_ICONS = {StandingState.MET: "check-circle", StandingState.ON_COURSE: "clock", StandingState.SHORT: "alert",
          StandingState.MISSED: "close", StandingState.LATE: "check"}  # fmt: skip


def period_of(row: DutyStanding) -> str:
    """2026年第3季度."""
    return Span(row.first_on, row.last_on).label


def expected(row: DutyStanding) -> int:
    """How many there will be at the end of the period at the pace so far."""
    return projected(row.done, row.since, row.due_on, clock.today())


def tally(row: DutyStanding) -> str:
    """2/3."""
    return f"{row.done}/{row.needed}"


def spread(row: DutyStanding) -> str | None:
    """2/3 different sectors; None where none are asked for."""
    return f"{row.distinct_done}/{row.distinct_needed}" if row.distinct_needed else None


class StandingLedger(RightRequiredMixin, LedgerView):
    """履职进度总表: in order of names, never of activity."""

    rights = (Right.READ_DUTY,)
    model = DutyStanding
    title = "履职进度"
    template_name = "tasks/duties/list.html"
    filterset_class = StandingFilter
    default_order = ("due_on", "code", "unit__name", "person__name", "pk")
    columns = (
        Column("who", "对象", lambda row: row.who, order=("person__name", "unit__name"), link=True, width=28),
        Column("duty", "履职事项", "duty.name", order=("code",), css="cell-words", width=32),
        Column("period", "周期", period_of, order=("first_on",), css="cell-nowrap", width=18),
        Column("done", "完成/应完成", tally, width=14),
        Column("spread", "涉及/应涉及", spread, default=False, width=14),
        badge_column("state", "状态", "duty_standing", lambda row: row.state),
        date_column("next_by", "下一次应在此日前", "next_by", order=("next_by",)),
        Column("expected", "照此进度期末", expected, numeric=True, kind="number"),
        date_column("due_on", "截止", "due_on", order=("due_on",)),
        date_column("latest_on", "最近一次", "latest_on", default=False),
        Column("quota", "要求", "duty.quota", default=False, width=30),
        Column("basis", "依据", "duty.basis", default=False, width=48),
        date_column("counted", "统计时间", "counted_at", default=False, kind="datetime"),
    )

    def get_base_queryset(self) -> QuerySet[DutyStanding]:
        """What the rows show, selected at once."""
        return super().get_base_queryset().select_related("duty", "person", "unit")

    def row_tone(self, row: DutyStanding) -> str:
        """Red for missed, orange for short."""
        return _TONES.get(row.state, "")

    def get_figures(self, queryset: QuerySet[DutyStanding]) -> list[Figure]:
        """How many stand how, in the filter in force; each opens its list."""
        params = self.request.GET.copy()
        for name in ("page", "state", "export"):
            params.pop(name, None)
        every = StandingFilter(params, self.get_base_queryset(), request=self.request).qs.order_by()
        day = clock.today()
        counts = every.aggregate(**{state.value: Count("pk", filter=state_is(state, day)) for state in StandingState})
        return [self._figure(state, counts[state.value], params) for state in StandingState]

    def _figure(self, state: StandingState, count: int, params: QueryDict) -> Figure:
        params["state"] = state.value
        tone = _TONES.get(state, "plain") if count else "plain"
        return Figure(state.label, count, f"?{params.urlencode()}", "项", tone, _ICONS[state])

    def get_empty(self) -> Empty:
        """Nothing counted, or nothing that fits."""
        if set(self.request.GET) & {"code", "state", "who", "name"}:
            return super().get_empty()
        return Empty("本周期没有履职事项", "领导须先设定履职岗位，单位须已建档；系统每十分钟统计一次。")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what still keeps people from being counted."""
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "may_count": user.role in OFFICE,
            "without_post": without_post(user) if holds(user, Right.KEEP_POSTS) else [],
            "may_record": user.role in KINDS_OF,
            "may_meet": holds(user, Right.READ_MEETING),
            "may_indicate": holds(user, Right.READ_INDICATOR),
            "may_evaluate": holds(user, Right.READ_EVALUATION),
        }


def without_post(user: Any) -> list[User]:
    """Leaders of the street to whom no quota can apply because nobody said what they are."""
    held = LeaderPost.objects.in_force().values("person_id")
    return list(leaders(user.area_path).exclude(pk__in=held).order_by("name"))


@require_POST
def count_now(request: HttpRequest) -> HttpResponse:
    """Count the street anew; the office's button, the same call the job makes."""
    require(request.user, Right.KEEP_POSTS)
    total = standings.recount(street_of(request.user.area_path))
    messages.success(request, f"已重新统计{total}项履职进度。")
    return redirect("duty-list")


@require_safe
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof: every record that counts, counted now."""
    require(request.user, Right.READ_DUTY)
    found = DutyStanding.objects.for_user(request.user).select_related("duty", "person", "unit").filter(pk=pk).first()
    if found is None:
        raise NotInScope
    fresh, rows = standings.prove(found)
    context = {
        "standing": fresh,
        "period": period_of(fresh),
        "why": explain(fresh),
        "expected": expected(fresh),
        "rows": [
            {"on": row.on, "title": row.title, "url": row.url, "kind": kind.label, "sector": row.sector}
            for kind, row in rows
        ],
        "page": page_of(fresh),
        "kinds": standings.kind_labels(found.duty),
        "may_record": request.user.role in KINDS_OF,
    }
    return render(request, "tasks/duties/standing.html", context)


def page_of(row: DutyStanding) -> str:
    """The page of the person or unit."""
    return reverse("duty-person", args=[row.person_id]) if row.person_id else reverse("duty-unit", args=[row.unit_id])


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One leader: every duty of the running periods, what is behind, and former periods."""
    require(request.user, Right.READ_DUTY)
    rows = DutyStanding.objects.for_user(request.user).filter(person_id=pk)
    whom = User.objects.filter(pk=pk).first()
    if whom is None or not (rows.exists() or pk == request.user.pk):
        raise NotInScope
    posts = "、".join(held.get_post_display() for held in LeaderPost.objects.in_force().filter(person_id=pk))
    return _page(request, rows, whom.name, posts or "尚未设定履职岗位")


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: the same."""
    require(request.user, Right.READ_DUTY)
    whom = one(Unit, request.user, pk)
    rows = DutyStanding.objects.for_user(request.user).filter(unit_id=pk, person=None)
    return _page(request, rows, whom.name, whom.get_kind_display())


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The person's own duties, and those of the unit they act for."""
    require(request.user, Right.READ_DUTY)
    user: Any = request.user
    rows = DutyStanding.objects.for_user(user).filter(Q(person_id=user.pk) | Q(person=None, unit_id=user.hat.unit_id))
    return _page(request, rows, f"{user.name}、{user.hat.unit.name}", user.hat.get_role_display())


def _page(request: HttpRequest, rows: QuerySet[DutyStanding], title: str, note: str) -> HttpResponse:
    rows = rows.select_related("duty", "person", "unit").order_by("due_on", "code")
    running = [_card(row) for row in rows.current()]  # type: ignore[attr-defined]
    past = list(rows.filter(last_on__lt=clock.today()).order_by("-last_on", "code")[:PAST_SHOWN])
    context = {
        "title": title,
        "note": note,
        "cards": running,
        "past": [(row, period_of(row), tally(row)) for row in past],
        "behind": [card for card in running if card["standing"].state in _TONES],
        "may_record": request.user.role in KINDS_OF,
    }
    return render(request, "tasks/duties/page.html", context)


def _card(row: DutyStanding) -> dict[str, Any]:
    return {"standing": row, "period": period_of(row), "why": explain(row), "expected": expected(row)}
