"""Every action on a letter, a listing or a measure through one view: the form of its rule, performed by its lifecycle."""

from __future__ import annotations

from evidence.forms import FilesActionPage


class RecordActionView(FilesActionPage):
    """The page of every action on a record of this app."""

    template_name = "supervision/action.html"
