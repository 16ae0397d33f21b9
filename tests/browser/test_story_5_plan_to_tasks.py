"""Story 5: a twelve-page plan is pasted, forty tasks appear, three are corrected, each village sees its own."""

from __future__ import annotations

from functools import partial

from tasks.management.commands.score_plans import FOLDER
from tasks.models import Plan, Task
from tests.browser import STORY
from tests.browser.acts import plans as act

pytestmark = STORY
LUBIAO = (FOLDER / "lubiao.txt").read_text(encoding="utf-8")
FIRE = "深化消防安全专项治理"
NOBODY = "本系统没有对应单位"
MEANINGS = {
    "生态环境办公室": "生态环境和农业农村综合服务中心",
    "消防安全重点单位": NOBODY,
    "禄脿街道工会联合会": NOBODY,
    "禄脿街道团工委": NOBODY,
}
SECOND = """禄脿街道2026年夏季消防安全工作方案
一、主要任务
1.检查小场所。6月30日前完成一遍检查。（牵头单位：消防工作站，责任单位：各村、社区依职责分工负责）
2.整治飞线充电。2026年9月底前建成充电点20个。（责任单位：各负有安全监管职责的部门）
3.开展演练。每半年至少组织1次演练。（责任单位：禄脿街道团工委、消防工作站）
"""


def test_a_plan_becomes_tasks_and_each_village_sees_its_own(people, calendar):
    calendar.go_to("2026-03-02 09:00")
    office = people.signed_in("office")
    act.pastes_plan(office, LUBIAO)
    office.sees("读出行动 8 项、任务 40 项", "禄街发〔2024〕18号")
    office.look("review")
    act.sees_where_it_stands(office, "强化社会监督", "街道安委办")
    act.corrects(office, "4", {"牵头单位": "街道安委办", "责任单位": "各有关部门"}, "row")
    act.corrects(office, "30", {"责任单位": "经济发展办公室\n应急管理综合服务中心\n禄脿市场监管所\n交警禄脿中队"})
    act.corrects(office, "24", {"完成时限": "2026-12-31"})
    office.sees("已更正 3 项")
    act.says_what_names_mean(office, MEANINGS)
    assert not Task.objects.exists()
    act.confirms(office, 40)
    act.finds_in_plan(office, "4", "禄脿街道安委办", "应急管理综合服务中心")
    act.finds_in_plan(office, "30", "经济发展办公室、应急管理综合服务中心、禄脿市场监管所、交警禄脿中队")
    act.finds_in_plan(office, "24", "2026年12月31日")
    office.look("plan")
    wall_turns_colour(office, village_sees_its_own(people))
    second_document_knows_the_names(office)


def village_sees_its_own(people):
    """The fire task names 各村、社区, the mine task does not; other villages' parts are not listed."""
    village = people.signed_in("village1")
    village.open("/tasks/?order=title")
    village.sees(FIRE, "甲村村民委员会（演示）")
    for foreign in ("深化非煤矿山安全专项治理", "乙村村民委员会", "丙社区居民委员会"):
        village.sees_not(foreign)
    village.look("village")
    return village


def wall_turns_colour(office, village):
    """The cell of 甲村 goes with what the village reports and the office accepts."""
    seen = partial(act.colour_on_wall, office, Plan.objects.get(), FIRE, "甲村")
    colours = [seen("待办")]
    office.look("wall-before")
    act.reports_progress(village, FIRE, 40, "已检查小场所12家，拆除飞线3处。")
    colours.append(seen("推进中"))
    act.reports_completion(village, "辖区小场所检查完毕。", "检查表存村委会备查。")
    colours.append(seen("待审核"))
    act.accepts(office, FIRE, "甲村")
    colours.append(seen("已办结"))
    office.look("wall-after")
    assert len(set(colours)) == 4, colours


def second_document_knows_the_names(office):
    """What was said once is not asked again."""
    act.pastes_plan(office, SECOND)
    office.sees("读出行动 0 项、任务 3 项", "→ 不对应单位")
    office.sees_not("待对应")
    act.confirms(office, 3)
    assert Plan.objects.count() == 2
