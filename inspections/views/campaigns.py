"""专项整治: the campaigns, one with its ledger of objects, objects by hand or from a sheet, every action on one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.columns import Column, Empty, Figure, badge_column, date_column
from common.errors import Forbidden, Refused
from common.exports import XLSX
from common.forms import posted
from common.ledgers import LedgerView
from common.record_pages import RecordActionPage, buttons, one, timeline
from common.spreadsheets import template_xlsx
from hazards.models import Hazard
from hazards.models.hazard import OPEN as OPEN_HAZARD
from hazards.models.hazard import State as HazardState
from inspections import campaign_sheet
from inspections.filters_campaigns import CampaignFilter, ObjectFilter
from inspections.forms.campaigns import OBJECT_FORMS, CampaignForm, ObjectForm, SheetForm
from inspections.models.campaigns import Campaign, CampaignObject
from inspections.models.scoping import owns
from inspections.transitions import campaigns
from units.access import RightRequiredMixin, holds, require
from units.roles import Right

_S = CampaignObject.State
SHOWN_FAULTS = 200


class CampaignLedger(RightRequiredMixin, LedgerView):
    """专项整治 with its progress."""

    rights = (Right.READ_PLAN,)
    model = Campaign
    title = "专项整治"
    template_name = "inspections/campaigns.html"
    filterset_class = CampaignFilter
    default_order = ("-starts_on", "-pk")
    columns = (
        Column("title", "名称", link=True, order=("title",), width=40),
        Column("form", "台账形式", lambda row: row.get_form_display(), width=22),
        Column("sector", "行业领域", "sector.name"),
        Column("owner", "牵头单位", "owner.name", width=24),
        date_column("starts_on", "开始", order=("starts_on",)),
        date_column("ends_on", "结束", order=("ends_on",)),
        badge_column("state", "状态", "campaign_state"),
        Column("total", "对象", numeric=True, order=("total",), kind="number"),
        Column("done", "已完成", numeric=True, order=("done",), kind="number"),
        Column("late", "逾期", numeric=True, order=("late",), kind="number"),
    )

    def get_base_queryset(self) -> QuerySet[Campaign]:
        """With how many objects there are, finished and late."""
        return super().get_base_queryset().select_related("owner", "sector").with_progress()  # type: ignore[attr-defined,no-any-return]

    def get_empty(self) -> Empty:
        """What to do about an empty list."""
        if self.chips or not holds(self.request.user, Right.PLAN_INSPECTION):
            return super().get_empty()
        return Empty("还没有专项整治", "建立专项后导入整治对象台账。", "建立专项整治", reverse("campaign-new"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether the person may begin one."""
        return super().get_context_data(may_plan=holds(self.request.user, Right.PLAN_INSPECTION), **kwargs)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a campaign."""
    require(request.user, Right.PLAN_INSPECTION)
    form = CampaignForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            campaign = campaigns.begin(request.user, **form.values())
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, "已建立专项整治，请导入或登记整治对象。")
            return redirect(campaign)
    context = {"form": form, "title": "建立专项整治", "back": reverse("campaign-list"), "submit": "建立"}
    return render(request, "inspections/form.html", context, status=422 if form.errors else 200)


class ObjectLedger(RightRequiredMixin, LedgerView):
    """One campaign: its objects, by category and state."""

    rights = (Right.READ_PLAN,)
    model = CampaignObject
    template_name = "inspections/campaign.html"
    filterset_class = ObjectFilter
    default_order = ("deadline", "pk")
    columns = (
        Column("name", "对象名称", link=True, order=("name",), width=30),
        Column("category", "分类", order=("category",)),
        badge_column("state", "状态", "campaign_object_state", order=("state",)),
        date_column("deadline", "完成时限", order=("deadline",)),
        Column("responsible", "责任单位", "responsible.name", width=24),
        Column("person", "责任人"),
        Column("progress", "进展", css="cell-words", width=36),
        date_column("done_on", "完成日期", order=("done_on",)),
        Column("address", "地址", default=False, width=30),
        Column("measure", "整治措施", css="cell-words", default=False, width=36),
        Column("unit", "建档企业", "unit.name", default=False, width=30),
    )

    def get_base_queryset(self) -> QuerySet[CampaignObject]:
        """The objects of this campaign the reader may see."""
        self.campaign = one(Campaign, self.request.user, self.kwargs["pk"])
        self.title = self.campaign.title
        found = CampaignObject.objects.for_user(self.request.user).filter(campaign=self.campaign)
        return found.select_related("responsible", "unit")

    def row_tone(self, row: CampaignObject) -> str:
        """Red where the deadline has passed."""
        return "red" if row.is_overdue else ""

    def get_figures(self, queryset: QuerySet[Any]) -> Sequence[Figure]:
        """Progress of the list as filtered, and each category."""
        counted = queryset.exclude(state=_S.REMOVED).aggregate(
            total=Count("pk"),
            done=Count("pk", filter=Q(state=_S.DONE)),
            late=Count("pk", filter=Q(pk__in=CampaignObject.objects.overdue())),
        )
        share = f"{counted['done'] / counted['total']:.0%}" if counted["total"] else "—"
        figures = [
            Figure("纳入整治", counted["total"], self.narrowed(taken="true")),
            Figure("已完成", counted["done"], self.narrowed(state="done"), note=share),
            Figure("逾期", counted["late"], self.narrowed(late="yes"), tone="red" if counted["late"] else "plain"),
        ]
        figures += self._hazard_figures()
        taken = queryset.exclude(state=_S.REMOVED).order_by()
        named = dict(taken.values_list("category").annotate(n=Count("pk")))
        return figures + [
            Figure(word, named.get(word, 0), self.narrowed(category=word, taken="true"))
            for word in self.campaign.categories
        ]

    def _hazard_figures(self) -> list[Figure]:
        """What was found in the campaign, as far as the reader sees it, and what of it is open."""
        found = Hazard.objects.for_user(self.request.user).exclude(state=HazardState.DRAFT)
        counted = found.filter(campaign=self.campaign.pk).aggregate(
            found=Count("pk"), open=Count("pk", filter=OPEN_HAZARD)
        )
        address = f"{reverse('hazard-list')}?campaign={self.campaign.pk}"
        return [
            Figure("发现隐患", counted["found"], address),
            Figure("未销号隐患", counted["open"], f"{address}&opened=true"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the campaign and what may be done with it."""
        leads = owns(self.request.user, Right.PLAN_INSPECTION, self.campaign)
        running = self.campaign.state == Campaign.State.RUNNING
        return super().get_context_data(campaign=self.campaign, may_lead=leads and running, **kwargs)


