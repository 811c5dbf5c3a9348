"""Side navigation: each domain registers its entries at start (in AppConfig.ready)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

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


class ShownLink(NamedTuple):
    """A link as one person sees it."""

    label: str
    url: str
    current: bool


class ShownSection(NamedTuple):
    """A section as one person sees it on one page."""

    domain: str
    label: str
    url: str | None
    links: tuple[ShownLink, ...]
    current: bool
    open: bool


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


def sections_for(person, path: str = "") -> tuple[ShownSection, ...]:
    """What `person` may see, in order; the entry whose address is the longest prefix of `path` is current.

    Only the section one stands in is open, so that many domains stay one short list.
    """
    entries: list[tuple[Section, list[Item]]] = []
    for section in sorted(_sections.values(), key=lambda s: (s.order, s.domain)):
        if _may(person, section.who):
            items = [item for item in section.items if item.url and _may(person, item.who)]
            if items or _address(section.url_name):
                entries.append((section, items))
    current = _current(entries, path)
    return tuple(_shown(section, items, current) for section, items in entries)


def _current(entries: list[tuple[Section, list[Item]]], path: str) -> Section | Item | None:
    """Of equally long beginnings a link's counts before its section's."""
    begins: list[tuple[str, bool, Section | Item]] = []
    for section, items in entries:
        url = _address(section.url_name)
        begins += [(url, False, section)] if url else []
        begins += [
            (begin, True, item) for item in items for begin in (item.url, *(f"{url}{c}" for c in item.covers))
        ]
    under = [
        (len(begin), is_item, place)
        for place, (begin, is_item, _) in enumerate(begins)
        if path == begin or (begin != "/" and path.startswith(begin))
    ]
    return begins[max(under)[2]][2] if under else None


def _shown(section: Section, items: list[Item], current: Section | Item | None) -> ShownSection:
    links = tuple(ShownLink(str(item.label), item.url, item is current) for item in items)
    here = section is current
    opened = here or any(link.current for link in links)
    return ShownSection(section.domain, str(section.label), _address(section.url_name), links, here, opened)


def _may(person, who: Who) -> bool:
    if who is None:
        return True
    if callable(who):
        return bool(who(person))
    return may(person, who) if who in ACTS else person.has_perm(who)
