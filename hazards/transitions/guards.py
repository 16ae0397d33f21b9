"""What must hold before an action is done; each refusal names the field and says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common import clock, wording
from common.clock import end_of
from common.errors import Forbidden, Refused
from common.lifecycle import require
from common.limits import Limit, limit
from hazards.models import Extension, Hazard, TreatmentPlan
from hazards.models.events import HazardEvidence
from hazards.models.hazard import Level
from hazards.transitions import separation
from units.roles import Role

Values = Mapping[str, Any]
EARLIEST_YEAR = 2000  # nothing older is on any ledger; such a date is a slip of the keys
DISMISS_GROUNDS = {"not_hazard": "不属于隐患", "duplicate": "重复上报", "untrue": "情况不属实"}
PLAN_ITEMS = {
    "objectives": "目标和任务（责任到位）",
    "measures": "方法和措施（措施到位）",
    "funds": "治理经费（资金到位）",
    "organisation": "负责机构和人员（责任到位）",
    "finish_on": "计划完成日期（时限到位）",
    "safeguards": "安全措施和应急预案（预案到位）",
}


def photos(hazard: Hazard, values: Values, stage: str) -> bool:
    """Whether photos come with this action or already stand in the present round at `stage`."""
    if values.get("photos"):
        return True
    return hazard.evidence.filter(stage=stage, round=hazard.round).exists()


def report(hazard: Hazard, actor: Any, values: Values) -> None:
    """Required fields, and a photo unless a reason is given."""
    if not hazard.description.strip():
        raise Refused.at("description", "请填写隐患描述。")
    if hazard.found_on > clock.today():
        raise Refused.at("found_on", "发现日期不能晚于今天。")
    if hazard.found_on.year < EARLIEST_YEAR:
        raise Refused.at("found_on", f"发现日期不正确，应在{EARLIEST_YEAR}年以后。")
    if not photos(hazard, values, HazardEvidence.Stage.BEFORE) and not hazard.no_photo_reason.strip():
        raise Refused(
            "请上传至少一张现场照片；确实无法拍照的，请说明原因。", {"photos": "请上传照片或说明无照片原因。"}
        )


def level_ground(level: str, values: Values, hazard: Hazard) -> None:
    """重大 needs a criterion, or a written reason for which the general clause is cited (安全生产法 Art.118)."""
    grounded = values.get("criterion") or hazard.criterion_id or str(values.get("level_reason") or "").strip()
    if level == Level.MAJOR and not grounded:
        raise Refused.at(
            "criterion", "认定为重大隐患，须选择判定依据；标准没有列明的，写明定级理由，按总局令第16号第三条认定。"
        )


def deadline(hazard: Hazard, level: str, due: datetime) -> None:
    """A deadline lies in the future, not before discovery, and not beyond the ceiling of its level."""
    if due <= clock.now():
        raise Refused.at("due", "整改期限必须晚于当前时间。")
    if clock.local(due).date() < hazard.found_on:
        raise Refused.at("due", "整改期限不能早于发现日期。")
    if level == Level.GENERAL:
        return
    rule = limit(f"hazard.{level}", hazard.area_path)
    ceiling = rule.after(clock.now())
    if due > ceiling:
        raise Refused.at("due", f"{Level(level).label}隐患整改期限最长{rule}，最迟{wording.cn_date(ceiling)}。")


def confirm(hazard: Hazard, actor: Any, values: Values) -> None:
    """Level, deadline, responsible unit and person, supervising department."""
    level = values.get("level") or hazard.level
    if actor.role == Role.GRID and level != Level.GENERAL:
        raise Forbidden("村（社区）只能核实一般隐患；重点、重大隐患请转街道安委办或部门核实。")
    require(values, responsible_person="整改责任人")
    if level != Level.GENERAL and not (values.get("department") or hazard.department_id):
        raise Refused.at("department", "请选择监管部门。")
    separation.supervisor(hazard.area_path, values.get("department"))
    level_ground(level, values, hazard)
    if values.get("due"):
        deadline(hazard, level, end_of(values["due"]))


def dismiss(hazard: Hazard, actor: Any, values: Values) -> None:
    """A ground and a reason; a duplicate names the hazard it repeats."""
    require(values, reason="不予立案的理由")
    if values.get("ground") not in DISMISS_GROUNDS:
        raise Refused.at("ground", "请选择不予立案的情形。")
    original = values.get("duplicate_of")
    if values["ground"] == "duplicate" and (original is None or original.pk == hazard.pk):
        raise Refused.at("duplicate_of", "请填写所重复的隐患编号。")


def fix_on_spot(hazard: Hazard, actor: Any, values: Values) -> None:
    """一般 only, with before and after photos in the one record; the enterprise cannot pass itself."""
    if (values.get("level") or hazard.level) != Level.GENERAL:
        raise Refused.at("level", "只有一般隐患可以当场整改销号。")
    if not hazard.evidence.filter(stage=HazardEvidence.Stage.BEFORE).exists():
        raise Refused("当场整改须有整改前照片。", {"photos": "缺少整改前照片。"})
    if not photos(hazard, values, HazardEvidence.Stage.AFTER):
        raise Refused("当场整改须上传整改后照片。", {"photos": "请上传整改后照片。"})


def file_plan(hazard: Hazard, actor: Any, values: Values) -> None:
    """五到位: all six items of 总局令第16号 Art.15, one pending plan at a time, within the year."""
    require(values, **PLAN_ITEMS)
    if values["funds"] < 0:
        raise Refused.at("funds", "治理经费不能为负数。")
    if hazard.plans.filter(state=TreatmentPlan.State.FILED).exists():
        raise Refused("已有治理方案正在审批，请等待审批结果。")
    finish = end_of(values["finish_on"])
    ceiling = limit("hazard.major", hazard.area_path).after(hazard.confirmed_at or clock.now())
    if finish <= clock.now() or finish > ceiling:
        raise Refused.at("finish_on", f"计划完成日期须晚于今天，最迟{wording.cn_date(ceiling)}。")


def plan_pending(hazard: Hazard, actor: Any, values: Values) -> None:
    """There is a plan to decide on, and whoever filed it does not decide."""
    pending = hazard.plans.filter(state=TreatmentPlan.State.FILED).first()
    if pending is None:
        raise Refused("企业尚未报送治理方案，不能审批。")
    separation.decider(actor, pending.filed_by_id)


def return_plan(hazard: Hazard, actor: Any, values: Values) -> None:
    """Returning needs a reason."""
    plan_pending(hazard, actor, values)
    require(values, reason="退回理由")


def progress(hazard: Hazard, actor: Any, values: Values) -> None:
    """A progress report says something."""
    require(values, text="进展情况")


def request_extension(hazard: Hazard, actor: Any, values: Values) -> None:
    """Once, inside the window, with reason and interim protection, to a later date."""
    require(values, reason="延期理由", protection="延期期间防控措施", due="申请延至的日期")
    if hazard.extensions.filter(state=Extension.State.PENDING).exists():
        raise Refused("已有延期申请正在审批。")
    if hazard.extensions_granted >= limit_of_extensions(hazard):
        raise Refused("该隐患已延期，不能再次申请延期。")
    opens, closes = extension_window(hazard)
    if not opens <= clock.now() <= closes:
        raise Refused(f"延期申请应在{wording.cn_datetime(opens)}至{wording.cn_datetime(closes)}之间提出。")
    requested(hazard, end_of(values["due"]))


def requested(hazard: Hazard, due: datetime) -> None:
    """An extended deadline lies after the present one and within the ceiling of the level."""
    if hazard.due_at is None or due <= hazard.due_at:
        raise Refused.at("due", "延期后的期限必须晚于原期限。")
    ceiling = limit("hazard.major", hazard.area_path).after(hazard.confirmed_at or clock.now())
    if due > ceiling:
        raise Refused.at("due", f"延期后的期限最迟{wording.cn_date(ceiling)}。")


def extension_window(hazard: Hazard) -> tuple[datetime, datetime]:
    """When an extension may be asked for: opens/closes so many 工作日 before the deadline."""
    if hazard.due_at is None:
        raise Refused("该隐患没有整改期限，不涉及延期。")
    opens = extension_limit("opens", hazard).before(hazard.due_at)
    closes = extension_limit("closes", hazard).latest_before(hazard.due_at)
    return opens, closes


def extension_limit(what: str, hazard: Hazard) -> Limit:
    """The limit `what` (opens, closes, decide, times) of the hazard's extensions; listed hazards have their own."""
    return limit(f"extension.{'listed.' if hazard.listed_as else ''}{what}", hazard.area_path)


