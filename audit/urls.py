"""Addresses of the auditor's pages."""

from django.urls import path

from audit import views

urlpatterns = [
    path("audit/", views.AuditLedger.as_view(), name="audit-list"),
    path("audit/<int:pk>/", views.entry, name="audit-entry"),
    path("audit/chain/", views.chain_state, name="audit-chain"),
    path("audit/chain/verify/", views.verify, name="audit-chain-verify"),
]
