"""Papers around the decisions: 约谈纪要, 移送函, 验收意见书, 延期审批表 (domain-rules §2-4)."""

from __future__ import annotations

from typing import Any

from common import clock
from common.papers import KeyValues, Layout, Paper, SignatureArea, Signing
from common.wording import cn_date, cn_datetime
from hazards.models import Extension, Hazard
from supervision import drafts
from supervision.models import Listing, Measure
from supervision.paper_text import Text, sentence
from supervision.papers.listings import signatory_of
from supervision.transitions.offices import profile_of
from units.models import Unit


def _office(area_path: str) -> Any:
    return profile_of(Unit.objects.office_of(area_path))


def talk_minutes(measure: Measure) -> Paper:
    """约谈纪要: when, where, who, what was said and is owed."""
    profile, hazard = _office(measure.area_path), measure.hazard
    about = f"{hazard.number}　{hazard.description}" if hazard else measure.reason
    rows = (
        (("约谈对象", measure.unit.name), ("约谈通知", measure.letter.number or "" if measure.letter else "")),
        (("约谈时间", cn_datetime(measure.due_at)), ("约谈地点", measure.place or "—")),
        (("参加人员", measure.attendees or "—"),),
        (("约谈事由", about),),
        (("约谈内容", measure.result),),
        (("复核日期", cn_date(measure.follow_up_by) if measure.follow_up_by else "—"),),
    )
    signing = SignatureArea((Signing("约谈人"), Signing("被约谈人"), Signing("记录人")))
    return Paper(
        layout=Layout.FORM,
        issuer=profile.signatory_name,
        number=measure.number or "",
        title="安全生产约谈纪要",
        blocks=(KeyValues(rows), signing),
    )


def transfer_text(measure: Measure) -> Text:
    """What the 移送函 says; the person's own draft goes before."""
    hazard = measure.hazard
    told = [f"我单位在督办中发现{measure.unit.name}涉嫌安全生产违法行为。{sentence(measure.reason)}"]
    if hazard:
        told.append(
            f"所涉隐患（编号{hazard.number}）：{f'{hazard.place}：' if hazard.place else ''}{hazard.description.rstrip('。')}。"
            f"发现日期{cn_date(hazard.found_on)}，现行整改期限{cn_date(hazard.due_at)}{_original(hazard)}。"
        )
    told.append("现将该事项移送你单位，请依法处理，并将处理结果函告我单位。相关材料随函附送。")
    title = f"关于移送{measure.unit.name}\n安全生产违法行为线索的函"
    return drafts.text_of("transfer", measure) or Text(title, "\n".join(told))


def _original(hazard: Hazard) -> str:
    first = hazard.original_due_at
    return f"（原定期限{cn_date(first)}）" if first and hazard.due_at and first != hazard.due_at else ""


def transfer_letter(measure: Measure) -> Paper:
    """移送函: the case as it stands, to the body that has the power."""
    profile, text = _office(measure.area_path), transfer_text(measure)
    return Paper(
        layout=Layout.LETTER,
        issuer=profile.signatory_name,
        number=measure.number or "",
        title=text.title,
        addressee=measure.receiver,
        blocks=text.blocks(),
        signature=profile.signatory_name,
        signed_on=clock.local(measure.decided_at).date() if measure.decided_at else None,
        note=f"联系电话：{profile.duty_phone}" if profile.duty_phone else "",
    )


def acceptance_opinion(listing: Listing) -> Paper:
    """验收意见书, as accepted: who checked, what was found, on which notice."""
    profile, hazard = profile_of(listing.office), listing.hazard
    event = listing.events.filter(action="accept").order_by("-pk").first()
    checked = event.data.get("checkers", []) if event else []
    rows = (
        (("整改责任单位", hazard.unit.name), ("督办通知书", listing.number or "")),
        (("隐患编号", hazard.number or ""), ("隐患等级", hazard.get_level_display())),
        (("隐患情况", f"{hazard.place}　{hazard.description}"),),
        (("整改期限", cn_date(hazard.due_at)), ("报告完成时间", cn_date(hazard.submitted_at))),
        (
            ("实际投入", "—" if hazard.spent is None else f"{hazard.spent.normalize():f}万元"),
            ("验收时间", cn_date(listing.accepted_at)),
        ),
        (("验收人员", "、".join(checked) or "—"),),
        (("验收意见", event.note.removesuffix(f"（验收人员：{'、'.join(checked)}）") if event else ""),),
        (("督办部门", listing.department.name if listing.department else "—"),),
    )
    signing = SignatureArea((Signing("验收人员"), Signing("验收人员"), Signing("督办部门（盖章）")))
    return Paper(
        layout=Layout.FORM,
        issuer=signatory_of(listing.kind, profile),
        number=listing.number or "",
        title=f"{listing.danger}{listing.supervision}验收意见书",
        blocks=(KeyValues(rows), signing),
    )


def extension_form(extension: Extension) -> Paper:
    """延期申请审批表 (宁波 form): what was asked, what was decided, the original date kept."""
    hazard = extension.hazard
    profile = _office(hazard.area_path)
    granted = extension.state == Extension.State.GRANTED
    decision = f"同意延至{cn_date(extension.granted_due)}" if granted else extension.get_state_display()
    rows = (
        (("治理责任单位", hazard.unit.name), ("隐患编号", hazard.number or "")),
        (("隐患情况", f"{hazard.place}　{hazard.description}"),),
        (("原定期限", cn_date(extension.due_before)), ("申请延至", cn_date(extension.requested_due))),
        (("延期理由", extension.reason),),
        (("防控措施", extension.protection),),
        (("申请人", extension.requested_by.name), ("申请时间", cn_datetime(extension.requested_at))),
        (
            ("受理窗口", f"{cn_date(extension.opens_at)}至{cn_date(extension.closes_at)}"),
            ("应办结时间", cn_date(extension.decide_by)),
        ),
        (("审批结果", decision), ("审批时间", cn_datetime(extension.decided_at))),
        (("审批意见", extension.opinion or "—"),),
        (("说明", "批准延期不免除原期限内的逾期记录。"),),
    )
    signing = SignatureArea(
        (Signing("主要负责人"), Signing("审批人", extension.decided_by.name if extension.decided_by else ""))
    )
    return Paper(
        layout=Layout.FORM,
        issuer=profile.signatory_name,
        number=f"{hazard.number}延",
        title="隐患整改延期申请审批表",
        blocks=(KeyValues(rows), signing),
    )
