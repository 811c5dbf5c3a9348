"""Beside the text: its promises as a list, or, of a text too long for one page, its parts with what stands in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kechuang.core.kernel import State
from kechuang.plan.engine.parts import LONGEST, Part, parts
from kechuang.plan.queries.living import Living, Place, Promise

WHOLE = "all"  # the whole of a long text on one page, for print
MOST_LISTED = 60
MOST_A_PART, SHORTEST = 150, 2_000  # promises on a page; code points


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of the text: where it is read, and how many promises of each state it holds."""

    number: int
    title: str
    url: str
    current: bool
    counts: dict[State, int]


@dataclass(frozen=True, slots=True)
class Outline:
    parts: Sequence[Entry] = ()
    promises: Sequence[tuple[Promise, str]] = ()
    whole_url: str = ""

    @property
    def current(self) -> Entry | None:
        return next((entry for entry in self.parts if entry.current), None)

    @property
    def before(self) -> Entry | None:
        here = self.current
        return self.parts[here.number - 2] if here and here.number > 1 else None

    @property
    def after(self) -> Entry | None:
        here = self.current
        return self.parts[here.number] if here and here.number < len(self.parts) else None


def address(request, **changes: Any) -> str:
    """This page with other choices."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"


def cut(page: Living) -> tuple[Part, ...]:
    """The parts of a text, so long that a part holds no more promises than a page shows at once."""
    raw, promises = page.document.raw, max(len(page.places), 1)
    return parts(raw, max(SHORTEST, min(LONGEST, MOST_A_PART * len(raw) // promises)))


def reach(request, page: Living, selected: Place | None) -> Part:
    """What is shown: the part asked for, else that of the chosen promise, else the first with the chosen state."""
    asked, wanted = request.GET.get("at", ""), request.GET.get("state")
    if asked == WHOLE:
        return Part(0, len(page.document.raw), "")
    at = next((p.start for p in page.places if wanted and p.state == wanted and not p.ended), 0)
    at = selected.start if selected else at
    at = int(asked) if asked.isdecimal() else at
    found = cut(page)
    return next((part for part in found if at < part.end), found[-1])


def outline(request, page: Living, here: Part, shown: Sequence[Promise]) -> Outline:
    """Of all states, or of the chosen one alone."""
    found, wanted = cut(page), request.GET.get("state")
    if len(found) == 1:
        return Outline(promises=_listed(request, shown, wanted))
    counts = page.counts_after([part.start for part in found])
    others = address(request, at=None, promise=None)
    begin = others if others == "?" else f"{others}&"
    entries = [
        Entry(
            n,
            part.title,
            f"{begin}at={part.start}",
            part == here,
            {state: count for state, count in counts[n - 1].items() if not wanted or state == wanted},
        )
        for n, part in enumerate(found, 1)
    ]
    return Outline(entries, (), address(request, at=WHOLE, promise=None))


def _listed(request, shown: Sequence[Promise], wanted: str | None) -> list[tuple[Promise, str]]:
    """Each promise once, with where it opens; none where they are too many to look over."""
    chosen = {p.commitment.pk: p for p in shown if not wanted or (p.state == wanted and not p.ended)}
    if len(chosen) > MOST_LISTED:
        return []
    return [(p, f"{address(request, promise=pk)}#s-{pk}") for pk, p in chosen.items()]
