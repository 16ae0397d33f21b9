"""Our own scripts in a real browser, under the site's content security policy: nothing sent twice, nothing lost."""

import base64
import os
import re
import shutil
from io import BytesIO

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from PIL import Image
from playwright.sync_api import sync_playwright

from common.charts import Chart, Series
from common.forms import ActionForm, PhotosField, ReasonForm

pytestmark = pytest.mark.browser
HOST = "http://kit.example"
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:"
SHELL = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>试</title>
<link rel="stylesheet" href="/static/css/app.css"><link rel="stylesheet" href="/static/css/parts.css"></head>
<body><div id="flash"></div>{body}{scripts}</body></html>"""


@pytest.fixture(scope="module")
def browser():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield chromium
        chromium.close()


class Site:
    """A site of one page: serves it, its scripts and a picture, and remembers what was posted."""

    def __init__(self, page):
        self.page, self.body, self.scripts, self.posted, self.complaints = page, "", "", [], []
        page.route("**/*", self.serve)
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def serve(self, route):
        path = route.request.url.removeprefix(HOST)
        if path.startswith("/static/"):
            return route.fulfill(path=settings.BASE_DIR / path[1:])
        if route.request.method == "POST":
            self.posted.append(route.request.post_data_buffer)
        html = SHELL.format(body=self.body, scripts=self.scripts)
        return route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": POLICY})

    def open(self, body, *scripts):
        self.body = body
        self.scripts = "".join(f'<script src="/static/{name}" defer></script>' for name in scripts)
        self.page.goto(f"{HOST}/")
        return self.page


@pytest.fixture
def site(browser):
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    site = Site(context.new_page())
    yield site
    assert site.complaints == []
    context.close()


def part(name, **context):
    return render_to_string(f"parts/{name}.html", context, request=RequestFactory().get("/"))


def jpeg(side=64):
    data = BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(data, "JPEG", quality=100)
    return data.getvalue()


def test_a_second_press_is_not_sent(site):
    page = site.open('<form method="post"><button type="submit">送</button></form>', "js/app.js")
    with page.expect_navigation():
        page.evaluate("() => { for (let n = 0; n < 3; n += 1) document.forms[0].requestSubmit(); }")
    assert len(site.posted) == 1


def test_a_menu_closes_on_escape_and_gives_the_focus_back(site):
    page = site.open('<details data-menu open><summary>菜单</summary><a href="/x">项</a></details>', "js/app.js")
    page.focus("a")
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('details').open") is False
    assert page.evaluate("document.activeElement.textContent") == "菜单"


def draft_of(page, key):
    return page.evaluate("key => localStorage.getItem(`qinghuan:draft:${key}`)", key)


def wait_for_draft(page, key):
    """The script saves a moment after the last key; the policy forbids the driver's own waiting in the page."""
    for _ in range(50):
        if draft_of(page, key):
            return
        page.wait_for_timeout(50)
    raise AssertionError("no draft was kept")


def test_a_draft_comes_back_and_goes_once_the_server_has_it(site):
    form = part("form", form=ReasonForm(), draft="h1")
    page = site.open(form, "js/draft.js")
    page.fill("#id_reason", "软管老化")
    wait_for_draft(page, "h1")
    page = site.open(form, "js/draft.js")
    assert page.input_value("#id_reason") == "软管老化"
    assert "已恢复本机草稿" in page.content()
    site.body = '<div class="alert" data-saved>已上报</div>'
    page.click("button[type=submit]")
    page.wait_for_selector("[data-saved]")
    assert draft_of(page, "h1") is None


def test_a_refused_draft_can_be_dropped(site):
    form = part("form", form=ReasonForm(), draft="h2")
    page = site.open(form, "js/draft.js")
    page.fill("#id_reason", "旧的")
    wait_for_draft(page, "h2")
    page = site.open(form, "js/draft.js")
    page.click("text=不用草稿")
    assert page.input_value("#id_reason") == ""


class Upload(ActionForm):
    photos = PhotosField(label="照片", most=3)


def pick(page, *sides):
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(side)} for n, side in enumerate(sides)]
    page.set_input_files("#id_photos", files)
    page.wait_for_selector("form:not([aria-busy])")


def test_photos_are_previewed_added_taken_out_and_limited(site):
    page = site.open(part("form", form=Upload()), "js/photos.js")
    pick(page, 32, 32)
    pick(page, 32, 32)
    assert page.locator(".photo-picker-item img").count() == 3
    assert "多出的 1 张没有加入" in page.content()
    page.click("[aria-label='去掉第 2 张照片']")
    assert page.evaluate("document.querySelector('#id_photos').files.length") == 2


def test_a_large_photo_is_shrunk_before_it_is_sent(site):
    page = site.open(part("form", form=Upload()), "js/photos.js")
    pick(page, 2700)
    size, wide = page.evaluate(
        """async () => { const f = document.querySelector('#id_photos').files[0];
        const b = await createImageBitmap(f); return [f.size, b.width]; }"""
    )
    assert wide == 2560
    assert size < len(jpeg(2700))


def test_the_slider_follows_the_keyboard(site):
    picture = "data:image/jpeg;base64," + base64.b64encode(jpeg()).decode()
    page = site.open(part("compare", before={"url": picture}, after={"url": picture}), "js/compare.js")
    page.focus("input[type=range]")
    page.keyboard.press("End")
    assert page.evaluate("document.querySelector('.compare-stage').style.getPropertyValue('--cut')") == "100%"


def test_a_chart_is_drawn_and_its_table_folds(site):
    chart = Chart("c", "趋势", "stack", ["甲", "乙"], [Series("一般", [1, 2], tone="blue"), Series("重大", [0, 1])])
    page = site.open(part("chart", chart=chart), "vendor/echarts/echarts.min.js", "js/charts.js")
    assert page.locator(".chart-canvas canvas").count() == 1
    assert page.evaluate("document.querySelector('.chart-table').open") is False


def test_picking_rows_enables_the_bulk_buttons(site):
    rows = [{"id": n, "name": f"第{n}条", "cells": []} for n in (1, 2)]
    action = {"label": "催办", "url": "/remind/", "icon": "bell"}
    page = site.open(part("table", rows=rows, columns=[], actions=[action], caption="隐患"), "js/app.js")
    assert page.is_disabled("text=催办") or not page.is_visible("text=催办")
    page.check("[data-bulk-all]")
    assert page.inner_text("[data-bulk-count]") == "已选 2 条"
    page.click("button:has-text('催办')")
    assert re.findall(rb"ids=(\d)", site.posted[0]) == [b"1", b"2"]
