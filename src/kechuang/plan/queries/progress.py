"""How far programmes and their promises are, as far as a person may see their parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from kechuang.core.kernel import State
from kechuang.plan.engine.progress import together, way_covered
from kechuang.plan.engine.workflow import COUNTED_STAGES
from kechuang.plan.models import Commitment, Programme
from kechuang.plan.queries.work import visible_commitments, visible_tasks


@dataclass(frozen=True, slots=True)
class Progress:
    """By key: of programmes with all that stands below them, of promises in force, and of the tasks of a programme that
    serve none of its promises (with what they weigh together)."""

    programmes: Mapping[int, Fraction | None]
    promises: Mapping[int, Fraction | None]
    tasks: Mapping[int, tuple[int, Fraction | None]]


def progress(user: Any) -> Progress:
    """A task counts below the promise it serves, and below its programme where the promise stands in no or another one, or
    is over; a promise and a programme below their programme."""
    in_force = visible_commitments(user).filter(status=Commitment.Status.ACTIVE)
    of_promise, of_programme = _of_tasks(user, in_force)
    promises, parts = {}, defaultdict(list)
    for row in in_force.iterator():
        promises[row.pk] = _of_promise(row, of_promise.get(row.pk))
        parts[row.programme_id].append((row.weight, promises[row.pk]))
    for key, tasks in of_programme.items():
        parts[key].append(tasks)
    return Progress(_of_programmes(parts), promises, of_programme)


def _of_tasks(
    user: Any, promises: QuerySet[Commitment]
) -> tuple[dict[int, Fraction | None], dict[int, tuple[int, Fraction | None]]]:
    counted = visible_tasks(user).filter(stage__in=COUNTED_STAGES).order_by()
    sums = {"whole": Sum("weight"), "done": Sum(F("weight") * F("percent"))}
    serving = counted.exclude(commitment=None).values_list("commitment").annotate(**sums)
    served = promises.filter(pk=OuterRef("commitment"), programme=OuterRef("programme"))
    alone = counted.exclude(programme=None).filter(~Exists(served))
    alone = alone.values_list("programme").annotate(**sums)
    return (
        {key: _share(done, whole) for key, whole, done in serving},
        {key: (whole, _share(done, whole)) for key, whole, done in alone},
    )


def _share(done: int, whole: int) -> Fraction | None:
    return Fraction(done, 100 * whole) if whole else None


def _of_promise(row: Commitment, tasks: Fraction | None) -> Fraction | None:
    """As far as it is measured; without a measure as far as its tasks are."""
    if row.state == State.KEPT:
        return Fraction(1)
    if None in (row.measured, row.target_value):
        return tasks
    if row.compare == Commitment.Compare.AT_MOST and row.baseline_value is None:
        return tasks
    return way_covered(row.measured, row.target_value, row.baseline_value)


def _of_programmes(parts: Mapping[int | None, list]) -> dict[int, Fraction | None]:
    children: dict[int | None, list[Programme]] = defaultdict(list)
    for programme in Programme.objects.all():
        children[programme.parent_id].append(programme)
    found: dict[int, Fraction | None] = {}

    def walk(programme: Programme) -> Fraction | None:
        below = [(child.weight, walk(child)) for child in children[programme.pk]]
        found[programme.pk] = together([*parts.get(programme.pk, ()), *below])
        return found[programme.pk]

    for root in children[None]:
        walk(root)
    return found
