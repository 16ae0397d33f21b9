"""What a listing or a letter owes and does not deliver: counted where the rules count it, reminded of once a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from common import clock
from common.errors import RuleError
from common.wording import cn_datetime
from hazards import transitions as hazards
from hazards.models import Extension, HazardEvent
from hazards.models.hazard import OPEN_STATES, State
from hazards.transitions import extensions
from messaging.queries import told
from messaging.transitions import Occasion, notify_many
from supervision import reasons
from supervision.models import Letter, Listing, Measure
from supervision.models.listings import ListingState as S
from supervision.transitions import listings, measures
from units import queries
from units.roles import FIRM

EXPIRED_DAYS = 30  # how long after its end a measure is still told of, should the job have rested
CADENCE = "当日提醒，此后每周提醒一次"
LATE_STEPS: tuple[tuple[str, str, str, Q], ...] = (
    ("serve", "serve_by", "督办通知书逾期未送达", Q(state=S.APPROVED)),
    ("publish", "publish_by", "督办信息逾期未公示", Q(published_at=None, state__in=(S.APPROVED, S.SERVED, S.TREATING))),
    ("plan", "plan_due_at", "督办治理方案逾期未报送", Q(state=S.SERVED)),
    ("accept", "accept_by", "验收申请逾期未办理", Q(state=S.ACCEPTANCE)),
    ("delist_publish", "delist_publish_by", "解除督办信息逾期未公示", Q(state=S.DELISTED, delist_published_at=None)),
)
OWED_BY_FIRM = frozenset({"plan"})
OWED_BY_DEPARTMENT = frozenset({"accept"})


def chase() -> Counter[str]:
    """Do all of it as of `clock.now()`; safe to repeat and to run twice at once. Returns counts by kind."""
    done: Counter[str] = Counter()
    done["lapsed"] = lapse_settled()
    done["plans_taken"] = take_plans()
    done["extensions"] = climb_extensions()
    done["reports_missed"] = count_missed_reports()
    for code, column, what, where in LATE_STEPS:
        done[code] = _remind_late(code, column, what, where)
    done["letters"] = remind_letters()
    remind_extensions()
    done["follow_ups"] = remind_follow_ups()
    done["expired"] = tell_expired()
    return done


def lapse_settled() -> int:
    """Proposals about hazards that ended meanwhile need no decision any more."""
    ended = ~Q(hazard__state__in=OPEN_STATES)
    proposals = Listing.objects.filter(ended, state=S.PROPOSED).values_list("pk", flat=True)
    actions = Measure.objects.waiting().filter(ended, hazard__isnull=False).values_list("pk", flat=True)
    return _each(listings.perform, "lapse", proposals) + _each(measures.perform, "lapse", actions)


def take_plans() -> int:
    """挂牌 hazards whose treatment plan is on file enter treatment without filing it twice."""
    served = Listing.objects.filter(state=S.SERVED).exclude(kind=Listing.Kind.KEY)
    waiting = served.filter(hazard__plans__isnull=False).distinct().values_list("pk", flat=True)
    return _each(listings.perform, "take_plan", waiting)


def climb_extensions() -> int:
    """Extension requests nobody decided in time pass to the next decider."""
    return _each(hazards.perform, "raise_extension", extensions.waiting(clock.now()))


def remind_extensions() -> None:
    """A request that has climbed as high as it can and still waits: its last decider is reminded once a week."""
    late = Extension.objects.filter(
        state=Extension.State.PENDING, climb_at=None, decide_by__lt=clock.now(), hazard__state=State.RECTIFYING
    ).select_related("hazard__unit")
    untold = _untold(late, lambda row: f"extension:{row.pk}:late:{_weeks_since(row.decide_by)}")
    notify_many(
        Occasion(
            recipients=extensions.people(row.decider, row.hazard),
            kind="hazard",
            title=f"延期申请逾期未批：{row.hazard.number} {row.hazard.description[:40]}",
            body=f"{row.hazard.unit.name}的延期申请应于{cn_datetime(row.decide_by)}前办结。",
            url=row.hazard.get_absolute_url(),
            about=row.hazard,
            key=key,
            why=f"隐患{row.hazard.number}的延期申请应于{cn_datetime(row.decide_by)}前办结，已上报至最后一级仍未审批；每周提醒一次",
            urgent=True,
        )
        for key, row in untold.items()
    )


def count_missed_reports() -> int:
    """A report owed and not made is counted, reminded of, and the next period begins; one made on the hazard counts."""
    now = clock.now()
    late = Listing.objects.filter(state=S.TREATING, next_report_at__lt=now).select_related("hazard")
    missed = 0
    for listing in late:
        reported = _progress_on_hazard(listing)
        if reported:
            _each(_taking(reported), "take_progress", [listing.pk])
        else:
            missed += _each(listings.perform, "miss_report", [listing.pk])
    return missed


def _progress_on_hazard(listing: Listing) -> datetime | None:
    events = HazardEvent.objects.filter(hazard_id=listing.hazard_id, action="report_progress")
    since = events.filter(at__gt=listing.report_from or listing.proposed_at, at__lte=listing.next_report_at)
    return since.order_by("-at").values_list("at", flat=True).first()


def _taking(at: datetime) -> Callable[..., Any]:
    def perform(action: str, pk: int, actor: Any) -> Any:
        return listings.perform(action, pk, actor, at=at)

    return perform


def _each(perform: Callable[..., Any], action: str, pks: Iterable[int]) -> int:
    """Do the system action on each; one that another worker has done meanwhile refuses and is passed over."""
    count = 0
    for pk in list(pks):
        try:
            perform(action, pk, None)
        except RuleError:
            continue
        count += 1
    return count


def _remind_late(code: str, column: str, what: str, where: Q) -> int:
    late = Listing.objects.filter(where, **{f"{column}__lt": clock.now()}).select_related("hazard__unit")
    untold = _untold(late, lambda listing: f"listing:{listing.pk}:{code}:{_weeks_since(getattr(listing, column))}")
    people = queries.Addressees()
    occasions = [
        Occasion(
            recipients=_owing(code, listing, people),
            kind="supervision.listing",
            title=f"{what}：{listing.hazard.number} {listing.hazard.description[:40]}",
            body=f"{listing.hazard.unit.name}，期限{cn_datetime(getattr(listing, column))}。",
            url=reverse("listing-detail", args=[listing.pk]),
            about=listing,
            key=key,
            why=reasons.of_delay(f"隐患{listing.hazard.number}：{what}", getattr(listing, column), CADENCE),
        )
        for key, listing in untold.items()
    ]
    notify_many(occasions)
    return len(occasions)


def _weeks_since(moment: datetime) -> int:
    """Whole weeks from `moment` to today: what is late is said at once and then weekly, never every day."""
    return (clock.today() - clock.local(moment).date()).days // 7


def _untold(rows: Iterable[Any], key_of: Callable[[Any], str]) -> dict[str, Any]:
    """The rows by key of this week's reminder, without those reminded of already."""
    keyed = {key_of(row): row for row in rows}
    done = told(keyed)
    return {key: row for key, row in keyed.items() if key not in done}


