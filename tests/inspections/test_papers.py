"""The five papers: their order, numbers, gates, dates, service, and what they bring about."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest

from common import clock
from common.errors import Forbidden, Refused
from common.papers import render_docx, render_pdf
from hazards import transitions as hazards
from inspections.models import InspectionSettings
from inspections.papers import paper_of, receipt_of
from inspections.transitions import papers, recording, visits
from tests.inspections.visiting import administrative, begun, certify, find, finished, sign_all
from units.models import OfficeProfile

pytestmark = pytest.mark.django_db


@pytest.fixture
def power(cast):
    """The street holds delegated power."""
    OfficeProfile.objects.update(has_penalty_power=True)


@pytest.fixture
def visit(cast, power):
    """A concluded administrative inspection with one 重点 and one 一般 problem."""
    running = administrative(cast)
    find(cast, running, "department", 2, level="general")
    find(cast, running, "department", 3, level="key")
    return finished(cast, running, "department")


def issued(cast, visit, kind, by="department", **values):
    """A paper of the visit, drafted and issued."""
    draft = papers.draft(cast.fresh(by), visit, kind, **values)
    return papers.perform("issue", draft.pk, cast.fresh(by))


def dates(days=7, later=0):
    """Deadline and re-check of an order."""
    deadline = clock.today() + timedelta(days=days)
    return {"deadline": deadline, "recheck_on": deadline + timedelta(days=later)}


def ordered(cast, visit, **more):
    """Record, then order."""
    issued(cast, visit, "record")
    return issued(cast, visit, "order", **(dates() | more))


def text_of(paper):
    """The words of the PDF."""
    document = pypdfium2.PdfDocument(render_pdf(paper))
    return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "").replace(" ", "")


def test_the_record_comes_first(cast, visit):
    with pytest.raises(Refused, match="请先出具现场检查记录"):
        papers.draft(cast.fresh("department"), visit, "order", **dates())


def test_papers_are_numbered_by_kind_and_year(cast, visit):
    InspectionSettings.objects.create(
        office=cast.units["office"], organ="甲街道办事处", number_prefix="甲街应急", reconsideration_body="甲县人民政府", court="甲县人民法院"
    )  # fmt: skip
    year = clock.today().year
    assert issued(cast, visit, "record").number == f"甲街应急检记〔{year}〕1号"
    assert issued(cast, visit, "order", **dates()).number == f"甲街应急责改〔{year}〕1号"


def test_without_delegated_power_no_order_is_issued(cast, visit):
    OfficeProfile.objects.update(has_penalty_power=False)
    issued(cast, visit, "record")
    with pytest.raises(Forbidden, match="未承接行政处罚权"):
        issued(cast, visit, "order", **dates())


def test_a_patrol_has_no_enforcement_paper(cast, power):
    done = finished(cast, begun(cast, "department"), "department")
    with pytest.raises(Refused, match="不出具执法文书"):
        papers.draft(cast.fresh("department"), done, "record")
    assert issued(cast, done, "patrol").number is None


def test_a_grid_worker_drafts_no_enforcement_paper(cast, power):
    done = finished(cast, begun(cast, "grid"), "grid")
    with pytest.raises(Forbidden):
        papers.draft(cast.fresh("grid"), done, "order", **dates())


def test_a_certificate_that_ran_out_since_stops_the_paper(cast, visit):
    certify(cast, "second", days=-1)
    with pytest.raises(Refused, match="到期"):
        issued(cast, visit, "record")


def test_the_deadline_is_not_before_the_check(cast, visit):
    issued(cast, visit, "record")
    with pytest.raises(Refused, match="不能早于检查日期"):
        papers.draft(cast.fresh("department"), visit, "order", **dates(days=-1))


def test_the_recheck_is_not_before_the_deadline(cast, visit):
    issued(cast, visit, "record")
    with pytest.raises(Refused, match="不能早于整改期限"):
        papers.draft(cast.fresh("department"), visit, "order", **dates(later=-1))


def test_the_recheck_comes_within_ten_days_of_the_deadline(cast, visit):
    issued(cast, visit, "record")
    with pytest.raises(Refused, match="整改期限届满后10个自然日内"):
        papers.draft(cast.fresh("department"), visit, "order", **dates(later=11))


def test_an_order_beyond_thirty_days_is_refused(cast, visit):
    issued(cast, visit, "record")
    with pytest.raises(Refused, match="最迟"):
        papers.draft(cast.fresh("department"), visit, "order", **dates(days=31))


def test_an_order_confirms_its_hazards_and_schedules_the_recheck(cast, visit):
    order = ordered(cast, visit)
    states = {row.hazard.state for row in visit.results.filter(outcome="bad").select_related("hazard")}
    assert states == {"rectifying"}
    planned = order.rechecks.get()
    assert (planned.state, planned.mode, planned.planned_on) == ("planned", "recheck", order.recheck_on)
    assert planned.results.filter(hazard__isnull=False).count() == 2


def rechecked(cast, order, photo):
    """The 复查 of an order, concluded: the first problem is put right, the second is not."""
    for row in order.rechecks.get().results.all():
        values = {"measures": "改好", "spent": 0, "photos": [photo("safety")]}
        hazards.perform("submit_rectification", row.hazard_id, cast.fresh("safety"), **values)
    actor, due = cast.fresh("department"), clock.today() + timedelta(days=3)
    running = visits.perform("start", order.rechecks.get().pk, actor)
    first, second = running.results.order_by("pk")
    recording.record(actor, running.uid, uid=first.uid, outcome="ok")
    recording.record(actor, running.uid, uid=second.uid, outcome="bad", note="仍未改", due_on=due)
    sign_all(cast, running, "department")
    return visits.perform("finish", running.pk, actor)


def test_the_recheck_passes_and_fails_the_hazards(cast, visit, photo):
    done = rechecked(cast, ordered(cast, visit, **dates(days=0)), photo)
    states = [row.hazard.state for row in done.results.order_by("pk").select_related("hazard")]
    assert states == ["closed", "rectifying"]
    assert all(done.results.values_list("carried_over", flat=True))


def test_the_recheck_ends_in_its_paper(cast, visit, photo):
    order = ordered(cast, visit, **dates(days=0))
    text = text_of(paper_of(issued(cast, rechecked(cast, order, photo), "review")))
    for words in (order.number, "责令你单位于", "对所列2项问题整改完毕", "复查合格", "复查不合格"):
        assert words in text, words


def test_the_page_of_the_first_visit_shows_the_whole_loop_to_office_and_enterprise(cast, visit, photo, as_):
    order = ordered(cast, visit, **dates(days=0))
    done = rechecked(cast, order, photo)
    review = issued(cast, done, "review")
    for who in ("department", "officer", "safety"):
        page = as_(who).get(visit.get_absolute_url())
        loop, text = page.context["loop"], page.content.decode()
        assert (len(loop["hazards"]), loop["put_right"], loop["accepted"]) == (2, 1, 1), who
        for record in (order, done, review, *loop["hazards"]):
            assert f'href="{record.get_absolute_url()}"' in text, who
        assert "拒绝签名" not in text
    assert as_("department").get(done.get_absolute_url()).context["loop"] is None


def test_a_review_needs_an_order(cast, visit):
    with pytest.raises(Refused, match="须以已出具的"):
        papers.draft(cast.fresh("department"), visit, "review")


def test_service_is_recorded_and_left_papers_say_why(cast, visit):
    record = issued(cast, visit, "record")
    values = {"way": "left", "receiver": "李四", "served_place": "厂区"}
    with pytest.raises(Refused, match="留置送达"):
        papers.perform("serve", record.pk, cast.fresh("department"), **values)
    served = papers.perform(
        "serve", record.pk, cast.fresh("department"), **(values | {"served_note": "拒收，王五见证"})
    )
    text = text_of(receipt_of(served))
    assert "留置送达" in text
    assert record.number in text


def test_a_voided_number_stays_occupied_and_the_recheck_is_cancelled(cast, visit):
    order = ordered(cast, visit)
    papers.perform("void", order.pk, cast.fresh("department"), reason="期限有误")
    assert order.rechecks.get().state == "cancelled"
    again = issued(cast, visit, "order", **dates())
    assert again.number.endswith("2号")


def test_the_order_says_everything_the_form_asks_for(cast, visit):
    order = ordered(cast, visit)
    text = text_of(paper_of(order))
    for words in (
        "责令限期整改指令书",
        order.number,
        "甲街道食品厂",
        "六十日内",
        "六个月内",
        "不停止执行",
        "YN-department",
        "YN-second",
    ):
        assert words in text, words
    assert "上级主管部门" not in text


# Field by field what domain-rules §4 asks of each form; {number}, {prior} are the paper's and the order's numbers.
FIELDS = {
    "record": (
        "现场检查记录 {number} 被检查单位 甲街道食品厂 统一社会信用代码 地址 法定代表人 （负责人） 现场负责人 职务、电话 检查场所 检查时间 至 "
        "执法机关 执法人员 YN-department YN-second 检查情况 检查人员（签名） 现场负责人（签名） 共2页 第2页"
    ),
    "order": (
        "责令限期整改指令书 {number} 甲街道食品厂： 1. 2. 对第1、2项于 前整改完毕 整改期间 六十日内 行政复议 六个月内 行政诉讼 不停止执行 执法人员 "
        "YN-department YN-second 被检查单位负责人（签名） 街道办事处 一式两份 共 页 第1页"
    ),
    "decision": (
        "现场处理措施决定书 {number} 甲街道食品厂： 现场检查时 违法违规行为和事故隐患 1. 2. "
        "依据《安全生产法》第六十五条 停止使用打粉机。 撤出作业人员。 "
        "六十日内 六个月内 执法人员 YN-department YN-second 被检查单位负责人（签名） 街道办事处"
    ),
    "review": (
        "整改复查意见书 {number} 甲街道食品厂： {prior} 责令你单位于 复查合格 复查不合格 "
        "被检查单位负责人（签名） 执法人员 YN-department YN-second 街道办事处"
    ),
    "receipt": "送达回执 受送达人 文书名称 责令限期整改指令书 文号 {prior} 收件人 送达地点 送达时间 送达方式 送达人 备注",
}  # fmt: skip


def the_five(cast, visit, photo):
    """Every paper of one inspection, by name."""
    record = issued(cast, visit, "record")
    decision = issued(
        cast, visit, "decision", basis="《安全生产法》第六十五条", decisions="停止使用打粉机\n撤出作业人员"
    )
    order = issued(cast, visit, "order", **dates(days=0))
    values = {"way": "direct", "receiver": "李四", "served_place": "厂区"}
    order = papers.perform("serve", order.pk, cast.fresh("department"), **values)
    review = issued(cast, rechecked(cast, order, photo), "review")
    made = {"record": record, "decision": decision, "order": order, "review": review}
    return order, {kind: (paper, paper_of(paper)) for kind, paper in made.items()} | {
        "receipt": (order, receipt_of(order))
    }


def test_each_of_the_five_papers_has_every_field_of_its_form(cast, visit, photo):
    order, five = the_five(cast, visit, photo)
    for kind, (paper, form) in five.items():
        text = text_of(form)
        for field in FIELDS[kind].format(number=paper.number, prior=order.number).split():
            assert field in text, f"{kind}: {field}"


def test_a_major_problem_is_named_as_such_in_the_order(cast, power):
    running = administrative(cast)
    find(cast, running, "department", 2, level="major", level_reason="涉爆粉尘")
    find(cast, running, "department", 3, level="general")
    done = finished(cast, running, "department")
    assert "其中第1项属重大事故隐患。" in text_of(paper_of(ordered(cast, done)))


def test_every_paper_renders_as_docx(cast, visit):
    issued(cast, visit, "record")
    decision = issued(
        cast, visit, "decision", basis="《安全生产法》第六十五条", decisions="停止使用打粉机\n撤出作业人员"
    )
    assert render_docx(paper_of(decision))[:2] == b"PK"
    assert "停止使用打粉机" in text_of(paper_of(decision))


def test_what_was_issued_does_not_change_with_the_enterprise(cast, visit):
    record = issued(cast, visit, "record")
    unit = cast.units["firm"]
    unit.name = "改名食品厂"
    unit.save()
    record.refresh_from_db()
    assert "甲街道食品厂" in text_of(paper_of(record))
