"""Reads across ladder, listings, letters and measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from common.paging import CEILING
from hazards.discretion import is_firm, step_field
from hazards.models import Hazard
from hazards.models.hazard import TIMED
from supervision.ladder import PROPOSALS
from supervision.models import (
    LadderFiring,
    LadderPolicy,
    Letter,
    LetterAnswer,
    Listing,
    ListingFile,
    ListingState,
    Measure,
)
from supervision.models.letters import LetterState
from supervision.standing import with_standing
from units.access import holds
from units.roles import Right

# The hazard's events that tell of a proposal of the ladder; the enterprise learns of it when a person has decided.
UNDECIDED = Q(action="ladder") & (Q(data__step__in=PROPOSALS) | Q(data__has_key="waits"))
COLUMN_ROWS = 6
WAITING_ROWS = 20
COLUMNS: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("remind", "到期提醒", ("remind_1", "remind_2", "remind_3"), "blue"),
    ("overdue", "逾期提示", ("overdue",), "yellow"),
    ("urge", "督促", ("urge",), "orange"),
    ("notice", "列入通报", ("notice",), "orange"),
    ("talk", "约谈", ("talk",), "red"),
    ("list", "挂牌（挂账）", ("list",), "red"),
    ("publish", "曝光、移送、问责", ("publish",), "dark"),
)


@dataclass(frozen=True)
class BoardColumn:
    """The hazards that stand on one rung now; `rows` are the longest overdue of `count`."""

    key: str
    label: str
    tone: str
    steps: tuple[str, ...]
    count: int
    rows: Sequence[Hazard]


def board(user: Any) -> list[BoardColumn]:
    """The hazards in the user's reach by ladder step; one query for the counts and one per column."""
    field = step_field(user)
    climbing = Hazard.objects.for_user(user).filter(TIMED).exclude(**{field: ""})
    sample = climbing.order_by().values("pk")[: CEILING + 1]
    counted = dict(Hazard.objects.filter(pk__in=sample).order_by().values_list(field).annotate(n=Count("pk")))
    return [
        BoardColumn(
            key,
            label,
            tone,
            steps,
            sum(counted.get(step, 0) for step in steps),
            list(
                with_standing(climbing.filter(**{f"{field}__in": steps}), user)
                .select_related("unit")
                .order_by("due_at", "pk")[:COLUMN_ROWS]
            ),
        )
        for key, label, steps, tone in COLUMNS
        if not (is_firm(user) and set(steps) & set(PROPOSALS))
    ]


def listings_to_decide(user: Any) -> QuerySet[Listing]:
    """Proposals; and for who may close a hazard the accepted listings that wait for their end."""
    waiting = Listing.objects.for_user(user, Right.APPROVE_LISTING)
    ends = (ListingState.ACCEPTED,) if holds(user, Right.SIGN_OFF) else ()
    return (
        waiting.filter(state__in=(ListingState.PROPOSED, *ends))
        .select_related("hazard__unit")
        .order_by("proposed_at", "pk")
    )


def listings_to_opine(user: Any) -> QuerySet[Listing]:
    """Proposals without the department's opinion, and acceptance applications."""
    mine = Listing.objects.for_user(user, Right.OPINE_LISTING).select_related("hazard__unit")
    return mine.filter(Q(state=ListingState.PROPOSED, opinion="") | Q(state=ListingState.ACCEPTANCE)).order_by("pk")


def listings_to_serve(user: Any) -> QuerySet[Listing]:
    """Approved and not served, or in force and not published, or delisted and not published."""
    mine = Listing.objects.for_user(user, Right.SERVE_LISTING).select_related("hazard__unit")
    unpublished = Q(published_at=None, state__in=(ListingState.SERVED, ListingState.TREATING))
    ended = Q(state=ListingState.DELISTED, delist_published_at=None)
    return mine.filter(Q(state=ListingState.APPROVED) | unpublished | ended).order_by("serve_by", "pk")


def listings_of_firm(user: Any) -> QuerySet[Listing]:
    """What the enterprise owes: plan or progress report."""
    mine = Listing.objects.for_user(user, Right.RECTIFY).select_related("hazard__unit")
    return mine.filter(state__in=(ListingState.SERVED, ListingState.TREATING)).order_by("next_report_at", "pk")


