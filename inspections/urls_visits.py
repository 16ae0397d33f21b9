"""URLs of visits: the ledger, doing them, papers, what is kept for them, and the app for the phone."""

from __future__ import annotations

from django.urls import URLPattern, path

from inspections.views import field, field_checks, field_shell, filling, keeping, papers, visits

urlpatterns: list[URLPattern] = [
    path("inspections/visits/", visits.InspectionLedger.as_view(), name="inspection-list"),
    path("inspections/visits/new/", visits.begin, name="inspection-new"),
    path("inspections/visits/<int:pk>/", visits.detail, name="inspection-detail"),
    path("inspections/visits/<int:pk>/fill/", filling.fill, name="inspection-fill"),
    path("inspections/visits/<int:pk>/sign/", filling.sign, name="inspection-sign"),
    path("inspections/visits/<int:pk>/papers/<slug:kind>/", papers.draft, name="inspection-paper-draft"),
    path("inspections/visits/<int:pk>/<slug:action>/", visits.VisitAction.as_view(), name="inspection-action"),
    path("inspections/papers/", papers.PaperLedger.as_view(), name="inspection-paper-list"),
    path("inspections/papers/<int:pk>/", papers.detail, name="inspection-paper"),
    path("inspections/papers/<int:pk>/<slug:which>.<slug:kind>", papers.file, name="inspection-paper-file"),
    path("inspections/papers/<int:pk>/<slug:action>/", papers.PaperAction.as_view(), name="inspection-paper-action"),
    path("inspections/checklists/", keeping.checklist_list, name="checklist-list"),
    path("inspections/checklists/<int:pk>/", keeping.checklist_detail, name="checklist-detail"),
    path("inspections/certificates/", keeping.CertificateLedger.as_view(), name="certificate-list"),
    path("inspections/certificates/new/", keeping.certificate, name="certificate-new"),
    path("inspections/certificates/<int:pk>/", keeping.certificate, name="certificate-edit"),
    path("inspections/settings/", keeping.settings, name="inspection-settings"),
    path("inspections/places/<int:pk>/qr/", keeping.qr, name="enterprise-qr"),
    path("inspections/places/<int:pk>/qr.svg", keeping.qr_image, name="enterprise-qr-image"),
    path("field/", field_shell.app, name="field-app"),
    path("field/sw.js", field_shell.worker, name="field-worker"),
    path("field/manifest.webmanifest", field_shell.manifest, name="field-manifest"),
    path("field/pack/", field_shell.pack, name="field-pack"),
    path("field/criteria/", field_shell.criteria, name="field-criteria"),
    path("field/checks/<uuid:uid>/", field_checks.check, name="field-check"),
    path("field/checks/<uuid:uid>/photos/<str:sha256>/", field_checks.photo, name="field-check-photo"),
    path("field/visits/<uuid:uid>/", field.visit, name="field-visit"),
    path("field/visits/<uuid:uid>/results/", field.result, name="field-result"),
    path("field/visits/<uuid:uid>/photos/<str:sha256>/", field.photo, name="field-photo"),
    path("field/visits/<uuid:uid>/signatures/", field.signature, name="field-signature"),
    path("field/visits/<uuid:uid>/finish/", field.finish, name="field-finish"),
]
