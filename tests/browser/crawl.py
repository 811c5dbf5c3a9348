"""Finds the pages of the product as a person would: navigation, first rows, tabs and buttons; each view once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error

MAIN, FURTHER = "#navigation a, .tabs a", "main a"
ADDRESSES = """links => links.filter(link => !link.hasAttribute("download"))
  .map(link => new URL(link.getAttribute("href") ?? "", location.href).href)"""
LEFT_OUT = {"account_logout", "set_language", "core:parts"}


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its address, the name of its view, and whether it is a main page (not a form or act dialogue)."""

    address: str
    view: str
    main: bool

    @property
    def name(self) -> str:
        return self.view.replace(":", "-").replace("_", "-")


def pages(page, start: str, seen: set[str]) -> Iterator[tuple[Place, int]]:
    """Every page that can be reached from `start` by links, with its status; each view once, `seen` grows.

    The page stands at the place that is yielded. Links that download are left alone.
    """
    waiting = [place_of(start, main=True)]
    while waiting:
        place = waiting.pop(0)
        known = place.view in seen
        if known and place.address != start:
            continue
        status = _open(page, place)
        if not known and status:
            yield place, status
        seen.add(place.view)
        if status and status < 400:
            waiting += [found for found in _links(page, place) if found.view not in seen]


def _open(page, place: Place) -> int | None:
    try:
        return page.goto(place.address).status
    except Error as error:
        if "Download" in str(error):
            return None
        raise


def _links(page, here: Place) -> Iterator[Place]:
    first_row = page.locator("main [data-rows] a[href]").first
    main = page.eval_on_selector_all(MAIN, ADDRESSES)
    if first_row.count():
        main += first_row.evaluate_all(ADDRESSES)
    further = page.eval_on_selector_all(FURTHER, ADDRESSES)
    host = urlsplit(page.url).netloc
    for address, is_main in [*((link, here.main) for link in main), *((link, False) for link in further)]:
        if urlsplit(address).netloc == host and (place := place_of(address, main=is_main)):
            yield place


def place_of(address: str, *, main: bool) -> Place | None:
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    if match.view_name in LEFT_OUT or not match.view_name or match.view_name.startswith("api"):
        return None
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return Place(path, match.view_name, main)
