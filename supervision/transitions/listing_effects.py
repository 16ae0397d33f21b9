"""What an action changes on a listing besides its state. Each returns what its event shall keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common import clock
from common.clock import end_of
from common.limits import limit
from common.wording import cn_date
from hazards import transitions as hazards
from hazards.models import Hazard
from hazards.models.hazard import Level, State
from supervision import drafts
from supervision.models import Listing, ListingFile
from supervision.paper_text import Text
from supervision.redaction import masked
from supervision.transitions import hazard_marks
from supervision.transitions.listing_guards import checkers, limit_kind, term_of
from supervision.transitions.offices import listing_number

Values = Mapping[str, Any]
Stage = ListingFile.Stage


def attach(listing: Listing, values: Values, stage: str) -> list[int]:
    """Put the files into their place in the listing."""
    files = list(values.get("files") or ())
    rows = [ListingFile(listing=listing, attachment=file, stage=stage) for file in files]
    ListingFile.objects.bulk_create(rows, ignore_conflicts=True)
    return [file.pk for file in files]


def _after(listing: Listing, key: str, moment: datetime | None = None) -> datetime:
    return limit(key, listing.area_path).after(moment or clock.now())


def opine(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """The department's word, by whom and when."""
    listing.opinion, listing.opinion_by, listing.opinion_at = values["opinion"], actor, clock.now()
    return {"note": listing.opinion}


