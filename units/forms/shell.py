"""Small forms of the frame around every page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme

from common.forms import KitForm

MOST_QUERY = 1000  # characters, as they stand in an address


class SavedViewForm(KitForm):
    """A name for the filter of a ledger; `page` is the ledger's path on this site."""

    page = forms.CharField(max_length=40)
    name = forms.CharField(label="视图名称", max_length=30)
    query = forms.CharField(max_length=MOST_QUERY, required=False)

    def clean_page(self) -> str:
        """Only a path of this site."""
        page = self.cleaned_data["page"]
        if not page.startswith("/") or not url_has_allowed_host_and_scheme(page, None):
            raise forms.ValidationError("台账地址不正确。")
        return page

    def clean_query(self) -> str:
        """A query string and nothing else, short enough to keep."""
        query = urlencode(parse_qsl(self.cleaned_data["query"]))
        if len(query) > MOST_QUERY:
            raise forms.ValidationError("筛选条件过长，请减少条件后再保存。")
        return query
