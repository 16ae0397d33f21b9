"""Letters, listing notices and signboards as official papers (GB/T 9704-2012; domain-rules §2, §4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from common import clock
from common.limits import limit
from common.papers import (
    Attachment,
    Block,
    Column,
    Heading,
    KeyValues,
    Layout,
    Paper,
    Paragraph,
    SignatureArea,
    Signing,
    Table,
)
from common.wording import cn_date, cn_datetime
from supervision.models import Letter, Listing, ListingBatch
from supervision.transitions.listing_guards import limit_kind
from supervision.transitions.offices import profile_of

FORM_KINDS = (Letter.Kind.ASSIGN, Letter.Kind.HINT, Letter.Kind.INSTRUCTION)
SOURCES = {
    Letter.Kind.ASSIGN: "安委办交办",
    Letter.Kind.HINT: "安委办提示",
    Letter.Kind.INSTRUCTION: "街道领导批示",
}


def letter_paper(letter: Letter) -> Paper:
    """The letter on paper: 函 in letter layout, 交办单、提示单、批示 as a form."""
    return _form(letter) if letter.kind in FORM_KINDS else _letter(letter)


def _letter(letter: Letter) -> Paper:
    profile = profile_of(letter.office)
    told = [Paragraph(letter.matter)]
    if letter.source and letter.source.number:
        before = f"此前已于{cn_date(letter.source.signed_at or letter.source.drafted_at)}以{letter.source.number}"
        told.append(Paragraph(f"{before}《{letter.source.title}》函告你单位，至今未办结。"))
    if letter.why:
        told.append(Paragraph(f"发函缘由：{_sentence(letter.why)}"))
    if letter.basis:
        told.append(Paragraph(f"依据：{_sentence(letter.basis)}"))
    return Paper(
        layout=Layout.LETTER,
        issuer=profile.signatory_name,
        number=letter.number or "",
        title=letter.title,
        addressee=letter.to_unit.name,
        blocks=(*told, Paragraph(_sentence(letter.demand)), Paragraph("特此函告。")),
        signature=profile.signatory_name,
        signed_on=_day(letter.signed_at),
        note=f"联系电话：{profile.duty_phone}" if profile.duty_phone else "",
        copies_to="，".join(unit.name for unit in letter.copies.all()),
    )


def _form(letter: Letter) -> Paper:
    profile = profile_of(letter.office)
    answers = "\n".join(f"{cn_date(answer.answered_at)} {answer.text}" for answer in letter.answers.all())
    rows = (
        (("来源", SOURCES[Letter.Kind(letter.kind)]), ("签发人", letter.signed_by.name if letter.signed_by else "")),
        (("事项", letter.title),),
        (("承办单位", letter.to_unit.name),),
        (("协办单位", "、".join(unit.name for unit in letter.copies.all()) or "无"),),
        (("事由", letter.matter),),
        (("依据", letter.basis or "—"),),
        (("要求", letter.demand),),
        (("交办时间", cn_date(letter.signed_at)), ("完成时限", cn_datetime(letter.due_at))),
        (
            ("签收人", letter.receiver_name),
            ("签收时间", cn_datetime(letter.received_at) if letter.received_at else ""),
        ),
        (("办理情况", answers),),
        (("安委办审核", f"{cn_date(letter.done_at)}办结" if letter.done_at else ""),),
    )
    return Paper(
        layout=Layout.FORM,
        issuer=profile.signatory_name,
        number=letter.number or "",
        title=f"安全生产工作{letter.get_kind_display()}",
        blocks=(KeyValues(rows),),
    )


def listing_notice(listing: Listing) -> Paper:
    """督办通知书 to the responsible unit, with the receipt as its attachment (宁波 form, 街道 defaults)."""
    profile, hazard = profile_of(listing.office), listing.hazard
    unit = hazard.unit.name
    level = "重大事故隐患" if listing.kind != Listing.Kind.KEY else "重点隐患"
    found = (
        f"你单位{hazard.place}存在{level}（编号{hazard.number}）：{hazard.description.rstrip('。')}。"
        f"{_sentence(listing.reason)}"
    )
    blocks = (
        Paragraph(
            f"为消除事故隐患，防范生产安全事故，经研究，决定对你单位下列隐患实行{listing.word}督办。现将有关事项通知如下："
        ),
        Heading("隐患情况"),
        Paragraph(found),
        *([Paragraph(f"判定依据：{_sentence(str(hazard.criterion))}")] if hazard.criterion else []),
        Heading("督办级别和责任"),
        Paragraph(_responsibility(listing)),
        Heading("整改要求和期限"),
        Paragraph(
            f"{_sentence(hazard.suggestion) if hazard.suggestion else ''}整改须于{cn_date(listing.finish_by)}前完成。"
            "整改期间应当采取可靠的安全防范措施，不能保证安全的，停止使用相关设施设备或者停产停业。"
        ),
        Heading("报告、延期和验收"),
        Paragraph(_duties(listing)),
    )
    title = f"{profile.signatory_name}\n关于对{unit}{level}\n实行{listing.word}督办的通知"
    return _red_head(
        listing,
        title,
        blocks,
        number=listing.number or "",
        signed_at=listing.approved_at,
        attachments=(_receipt(listing),),
    )


def _responsibility(listing: Listing) -> str:
    department = listing.department.name if listing.department else "—"
    hazard = listing.hazard
    return (
        f"本项为{listing.get_tier_display()}{listing.get_kind_display()}。督办单位：{listing.office.name}；督办部门：{department}；"
        f"督办领导：{listing.leader or '—'}；整改责任单位：{hazard.unit.name}；整改责任人：{hazard.responsible_person or '—'}。"
    )


def _duties(listing: Listing) -> str:
    kind = limit_kind(listing)
    plan, interval = (limit(key, listing.area_path) for key in ("listing.plan", f"listing.report.{kind}"))
    return (
        f"自本通知送达之日起{plan}内报送治理方案；整改期间每{interval}报告一次进展；不能按期完成的，应当在期限届满前申请延期，"
        "说明理由和防控措施；整改完成后及时书面申请验收。"
    )


def _receipt(listing: Listing) -> Attachment:
    rows = (
        (("文书名称", f"{listing.word}督办通知书"), ("文号", listing.number or "")),
        (("受送达人", listing.hazard.unit.name),),
        (("签收人", listing.receiver), ("送达时间", cn_datetime(listing.served_at) if listing.served_at else "")),
        (("送达方式", ""), ("送达地点", "")),
        (("备注", ""),),
    )
    signing = SignatureArea((Signing("送达人"), Signing("送达人"), Signing("受送达人（签字或盖章）")))
    return Attachment("送达回执", (KeyValues(rows), signing))


def delisting_notice(listing: Listing) -> Paper:
    """摘牌（销账）通知书."""
    hazard = listing.hazard
    blocks = (
        Paragraph(
            f"你单位隐患（编号{hazard.number}：{hazard.description.rstrip('。')}）于{cn_date(listing.approved_at)}列入"
            f"{listing.word}督办（{listing.number}）。经整改，于{cn_date(listing.accepted_at)}验收合格。"
            f"现决定解除{listing.word}督办，予以销号。"
        ),
        Paragraph("请你单位巩固整改成果，落实全员安全生产责任制，防止隐患反弹。"),
    )
    title = f"关于解除{hazard.unit.name}隐患\n{listing.word}督办的通知"
    return _red_head(listing, title, blocks, number=listing.delist_number or "", signed_at=listing.delisted_at)


def _red_head(
    listing: Listing,
    title: str,
    blocks: tuple[Block, ...],
    *,
    number: str,
    signed_at: datetime | None,
    attachments: tuple[Attachment, ...] = (),
) -> Paper:
    profile = profile_of(listing.office)
    return Paper(
        layout=Layout.RED_HEAD,
        issuer=profile.red_head,
        number=number,
        title=title,
        addressee=listing.hazard.unit.name,
        blocks=blocks,
        signature=profile.signatory_name,
        signed_on=_day(signed_at),
        attachments=attachments,
        copies_to=listing.department.name if listing.department else "",
        printed_by=profile.signatory_name,
        printed_on=_day(signed_at),
    )


def signboard(listing: Listing, address: str) -> Paper:
    """The board hung at the site; its QR code leads to `address`, the listing's page."""
    profile, hazard = profile_of(listing.office), listing.hazard
    department = listing.department.name if listing.department else "—"
    rows = (
        (("隐患名称及部位", f"{hazard.place}　{hazard.description}"),),
        (("隐患等级", hazard.get_level_display()), ("督办级别", listing.get_tier_display())),
        (("整改责任单位", hazard.unit.name), ("整改责任人", hazard.responsible_person or "—")),
        (("监管责任单位", department), ("督办领导", listing.leader or "—")),
        (("整改措施", hazard.suggestion or "按治理方案整改"),),
        (("整改期限", cn_date(listing.finish_by)), ("举报电话", profile.report_phone)),
        (("管控措施", hazard.interim_measures or "整改期间专人看守，禁止无关人员进入"),),
    )
    return Paper(
        layout=Layout.SIGNBOARD,
        title=f"安全生产隐患{listing.word}督办公示牌",
        issuer=profile.signatory_name,
        number=listing.number or "",
        blocks=(KeyValues(rows),),
        qr=address,
    )


