"""Which forms a proposal may take when it is decided, and which paper that signs."""

from __future__ import annotations

from supervision.models import Measure
from supervision.transitions import summons
from supervision.transitions.offices import profile_of
from units.models import Unit

Kind, Form = Measure.Kind, Measure.Form
FORMS_OF = {
    Kind.TALK: (Form.TALK,),
    Kind.RAISE: (Form.RAISE,),
    Kind.PUBLISH: (
        Form.EXPOSE, Form.TRANSFER, Form.ACCOUNT, Form.CRITICISE, Form.YELLOW, Form.REVIEW, Form.WARN, Form.STOP,
        Form.ORDER_STOP, Form.CANCEL,
    ),
    Kind.UNIT: (
        Form.CRITICISE, Form.TALK, Form.WARN, Form.YELLOW, Form.REVIEW, Form.EXPOSE, Form.ACCOUNT, Form.CANCEL,
    ),
}  # fmt: skip


def open_forms(measure: Measure) -> tuple[Measure.Form, ...]:
    """The forms a decision may take here: 责令停产停业 only where the street has taken over the power to punish."""
    found = FORMS_OF[Kind(measure.kind)]
    if Form.ORDER_STOP in found and not profile_of(Unit.objects.office_of(measure.area_path)).has_penalty_power:
        return tuple(form for form in found if form != Form.ORDER_STOP)
    return found


def paper_of(measure: Measure) -> str:
    """Which paper the decision may sign: the 约谈通知, or the 移送函 of what goes to another body; "" for 提级."""
    return {Kind.RAISE: "", Kind.PUBLISH: "transfer"}.get(Kind(measure.kind), summons.KIND)
