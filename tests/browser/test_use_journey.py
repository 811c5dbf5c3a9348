"""A booked instrument, a statement, and a promise that moves when a facility enters research."""

from __future__ import annotations

import re
from datetime import timedelta

from kechuang.core import clock
from tests.browser.steps import go, key_of, send

FRESH = 20_000


def test_somebody_books_on_a_phone(visit):
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
