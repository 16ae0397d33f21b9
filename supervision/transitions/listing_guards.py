"""What must hold before an action on a listing is done; each refusal names the field and says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common import clock, wording
from common.clock import end_of
from common.errors import Forbidden, Refused
from common.lifecycle import require
from common.limits import limit
from hazards.models.hazard import OPEN_STATES, Level, State
from hazards.transitions import separation
from supervision.models import BatchState, Listing, ListingBatch
from supervision.paper_text import Text, places_in
from supervision.transitions.access import check_decider
from units.roles import Right
from units.scope import reaches

Values = Mapping[str, Any]
PLACES = ("整改期限", "督办领导", "督办部门", "督办级别", "约谈时间", "约谈地点", "督办项数", "责任单位数")
CHECKERS = 2  # 验收人员 (domain-rules §2): at least two, not the rectifier, not only the finder


def own_files(actor: Any, values: Values) -> None:
    """Only what the actor handed in may be used."""
    if any(file.uploaded_by_id != actor.pk for file in values.get("files") or ()):
        raise Forbidden("只能使用本人上传的文件。")


def paper_text(record: Any, actor: Any, values: Values) -> None:
    """Title and body say something; places in 【】 are those the signature fills in."""
    require(values, title="标题", body="正文")
    unknown = [place for place in places_in(Text(values["title"], values["body"])) if place not in PLACES]
    if unknown:
        raise Refused.at(
            "body",
            f"“【{unknown[0]}】”不会自动填写，请改为具体内容，或使用：{'、'.join(f'【{each}】' for each in PLACES)}。",
        )


def opine(listing: Listing, actor: Any, values: Values) -> None:
    """The department's opinion says something."""
    require(values, opinion="会审意见")


def approve(listing: Listing, actor: Any, values: Values) -> None:
    """Not by who proposed it; hazard open and unlisted; department, leader and term named; opinion given or waived."""
    check_decider(listing, actor)
    if listing.proposed_by_id == actor.pk:
        raise Forbidden("提请人不能批准自己提请的督办，请由其他负责人审批。")
    hazard = listing.hazard
    if hazard.state not in OPEN_STATES:
        raise Refused(f"隐患{hazard.get_state_display()}，不能再列入督办，请选择“不予批准”。")
    if hazard.listed_as:
        raise Refused("该隐患已在督办中。")
    _check_level(listing, actor)
    require(values, leader="督办领导")
    if not (values.get("department") or listing.department_id):
        raise Refused("请选择督办部门。", {"department": "请选择督办部门。"})
    separation.supervisor(listing.area_path, values.get("department"))
    if not listing.opinion and not str(values.get("waiver") or "").strip():
        text = "督办部门尚未出具会审意见；确需直接批准的，请写明理由。"
        raise Refused(text, {"waiver": text})
    _check_term(listing, term_of(listing, values))
    if values.get("batch") and values["batch"].pk != listing.batch_id:
        in_batch(listing, actor, values)


def _check_level(listing: Listing, actor: Any) -> None:
    level = listing.hazard.level
    if listing.kind != Listing.Kind.KEY and level != Level.MAJOR:
        raise Refused("只有重大隐患可以挂牌督办，请先调整隐患等级。")
    if level == Level.GENERAL and not reaches(actor, Right.CONFIRM, listing.hazard):
        raise Refused("该隐患为一般等级，批准挂账即升为重点隐患，请由安委办负责人审批。")


def term_of(listing: Listing, values: Values) -> datetime:
    """When the treatment must be finished: the date given, else the term of the kind."""
    if values.get("finish_by"):
        return end_of(values["finish_by"])
    return limit(f"listing.term.{limit_kind(listing)}", listing.area_path).after(clock.now())


def limit_kind(listing: Listing) -> str:
    """The suffix of the listing's limits: 挂账 key, 挂牌 (fire included) major."""
    return "key" if listing.kind == Listing.Kind.KEY else "major"


def _check_term(listing: Listing, finish_by: datetime) -> None:
    ceiling = limit("hazard.major", listing.area_path).after(clock.now())
    if not clock.now() < finish_by <= ceiling:
        text = f"督办整改期限须晚于今天，最迟{wording.cn_date(ceiling)}。"
        raise Refused(text, {"finish_by": text})


def with_reason(listing: Listing, actor: Any, values: Values) -> None:
    """The action needs a reason."""
    require(values, reason="理由")


def serve(listing: Listing, actor: Any, values: Values) -> None:
    """Who signed for the notice and when; not before approval and not in the future."""
    require(values, receiver="签收人")
    own_files(actor, values)
    _check_past("served_at", "送达时间", values.get("served_at"), listing.approved_at)


def publish(listing: Listing, actor: Any, values: Values) -> None:
    """Where and when it was published, once."""
    require(values, published_in="公示载体")
    if listing.published_at:
        raise Refused(f"已于{wording.cn_date(listing.published_at)}公示，无需重复登记。")
    _check_past("published_at", "公示时间", values.get("published_at"), listing.approved_at)
    until = values.get("public_until")
    if values.get("online") and until and until <= clock.today():
        raise Refused("网上公示截止日期应晚于今天。", {"public_until": "网上公示截止日期应晚于今天。"})


def publish_delisting(listing: Listing, actor: Any, values: Values) -> None:
    """The same media tell of the end."""
    require(values, published_in="公示载体")
    if listing.delist_published_at:
        raise Refused(f"{listing.ending}信息已登记公示，无需重复登记。")
    _check_past("published_at", "公示时间", values.get("published_at"), listing.delisted_at)