def batch_table(batch: ListingBatch, rows: Sequence[Listing]) -> Paper:
    """第N批: one table of all listings of the batch and how far each is."""
    profile = profile_of(batch.office)
    columns = (
        Column("序号", 0.5), Column("责任单位", 1.6, "left"), Column("隐患情况", 2.4, "left"), Column("督办部门", 1.2),
        Column("整改期限", 1.1), Column("进展", 1.1), Column("未按期报告", 0.8),
    )  # fmt: skip
    table = Table(
        columns,
        tuple(
            (
                str(place), row.hazard.unit.name, row.hazard.description, row.department.name if row.department else "—",
                cn_date(row.deadline), row.get_state_display(), f"{row.missed_reports}次",
            )
            for place, row in enumerate(rows, 1)
        ),
    )  # fmt: skip
    return Paper(
        layout=Layout.RED_HEAD,
        issuer=profile.red_head,
        title=f"{batch}挂牌（挂账）督办隐患进展情况",
        blocks=(Paragraph(f"截至{cn_date(clock.now())}，本批督办隐患{len(rows)}项，进展如下。"), table),
        signature=profile.signatory_name,
        signed_on=clock.today(),
    )


def _sentence(text: str) -> str:
    return f"{text.strip().rstrip('。')}。"


def _day(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment else None
