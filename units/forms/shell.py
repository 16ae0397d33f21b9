"""Small forms of the frame around every page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme

from common.forms import KitForm


class SavedViewForm(KitForm):
    """A name for the filter of a ledger; `page` is the ledger's path on this site."""

    page = forms.CharField(max_length=40)
    name = forms.CharField(label="视图名称", max_length=30)
    query = forms.CharField(max_length=1000, required=False)

    def clean_page(self) -> str:
        """Only a path of this site."""
        page = self.cleaned_data["page"]
        if not page.startswith("/") or not url_has_allowed_host_and_scheme(page, None):
            raise forms.ValidationError("台账地址不正确。")
        return page

    def clean_query(self) -> str:
        """A query string and nothing else."""
        return urlencode(parse_qsl(self.cleaned_data["query"]))
