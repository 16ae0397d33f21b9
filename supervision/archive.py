"""Signed papers are kept word for word: a unit renamed or a deadline moved later does not change what was served."""

from __future__ import annotations

from typing import Any

from common.papers import Paper
from common.papers.archive import dump, load
from supervision.models import PaperArchive


def keep(kind: str, record: Any, paper: Paper) -> None:
    """Keep what the paper of `record` says now; the first one stays."""
    PaperArchive.objects.bulk_create(
        [PaperArchive(kind=kind, record_id=record.pk, number=paper.number, content=dump(paper))], ignore_conflicts=True
    )


def kept(kind: str, record: Any) -> Paper | None:
    """The paper as it was signed; None before it was."""
    row = PaperArchive.objects.filter(kind=kind, record_id=record.pk).first()
    if row is None:
        return None
    paper: Paper = load(row.content)
    return paper
