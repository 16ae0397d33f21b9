"""URLs of the import room."""

from django.urls import path

from hazards.imports import views

urlpatterns = [
    path("imports/", views.start, name="import-start"),
    path("imports/template/<slug:kind>/", views.template, name="import-template"),
    path("imports/<int:pk>/", views.result, name="import-result"),
    path("imports/<int:pk>/preview/", views.preview, name="import-preview"),
    path("imports/<int:pk>/sheet/", views.sheet, name="import-sheet"),
    path("imports/<int:pk>/run/", views.run, name="import-run"),
    path("imports/<int:pk>/errors/", views.errors, name="import-errors"),
]