def _led(request: HttpRequest, pk: int) -> Campaign:
    """The campaign in scope that the person leads: 404 out of scope, 403 without the right."""
    require(request.user, Right.PLAN_INSPECTION)
    campaign: Campaign = one(Campaign, request.user, pk)
    if not owns(request.user, Right.PLAN_INSPECTION, campaign):
        raise Forbidden
    return campaign


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter one object."""
    campaign = _led(request, pk)
    form = ObjectForm(*posted(request), campaign=campaign, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            found = campaigns.enter(request.user, pk, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, "已登记整治对象。")
            return redirect(found)
    context = {"form": form, "title": "登记整治对象", "back": campaign.get_absolute_url(), "submit": "登记"}
    return render(request, "inspections/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Import a sheet: good rows once, faulty ones told by row, column and reason."""
    campaign = _led(request, pk)
    form = SheetForm(*posted(request))
    outcome = None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            outcome = campaign_sheet.bring_in(request.user, pk, upload, upload.name)
        except Refused as error:
            form.add_error("file", error.message)
    faults = outcome.as_json()["rejected"][:SHOWN_FAULTS] if outcome else []
    context = {
        "campaign": campaign,
        "form": form,
        "outcome": outcome,
        "faults": faults,
        "refused": len(outcome.rejected) if outcome else 0,
    }
    return render(request, "inspections/campaign_import.html", context, status=422 if form.errors else 200)


@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An empty sheet to fill in."""
    campaign = _led(request, pk)
    buffer = io.BytesIO()
    template_xlsx(buffer, "整治对象台账", campaign_sheet.FIELDS)
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=f"{campaign.title}对象台账模板.xlsx", content_type=XLSX)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End the campaign."""
    campaign = _led(request, pk)
    try:
        campaigns.close(request.user, pk)
        messages.success(request, "专项整治已结束。")
    except Refused as error:
        messages.error(request, error.message)
    return redirect(campaign)


class ObjectAction(RecordActionPage):
    """One action on an object."""

    model, lifecycle, forms = CampaignObject, campaigns.LIFECYCLE, OBJECT_FORMS


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One object with its history."""
    require(request.user, Right.READ_PLAN)
    found = one(CampaignObject, request.user, pk)
    context = {
        "found": found,
        "may_begin": found.unit_id is not None and found.campaign.state == Campaign.State.RUNNING,
        "buttons": buttons(campaigns.LIFECYCLE, found, request.user, "campaign-object-action"),
        "events": timeline(campaigns.LIFECYCLE, found.events.all(), {}),
    }
    return render(request, "inspections/campaign_object.html", context)
