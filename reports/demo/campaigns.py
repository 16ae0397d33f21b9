"""Campaigns of the demonstration: 四个清单 of the quarries, 自建房一本账, 小散乱; each with objects in every state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from common import clock
from hazards import transitions as hazards
from hazards.models import Hazard
from inspections.models.campaigns import CATEGORIES, Campaign, CampaignObject
from inspections.transitions import campaigns
from reports.demo.world import World

FOUND = 4
DAY = timedelta(days=1)
EMERGENCY, CITY = "应急管理综合服务中心", "城市管理综合服务中心"
VILLAGES = ("甲村村民委员会（演示）", "乙村村民委员会（演示）", "丙社区居民委员会（演示）", "丁社区居民委员会（演示）")


@dataclass(frozen=True)
class Listed:
    """An object: what stands in the sheet, and what became of it (waiting, treating, done, removed)."""

    name: str
    address: str
    category: str
    body: str
    measure: str
    state: str = "waiting"
    said: str = ""


@dataclass(frozen=True)
class Led:
    """A campaign with its objects; the first deadline lies `first` days ahead, each further one `step` days later."""

    form: str
    title: str
    basis: str
    first: int
    step: int
    objects: tuple[Listed, ...]


LED = (
    Led(
        Campaign.Form.FOUR_LISTS, "非煤矿山“四个清单”专项整治", "禄脿任务8", 30, 25,
        (
            Listed("白登石料厂（演示）", "禄脿街道甲村", "改造升级", EMERGENCY, "边坡治理", "treating", "已完成边坡治理设计，正在施工。"),
            Listed("海湾采石场（演示）", "禄脿街道乙村", "达标保留", EMERGENCY, "完成安全设施验收", "done", "安全设施验收合格，纳入达标保留清单。"),
            Listed("龙箐砂场（演示）", "禄脿街道乙村", "整合重组", EMERGENCY, "与相邻采区整合为一个开采系统"),
            Listed("西山废弃砂坑（演示）", "禄脿街道甲村", "淘汰关闭", VILLAGES[0], "封闭井口、复绿", "done", "设备已拆除，封闭井口并复绿。"),
            Listed("东沟采石点（演示）", "禄脿街道乙村", "淘汰关闭", VILLAGES[1], "断电、拆除设备", "treating", "已断电，设备拆除中。"),
        ),
    ),
    Led(
        Campaign.Form.SELF_BUILT, "经营性自建房“一本账”", "禄脿任务14；临江任务14", 22, 9,
        (
            Listed("王某某自建房（演示）", "丙社区1号", "严重隐患", VILLAGES[2], "停止使用，委托鉴定", "treating", "已停止经营，鉴定单位已进场。"),
            Listed("李某某自建房（演示）", "丙社区8号", "用作经营", VILLAGES[2], "增设疏散楼梯和报警器", "done", "疏散楼梯已建成，报警器已安装。"),
            Listed("张某某自建房（演示）", "丁社区5号", "一般隐患", VILLAGES[3], "更换老化线路", "done", "线路已更换并穿管。"),
            Listed("赵某某自建房（演示）", "丁社区12号", "安全", VILLAGES[3], "日常巡查", "removed", "已拆除重建，不再纳入。"),
        ),
    ),
    Led(
        Campaign.Form.SCATTERED, "“小散乱”企业关搬改整治", "临江任务17", 25, 14,
        (
            Listed("无证喷漆点（演示）", "甲村3组", "关停取缔", CITY, "清除设备、原料、产品，断水断电", "done", "设备、原料已清除，断水断电。"),
            Listed("废旧塑料加工点（演示）", "乙村5组", "搬迁入园", EMERGENCY, "搬入街道小微园", "treating", "已签订入园协议。"),
            Listed("小家具作坊（演示）", "丁社区2组", "规范改造", VILLAGES[3], "分隔喷漆间，增设除尘和消火栓"),
        ),
    ),
)  # fmt: skip


def tell(street: World) -> Iterator[datetime]:
    """Begun and listed on one day; twelve days later most objects have moved, and hazards belong to the first campaign."""
    pairs = [pair for led in LED for pair in _begin(street, led)]
    yield clock.now() + 12 * DAY
    for listed, found in pairs:
        _move(street, listed, found)
    quarries = Campaign.objects.get(form=Campaign.Form.FOUR_LISTS)
    open_ = Hazard.objects.filter(state="rectifying", area_path__startswith=street.office.area_path).order_by("pk")
    for hazard in open_[:FOUND]:
        hazards.perform("mark_campaign", hazard.pk, street.people["office"], campaign=quarries.mark)


def _begin(street: World, led: Led) -> Iterator[tuple[Listed, CampaignObject]]:
    office, today = street.people["office"], clock.today()
    begun = campaigns.begin(
        office, title=led.title, form=led.form, categories=CATEGORIES[led.form], basis=led.basis, starts_on=today,
        ends_on=today + 120 * DAY,
    )  # fmt: skip
    known = {firm.name: firm for firm in street.firms}
    for place, listed in enumerate(led.objects):
        yield listed, campaigns.enter(
            office, begun.pk, name=listed.name, address=listed.address, category=listed.category,
            unit=known.get(listed.name), responsible=street.units[listed.body], measure=listed.measure,
            deadline=today + (led.first + led.step * place) * DAY,
        )  # fmt: skip


def _move(street: World, listed: Listed, found: CampaignObject) -> None:
    office = street.people["office"]
    if listed.state == "treating":
        campaigns.perform("report_progress", found.pk, office, progress=listed.said)
    elif listed.state == "done":
        campaigns.perform("finish", found.pk, office, progress=listed.said, done_on=clock.today())
    elif listed.state == "removed":
        campaigns.perform("remove", found.pk, office, reason=listed.said)
