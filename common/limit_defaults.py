"""The day counts the system starts with. Staff change them as `TimeLimit` rows; nothing else in the code holds a rule's days.

Bases marked 惯例 are the office's own starting values (no binding text found); the rest name their source. `value` is in
`unit`: hours (h), natural days (n) or working days (w).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from common.models import LimitUnit

FROM_THE_BEGINNING = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Default:
    """One starting value with what it is about and where it comes from."""

    key: str
    value: int
    unit: LimitUnit
    label: str
    basis: str


h, n, w = LimitUnit.HOURS, LimitUnit.NATURAL, LimitUnit.WORKING
_STREET = "街道工作惯例（可按本地规定调整）"
_FINES_LAW = "参照《行政处罚法》第八十五条（五日以内按工作日计）"
_QINGDAO = "青岛市“3+X”挂牌督办规定："
_ORDER_16 = "《安全生产事故隐患排查治理暂行规定》（总局令第16号）"
_COLOURS = {"red": "红", "orange": "橙", "yellow": "黄", "blue": "蓝"}
_GRADES = {"none": "未达标", "small": "小微达标", "3": "三级", "2": "二级", "1": "一级"}
# Visits a year by colour, one column per grade in the order above: a better grade means fewer checks (禄脿 task 24).
_VISITS = {"red": (12, 10, 8, 6, 4), "orange": (4, 4, 3, 2, 2), "yellow": (2, 2, 2, 1, 1), "blue": (1, 1, 1, 1, 1)}


def _frequencies() -> list[Default]:
    """红橙黄蓝 × 标准化等级: how many visits a year. No citable rule gives the numbers, so the office sets them."""
    basis = "红每月、橙每季、黄每半年、蓝每年一次为通行做法，标准化等级高的减少；" + _STREET
    return [
        Default(
            f"visits.{colour}.{grade}", times, LimitUnit.TIMES, f"{_COLOURS[colour]}色企业年检查次数（{label}）", basis
        )
        for colour, row in _VISITS.items()
        for (grade, label), times in zip(_GRADES.items(), row, strict=True)
    ]


DEFAULTS: tuple[Default, ...] = (
    # Hazards
    Default("hazard.general", 24, h, "一般隐患整改期限", "一般隐患不过夜；" + _STREET),
    Default("hazard.key", 30, n, "重点隐患整改期限", "责令限期整改通常不超过30日；" + _STREET),
    Default("hazard.major", 365, n, "重大隐患整改期限上限", "青岛市“3+X”挂牌督办规定：治理期限一般不超过1年"),
    Default("hazard.verify", 1, w, "待核实隐患核实时限", _STREET),
    Default("hazard.review", 5, w, "提交整改后复查时限", _STREET + "；令第16号为10日内"),
    Default("hazard.sign_off", 5, w, "复查通过后销号时限", _STREET),
    Default("hazard.notify_principal", 1, w, "重大隐患告知主要负责人和实际控制人时限", _STREET),
    # Treatment plans of major hazards
    Default("plan.file", 7, w, "重大隐患治理方案报送时限", _STREET),
    Default("plan.approve", 3, w, "治理方案审核时限", _STREET),
    # Extensions. 届满前N日内 literally opens a window of the last N days; an office that reads it as
    # "no later than N days before" sets `extension.closes` to N instead of 0.
    Default("extension.opens", 20, w, "延期申请最早可在届满前", "青岛市“3+X”挂牌督办规定：届满前20个工作日内申请"),
    Default("extension.closes", 0, w, "延期申请最迟须在届满前", "届满前均可申请（“届满前N日内”的字面含义）"),
    Default("extension.times", 1, LimitUnit.TIMES, "同一隐患可延期次数", _STREET),
    Default("extension.decide", 5, w, "延期申请审批时限", _STREET + "；青岛规定为10个工作日"),
    Default("extension.climb", 2, w, "逾期未批的延期申请报上一级后的审批时限", _STREET),
    Default(
        "extension.listed.opens", 20, w, "挂牌（挂账）隐患延期申请最早可在届满前", _QINGDAO + "届满前20个工作日内申请"
    ),
    Default(
        "extension.listed.closes",
        0,
        w,
        "挂牌（挂账）隐患延期申请最迟须在届满前",
        "届满前均可申请（“届满前N日内”的字面含义）",
    ),
    Default("extension.listed.times", 1, LimitUnit.TIMES, "挂牌（挂账）隐患可延期次数", _STREET),
    Default("extension.listed.decide", 10, w, "挂牌（挂账）隐患延期申请审批时限", _QINGDAO + "10个工作日内办结"),
    # Listings 挂牌 / 挂账
    Default("listing.opinion", 3, w, "挂牌建议部门会审时限", _STREET),
    Default("listing.approve", 3, w, "挂牌建议审批时限", _STREET),
    Default("listing.serve", 3, w, "挂牌督办通知书送达时限", _STREET),
    Default("listing.publish", 5, w, "挂牌信息公示时限", "青岛市“3+X”挂牌督办规定：5个工作日内公布"),
    Default("listing.plan", 7, w, "挂牌后治理方案报送时限", _STREET),
    Default("listing.term.major", 90, n, "重大隐患挂牌治理期限", _STREET + "：60至90日，最长1年"),
    Default("listing.term.key", 30, n, "重点隐患挂账治理期限", _STREET),
    Default("listing.report.major", 15, n, "挂牌隐患进展报告间隔", "每半月报告一次；" + _STREET),
    Default("listing.report.key", 30, n, "挂账隐患进展报告间隔", "每月报告一次；" + _STREET),
    Default("listing.accept", 5, w, "验收申请办理时限", _STREET + "；令第16号第二十三条为10日内"),
    Default("listing.delist_publish", 5, w, "摘牌信息公示时限", "青岛市“3+X”挂牌督办规定：验收摘牌后5个工作日内公布"),
    # Letters, talks, notices
    Default("letter.sign_for", 1, w, "函件签收时限", _STREET),
    Default("letter.reply", 5, w, "督促函回复时限", _FINES_LAW),
    Default("letter.link", 15, n, "一次性回复链接有效期", _STREET),
    Default("letter.review", 3, w, "函件回复审核时限", _STREET),
    Default("talk.convene", 7, n, "约谈召开时限", "漳州市安全生产约谈规定：1周内"),
    Default("talk.result", 5, w, "约谈后书面报告时限", "漳州市安全生产约谈规定：5个工作日内"),
    Default("notice.receipt", 3, w, "通报签收时限", _STREET),
    # Duties: by when the last record of a period should be there, and how long late entries still count
    Default("duty.lead.month", 7, n, "每月履职事项提前预警", _STREET),
    Default("duty.lead.quarter", 15, n, "每季度履职事项提前预警", _STREET),
    Default("duty.lead.half", 30, n, "每半年履职事项提前预警", _STREET),
    Default("duty.lead.year", 45, n, "每年履职事项提前预警", _STREET),
    Default("duty.late_entry", 31, n, "期满后补登履职记录时限", _STREET),
    # Tasks 任务
    Default("yearly.lists", 30, n, "年度清单报送期限（自3月31日起算）", "治本攻坚三年行动方案：每年4月30日前拟定清单"),
    Default(
        "yearly.report", 31, n, "履职述职报告报送期限（自11月30日起算）", "治本攻坚三年行动方案：年末履职情况纳入述职"
    ),
    Default("yearly.remind", 15, n, "年度报备到期提醒提前量", _STREET),
    Default("task.review", 5, w, "任务完成报告审核时限", _STREET),
    # Inspection papers
    Default("order.rectify", 30, n, "责令限期整改期限上限", "执法文书惯例：30日内"),
    Default("order.recheck", 10, n, "整改期限届满后复查时限", _ORDER_16 + "第二十三条：10日内"),
    Default("hazardous_work.ahead", 24, h, "危险作业报备提前量", _STREET),
    Default(
        "hazardous_work.hot", 72, h, "动火作业一次报备最长时间", "参照GB 30871-2022：二级动火作业票有效期不超过72小时"
    ),
    Default(
        "hazardous_work.confined",
        24,
        h,
        "有限空间作业一次报备最长时间",
        "参照GB 30871-2022：受限空间作业票有效期不超过24小时",
    ),
    Default(
        "hazardous_work.other", 360, h, "其他危险作业一次报备最长时间", "参照GB 30871-2022：临时用电一般不超过15日"
    ),
    # Inspections: how often by colour and grade of standardisation, how much at most
    *_frequencies(),
    Default("visits.watched", 12, LimitUnit.TIMES, "差异化管理企业（当年发生事故、列入黑名单）年检查次数", _STREET),
    Default(
        "inspection.cap",
        2,
        LimitUnit.TIMES,
        "同一企业每年行政检查上限",
        "龙岩市2025年涉企行政检查计划：每年1次，上限2次",
    ),
    Default("inspection.recent", 90, n, "双随机抽取排除近期已检查企业", _STREET),
    Default("inspection.load", 20, LimitUnit.TIMES, "检查人员每月计划检查上限", _STREET),
    # Spot checks: how many of a month's closings are looked at again, by layer, and until when
    Default("spot.listed", 100, LimitUnit.PERCENT, "挂牌挂账隐患销号后抽查复核比例", _STREET),
    Default("spot.major", 20, LimitUnit.PERCENT, "重大隐患销号后抽查复核比例", _STREET),
    Default("spot.key", 10, LimitUnit.PERCENT, "重点隐患销号后抽查复核比例", _STREET),
    Default("spot.general", 5, LimitUnit.PERCENT, "一般隐患销号后抽查复核比例", _STREET),
    Default("spot.due", 15, w, "抽查复核时限", _STREET),
    # 宽松软虚: from how many visits, and findings without an order, a department's figures ask a question
    Default("lenient.visits", 5, LimitUnit.TIMES, "检查质效：满多少次检查才提示零隐患、零处罚", _STREET),
    Default("lenient.findings", 3, LimitUnit.TIMES, "检查质效：查出问题未下达文书满多少次才提示只检查不处罚", _STREET),
    # Records of the enterprise's own duty
    Default("record.remind", 30, n, "证照、协议、保险到期前提醒", _STREET),
    Default("record.remind_last", 7, n, "证照、协议、保险到期前再次提醒", _STREET),
    Default("risk_point.review", 365, n, "风险点复评间隔", _STREET),
)
