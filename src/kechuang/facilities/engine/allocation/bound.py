"""An upper bound by Lagrangian prices: slots and rules get prices, every request buys its cheapest start.

Method: subgradient descent on the dual with Polyak steps and deflected directions (Held, Wolfe and Crowder 1974;
Camerini, Fratta and Maffioli 1975). One step costs one pass over all starts, by prefix sums of the slot prices.
The limit of this bound is the linear relaxation in which each request buys shares of starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .layout import Layout
from .starts import Starts

DEFLECTION = 0.15  # share of the new subgradient in the direction
PATIENCE = 80  # steps without progress before the step length shrinks
SHRINK = 0.7
FIRST_STEP, SMALLEST_STEP, NEXT_STEP = 0.3, 1e-4, 0.1  # a stride that became too short is begun anew
PROGRESS = 1e-5  # of the bound: less than this in a whole round of strides, and the descent is over


@dataclass
class Prices:
    """`slot` per position of the axis, `rule` per rule of the layout; `bound` is what they prove.

    `ladder` is `slot` with the reserve prices on top, `toll` what each request pays a slot for the other rules.
    """

    slot: np.ndarray
    rule: np.ndarray
    bound: float
    ladder: np.ndarray
    toll: np.ndarray

    @classmethod
    def of(cls, layout: Layout, slot: np.ndarray, rule: np.ndarray) -> Prices:
        """Prices not yet evaluated: their bound is infinite."""
        ladder = slot
        for k, mask in layout.priced.reserve_axis:
            ladder = ladder + rule[k] * mask
        return cls(slot, rule, np.inf, ladder, (rule * layout.priced.sign) @ layout.priced.share)

    @cached_property
    def prefix(self) -> np.ndarray:
        """prefix[t] = price of all positions before t."""
        prefix = np.zeros(len(self.ladder) + 1)
        np.cumsum(self.ladder, out=prefix[1:])
        return prefix


@dataclass
class Dual:
    """The dual function of a layout and its descent, which can be continued call after call."""

    layout: Layout
    seed: int = 1
    step: float = FIRST_STEP
    stale: int = 0
    round: float = np.inf  # the bound when the strides were last begun anew
    settled: bool = False
    best: Prices | None = None
    now: Prices | None = None
    direction: tuple[np.ndarray, np.ndarray] | None = None

    def __post_init__(self):
        layout = self.layout
        self.random = np.random.default_rng(self.seed)
        self.starts = Starts.of(layout)
        self.count = np.diff(np.r_[self.starts.head, len(self.starts.request)])
        self.limit = np.array([float(rule.limit) for rule in layout.rules])
        self.alive = np.bincount(
            layout.group_of[self.starts.owner], minlength=len(layout.groups)
        ) == np.bincount(
            layout.group_of, minlength=len(layout.groups)
        )  # a group with a member that has no start can never run
        free = np.zeros(len(layout.rules))
        for slot in (np.zeros(layout.axis), np.full(layout.axis, self._even_price())):
            self.look(Prices.of(layout, slot, free))
        self.now = self.best

    def _even_price(self) -> float:
        """The price per slot at which requests, taken by value density, just fill all open time."""
        value, duration = self.layout.value[self.starts.owner], self.layout.duration[self.starts.owner]
        order = np.argsort(-value / duration)
        filled = np.cumsum(duration[order])
        if not len(order) or filled[-1] <= self.layout.axis:
            return 0.0
        k = order[np.searchsorted(filled, self.layout.axis)]
        return float(value[k] / duration[k])

    def look(self, prices: Prices) -> tuple[np.ndarray, np.ndarray]:
        """Evaluate the bound of these prices; returns the surplus per slot and per rule, a subgradient."""
        starts, layout, prefix = self.starts, self.layout, prices.prefix
        cost = prefix[starts.end] - prefix[starts.begin]
        cheapest = np.minimum.reduceat(cost, starts.head) if len(starts.head) else cost
        owner = starts.owner
        gain = layout.value[owner] - layout.duration[owner] * prices.toll[owner] - cheapest
        total = np.bincount(layout.group_of[owner], weights=gain, minlength=len(layout.groups))
        buys = (total > 0) & self.alive
        prices.bound = float(
            prices.slot.sum() + prices.rule @ (layout.priced.sign * self.limit) + total[buys].sum()
        )
        if self.best is None or prices.bound < self.best.bound:
            self.best = prices
        bought = self._choose(cost, cheapest)[buys[layout.group_of[owner]]]
        return self._surplus(bought)

    def _choose(self, cost: np.ndarray, cheapest: np.ndarray) -> np.ndarray:
        """One cheapest start of each owner, at random among ties: ties are many, and averaging them is the cure."""
        hits = np.flatnonzero(cost <= np.repeat(cheapest, self.count) + 1e-12)
        owner = self.starts.request[hits]
        first = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1]))) if len(hits) else hits
        ties = np.concatenate((first[1:], [len(hits)])) - first
        return hits[first + (self.random.random(len(first)) * ties).astype(np.int64)]

    def _surplus(self, bought: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        starts, layout = self.starts, self.layout
        change = np.bincount(starts.begin[bought], minlength=layout.axis + 1) - np.bincount(
            starts.end[bought], minlength=layout.axis + 1
        )
        taken = np.cumsum(change)[:-1]
        used = layout.priced.share[:, starts.request[bought]] @ layout.duration[
            starts.request[bought]
        ].astype(float)
        for k, mask in layout.priced.reserve_axis:
            used[k] = taken[mask].sum()
        return taken - 1.0, layout.priced.sign * (used - self.limit)

    def descend(self, value: float, enough) -> Prices:
        """Lower the bound towards `value`, the best plan known, until `enough()` says stop. Returns the best prices."""
        weight = 1.0 / np.maximum(1.0, self.limit)  # a rule counts hundreds of slots: scale it to one
        now = self.now
        while not enough() and not self.settled and self.best.bound > value * (1 + 1e-12):
            over = self.look(now)
            self._pace(now is self.best)
            slot, rule = (
                np.where((price <= 0) & (way < 0), 0.0, way)
                for price, way in zip((now.slot, now.rule), self._turn(over), strict=True)
            )
            length = (slot**2).sum() + (weight * rule**2).sum()
            if length < 1e-9:
                break
            stride = self.step * (min(now.bound, self.best.bound * 1.02) - value) / length
            now = Prices.of(
                self.layout,
                np.maximum(0.0, now.slot + stride * slot),
                np.maximum(0.0, now.rule + stride * weight * rule),
            )
        self.now = now
        return self.best

    def _pace(self, improved: bool) -> None:
        self.stale = 0 if improved else self.stale + 1
        if self.stale >= PATIENCE:
            self.step, self.stale = self.step * SHRINK, 0
        if self.step < SMALLEST_STEP:
            self.settled = self.best.bound > self.round * (1 - PROGRESS)
            self.step, self.round = NEXT_STEP, self.best.bound

    def _turn(self, over: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """The new direction: part of the new subgradient, the rest of the old direction."""
        if self.direction is None or self.stale == 0:
            self.direction = over
        else:
            self.direction = tuple(
                DEFLECTION * new + (1 - DEFLECTION) * old
                for new, old in zip(over, self.direction, strict=True)
            )
        return self.direction
