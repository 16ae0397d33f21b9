"""Acts around a draw."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import expect

from inspections.models.draws import RandomDraw
from reports.demo.world import World
from tests.browser.people import People, Person
from units.models import Membership, Unit, User
from units.roles import Role

SINCE = date(2025, 12, 1)


def five_of_the_office(street: World) -> list[User]:
    """Five inspectors of the safety office, newly appointed where it has fewer."""
    made = []
    for number in range(5):
        user = User(username=f"draw{number}", name=f"抽查员{number}（演示）")
        user.set_unusable_password()
        user.save()
        Membership.objects.create(user=user, unit=street.office, role=Role.OFFICER, starts_on=SINCE)
        made.append(user)
    return made


def declares_conflict(person: Person, name: str, firm: Unit) -> None:
    """Through 回避申报."""
    person.open("/inspections/draws/conflicts/new/")
    option = person.field("检查人员").locator("option", has_text=name)
    person.field("检查人员").select_option(value=option.get_attribute("value"))
    person.fill({"回避企业": firm.name})
    person.choose("事由", "亲属关系")
    person.press("申报", within="main")
    person.sees("已登记回避申报")


def prepares(person: Person, team: list[User], asked: str) -> None:
    """Fills in the form of the draw and sends it."""
    person.fill({"抽查事项": "工贸企业双随机抽查", "抽取企业数": asked, "每组人数": "1"})
    for user in team:
        person.page.locator("main").get_by_label(user.name).check()
    person.press("确定候选名单", within="main")


def presses(person: Person, action: str) -> None:
    """From the record's page to the page of the action, and its button."""
    person.page.locator("main .action-list").get_by_role("link", name=action, exact=True).click()
    person.page.wait_for_load_state()
    person.press(action, within="main")


def publishes(head: Person, draw: RandomDraw) -> None:
    """The head, who neither prepared nor drew."""
    head.open(draw.get_absolute_url())
    presses(head, "公示抽取结果")
    head.sees("已公示")


def anyone_reads(people: People, draw: RandomDraw) -> None:
    """A stranger without an account."""
    context = people.browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{people.site}/inspections/draws/public/")
    page.get_by_role("link", name=draw.title).click()
    for text in ("复算一致", draw.seed, "公示日期"):
        expect(page.get_by_text(text).first).to_be_visible()
    context.close()
