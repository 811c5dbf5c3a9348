"""One house, one browser, and a signed-in page for each of the demo's people."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.absent import lacking
from tests.browser.house import PASSWORD, House, running_house
from tools.system_packages import find_browser

QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TIMEOUT = 60_000


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    """The one that stands already (both workers share it), else one of this run's own."""
    if standing := House.standing():
        yield standing
        return
    with running_house(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    program = find_browser()
    if program is None:
        lacking("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    """Where pictures go: the folder in KECHUANG_PICTURES; without it nobody would look at them and none is taken."""
    if "KECHUANG_PICTURES" not in os.environ:
        return None
    folder = Path(os.environ["KECHUANG_PICTURES"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def sessions(browser, house):
    """sessions("officer"): the cookies of a demo account; each signs in once."""
    known: dict[str, list] = {"": []}

    def cookies(person: str) -> list:
        if person not in known:
            context = browser.new_context(base_url=house.url)
            context.set_default_timeout(TIMEOUT)
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("input[name=login]", f"demo-{person}")
            page.fill("input[name=password]", PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(lambda url: "login" not in url)
            known[person] = context.cookies()
            context.close()
        return known[person]

    return cookies


@pytest.fixture
def visit(browser, house, sessions):
    """visit("officer", language="en", theme="dark", width=390): a page of that person; "" is a visitor."""
    contexts, complaints = [], []

    def open_page(person: str = "", *, language: str = "zh-hans", theme: str = "light", width: int = 1440):
        context = browser.new_context(
            base_url=house.url,
            viewport={"width": width, "height": 900},
            locale="zh-CN" if language.startswith("zh") else "en-GB",
            reduced_motion="reduce",
        )
        context.set_default_timeout(TIMEOUT)
        context.add_cookies(sessions(person))
        for name, value in {"django_language": language, "theme": theme}.items():
            context.add_cookies([{"name": name, "value": value, "url": house.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, complaints
