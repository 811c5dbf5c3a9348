"""From a call to a published plan, a broken beamline, a booked instrument, a statement, and a promise that moves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from kechuang.core import clock
from tests.browser.house import PASSWORD

OTHERS = ["synthetic-scientist-01", "synthetic-scientist-04"]
LET_IN = """
import sys, django
django.setup()
from kechuang.core.models import User
for user in User.objects.filter(username__in=sys.argv[2:]):
    user.set_password(sys.argv[1])
    user.save()
"""
PLANNED, FRESH = 90_000, 20_000
TITLE = f"束线旅程 {clock.now():%m-%d %H:%M:%S}"


def go(page, address: str) -> None:
    answer = page.goto(address)
    assert answer.status < 400, f"{answer.status} {address}"


def confirm(page) -> None:
    page.click("form:has(input[name=confirm]) .acts button")
    page.wait_for_load_state()
    assert page.locator(".error-summary, .errorlist").count() == 0, page.inner_text("main")


def send(page) -> None:
    page.click("form.form .acts button")
    page.wait_for_load_state()
    assert page.locator(".error-summary, .errorlist").count() == 0, page.inner_text("main")


def key_of(page) -> str:
    return re.search(r"/(\d+)/", page.url).group(1)


def monday(weeks: int) -> date:
    today = clock.today()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """What earlier steps of the journey left: keys by name."""
    return {}


@pytest.fixture(scope="module")
def three(browser, house):
    """Pages of three scientists of different organisations; the administrator gave two of them a password."""
    environment = {
        **os.environ,
        "KECHUANG_VAR": str(house.var),
        "DJANGO_SETTINGS_MODULE": "kechuang.site.settings",
    }
    subprocess.run(
        [sys.executable, "-c", LET_IN, PASSWORD, *OTHERS], env=environment, check=True, timeout=300
    )
    pages = []
    for name in ("demo-scientist", *OTHERS):
        context = browser.new_context(base_url=house.url, locale="zh-CN")
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.fill("input[name=login]", name)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "login" not in url)
        pages.append(page)
    yield pages
    for page in pages:
        page.context.close()


def test_a_manager_opens_a_call(visit, made):
    page = visit("manager")
    go(page, "/facilities/cycles/add/")
    today, start = clock.today(), monday(4)
    page.fill("[name=name_zh]", TITLE)
    page.select_option("[name=organiser]", label="怀柔科学城管理委员会")
    page.fill("[name=opens]", f"{today - timedelta(days=1)}T08:00")
    page.fill("[name=closes]", f"{today + timedelta(days=2)}T20:00")
    page.fill("[name=start]", str(start))
    page.fill("[name=end]", str(start + timedelta(days=13)))
    send(page)
    made["cycle"] = key_of(page)
    for place in (1, 2):
        go(page, f"/facilities/cycles/{made['cycle']}/offers/add/")
        page.select_option("[name=resource]", index=place)
        page.fill("[name=hours]", "200")
        page.fill("[name=reserve_percent]", "10")
        send(page)
    go(page, f"/facilities/cycles/{made['cycle']}/form/add/")
    page.fill("[name=key]", "aim")
    page.fill("[name=label_zh]", "科学目标")
    page.check("[name=required]")
    send(page)
    go(page, f"/facilities/cycles/{made['cycle']}/form/publish/")
    confirm(page)
    go(page, f"/facilities/cycles/{made['cycle']}/panels/add/")
    page.fill("[name=name_zh]", "旅程专家组")
    page.check("[name=disciplines][value=physics]")
    page.select_option("[name=chair]", label="demo-reviewer")
    send(page)
    made["panel"] = key_of(page)
    go(page, f"/facilities/cycles/{made['cycle']}/move/open/")
    confirm(page)


def test_three_users_submit(three, made):
    made["proposals"] = []
    for number, page in enumerate(three):
        go(page, f"/facilities/cycles/{made['cycle']}/propose/")
        page.fill("[name=title_zh]", f"课题{number}")
        page.select_option("[name=discipline]", "physics")
        if page.input_value("[name=organisation]") == "":
            page.select_option("[name=organisation]", index=1)
        send(page)
        key = key_of(page)
        page.fill("[name=aim]", "测定相变")
        send(page)
        go(page, f"/facilities/proposals/{key}/time/add/")
        page.locator("[name=facilities]").nth(number % 2).check()
        page.fill("[name=hours]", "48")
        send(page)
        go(page, f"/facilities/proposals/{key}/submit/")
        page.click("form:has(input[name=confirm]) .acts button")
        page.wait_for_load_state()
        if "使用报告应于" in page.inner_text("main"):
            hand_in_what_is_overdue(page)
            go(page, f"/facilities/proposals/{key}/submit/")
            confirm(page)
            made["reported"] = key
        assert "已提交" in page.inner_text("main")
        made["proposals"].append(key)
    assert "reported" in made, "one of the three owed a report"


def hand_in_what_is_overdue(page) -> None:
    go(page, "/facilities/use/")
    page.locator("main a[href$='/report/']").first.click()
    page.wait_for_url(re.compile(r"/report/"))
    page.fill("[name=summary]", "测量完成，数据已归档。")
    send(page)


def test_the_manager_checks_and_the_panel_grades(visit, made):
    page = visit("manager")
    for key in made["proposals"]:
        for kind in ("eligibility", "feasibility", "safety"):
            go(page, f"/facilities/proposals/{key}/check/{kind}/")
            page.check("[name=passed][value=yes]")
            confirm(page)
    chair = visit("reviewer")
    watching = visit("reviewer")
    go(watching, f"/facilities/panels/{made['panel']}/")
    for key, points in zip(made["proposals"], (91, 77, 84), strict=True):
        go(chair, f"/facilities/proposals/{key}/grade/")
        chair.fill("[name=points]", str(points))
        confirm(chair)
    expect(watching.locator("#ranks meter")).to_have_count(3, timeout=FRESH)
    first = watching.locator("#ranks tbody tr").first.inner_text()
    assert "课题0" in first and "91" in first
    for key in made["proposals"]:
        go(chair, f"/facilities/proposals/{key}/decide/recommend/")
        confirm(chair)


def test_the_plan_is_made_proved_and_published(visit, made):
    page = visit("manager")
    go(page, f"/facilities/cycles/{made['cycle']}/move/close/")
    confirm(page)
    go(page, f"/facilities/cycles/{made['cycle']}/plans/make/")
    page.fill("[name=seconds]", "2")
    confirm(page)
    page.wait_for_selector(".kpis", timeout=PLANNED)
    made["plan"] = key_of(page)
    go(page, f"/facilities/time-plans/{made['plan']}/proof/")
    assert page.locator(".s-kept, .notice.success").count()
    go(page, f"/facilities/time-plans/{made['plan']}/publish/")
    confirm(page)
    go(page, f"/facilities/proposals/{made['proposals'][0]}/")
    assert "已获机时" in page.inner_text("main")


def test_a_beamline_breaks_and_the_plan_is_repaired(visit, made):
    page = visit("manager")
    go(page, f"/facilities/time-plans/{made['plan']}/repair/")
    page.select_option("[name=facility]", index=1)
    start = monday(4)
    page.fill("[name=start]", f"{start}T00:00")
    page.fill("[name=end]", f"{start + timedelta(days=3)}T00:00")
    page.fill("[name=reason]", "真空泄漏")
    confirm(page)
    page.wait_for_selector(".kpis", timeout=PLANNED)
    repaired = key_of(page)
    assert repaired != made["plan"] and "真空泄漏" in page.inner_text("main")
    go(page, f"/facilities/time-plans/{repaired}/publish/")
    confirm(page)
    go(page, f"/facilities/time-plans/{made['plan']}/")
    assert "真空泄漏" not in page.inner_text("h1")


def test_somebody_books_on_a_phone(visit, made):
    page = visit("scientist", width=390)
    go(page, "/facilities/booking/")
    page.locator("main tbody a, main .rows a").last.click()
    page.wait_for_url(re.compile(r"/facilities/booking/\d+/"))
    calendar = re.search(r"/facilities/booking/\d+/", page.url).group(0)
    for days in range(1, 12):
        go(page, f"{calendar}?day={clock.today() + timedelta(days=days)}")
        if page.locator(".free-times a").count():
            break
    page.locator(".free-times a").first.click()
    page.wait_for_url(re.compile(r"/book/"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.fill("[name=purpose]", "旅程预约")
    send(page)
    assert page.locator(".week-day.chosen .own").count() > 0
    go(page, "/facilities/booking/mine/?q=旅程预约")
    assert "旅程预约" in page.inner_text("main")


def test_the_statement_of_the_month_is_printed(visit):
    page = visit("officer")
    go(page, "/facilities/statements/issue-month/")
    page.click("form:has(input[name=confirm]) .acts button")
    page.wait_for_url(re.compile(r"/statements/$"))
    page.locator("main tbody a").first.click()
    page.wait_for_url(re.compile(r"/statements/\d+/"))
    for form, mark in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        with page.expect_download() as download:
            page.locator(f"a[href$='/{form}/']").first.evaluate("a => { a.download = ''; a.click() }")
        assert download.value.path().read_bytes().startswith(mark)


def test_a_facility_enters_research_and_the_promise_moves(visit):
    page = visit("manager")
    go(page, "/facilities/cluster/")
    all_, before = _in_research(page)
    go(page, "/facilities/cluster/?stage=trial")
    page.locator("main table tbody tr", has_text="试运行").first.locator("a").first.click()
    page.wait_for_url(re.compile(r"/cluster/\d+/"))
    facility = re.search(r"/facilities/cluster/\d+/", page.url).group(0)
    go(page, f"{facility}acceptance/")
    page.fill("[name=title]", "验收意见")
    page.fill("[name=accepted_on]", str(clock.today()))
    send(page)
    promise = visit("officer")
    key = _open_living_document(promise)
    assert f"{100 * before / all_:.2f} %" in _proof(promise, key)
    go(page, f"{facility}enter/")
    page.select_option("[name=stage]", "operation")
    page.fill("[name=evidence]", "通过验收，转入科研状态")
    send(page)
    go(page, "/facilities/cluster/")
    assert _in_research(page) == (all_, before + 1)
    wanted = f"{100 * (before + 1) / all_:.2f} %"
    for _turn in range(FRESH // 1_000):
        promise.reload()
        if wanted in _proof(promise, key):
            break
        promise.wait_for_timeout(1_000)
    assert wanted in _proof(promise, key)


def _in_research(page) -> tuple[int, int]:
    """All facilities of the cluster, and those in research."""
    found = re.search(r"(\d+) 个装置平台中 (\d+) 个进入科研状态", page.inner_text("main"))
    return int(found.group(1)), int(found.group(2))


def _open_living_document(page) -> str:
    """Open the document whose promise speaks of research status; returns the key of the promise."""
    go(page, "/plan/commitments/?q=进入科研状态")
    page.locator("main tbody a", has_text="近半数").first.click()
    page.wait_for_url(re.compile(r"/plan/commitments/\d+/"))
    promise = key_of(page)
    address = page.locator("main a[href^='/plan/documents/']").first.get_attribute("href")
    go(page, re.match(r"/plan/documents/\d+/", address).group(0))
    return promise


def _proof(page, promise: str) -> str:
    """What the living document says beside that promise."""
    page.locator(f"[data-span='{promise}']").first.click()
    page.wait_for_selector("#panel:not([hidden]) dl, #panel:not([hidden]) .figure")
    return page.inner_text("#panel")
