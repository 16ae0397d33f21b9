"""第N批: the one notice to all units with the list as its attachment, and the joint progress table."""

from __future__ import annotations

from collections.abc import Sequence

from common import clock
from common.limits import limit
from common.papers import Attachment, Column, KeyValues, Layout, Paper, SignatureArea, Signing, Table
from common.wording import cn_date
from supervision import drafts
from supervision.models import Listing, ListingBatch
from supervision.paper_text import Text, day, headed
from supervision.papers.listings import FIRE_LAW, decided, signatory_of
from supervision.transitions.listing_guards import limit_kind
from supervision.transitions.offices import profile_of

NAMED = 6  # units named as 主送; more are 各有关单位
Rows = Sequence[Listing]
DUTY = (
    "各整改责任单位主要负责人是第一责任人，应当落实责任、措施、资金、时限和预案，在清单所列期限前完成整改；整改期间采取可靠的安全防范措施，"
    "不能保证安全的，停止使用相关设施设备或者停产停业。"
)
ENDING = "不能按期完成的，应当在期限届满前申请延期，说明理由和防控措施；整改完成后书面申请验收，验收合格的按程序解除督办并公示。"


def supervision_of(rows: Rows) -> tuple[str, str]:
    """What is listed and how it is called; of a mixed batch the words that hold for all."""
    if len({row.kind for row in rows}) == 1:
        return rows[0].danger, rows[0].supervision
    return "事故隐患", "挂牌（挂账）督办"


def batch_text(batch: ListingBatch, rows: Rows) -> Text:
    """What the notice of the batch says; the person's own draft goes before. The counts stand in 【】 until it is signed."""
    written = drafts.text_of("batch", batch)
    if written or not rows:
        return written or Text(f"关于{batch}挂牌（挂账）督办隐患的通知", "")
    danger, supervision = supervision_of(rows)
    authority = decided(rows[0].kind, profile_of(batch.office))
    law = f"根据{FIRE_LAW}，" if rows[0].kind == Listing.Kind.FIRE else ""
    opening = (
        f"为消除事故隐患，防范生产安全事故，{law}{authority}决定将【责任单位数】家单位的【督办项数】项{danger}列入{batch}"
        f"{supervision}（清单见附件）。现将有关事项通知如下："
    )
    parts = (
        ("整改责任", DUTY),
        ("督办责任", f"各督办部门按清单分工跟踪督办、组织验收；{batch.office.name}汇总本批进展并通报。"),
        ("方案和进展报告", _reports(batch, rows)),
        ("延期、验收和公示", ENDING),
    )
    return Text(f"关于对{batch}{danger}\n实行{supervision}的通知", f"{opening}\n{headed(*parts)}")


def _reports(batch: ListingBatch, rows: Rows) -> str:
    area = batch.office.area_path
    names = {limit_kind(row): row.word for row in rows}
    every = "、".join(f"{word}的每{limit(f'listing.report.{kind}', area)}" for kind, word in sorted(names.items()))
    often = every if len(names) > 1 else every.partition("的")[2]
    return f"自通知送达之日起{limit('listing.plan', area)}内报送治理方案，整改期间{often}报告一次进展。"


def batch_notice(batch: ListingBatch, rows: Rows) -> Paper:
    """第N批督办通知书 to all units of the batch, its list and the receipt as attachments."""
    profile = profile_of(batch.office)
    units = list(dict.fromkeys(row.hazard.unit.name for row in rows))
    text = batch_text(batch, rows).filled({"督办项数": str(len(rows)), "责任单位数": str(len(units))})
    signatory = signatory_of(rows[0].kind, profile) if rows else profile.signatory_name
    is_fire = bool(rows) and rows[0].kind == Listing.Kind.FIRE
    departments = list(dict.fromkeys(row.department.name for row in rows if row.department))
    return Paper(
        layout=Layout.RED_HEAD,
        issuer=f"{signatory}文件" if is_fire else profile.red_head,
        number=batch.document or "",
        title=text.title,
        addressee="，".join(units) if len(units) <= NAMED else "各有关单位",
        blocks=text.blocks(),
        signature=signatory,
        signed_on=day(batch.issued_at),
        attachments=(
            Attachment(f"{batch}督办隐患清单", (_listed(rows),)),
            Attachment("送达回执", _receipt(batch, units)),
        ),
        copies_to="，".join(departments),
        printed_by=signatory,
        printed_on=day(batch.issued_at),
    )


def _listed(rows: Rows) -> Table:
    columns = (
        Column("序号", 0.7), Column("责任单位", 1.4, "left"), Column("隐患情况", 2.1, "left"), Column("等级", 0.7),
        Column("督办部门", 1.3), Column("督办领导", 1.25), Column("整改期限", 1.4), Column("督办文号", 1.25),
    )  # fmt: skip
    cells = tuple(
        (
            str(place), row.hazard.unit.name, f"{row.hazard.place}：{row.hazard.description}".strip("："),
            row.hazard.get_level_display(), row.department.name if row.department else "—", row.leader or "—",
            _in_two(cn_date(row.deadline)), row.number or "—",
        )
        for place, row in enumerate(rows, 1)
    )  # fmt: skip
    return Table(columns, cells)


def _in_two(day: str) -> str:
    """A date in a narrow column breaks behind its year."""
    return day.replace("年", "年\n")


def _receipt(batch: ListingBatch, units: Sequence[str]) -> tuple[Table, SignatureArea]:
    columns = (Column("序号", 0.4), Column("受送达单位", 2, "left"), Column("签收人", 1), Column("签收日期", 1))
    table = Table(columns, tuple((str(place), name, "", "") for place, name in enumerate(units, 1)))
    return table, SignatureArea((Signing("送达人"), Signing("送达人")))


def batch_table(batch: ListingBatch, rows: Rows) -> Paper:
    """第N批: one table of all listings of the batch and how far each is now."""
    profile = profile_of(batch.office)
    columns = (
        Column("序号", 0.7), Column("责任单位", 1.4, "left"), Column("隐患情况", 2.2, "left"), Column("督办部门", 1.3),
        Column("整改期限", 1.4), Column("进展", 1.3), Column("未按期报告", 0.9),
    )  # fmt: skip
    table = Table(
        columns,
        tuple(
            (
                str(place), row.hazard.unit.name, row.hazard.description, row.department.name if row.department else "—",
                _in_two(cn_date(row.deadline)), row.state_label, f"{row.missed_reports}次",
            )
            for place, row in enumerate(rows, 1)
        ),
    )  # fmt: skip
    ended = sum(row.delisted_at is not None for row in rows)
    facts = (
        (("批次", str(batch)), ("通知书文号", batch.document or "未印发")),
        (("督办项数", f"{len(rows)}项"), ("已解除督办", f"{ended}项")),
        (("截至日期", cn_date(clock.now())), ("督办单位", batch.office.name)),
    )
    return Paper(
        layout=Layout.FORM,
        issuer=profile.signatory_name,
        number=batch.document or "",
        title=f"{batch}督办隐患整改进展表",
        blocks=(KeyValues(facts), table),
    )
