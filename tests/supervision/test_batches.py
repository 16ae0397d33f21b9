"""第N批: one notice for all units of a batch, numbered and kept as it was signed, and one table that goes on."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import docx
import pytest
from django.db import connection

from common import clock
from common.errors import Forbidden, Refused, WrongState
from common.papers import render_docx, render_pdf
from messaging.models import Message
from supervision import archive, papers
from supervision.models import Listing
from supervision.transitions import batches, listings
from tests.supervision.world import confirmed, restore_ladder

APPROVAL = {"leader": "马建华", "waiver": "情况紧急"}


def listed(cast, batch, **fields):
    listing = listings.propose(cast.officer, confirmed(cast, **fields).pk, reason="久拖不改")
    return listings.perform("approve", listing.pk, cast.head, batch=batch, **APPROVAL)


@pytest.fixture
def batch(cast):
    return batches.open_batch(cast.fresh("officer"), cast.units["office"])


def words(paper):
    made = docx.Document(io.BytesIO(render_docx(paper)))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in made.paragraphs), *cells])


def test_one_notice_announces_the_batch_and_annexes_its_list(cast, batch):
    rows = [listed(cast, batch), listed(cast, batch)]
    issued = batches.perform("issue", batch.pk, cast.head)
    said = words(archive.kept(batches.KIND, issued))
    assert issued.document in said
    assert "2项重点隐患列入" in said
    assert all(row.number in said and row.hazard.unit.name in said for row in rows)
    assert render_pdf(archive.kept(batches.KIND, issued)).startswith(b"%PDF")


def test_the_notice_keeps_its_list_as_it_was_signed(cast, batch):
    row = listed(cast, batch)
    issued = batches.perform("issue", batch.pk, cast.head)
    before = words(archive.kept(batches.KIND, issued))
    Listing.objects.filter(pk=row.pk).update(leader="后任领导", missed_reports=3)
    assert words(archive.kept(batches.KIND, issued)) == before
    assert "3次" in words(papers.batch_table(issued, batches.rows_of(issued)))


def test_an_issued_batch_takes_no_more_and_gives_none_away(cast, batch):
    row, other = listed(cast, batch), batches.open_batch(cast.fresh("officer"), cast.units["office"])
    batches.perform("issue", batch.pk, cast.head)
    with pytest.raises(Refused, match="已印发"):
        listings.perform("set_batch", row.pk, cast.officer, batch=other)
    with pytest.raises(Refused, match="已印发"):
        listed(cast, batch)
    with pytest.raises(WrongState):
        batches.perform("issue", batch.pk, cast.head)


def test_a_batch_with_a_proposal_or_with_nothing_is_not_announced(cast, batch):
    with pytest.raises(Refused, match="还没有督办事项"):
        batches.perform("issue", batch.pk, cast.head)
    proposed = listings.propose(cast.officer, confirmed(cast).pk, reason="久拖不改")
    listings.perform("set_batch", proposed.pk, cast.officer, batch=batch)
    with pytest.raises(Refused, match="1项待审批"):
        batches.perform("issue", batch.pk, cast.head)


def test_fire_hazards_are_announced_by_the_street_itself_and_apart(cast, batch):
    listed(cast, batch, level="major", category="fire")
    street = cast.units["office"].office.street_name
    assert papers.batch_notice(batch, batches.rows_of(batch)).signature == f"{street}办事处"
    listed(cast, batch)
    with pytest.raises(Refused, match="分批印发"):
        batches.perform("issue", batch.pk, cast.head)


def test_the_office_prepares_the_notice_and_the_head_signs_it(cast, batch):
    listed(cast, batch)
    batches.perform("edit_notice", batch.pk, cast.officer, title="关于第一批督办的通知", body="共【督办项数】项。")
    with pytest.raises(Forbidden):
        batches.perform("issue", batch.pk, cast.officer)
    issued = batches.perform("issue", batch.pk, cast.head)
    assert "共1项。" in words(archive.kept(batches.KIND, issued))


def test_every_unit_of_the_batch_is_told_why(cast, batch):
    row = listed(cast, batch)
    issued = batches.perform("issue", batch.pk, cast.head)
    told = Message.objects.get(recipient=cast.safety, title__contains=issued.document)
    assert row.hazard.number in told.why
    assert row.number in told.why
    assert row.events.filter(action=batches.NOTED, note__contains=issued.document).exists()


@pytest.mark.django_db(transaction=True)
def test_four_who_sign_at_once_issue_one_notice(cast, batch):
    restore_ladder()
    listed(cast, batch)

    def sign(_):
        try:
            return batches.perform("issue", batch.pk, cast.head).document
        except WrongState:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        signed = [number for number in pool.map(sign, range(4)) if number]
    assert len(signed) == 1
    assert list(batch.events.values_list("action", flat=True)) == ["open", "issue"]


def test_what_ended_before_the_notice_is_not_announced_by_it(cast, batch):
    ended, row = listed(cast, batch), listed(cast, batch)
    Listing.objects.filter(pk=ended.pk).update(state="delisted", delisted_at=clock.now())
    issued = batches.perform("issue", batch.pk, cast.head)
    said = words(archive.kept(batches.KIND, issued))
    assert (row.number in said, ended.number in said) == (True, False)
