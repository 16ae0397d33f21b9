"""Roles, rights and scopes: `docs` of who may do what, as data (design: permissions matrix).

A right is granted to a role over a scope. Pages show this table, `may` reads it, tests walk it.
"""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """What a person is in a unit."""

    OFFICER = "officer", "安委办工作人员"
    HEAD = "head", "安委办负责人"
    DEPARTMENT = "department", "部门监管"
    GRID = "grid", "村社区网格员"
    EXPERT = "expert", "专家"
    PRINCIPAL = "principal", "企业负责人"
    SAFETY = "safety", "企业安全员"
    LEADER = "leader", "街道领导"
    SYSADMIN = "sysadmin", "系统管理员"
    SECADMIN = "secadmin", "安全管理员"
    AUDITOR = "auditor", "审计员"


OFFICE = (Role.OFFICER, Role.HEAD)
FIRM = (Role.PRINCIPAL, Role.SAFETY)


class Scope(models.TextChoices):
    """Over what a right reaches."""

    STREET = "S", "本街道（片区）"
    VILLAGE = "V", "本村（社区）、网格"
    SECTOR = "D", "主管行业领域及点名事项"
    OWN = "E", "本企业"
    NAMED = "N", "点名本人、本单位的事项"
    ALL = "A", "全部"


class Right(models.TextChoices):
    """What may be done."""

    READ_HAZARD = "hazard.read", "查看隐患、档案"
    REPORT_HAZARD = "hazard.report", "上报隐患"
    CONFIRM = "hazard.confirm", "核实确认、不予立案"
    RECTIFY = "hazard.rectify", "报方案、报进展、报整改、申请延期"
    APPROVE_PLAN = "hazard.approve_plan", "审批治理方案、一般及重点隐患延期"
    DECIDE_LISTED_EXTENSION = "hazard.decide_listed_extension", "审批挂牌（挂账）隐患延期"
    REVIEW = "hazard.review", "复查"
    SIGN_OFF = "hazard.sign_off", "销号、重新立案、移送、降级、期限更正"
    IMPORT_LEDGER = "hazard.import", "导入台账"
    PROPOSE_LISTING = "listing.propose", "提请挂牌（挂账）督办"
    APPROVE_LISTING = "listing.approve", "批准挂牌、摘牌、公示"
    OPINE_LISTING = "listing.opine", "挂牌会审意见、验收"
    SERVE_LISTING = "listing.serve", "送达、公示登记"
    DRAFT_LETTER = "letter.draft", "起草函件"
    SIGN_LETTER = "letter.sign", "签发函件"
    ANSWER_LETTER = "letter.answer", "签收、回复函件"
    READ_LETTER = "letter.read", "查看函件"
    DECIDE_MEASURE = "measure.decide", "决定约谈、曝光、移送等措施"
    READ_INSPECTION = "inspection.read", "查看检查、文书"
    CARRY_OUT = "inspection.carry_out", "实施检查、巡查"
    ISSUE_PAPER = "inspection.paper", "出具执法文书"
    KEEP_CERTIFICATES = "inspection.certificates", "维护执法证、检查表、文书设置"
    READ_TASK = "task.read", "查看方案、任务、清单"
    MANAGE_TASK = "task.manage", "导入方案、下达任务、审核完成、备案清单"
    REPORT_TASK = "task.report", "报告任务进展、报送清单"
    DRAFT_NOTICE = "notice.draft", "起草通报"
    APPROVE_NOTICE = "notice.approve", "审签、印发通报"
    READ_NOTICE = "notice.read", "查看通报"
    RECEIPT_NOTICE = "notice.receipt", "签收通报"
    READ_RECORD = "record.read", "查看风险点、证照培训等履责记录"
    KEEP_RECORD = "record.keep", "登记风险点、证照培训等履责记录"
    HALT_WORK = "work.halt", "要求暂停危险作业、登记监管到场"
    READ_PLAN = "inspection.read_plan", "查看检查计划、抽取、专项整治"
    PLAN_INSPECTION = "inspection.plan", "编制检查计划、双随机抽取、专项整治"
    APPROVE_INSPECTION = "inspection.approve", "审批检查计划"
    STATISTICS = "statistics.read", "统计、驾驶舱"
    READ_DUTY = "duty.read", "查看履职事项"
    RECORD_DUTY = "duty.record", "登记履职记录"
    KEEP_POSTS = "duty.posts", "维护领导履职岗位"
    READ_MEETING = "meeting.read", "查看会议"
    KEEP_MEETING = "meeting.keep", "召集会议、登记纪要"
    CONFIRM_MINUTES = "meeting.confirm", "审签会议纪要"
    READ_INDICATOR = "indicator.read", "查看指标"
    KEEP_INDICATOR = "indicator.keep", "填报指标值"
    READ_EVALUATION = "evaluation.read", "查看阶段评估"
    DRAFT_EVALUATION = "evaluation.draft", "起草阶段评估"
    APPROVE_EVALUATION = "evaluation.approve", "审定阶段评估"
    READ_UNIT = "unit.read", "查看单位、企业"
    EDIT_UNIT = "unit.edit", "维护单位、企业"
    PROPOSE_UNIT = "unit.propose", "提出企业信息修改建议"
    EDIT_OWN_PROFILE = "unit.own", "维护本企业信息"
    MANAGE_ACCOUNTS = "account.manage", "账号与任职"
    MANAGE_OWN_STAFF = "account.own", "本企业人员账号"
    PROPOSE_POLICY = "policy.propose", "提出期限、阶梯、日历调整"
    APPROVE_POLICY = "policy.approve", "批准期限、阶梯、日历调整"
    TECHNICAL_SETTINGS = "settings.technical", "技术设置"
    SECURITY_SETTINGS = "settings.security", "安全设置、锁定账号、会话"
    READ_MATRIX = "matrix.read", "查看权限矩阵"
    READ_AUDIT = "audit.read", "查看审计记录"


