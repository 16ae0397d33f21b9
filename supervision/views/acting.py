"""Every action on a letter, a listing or a measure through one view: the form of its rule, performed by its lifecycle."""

from __future__ import annotations

from typing import Any

from evidence.forms import FilesActionPage


class RecordActionView(FilesActionPage):
    """The page of every action on a record of this app; beside the form stands the paper it is about to sign."""

    template_name = "supervision/action.html"

    def drafts(self) -> list[dict[str, str]]:
        """The papers not signed yet that the person may look at: label and address."""
        return []

    def get_context(self) -> dict[str, Any]:
        """The drafts, for the aside."""
        return {"drafts": self.drafts()}
