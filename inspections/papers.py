"""Inspection papers as official papers: the five forms of domain-rules §4 and the record of a patrol."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from common import clock
from common.papers import Block, KeyValues, Layout, NumberedList, Paper, Paragraph, SignatureArea, Signing
from common.wording import cn_date, cn_datetime
from evidence import files
from inspections.models import Inspection, InspectionPaper, PaperState, Signature
from inspections.offices import remedy
from inspections.transitions import paper_contents

Kind, Party = InspectionPaper.Kind, Signature.Party
DUTY = "整改期间，你单位应当采取措施，确保安全生产。对安全生产违法行为，将依法予以行政处罚。由此造成事故的，依法追究有关人员的责任。"


def paper_of(paper: InspectionPaper) -> Paper:
    """The paper as it was issued; of a draft, as it would be now, with 草稿 behind the text."""
    content = paper.content if paper.issued_at else paper_contents.build(paper)
    blocks = _BLOCKS[Kind(paper.kind)](paper, content)
    mark = {PaperState.DRAFT: "草稿", PaperState.VOID: "作废"}.get(PaperState(paper.state), "")
    return Paper(
        layout=Layout.FORM,
        issuer=content["organ"] if paper.kind != Kind.PATROL else "",
        title=str(paper.get_kind_display()),
        number=paper.number or "",
        blocks=tuple(blocks),
        signature=content["organ"] if paper.kind in (Kind.ORDER, Kind.DECISION, Kind.REVIEW) else "",
        signed_on=_day(paper.issued_at) if paper.kind in (Kind.ORDER, Kind.DECISION, Kind.REVIEW) else None,
        note="一式两份，存档、送达各一份" if paper.kind in (Kind.ORDER, Kind.DECISION, Kind.REVIEW) else "",
        mark=mark,
    )


def receipt_of(paper: InspectionPaper) -> Paper:
    """送达回执 of a served paper."""
    team = paper.content.get("team", [])
    rows = (
        (("受送达人", paper.unit.name),),
        (("文书名称", str(paper.get_kind_display())), ("文号", paper.number or "")),
        (("收件人", paper.receiver), ("送达方式", str(paper.get_way_display()))),
        (("送达地点", paper.served_place),),
        (("送达时间", cn_datetime(paper.served_at)),),
        (("备注", paper.served_note or "无"),),
    )
    places = (
        *(Signing("送达人", member["name"]) for member in team[:2]),
        Signing("受送达人（签名或盖章）", paper.receiver),
    )
    return Paper(
        layout=Layout.FORM,
        issuer=paper.content.get("organ", ""),
        title="送达回执",
        blocks=(KeyValues(rows), SignatureArea(places)),
    )


def _record(paper: InspectionPaper, content: dict[str, Any]) -> list[Block]:
    unit, patrol = content["unit"], paper.kind == Kind.PATROL
    when = f"{_moment(content['started'])}至{_moment(content['finished'])}"
    head: tuple[tuple[tuple[str, str], ...], ...] = (
        (("被检查单位", unit["name"]),),
        (("统一社会信用代码", unit["code"] or "—"), ("地址", unit["address"])),
        (
            ("法定代表人（负责人）", unit["principal"] or "—"),
            ("职务、电话", _join(unit.get("principal_post", ""), unit["phone"])),
        ),
        (
            ("现场负责人", content["contact"] or "—"),
            ("职务、电话", _join(content["contact_title"], content["contact_phone"])),
        ),
        (("检查场所", content["place"] or "—"),),
        (("检查时间", when),),
        *(_people(content, patrol)),
    )
    return [KeyValues(head), *_opening(content, patrol), *_found(content), _signatures(paper.inspection, patrol)]


def _people(content: dict[str, Any], patrol: bool) -> tuple[tuple[tuple[str, str], ...], ...]:
    if patrol:
        return ((("巡查人员", "、".join(f"{m['name']}（{m['unit']}）" for m in content["team"])),),)
    named = tuple((("执法人员", m["name"]), ("执法证号", m["number"])) for m in content["team"])
    return ((("执法机关", content["organ"]),), *named)


def _opening(content: dict[str, Any], patrol: bool) -> list[Block]:
    if patrol:
        return [Paragraph("本次为安全巡查（服务指导），不作为行政检查，不出具执法文书。")]
    names = "；".join(f"{m['name']}，{m['number']}" for m in content["team"])
    told = f"我们是{content['organ']}执法人员，已出示执法证件（{names}）。现依法对你单位进行现场检查，请予以配合。"
    return [Paragraph(told, align="left")]


def _found(content: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(f"检查情况：共检查{content['items']}项，不合格{content['bad']}项。{content['summary']}")
    ]
    if content["findings"]:
        blocks += [Paragraph("发现下列问题："), NumberedList(tuple(f"{text}。" for text in content["findings"]))]
    else:
        blocks.append(Paragraph("未发现安全隐患。"))
    return blocks


def _order(paper: InspectionPaper, content: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(f"{content['unit']['name']}：", indent=False),
        Paragraph(f"经查，你单位存在下列问题（{_day_text(content['started'])}检查）："),
        NumberedList(tuple(f"{problem['text']}。" for problem in content["problems"])),
    ]
    major = [str(n) for n, problem in enumerate(content["problems"], 1) if problem["major"]]
    if major:
        blocks.append(Paragraph(f"其中第{'、'.join(major)}项属重大事故隐患。"))
    by_day: dict[str, list[str]] = {}
    for n, problem in enumerate(content["problems"], 1):
        by_day.setdefault(problem["deadline"], []).append(str(n))
    told = "；".join(
        f"对第{'、'.join(items)}项于{_date(day)}前整改完毕" for day, items in sorted(by_day.items()) if day
    )
    blocks.append(Paragraph(f"现责令你单位{told}，达到有关法律法规规章和标准规定的要求。"))
    if content.get("demand"):
        blocks.append(Paragraph(content["demand"]))
    if paper.recheck_on:
        blocks.append(Paragraph(f"我单位拟于{cn_date(paper.recheck_on)}进行复查。"))
    return [*blocks, Paragraph(DUTY), Paragraph(remedy(_settings(content), "指令")), *_closing(content)]


def _decision(paper: InspectionPaper, content: dict[str, Any]) -> list[Block]:
    problems = tuple(f"{problem['text']}。" for problem in content["problems"])
    return [
        Paragraph(f"{content['unit']['name']}：", indent=False),
        Paragraph(f"本机关于{_day_text(content['started'])}现场检查时，发现你单位有下列违法违规行为和事故隐患："),
        NumberedList(problems),
        Paragraph(f"以上存在的问题无法保证安全生产，依据{content.get('basis') or '—'}的规定，现作出如下现场处理决定："),
        NumberedList(tuple(_lines(content.get("decisions", "")))),
        *(
            [Paragraph(f"上述措施执行至{cn_date(paper.deadline)}，整改完成并经复查合格后解除。")]
            if paper.deadline
            else []
        ),
        Paragraph(remedy(_settings(content), "决定")),
        *_closing(content),
    ]


def _review(paper: InspectionPaper, content: dict[str, Any]) -> list[Block]:
    original = content["original"]
    passed = all(item["outcome"] != "不合格" for item in content["reviews"])
    told = tuple(
        f"{item['text']}：复查{item['outcome']}{'，' + item['note'].rstrip('。') if item['note'] else ''}。"
        for item in content["reviews"]
    )
    conclusion = "上述问题已整改完毕。" if passed else "上述复查不合格的问题，责令继续整改，并依法处理。"
    issued = _day_text(original.get("issued", ""))
    made = f"{original.get('kind', '')}（{original.get('number', '')}）"
    return [
        Paragraph(f"{content['unit']['name']}：", indent=False),
        Paragraph(f"本机关于{issued}作出{made}{_demanded(original)}。经对你单位整改情况进行复查，提出如下意见："),
        NumberedList(told),
        Paragraph(content.get("opinion") or conclusion),
        *_closing(content),
    ]


def _demanded(original: dict[str, Any]) -> str:
    """What the paper before the 复查 demanded, as a clause; a decision by its own words, an order by its problems."""
    if original.get("decisions"):
        return f"，决定：{'；'.join(line.rstrip('。') for line in _lines(original['decisions']))}"
    if not original.get("problems"):
        return ""
    days = f"于{_date(original['last_day'])}前" if original.get("last_day") else ""
    return f"，责令你单位{days}对所列{original['problems']}项问题整改完毕"


def _closing(content: dict[str, Any]) -> list[Block]:
    officers = tuple((("执法人员", m["name"]), ("执法证号", m["number"])) for m in content["team"][:2])
    # Signed by hand when it is handed over: what was signed on the record is not a signature under this paper.
    site = Signing("被检查单位负责人（签名）")
    return [KeyValues(officers), SignatureArea((site,))]


def _signatures(visit: Inspection, patrol: bool) -> SignatureArea:
    inspector = "巡查人员（签名）" if patrol else "检查人员（签名）"
    marks = [*_marks(visit, Party.INSPECTOR, inspector), *_marks(visit, Party.SITE), *_marks(visit, Party.WITNESS)]
    return SignatureArea(tuple(marks))


_LABELS = {Party.INSPECTOR: "检查人员（签名）", Party.SITE: "现场负责人（签名）", Party.WITNESS: "见证人（签名）"}


def _marks(visit: Inspection, party: str, label: str = "") -> list[Signing]:
    found = visit.signatures.filter(party=party).select_related("picture").order_by("pk")
    return [_mark(mark, label or _LABELS[Party(party)]) for mark in found]


def _mark(mark: Signature, label: str) -> Signing:
    day = cn_date(mark.signed_at)
    if mark.is_refused:
        return Signing(label, f"拒绝签名：{mark.refusal_reason}", None, day)
    if mark.picture is None:
        return Signing(label, f"{mark.name}（{mark.typed_reason}）", None, day)
    return Signing(label, mark.name, files.original(mark.picture.blob_id).read_bytes(), day)


def _settings(content: dict[str, Any]) -> Any:
    from inspections.models import InspectionSettings

    return InspectionSettings(organ=content["organ"], reconsideration_body=content["body"], court=content["court"])


def _lines(text: str) -> list[str]:
    return [line.strip().rstrip("。；;") + "。" for line in text.splitlines() if line.strip()]


def _moment(text: str) -> str:
    return str(cn_datetime(datetime.fromisoformat(text))) if text else "—"


def _day_text(text: str) -> str:
    return str(cn_date(datetime.fromisoformat(text))) if text else "—"


def _date(text: str) -> str:
    return str(cn_date(date.fromisoformat(text)))


def _day(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment else None


def _join(*parts: str) -> str:
    return "　".join(part for part in parts if part) or "—"


_BLOCKS = {
    Kind.RECORD: _record,
    Kind.PATROL: _record,
    Kind.ORDER: _order,
    Kind.DECISION: _decision,
    Kind.REVIEW: _review,
}
