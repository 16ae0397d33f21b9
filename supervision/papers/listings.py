"""督办通知书, 摘牌（销账、销案）通知书 and 公示牌."""

from __future__ import annotations

from datetime import datetime

from common.limits import limit
from common.papers import Attachment, KeyValues, Layout, Paper, SignatureArea, Signing
from common.wording import cn_date, cn_datetime
from supervision import drafts
from supervision.models import Listing
from supervision.paper_text import Text, day, headed, sentence
from supervision.transitions.listing_guards import limit_kind
from supervision.transitions.offices import profile_of
from units.models import OfficeProfile

FIRE_LAW = "《中华人民共和国消防法》第五十五条"


def notice_text(listing: Listing) -> Text:
    """What the 督办通知书 says; what only the approval decides stands in 【】. The person's own draft goes before."""
    hazard = listing.hazard
    unit, profile = hazard.unit.name, profile_of(listing.office)
    found = (
        f"你单位{hazard.place}存在{listing.danger}（编号{hazard.number}）：{hazard.description.rstrip('。')}。"
        f"{sentence(listing.reason)}{f'判定依据：{sentence(hazard.ground)}' if hazard.ground else ''}"
    )
    asked = (
        f"{sentence(hazard.suggestion) if hazard.suggestion else ''}整改须于【整改期限】前完成。整改期间应当采取可靠的安全"
        "防范措施，不能保证安全的，停止使用相关设施设备或者停产停业。"
    )
    law = f"根据{FIRE_LAW}，" if listing.kind == Listing.Kind.FIRE else ""
    law += decided(listing.kind, profile)
    parts = (
        ("隐患情况", found),
        ("督办级别和责任", _responsibility(listing)),
        ("整改要求和期限", asked),
        ("报告、延期和验收", _duties(listing)),
    )
    opening = (
        f"为消除事故隐患，防范生产安全事故，{law}决定对你单位下列隐患实行{listing.supervision}。现将有关事项通知如下："
    )
    title = f"{signatory_of(listing.kind, profile)}\n关于对{unit}{listing.danger}\n实行{listing.supervision}的通知"
    return drafts.text_of("notice", listing) or Text(title, f"{opening}\n{headed(*parts)}")


def listing_notice(listing: Listing) -> Paper:
    """督办通知书 to the responsible unit, with the receipt as its attachment (宁波 form, 街道 defaults)."""
    text = notice_text(listing).filled(
        {
            "整改期限": cn_date(listing.finish_by) if listing.finish_by else "",
            "督办领导": listing.leader,
            "督办部门": listing.department.name if listing.department else "",
            "督办级别": listing.get_tier_display(),
        }
    )
    number, signed_at = listing.number or "", listing.approved_at
    return _red_head(listing, text, number=number, signed_at=signed_at, attachments=(_receipt(listing),))


def _responsibility(listing: Listing) -> str:
    hazard = listing.hazard
    return (
        f"本项为【督办级别】{listing.supervision}。督办单位：{supervisor_of(listing)}；督办部门：【督办部门】；督办领导：【督办领导】；"
        f"整改责任单位：{hazard.unit.name}；整改责任人：{hazard.responsible_person or '—'}。"
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
        (("文书名称", f"{listing.supervision}通知书"), ("文号", listing.number or "")),
        (("受送达人", listing.hazard.unit.name),),
        (("签收人", listing.receiver), ("送达时间", cn_datetime(listing.served_at) if listing.served_at else "")),
        (("送达方式", ""), ("送达地点", "")),
        (("备注", ""),),
    )
    signing = SignatureArea((Signing("送达人"), Signing("送达人"), Signing("受送达人（签字或盖章）")))
    return Attachment("送达回执", (KeyValues(rows), signing))


def delisting_text(listing: Listing) -> Text:
    """What the 摘牌（销账、销案）通知书 says; the person's own draft goes before."""
    hazard = listing.hazard
    ended = "准予整改销案" if listing.kind == Listing.Kind.FIRE else "予以销号"
    body = (
        f"你单位{listing.danger}（编号{hazard.number}：{hazard.description.rstrip('。')}）于{cn_date(listing.approved_at)}列入"
        f"{listing.supervision}（{listing.number}）。经整改，于{cn_date(listing.accepted_at)}验收合格。"
        f"{decided(listing.kind, profile_of(listing.office))}决定解除{listing.supervision}，{ended}。\n"
        "请你单位巩固整改成果，落实全员安全生产责任制，防止隐患反弹。"
    )
    title = f"关于解除{hazard.unit.name}\n{listing.danger}{listing.supervision}的通知"
    return drafts.text_of("delisting", listing) or Text(title, body)


def delisting_notice(listing: Listing) -> Paper:
    """摘牌（销账、销案）通知书."""
    text = delisting_text(listing)
    return _red_head(listing, text, number=listing.delist_number or "", signed_at=listing.delisted_at)


def signatory_of(kind: str, profile: OfficeProfile) -> str:
    """重大火灾隐患 is listed by the government itself; everything else by whom the office's settings name."""
    return f"{profile.street_name}办事处" if kind == Listing.Kind.FIRE else profile.signatory_name


def supervisor_of(listing: Listing) -> str:
    """督办单位: the street itself for 重大火灾隐患, else the safety office."""
    fire = listing.kind == Listing.Kind.FIRE
    return signatory_of(listing.kind, profile_of(listing.office)) if fire else listing.office.name


def decided(kind: str, profile: OfficeProfile) -> str:
    """On whose authority: 安委办 is the committee's office and lists with its consent; committee and street decide themselves."""
    asks = kind != Listing.Kind.FIRE and profile.signatory == OfficeProfile.Signatory.OFFICE
    return f"经{profile.street_name}安全生产委员会同意，" if asks else "经研究，"


def _red_head(
    listing: Listing, text: Text, *, number: str, signed_at: datetime | None, attachments: tuple[Attachment, ...] = ()
) -> Paper:
    profile = profile_of(listing.office)
    signatory = signatory_of(listing.kind, profile)
    return Paper(
        layout=Layout.RED_HEAD,
        issuer=f"{signatory}文件" if listing.kind == Listing.Kind.FIRE else profile.red_head,
        number=number,
        title=text.title,
        addressee=listing.hazard.unit.name,
        blocks=text.blocks(),
        signature=signatory,
        signed_on=day(signed_at),
        attachments=attachments,
        copies_to=listing.department.name if listing.department else "",
        printed_by=signatory,
        printed_on=day(signed_at),
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
        (("管控措施", hazard.interim_measures or "按治理方案落实管控措施"),),
    )
    return Paper(
        layout=Layout.SIGNBOARD,
        title=f"{listing.danger}{listing.supervision}公示牌",
        issuer=signatory_of(listing.kind, profile),
        number=listing.number or "",
        blocks=(KeyValues(rows),),
        qr=address,
    )
