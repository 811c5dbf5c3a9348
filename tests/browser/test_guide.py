"""The pictures of the user guide, taken from the product as it runs; `make pictures` keeps them in docs/pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

GUIDES = {"zh-hans": "user-guide.zh.md", "en": "user-guide.en.md"}
DOCS = Path(__file__).resolve().parents[2] / "docs"
DESK, PHONE = 1440, 390


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as one person sees it: where it is, and what to click there."""

    name: str
    person: str
    address: str
    then: Callable[[object], None] = lambda page: None
    width: int = DESK


def first_row(page) -> None:
    page.locator("main [data-rows] a[href]").first.click()
    page.wait_for_load_state()


def promise_with_value(page) -> None:
    page.locator(".front-documents a").nth(2).click()
    page.locator(".document .span:is(.s-late, .s-at_risk)").first.click()
    page.locator("#panel .proof").wait_for()


def tab(words: str) -> Callable[[object], None]:
    def click(page) -> None:
        first_row(page)
        page.locator(f".tabs a[href*='{words}']").first.click()
        page.wait_for_load_state()

    return click


PICTURES = [
    Picture("front", "", "/"),
    Picture("living-document", "", "/", promise_with_value),
    Picture("cockpit", "leader", "/"),
    Picture("review", "officer", "/plan/documents/", tab("review")),
    Picture("supervision", "officer", "/plan/tasks/"),
    Picture("brief", "officer", "/plan/brief/"),
    Picture("indicators", "analyst", "/indicators/"),
    Picture("index", "analyst", "/indicators/indices/centre/"),
    Picture("life-cycle", "manager", "/facilities/cluster/"),
    Picture("catalogue", "", "/facilities/"),
    Picture("booking", "scientist", "/facilities/booking/", first_row, PHONE),
]


@pytest.mark.parametrize("language", GUIDES)
@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_the_guide_shows_it(visit, pictures, picture, language):
    page = visit(picture.person, language=language, width=picture.width)
    assert page.goto(picture.address).status == 200
    picture.then(page)
    file = f"{picture.name}.{language[:2]}.jpg"
    if pictures:
        page.wait_for_timeout(600)
        page.screenshot(path=pictures / file, type="jpeg", quality=78)
    assert f"pictures/{file}" in (DOCS / GUIDES[language]).read_text(encoding="utf-8")
