"""The verbs of letters: draft, sign, sign for, answer, judge the answer, void."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from common import clock
from common.errors import Forbidden, NotInScope, Refused
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule, require
from common.limits import limit
from common.wording import cn_date
from hazards.transitions import separation
from messaging.transitions import notify_about
from supervision import archive, frozen, papers, reasons
from supervision.models import Letter, LetterAnswer, LetterEvent
from supervision.models.letters import LetterState as S
from supervision.transitions.access import EDIT_LETTER, check_decider, may_letter
from supervision.transitions.offices import letter_numbers
from units import queries
from units.models import Unit
from units.roles import Right, Role, scope_of

Values = Mapping[str, Any]
TYPED = ("title", "matter", "basis", "demand", "due_at")  # what a person writes into a letter
ABOUT = ("hazard", "source")  # what a letter is about, and the one it follows
BY_HAND = (Letter.Kind.ASSIGN, Letter.Kind.HINT, Letter.Kind.URGE, Letter.Kind.INSTRUCTION)


def _check_text(letter: Letter, actor: Any, values: Values) -> None:
    """Title, matter and demand are filled in; a deadline lies ahead."""
    require(values, title="标题", matter="事由", demand="要求")
    due = values.get("due_at")
    if due is not None and due <= clock.now():
        raise Refused("回复期限必须晚于当前时间。", {"due_at": "回复期限必须晚于当前时间。"})


def _edit(letter: Letter, actor: Any, values: Values) -> dict[str, Any]:
    for name in TYPED:
        if name in values:
            setattr(letter, name, values[name])
    return {"title": letter.title}


def _check_signer(letter: Letter, actor: Any, values: Values) -> None:
    """Nobody signs what they drafted; a leader's own 批示 is an instruction, not a draft."""
    check_decider(letter, actor)
    if letter.drafted_by_id == actor.pk and letter.kind != Letter.Kind.INSTRUCTION:
        raise Forbidden("起草人不能签发自己起草的函件，请由其他负责人签发。")
    if letter.due_at is not None and letter.due_at <= clock.now():
        raise Refused("回复期限已过，请先修改回复期限再签发。", {"due_at": "回复期限已过。"})


def _sign(letter: Letter, actor: Any, values: Values) -> dict[str, Any]:
    letter.number = letter.number or letter_numbers(letter.office, letter.kind, 1)[0]
    letter.signed_by, letter.signed_at = actor, clock.now()
    letter.frozen = frozen.facts_of(letter)
    return {"number": letter.number, "note": f"文号{letter.number}"}


def _receive(letter: Letter, actor: Any, values: Values) -> dict[str, Any]:
    letter.received_by, letter.received_at = actor, clock.now()
    if letter.due_at is None:
        letter.done_at = clock.now()
    return {}


def _after_receipt(letter: Letter, values: Values) -> str:
    return S.RECEIVED if letter.due_at else S.DONE


def _check_answer(letter: Letter, actor: Any, values: Values) -> None:
    """A text, to a letter that wants an answer; only files of one's own."""
    require(values, text="回复内容")
    if letter.due_at is None:
        raise Refused("该函件只须签收，不要求回复。")
    if any(file.uploaded_by_id != actor.pk for file in values.get("files") or ()):
        raise Forbidden("只能使用本人上传的文件。")


def _answer(letter: Letter, actor: Any, values: Values) -> dict[str, Any]:
    if letter.received_at is None:
        letter.received_by, letter.received_at = actor, clock.now()
    answer = LetterAnswer.objects.create(letter=letter, text=values["text"], answered_by=actor, answered_at=clock.now())
    answer.attachments.set(values.get("files") or ())
    late = letter.due_at is not None and clock.now() > letter.due_at
    return {"answer": answer.pk, "late": late, "note": values["text"]}


def _by_link(values: Values) -> str:
    return f"{values['name']}（{values['phone']}）"[:80]


def _receive_by_link(letter: Letter, actor: Any, values: Values) -> dict[str, Any]:
    letter.received_as = _by_link(values)
    _receive(letter, None, values)
    return {"note": f"{letter.received_as}经一次性链接签收"}


def _answer_by_link(letter: Letter, actor: Any, values: Values) -> dict[str, Any]:
    now = clock.now()
    if letter.received_at is None:
        letter.received_as, letter.received_at = _by_link(values), now
    answer = LetterAnswer.objects.create(
        letter=letter, text=values["text"], answered_as=_by_link(values), answered_at=now
    )
    answer.attachments.set(values.get("files") or ())
    late = letter.due_at is not None and now > letter.due_at
    return {"answer": answer.pk, "late": late, "note": f"{answer.answered_as}：{values['text']}"}


