"""Units that only the sentences name: read where nothing else names any, always unsure, never invented."""

from __future__ import annotations

import pytest

from tasks.plans.documents import paste
from tasks.plans.prose import DOUBT
from tasks.plans.reading import read_plan


def plan_of(body: str):
    return read_plan(paste(f"一、主要任务\n1.开展排查。{body}\n2.其他工作。抓好落实。\n二、工作要求\n加强领导。"))


def roles(body: str):
    task = plan_of(body).as_json()["tasks"][0]
    return task["lead"], task["responsible"], task["cooperating"]


@pytest.mark.parametrize(
    ("sentence", "lead", "responsible", "cooperating"),
    [
        ("市应急管理局要建立台账。", [], ["市应急管理局"], []),
        ("各县(市)工业主管部门、各工业园区要建立平台。", [], ["各县(市)工业主管部门", "各工业园区"], []),
        ("各村、社区严格按要求巡查。", [], ["各村、社区"], []),
        ("市工信局定期开展督查。", [], ["市工信局"], []),
        ("全市各工业园区管理机构应当建立评估制度。", [], ["全市各工业园区管理机构"], []),
        ("6月底前，区住建局会同区城管局完成排查。", [], ["区住建局", "区城管局"], []),
        ("完善机制，各镇（街道）要加强巡查。", [], ["各镇（街道）"], []),
        ("督促各乡镇、各部门落实责任。", [], ["各乡镇", "各部门"], []),
        ("县委宣传部统筹县融媒体中心每周播放。", [], ["县委宣传部", "县融媒体中心"], []),
        ("区消防救援大队要会同区商务局，于12月底前完成检查。", [], ["区消防救援大队", "区商务局"], []),
        ("市安委办组织市应急局、市住建局每月检查。", [], ["市安委办", "市应急局", "市住建局"], []),
        ("公安、农业（农机）、安全监管部门要建立台账。", [], ["公安", "农业（农机）", "安全监管部门"], []),
        ("城管科负责，联合燃气公司对餐饮场所检查。", [], ["城管科"], ["燃气公司"]),
        ("由县教育局牵头负责，会同县公安局每学期检查。", ["县教育局"], [], ["县公安局"]),
        ("各镇要取缔马路市场，县公安局给予配合。", [], ["各镇"], ["县公安局"]),
        ("按照“行业主管部门指导，企业组织实施”的责任体系推进。", [], ["行业主管部门", "企业"], []),
        ("由镇应急办牵头，派出所、市监所配合，联合执法。", ["镇应急办"], [], ["派出所", "市监所"]),
        ("区安委办要牵头制定清单，有关部门要密切配合。", ["区安委办"], [], ["有关部门"]),
        ("实行市工信局牵头、各县工业主管部门及企业负责的原则。", ["市工信局"], ["各县工业主管部门", "企业"], []),
        ("一是组织部要开展培训。二是消防救援站负责检查。", [], ["组织部", "消防救援站"], []),
    ],
)
def test_whoever_the_sentence_tells_to_act_is_read(sentence, lead, responsible, cooperating):
    assert roles(sentence) == (lead, responsible, cooperating)


@pytest.mark.parametrize(
    "sentence",
    [
        "加强部门监管，落实部门责任。",
        "坚持“党政同责、一岗双责”的原则。",
        "按照“谁主管、谁负责”的原则落实。",
        "完善党委领导、政府负责、社会协同的格局。",
        "推动企业建立清单，生产经营单位必须缴纳保险费。",
        "商贸企业每年至少组织一次演练。",
        "街道党政主要负责人要带队检查。",
        "在市安委办统筹部署下，探索建立标准。",
        "对城中村、集镇开展排查，逐户登记。",
        "加油站要落实制度，公共场所应当张贴标识。",
        "采取政府购买服务、监管部门统筹协调的方式。",
        "全面推进农村治理，建立网格中心。",
        "提升应急处置能力，应急部门的装备要配齐。",
        "由第三方机构评估，经公安机关批准。",
        "按照《某市安全生产委员会要点》落实。",
    ],
)
def test_what_is_no_order_to_a_unit_stays_empty(sentence):
    assert roles(sentence) == ([], [], [])


def test_a_name_from_a_sentence_waits_for_a_person():
    task = plan_of("市应急管理局要建立台账。").tasks[0]
    assert [name.doubt for name in task.names] == [DOUBT]
    assert "原文没有写明单位" not in task.doubts


def test_where_a_bracket_names_units_the_sentences_are_not_asked():
    assert roles("各村、社区要逐户登记。（责任单位：应急办）") == ([], ["应急办"], [])
