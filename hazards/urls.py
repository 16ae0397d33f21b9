"""URLs of hazards."""

from django.urls import include, path

from hazards.views import acting, bulk, criteria, detail, dossier, ledger, reporting, workbench

urlpatterns = [
    path("", include("hazards.imports.urls")),
    path("workbench/", workbench.page, name="workbench"),
    path("hazards/", ledger.HazardLedger.as_view(), name="hazard-list"),
    path("hazards/new/", reporting.new, name="hazard-new"),
    path("hazards/bulk/<slug:action>/", bulk.bulk, name="hazard-bulk"),
    path("hazards/<int:pk>/", detail.detail, name="hazard-detail"),
    path("hazards/<int:pk>/dossier/", dossier.dossier, name="hazard-dossier"),
    path("hazards/<int:pk>/draft/", reporting.draft, name="hazard-draft"),
    path("hazards/<int:pk>/draft/delete/", reporting.discard, name="hazard-draft-delete"),
    path("hazards/<int:pk>/actions/<slug:action>/", acting.ActionView.as_view(), name="hazard-action"),
    path("criteria/", criteria.CriteriaLibrary.as_view(), name="criteria-list"),
    path("criteria/suggest/", criteria.suggest, name="criteria-suggest"),
    path("criteria/<int:pk>/", criteria.item, name="criteria-detail"),
    path("criteria/<int:pk>/check/", criteria.check, name="criteria-check"),
]