def _judge(letter: Letter, actor: Any, outcome: str, opinion: str) -> LetterAnswer:
    answer = letter.answers.get(outcome=LetterAnswer.Outcome.PENDING)
    separation.decider(actor, answer.answered_by_id)
    answer.outcome, answer.opinion, answer.decided_by, answer.decided_at = outcome, opinion, actor, clock.now()
    answer.save(update_fields=["outcome", "opinion", "decided_by", "decided_at"])
    return answer


def _accept(letter: Letter, actor: Any, values: Values) -> dict[str, Any]:
    answer = _judge(letter, actor, LetterAnswer.Outcome.ACCEPTED, values.get("opinion") or "")
    letter.done_at = clock.now()
    return {"answer": answer.pk, "note": answer.opinion or "同意办结"}


def _check_return(letter: Letter, actor: Any, values: Values) -> None:
    """A reason; a new deadline lies ahead."""
    require(values, reason="退回理由")
    _check_new_due(values)


def _check_new_due(values: Values) -> None:
    due = values.get("due_at")
    if due is not None and due <= clock.now():
        raise Refused("新的回复期限必须晚于当前时间。", {"due_at": "新的回复期限必须晚于当前时间。"})


def _return(letter: Letter, actor: Any, values: Values) -> dict[str, Any]:
    answer = _judge(letter, actor, LetterAnswer.Outcome.RETURNED, values["reason"])
    letter.due_at = values.get("due_at") or limit("letter.reply", letter.area_path).after(clock.now())
    return {"answer": answer.pk, "due": letter.due_at.isoformat(), "note": values["reason"]}


def _check_reason(letter: Letter, actor: Any, values: Values) -> None:
    """Voiding needs a reason."""
    require(values, reason="作废原因")


def _void(letter: Letter, actor: Any, values: Values) -> dict[str, Any]:
    letter.void_reason = values["reason"][:200]
    return {"note": values["reason"]}


RULES: dict[str, Rule] = {
    "edit": Rule(
        "修改", (S.DRAFT,), None, EDIT_LETTER, "修改后仍须负责人签发。",
        guard=_check_text, apply=_edit, form="edit", tone="secondary",
    ),
    "send": Rule(
        "签发", (S.DRAFT,), S.SENT, Right.SIGN_LETTER, "编号后立即送达主送和抄送单位。",
        guard=_check_signer, apply=_sign, tone="success",
    ),
    "receive": Rule(
        "签收", (S.SENT,), _after_receipt, Right.ANSWER_LETTER, "记录签收人和签收时间；不要求回复的函件即办结。",
        apply=_receive, tone="success",
    ),
    "answer": Rule(
        "回复", (S.SENT, S.RECEIVED), S.ANSWERED, Right.ANSWER_LETTER, "提交后由发函单位审核。",
        guard=_check_answer, apply=_answer, form="answer",
    ),
    "receive_by_link": Rule(
        "经链接签收", (S.SENT,), _after_receipt, Right.ANSWER_LETTER, "没有账号的单位凭一次性链接签收。",
        apply=_receive_by_link, system=True,
    ),
    "answer_by_link": Rule(
        "经链接回复", (S.SENT, S.RECEIVED), S.ANSWERED, Right.ANSWER_LETTER, "没有账号的单位凭一次性链接回复。",
        apply=_answer_by_link, system=True,
    ),
    "accept": Rule(
        "认可回复并办结", (S.ANSWERED,), S.DONE, EDIT_LETTER, "回复符合要求，函件办结。",
        apply=_accept, form="opinion", tone="success",
    ),
    "return_answer": Rule(
        "退回补充", (S.ANSWERED,), S.RECEIVED, EDIT_LETTER, "说明不足之处，收函单位须再次回复。",
        guard=_check_return, apply=_return, form="return_answer", tone="secondary",
    ),
    "void": Rule(
        "作废", (S.DRAFT, S.SENT, S.RECEIVED), S.VOID, Right.SIGN_LETTER, "作废后文号保留，不再使用。",
        guard=_check_reason, apply=_void, form="reason", tone="danger",
    ),
}  # fmt: skip


