"""The life of a large facility as a table of stages, and how far its delay reaches into the future.

规划 → 立项 → 开工 → 设备安装 → 调试 → 试运行 → 正式运行 → 升级 / 退役. A stage's date is the day it begins.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kechuang.core.kernel import State


class Stage(StrEnum):
    PLANNING = "planning"
    APPROVAL = "approval"
    CONSTRUCTION = "construction"
    INSTALLATION = "installation"
    COMMISSIONING = "commissioning"
    TRIAL = "trial"
    OPERATION = "operation"
    UPGRADE = "upgrade"
    RETIRED = "retired"


S = Stage
ROAD = (S.PLANNING, S.APPROVAL, S.CONSTRUCTION, S.INSTALLATION, S.COMMISSIONING, S.TRIAL, S.OPERATION)
BUILT = frozenset({S.TRIAL, S.OPERATION, S.UPGRADE, S.RETIRED})
NEEDS_ACCEPTANCE = frozenset({S.OPERATION})
NEXT: dict[Stage, tuple[Stage, ...]] = {
    **{here: (there,) for here, there in itertools.pairwise(ROAD)},
    S.OPERATION: (S.UPGRADE, S.RETIRED),
    S.UPGRADE: (S.OPERATION, S.RETIRED),
    S.RETIRED: (),
}


def check_step(here: str, there: str) -> None:
    """Raise ValueError naming what may follow when a facility that is `here` cannot go `there`."""
    possible = NEXT[Stage(here)]
    if there not in possible:
        named = ", ".join(possible) or "nothing more"
        raise ValueError(f"a facility in {here} goes on to {named}; not to {there}")


def stage_on(begun: Iterable[tuple[str, date]], on: date) -> Stage | None:
    """The stage in which a facility stood at the end of a day, of (stage, first day) pairs; None before its first.

    Of two stages begun on one day the later in the table counts.
    """
    order = list(Stage)
    reached = [(day, order.index(Stage(stage))) for stage, day in begun if day <= on]
    return order[max(reached)[1]] if reached else None


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a stage is expected to begin, and by how many days that is later than planned."""

    stage: Stage
    expected: date
    delay: int


def forecast(planned: Mapping[str, date], actual: Mapping[str, date], on: date) -> list[Forecast]:
    """Expected dates of the stages to come, up to 正式运行.

    pace = days the finished part took ÷ days it was planned to take (never below 1: gained time is not promised on).
    Each remaining planned duration is stretched by pace, counted from the last date reached; nothing is expected
    before `on`, for a date that has passed without the stage cannot be kept. Stages without a planned date are left out.
    """
    road = [stage for stage in ROAD if stage in planned]
    reached = [stage for stage in road if stage in actual and actual[stage] <= on]
    if not reached or reached[-1] == road[-1]:
        return []
    first, last = reached[0], reached[-1]
    taken, meant = (actual[last] - actual[first]).days, (planned[last] - planned[first]).days
    numerator, denominator = (max(taken, meant), meant) if meant > 0 else (1, 1)
    found, earliest = [], actual[last]
    for stage in road[road.index(last) + 1 :]:
        length = (planned[stage] - planned[last]).days
        expected = actual[last] + timedelta(days=-(-length * numerator // denominator))
        earliest = max(expected, earliest, on)
        found.append(Forecast(stage, earliest, (earliest - planned[stage]).days))
    return found


def state_of(planned: Mapping[str, date], actual: Mapping[str, date], on: date) -> State:
    """`actual` holds the first day of each stage.

    kept: in 正式运行; late: its date of operation has passed; at risk: expected more than 30 days late;
    on the way otherwise; unmeasured without a planned date of operation or without a stage reached."""
    now = stage_on(actual.items(), on)
    if now in (S.OPERATION, S.UPGRADE, S.RETIRED):
        return State.KEPT
    due = planned.get(S.OPERATION)
    if due is None or now is None:
        return State.UNMEASURED
    if due < on:
        return State.LATE
    expected = forecast(planned, actual, on)
    return State.AT_RISK if expected and expected[-1].delay > 30 else State.ON_THE_WAY