def _owing(code: str, listing: Listing, people: queries.Addressees) -> Sequence[Any]:
    office = people.office(listing.area_path)
    if code in OWED_BY_FIRM:
        return [*people.unit(listing.hazard.unit_id, *FIRM), *office]
    if code in OWED_BY_DEPARTMENT:
        return [*people.unit(listing.department_id), *office]
    return office


def remind_letters() -> int:
    """Answers owed and late: the receiver and the sender are reminded at once and then once a week."""
    late = Letter.objects.owing().select_related("to_unit")
    untold = _untold(late, lambda letter: f"letter:{letter.pk}:late:{_weeks_since(letter.due_at)}")
    people = queries.Addressees()
    occasions = [
        Occasion(
            recipients=[*people.unit(letter.to_unit_id), *people.office(letter.area_path)],
            kind="supervision.letter",
            title=f"函件逾期未回复：{letter}",
            body=f"{letter.to_unit.name}应于{cn_datetime(letter.due_at)}前回复。",
            url=reverse("letter-detail", args=[letter.pk]),
            about=letter,
            key=key,
            why=reasons.of_delay(
                f"{letter.number or letter.title}的回复（{letter.to_unit.name}）", letter.due_at, CADENCE
            ),
        )
        for key, letter in untold.items()
    ]
    notify_many(occasions)
    return len(occasions)


def remind_follow_ups() -> int:
    """What a talk or warning asked for and nobody has checked: the office is reminded at once and then once a week."""
    late = Measure.objects.to_follow_up().filter(follow_up_by__lt=clock.now()).select_related("unit")
    untold = _untold(late, lambda row: f"measure:{row.pk}:follow:{_weeks_since(row.follow_up_by)}")
    people = queries.Addressees()
    notify_many(
        Occasion(
            recipients=people.office(measure.area_path),
            kind="supervision.measure",
            title=f"落实情况待复核：{measure.get_form_display()}（{measure.unit.name}）",
            body=f"应于{cn_datetime(measure.follow_up_by)}前复核落实情况。",
            url=reverse("measure-detail", args=[measure.pk]),
            about=measure,
            key=key,
            why=reasons.of_delay(
                f"{measure.unit.name}{measure.get_form_display()}的落实情况复核", measure.follow_up_by, CADENCE
            ),
        )
        for key, measure in untold.items()
    )
    return len(untold)


def tell_expired() -> int:
    """A measure that has run out: the office is told once, so that 停产停业 does not end unseen."""
    since = clock.now() - timedelta(days=EXPIRED_DAYS)
    ended = Measure.objects.filter(state=Measure.State.DONE, expires_at__lte=clock.now(), expires_at__gt=since)
    untold = _untold(ended.select_related("unit"), lambda row: f"measure:{row.pk}:expired")
    people = queries.Addressees()
    notify_many(
        Occasion(
            recipients=people.office(measure.area_path),
            kind="supervision.measure",
            title=f"措施期满：{measure.get_form_display()}（{measure.unit.name}）",
            body=f"有效期至{cn_datetime(measure.expires_at)}，请核查整改落实情况，需要继续的另行提出建议。",
            url=reverse("measure-detail", args=[measure.pk]),
            about=measure,
            key=key,
            why=f"登记该措施时填写的有效期至{cn_datetime(measure.expires_at)}；{measure.reason}，期满提醒一次"[
                : reasons.MOST
            ],
        )
        for key, measure in untold.items()
    )
    return len(untold)
