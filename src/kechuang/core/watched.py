"""What of a record its acts vouch for: said on its model, as `watched = Watched(…)`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loose:
    """While `field` has one of `values`, `names` change without an act: a draft, or what a job computes."""

    field: str
    values: Collection[str]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """All stored fields of the row but those `without`, and the rows of its `parts`.

    `without`: what changes without an act, since it is computed, counted or kept by the framework.
    `parts`: relations whose rows belong to the record, since acts on them are acts on it; "reports.evidence" goes on.
    `personal`: the digests are salted by what erasing the person erases.
    `may_go`: a row may be deleted without an act that says so.
    """

    without: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    personal: bool = False
    may_go: bool = False
    loose: Loose | None = None


EVERYTHING = Watched()
