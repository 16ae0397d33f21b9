"""Letters, listing notices and signboards as official papers (GB/T 9704-2012; domain-rules §2, §4)."""

from supervision.papers.letters import FORM_KINDS, letter_paper
from supervision.papers.listings import (
    batch_table,
    delisting_notice,
    delisting_text,
    listing_notice,
    notice_text,
    signboard,
)

__all__ = [
    "FORM_KINDS",
    "batch_table",
    "delisting_notice",
    "delisting_text",
    "letter_paper",
    "listing_notice",
    "notice_text",
    "signboard",
]
