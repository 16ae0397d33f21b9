"""Story 5: a twelve-page plan is pasted, forty tasks appear, three are corrected, each village sees its own."""

from __future__ import annotations

from tasks.management.commands.score_plans import FOLDER
from tasks.models import Plan, Task
from tests.browser import STORY
from tests.browser.acts import plans as act

pytestmark = STORY
LUBIAO = (FOLDER / "lubiao.txt").read_text(encoding="utf-8")
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
    office.look("plan")
    village_sees_its_own(people)
    second_document_knows_the_names(office)
    office.open("/tasks/wall/")
    office.look("wall")


def village_sees_its_own(people):
    """The fire task names 各村、社区, the mine task does not."""
    village = people.signed_in("village1")
    village.open("/tasks/?order=title")
    village.sees("深化消防安全专项治理")
    village.sees_not("深化非煤矿山安全专项治理")
    village.look("village")


def second_document_knows_the_names(office):
    """What was said once is not asked again."""
    act.pastes_plan(office, SECOND)
    office.sees("读出行动 0 项、任务 3 项")
    office.sees_not("待对应")
    act.confirms(office, 3)
    assert Plan.objects.count() == 2
