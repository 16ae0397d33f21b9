"""What the office keeps for visits: checklists, 执法证, headings of papers, the QR code of every place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

import audit
from common import clock
from common.columns import Column, Empty, date_column
from common.errors import NotInScope
from common.ledgers import LedgerView
from common.papers.qr import svg
from inspections import offices
from inspections.filters.visits import CertificateFilter
from inspections.forms.papers import CertificateForm, SettingsForm
from inspections.models import Checklist, EnforcementCertificate, InspectionSettings
from units.access import RightRequiredMixin, holds, require
from units.models import Unit
from units.roles import Right


@require_safe
def checklist_list(request: HttpRequest) -> HttpResponse:
    """检查表: one per kind of place."""
    require(request.user, Right.READ_INSPECTION, Right.CARRY_OUT)
    found = [(row, row.versions.filter(is_current=True).first()) for row in Checklist.objects.filter(is_active=True)]
    return render(request, "inspections/checklists.html", {"checklists": found})


@require_safe
def checklist_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A checklist with its items in force and its earlier versions."""
    require(request.user, Right.READ_INSPECTION, Right.CARRY_OUT)
    checklist = get_object_or_404(Checklist, pk=pk)
    version = checklist.versions.filter(is_current=True).first()
    items = version.items.select_related("criterion__standard") if version else ()
    context = {"checklist": checklist, "version": version, "items": items, "versions": checklist.versions.all()}
    return render(request, "inspections/checklist.html", context)


def _standing(row: EnforcementCertificate) -> str:
    if row.is_revoked:
        return "已注销"
    if row.is_valid:
        return "有效"
    return "未生效" if row.valid_from > clock.today() else "已过期"


class CertificateLedger(RightRequiredMixin, LedgerView):
    """执法证."""

    rights = (Right.KEEP_CERTIFICATES, Right.ISSUE_PAPER)
    model = EnforcementCertificate
    title = "执法证"
    template_name = "inspections/certificates.html"
    filterset_class = CertificateFilter
    default_order = ("valid_until", "number")
    columns = (
        Column("user", "持证人", "user.name", order=("user__name",), link=True),
        Column("unit", "所在单位", "unit.name", width=28),
        Column("number", "执法证号", order=("number",), width=22),
        Column("issuer", "发证机关", default=False, width=24),
        date_column("valid_from", "有效期起", "valid_from", default=False),
        date_column("valid_until", "有效期止", "valid_until", order=("valid_until",)),
        Column("standing", "状态", _standing),
    )

    def get_base_queryset(self) -> QuerySet[EnforcementCertificate]:
        """With person and unit."""
        return super().get_base_queryset().select_related("user", "unit")

    def row_url(self, row: EnforcementCertificate) -> str:
        """Its form, for whoever keeps them."""
        return reverse("certificate-edit", args=[row.pk]) if holds(self.request.user, Right.KEEP_CERTIFICATES) else ""

    def row_tone(self, row: EnforcementCertificate) -> str:
        """Red for one that no longer holds."""
        return "" if row.is_valid else "red"

    def get_empty(self) -> Empty:
        """What to do about an empty list."""
        if self.chips:
            return super().get_empty()
        return Empty("还没有登记执法证", "行政检查须有两名持有效执法证的人员，请先登记。")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the person keeps them."""
        return {**super().get_context_data(**kwargs), "may_keep": holds(self.request.user, Right.KEEP_CERTIFICATES)}


@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new certificate, or one corrected; every change is audited."""
    require(request.user, Right.KEEP_CERTIFICATES)
    known = EnforcementCertificate.objects.for_user(request.user).filter(pk=pk).first() if pk else None
    if pk and known is None:
        raise NotInScope
    form = CertificateForm(request.POST or None, instance=known, actor=request.user)
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        row.unit = row.user.hat.unit
        row.updated_at = clock.now()
        row.save()
        audit.record("inspections.certificate", row, after={"number": row.number, "valid_until": str(row.valid_until)})
        messages.success(request, "执法证已保存。")
        return redirect("certificate-list")
    status = 422 if form.errors else 200
    return render(
        request, "inspections/keep.html", {"form": form, "title": "执法证", "back": "certificate-list"}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Heading, number prefix and remedy bodies of the office's papers."""
    require(request.user, Right.KEEP_CERTIFICATES)
    office = Unit.objects.office_of(request.user.hat.unit.area_path)
    form = SettingsForm(request.POST or None, instance=offices.settings_of(office))
    if request.method == "POST" and form.is_valid():
        kept: InspectionSettings = form.save()
        audit.record("inspections.settings", kept, after=dict(form.cleaned_data))
        messages.success(request, "检查文书设置已保存，以后出具的文书按新设置。")
        return redirect("inspection-settings")
    context = {"form": form, "title": "检查文书设置", "back": "inspection-hub", "power": offices.holds_power(office)}
    return render(request, "inspections/keep.html", context, status=422 if form.errors else 200)


@require_safe
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet to hang at the entrance: scanning it starts a visit there (扫码入企)."""
    require(request.user, Right.READ_UNIT)
    return render(request, "inspections/qr.html", {"unit": _place(request, pk)})


@require_safe
def qr_image(request: HttpRequest, pk: int) -> HttpResponse:
    """The code itself, as SVG."""
    require(request.user, Right.READ_UNIT)
    unit = _place(request, pk)
    address = request.build_absolute_uri(f"{reverse('field-app')}?unit={unit.pk}")
    return HttpResponse(svg(address), content_type="image/svg+xml")


def _place(request: HttpRequest, pk: int) -> Unit:
    found = Unit.objects.for_user(request.user).enterprises().select_related("area")
    return get_object_or_404(found, pk=pk)