def _check_past(name: str, label: str, moment: datetime | None, earliest: datetime | None) -> None:
    if moment is None:
        return
    if moment > clock.now():
        raise Refused(f"{label}不能晚于当前时间。", {name: f"{label}不能晚于当前时间。"})
    if earliest is not None and clock.local(moment).date() < clock.local(earliest).date():
        text = f"{label}不能早于{wording.cn_date(earliest)}。"
        raise Refused(text, {name: text})


def file_plan(listing: Listing, actor: Any, values: Values) -> None:
    """挂牌: the 五到位 plan stands on the hazard already; 挂账: the plan is written here."""
    own_files(actor, values)
    if listing.hazard.level == Level.MAJOR:
        if not listing.hazard.plans.exists():
            raise Refused("请先在隐患页面报送“五到位”治理方案，再在此确认报送。")
        return
    require(values, text="治理方案")


def has_plan(listing: Listing, actor: Any, values: Values) -> None:
    """There is a plan on the hazard to take over."""
    if not listing.hazard.plans.exists():
        raise Refused("企业尚未报送治理方案。")


def progress(listing: Listing, actor: Any, values: Values) -> None:
    """A progress report says something."""
    require(values, text="进展情况")
    own_files(actor, values)


def report_missed(listing: Listing, actor: Any, values: Values) -> None:
    """A report was owed and did not come."""
    if listing.next_report_at is None or listing.next_report_at >= clock.now():
        raise Refused("进展报告尚未到期。")


def apply_acceptance(listing: Listing, actor: Any, values: Values) -> None:
    """The rectification is reported (隐患 待复查 or beyond) and the application evaluates the result."""
    require(values, text="自评情况")
    own_files(actor, values)
    if listing.hazard.state not in (State.SUBMITTED, State.REVIEWED):
        raise Refused("请先在隐患页面报告整改完成，再申请验收。")


def accept(listing: Listing, actor: Any, values: Values) -> None:
    """≥2 checkers, neither the rectifier nor only the finder; the review on site was passed; a written report."""
    require(values, report="验收报告")
    own_files(actor, values)
    hazard = listing.hazard
    if hazard.state != State.REVIEWED:
        raise Refused("隐患尚未复查合格，请先完成现场复查，再出具验收结论。")
    names = checkers(values)
    if len(names) < CHECKERS:
        raise Refused(f"验收人员不得少于{CHECKERS}人。", {"checkers": f"请填写至少{CHECKERS}名验收人员，以顿号分隔。"})
    rectifiers = {hazard.submitted_by.name if hazard.submitted_by else "", hazard.responsible_person}
    if rectifiers & set(names):
        text = "整改人不能参加验收。"
        raise Refused(text, {"checkers": text})
    if actor.pk == hazard.submitted_by_id:
        raise Forbidden("整改人不能验收自己的整改结果。")
    applied = listing.events.filter(action="apply_acceptance").order_by("-pk").first()
    separation.decider(actor, applied.actor_id if applied else None)


def checkers(values: Values) -> list[str]:
    """The names typed, each once, in order."""
    typed = str(values.get("checkers") or "")
    for mark in "，,；;　 ":
        typed = typed.replace(mark, "、")
    return list(dict.fromkeys(name.strip() for name in typed.split("、") if name.strip()))


def fail_acceptance(listing: Listing, actor: Any, values: Values) -> None:
    """A reason; while the hazard waits for review it goes back with a new deadline in the same step."""
    require(values, reason="验收不合格的理由")
    if listing.hazard.state == State.REVIEWED:
        raise Refused("隐患已复查合格待销号，请负责人先在隐患页面退回复查。")
    if listing.hazard.state == State.SUBMITTED:
        require(values, due="新的整改期限")


def delist(listing: Listing, actor: Any, values: Values) -> None:
    """Accepted by somebody else, and the hazard waits for the sign-off that closes it."""
    if listing.accepted_by_id == actor.pk:
        raise Forbidden(f"验收人不能审批{listing.ending}。")
    if listing.hazard.state != State.REVIEWED:
        raise Refused(f"隐患不在“待销号”状态，不能{listing.ending}。")


def lapse(listing: Listing, actor: Any, values: Values) -> None:
    """The hazard ended before anybody decided."""
    if listing.hazard.state in OPEN_STATES:
        raise Refused("隐患尚未销号，提请仍须审批。")


def raisable(listing: Listing, actor: Any, values: Values) -> None:
    """There is a tier above."""
    if listing.tier == Listing.Tier.PROVINCE:
        raise Refused("已是省级督办，不能再提级。")


def in_batch(listing: Listing, actor: Any, values: Values) -> None:
    """A batch of the same office whose notice is not issued yet; nor was the notice of the one it stands in."""
    if values.get("batch") is None:
        raise Refused.at("batch", "请选择本单位的批次。")
    if listing.batch is not None and listing.batch.state == BatchState.ISSUED:
        raise Refused.at("batch", f"{listing.batch}通知书已印发，不能再调整批次。")
    open_batch(listing, values["batch"])


def open_batch(listing: Listing, batch: ListingBatch) -> None:
    """The batch takes the listing: same office, not issued. Locked, so that its notice is not signed meanwhile."""
    held = ListingBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if held.office_id != listing.office_id:
        raise Refused.at("batch", "请选择本单位的批次。")
    if held.state == BatchState.ISSUED:
        raise Refused.at("batch", f"{held}通知书已印发，不能再编入督办事项，请新建批次。")
