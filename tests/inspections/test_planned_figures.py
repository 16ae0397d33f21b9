"""Every number of plan, coverage and calendar opens exactly the records it counts; lists of named enterprises; 20/50/100 %."""

from __future__ import annotations

import pytest
from django.urls import reverse

from common import clock
from inspections.models.plans import PlannedVisit
from inspections.queries import plans as reads
from inspections.transitions import plans
from tests.inspections.planning import built, firms, planned
from tests.inspections.test_plans import NEXT, visit
from units.models import Enterprise, Sector


def approved(cast, plan):
    plans.perform("submit", plan.pk, cast.fresh("officer"))
    return plans.perform("approve", plan.pk, cast.fresh("head"))


def this_month(cast):
    """An approved plan of the year with everything in the present month."""
    plan = built(cast, year=clock.today().year)
    PlannedVisit.objects.filter(plan=plan).update(month=clock.today().month)
    return approved(cast, plan)


def rows(client, address):
    return client.get(address).context["ledger"].rows


def test_the_calendars_numbers_open_the_visits_they_count(as_, cast):
    plan, client = this_month(cast), as_("officer")
    built(cast)  # next year's, still drafted, counts nowhere
    visit(cast)
    page = client.get(reverse("plan-calendar"))
    assert (page.context["planned"], page.context["unvisited"]) == (plan.visits.count(), plan.visits.count() - 1)
    assert len(rows(client, page.context["visits_url"])) == page.context["planned"]
    assert len(rows(client, page.context["visits_url"] + "&done=false")) == page.context["unvisited"]


def test_a_months_plan_stands_in_for_the_years(cast):
    yearly = this_month(cast)
    today = clock.today()
    approved(cast, monthly := built(cast, year=today.year, month=today.month))
    assert set(PlannedVisit.objects.in_force().values_list("plan", flat=True)) == {monthly.pk}
    plans.perform("void", monthly.pk, cast.fresh("head"), reason="重编")
    assert set(PlannedVisit.objects.in_force().values_list("plan", flat=True)) == {yearly.pk}


def test_a_recheck_is_no_visit_of_its_own(cast):
    plan = this_month(cast)
    visit(cast, mode="recheck")
    assert not plan.visits.with_done().filter(is_done=True).exists()


def test_the_planned_number_of_a_matter_opens_its_visits_alone(as_, cast):
    plan, client = built(cast), as_("officer")
    page = client.get(plan.get_absolute_url())
    for row in page.context["coverage"]:
        assert len(rows(client, f"{page.context['visits_url']}&matter={row.matter.pk}")) == row.planned


def test_coverage_tells_the_target_and_its_figures_open_their_lists(as_, cast):
    firms(cast, 3, sector=Sector.objects.get(code="TJJ"), department=cast.units["department"])
    plan, client = built(cast, year=clock.today().year), as_("officer")
    visit(cast)
    matter = plan.matters.get(sector__code="TJJ")
    address = reverse("plan-covered", args=[plan.pk, matter.pk])
    figures = {figure.label: figure for figure in client.get(address).context["ledger"].figures}
    assert {label: figure.value for label, figure in figures.items()} == {"对象": 4, "已检查": 1, "未检查": 3}
    assert (figures["对象"].note, figures["已检查"].note) == ("抽查比例目标100%", "覆盖率25.0%")
    for figure in figures.values():
        assert len(rows(client, address + figure.url)) == figure.value


@pytest.mark.parametrize(("target", "wanted"), [(20, 2), (50, 4), (100, 7)])
def test_users_of_special_equipment_are_sampled_by_their_share(cast, target, wanted):
    firms(cast, 7, has_special_equipment=True)
    plan = planned(cast)
    matter = plan.matters.get(flag="has_special_equipment")
    assert matter.target == 20
    plan.matters.filter(pk=matter.pk).update(target=target)
    plans.perform("build", plan.pk, cast.fresh("officer"))
    row = next(row for row in reads.coverage(plan) if row.matter == matter)
    assert (row.total, row.wanted, matter.visits.values("unit").distinct().count()) == (7, wanted, wanted)


def typed(plan, **fields):
    return {"matter": "重点监督检查单位抽查", "basis": "任务15", "target": "50", "mode": "daily", "body": plan.owner_id,
            **fields}  # fmt: skip


def test_a_matter_may_name_its_enterprises(as_, cast):
    plan, client = planned(cast), as_("officer")
    address = reverse("plan-matter-new", args=[plan.pk])
    assert client.post(address, typed(plan, named="甲街道食品厂\n\n甲街道机械厂\n")).status_code == 302
    matter = plan.matters.get(matter="重点监督检查单位抽查")
    row = next(row for row in reads.coverage(plan) if row.matter == matter)
    assert (row.total, row.wanted) == (2, 1)
    page = client.get(reverse("plan-matter", args=[plan.pk, matter.pk])).content.decode()
    assert "甲街道机械厂\n甲街道食品厂" in page


def test_an_unknown_or_closed_enterprise_is_told_by_its_line_and_the_list_is_kept(as_, cast):
    plan = planned(cast)
    Enterprise.objects.filter(unit=cast.units["neighbour"]).update(state="closed")
    answer = as_("officer").post(
        reverse("plan-matter-new", args=[plan.pk]), typed(plan, named="甲街道食品厂\n无此企业\n甲街道机械厂")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第2行“无此企业”没有找到；第3行“甲街道机械厂”不在计划范围内或不在营" in page
    assert "甲街道食品厂\n无此企业" in page


def test_a_months_plan_takes_the_named_enterprises_over(cast):
    yearly = planned(cast, year=NEXT)
    plans.save_matter(
        cast.fresh("officer"), yearly.pk, None, matter="名单", basis="任务15", sector=None, flag="", target=100,
        content="", mode="daily", schedule="", body=yearly.owner, is_joint=False, remark="",
        named=[cast.units["neighbour"].pk],
    )  # fmt: skip
    plans.perform("build", yearly.pk, cast.fresh("officer"))
    approved(cast, yearly)
    monthly = planned(cast, year=NEXT, month=3)
    assert list(monthly.matters.get(matter="名单").named.all()) == [cast.units["neighbour"]]