_S, _V, _D, _E, _N, _A = Scope.STREET, Scope.VILLAGE, Scope.SECTOR, Scope.OWN, Scope.NAMED, Scope.ALL
_OFFICE = dict.fromkeys(OFFICE, _S)
_HEAD = {Role.HEAD: _S}
_FIRM = dict.fromkeys(FIRM, _E)
_READERS = {**_OFFICE, Role.DEPARTMENT: _D, Role.GRID: _V, **_FIRM, Role.LEADER: _S}

GRANTS: dict[Right, dict[Role, Scope]] = {
    Right.READ_HAZARD: {**_READERS, Role.EXPERT: _N},
    Right.REPORT_HAZARD: {**_READERS, Role.EXPERT: _N},
    Right.CONFIRM: {**_OFFICE, Role.DEPARTMENT: _D, Role.GRID: _V},
    Right.RECTIFY: _FIRM,
    Right.APPROVE_PLAN: {**_OFFICE, Role.DEPARTMENT: _D},
    Right.DECIDE_LISTED_EXTENSION: _HEAD,
    Right.REVIEW: {**_OFFICE, Role.DEPARTMENT: _D, Role.GRID: _V},
    Right.SIGN_OFF: _HEAD,
    Right.IMPORT_LEDGER: {**_OFFICE, Role.DEPARTMENT: _D, Role.GRID: _V},
    Right.PROPOSE_LISTING: {**_OFFICE, Role.DEPARTMENT: _D, Role.LEADER: _S},
    Right.APPROVE_LISTING: {**_HEAD, Role.LEADER: _S},
    Right.OPINE_LISTING: {Role.DEPARTMENT: _D},
    Right.SERVE_LISTING: _OFFICE,
    Right.DRAFT_LETTER: {**_OFFICE, Role.DEPARTMENT: _D},
    Right.SIGN_LETTER: {**_HEAD, Role.LEADER: _S},
    Right.ANSWER_LETTER: {**_OFFICE, Role.DEPARTMENT: _N, Role.GRID: _N, **_FIRM},
    Right.READ_LETTER: {**_OFFICE, Role.DEPARTMENT: _N, Role.GRID: _N, **_FIRM, Role.LEADER: _S},
    Right.DECIDE_MEASURE: {**_HEAD, Role.LEADER: _S},
    Right.READ_INSPECTION: {**_READERS, Role.EXPERT: _N},
    Right.CARRY_OUT: dict.fromkeys((*OFFICE, Role.DEPARTMENT, Role.GRID, Role.EXPERT, Role.LEADER), _N),
    Right.ISSUE_PAPER: {Role.DEPARTMENT: _D},
    Right.KEEP_CERTIFICATES: _OFFICE,
    Right.READ_TASK: _READERS,
    Right.MANAGE_TASK: {**_OFFICE, Role.DEPARTMENT: _N},
    Right.REPORT_TASK: {**dict.fromkeys(OFFICE, _N), Role.DEPARTMENT: _N, Role.GRID: _N, **dict.fromkeys(FIRM, _N)},
    Right.DRAFT_NOTICE: _OFFICE,
    Right.APPROVE_NOTICE: _HEAD,
    Right.READ_NOTICE: {**_OFFICE, Role.DEPARTMENT: _N, Role.GRID: _N, **_FIRM, Role.LEADER: _S},
    Right.RECEIPT_NOTICE: {Role.HEAD: _N, Role.DEPARTMENT: _N, Role.GRID: _N, **_FIRM},
    Right.READ_RECORD: _READERS,
    Right.KEEP_RECORD: _FIRM,
    Right.HALT_WORK: {**_OFFICE, Role.DEPARTMENT: _D, Role.GRID: _V},
    Right.READ_PLAN: {**_OFFICE, Role.DEPARTMENT: _D, Role.GRID: _V, Role.LEADER: _S},
    Right.PLAN_INSPECTION: {**_OFFICE, Role.DEPARTMENT: _D, Role.GRID: _V},
    Right.APPROVE_INSPECTION: _HEAD,
    Right.STATISTICS: _READERS,
    Right.READ_DUTY: _READERS,
    Right.RECORD_DUTY: {**_OFFICE, Role.DEPARTMENT: _N, Role.GRID: _N, **_FIRM, Role.LEADER: _N},
    Right.KEEP_POSTS: _OFFICE,
    Right.READ_MEETING: {**_OFFICE, Role.DEPARTMENT: _N, Role.GRID: _N, Role.LEADER: _S},
    Right.KEEP_MEETING: _OFFICE,
    Right.CONFIRM_MINUTES: {**_HEAD, Role.LEADER: _S},
    Right.READ_INDICATOR: {**_OFFICE, Role.DEPARTMENT: _N, Role.LEADER: _S},
    Right.KEEP_INDICATOR: {**_OFFICE, Role.DEPARTMENT: _N},
    Right.READ_EVALUATION: {**_OFFICE, Role.LEADER: _S},
    Right.DRAFT_EVALUATION: _OFFICE,
    Right.APPROVE_EVALUATION: {**_HEAD, Role.LEADER: _S},
    Right.READ_UNIT: _READERS,
    Right.EDIT_UNIT: _OFFICE,
    Right.PROPOSE_UNIT: {Role.DEPARTMENT: _D, Role.GRID: _V},
    Right.EDIT_OWN_PROFILE: _FIRM,
    Right.MANAGE_ACCOUNTS: {Role.SYSADMIN: _A},
    Right.MANAGE_OWN_STAFF: {Role.PRINCIPAL: _E},
    Right.PROPOSE_POLICY: _OFFICE,
    Right.APPROVE_POLICY: _HEAD,
    Right.TECHNICAL_SETTINGS: {Role.SYSADMIN: _A},
    Right.SECURITY_SETTINGS: {Role.SECADMIN: _A},
    Right.READ_MATRIX: {Role.SYSADMIN: _A, Role.SECADMIN: _A, Role.AUDITOR: _A},
    Right.READ_AUDIT: {Role.AUDITOR: _A},
}

SEPARATED = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR})


def scope_of(role: str | None, right: str) -> Scope | None:
    """The scope over which `role` holds `right`, or None."""
    return GRANTS[Right(right)].get(Role(role)) if role else None
