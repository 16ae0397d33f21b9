"""Papers for the layout tests: a notice with a long table, a letter, a form, a board."""

from __future__ import annotations

from datetime import date

from common.papers import (
    Attachment,
    Column,
    Heading,
    KeyValues,
    Layout,
    NumberedList,
    Paper,
    Paragraph,
    Run,
    SignatureArea,
    Signing,
    Table,
)

HOSTILE = "<b>&#panic()</b> $x$ *粗* \\u{0} 逾期未改"
OFFICE = "演示街道安全生产委员会办公室"
LONG_TITLE = f"{OFFICE}关于2026年10月份安全生产隐患排查治理情况的通报"
OVERDUE = Table(
    columns=(Column("序号", 0.6), Column("单位", 1.8), Column("隐患描述", 4, "left"), Column("期限", 1.4)),
    rows=tuple((str(n), f"演示企业{n}", "配电箱未上锁，疏散通道堆放杂物。", "2026-10-08") for n in range(1, 91)),
    caption="表1　逾期未整改隐患清单",
)


def notice(table: Table = OVERDUE) -> Paper:
    """A red-headed monthly notice with two attachments."""
    return Paper(
        layout=Layout.RED_HEAD,
        title=LONG_TITLE,
        issuer=f"{OFFICE}文件",
        number="演街安办发〔2026〕12号",
        addressee="各村（社区），街道安委会各成员单位",
        blocks=(
            Heading("总体情况"),
            Heading("村（社区）情况", 2),
            Heading("演示村", 3),
            Heading("二组", 4),
            Paragraph((Run("需要点名的问题："), Run(HOSTILE, strong=True))),
            table,
            Heading("下步要求"),
            NumberedList(("按期完成整改。", "逐一核查零报告单位。")),
            Paragraph("请认真抓好落实。"),
        ),
        signature=OFFICE,
        signed_on=date(2026, 11, 2),
        note="此件公开发布",
        attachments=(Attachment("挂牌清单。", (Paragraph("附件正文。"),)), Attachment("典型问题")),
        copies_to="街道党工委、办事处",
        printed_by=OFFICE,
        printed_on=date(2026, 11, 2),
    )


def letter() -> Paper:
    """A letter urging an enterprise."""
    return Paper(
        layout=Layout.LETTER,
        title="关于立即整改重大事故隐患的督促函",
        issuer=OFFICE,
        number="演街安办函〔2026〕7号",
        addressee="演示建材有限公司：",
        blocks=(Paragraph("你单位1项重大事故隐患已逾期7天。"),),
        signature=OFFICE,
        signed_on=date(2026, 10, 8),
        copies_to="街道应急管理办公室",
        qr="https://example.org/l/7",
    )


def form() -> Paper:
    """An inspection record."""
    pairs = ((("被检查单位", "演示建材有限公司"),), (("负责人", "张三"), ("职务", "经理"), ("电话", "0871-1")))
    return Paper(
        layout=Layout.FORM,
        title="现场检查记录",
        issuer="演示街道办事处",
        number="（演街）应急检记〔2026〕18号",
        blocks=(KeyValues(pairs), SignatureArea((Signing("检查人员", "李四"), Signing("现场负责人")))),
    )


def board() -> Paper:
    """A public board for a listed hazard."""
    return Paper(
        layout=Layout.SIGNBOARD,
        title="重大事故隐患挂牌督办公示牌",
        issuer="演示街道安全生产委员会",
        blocks=(KeyValues(((("隐患名称", "除尘系统未设泄爆"),), (("责任人", "张三"), ("举报电话", "12350")))),),
        qr="https://example.org/b/1",
    )


_ROWS = tuple((str(n), f"演示企业{n}号") for n in range(1, 9))
ENDS = {
    "form": (
        "正文",
        KeyValues(((("执法人员", "甲"), ("执法证号", "1")),) * 2),
        SignatureArea((Signing("被检查单位负责人（签名）"),)),
    ),
    "table": ("演示企业8号", Table((Column("序号"), Column("单位", 3)), _ROWS)),
}


def order(lines: int, end: str) -> Paper:
    """A signed form of so many lines of text; `end` names what stands between the text and the signature."""
    text = [Paragraph(f"正文{n}段。") for n in range(lines)]
    return Paper(
        layout=Layout.FORM,
        title="责令限期整改指令书",
        issuer=OFFICE,
        number="演应急责改〔2026〕1号",
        blocks=(*text, *ENDS[end][1:]),
        signature=OFFICE,
        signed_on=date(2026, 11, 2),
        note="一式两份",
    )
