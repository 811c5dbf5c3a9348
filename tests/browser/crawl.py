"""Finds the pages of the product as a person would: navigation, first rows, tabs and buttons; each view once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import lxml.html
from django.urls import Resolver404, resolve

LEFT_OUT = {"account_logout", "set_language", "core:parts"}
WRONG = 400


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its address, its view, whether it is a main page (not a form or act dialogue), what led here, its status."""

    address: str
    view: str
    main: bool
    found_on: str = ""
    status: int = 200

    @property
    def name(self) -> str:
        return self.view.replace(":", "-").replace("_", "-")


def pages(get, start: str) -> list[Place]:
    """Every page that can be reached from `start` by links, each view once.

    `get(address)` gives a response as playwright's requests do: nothing is drawn, so that the walk takes seconds.
    Answers that are no pages (exports, feeds, files) count only when they fail.
    """
    found: dict[str, Place] = {}
    waiting = [_place_of(start, main=True, found_on="")]
    tried: set[str] = set()
    while waiting:
        place = waiting.pop(0)
        if place.view in found or place.address in tried:
            continue
        tried.add(place.address)
        answer = get(place.address)
        is_page = "html" in answer.headers.get("content-type", "")
        if is_page or answer.status >= WRONG:
            found[place.view] = Place(place.address, place.view, place.main, place.found_on, answer.status)
        if is_page and answer.status < WRONG:
            here = Place(urlsplit(answer.url).path, place.view, place.main)
            waiting += [other for other in _links(answer.text(), here) if other.view not in found]
    return list(found.values())


def _links(text: str, here: Place) -> Iterator[Place]:
    page = lxml.html.fromstring(text)
    for main, path in [
        (here.main, "//*[@id='navigation']//a | //*[contains(@class, 'tabs')]//a"),
        (here.main, "(//main//*[@data-rows]//a[@href])[1]"),
        (False, "//main//a"),
    ]:
        for link in page.xpath(path):
            if "download" not in link.attrib and (
                place := _place_of(urljoin(here.address, link.get("href") or ""), main, here.address)
            ):
                yield place


def _place_of(address: str, main: bool, found_on: str) -> Place | None:
    parts = urlsplit(address)
    if parts.netloc or (parts.scheme and parts.scheme != "http"):
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    if match.view_name in LEFT_OUT or not match.view_name or match.view_name.startswith("api"):
        return None
    return Place(parts.path + (f"?{parts.query}" if parts.query else ""), match.view_name, main, found_on)
