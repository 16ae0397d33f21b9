"""The verbs of campaigns: begun, ended; their objects brought in from a sheet or one by one, moved along, finished."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from common import clock
from common.errors import Forbidden, NotInScope, Refused, WrongState
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule, keep_reason, require, with_reason
from hazards.transitions import campaigns as hazard_campaigns
from inspections.models.campaigns import Campaign, CampaignObject, CampaignObjectEvent
from inspections.models.scoping import owns
from inspections.transitions.draws import owns_any
from units.models import Unit
from units.roles import Right

Values = Mapping[str, Any]
S = CampaignObject.State


def mark_of(name: str, address: str) -> str:
    """What the same object is known again by: its name and address without spaces and brackets' width."""
    plain = "|".join("".join(text.split()).replace("(", "（").replace(")", "）") for text in (name, address))
    return hashlib.sha256(plain.encode()).hexdigest()


def begin(
    actor: Any, *, title: str, form: str, categories: list[str], starts_on: date, ends_on: date, **more: Any
) -> Campaign:
    """A campaign of the actor's unit. `Refused` for dates that cannot be or a title its unit uses already."""
    if getattr(actor, "hat", None) is None or not owns_any(actor):
        raise Forbidden
    require({"title": title}, title="名称")
    if ends_on < starts_on:
        raise Refused.at("ends_on", "结束日期不能早于开始日期。")
    if not categories:
        raise Refused.at("categories", "请填写至少一个分类。")
    owner = actor.hat.unit
    try:
        with transaction.atomic():
            mark = hazard_campaigns.begin(owner, title)
            return Campaign.objects.create(
                pk=mark.pk, mark=mark, owner=owner, area_path=owner.area_path, title=title, form=form, categories=categories,
                starts_on=starts_on, ends_on=ends_on, created_by=actor, created_at=clock.now(), **more,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused.at("title", "本单位已有同名专项整治。") from error


@transaction.atomic
def close(actor: Any, pk: int) -> Campaign:
    """End a campaign none of whose objects is open; `Refused` with how many still are."""
    campaign = leading(actor, pk)
    left = campaign.objects_listed.filter(state__in=(S.WAITING, S.TREATING)).count()
    if left:
        raise Refused(f"还有{left}个对象没有完成，不能结束。")
    campaign.state = Campaign.State.CLOSED
    campaign.save(update_fields=["state"])
    hazard_campaigns.end(campaign.mark_id)
    return campaign


def leading(actor: Any, pk: int) -> Campaign:
    """The locked running campaign the actor leads; call it in a transaction."""
    if not Campaign.objects.for_user(actor).filter(pk=pk).exists():
        raise NotInScope
    campaign = Campaign.objects.select_for_update(no_key=True, of=("self",)).select_related("owner").get(pk=pk)
    if not owns(actor, Right.PLAN_INSPECTION, campaign):
        raise Forbidden
    if campaign.state != Campaign.State.RUNNING:
        raise WrongState("该专项整治已结束。")
    return campaign


def add(campaign: Campaign, actor: Any, *, source: str = "登记", **values: Any) -> CampaignObject | None:
    """Write one object of a locked campaign; None where it stands there already, for a sheet may come twice."""
    mark = mark_of(values["name"], values.get("address") or "")
    if campaign.objects_listed.filter(mark=mark).exists():
        return None
    unit: Unit | None = values.get("unit")
    area_path = unit.area_path if unit else values["responsible"].area_path
    found = CampaignObject.objects.create(campaign=campaign, mark=mark, area_path=area_path, **values)
    new_event(
        CampaignObjectEvent, found, "add", source, actor=actor, at=clock.now(), target=S.WAITING,
        data={"note": f"{found.category}，{found.deadline:%Y年%m月%d日}前完成"},
    ).save()  # fmt: skip
    return found


@transaction.atomic
def enter(actor: Any, pk: int, **values: Any) -> CampaignObject:
    """One object by hand; `Refused` where it stands there already or the category is unknown."""
    campaign = leading(actor, pk)
    if values.get("category") not in campaign.categories:
        raise Refused.at("category", f"分类应为：{'、'.join(campaign.categories)}。")
    found = add(campaign, actor, **values)
    if found is None:
        raise Refused.at("name", "该对象已在台账中。")
    return found


def may(actor: Any, right: str, found: CampaignObject) -> bool:
    """Who leads the campaign, and who sees to the object."""
    hat = getattr(actor, "hat", None)
    if hat is None:
        return False
    leads = owns(actor, Right.PLAN_INSPECTION, found.campaign)
    return leads or (right == Right.READ_PLAN and found.responsible_id == hat.unit_id and _plans(actor))


def _plans(actor: Any) -> bool:
    return owns_any(actor)


def _check_progress(found: CampaignObject, actor: Any, values: Values) -> None:
    """The progress says something, and the campaign still runs."""
    _check_running(found)
    require(values, progress="进展")


def _check_running(found: CampaignObject) -> None:
    if found.campaign.state != Campaign.State.RUNNING:
        raise WrongState("该专项整治已结束。")


def _progress(found: CampaignObject, actor: Any, values: Values) -> dict[str, Any]:
    found.progress = values["progress"][:500]
    return {"note": values["progress"]}


def _check_finish(found: CampaignObject, actor: Any, values: Values) -> None:
    """What was done, on a day that is not ahead."""
    _check_running(found)
    require(values, progress="完成情况")
    if not values.get("done_on") or values["done_on"] > clock.today():
        raise Refused.at("done_on", "完成日期不能晚于今天。")


def _finish(found: CampaignObject, actor: Any, values: Values) -> dict[str, Any]:
    found.progress, found.done_on = values["progress"][:500], values["done_on"]
    return {"note": values["progress"]}


def _check_change(found: CampaignObject, actor: Any, values: Values) -> None:
    """A category of the campaign, a deadline, a reason."""
    require(values, reason="理由", category="分类")
    if values["category"] not in found.campaign.categories:
        raise Refused.at("category", f"分类应为：{'、'.join(found.campaign.categories)}。")


def _change(found: CampaignObject, actor: Any, values: Values) -> dict[str, Any]:
    before = {"category": found.category, "deadline": str(found.deadline)}
    found.category, found.deadline = values["category"], values["deadline"]
    after = {"category": found.category, "deadline": str(found.deadline)}
    return {"before": before, "after": after, "note": values["reason"]}


def _reopen(found: CampaignObject, actor: Any, values: Values) -> dict[str, Any]:
    found.done_on = None
    return {"note": values["reason"]}


RULES: dict[str, Rule] = {
    "report_progress": Rule(
        "报告进展", (S.WAITING, S.TREATING), S.TREATING, Right.READ_PLAN, "对象转为整治中，进展留存。",
        guard=_check_progress, apply=_progress, form="progress",
    ),
    "finish": Rule(
        "完成整治", (S.WAITING, S.TREATING), S.DONE, Right.READ_PLAN, "对象完成整治，计入进度。",
        guard=_check_finish, apply=_finish, form="finish", tone="success",
    ),
    "change": Rule(
        "调整分类、时限", (S.WAITING, S.TREATING), None, Right.PLAN_INSPECTION, "前后对照和理由留存。",
        guard=_check_change, apply=_change, form="change", tone="secondary",
    ),
    "remove": Rule(
        "不纳入", (S.WAITING, S.TREATING), S.REMOVED, Right.PLAN_INSPECTION, "不再计入进度，理由留存。",
        guard=with_reason, apply=keep_reason, form="reason", tone="danger",
    ),
    "reopen": Rule(
        "重新整治", (S.DONE, S.REMOVED), S.TREATING, Right.PLAN_INSPECTION, "整治不实或反弹的，重新整治。",
        guard=with_reason, apply=_reopen, form="reason",
    ),
}  # fmt: skip
LIFECYCLE = Lifecycle(model=CampaignObject, rules=RULES, may=may, write_event=writer(CampaignObjectEvent, RULES))
perform = LIFECYCLE.perform
