"""Forms of batches."""

from __future__ import annotations

from supervision import papers
from supervision.forms.base import PaperTextForm, RecordForm
from supervision.paper_text import Text
from supervision.transitions.batches import rows_of


class BatchTextForm(PaperTextForm):
    """The notice of the batch."""

    def text(self) -> Text:
        """As drafted, or as somebody has changed it."""
        return papers.batch_text(self.record, rows_of(self.record))


FORMS: dict[str, type[RecordForm]] = {"": RecordForm, "batch_text": BatchTextForm}
