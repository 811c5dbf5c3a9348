"""The cluster on a day: stage, state, expected operation of every facility."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kechuang.core.kernel import State
from kechuang.facilities.engine.lifecycle import BUILT, ROAD, Forecast, Stage, forecast, stage_on, state_of
from kechuang.facilities.models import Facility, Resource, StageDate


@dataclass(frozen=True, slots=True)
class Standing:
    """How a facility stood on a day. `begun` are (stage, first day) pairs known then."""

    facility: Facility
    stage: Stage | None
    since: date | None
    state: State
    planned: dict[str, date]
    begun: list[tuple[str, date]]
    forecast: list[Forecast]

    @property
    def expected(self) -> date | None:
        """When it is expected in regular operation, or entered it."""
        reached = dict(reversed(self.begun)).get(Stage.OPERATION)
        return reached or (self.forecast[-1].expected if self.forecast else self.planned.get(Stage.OPERATION))

    @property
    def delay(self) -> int | None:
        due = self.planned.get(Stage.OPERATION)
        return (self.expected - due).days if due and self.expected else None


def standing(facility: Facility, on: date, dates: Iterable[StageDate] | None = None) -> Standing:
    rows = list(facility.dates.all() if dates is None else dates)
    planned = {row.stage: row.planned_on for row in reversed(rows) if row.planned_on and row.stage in ROAD}
    begun = sorted(
        (row.actual_on, row.pk, row.stage) for row in rows if row.actual_on and row.actual_on <= on
    )
    pairs = [(stage, day) for day, _pk, stage in begun]
    first = dict(reversed(pairs))
    now = stage_on(pairs, on)
    state = state_of(planned, first, on)
    since = max((day for stage, day in pairs if stage == now), default=None)
    return Standing(facility, now, since, state, planned, pairs, forecast(planned, first, on))


def cluster_on(on: date, cluster: int | None = None) -> list[Standing]:
    """All facilities (of a cluster) as they stood at the end of a day; those not yet begun have no stage."""
    rows = Facility.objects.select_related("owner", "cluster").prefetch_related("dates")
    if cluster is not None:
        rows = rows.filter(cluster=cluster)
    return [standing(row, on, row.dates.all()) for row in rows]


@dataclass(frozen=True, slots=True)
class Totals:
    facilities: int
    built: int
    in_research: int
    stages: dict[Stage, int]
    states: dict[State, int]

    @property
    def share(self) -> float | None:
        return self.in_research / self.facilities if self.facilities else None


def totals(rows: list[Standing]) -> Totals:
    stages = Counter(row.stage for row in rows if row.stage)
    states = Counter(row.state for row in rows)
    return Totals(
        len(rows),
        sum(stages[stage] for stage in BUILT),
        stages[Stage.OPERATION],
        {stage: stages[stage] for stage in Stage},
        {state: states[state] for state in State},
    )


def shared_whole(facility: Facility) -> QuerySet[Resource]:
    """The facility itself as it stands in the catalogue, where it is opened."""
    return facility.resources.filter(kind=Resource.Kind.FACILITY, opened=True, retired_on=None)
