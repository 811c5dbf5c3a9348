"""Side navigation: each domain registers its entries at start (in AppConfig.ready)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse

from kechuang.core.acts import ACTS, may

Who = str | Callable | None


@dataclass(frozen=True)
class Item:
    """One link. `who`: an act's verb or permission name, or a test on the person; None = everyone.

    `covers`: addresses below the section's own whose pages belong to this link though they do not begin like it.
    """

    label: str
    url_name: str
    who: Who = None
    covers: tuple[str, ...] = ()

    @property
    def url(self) -> str | None:
        return _address(self.url_name)


@cache
def _address(url_name: str) -> str | None:
    """Asked for every entry of every page; addresses do not change while the process lives."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


@dataclass(frozen=True)
class Section:
    """A domain's part of the navigation."""

    domain: str
    label: str
    url_name: str
    items: tuple[Item, ...] = ()
    order: int = 100
    who: Who = None


_sections: dict[str, Section] = {}


def register(
    domain: str,
    label: str,
    url_name: str,
    items: Iterable[tuple | Item] = (),
    order: int = 100,
    who: Who = None,
) -> None:
    """Hand in a domain's navigation; registering a domain again replaces it.

    `items` are `Item`s or tuples (label, url_name) or (label, url_name, who). Labels may be lazy strings.
    """
    entries = tuple(item if isinstance(item, Item) else Item(*item) for item in items)
    _sections[domain] = Section(domain, label, url_name, entries, order, who)


def sections_for(person, path: str = "") -> list[dict]:
    """What `person` may see, in order; the entry whose address is the longest prefix of `path` is current.

    Only the section one stands in is open, so that many domains stay one short list.
    """
    found = []
    for section in sorted(_sections.values(), key=lambda s: (s.order, s.domain)):
        if not _may(person, section.who):
            continue
        url = _address(section.url_name)
        links = [
            {"label": item.label, "url": item.url, "begins": [item.url, *(f"{url}{c}" for c in item.covers)]}
            for item in section.items
            if item.url and _may(person, item.who)
        ]
        if url or links:
            found.append({"domain": section.domain, "label": section.label, "url": url, "links": links})
    _mark_current(found, path)
    return found


def _mark_current(sections: list[dict], path: str) -> None:
    entries = [entry for section in sections for entry in [section, *section["links"]] if entry["url"]]
    under = [
        (len(begin), "links" not in entry, place)
        for place, entry in enumerate(entries)
        for begin in entry.get("begins", [entry["url"]])
        if path == begin or (begin != "/" and path.startswith(begin))
    ]
    if under:
        entries[max(under)[2]]["current"] = True
    for section in sections:
        section["open"] = any(entry.get("current") for entry in [section, *section["links"]])


def _may(person, who: Who) -> bool:
    if who is None:
        return True
    if callable(who):
        return bool(who(person))
    return may(person, who) if who in ACTS else person.has_perm(who)
