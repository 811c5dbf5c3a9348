"""What the engines say in codes, said in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.engine.workflow import BadStep
from kechuang.core.errors import Refusal
from kechuang.core.kernel import formatting
from kechuang.core.language import in_language
from kechuang.facilities.engine.answers import Fault

FORM = {
    "no_fields": gettext_lazy("The form has no field yet; add one."),
    "bad_key": gettext_lazy("The key must begin with a letter and hold small letters, digits and _ only."),
    "key_twice": gettext_lazy("This key is used twice; choose another."),
    "bad_kind": gettext_lazy("This kind is unknown; take one of %(kinds)s."),
    "no_label": gettext_lazy("Give the field a Chinese label."),
    "unknown_setting": gettext_lazy("Unknown settings: %(names)s; remove them."),
    "no_options": gettext_lazy("Add at least one option."),
    "options_unclear": gettext_lazy("Each option needs its own value."),
    "bad_limit": gettext_lazy("%(name)s: %(value)s cannot be read; give a number or a date like 2026-11-21."),
    "limits_cross": gettext_lazy("The lower limit is above the upper one."),
    "no_columns": gettext_lazy("Add at least one column."),
    "columns_unclear": gettext_lazy("Each column needs its own key of small letters, digits and _."),
    "condition_on_later_field": gettext_lazy("The condition must name a field that stands before this one."),
    "condition_without_values": gettext_lazy("Say for which answers the field is asked."),
    "condition_never_holds": gettext_lazy("The condition names answers that are not offered: %(values)s."),
    "required": gettext_lazy("This must be answered."),
    "too_long": gettext_lazy("%(given)s characters; at most %(most)s."),
    "not_a_number": gettext_lazy("This is not a number."),
    "not_a_date": gettext_lazy("This is not a date; write it like 2026-11-21."),
    "below": gettext_lazy("At least %(least)s."),
    "above": gettext_lazy("At most %(most)s."),
    "one_only": gettext_lazy("Choose one only."),
    "not_offered": gettext_lazy("Not offered: %(values)s."),
    "wrong_ending": gettext_lazy("Hand in a file that ends in %(endings)s."),
    "not_a_table": gettext_lazy("Write one line for each row."),
    "too_many_rows": gettext_lazy("%(given)s rows; at most %(most)s."),
}
BOOKING = {
    "ends_before_start": gettext_lazy("The booking ends before it starts."),
    "not_quarters": gettext_lazy("Begin and end at a quarter of an hour."),
    "not_on_step": gettext_lazy("Bookings begin every %(step)s minutes here."),
    "too_short": gettext_lazy("Book at least %(shortest)s minutes."),
    "too_long": gettext_lazy("Book at most %(longest)s minutes at a time."),
    "past": gettext_lazy("This time has passed."),
    "notice": gettext_lazy("Book at least %(minutes)s minutes ahead."),
    "problem_open": gettext_lazy("The instrument has an open problem and cannot be used now."),
    "not_qualified": gettext_lazy("You need the qualification for this instrument; ask for a training."),
    "no_shows": gettext_lazy("You did not come %(count)s times; you may book again from %(until)s."),
    "beyond_horizon": gettext_lazy("You may book up to %(last)s for now."),
    "recent_use": gettext_lazy(
        "You used it %(hours)s hours in the last %(recent_days)s days; so you may book up to %(last)s, to leave time for others."
    ),
    "closed": gettext_lazy("It is closed from %(from)s to %(to)s."),
    "outside_hours": gettext_lazy("This is outside the open hours."),
    "prime_time": gettext_lazy(
        "You hold %(held)s minutes of prime time in this week; at most %(most)s. Choose another hour."
    ),
    "too_much_ahead": gettext_lazy(
        "You may hold at most %(most)s minutes ahead; use or cancel a booking first."
    ),
    "taken": gettext_lazy("Somebody else has this time. Choose another, or join the wait list."),
    "no_such_time": gettext_lazy(
        "%(wall)s does not exist: the clocks are put forward then. Choose another hour."
    ),
    "time_twice": gettext_lazy("%(wall)s comes twice: the clocks are put back then. Choose another hour."),
}
POLICY = {
    "unknown": gettext_lazy("This rule is unknown; known are %(known)s."),
    "not_a_number": gettext_lazy("%(value)s is not a number from 0."),
    "bad_hours": gettext_lazy('%(value)s cannot be read; write [weekday 0–6, "09:00", "18:00"].'),
    "step_not_quarters": gettext_lazy("The step must be a multiple of 15 minutes."),
    "not_quarters": gettext_lazy("Give a multiple of 15 minutes."),
    "longest_below_shortest": gettext_lazy(
        "The longest booking must be a multiple of 15 and not below the shortest."
    ),
    "no_horizon": gettext_lazy("One must be able to book at least one day ahead."),
}
CALL = {
    "never_open": gettext_lazy("%(facility)s is never open in this cycle; check machine days and closures."),
    "window_outside": gettext_lazy("%(request)s: its window (%(first)s – %(last)s) lies outside the cycle."),
    "block_too_long": gettext_lazy(
        "%(request)s asks for %(hours)s hours in one block; the longest open time in its window is %(longest)s hours. Split the block or widen the window."
    ),
    "panel_over_ruled": gettext_lazy(
        "The ceiling of panel %(panel)s cannot be kept: its proposals are counted by a quota and a cap already. Drop the ceiling, or one of these rules."
    ),
}


def said(words: Mapping[str, Any], code: str, facts: Mapping[str, Any]) -> str:
    """A code in words; days and instants are written as a reader writes them."""
    return str(words[code]) % {key: _plain(value) for key, value in facts.items()}


def _plain(value: Any) -> Any:
    if hasattr(value, "hour"):
        return f"{localtime(value):%Y-%m-%d %H:%M}" if value.tzinfo else f"{value:%Y-%m-%d %H:%M}"
    return formatting.day(value) if hasattr(value, "year") else value


def label_of(field: Mapping[str, Any]) -> str:
    return in_language(field.get("label_zh", ""), field.get("label_en", ""))


def fault_lines(fields: Iterable[Mapping[str, Any]], faults: Iterable[Fault]) -> list[str]:
    """Each fault with its place: field, row and column."""
    labels = {row.get("key"): label_of(row) for row in fields if isinstance(row, dict)}
    lines = []
    for fault in faults:
        place = labels.get(fault.key) or fault.key or _("Form")
        if fault.row:
            place += _(", row %(row)s, %(column)s") % {"row": fault.row, "column": fault.column}
        lines.append(f"{place}: {said(FORM, fault.code, fault.facts)}")
    return lines


def refuse_faults(fields: Iterable[Mapping[str, Any]], faults: list[Fault]) -> None:
    """Raises Refusal naming every fault, when there are any."""
    if faults:
        raise Refusal("\n".join(fault_lines(fields, faults)), field=faults[0].key)


def refused_step(error: BadStep, stage: str) -> Refusal:
    """A step that a call or a proposal cannot take from where it stands (`stage` in words)."""
    if error.needs_reason:
        return Refusal(_("Give the reason."), field="reason")
    return Refusal(_("“%(stage)s”: this step is not possible from here.") % {"stage": stage})
