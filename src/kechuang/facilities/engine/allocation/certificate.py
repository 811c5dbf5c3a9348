"""The proof of a bound: prices anyone can check with a calculator. The formula stands in docs/allocation.md."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import accumulate, pairwise

import numpy as np

from .bound import Prices
from .instance import Instance
from .layout import Layout
from .plan import Certificate
from .rules import rules_of

DIGITS = 6  # prices are printed with so many decimals, and the bound is computed from what is printed
UNITS = 10**DIGITS


def certificate_of(layout: Layout, prices: Prices) -> Certificate:
    """Print prices: runs of equal price inside one open span, zeros left out."""
    slot = np.round(np.maximum(prices.slot, 0.0), DIGITS)
    table = {}
    for f, facility in enumerate(layout.instance.facilities):
        runs = []
        for opening, (start, end) in enumerate(facility.open):
            shift = layout.shifts[f][opening]
            part = slot[start + shift : end + shift]
            edges = [0, *(np.flatnonzero(np.diff(part)) + 1).tolist(), end - start]
            runs += [(start + a, start + b, float(part[a])) for a, b in pairwise(edges) if part[a] > 0]
        table[facility.id] = runs
    rule = {r.name: round(float(max(p, 0.0)), DIGITS) for r, p in zip(layout.rules, prices.rule, strict=True)}
    return Certificate(table, {name: price for name, price in rule.items() if price > 0})


def prices_from(layout: Layout, certificate: Certificate) -> Prices:
    """Printed prices as arrays; what they price and the layout no longer has is left out."""
    slot = np.zeros(layout.axis)
    for f, facility in enumerate(layout.instance.facilities):
        ladder = _ladder(facility, certificate.slot_price.get(facility.id, []))
        for opening, (start, end) in enumerate(facility.open):
            shift = layout.shifts[f][opening]
            slot[start + shift : end + shift] = np.diff(ladder[start : end + 1])
    rule = np.array([certificate.rule_price.get(rule.name, 0.0) for rule in layout.rules])
    return Prices.of(layout, slot, rule)


def bound_from(instance: Instance, certificate: Certificate) -> Fraction:
    """The bound these prices prove, in exact arithmetic, straight from the formula.

    Σ slot prices over open slots + Σ reserve price × (1 − reserve) × open + Σ max price × limit
    − Σ min price × limit + Σ over groups max(0, Σ members (value − duration × (its max prices − its min prices)
    − its cheapest allowed start)). A member without an allowed start makes its group's term 0.
    """
    rules = rules_of(instance)
    price = {name: _units(each) for name, each in certificate.rule_price.items()}
    total = sum((rule.sign * price.get(rule.name, 0) * rule.limit for rule in rules), Fraction(0))
    ladders = {}
    for facility in instance.facilities:
        runs = [
            (start, end, _units(each)) for start, end, each in certificate.slot_price.get(facility.id, [])
        ]
        ladder = _ladder(facility, runs)
        total += sum(ladder[end] - ladder[start] for start, end in facility.open)
        ladders[facility.id] = ladder, price.get(f"reserve:{facility.id}", 0)
    tolls = [0] * len(instance.requests)
    for rule in rules:
        for i in rule.members if rule.facility is None else ():
            tolls[i] += rule.sign * price.get(rule.name, 0)
    banned = instance.forbidden()
    groups: dict[tuple, Fraction | float] = {}
    for i, request in enumerate(instance.requests):
        key = ("group", request.group) if request.group else ("request", i)
        paid = request.duration * tolls[i] + _cheapest(instance, request, banned, ladders)
        gain = request.value * UNITS - paid if paid < math.inf else -math.inf
        groups[key] = groups.get(key, Fraction(0)) + gain
    return (total + sum(gain for gain in groups.values() if gain > 0)) / UNITS


def rounded_up(bound: Fraction) -> float:
    """The bound as printed: up to 6 decimals, so that rounding never claims too much."""
    return math.ceil(bound * UNITS) / UNITS


def _units(price: float) -> int:
    """A printed price as a whole number of its last decimal."""
    return round(price * UNITS)


def _ladder(facility, runs) -> list:
    """ladder[t] = price of all slots before t."""
    price = [0] * max((end for _, end in facility.open), default=0)
    for start, end, each in runs:
        price[start:end] = [each] * (end - start)
    return [0, *accumulate(price)]


def _cheapest(instance: Instance, request, banned, ladders) -> float:
    blocked = banned.get(request.id, set())
    cheapest = math.inf
    for facility in instance.facilities:
        if None in blocked or facility.id in blocked:
            continue
        ladder, reserve = ladders[facility.id]
        for opening in facility.open:
            for window in request.windows.get(facility.id, ()):
                first, last = max(opening[0], window[0]), min(opening[1], window[1]) - request.duration
                for start in range(first, last + 1):
                    cost = ladder[start + request.duration] - ladder[start] + reserve * request.duration
                    cheapest = min(cheapest, cost)
    return cheapest
