"""What the reading makes of single phrases."""

from __future__ import annotations

import pytest

from tasks.plans.documents import paste
from tasks.plans.reading import read_plan


def read_task(body: str, head: str = "") -> dict:
    """The first task of a plan with this body."""
    return read_plan(
        paste(f"{head}\n一、主要任务\n1.开展排查。{body}\n2.其他工作。抓好落实。\n二、工作要求\n加强领导。")
    ).as_json()["tasks"][0]


@pytest.mark.parametrize(
    ("bracket", "lead", "responsible", "cooperating"),
    [
        ("（责任单位：应急办牵头，城建办配合）", ["应急办"], [], ["城建办"]),
        (
            "（牵头单位：应急办、城建办分别牵头，责任单位：各村、社区依职责分工负责）",
            ["应急办", "城建办"],
            ["各村、社区"],
            [],
        ),
        ("（牵头单位：应急办、党政办依职责各自牵头）", ["应急办", "党政办"], [], []),
        ("（责任单位：经发办、应急办等部门分工负责）", [], ["经发办", "应急办"], []),
        ("（责任单位：生态环境和农业农村综合服务中心、应急办）", [], ["生态环境和农业农村综合服务中心", "应急办"], []),
        ("（责任单位：应急办及各负有安全监管职责的部门）", [], ["应急办", "各负有安全监管职责的部门"], []),
        ("(牵头单位:经发局(科技局),责任单位:各村(社区))", ["经发局(科技局)"], ["各村(社区)"], []),
        ("（应急办牵头，各村、社区配合）", ["应急办"], [], ["各村、社区"]),
        ("【主办：应急办；协办：派出所、供电所】", ["应急办"], [], ["派出所", "供电所"]),
        ("（责任单位：负有安全监管职责的部门，各村、各社区）", [], ["负有安全监管职责的部门", "各村", "各社区"], []),
        ("。责任单位：应急办 派出所 配合单位：各村、社区", [], ["应急办", "派出所"], ["各村、社区"]),
        ("〔区安委办、区消防救援大队〕", [], ["区安委办", "区消防救援大队"], []),
        ("（责任单位：应急办（牵头）、城建办、派出所〔配合〕）", ["应急办"], ["城建办"], ["派出所"]),
        ("（应急局、市场监管局等部门和各街道按职责分工负责）", [], ["应急局", "市场监管局", "各街道"], []),
        ("（牵头单位：应急办｜责任单位：城建办、派出所）", ["应急办"], ["城建办", "派出所"], []),
        ("（应急办负责，7月底前完成）", [], ["应急办"], []),
        ("（各镇负责，区公安分局指导）", [], ["各镇"], ["区公安分局"]),
        ("。责任单位：城建局，各镇人民政府（街道办事处）。", [], ["城建局", "各镇人民政府（街道办事处）"], []),
        ("（区市场监管局，12月底前）", [], ["区市场监管局"], []),
        ("〔区建设局、区财政局，2025年底前取得阶段性成效〕", [], ["区建设局", "区财政局"], []),
        ("（区建设局牵头，各街道落实。以下均需各街道落实，不再列出）", ["区建设局"], ["各街道"], []),
        ("（责任单位为应急办、各村）", [], ["应急办", "各村"], []),
        ("（①应急办负责；②城建办、派出所负责）", [], ["应急办", "城建办", "派出所"], []),
        ("（各镇党委、政府和街道办事处负责）", [], ["各镇党委、政府", "街道办事处"], []),
        ("，责任单位：各镇街；完成时限：8月底。", [], ["各镇街"], []),
        ("（现场挂牌督办）", [], [], []),
        ("（动员部署阶段）", [], [], []),
        ("（含民办机构、日间照料中心）", [], [], []),
        ("（高危行业领域每月至少1次）", [], [], []),
        ("（以下简称专班）", [], [], []),
        ("由应急办会商有关部门后提出意见。", [], [], []),
    ],
)
def test_units_are_read_with_their_roles(bracket, lead, responsible, cooperating):
    task = read_task(f"全面排查{bracket}")
    assert (task["lead"], task["responsible"], task["cooperating"]) == (lead, responsible, cooperating)