def measures_to_decide(user: Any) -> QuerySet[Measure]:
    """Proposed measures the user decides on."""
    return (
        Measure.objects.for_user(user, Right.DECIDE_MEASURE)
        .waiting()
        .select_related("unit", "hazard")
        .order_by("proposed_at", "pk")
    )


def letters_to_sign(user: Any) -> QuerySet[Letter]:
    """Drafts the user signs."""
    return _letters(user, Right.SIGN_LETTER).filter(state=LetterState.DRAFT).order_by("drafted_at", "pk")


def letters_to_judge(user: Any) -> QuerySet[Letter]:
    """Answers that wait for the office's or the drafting department's judgement."""
    return _letters(user, Right.DRAFT_LETTER).filter(state=LetterState.ANSWERED).order_by("due_at", "pk")


def letters_to_answer(user: Any) -> QuerySet[Letter]:
    """Letters to the user's own unit that wait for receipt or answer."""
    if not holds(user, Right.ANSWER_LETTER):
        return Letter.objects.none()
    received = Q(state=LetterState.SENT) | Q(state=LetterState.RECEIVED, due_at__isnull=False)
    mine = Letter.objects.filter(received, to_unit_id=user.hat.unit_id).select_related("to_unit")
    return mine.order_by("due_at", "pk")


def _letters(user: Any, right: str) -> QuerySet[Letter]:
    if not holds(user, right):
        return Letter.objects.none()
    return Letter.objects.for_user(user).select_related("to_unit")


def ladder_of(hazard: Hazard, user: Any) -> list[LadderFiring]:
    """What fired for the hazard, newest first; for an enterprise without proposals and what was merged into them."""
    fired = LadderFiring.objects.filter(hazard=hazard).select_related("policy").order_by("-planned_at", "-pk")
    if is_firm(user):
        fired = fired.exclude(Q(code__in=PROPOSALS) | Q(document__in=PROPOSALS) | Q(merged_into__in=PROPOSALS))
    return list(fired)


def listing_of(hazard: Hazard, user: Any) -> Listing | None:
    """The hazard's latest listing the user may read."""
    visible = Listing.objects.for_user(user).filter(hazard=hazard).select_related("department")
    return visible.order_by("-proposed_at", "-pk").first()


def policies(user: Any) -> QuerySet[LadderPolicy]:
    """The editions of the ladder that concern the user's area, with their steps."""
    return (
        LadderPolicy.objects.for_user(user).prefetch_related("steps").select_related("proposal__proposed_by", "sector")
    )


def chain_of(letter: Letter, user: Any, most: int = 40) -> list[Letter]:
    """The letters about the same hazard and those that led to this one or followed from it, oldest first, in scope."""
    visible = Letter.objects.for_user(user).select_related("source")
    found = {letter.pk, *_sources(letter, most)}
    if letter.hazard_id:
        found |= set(visible.filter(hazard_id=letter.hazard_id).order_by("pk").values_list("pk", flat=True)[:most])
    while len(found) < most:
        followed = set(visible.filter(source__in=found).exclude(pk__in=found).values_list("pk", flat=True)[:most])
        if not followed:
            break
        found |= followed
    chain = list(visible.filter(pk__in=found).order_by("drafted_at", "pk")[:most])
    return chain if len(chain) > 1 else []


def _sources(letter: Letter, most: int) -> Iterator[int]:
    """The letter it refers to, the one that refers to, and so on."""
    above = letter.source_id
    for _ in range(most):
        if above is None:
            return
        yield above
        above = Letter.objects.filter(pk=above).values_list("source_id", flat=True).first()


def visible_attachments(user: Any, ids: set[int]) -> set[int]:
    """Those of the attachments `ids` that stand in a letter, listing or measure within the user's read scope."""
    answers = LetterAnswer.attachments.through.objects.filter(
        attachment_id__in=ids, letteranswer__letter__in=Letter.objects.for_user(user)
    )
    files = ListingFile.objects.filter(attachment_id__in=ids, listing__in=Listing.objects.for_user(user))
    papers = Measure.attachments.through.objects.filter(
        attachment_id__in=ids, measure__in=Measure.objects.for_user(user)
    )
    seen = answers.values_list("attachment_id", flat=True)
    return set(
        seen.union(files.values_list("attachment_id", flat=True), papers.values_list("attachment_id", flat=True))
    )
