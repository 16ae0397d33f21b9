"""“1达标、7个100%” and the phased goals of 禄街发〔2024〕18号 一（二）."""

from __future__ import annotations

from datetime import date
from typing import Any

_PLAN = "《禄脿街道安全生产治本攻坚三年行动实施方案（2024-2026年）》（禄街发〔2024〕18号）一（二）"
END, RATIO, LEVEL = date(2026, 12, 31), "ratio", "level"
_GOALS, _PHASES = "1达标、7个100%", "阶段目标"

# code, group, name, kind, numerator, denominator, due, measure, clause, direction
SEEDS: tuple[tuple[str, str, str, str, str, str, date, str, str, str], ...] = (
    ("park-grade", _GOALS, "化工园区安全风险评估D级达标", LEVEL, "达到D级的化工园区", "化工园区", END, "", "四是", "up"),
    ("principal-training", _GOALS, "重点行业领域企业主要负责人安全生产培训覆盖率", RATIO, "已参加培训的主要负责人",
     "重点行业领域企业主要负责人", END, "records.principal_trained", "四是", "up"),
    ("risk-monitoring", _GOALS, "危化重大危险源、钢铁、重点粉尘涉爆企业风险监测预警覆盖率", RATIO, "已接入监测预警的企业",
     "危险化学品重大危险源、钢铁、重点粉尘涉爆企业", END, "", "四是", "up"),
    ("smart-supervision", _GOALS, "“两客一危”、建筑工地智慧监管覆盖率", RATIO, "已纳入智慧监管的车辆（工地）",
     "“两客一危”车辆和建筑工地", END, "", "四是", "up"),
    ("standardisation", _GOALS, "规上工矿商贸企业三级以上标准化完成率", RATIO, "三级及以上标准化在有效期内的企业",
     "在营的规模以上企业", END, "units.standardised", "四是", "up"),
    ("tailings", _GOALS, "尾矿库、边坡150米及以上露天矿山和排土场监测预警系统建成率", RATIO, "已建成监测预警系统的",
     "尾矿库及边坡现状高度150米及以上的露天矿山和排土场", END, "", "四是", "up"),
    ("digital-fire", _GOALS, "重点场所“数字消防”接入率", RATIO, "已接入的重点场所", "重点场所", END, "", "四是", "up"),
    ("grassroots", _GOALS, "基层应急管理能力建设覆盖率", RATIO, "已完成能力建设的村（社区）", "村（社区）", END, "", "四是", "up"),
    ("stock-cleared", _PHASES, "2023年及以前重大事故隐患存量清零", RATIO, "已销号的存量重大隐患", "2023年及以前排查的重大隐患",
     date(2024, 6, 30), "hazards.stock_closed", "三是", "up"),
    ("increment-contained", _PHASES, "重大事故隐患增量得到遏制", RATIO, "本年截至月末新增重大隐患", "上年同期新增重大隐患",
     date(2025, 12, 31), "hazards.major_growth", "三是", "down"),
    ("dynamic-zero", _PHASES, "重大事故隐患动态清零", RATIO, "到期重大隐患中已整改或销号的", "到期的重大隐患",
     date(2026, 6, 30), "hazards.major_due_done", "三是", "up"),
)  # fmt: skip


def seed(model: Any) -> None:
    """Make the rows, for the migration; those there already stay."""
    names = ("code", "group", "name", "kind", "numerator", "denominator", "due_on", "measure", "basis", "direction")
    rows = [
        model(order=place, **dict(zip(names, (*row[:8], f"{_PLAN}{row[8]}", row[9]), strict=True)))
        for place, row in enumerate(SEEDS, 1)
    ]
    model.objects.bulk_create(rows, ignore_conflicts=True)
