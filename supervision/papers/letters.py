"""Letters on paper: 函 in letter layout, 交办单、提示单、批示 as a form."""

from __future__ import annotations

from datetime import datetime

from common.papers import KeyValues, Layout, Paper, Paragraph
from common.wording import cn_date, cn_datetime
from supervision.frozen import facts_of
from supervision.models import Letter
from supervision.paper_text import day, sentence

FORM_KINDS = (Letter.Kind.ASSIGN, Letter.Kind.HINT, Letter.Kind.INSTRUCTION)
ONE_LINE = 18  # characters of a title that fit a line of the letter layout
SOURCES = {
    Letter.Kind.ASSIGN: "安委办交办",
    Letter.Kind.HINT: "安委办提示",
    Letter.Kind.INSTRUCTION: "街道领导批示",
}


def letter_paper(letter: Letter) -> Paper:
    """The letter on paper; one that is not stored yet (a draft to look at) has no copies."""
    return _form(letter) if letter.kind in FORM_KINDS else _letter(letter)


def _letter(letter: Letter) -> Paper:
    facts = facts_of(letter)
    told = [Paragraph(line) for line in letter.matter.splitlines() if line.strip()]
    if facts["before"]:
        number, title, sent_at = facts["before"]
        before = f"此前已于{cn_date(datetime.fromisoformat(sent_at))}以{number}《{title}》函告你单位"
        told.append(Paragraph(f"{before}，至今未办结。"))
    if letter.why:
        told.append(Paragraph(f"发函缘由：{sentence(_ground(letter))}"))
    if letter.basis:
        told.append(Paragraph(f"依据：{sentence(letter.basis)}"))
    return Paper(
        layout=Layout.LETTER,
        issuer=facts["issuer"],
        number=letter.number or "",
        title=_broken(letter.title, facts["to"]),
        addressee=facts["to"],
        blocks=(*told, Paragraph(f"{sentence(letter.demand)}特此函告。")),
        signature=facts["issuer"],
        signed_on=day(letter.signed_at),
        note=f"联系电话：{facts['phone']}" if facts["phone"] else "",
        copies_to="，".join(facts["copies"]),
    )


def _ground(letter: Letter) -> str:
    """The rule behind the letter; what the ladder's engine wrote without the standing, which the paragraphs before have said."""
    if letter.key and letter.key.startswith("unit:"):
        return "".join(letter.why.partition("规则：")[:2]).rstrip("：")
    rule = letter.why.partition("；依据")[2]
    return f"依据{rule.partition('，应于')[0]}" if letter.key and rule else letter.why


def _broken(title: str, unit: str) -> str:
    """A title of two lines breaks behind the unit's name, never within it."""
    head, name, tail = title.partition(unit)
    return f"{head}{name}\n{tail}" if name and tail and len(title) > ONE_LINE else title


def _signer(letter: Letter) -> str:
    """Who signed; what the system sent by itself says so."""
    return letter.signed_by.name if letter.signed_by else "系统自动签发" if letter.signed_at else ""


def _form(letter: Letter) -> Paper:
    facts = facts_of(letter)
    answers = "\n".join(f"{cn_date(answer.answered_at)} {answer.text}" for answer in letter.answers.all())
    rows = (
        (("来源", SOURCES[Letter.Kind(letter.kind)]), ("签发人", _signer(letter))),
        (("事项", letter.title),),
        (("承办单位", facts["to"]),),
        (("协办单位", "、".join(facts["copies"]) or "无"),),
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
        issuer=facts["issuer"],
        number=letter.number or "",
        title=f"安全生产工作{letter.get_kind_display()}",
        blocks=(KeyValues(rows),),
    )
