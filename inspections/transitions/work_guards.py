"""What must hold before a dangerous work takes a step (禄脿 16; GB 30871-2022; domain-rules §7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from common import clock, wording, workdays
from common.errors import Forbidden, Refused
from common.lifecycle import require
from common.limits import limit
from inspections import gas
from inspections.models.works import CERTIFIED, GasReading, HazardousWork, WorkCrew, WorkKind, WorkStep

Values = Mapping[str, Any]
Code = WorkStep.Code
AHEAD = "hazardous_work.ahead"
# The longest a single report may last, by kind; the rest share one limit.
LONGEST = {WorkKind.HOT: "hazardous_work.hot", WorkKind.CONFINED: "hazardous_work.confined"}
LONGEST_OTHER = "hazardous_work.other"
EARLY = timedelta(hours=1)  # a crew that is ready may begin this long before the reported time


def crew_faults(kind: str, crew: Sequence[Mapping[str, Any]], ends_at: datetime) -> dict[str, str]:
    """What is wrong with the people named: one text per `crew-N-field`, `crew` for what is missing altogether."""
    faults: dict[str, str] = {}
    posts = {row["post"] for row in crew}
    if WorkCrew.Post.WORKER not in posts or WorkCrew.Post.GUARDIAN not in posts:
        faults["crew"] = "请至少填写一名作业人和一名监护人。"
    names = [row["name"] for row in crew if row["post"] != WorkCrew.Post.WORKER]
    if any(row["name"] in names for row in crew if row["post"] == WorkCrew.Post.WORKER):
        faults["crew"] = "监护人、指挥人不能同时是作业人。"
    last = clock.local(ends_at).date()
    for place, row in enumerate(crew):
        if row["post"] == WorkCrew.Post.WORKER and kind in CERTIFIED:
            faults |= certificate_fault(
                f"crew-{place}", row["name"], row.get("certificate"), row.get("valid_until"), last
            )
    return faults


def certificate_fault(place: str, name: str, number: str | None, until: date | None, last: date) -> dict[str, str]:
    """Why this certificate does not cover the work up to `last`; empty when it does."""
    if not number:
        return {f"{place}-certificate": f"{name}从事该类作业须持证，请填写证书编号。"}
    if until is None:
        return {f"{place}-valid_until": f"请填写{name}证书的有效期。"}
    if until < clock.today():
        return {f"{place}-valid_until": f"{name}的证书已于{wording.cn_date(until)}过期，不得安排作业。"}
    if until < last:
        return {f"{place}-valid_until": f"{name}的证书{wording.cn_date(until)}到期，不能覆盖作业时间。"}
    return {}


def span_faults(kind: str, area_path: str, starts_at: datetime, ends_at: datetime) -> dict[str, str]:
    """What is wrong with the reported time."""
    if ends_at <= starts_at:
        return {"ends_at": "计划结束时间应晚于开始时间。"}
    if ends_at < clock.now():
        return {"ends_at": "计划结束时间已过，已完成的作业不能补报备。"}
    most = limit(LONGEST.get(WorkKind(kind), LONGEST_OTHER), area_path)
    if ends_at > most.after(starts_at):
        return {"ends_at": f"{WorkKind(kind).label}作业一次报备不超过{most}，请分次报备。"}
    return {}


def is_short_notice(area_path: str, starts_at: datetime, filed_at: datetime) -> bool:
    """Whether the report comes later than the office asks."""
    return filed_at > limit(AHEAD, area_path).before(starts_at)


def days_off(work: HazardousWork) -> list[date]:
    """The days of the work on which offices rest: there both sides have to be on site (双到位)."""
    return days_off_between(work.starts_at, work.ends_at)


def days_off_between(starts_at: datetime, ends_at: datetime) -> list[date]:
    """The days off a span touches."""
    first, last = clock.local(starts_at).date(), clock.local(ends_at).date()
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return [day for day in days if not workdays.is_workday(day)]


def _done(work: HazardousWork, *codes: str) -> None:
    known = set(work.steps.values_list("code", flat=True))
    missing = [str(Code(code).label) for code in codes if code not in known]
    if missing:
        raise Refused(f"请先登记{'、'.join(missing)}。")


def step(work: HazardousWork, actor: Any, values: Values) -> None:
    """Who did it and a photo; not in the future, only photos of one's own."""
    require(values, person="责任人")
    if not values.get("photos"):
        raise Refused("请上传本步骤的照片。", {"photos": "请上传本步骤的照片。"})
    own_photos(actor, values["photos"])