def edit_notice(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """The text the approval will print."""
    return keep_text("notice", listing, actor, values)


def edit_delisting(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """The text the delisting will print."""
    return keep_text("delisting", listing, actor, values)


def keep_text(kind: str, record: Any, actor: Any, values: Values) -> dict[str, Any]:
    """Keep the draft; the event keeps every version of it."""
    title, body = ("\n".join(values[name].split("\r\n")).strip() for name in ("title", "body"))
    drafts.write(kind, record, Text(title, body), actor)
    return {"title": title, "body": body, "note": "修改了文书草稿"}


def approve(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """Number and terms; the hazard is marked and gets the listing's deadline, a 一般 one is raised to 重点 first."""
    now = clock.now()
    if listing.hazard.level == Level.GENERAL:
        reason = f"逾期未整改，列入挂账督办，升为重点隐患：{listing.reason}"[:500]
        hazards.perform("change_level", listing.hazard_id, actor, level=Level.KEY, reason=reason)
    listing.tier = values.get("tier") or listing.tier
    listing.department = values.get("department") or listing.department
    listing.batch = values.get("batch") or listing.batch
    listing.leader = values["leader"]
    listing.approved_by, listing.approved_at = actor, now
    listing.finish_by = term_of(listing, values)
    listing.serve_by, listing.publish_by = _after(listing, "listing.serve"), _after(listing, "listing.publish")
    listing.number = listing_number(listing.office)
    note = f"{listing.get_tier_display()}{listing.get_kind_display()}，文号{listing.number}"
    hazard = hazard_marks.lock(listing.hazard_id)
    hazard_marks.enter_list(hazard, actor, kind=listing.kind, word=listing.word, finish_by=listing.finish_by, note=note)
    listing.hazard = hazard
    kept = {"number": listing.number, "finish_by": listing.finish_by.isoformat(), "waiver": values.get("waiver") or ""}
    return {**kept, "note": values.get("opinion") or note}


def note_reason(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """Only the reason is kept."""
    return {"note": values["reason"]}


def serve(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """Served to whom and when; from then on the plan is owed."""
    listing.served_at = values.get("served_at") or clock.now()
    listing.receiver = values["receiver"]
    listing.plan_due_at = _after(listing, "listing.plan", listing.served_at)
    if listing.hazard.level == Level.MAJOR and listing.hazard.plans.exists():
        start_reports(listing)
    method = values.get("method") or "直接送达"
    return {
        "files": attach(listing, values, Stage.SERVED),
        "method": method,
        "note": f"{method}，{listing.receiver}签收",
    }


def after_service(listing: Listing, values: Values) -> str:
    """A plan that stands on the hazard already need not be filed twice."""
    return "treating" if listing.next_report_at else "served"


def start_reports(listing: Listing, start: datetime | None = None) -> None:
    """A new reporting period from `start` (default now): 15 or 30 days by kind."""
    listing.report_from = start or clock.now()
    listing.next_report_at = _after(listing, f"listing.report.{limit_kind(listing)}", listing.report_from)


def publish(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """Published where and when; on the public page too where wanted, in the words given, phone and ID numbers masked."""
    listing.published_at = values.get("published_at") or clock.now()
    listing.published_in = values["published_in"]
    if not values.get("online"):
        return {"note": listing.published_in}
    until = values.get("public_until")
    listing.public_from, listing.public_until = clock.now(), end_of(until) if until else None
    listing.public_unit = (values.get("public_unit") or listing.hazard.unit.name)[:80]
    listing.public_text = masked(values.get("public_text") or listing.hazard.description)[:500]
    return {"note": f"{listing.published_in}；网上公示{f'至{cn_date(listing.public_until)}' if until else ''}"}


def unpublish(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """Off the public page from now on; when it stood there stays on record."""
    listing.public_until = clock.now()
    return {"note": values["reason"]}


def publish_delisting(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """The delisting published where and when."""
    listing.delist_published_at = values.get("published_at") or clock.now()
    return {"note": values["published_in"]}


def file_plan(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """The plan is on file; reports are owed from now on."""
    start_reports(listing)
    text = values.get("text") or "治理方案见隐患档案"
    return {"files": attach(listing, values, Stage.PLAN), "note": text}


def take_plan(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """The plan filed on the hazard counts here too."""
    plan = listing.hazard.plans.order_by("-version")[0]
    start_reports(listing)
    return {"note": f"治理方案第{plan.version}版已报送，转入督办整治"}


def progress(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """The report stands here and, while the enterprise rectifies, on the hazard's timeline; then the next period begins.

    In this order: what stands on the timeline must not count as a second report of the next period.
    """
    used = attach(listing, values, Stage.PROGRESS)
    if listing.hazard.state == State.RECTIFYING:
        photos = [file for file in values.get("files") or () if file.is_image]
        hazards.perform(
            "report_progress",
            listing.hazard_id,
            actor,
            text=values["text"],
            percent=values.get("percent"),
            photos=photos,
        )
    start_reports(listing)
    return {"files": used, "percent": values.get("percent"), "note": values["text"]}


def take_progress(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """A progress report made on the hazard counts as the listing's."""
    start_reports(listing, values["at"])
    return {"note": "企业已在隐患档案中报告进展"}


def miss_report(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """One more report missed; the next is owed a period after this one was."""
    owed = listing.next_report_at or clock.now()
    listing.missed_reports += 1
    start_reports(listing, owed)
    return {"owed": owed.isoformat(), "note": f"应于{cn_date(owed)}前报告进展，未报（累计{listing.missed_reports}次）"}


def apply_acceptance(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """Reports rest while the application is decided."""
    listing.next_report_at = None
    listing.accept_by = _after(listing, "listing.accept")
    return {"files": attach(listing, values, Stage.ACCEPTANCE), "note": values["text"]}


def accept(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """The report and who checked."""
    listing.accepted_at, listing.accepted_by = clock.now(), actor
    names = checkers(values)
    used = attach(listing, values, Stage.ACCEPTANCE)
    return {"files": used, "checkers": names, "note": f"{values['report']}（验收人员：{'、'.join(names)}）"}


def fail_acceptance(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """Back to treatment, and the hazard with it."""
    if listing.hazard.state == State.SUBMITTED:
        hazards.perform("fail_review", listing.hazard_id, actor, reason=values["reason"], due=values["due"])
    listing.accept_by = None
    start_reports(listing)
    return {"note": values["reason"]}


def return_acceptance(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """The acceptance must be repeated."""
    listing.accepted_at = listing.accepted_by = None
    listing.accept_by = _after(listing, "listing.accept")
    return {"note": values["reason"]}


def delist(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """Number and publication term; the hazard is closed in the same transaction."""
    opinion = values.get("opinion") or f"验收合格，同意{listing.ending}"
    listing.delist_number = listing_number(listing.office, delisting=True)
    listing.delisted_at = clock.now()
    listing.delist_publish_by = _after(listing, "listing.delist_publish")
    hazards.perform("sign_off", listing.hazard_id, actor, delisting=True, opinion=opinion)
    listing.hazard = Hazard.objects.get(pk=listing.hazard_id)
    return {"number": listing.delist_number, "note": opinion}


def raise_tier(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """One level up: 街道 → 县市 → 地市 → 省."""
    tiers = list(Listing.Tier)
    before = Listing.Tier(listing.tier)
    listing.tier = tiers[tiers.index(before) + 1]
    return {"note": f"由{before.label}提为{Listing.Tier(listing.tier).label}督办", "reason": values.get("reason") or ""}


def set_batch(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """The batch it is announced with."""
    listing.batch = values["batch"]
    return {"note": str(listing.batch)}


def lapse(listing: Listing, actor: Any, values: Values) -> dict[str, Any]:
    """Nothing left to list."""
    return {"note": f"隐患{listing.hazard.get_state_display()}，提请自动终止"}
