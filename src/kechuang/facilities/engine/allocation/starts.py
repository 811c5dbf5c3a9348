"""All allowed starts of an instance as arrays, for passes over all of them at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .layout import Layout


@dataclass(frozen=True)
class Starts:
    """All allowed starts, ordered by request: `request`, `facility`, `begin`, `end` (positions on the axis).

    `head` holds the index of the first start of each request of `owner` (requests that have any).
    """

    request: np.ndarray
    facility: np.ndarray
    begin: np.ndarray
    end: np.ndarray
    head: np.ndarray
    owner: np.ndarray

    @classmethod
    def of(cls, layout: Layout) -> Starts:
        request, facility, begin = [], [], []
        for i, cells in enumerate(layout.cells):
            for f, opening, first, last in cells:
                shift = layout.shifts[f][opening]
                begin.append(np.arange(first + shift, last + shift + 1, dtype=np.int32))
                request.append(np.full(last - first + 1, i, dtype=np.int32))
                facility.append(np.full(last - first + 1, f, dtype=np.int32))
        joined = [
            np.concatenate(parts) if parts else np.zeros(0, np.int32) for parts in (request, facility, begin)
        ]
        head = np.flatnonzero(np.r_[True, joined[0][1:] != joined[0][:-1]]) if len(joined[0]) else joined[0]
        end = joined[2] + layout.duration[joined[0]].astype(np.int32)
        return cls(joined[0], joined[1], joined[2], end, head, joined[0][head])