def limit_of_extensions(hazard: Hazard) -> int:
    """How often a deadline may be extended; a policy value, once by default."""
    return extension_limit("times", hazard).value


def decide_extension(hazard: Hazard, actor: Any, values: Values) -> None:
    """There is a request, and whoever asked does not decide."""
    pending = hazard.extensions.filter(state=Extension.State.PENDING).first()
    if pending is None:
        raise Refused("没有待审批的延期申请。")
    separation.decider(actor, pending.requested_by_id)


def grant_extension(hazard: Hazard, actor: Any, values: Values) -> None:
    """A grant may shorten what was asked, never below the present deadline."""
    decide_extension(hazard, actor, values)
    if values.get("due"):
        requested(hazard, end_of(values["due"]))


def refuse_extension(hazard: Hazard, actor: Any, values: Values) -> None:
    """A refusal gives its reason."""
    decide_extension(hazard, actor, values)
    require(values, reason="不同意的理由")


def submit_rectification(hazard: Hazard, actor: Any, values: Values) -> None:
    """After photos, measures and spend."""
    require(values, measures="整改措施")
    if values.get("spent") is None or values["spent"] < 0:
        raise Refused.at("spent", "请填写整改投入（没有投入填0）。")
    if not photos(hazard, values, HazardEvidence.Stage.AFTER):
        raise Refused.at("photos", "请上传整改后照片。")


