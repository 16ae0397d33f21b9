"""The groups supervision adds to the workbench."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from common.limits import limit
from common.paging import BoundedCount, bounded_count
from common.workbench import Group, Todo
from supervision import queries
from supervision.models import Letter, Listing, Measure

SHOWN = 5


def _group(
    key: str,
    title: str,
    rows: QuerySet[Any],
    todo: Callable[[Any], Todo],
    *,
    url: str,
    order: int,
    tone: str = "orange",
) -> Group | None:
    found = list(rows[: SHOWN + 1])
    if not found:
        return None
    count = BoundedCount(len(found), True) if len(found) <= SHOWN else bounded_count(rows)
    return Group(key, title, count, _todos(found[:SHOWN], todo), url, order, tone, "gavel")


def _todos(rows: Iterable[Any], todo: Callable[[Any], Todo]) -> list[Todo]:
    return [todo(row) for row in rows]


def _deadline(term: str, row: Any, since: datetime | None) -> datetime | None:
    return limit(term, row.area_path).after(since) if since else None


def _listing_to_decide(row: Listing) -> Todo:
    todo = _of_listing("审批", "")(row)
    return replace(todo, due=_deadline("listing.approve", row, row.accepted_at or row.proposed_at))


def _listing_to_opine(row: Listing) -> Todo:
    todo = _of_listing("办理", "accept_by")(row)
    return todo if todo.due else replace(todo, due=_deadline("listing.opinion", row, row.proposed_at))


def _letter_to_answer(row: Letter) -> Todo:
    todo = _of_letter("办理")(row)
    return todo if todo.due else replace(todo, due=_deadline("letter.sign_for", row, row.signed_at))


def _letter_to_judge(row: Letter) -> Todo:
    return replace(_of_letter("审核")(row), due=_deadline("letter.review", row, row.updated_at))


def _of_listing(action: str, due: str) -> Callable[[Listing], Todo]:
    def todo(row: Listing) -> Todo:
        title = f"{row.hazard.number} {row.hazard.description[:40]}"
        note = f"{row.hazard.unit.name}，{row.get_kind_display()}，{row.state_label}"
        url = row.get_absolute_url()
        return Todo(title, note, url, action, url, getattr(row, due) if due else None, row.hazard.level)

    return todo


def _of_letter(action: str) -> Callable[[Letter], Todo]:
    def todo(row: Letter) -> Todo:
        url = row.get_absolute_url()
        note = f"{row.get_kind_display()}，致{row.to_unit.name}，{row.get_state_display()}"
        return Todo(str(row), note, url, action, url, row.due_at)

    return todo


def _of_measure(row: Measure) -> Todo:
    url = row.get_absolute_url()
    return Todo(
        f"{row.get_kind_display()}建议：{row.unit.name}",
        row.reason,
        url,
        "决定",
        url,
        None,
        row.hazard.level if row.hazard else "",
    )


def listings_to_decide(user: Any) -> Group | None:
    """待审批督办、解除督办."""
    url = f"{reverse('listing-list')}?state=proposed&state=accepted"
    rows = queries.listings_to_decide(user)
    return _group("listing-decide", "督办待审批", rows, _listing_to_decide, url=url, order=15, tone="red")


def listings_to_opine(user: Any) -> Group | None:
    """待会审、待验收."""
    url = f"{reverse('listing-list')}?state=proposed&state=acceptance"
    rows = queries.listings_to_opine(user)
    return _group("listing-opine", "督办待会审、验收", rows, _listing_to_opine, url=url, order=20)


def listings_to_serve(user: Any) -> Group | None:
    """待送达、公示."""
    url = f"{reverse('listing-list')}?in_force=true"
    rows = queries.listings_to_serve(user)
    return _group("listing-serve", "督办待送达、公示", rows, _of_listing("登记", "serve_by"), url=url, order=25)


def listings_of_firm(user: Any) -> Group | None:
    """企业：督办方案、进展."""
    rows = queries.listings_of_firm(user)
    todo = _of_listing("报送", "next_report_at")
    return _group("listing-firm", "挂牌（挂账）督办", rows, todo, url=reverse("listing-list"), order=12, tone="red")


def measures_to_decide(user: Any) -> Group | None:
    """约谈等措施待决定."""
    url = f"{reverse('measure-list')}?state=proposed"
    return _group("measure-decide", "措施建议待决定", queries.measures_to_decide(user), _of_measure, url=url, order=18)


def letters_to_sign(user: Any) -> Group | None:
    """函件待签发."""
    url = f"{reverse('letter-list')}?state=draft"
    return _group("letter-sign", "函件待签发", queries.letters_to_sign(user), _of_letter("签发"), url=url, order=22)


def letters_to_answer(user: Any) -> Group | None:
    """函件待签收、回复."""
    rows = queries.letters_to_answer(user)
    return _group("letter-answer", "函件待签收、回复", rows, _letter_to_answer, url=reverse("letter-list"), order=14)


def letters_to_judge(user: Any) -> Group | None:
    """函件回复待审核."""
    url = f"{reverse('letter-list')}?state=answered"
    return _group("letter-judge", "函件回复待审核", queries.letters_to_judge(user), _letter_to_judge, url=url, order=30)


GROUPS = (
    listings_to_decide,
    listings_to_opine,
    listings_to_serve,
    listings_of_firm,
    measures_to_decide,
    letters_to_sign,
    letters_to_answer,
    letters_to_judge,
)
