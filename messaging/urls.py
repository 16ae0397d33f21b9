"""Addresses of messages and of 后台任务."""

from django.urls import path

from messaging.views import inbox, work

urlpatterns = [
    path("messages/", inbox.Inbox.as_view(), name="message-list"),
    path("messages/<int:pk>/", inbox.open_one, name="message-open"),
    path("messages/read-all/", inbox.open_all, name="messages-read-all"),
    path("messages/deliveries/", inbox.DeliveryLog.as_view(), name="delivery-list"),
    path("messages/preferences/", inbox.preferences, name="message-preferences"),
    path("work/", work.WorkLedger.as_view(), name="work-list"),
    path("work/<int:pk>/", work.detail, name="work-detail"),
    path("work/<int:pk>/file/", work.file, name="work-file"),
]
