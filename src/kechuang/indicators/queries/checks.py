"""What is wrong with a return, said item by item: ranges, sums, change against the last period. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KINDS = {"sum": {"total", "parts"}, "at_most": {"item", "than"}, "change": {"item", "most"}}
ITEM_KEYS = {
    "code",
    "name_zh",
    "name_en",
    "unit",
    "unit_en",
    "metric",
    "required",
    "min",
    "max",
    "to_date",  # the year so far, as Chinese monthly and quarterly statistics are reported
    "prices",  # code of a price index, last year = 100
}
REMEDY = gettext_lazy("Correct it, or explain it in the remark.")
Values = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Finding:
    """`hard` ones must be mended; the others need an explanation in the remark."""

    item: str
    message: str
    remedy: str
    hard: bool = True


def form_faults(items: Sequence[Mapping[str, Any]], checks: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """What is wrong with a form's own declaration."""
    codes = [item.get("code", "") for item in items]
    if not items:
        yield _("A form needs at least one item.")
    for code in codes:
        if not code or codes.count(code) > 1:
            yield _("Item code %(code)s is empty or stands twice.") % {"code": code or "—"}
    for item in items:
        if unknown := sorted(set(item) - ITEM_KEYS):
            yield _("Item %(code)s: unknown key %(key)s.") % {"code": item.get("code"), "key": unknown[0]}
    for check in checks:
        needed = KINDS.get(check.get("kind", ""))
        if needed is None or needed - set(check):
            yield _(
                "Check %(check)s: use sum (total, parts), at_most (item, than) or change (item, most)."
            ) % {"check": check}
            continue
        named = [check.get(key) for key in ("item", "total", "than") if check.get(key)]
        for code in [*named, *check.get("parts", ())]:
            if code not in codes:
                yield _("Check %(kind)s names the unknown item %(code)s.") % {
                    "kind": check["kind"],
                    "code": code,
                }


def check(
    items: Sequence[Mapping[str, Any]], checks: Sequence[Mapping[str, Any]], values: Values, last: Values
) -> list[Finding]:
    """Findings on a return's values; `last` are those of the period before (empty for none)."""
    found = [finding for item in items if (finding := _item(item, values.get(item["code"])))]
    names = {item["code"]: item.get("name_zh") or item["code"] for item in items}
    testing = {"sum": _sum, "at_most": _at_most, "change": _change}
    for each in checks:
        found += testing[each["kind"]](each, values, last, names)
    return found


def _item(item: Mapping[str, Any], value: Decimal | None) -> Finding | None:
    code, name = item["code"], item.get("name_zh") or item["code"]
    if value is None:
        if item.get("required", True):
            return Finding(code, _("%(item)s is missing.") % {"item": name}, _("Fill it in; nothing is 0."))
        return None
    if value != value.to_integral_value():
        words = _("%(item)s = %(value)s is not a whole number.") % {"item": name, "value": value}
        return Finding(code, words, _("Give it in whole %(unit)s.") % {"unit": item.get("unit", "")})
    low, high = item.get("min", 0), item.get("max")
    if (low is not None and value < low) or (high is not None and value > high):
        words = _("%(item)s = %(value)s lies outside %(low)s to %(high)s.")
        facts = {"item": name, "value": value, "low": low if low is not None else "−∞", "high": high or "∞"}
        return Finding(code, words % facts, _("Check the unit: %(unit)s.") % {"unit": item.get("unit", "")})
    return None


def _sum(given: Mapping, values: Values, last: Values, names: Mapping) -> list[Finding]:
    total, parts = values.get(given["total"]), [values.get(code) for code in given["parts"]]
    if total is None or None in parts or sum(parts) == total:
        return []
    words = _("%(total)s = %(value)s, but its parts make %(sum)s.")
    facts = {"total": names[given["total"]], "value": total, "sum": sum(parts)}
    return [Finding(given["total"], words % facts, _("Correct the total or a part."))]


def _at_most(given: Mapping, values: Values, last: Values, names: Mapping) -> list[Finding]:
    part, whole = values.get(given["item"]), values.get(given["than"])
    if part is None or whole is None or part <= whole:
        return []
    facts = {"part": names[given["item"]], "a": part, "whole": names[given["than"]], "b": whole}
    words = _("%(part)s = %(a)s is more than %(whole)s = %(b)s.") % facts
    return [Finding(given["item"], words, _("Correct one of the two."))]


def _change(given: Mapping, values: Values, last: Values, names: Mapping) -> list[Finding]:
    now, before = values.get(given["item"]), last.get(given["item"])
    if now is None or not before:
        return []
    change = (now - before) / before
    if abs(change) <= Decimal(str(given["most"])):
        return []
    facts = {"item": names[given["item"]], "before": before, "now": now, "change": f"{change * 100:+.1f}"}
    words = _("%(item)s changes from %(before)s to %(now)s (%(change)s %%).") % facts
    return [Finding(given["item"], words, str(REMEDY), hard=False)]
