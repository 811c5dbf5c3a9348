"""From a call to a published plan, and a broken beamline."""

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
from tests.browser.steps import confirm, go, key_of, send

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
