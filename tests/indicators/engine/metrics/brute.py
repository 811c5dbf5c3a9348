"""What every engine must agree with: metrics counted by plain loops, written without a look at the compiler."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

COLUMNS = {"id": int, "field": str, "region": str, "kind": int, "open": bool, "amount": int, "day": date}
PER_YEAR = {"year": 1, "quarter": 4, "month": 12}


def period_of(day, grain):
    if day is None:
        return None
    if isinstance(day, int):
        return day
    return {
        "year": day.year,
        "quarter": day.year * 4 + (day.month - 1) // 3,
        "month": day.year * 12 + day.month - 1,
    }[grain]


def meets(row, condition):
    have, value = row[condition.column], condition.value
    if condition.op in ("missing", "present"):
        return (have is None) == (condition.op == "missing")
    if have is None:
        return False
    return {
        "=": lambda: have == value,
        "!=": lambda: have != value,
        "<": lambda: have < value,
        "<=": lambda: have <= value,
        ">": lambda: have > value,
        ">=": lambda: have >= value,
        "in": lambda: have in value,
        "not in": lambda: have not in value,
    }[condition.op]()


def measure(metric, rows):
    if metric.measure.how == "count":
        return len(rows)
    numbers = [row[metric.measure.column] for row in rows if row[metric.measure.column] is not None]
    if metric.measure.how == "nunique":
        return len(set(numbers))
    if metric.measure.how == "sum":
        return sum(numbers)
    return {"min": min, "max": max}[metric.measure.how](numbers) if numbers else None


def groups(metric, rows, by, to_date=False, periods=None):
    """{(period or None, *keys): rows}; with `to_date`, all rows of the year up to each of the periods.

    These are the ones given, or those that occur.
    """
    chosen = [row for row in rows if all(meets(row, condition) for condition in metric.filter)]
    found = {}
    for row in chosen:
        period = period_of(row[metric.time], metric.grain) if metric.time else None
        found.setdefault((period, *(row[name] for name in by)), []).append(row)
    if not metric.time and not by:
        found.setdefault((None,), [])
    if not to_date:
        return found
    grown, n = {}, PER_YEAR[metric.grain]
    for until in {key[0] for key in found if key[0] is not None} if periods is None else periods:
        for key, group in found.items():
            if key[0] is not None and key[0] // n == until // n and key[0] <= until:
                grown.setdefault((until, *key[1:]), []).extend(group)
    return grown


def base_values(metric, rows, by, to_date=False, periods=None):
    return {key: measure(metric, group) for key, group in groups(metric, rows, by, to_date, periods).items()}


def derived_values(derived, catalogue, tables, by):
    """{key: value} of a derived metric."""
    base = catalogue.base(derived)

    def numbers(id, by, periods=None):
        declared = catalogue[id]
        metric = catalogue.base(declared)
        return base_values(metric, tables[metric.table], by, declared is not metric, periods)

    if derived.kind == "cumulative":
        return base_values(base, tables[base.table], by, to_date=True)
    top = {key: n for key, n in numbers(derived.of, by).items() if key[0] is not None or not base.time}
    found = {}
    if derived.kind in ("growth", "cagr"):
        back = derived.offset * (PER_YEAR[base.grain] if derived.kind == "cagr" else 1)
        past = numbers(derived.of, by, {key[0] - back for key in top})
        for key, now in top.items():
            before = past.get((key[0] - back, *key[1:]))
            found[key] = None
            if now is not None and before is not None and before > 0:
                if derived.kind == "growth":
                    found[key] = (Fraction(now, before) - 1) * derived.scale
                elif now >= 0:
                    found[key] = ((now / before) ** (1 / derived.offset) - 1) * derived.scale
        return found
    if derived.kind == "share":
        kept = [name for name in by if name not in derived.total]
        bottom = numbers(derived.of, kept)
    else:
        other = catalogue.base(catalogue[derived.over])
        kept = [name for name in by if name in other.dimensions]
        bottom = numbers(derived.over, kept, None if derived.kind == "ratio" else {key[0] for key in top})
    if derived.kind == "ratio":
        top = numbers(derived.of, by, {key[0] for key in bottom if key[0] is not None})
        for key, below in bottom.items():
            if key[0] is None and base.time:
                continue
            above = top.get(key, None if base.measure.how in ("min", "max") else 0)
            found[key] = Fraction(above * derived.scale, below) if above is not None and below else None
        return found
    for key, above in top.items():
        at = dict(zip(by, key[1:], strict=True))
        below = bottom.get((key[0], *(at[name] for name in kept)))
        if above is None and base.measure.how not in ("min", "max"):
            above = 0
        found[key] = Fraction(above * derived.scale, below) if above is not None and below else None
    return found