@pytest.mark.parametrize(
    ("bracket", "lead", "responsible", "cooperating"),
    [
        (
            "【牵头：应急办（责任人：张三）；配合：城建办〔住建所〕】",
            ["应急办"],
            [],
            ["城建办〔住建所〕"],
        ),
        (
            "（牵头单位：应急办（责任人：张三）、城建办（责任人：李四）；配合单位：各村）",
            ["应急办", "城建办"],
            [],
            ["各村"],
        ),
        (
            "〔责任单位：应急办（安委办）、供电所【农电】、各村（社区）〕",
            [],
            ["应急办（安委办）", "供电所【农电】", "各村（社区）"],
            [],
        ),
        ("[责任单位:城建办(住建[规划]所),各村(居[含社区])]", [], ["城建办(住建[规划]所)", "各村(居[含社区])"], []),
        ("（牵头单位：【宣传办】，责任单位：[应急办]）", ["宣传办"], ["应急办"], []),
        ("（（责任单位：应急办、城建办））", [], ["应急办", "城建办"], []),
        ("（名单见附件【责任单位：应急办】）", [], ["应急办"], []),
        ("（责任单位：应急办〔牵头〕、城建办", ["应急办"], ["城建办"], []),
    ],
)
def test_brackets_inside_brackets_keep_names_whole_and_roles_apart(bracket, lead, responsible, cooperating):
    task = read_task(f"全面排查{bracket}")
    assert (task["lead"], task["responsible"], task["cooperating"]) == (lead, responsible, cooperating)


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("2024年6月底前完成。", ["2024-06-30"]),
        ("2025年12月31日前完成。", ["2025-12-31"]),
        ("2024年2月底前完成。", ["2024-02-29"]),
        ("2024年底前完成，2026年底前见效。", ["2024-12-31", "2026-12-31"]),
        ("2024—2026年间，选择重点领域打击。", ["2026-12-31"]),
        ("即日起至2025年3月31日集中整治。", ["2025-03-31"]),
        ("截至2025年9月底完成。", ["2025-09-30"]),
        ("二〇二五年六月底前完成。", ["2025-06-30"]),
        ("2025.6.30前完成。", ["2025-06-30"]),
        ("2025年1-6月完成。", ["2025-06-30"]),
        ("2025年9月完成整治。", ["2025-09-30"]),
        ("2025年9月完成的项目要回头看。", []),
        ("2025年6月上旬完成，2025年7月中旬前验收。", ["2025-06-10", "2025-07-20"]),
        ("每年4月30日前拟定清单。", []),
        ("每季度末前报送。", []),
        ("治理2023年及以前的存量。", []),
        ("2020年以来事故多发。", []),
        ("根据《方案（2024—2026年）》落实。", []),
        ("落实安委办〔2019〕9号要求。", []),
        ("停用3年以上的尾矿库。", []),
    ],
)
def test_only_days_for_doing_are_deadlines(sentence, due):
    assert read_task(sentence)["due"] == due


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("6月30日前完成。", ["2025-06-30"]),
        ("7月底前至少公布3起案例。", ["2025-07-31"]),
        ("6月1日至15日集中整治。", ["2025-06-15"]),
        ("上半年、下半年各组织1次。", []),
        ("第三季度末前完成。", ["2025-09-30"]),
        ("上半年完成。", ["2025-06-30"]),
        ("年底前完成。", ["2025-12-31"]),
        ("今年8月底前完成。", ["2025-08-31"]),
        ("年内完成，三年内见效。", ["2025-12-31"]),
        ("明年3月底前完成。", ["2026-03-31"]),
        ("今年年底前完成。", ["2025-12-31"]),
        ("分别于6月、12月底前完成。", ["2025-06-30", "2025-12-31"]),
        ("6月、9月、12月底前分别完成30%、60%、100%。", ["2025-06-30", "2025-09-30", "2025-12-31"]),
        ("于6月30日、12月31日前分别报送。", ["2025-06-30", "2025-12-31"]),
        ("2025年第一季度完成，二季度验收。", ["2025-03-31", "2025-06-30"]),
    ],
)
def test_a_day_without_year_takes_the_only_year_of_the_plan(sentence, due):
    assert read_task(sentence, "某街道2025年工作要点")["due"] == due


def test_a_day_without_year_stays_empty_where_several_years_are_possible():
    assert read_task("6月30日前完成。", "某街道三年行动方案（2024—2026年）")["due"] == []


