"""The state of a promise or task: one pure function, one table of rules, tried from the top.

Nothing else in the house decides a state and nobody sets one by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kechuang.core.kernel import State


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised: a value to reach (`at_least`, `at_most`) or a thing to bring about (`done`), by `due`.

    `path_value` is the value the target path asks for today. `report_every` days may pass between reports. `owed`:
    somebody is bound to report on it, so silence past the due date is late, not merely unmeasured.
    """

    compare: str = "done"
    target: Decimal | None = None
    due: date | None = None
    path_value: Decimal | None = None
    report_every: int = 90
    owed: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known: the measured value, the day it was brought about and accepted, started, last report, forecast."""

    measured: Decimal | None = None
    accepted_on: date | None = None
    started_on: date | None = None
    last_report_on: date | None = None
    forecast: date | None = None
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    state: State
    rule: str


def _reached(promise: Promise, evidence: Evidence) -> bool:
    if promise.compare == "done":
        return evidence.accepted_on is not None
    if evidence.measured is None or promise.target is None:
        return False
    if promise.compare == "at_most":
        return evidence.measured <= promise.target
    return evidence.measured >= promise.target


def _behind_path(promise: Promise, evidence: Evidence) -> bool:
    if promise.path_value is None or evidence.measured is None:
        return False
    if promise.compare == "at_most":
        return evidence.measured > promise.path_value
    return evidence.measured < promise.path_value


def _settled_only_at_due(promise: Promise, on: date) -> bool:
    """A ceiling is kept only once its time is over: before that it is merely on the way."""
    return promise.compare == "at_most" and promise.due is not None and on < promise.due


def _nothing_known(evidence: Evidence) -> bool:
    return (
        evidence.measured is None
        and evidence.accepted_on is None
        and evidence.started_on is None
        and evidence.last_report_on is None
    )


def _silent(promise: Promise, evidence: Evidence, on: date) -> bool:
    since = evidence.last_report_on or evidence.started_on
    return since is not None and on - since > timedelta(days=promise.report_every)


# (name of the rule, state, test on (promise, evidence, day)); the first that holds decides.
RULES = [
    (
        "reached",
        State.KEPT,
        lambda p, e, on: _reached(p, e) and not _settled_only_at_due(p, on),
    ),
    (
        "nothing_known",
        State.UNMEASURED,
        lambda p, e, on: _nothing_known(e) and not (p.owed and p.due is not None and on > p.due),
    ),
    ("overdue", State.LATE, lambda p, e, on: p.due is not None and on > p.due and not _reached(p, e)),
    ("suspended", State.AT_RISK, lambda p, e, on: e.suspended),
    (
        "forecast_after_due",
        State.AT_RISK,
        lambda p, e, on: p.due is not None and e.forecast is not None and e.forecast > p.due,
    ),
    ("behind_path", State.AT_RISK, lambda p, e, on: _behind_path(p, e)),
    ("no_report", State.AT_RISK, lambda p, e, on: e.measured is None and _silent(p, e, on)),
    ("on_the_way", State.ON_THE_WAY, lambda p, e, on: True),
]


def state(promise: Promise, evidence: Evidence, on: date) -> Verdict:
    """The state on a day and the rule that decided it."""
    for name, verdict, holds in RULES:
        if holds(promise, evidence, on):
            return Verdict(verdict, name)
    raise AssertionError("the last rule always holds")
