"""A visit begins from the code at the entrance, from the map or from the list, with a signal and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import STORY
from tests.browser.acts import starting
from tests.browser.acts import visits as act
from tests.browser.given import FIRM
from tests.browser.people import PHONE, People
from tests.browser.site import serve

pytestmark = STORY


@pytest.fixture
def inspector(chromium, street, tmp_path):
    """Somebody of the office with a phone that took its papers along."""
    with serve() as site:
        people = People(chromium, site, PHONE, tmp_path)
        person = people.signed_in("office")
        act.opens_the_app(person)
        yield person
        people.leave()


def test_without_signal_a_photo_of_the_code_a_typed_number_and_the_map_begin_a_visit(inspector, street, tmp_path):
    firm, page = street.units[FIRM], inspector.page
    act.loses_the_signal(inspector)
    page.get_by_role("link", name="扫码开始").click()
    inspector.look("scan")
    page.locator("#scan-photo").set_input_files(starting.picture_of_code(tmp_path, inspector.people.site, firm))
    starting.is_asked_to_begin_at(inspector, firm)
    starting.goes_home(inspector)
    page.get_by_role("link", name="扫码开始").click()
    page.get_by_label("企业编号或信用代码").fill("999999")
    page.get_by_role("button", name="按编号开始").click()
    expect(page.get_by_role("alert")).to_contain_text("不是离线资料中的企业")
    page.get_by_label("企业编号或信用代码").fill(str(firm.pk))
    page.get_by_role("button", name="按编号开始").click()
    starting.is_asked_to_begin_at(inspector, firm)
    starting.goes_home(inspector)
    page.get_by_role("link", name="按地图开始").click()
    expect(page.locator("#nearby a")).to_have_count(10)
    inspector.look("map")


def test_the_map_lists_what_lies_around_its_middle_and_a_tap_on_a_point_begins(inspector, street):
    firm, page = street.units[FIRM], inspector.page
    inspector.context.grant_permissions(["geolocation"])
    place = {"latitude": float(firm.enterprise.latitude), "longitude": float(firm.enterprise.longitude)}
    inspector.context.set_geolocation(place)
    page.get_by_role("link", name="按地图开始").click()
    page.get_by_role("button", name="到我的位置").click()
    expect(page.locator("#nearby a").first).to_contain_text(firm.name)
    box = page.locator("#place-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator("#picked a").click()
    expect(page.get_by_role("button", name="开始", exact=True)).to_be_visible()


def test_the_camera_of_the_phone_leads_through_the_sign_in_straight_to_the_visit(inspector, street):
    firm = street.units[FIRM]
    colleague = inspector.people.guest("office").sign_in(starting.address_of(firm))
    starting.is_asked_to_begin_at(colleague, firm)


def test_the_camera_reads_the_code_without_any_signal_and_is_switched_off(with_camera, street, tmp_path):
    firm = street.units[FIRM]
    with serve() as site:
        people = People(with_camera(starting.film_of_code(tmp_path, firm)), site, PHONE, tmp_path)
        person = people.signed_in("office")
        person.context.grant_permissions(["camera"])
        act.opens_the_app(person)
        act.loses_the_signal(person)
        person.page.get_by_role("link", name="扫码开始").click()
        tracks = person.page.evaluate_handle(starting.TRACKS)
        person.page.get_by_role("button", name="打开摄像头扫码").click()
        starting.is_asked_to_begin_at(person, firm)
        assert tracks.evaluate("(seen) => seen.map((track) => track.readyState)") == ["ended"]
        people.leave()


def test_without_a_camera_the_person_is_told_what_else_to_do(inspector, street):
    firm, page = street.units[FIRM], inspector.page
    page.get_by_role("link", name="扫码开始").click()
    page.get_by_role("button", name="打开摄像头扫码").click()
    expect(page.get_by_role("alert")).to_contain_text("拍一张二维码的照片，或输入编号")
    inspector.look("no-camera")
    page.get_by_label("企业编号或信用代码").fill(str(firm.pk))
    page.get_by_role("button", name="按编号开始").click()
    starting.is_asked_to_begin_at(inspector, firm)