@pytest.mark.parametrize("said", ["6月30日前", "春节前", "接到通知后10个工作日内"])
def test_a_limit_that_names_no_day_is_pointed_out_for_a_person(said):
    plan = read_plan(paste(f"三年行动方案（2024—2026年）\n一、主要任务\n1.整治。{said}完成整改。\n2.乙。\n3.丙。"))
    assert plan.tasks[0].due == []
    assert f"“{said}”不能确定到日，请按实际补上完成时限" in plan.tasks[0].doubts


def test_the_end_of_the_year_comes_back_in_a_plan_of_several_years():
    text = "一、主要任务\n1.述职。年末将履职情况报备案。\n2.乙。抓好。\n3.丙。"
    several = read_plan(paste(f"三年行动方案（2024—2026年）\n{text}"))
    assert [(each.text, bool(each.doubt)) for each in several.tasks[0].recurrence] == [("年末", True)]
    assert read_plan(paste(f"2025年工作要点\n{text}")).as_json()["tasks"][0]["recurrence"] == []


@pytest.mark.parametrize(
    ("sentence", "recurrence", "quantities"),
    [
        ("每季度不少于3次。", ["每季度不少于3次"], ["不少于3次"]),
        (
            "每年至少组织开展1次演练（高危行业每半年至少1次）。",
            ["每年至少组织开展1次", "每半年至少1次"],
            ["至少组织开展1次", "至少1次"],
        ),
        ("每年4月30日前报送。", ["每年4月30日前"], []),
        ("抽查比例不低于20%，覆盖率100%。", [], ["不低于20%", "100%"]),
        ("日管控、周排查、月调度。", ["日管控", "周排查", "月调度"], []),
        (
            "主任全年深入一线检查不少于4次，书记全年深入企业检查不少于6次。",
            ["全年深入一线检查不少于4次", "全年深入企业检查不少于6次"],
            ["不少于4次", "不少于6次"],
        ),
        ("每季度带队对本单位隐患情况至少开展1次检查。", ["每季度带队对本单位隐患情况至少开展1次"], ["至少开展1次"]),
        ("检查分别不少于4次和6次。", [], ["不少于4次", "6次"]),
        ("每季度至少带队对隐患排查情况开展1次检查。", ["每季度至少带队对隐患排查情况开展1次"], ["1次"]),
        ("每两个月检查不少于1次。", ["每两个月检查不少于1次"], ["不少于1次"]),
        ("上、下半年各1轮。", ["上、下半年各1轮"], []),
        ("新建充电棚35处、端口800个。", [], ["35处", "800个"]),
        ("改造管网15.5公里，立管20公里。", [], ["15.5公里", "20公里"]),
        ("投入资金不低于800万元，期限不超过3个月。", [], ["不低于800万元", "不超过3个月"]),
        ("曝光案例3起以上，排查30户以上的小区。", [], ["3起以上"]),
        ("每季度末月25日前报送。", ["每季度末月25日前"], []),
        ("每月5日、20日前报送，每年6月、12月底前总结。", ["每月5日、20日前", "每年6月、12月底前"], []),
        ("每周三、周五夜查，每周一次例会。", ["每周三、周五", "每周一次"], ["一次"]),
        ("一月一调度、一季一通报，半年一次演练。", ["一月一调度", "一季一通报", "半年一次"], []),
        ("每年上、下半年各开展1次。", ["上、下半年各开展1次"], ["1次"]),
        ("实行月调度、季通报、半年督导、年度考核。", ["月调度", "季通报", "半年督导", "年度考核"], []),
        ("结果作为评先评优、年度考核的依据。", [], []),
        ("健全年度检查计划不少于2份，安全年会不少于1次。", [], ["不少于2份", "不少于1次"]),
        ("涉粉作业10人以上、边坡150米及以上的企业。", [], []),
    ],
)
def test_how_often_and_how_much_are_read_as_they_stand(sentence, recurrence, quantities):
    task = read_task(sentence)
    assert (task["recurrence"], task["quantities"]) == (recurrence, quantities)


def test_a_deadline_is_tied_to_its_sentence():
    plan = read_plan(paste("一、主要任务\n1.整治。2024年6月底前摸清底数；2025年底前改造到位。\n2.乙。\n3.丙。"))
    scopes = [plan.text[each.scope] for each in plan.tasks[0].due]
    assert scopes == ["2024年6月底前摸清底数", "2025年底前改造到位"]


