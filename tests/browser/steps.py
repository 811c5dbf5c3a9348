"""What the journeys do on every page."""

from __future__ import annotations

import re


def go(page, address: str) -> None:
    answer = page.goto(address)
    assert answer.status < 400, f"{answer.status} {address}"


def confirm(page) -> None:
    """Do the act that the page asks about."""
    page.click("form:has(input[name=confirm]) .acts button")
    _without_errors(page)


def send(page) -> None:
    page.click("form.form .acts button")
    _without_errors(page)


def _without_errors(page) -> None:
    page.wait_for_load_state()
    assert page.locator(".error-summary, .errorlist").count() == 0, page.inner_text("main")


def key_of(page) -> str:
    return re.search(r"/(\d+)/", page.url).group(1)
