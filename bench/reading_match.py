"""When a statement found and a statement annotated are the same one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

_UNITS = {
    "％": "%",
    "percent": "%",
    "per cent": "%",
    "百分点": "个百分点",
    "percentage point": "个百分点",
    "pct": "%",
    "us dollar": "$",
    "dollar": "$",
    "usd": "$",
    "us$": "$",
    "人民币": "元",
    "rmb": "yuan",
    "rmb yuan": "yuan",
    "time": "倍",
    "euro": "€",
    "pound": "£",
    "square metre": "square meter",
}
_RANKS = {"", "位", "名", "rank", "place"}


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Shared part of the union of two spans."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def pair(
    gold: list[dict],
    found: list,
    least: float = 0.5,
    anchored: bool = False,
    nested: bool = False,
    excused: Iterable[tuple[int, int]] = (),
) -> tuple[list, list, list]:
    """One-to-one pairs by falling overlap of at least `least`; then (false alarms, misses).

    `anchored`: a common start is enough (in English a counted noun may stand far from its number);
    `nested`: one inside the other is enough (a clause, or the sentence it stands in).
    A find that touches an annotation marked optional, or a span in `excused`, is no false alarm; an optional annotation
    is never missed.
    """
    candidates = []
    for g in gold:
        for f in found:
            share = overlap((g["s"], g["e"]), (f.s, f.e))
            inside = (g["s"] <= f.s and f.e <= g["e"]) or (f.s <= g["s"] and g["e"] <= f.e)
            if share >= least or (anchored and g["s"] == f.s) or (nested and inside):
                candidates.append((share, g, f))
    candidates.sort(key=lambda c: -c[0])
    taken_gold, taken_found, pairs = set(), set(), []
    for _, g, f in candidates:
        if id(g) not in taken_gold and id(f) not in taken_found:
            taken_gold.add(id(g))
            taken_found.add(id(f))
            pairs.append((g, f))
    optional = [(g["s"], g["e"]) for g in gold if g.get("optional")] + list(excused)
    extra = [
        f for f in found if id(f) not in taken_found and not any(overlap((f.s, f.e), o) for o in optional)
    ]
    missed = [g for g in gold if id(g) not in taken_gold and not g.get("optional")]
    return pairs, extra, missed


def _unit(unit: str) -> str:
    unit = re.sub(r"\s+", " ", unit.strip().lower())
    if unit.isascii() and len(unit) > 3:
        unit = re.sub(r"(?<=[^aeious])ies$", "y", unit)
        unit = unit.removesuffix("s")
    return _UNITS.get(unit, unit)


def _near(a: Decimal, b: Decimal) -> bool:
    return abs(a - b) <= Decimal("0.0005") * max(abs(a), abs(b))


def same_quantity(gold: dict, statement: object, printed: str) -> bool:
    """Value (and upper value) and unit are the annotated ones; a fraction may be a share of 1 or in %."""
    if statement.value is None:
        return False
    value, unit, wanted = Decimal(gold["value"]), _unit(gold["unit"]), _unit(statement.unit)
    if unit == "%" and wanted == "" and _near(value, statement.value * 100):
        return True
    upper = gold.get("value_max")
    if (upper is None) != (statement.value_max is None):
        return False
    if not _near(value, statement.value) or (upper and not _near(Decimal(upper), statement.value_max)):
        return False
    if unit == wanted or unit == "" or wanted.endswith(" " + unit) or unit.endswith(" " + wanted):
        return True
    if unit == "位" and wanted in _RANKS:
        return True
    return printed.endswith(("级", "級")) and wanted.removesuffix("级") in {"", unit, "元"}


def same_days(gold: dict, statement: object) -> bool:
    """The statement's period is the annotated one or one of its accepted readings."""
    days = [str(d) if d else None for d in (statement.time_start, statement.time_end)]
    wanted = gold["time"] or [None, None]
    return days == list(wanted) or days in [list(a) for a in gold.get("time_alt", [])]


def _title(text: str) -> str:
    return re.sub(r"[\s,，、]+", ",", text.strip().lower())


def same_role(gold: dict, statement: object) -> bool:
    return gold["person"] == statement.speaker and _title(gold["role"]) == _title(statement.subject)
