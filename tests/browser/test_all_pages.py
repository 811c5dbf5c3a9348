"""Every page in both languages, light and dark, on a desk and on a phone: pictures to look at, faults to mend."""

from __future__ import annotations

import pytest

from tests.browser.crawl import WRONG, Place, pages
from tests.browser.faults import axe, foreign_words, overflow

DESK, PHONE, HEIGHT = 1440, 390, 900
CHARTS_FIT = """() => [...document.querySelectorAll("[data-chart]")].every(figure => {
  const box = figure.querySelector(".chart-canvas"), canvas = box.querySelector("canvas");
  return box.hidden ? canvas : canvas?.clientWidth === box.clientWidth;
})"""
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
VIEWS = [("light", DESK), ("light", PHONE), ("dark", PHONE), ("dark", DESK)]
PEOPLE = ["", "officer", "leader", "analyst", "manager", "scientist", "reporter", "reviewer", "admin"]
LANGUAGES = ["zh-hans", "en"]


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """Views already looked at with somebody's eyes."""
    return set()


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person or "visitor")
def test_pages_are_sound(visit, pictures, seen, person):
    chinese, english = (visit(person, language=language) for language in LANGUAGES)
    complaints: list[str] = []
    for page in (chinese, english):
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    found: list[str] = []
    for place in pages(chinese.context.request.get, "/" if person else "/plan/public/"):
        if place.status >= WRONG:
            found.append(
                f"{place.address} ({place.view}) answers {place.status}; {place.found_on} leads there"
            )
        if place.status >= WRONG or place.view in seen:
            continue
        seen.add(place.view)
        faults = _look(chinese, place, "zh-hans", pictures)
        if place.main:
            faults += _look(english, place, "en", pictures)
        faults += [f"console: {text}" for text in complaints]
        complaints.clear()
        found += [f"{place.address} ({place.view}): {fault}" for fault in dict.fromkeys(faults)]
    assert not found, "\n" + "\n".join(found)


def _look(page, place: Place, language: str, pictures) -> list[str]:
    """Open the page and look: main pages light and dark, desk and phone; the others light."""
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    page.goto(place.address)
    faults = foreign_words(page, language)
    for theme, width in VIEWS if place.main else VIEWS[:2]:
        _dress(page, theme, width)
        faults += [f"{language} {width}: {fault}" for fault in overflow(page)]
        if language == "zh-hans" and (width == DESK or theme == "light"):
            found = axe(page, colours_only=theme == "dark")
            faults += [f"{theme} {width}: {fault}" for fault in found]
        if place.main and pictures:
            name = f"{place.name}-{language[:2]}-{theme}-{width}.png"
            page.screenshot(path=pictures / name, full_page=True)
    return faults


def _dress(page, theme: str, width: int) -> None:
    """Switch the theme as the page's own button does, and the width as a window does."""
    page.evaluate(
        """theme => {
          if (document.documentElement.dataset.theme === theme) return;
          document.documentElement.dataset.theme = theme;
          document.dispatchEvent(new CustomEvent('theme'));
        }""",
        theme,
    )
    if page.viewport_size["width"] != width:
        page.set_viewport_size({"width": width, "height": HEIGHT})
    page.evaluate(TWO_FRAMES)  # the page answers the new width before it is drawn
    page.wait_for_function(CHARTS_FIT)  # charts follow the window after a pause
