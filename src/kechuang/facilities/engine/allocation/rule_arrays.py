"""The rules as arrays: what pricing them by the slot needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .instance import Instance
from .rules import Rule


@dataclass(frozen=True)
class RuleArrays:
    """Rules by their position k, requests by their position i, open time of all facilities on one axis."""

    rules: Sequence[Rule]
    instance: Instance

    @cached_property
    def sign(self) -> np.ndarray:
        return np.array([rule.sign for rule in self.rules], dtype=float)

    @cached_property
    def share(self) -> np.ndarray:
        """share[k, i] = 1 where rule k counts request i wherever it runs."""
        table = np.zeros((len(self.rules), len(self.instance.requests)))
        for k, rule in enumerate(self.rules):
            if rule.facility is None:
                table[k, list(rule.members)] = 1.0
        return table

    @cached_property
    def reserve_axis(self) -> list[tuple[int, np.ndarray]]:
        """(rule, mask of the axis) for the rules that count what runs on one facility."""
        facilities = self.instance.facilities
        of_place = np.repeat([f.id for f in facilities], [f.open_slots for f in facilities])
        return [
            (k, of_place == rule.facility) for k, rule in enumerate(self.rules) if rule.facility is not None
        ]