def own_photos(actor: Any, photos: Iterable[Any]) -> None:
    """Photos come from who records the step."""
    if any(photo.uploaded_by_id != actor.pk for photo in photos):
        raise Forbidden("只能使用本人上传的照片。")


def start(work: HazardousWork, actor: Any, values: Values) -> None:
    """方案审批 and 技术交底 recorded, certificates valid, time come, and the air of a confined space fresh and fit."""
    step(work, actor, values)
    _done(work, Code.APPROVED, Code.BRIEFED)
    now = clock.now()
    if now < work.starts_at - EARLY:
        raise Refused(f"报备的开始时间是{wording.cn_datetime(work.starts_at)}，尚不能开始作业。")
    if now >= work.ends_at:
        raise Refused("报备的作业时间已过，请先申请延长，或取消后重新报备。")
    crew = list(work.crew.values("post", "name", "certificate", "valid_until"))
    faults = crew_faults(work.kind, crew, work.ends_at)
    if faults:
        raise Refused("；".join(dict.fromkeys(text.rstrip("。") for text in faults.values())) + "。")
    fit_air(work, now)


def fit_air(work: HazardousWork, now: datetime) -> None:
    """先通风、再检测、后作业: the last reading is fit and not older than half an hour."""
    if not work.needs_gas:
        return
    last: GasReading | None = work.readings.last()
    if last is None or last.at < now - gas.FRESH:
        raise Refused("有限空间须先通风、再检测、后作业：请登记30分钟以内的气体检测。")
    if last.faults:
        raise Refused(f"气体检测不合格（{'；'.join(last.faults)}），不得进入作业。")


def reading(work: HazardousWork, actor: Any, values: Values) -> None:
    """A measurement has a person and lies within the last hours, not ahead."""
    require(values, by_person="检测人")
    at = values.get("at") or clock.now()
    if at > clock.now() + timedelta(minutes=5):
        raise Refused("检测时间不能晚于现在。", {"at": "检测时间不能晚于现在。"})
    if at < work.starts_at - timedelta(days=1):
        raise Refused("检测时间过早，请核对。", {"at": "检测时间过早，请核对。"})


def finish(work: HazardousWork, actor: Any, values: Values) -> None:
    """完工验收 comes after 现场监护 was recorded."""
    step(work, actor, values)
    _done(work, Code.GUARDED)


def prolong(work: HazardousWork, actor: Any, values: Values) -> None:
    """A reason, a later end within the longest time, certificates that still cover it."""
    require(values, ends_at="新的结束时间", reason="理由")
    if values["ends_at"] <= work.ends_at:
        raise Refused("新的结束时间应晚于原定时间。", {"ends_at": "新的结束时间应晚于原定时间。"})
    faults = span_faults(work.kind, work.area_path, work.starts_at, values["ends_at"])
    if not faults:
        crew = list(work.crew.values("post", "name", "certificate", "valid_until"))
        texts = list(crew_faults(work.kind, crew, values["ends_at"]).values())
        faults = {"ends_at": texts[0]} if texts else {}
    if faults:
        raise Refused(next(iter(faults.values())), faults)


def with_reason(work: HazardousWork, actor: Any, values: Values) -> None:
    """The action needs a reason."""
    require(values, reason="理由")


def resume(work: HazardousWork, actor: Any, values: Values) -> None:
    """What stopped it is put right, in words; after bad air a fresh, fit reading."""
    require(values, reason="整改情况")
    fit_air(work, clock.now())
