"""Letters, listing notices and signboards as official papers (GB/T 9704-2012; domain-rules §2, §4)."""

from supervision.papers.batches import batch_notice, batch_table, batch_text
from supervision.papers.letters import FORM_KINDS, letter_paper
from supervision.papers.listings import (
    delisting_notice,
    delisting_text,
    listing_notice,
    notice_text,
    signatory_of,
    signboard,
    supervisor_of,
)

__all__ = [
    "FORM_KINDS",
    "batch_notice",
    "batch_table",
    "batch_text",
    "delisting_notice",
    "delisting_text",
    "letter_paper",
    "listing_notice",
    "notice_text",
    "signatory_of",
    "signboard",
    "supervisor_of",
]
