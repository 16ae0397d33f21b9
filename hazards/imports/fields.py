"""What a hazard ledger may say, under the headers seen in the field (domain-rules §6)."""

from __future__ import annotations

from common.spreadsheets import Field
from hazards.models.hazard import Category, Level

LEVELS = {
    "一般": Level.GENERAL, "一般隐患": Level.GENERAL, "一般事故隐患": Level.GENERAL, "一般问题": Level.GENERAL,
    "重点": Level.KEY, "重点隐患": Level.KEY, "较大": Level.KEY, "较大隐患": Level.KEY, "较大事故隐患": Level.KEY,
    "重大": Level.MAJOR, "重大隐患": Level.MAJOR, "重大事故隐患": Level.MAJOR, "重大火灾隐患": Level.MAJOR,
}  # fmt: skip
CATEGORY_WORDS = (
    (Category.FIRE, ("消防", "火灾", "疏散")),
    (Category.ELECTRIC, ("用电", "电气", "电力")),
    (Category.GAS, ("燃气", "液化气", "天然气")),
    (Category.CHEMICAL, ("危化", "危险化学品", "化工", "烟花爆竹")),
    (Category.CONFINED, ("有限空间",)),
    (Category.DUST, ("粉尘",)),
    (Category.EQUIPMENT, ("特种设备", "设备")),
    (Category.CONSTRUCTION, ("施工", "建筑", "工地")),
    (Category.MINE, ("矿山", "矿", "尾矿库")),
    (Category.TRAFFIC, ("交通", "道路")),
    (Category.PERSON, ("人员", "人的不安全行为", "作业人员", "违章")),
    (Category.MANAGEMENT, ("管理", "制度", "培训", "台账")),
)
CLOSED_WORDS = {
    "是", "已销号", "销号", "已闭环", "闭环", "已整改", "已完成", "已治理", "整改完成", "已整改销号", "完成", "已办结", "办结",
    "验收合格", "合格", "审核通过", "通过", "√", "✓", "y", "yes", "1", "true", "已验收", "已完成整改", "整改完毕",
}  # fmt: skip
OPEN_WORDS = {
    "否", "未销号", "未闭环", "未整改", "未完成", "未治理", "正在整改", "整改中", "待整改", "待复查", "待验收", "待销号", "未办结",
    "限期整改", "逾期", "超期未整改", "上报未整改", "责令未整改", "已通知待整改", "已整改待审核", "不通过", "不合格", "×", "✗", "x", "n",
    "no", "0", "false", "进行中", "持续整改", "未验收", "审核不通过", "未通过",
}  # fmt: skip

FIELDS = (
    Field("enterprise", "企业名称", ("单位名称", "生产经营单位名称", "生产经营单位", "受检单位", "被检查单位", "受检单位名称", "被检单位",
          "检查对象", "场所名称", "企业(场所)名称", "责任单位", "整改责任单位", "隐患单位", "存在隐患单位", "检查工点", "点位名称", "单位"),
          required=True, spans=True, width=34, example="禄兴磷化工有限公司", stand_in="place",
          excludes=("检查单位", "填报", "督办", "监管", "主管", "牵头", "上报单位", "发现单位", "验收", "复查")),
    Field("uscc", "统一社会信用代码", ("信用代码", "社会信用代码"), spans=True, width=24, example="91530181355076952C",
          note="填写后按代码认定企业"),
    Field("area", "所在村(社区)", ("所在区域", "村(社区)", "所属村(社区)", "所属社区", "属地", "所在村", "所在社区", "所属辖区", "所属网格"),
          spans=True, example="乙村"),
    Field("found_on", "发现日期", ("发现时间", "排查时间", "检查时间", "检查日期", "排查日期", "录入时间", "隐患发现日期", "上报时间", "创建时间",
          "发现隐患时间"), spans=True, example="2026-06-05", excludes=("整改", "完成", "复查", "验收")),
    Field("description", "隐患描述", ("隐患问题描述", "隐患内容", "问题描述", "存在问题", "隐患情况", "隐患基本情况", "异常描述", "主要问题",
          "存在的问题", "存在隐患", "隐患问题", "检查发现问题", "隐患基本情况(简述)", "问题隐患", "隐患名称", "存在的主要问题"),
          required=True, width=44, example="配电箱未装漏电保护器"),
    Field("place", "隐患部位", ("隐患位置", "隐患地点", "隐患地址", "隐患区域", "具体部位", "部位", "位置", "隐患所在部位"), width=20,
          example="二楼车间"),
    Field("category", "隐患类别", ("隐患类型", "问题类别", "隐患标题", "类别", "检查项目", "隐患分类", "隐患类型分类", "所属类别"),
          choices=tuple(Category.labels)),
    Field("level", "隐患等级", ("隐患级别", "等级", "级别", "严重程度", "隐患分级"), choices=("一般", "重点", "重大"), example="一般",
          excludes=("挂牌", "风险")),
    Field("ground", "判定依据", ("重大隐患判定依据", "定级理由", "法律依据", "依据"), width=30, note="重大隐患填写判定标准条款"),
    Field("suggestion", "整改要求", ("整改措施", "整改要求(措施)", "整改意见", "处理意见", "处理措施", "整治说明", "整改建议"), width=30,
          example="限期整改"),
    Field("person", "整改责任人", ("责任人", "整改负责人", "整改人", "企业责任人", "整改情况/责任人"), example="张建国",
          excludes=("监管", "督办", "检查", "包保", "验证")),
    Field("phone", "责任人电话", ("联系电话", "整改责任人电话", "责任人联系方式", "联系方式"), example="13908710001"),
    Field("due_on", "整改期限", ("整改时限", "要求整改完成日期", "完成时限", "计划完成时间", "计划治理期限", "限期整改时间", "整改截止日期",
          "整改完成时限", "计划完成整改时间", "期限", "时限", "督办完成时间", "整改到期时间", "要求完成时间"), example="2026-06-20",
          excludes=("延期",)),
    Field("done_on", "整改完成日期", ("完成时间", "完成日期", "实际完成时间", "整改完成时间", "实际治理日期", "销号时间", "销号日期",
          "实际整改时间", "整改时间", "闭环时间", "验收时间"), example="2026-06-18", excludes=("计划", "要求")),
    Field("is_closed", "是否销号", ("销号情况", "是否整改", "治理状态", "隐患状态", "整改状态", "是否完成整改", "是否闭环", "当前状态",
          "状态", "是否完成", "闭环情况", "验收结果", "是否整改到位"), choices=("是", "否"), example="否", stand_in="progress"),
    Field("progress", "整改情况", ("整改进展", "进展情况", "整改落实情况", "治理情况"), width=30),
    Field("found_by", "发现人", ("检查人", "检查人员", "排查人", "排查人员", "检查人员姓名", "上报人"), spans=True, example="王文"),
    Field("found_unit", "检查单位", ("检查部门", "发现单位", "排查单位", "所属部门", "上报单位", "责任部门"), spans=True, example="综合执法队"),
    Field("spent", "投入资金（万元）", ("落实治理经费(万元)", "治理资金", "整改资金", "整改资金(万元)", "落实治理经费", "实际投入资金", "投入资金")),
    Field("remark", "备注", ("说明",), width=24),
)  # fmt: skip
LABELS = {each.key: each.label for each in FIELDS}