def _tell(letter: Letter, actor: Any, action: str) -> None:
    people, what = _audience(letter, action)
    if not people:
        return
    due = f"，请于{cn_date(letter.due_at)}前回复" if letter.due_at and action == "send" else ""
    notify_about(
        letter,
        people,
        actor=actor,
        event=letter.version,
        kind="supervision.letter",
        title=f"{what}：{letter}",
        body=f"{letter.matter}\n{letter.demand}{due}。",
        why=f"{what}，您是{_READERS[action]}人员；{reasons.of_letter(letter)}"[: reasons.MOST],
        urgent=action == "send",
    )


_READERS = {
    "send": "主送或抄送单位", "return_answer": "收函单位", "accept": "收函单位", "answer": "发函单位",
    "answer_by_link": "发函单位",
}  # fmt: skip


def _audience(letter: Letter, action: str) -> tuple[list[Any], str]:
    """Who learns of an action: the receivers of what was sent or returned, the sender of what came back."""
    if action in ("send", "return_answer", "accept"):
        people = list(queries.people_of_unit(letter.to_unit_id))
        if action == "send":
            copied = letter.copies.values_list("pk", flat=True)
            people += [person for unit in copied for person in queries.people_of_unit(unit)]
        return people, {"send": "收到函件", "return_answer": "回复被退回", "accept": "回复已认可"}[action]
    if action in ("answer", "answer_by_link"):
        drafter = [letter.drafted_by] if letter.drafted_by else []
        return [*queries.office_people(letter.area_path), *drafter], "函件已回复，待审核"
    return [], ""


def _archive(letter: Letter, actor: Any, action: str) -> None:
    """A signed letter is kept word for word; forms go on being filled in and are printed as they stand."""
    if action == "send" and letter.kind not in papers.FORM_KINDS:
        archive.keep("letter", letter, papers.letter_paper(letter))


LIFECYCLE = Lifecycle(
    model=Letter,
    rules=RULES,
    may=may_letter,
    write_event=writer(LetterEvent, RULES),
    on_change=(_archive, _tell),
)
perform = LIFECYCLE.perform
allowed_actions = LIFECYCLE.allowed


def draft(
    actor: Any, *, kind: str, to_unit: Unit, copies: Iterable[Unit] = (), once: Any = None, **text: Any
) -> Letter:
    """A letter written by hand, waiting for signature; a leader's 批示 goes out at once.

    `text` are the fields of `TYPED` and `ABOUT`. `once` is the form's identifier: sent twice it gives the same letter.
    Raises `Forbidden`, `NotInScope`, `Refused`; TypeError for a field that is neither.
    """
    if unknown := set(text) - {*TYPED, *ABOUT}:
        raise TypeError(f"a letter has no {unknown}")
    _check_drafter(actor, kind, to_unit)
    letter = Letter(kind=kind, to_unit=to_unit, area_path=to_unit.area_path, once=once)
    _check_text(letter, actor, text)
    with transaction.atomic():
        sent = Letter.objects.filter(once=once, drafted_by=actor).first() if once else None
        if sent:
            return sent
        for name in (*TYPED, *ABOUT):
            setattr(letter, name, text.get(name) or getattr(letter, name))
        letter.office = _issuer(actor, to_unit)
        letter.drafted_by, letter.drafted_unit_id, letter.drafted_at = actor, actor.hat.unit_id, clock.now()
        letter.save()
        letter.copies.set(copies)
        new_event(LetterEvent, letter, "draft", "起草", actor=actor, at=letter.drafted_at, target=S.DRAFT).save()
        if kind == Letter.Kind.INSTRUCTION:
            letter = perform("send", letter.pk, actor)
    return letter


def _issuer(actor: Any, to_unit: Unit) -> Unit:
    """The office the letter goes out from: the drafter's own, where they work in one; else the receiver's."""
    own: Unit = actor.hat.unit
    return own if own.kind == Unit.Kind.OFFICE else Unit.objects.office_of(to_unit.area_path)


def _check_drafter(actor: Any, kind: str, to_unit: Unit) -> None:
    role = getattr(actor, "role", "")
    instructs = kind == Letter.Kind.INSTRUCTION
    if instructs != (role == Role.LEADER) or kind not in BY_HAND:
        raise Forbidden("批示由街道领导作出；其他函件由安委办或部门起草。")
    right = Right.SIGN_LETTER if instructs else Right.DRAFT_LETTER
    if scope_of(role, right) is None:
        raise Forbidden
    if not Unit.objects.for_user(actor).filter(pk=to_unit.pk).exists():
        raise NotInScope("收函单位不在您的管辖范围内。")
