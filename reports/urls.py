"""URLs of notices, statistics and the dashboard."""

from django.urls import path

from reports.views import dashboard, notices, records, shares, statistics

_notices = [
    path("notices/", notices.NoticeList.as_view(), name="notice-list"),
    path("notices/draft/", notices.draft, name="notice-draft"),
    path("notices/<int:pk>/", notices.detail, name="notice-detail"),
    path("notices/<int:pk>/edit/", notices.NoticeEdit.as_view(), {"action": "edit"}, name="notice-edit"),
    path("notices/<int:pk>/actions/<slug:action>/", notices.NoticeAction.as_view(), name="notice-action"),
    path("notices/<int:pk>/sign/", notices.sign, name="notice-sign"),
    path("notices/<int:pk>/preview/", notices.preview, name="notice-preview"),
    path("notices/<int:pk>/receipts/", records.ReceiptList.as_view(), name="notice-receipts"),
    path("notices/<int:pk>/figures/<slug:key>/", records.NoticeFigure.as_view(), name="notice-figure"),
]

_statistics = [
    path("statistics/", statistics.page, name="statistics"),
    path("statistics/shares/<slug:key>/", shares.records, name="share-records"),
    path("statistics/records/<slug:key>/", records.FigureRecords.as_view(), name="figure-records"),
]

_dashboard = [
    path("dashboard/", dashboard.page, name="dashboard"),
    path("dashboard/alerts/missed/", dashboard.MissedReports.as_view(), name="alert-missed"),
    path("dashboard/alerts/unsigned/", dashboard.LateReceipts.as_view(), name="alert-unsigned"),
]

urlpatterns = [*_notices, *_statistics, *_dashboard]