def pass_review(hazard: Hazard, actor: Any, values: Values) -> None:
    """On-site photo or reason for a paper review; 重大: two reviewers, not only the finder."""
    separation.reviewer(hazard, actor)
    if not values.get("photos") and not str(values.get("paper_reason") or "").strip():
        raise Refused.at("photos", "请上传复查现场照片；书面复查的，请写明理由。")
    separation.second_reviewer(hazard, actor, values.get("second_reviewer"))


def fail_review(hazard: Hazard, actor: Any, values: Values) -> None:
    """A reason and a new deadline."""
    separation.reviewer(hazard, actor)
    require(values, reason="不合格的理由", due="新的整改期限")
    deadline(hazard, hazard.level, end_of(values["due"]))


def sign_off(hazard: Hazard, actor: Any, values: Values) -> None:
    """The dossier is complete and the signer neither reviewed nor rectified; a listed hazard is closed by its delisting."""
    separation.signer(hazard, actor)
    if hazard.listed_as and not values.get("delisting"):
        raise Refused("该隐患正在挂牌（挂账）督办，请在督办页面办理摘牌（销账、销案），办理时同步销号。")
    gaps = dossier_gaps(hazard)
    if gaps:
        raise Refused("档案资料不齐，不能销号：" + "、".join(gaps) + "。")


def dossier_gaps(hazard: Hazard) -> list[str]:
    """What the dossier still lacks before closing, in Chinese."""
    stages = set(hazard.evidence.values_list("stage", flat=True))
    passed = hazard.events.filter(action="pass_review", round=hazard.round).exists()
    gaps = []
    if HazardEvidence.Stage.BEFORE not in stages and not hazard.no_photo_reason:
        gaps.append("整改前照片或无照片原因")
    if HazardEvidence.Stage.AFTER not in stages:
        gaps.append("整改后照片")
    if not passed:
        gaps.append("复查记录")
    if hazard.level == Level.MAJOR and not hazard.plans.filter(state=TreatmentPlan.State.APPROVED).exists():
        gaps.append("批准的治理方案")
    return gaps


def with_reason(hazard: Hazard, actor: Any, values: Values) -> None:
    """The action needs a reason."""
    require(values, reason="理由")


def correct_deadline(hazard: Hazard, actor: Any, values: Values) -> None:
    """A correction has a reason and never shortens what has already elapsed."""
    require(values, reason="更正理由", due="更正后的期限")
    deadline(hazard, hazard.level, end_of(values["due"]))


def reopen(hazard: Hazard, actor: Any, values: Values) -> None:
    """虚假整改 or 反弹, with reason and a new deadline."""
    require(values, reason="重新立案的理由", due="新的整改期限")
    if values.get("ground") not in REOPEN_GROUNDS:
        raise Refused.at("ground", "请选择重新立案的情形。")
    deadline(hazard, hazard.level, end_of(values["due"]))


REOPEN_GROUNDS = {"false": "虚假整改", "relapse": "隐患反弹"}


def transfer(hazard: Hazard, actor: Any, values: Values) -> None:
    """The receiving body and the document that went with it."""
    require(values, transferred_to="移送机关", document="移送文书名称及文号", reason="移送理由")
    if hazard.listed_as:
        raise Refused("挂牌（挂账）督办期间不能移送，请先办理摘牌（销账、销案）。")
