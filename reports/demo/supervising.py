"""What the office did about its listings, letters and measures: two batches, a chain that began with a leader's word, a transfer."""

from __future__ import annotations

from datetime import timedelta

from common import clock
from hazards.models import Hazard
from reports.demo.world import World
from supervision.models import FORCE_STATES, Letter, Listing, Measure
from supervision.transitions import batches, letters, listings, measures

DEPARTMENT = "应急管理综合服务中心"
RECEIVER = "市应急管理局（演示）"


def finish(world: World) -> None:
    """All through the transitions people press."""
    _batches(world)
    _chain(world)
    _hint(world)
    _measures(world)


def _batches(world: World) -> None:
    """The first batch is announced by one notice, the second is being put together."""
    office, head = world.people["office"], world.people["head"]
    running = Listing.objects.filter(state__in=FORCE_STATES, batch=None)
    for kinds, is_issued in ((("key",), True), (("major", "fire"), False)):
        rows = list(running.filter(kind__in=kinds).order_by("pk"))[-4 if is_issued else -1 :]
        if not rows:
            continue
        batch = batches.open_batch(office, rows[0].office)
        for row in rows:
            listings.perform("set_batch", row.pk, office, batch=batch)
        if is_issued:
            batches.perform("issue", batch.pk, head)


def _chain(world: World) -> None:
    """批示 → 交办单 → answered, returned, answered again, accepted: one letter leads to the next."""
    office, head, unit = world.people["office"], world.people["head"], world.units[DEPARTMENT]
    hazard = Hazard.objects.exclude(listed_as="").filter(state="rectifying").order_by("pk").first()
    word = letters.draft(
        world.people["leader"], kind=Letter.Kind.INSTRUCTION, to_unit=unit, title="关于挂账督办隐患整治的批示",
        matter="督办看板显示部分挂账隐患逾期时间较长。", demand="请逐项核实原因，明确完成时间，一周内报告。", hazard=hazard,
        due_at=clock.now() + timedelta(days=7),
    )  # fmt: skip
    person = world.officers_of(unit)[0]
    letters.perform("receive", word.pk, person)
    order = letters.draft(
        office, kind=Letter.Kind.ASSIGN, to_unit=unit, copies=[world.units["消防工作站"]], title="关于核查挂账督办隐患的交办单",
        matter="落实街道领导批示，对挂账督办隐患逐项核查。", basis="街道领导批示", demand="逐项核查未按期完成的原因和完成时间，形成清单回复。",
        hazard=hazard, source=word, due_at=clock.now() + timedelta(days=5),
    )  # fmt: skip
    letters.perform("send", order.pk, head)
    letters.perform("answer", order.pk, person, text="已电话核实，企业正在整改。")
    letters.perform("return_answer", order.pk, office, reason="请到现场核查，并逐项写明完成时间。")
    letters.perform("answer", order.pk, person, text="已到现场核查：主体工程完成，剩余2处本月底前完成，期间专人值守。")
    letters.perform("accept", order.pk, office, opinion="核查到位，继续跟踪。")


def _hint(world: World) -> None:
    """A letter of a department that waits for the head's signature."""
    firm = world.firms[0]
    letters.draft(
        world.people["office2"], kind=Letter.Kind.HINT, to_unit=firm, title="关于做好冬季用火用电安全的提示单",
        matter="进入冬季，用火用电增多。", demand="请组织一次全面自查，及时消除隐患。",
    )  # fmt: skip


def _measures(world: World) -> None:
    """One case goes to the body with the power; a unit loses its title for a year."""
    head, office = world.people["head"], world.people["office"]
    waiting = list(Measure.objects.waiting().filter(kind=Measure.Kind.PUBLISH, hazard__isnull=False).order_by("pk")[:2])
    for measure, form in zip(waiting, (Measure.Form.TRANSFER, Measure.Form.CANCEL), strict=False):
        receiver = {"receiver": RECEIVER} if form == Measure.Form.TRANSFER else {}
        measures.perform("decide", measure.pk, head, form=form, opinion="情况属实，同意。", **receiver)
    if len(waiting) > 1:
        day = clock.today()
        measures.perform(
            "record", waiting[1].pk, office, result="取消该单位年度安全生产评优资格。", document="取消评优决定（演示）",
            follow_up_by=day + timedelta(days=30), expires_at=day + timedelta(days=365),
        )  # fmt: skip