def test_each_bracket_speaks_for_the_text_before_it():
    plan = read_plan(
        paste("一、主要任务\n1.整治。检查小场所（责任单位：各村）。检查充电（责任单位：消防站）。\n2.乙。\n3.丙。")
    )
    scopes = {name.text: plan.text[name.scope] for name in plan.tasks[0].names}
    assert "检查小场所" in scopes["各村"]
    assert "检查充电" in scopes["消防站"]
    assert "检查小场所" not in scopes["消防站"]


def test_damaged_numbers_are_repaired_only_in_their_row():
    plan = read_plan(paste("一、主要任务\nL全面排查。甲。\n2,科学评估。乙。\n3.整改。丙。\n二、要求\n抓好。")).as_json()
    assert [task["no"] for task in plan["tasks"]] == ["1", "2", "3"]


def test_a_repaired_number_is_marked_unsure():
    plan = read_plan(paste("一、主要任务\nL全面排查。甲。\n2.评估。乙。\n3.整改。丙。"))
    assert "破损" in plan.tasks[0].number.doubt


def test_page_marks_and_line_ends_leave_the_sentence():
    task = read_task("推动企业建立岗位清单12、和台账，\n- 3 -\n加强管理。")
    assert task["text"] == "推动企业建立岗位清单和台账，加强管理。"


def test_a_bracket_behind_the_title_is_none_of_it():
    plan = read_plan(paste("一、主要任务\n1.开展排查（应急办牵头，城建办配合）。全面排查。\n2.乙。\n3.丙。")).as_json()
    assert (plan["tasks"][0]["title"], plan["tasks"][0]["lead"]) == ("开展排查", ["应急办"])


def test_a_text_that_begins_with_a_heading_has_no_title():
    assert read_plan(paste("一、主要任务\n1.甲。\n2.乙。\n3.丙。")).as_json()["title"] == ""


def test_a_bare_month_in_a_plan_over_one_new_year_is_in_the_year_it_runs_then():
    text = "某镇冬春防火方案\n自2025年11月1日起至2026年3月31日开展。\n一、主要任务\n1.排查。12月底前完成。\n2.甲。2月底前完成。\n3.丙。"
    tasks = read_plan(paste(text)).as_json()["tasks"]
    assert [task["due"] for task in tasks] == [["2025-12-31"], ["2026-02-28"], []]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("街道决定自2025年3月至6月在辖区开展整治。", {"from": "2025-03-01", "to": "2025-06-30"}),
        ("行动从2025年6月20日开始，至9月30日结束。", {"from": "2025-06-20", "to": "2025-09-30"}),
        ("决定即日起至2025年11月30日在全镇开展整治。", {"from": "", "to": "2025-11-30"}),
    ],
)
def test_when_a_plan_runs_is_read_from_the_sentence_that_says_so(text, period):
    plan = paste(f"某镇消防安全集中整治方案\n{text}\n一、主要任务\n1.甲。\n2.乙。\n3.丙。")
    assert read_plan(plan).as_json()["period"] == period


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("某安委办〔2023〕第12号\n某镇消防方案", "某安委办〔2023〕第12号"),
        ("某政发〔2023〕2号某镇人民政府关于印发某镇消防方案的通知", "某政发〔2023〕2号"),
        ("文号 某政发〔2024〕33号 公开方式 主动公开\n某镇消防方案", "某政发〔2024〕33号"),
        ("根据某安委办〔2023〕12号要求，制定本方案。", ""),
    ],
)
def test_the_documents_own_number_is_found_wherever_it_stands(head, number):
    plan = read_plan(paste(f"{head}\n一、主要任务\n1.甲。\n2.乙。\n3.丙。")).as_json()
    assert plan["number"] == number


def test_what_closes_a_list_of_tasks_is_none_of_the_last():
    lines = "牵头单位：应急办\n完成时限：6月底前"
    text = f"一、重点任务\n1.甲。\n{lines}\n2.乙。\n{lines}\n3.丙。\n{lines}\n应急办将每月调度、每季通报。"
    last = read_plan(paste(text)).as_json()["tasks"][-1]
    assert (last["recurrence"], text[slice(*last["span"])]) == ([], f"3.丙。\n{lines}")


def test_a_long_chain_of_names_or_brackets_breaks_nothing():
    for chain in ("应急办和" * 3000, "应急办组织" * 3000, "(" * 900 + "应急办" + ")" * 900):
        plan = read_plan(paste(f"一、主要任务\n1.甲。（责任单位：{chain}城建办）\n2.乙。\n3.丙。"))
        assert len(plan.tasks) == 3
