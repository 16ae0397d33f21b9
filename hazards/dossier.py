"""隐患档案: everything that was done about one hazard as a paper to print, seal and file."""

from __future__ import annotations

from common import wording
from common.papers import Block, Heading, KeyValues, Layout, Paper, Paragraph, Table
from common.papers import Column as PaperColumn
from hazards.models import Hazard, TreatmentPlan
from hazards.timeline import changes, facts


def paper(hazard: Hazard) -> Paper:
    """The dossier of a whole hazard (`queries.one`), in the order in which it happened."""
    blocks: list[Block] = [Heading("基本情况"), _facts(hazard)]
    for plan in hazard.plans.all():
        blocks += [Heading(f"治理方案（第{plan.version}版，{plan.get_state_display()}）"), _plan(plan)]
    if hazard.extensions.all():
        blocks += [Heading("延期"), _extensions(hazard)]
    if hazard.principal_notifications.all():
        blocks += [Heading("重大隐患告知"), _told(hazard)]
    blocks += [Heading("办理过程"), _events(hazard), Heading("照片和文件"), *_files(hazard)]
    return Paper(Layout.FORM, "隐患排查治理档案", number=hazard.number or "", blocks=tuple(blocks))


def _facts(hazard: Hazard) -> KeyValues:
    moment = wording.cn_datetime
    return KeyValues(
        (
            (("责任单位", hazard.unit.name), ("所在区域", hazard.unit.area.name)),
            (("隐患描述", hazard.description),),
            (("具体部位", hazard.place or wording.DASH), ("类别", hazard.get_category_display())),
            (("等级", hazard.get_level_display()), ("来源", hazard.get_channel_display())),
            (("判定依据", hazard.ground or wording.DASH),),
            (("发现日期", wording.cn_date(hazard.found_on)), ("发现人", hazard.found_by or wording.DASH)),
            (
                ("监管部门", str(hazard.department or wording.DASH)),
                ("整改责任人", hazard.responsible_person or wording.DASH),
            ),
            (("原定期限", moment(hazard.original_due_at)), ("整改期限", moment(hazard.due_at))),
            (("整改要求", hazard.suggestion or wording.DASH),),
            (("整改完成", moment(hazard.rectified_at)), ("销号", moment(hazard.closed_at))),
            (
                ("实际投入", f"{hazard.spent}万元" if hazard.spent is not None else wording.DASH),
                ("状态", hazard.get_state_display()),
            ),
        )
    )


def _plan(plan: TreatmentPlan) -> KeyValues:
    rows = (
        ("责任到位", f"{plan.objectives}\n负责机构和人员：{plan.organisation}"),
        ("措施到位", plan.measures),
        ("资金到位", f"{plan.funds}万元 {plan.materials}"),
        ("时限到位", f"{wording.cn_date(plan.finish_on)} {plan.schedule}"),
        ("预案到位", plan.safeguards),
        ("审批意见", plan.opinion or wording.DASH),
    )
    return KeyValues(tuple((pair,) for pair in rows))


def _extensions(hazard: Hazard) -> Table:
    rows = [
        (
            wording.cn_date(row.due_before),
            wording.cn_date(row.requested_due),
            wording.cn_date(row.granted_due),
            row.reason,
            f"{row.get_state_display()} {row.opinion}",
        )
        for row in hazard.extensions.all()
    ]
    heads = ("原期限", "申请延至", "批准延至", "理由", "审批")
    return Table(tuple(PaperColumn(head, 2.0 if head == "理由" else 1.2) for head in heads), tuple(rows))


def _told(hazard: Hazard) -> Table:
    rows = [
        (row.get_capacity_display(), row.name, wording.cn_datetime(row.sent_at), wording.cn_datetime(row.read_at))
        for row in hazard.principal_notifications.all()
    ]
    return Table(tuple(PaperColumn(head) for head in ("身份", "姓名", "告知时间", "阅知时间")), tuple(rows))


def _events(hazard: Hazard) -> Table:
    columns = (
        PaperColumn("时间", 1.3),
        PaperColumn("事项", 1.1),
        PaperColumn("办理人", 1.4),
        PaperColumn("内容", 3.2, "left"),
    )
    rows = []
    for event in sorted(hazard.events.all(), key=lambda event: event.seq):
        moved = [f"{one['label']}：{one['before'] or wording.DASH} → {one['after']}" for one in changes(event.data)]
        words = "\n".join([event.note] * bool(event.note) + facts(event.data) + moved)
        who = "\n".join(filter(None, (event.actor_name, event.actor_hat)))
        rows.append((wording.cn_datetime(event.at), event.label, who, words or wording.DASH))
    return Table(columns, tuple(rows))


def _files(hazard: Hazard) -> list[Block]:
    """What is on file, with its fingerprint, so that the paper can be checked against the system."""
    rows = [
        (
            row.get_stage_display(),
            row.attachment.name,
            wording.cn_datetime(row.attachment.uploaded_at),
            row.attachment.blob_id[:16],
        )
        for row in hazard.evidence.all()
    ]
    if not rows:
        return [Paragraph(f"无照片。原因：{hazard.no_photo_reason or wording.DASH}")]
    return [Table(tuple(PaperColumn(head) for head in ("环节", "文件", "上传时间", "SHA-256 前16位")), tuple(rows))]
