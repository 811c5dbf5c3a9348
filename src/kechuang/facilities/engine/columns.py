"""Facet counts and sorted pages over many rows held as columns of small integers.

Counting by SQL costs a pass over the rows for every facet; over columns it is a few array operations. A `Columns` never
changes: `patched` gives a new one.
"""

from __future__ import annotations

import bisect
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Row:
    """`facets` by name; `orders`: values to sort by, comparable with one another; a row that is not live is hidden."""

    key: int
    facets: Mapping[str, Hashable]
    orders: Mapping[str, Any]
    live: bool = True


@dataclass(frozen=True, slots=True)
class Slice:
    """Keys of a page in order, and whether there are rows after and before it."""

    keys: list[int]
    following: bool
    preceding: bool


class Columns:
    def __init__(self, rows: Iterable[Row] = ()) -> None:
        rows = sorted(rows, key=lambda row: row.key)
        self.keys = np.array([row.key for row in rows], np.int64)
        self.live = np.array([row.live for row in rows], bool)
        self.values: dict[str, dict[Hashable, int]] = {}
        self.codes: dict[str, np.ndarray] = {}
        self.sorts: dict[str, list[Any]] = {}
        self.order: dict[str, np.ndarray] = {}
        for name in rows[0].facets if rows else ():
            known: dict[Hashable, int] = {}
            codes = [known.setdefault(row.facets[name], len(known)) for row in rows]
            self.values[name], self.codes[name] = known, np.array(codes, np.int32)
        for name in rows[0].orders if rows else ():
            values = [row.orders[name] for row in rows]
            order = sorted(range(len(rows)), key=values.__getitem__)
            self.sorts[name], self.order[name] = values, np.array(order, np.int32)

    def __len__(self) -> int:
        return len(self.keys)

    def patched(self, rows: Sequence[Row]) -> Columns:
        """The columns with these rows put in the place of those with their keys, new ones (of higher keys) added."""
        if not len(self):
            return Columns(rows)
        new = Columns.__new__(Columns)
        rows = sorted(rows, key=lambda row: row.key)
        added = [row for row in rows if row.key > self.keys[-1]]
        places = self._places(np.array([row.key for row in rows[: len(rows) - len(added)]], np.int64))
        places = [*places.tolist(), *range(len(self), len(self) + len(added))]
        if len(places) != len(rows):
            raise ValueError("a row of an unknown key below the highest one")
        new.keys = np.concatenate([self.keys, np.array([row.key for row in added], np.int64)])
        new.live = np.concatenate([self.live, np.zeros(len(added), bool)])
        new.live[places] = [row.live for row in rows]
        new.values, new.codes, new.sorts, new.order = {}, {}, {}, {}
        for name, known in self.values.items():
            known = dict(known)
            codes = np.concatenate([self.codes[name], np.zeros(len(added), np.int32)])
            codes[places] = [known.setdefault(row.facets[name], len(known)) for row in rows]
            new.values[name], new.codes[name] = known, codes
        for name, values in self.sorts.items():
            values = [*values, *[None] * len(added)]
            for place, row in zip(places, rows, strict=True):
                values[place] = row.orders[name]
            new.sorts[name] = values
            new.order[name] = _resorted(self.order[name], values, places)
        return new

    def _places(self, keys: np.ndarray) -> np.ndarray:
        """Places of the keys that are there."""
        if not len(self) or not len(keys):
            return np.zeros(0, np.int64)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self) - 1)
        return places[self.keys[places] == keys]

    def hits(self, keys: np.ndarray) -> np.ndarray:
        """The rows of these keys, as a mask for `select`."""
        found = np.zeros(len(self), bool)
        found[self._places(keys)] = True
        return found

    def select(
        self, chosen: Mapping[str, Iterable[Hashable]], within: np.ndarray | None = None, without: str = ""
    ) -> np.ndarray:
        """Mask of the live rows that have, of each facet but `without`, one of the chosen values."""
        mask = self.live if within is None else self.live & within
        for name, values in chosen.items():
            if name == without:
                continue
            known = self.values.get(name, {})
            allowed = np.zeros(len(known) + 1, bool)
            allowed[[known[value] for value in values if value in known]] = True
            mask = mask & allowed[self.codes[name]] if len(self) else mask
        return mask

    def counts(self, facet: str, mask: np.ndarray) -> dict[Hashable, int]:
        """How many rows of the mask have each value, most first; values without rows are left out."""
        known = self.values.get(facet, {})
        numbers = np.bincount(self.codes[facet][mask], minlength=len(known)).tolist() if known else []
        found = [(value, numbers[code]) for value, code in known.items() if numbers[code]]
        return dict(sorted(found, key=lambda pair: -pair[1]))

    def page(
        self,
        mask: np.ndarray,
        order: str,
        size: int,
        *,
        descending: bool = False,
        after: int = 0,
        before: int = 0,
    ) -> Slice:
        """The page after (or before) the row of a key; the first one where that row is not there."""
        if not len(self):
            return Slice([], False, False)
        ordered = self.order[order]
        if descending:
            ordered = ordered[::-1]
        ordered = ordered[mask[ordered]]
        edge = self._places(np.array([after or before], np.int64)) if after or before else []
        at = np.flatnonzero(ordered == edge[0]) if len(edge) else []
        if not len(at):
            start, end = 0, size
        elif after:
            start, end = int(at[0]) + 1, int(at[0]) + 1 + size
        else:
            start, end = max(int(at[0]) - size, 0), int(at[0])
        return Slice(self.keys[ordered[start:end]].tolist(), end < len(ordered), start > 0)


def _resorted(order: np.ndarray, values: list[Any], places: list[int]) -> np.ndarray:
    """The order with the rows at `places` taken out and put where their values belong."""
    if len(places) > 2000:
        return np.array(sorted(range(len(values)), key=values.__getitem__), np.int32)
    rest = order[~np.isin(order, places)]
    by_value = sorted(places, key=lambda place: (values[place], place))
    at = [bisect.bisect_right(rest, (values[p], p), key=lambda q: (values[q], q)) for p in by_value]
    return np.insert(rest, at, by_value).astype(np.int32)
