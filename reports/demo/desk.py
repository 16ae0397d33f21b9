"""The office's daily routines: letters, listings, measures and notices, each dealt with by the person whose it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from common import clock
from hazards.models.hazard import State
from reports import transitions as notices
from reports.demo.world import World
from reports.models import Notice, NoticeReceipt
from supervision.models import Letter, Listing, Measure
from supervision.models.letters import LetterState
from supervision.models.listings import ListingState
from supervision.transitions import letters, listings, measures
from units.models import Unit, User

NOTICE_DAYS = 20  # natural days of a month in which a notice keeps people busy


def _older(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def _firm_user(world: World, unit_id: int) -> User | None:
    return world.safety.get(unit_id)


def handle_letters(world: World) -> None:
    """Enterprises sign for letters within a day or so and answer most of them; the office reads the answers."""
    for letter in Letter.objects.filter(state=LetterState.DRAFT, drafted_at__lt=_older(1)):
        letters.perform("send", letter.pk, world.people["head"])
    firms = {unit.pk for unit in world.firms}
    for letter in Letter.objects.filter(state=LetterState.SENT, signed_at__lt=_older(1), to_unit_id__in=firms):
        if letter.pk % 7:
            letters.perform("receive", letter.pk, world.safety[letter.to_unit_id])
    for letter in Letter.objects.filter(state=LetterState.RECEIVED, received_at__lt=_older(2), due_at__isnull=False):
        if letter.pk % 4 or letter.received_at < _older(15):
            text = "已召开专题会议研究，明确专人负责，正抓紧整改，整改期间已落实管控措施。"
            letters.perform("answer", letter.pk, world.safety[letter.to_unit_id], text=text)
    for letter in Letter.objects.filter(state=LetterState.ANSWERED, updated_at__lt=_older(1)):
        letters.perform("accept", letter.pk, world.people["office"], opinion="回复内容属实，继续跟踪整改。")


def handle_listings(world: World) -> None:
    """One step a day for every listing: opinion, approval, service, publication, plan, progress, acceptance, delisting."""
    for listing in (
        Listing.objects.exclude(state=ListingState.REJECTED).select_related("hazard", "department").order_by("pk")
    ):
        if listing.updated_at < _older(1) or listing.state == ListingState.TREATING:
            _next_listing_step(world, listing)


def _next_listing_step(world: World, listing: Listing) -> None:
    step = {
        ListingState.PROPOSED: _decide_listing,
        ListingState.APPROVED: _serve,
        ListingState.SERVED: _file_plan,
        ListingState.TREATING: _treat,
        ListingState.ACCEPTANCE: _accept,
        ListingState.ACCEPTED: _delist,
        ListingState.DELISTED: _publish_delisting,
    }[ListingState(listing.state)]
    step(world, listing)


def _department_officers(world: World, listing: Listing) -> list[User]:
    return world.officers_of(listing.department) if listing.department else []


def _decide_listing(world: World, listing: Listing) -> None:
    if listing.hazard.state not in (State.PLANNING, State.RECTIFYING):
        return
    officers = _department_officers(world, listing)
    if not listing.opinion and officers:
        text = "经会审，该隐患逾期时间长、存在安全风险，同意列入督办。"
        listings.perform("opine", listing.pk, officers[0], opinion=text)
        return
    if listing.pk % 9 == 0:
        listings.perform("reject", listing.pk, world.people["head"], reason="企业已进场整改，暂不列入，继续跟踪。")
        return
    listings.perform(
        "approve",
        listing.pk,
        world.people["head"],
        leader="马建华（演示）",
        waiver="" if listing.opinion else "主管部门未派员，安委办直接认定。",
    )


def _serve(world: World, listing: Listing) -> None:
    if listing.published_at is None and listing.pk % 3 == 0:
        _publish(world, listing)
    receiver = listing.hazard.unit.enterprise.principal
    listings.perform("serve", listing.pk, world.people["office"], receiver=receiver)


def _file_plan(world: World, listing: Listing) -> None:
    if listing.published_at is None:
        _publish(world, listing)
        return
    if listing.hazard.level == "major" and not listing.hazard.plans.exists():
        return
    text = "成立专班，明确措施、资金和完成时限，整改期间停用相关设备并专人值守。"
    listings.perform("file_plan", listing.pk, world.safety[listing.hazard.unit_id], text=text)


def _publish(world: World, listing: Listing) -> None:
    online = {"online": True, "public_text": f"{listing.hazard.place}：{listing.hazard.description}".lstrip("：")}
    listings.perform("publish", listing.pk, world.people["office"], published_in="街道政务公开栏", **online)


def _treat(world: World, listing: Listing) -> None:
    safety = world.safety[listing.hazard.unit_id]
    if listing.hazard.state in (State.SUBMITTED, State.REVIEWED):
        listings.perform("apply_acceptance", listing.pk, safety, text="已按治理方案全部完成整改，自评合格，申请验收。")
    elif _report_is_near(listing) and listing.pk % 4:
        listings.perform("report_progress", listing.pk, safety, text="整治按方案推进，已完成主要工程量。")


def _report_is_near(listing: Listing) -> bool:
    return listing.next_report_at is not None and listing.next_report_at < clock.now() + timedelta(days=2)


def _accept(world: World, listing: Listing) -> None:
    if listing.hazard.state != State.REVIEWED:
        return
    officers = _department_officers(world, listing)
    if not officers:
        return
    names = "、".join(person.name for person in officers[:2])
    report = "现场核查，隐患已消除，资料齐全，同意通过验收。"
    listings.perform("accept", listing.pk, officers[0], report=report, checkers=names)


def _delist(world: World, listing: Listing) -> None:
    listings.perform("delist", listing.pk, world.people["head"], opinion=f"验收合格，同意{listing.ending}。")


def _publish_delisting(world: World, listing: Listing) -> None:
    if listing.delist_published_at is None:
        listings.perform("publish_delisting", listing.pk, world.people["office"], published_in="街道政务公开栏")


def handle_measures(world: World) -> None:
    """The head decides what the ladder proposed, a few days later; talks are held and recorded."""
    waiting = Measure.objects.filter(state=Measure.State.PROPOSED, proposed_at__lt=_older(3))
    for measure in waiting.select_related("hazard"):
        _decide_measure(world, measure)
    held = Measure.objects.filter(state=Measure.State.DECIDED, kind=Measure.Kind.TALK, due_at__lt=clock.now())
    for measure in held:
        text = "约谈主要负责人，要求限期整改、专人盯办；主要负责人作出书面承诺。"
        kept = {"attendees": "街道分管领导、企业主要负责人", "follow_up_by": clock.today() + timedelta(days=10)}
        measures.perform("record", measure.pk, world.people["office"], result=text, **kept)


def _decide_measure(world: World, measure: Measure) -> None:
    head = world.people["head"]
    if measure.hazard is None:
        return
    if measure.hazard.state not in (State.PLANNING, State.RECTIFYING):
        measures.perform("decline", measure.pk, head, reason="隐患已报告整改，不再采取该措施。")
    elif measure.kind == Measure.Kind.TALK:
        meet = clock.local(clock.now() + timedelta(days=3)).replace(hour=15, minute=0)
        measures.perform(
            "decide", measure.pk, head, form="talk", opinion="同意约谈。", meet_at=meet, place="街道会议室"
        )
    elif measure.pk % 3 == 0:
        form = measures.FORMS_OF[Measure.Kind(measure.kind)][0]
        measures.perform("decide", measure.pk, head, form=form, opinion="情况属实，同意。")


def handle_notices(world: World) -> None:
    """Last month's notice is edited, signed and issued in the first days; units sign for it, some of them late."""
    if clock.today().day > NOTICE_DAYS:
        return
    for notice in Notice.objects.filter(state=Notice.State.DRAFTED, drafted_at__lt=_older(1)):
        notices.perform("edit", notice.pk, world.people["office"], title=notice.title, sections=notice.sections)
    for notice in Notice.objects.filter(state=Notice.State.APPROVED):
        notices.perform("issue", notice.pk, world.people["head"])
    for notice in Notice.objects.filter(state=Notice.State.EDITED, updated_at__lt=_older(1)):
        notices.perform("approve", notice.pk, world.people["head"], opinion="同意印发。")
    _sign_receipts(world)


def _sign_receipts(world: World) -> None:
    waiting = NoticeReceipt.objects.filter(
        signed_at__isnull=True, notice__state=Notice.State.ISSUED, notice__issued_at__lt=_older(1)
    )
    for receipt in waiting.select_related("unit"):
        signer = _signer(world, receipt.unit)
        if signer and (receipt.pk + clock.today().toordinal()) % 3:
            notices.sign_for(signer, receipt.notice_id)


def _signer(world: World, unit: Unit) -> User | None:
    if unit.kind == Unit.Kind.ENTERPRISE:
        return _firm_user(world, unit.pk) if unit.pk % 13 else None
    return world.contact_of(unit)
