"""Addresses of attachments."""

from django.urls import re_path

from evidence import views

urlpatterns = [
    re_path(r"^evidence/(?P<pk>\d{1,18})/(?P<variant>original|display|thumb)$", views.file, name="evidence-file"),
]
