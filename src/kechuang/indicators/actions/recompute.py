"""Observations from the declarations in force: taken anew whenever an act changed the rows they count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import SYSTEM, act
from kechuang.core.errors import Refusal
from kechuang.core.models import Role
from kechuang.core.roles import has_role
from kechuang.indicators import ports, queries
from kechuang.indicators.actions import snapshots
from kechuang.indicators.actions.declare import sync_declarations
from kechuang.indicators.engine.metrics import (
    Calculator,
    Catalogue,
    Condition,
    Declared,
    Measure,
    MetricError,
)
from kechuang.indicators.engine.metrics import Metric as Counted
from kechuang.indicators.engine.metrics import Observation as Seen
from kechuang.indicators.engine.metrics.cells import Digest
from kechuang.indicators.engine.metrics.compile_derived import Part
from kechuang.indicators.models import Metric, MetricVersion, Observation, Snapshot
from kechuang.indicators.queries.calculate import tables_of, versions_in_force
from kechuang.indicators.queries.cells import as_decimal, bounds, cell_key, plain
from kechuang.indicators.queries.words import parts

ENGINES = ("duckdb", "postgres", "spark")
GENERATED = "synthetic"


@dataclass
class Recomputed:
    """What a run did: metrics computed, observations new, and what could not be computed with its reason."""

    metrics: int = 0
    new: int = 0
    faults: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        words = _("%(metrics)d indicators computed, %(new)d new observations") % {
            "metrics": self.metrics,
            "new": self.new,
        }
        return "\n".join([words, *(f"{code}: {fault}" for code, fault in self.faults.items())])


@act("indicators.recompute", may=has_role(Role.ANALYST, Role.OFFICER))
def recompute(actor: Any, metrics: Sequence[Metric] | None = None, *, engine: str = "duckdb") -> Recomputed:
    """Compute indicators (all, or those given) on the rows as they stand now; former values are kept."""
    if engine not in ENGINES:
        raise Refusal(
            _("Unknown engine: %(name)s.") % {"name": engine}, field="engine", remedy=", ".join(ENGINES)
        )
    if metrics is None:
        sync_declarations(SYSTEM)
    done, changed = _run({metric.pk for metric in metrics} if metrics is not None else None, engine)
    if changed:
        ports.tell_observed(changed)
    return done


def _run(wanted: set[int] | None, engine: str) -> tuple[Recomputed, set[int]]:
    versions = {
        id: row for id, row in versions_in_force().items() if wanted is None or row.metric_id in wanted
    }
    Metric.objects.filter(pk__in=[row.metric_id for row in versions.values()]).update(dirty_since=None)
    within = queries.catalogue()
    names = {name for id in versions for name in tables_of(within[id], within) if name}
    done, at = Recomputed(), {}
    for name in sorted(names):
        try:
            at[name] = snapshots.take(name)
        except (Refusal, MetricError) as fault:
            done.faults[name] = str(fault)
    counting = queries.calculator(at=at)
    computing = counting if engine == "duckdb" else queries.calculator(engine=engine, at=at)
    changed = set()
    for id, row in versions.items():
        try:
            new = _observe(row, counting, computing, at)
        except MetricError as fault:
            done.faults[row.metric.code] = str(fault)
            continue
        done.metrics, done.new = done.metrics + 1, done.new + new
        if new:  # a row that came, went or was marked changes a digest, so nothing is missed
            changed.add(row.metric_id)
            _mark(row.metric, any(_generated(part, counting) for part in parts(within[id], within)))
    snapshots.let_go(at)
    return done, changed


def _generated(counted: Counted, counting: Calculator) -> bool:
    """Whether any row that is counted was generated: tables say so in their column of that name."""
    if GENERATED not in dict(counting.engine.schema(counted.table)):
        return False
    condition = Condition(GENERATED, "=", True)
    asked = replace(
        counted, measure=Measure("count"), filter=(*counted.filter, condition), dimensions=(), time=None
    )
    return bool(Calculator(Catalogue([asked]), counting.engine).values(asked.id)[0].value)


def _mark(metric: Metric, synthetic: bool) -> None:
    if metric.synthetic != synthetic:
        Metric.objects.filter(pk=metric.pk).update(synthetic=synthetic)


def _observe(
    version: MetricVersion, counting: Calculator, computing: Calculator, at: dict[str, Snapshot]
) -> int:
    """Store what is new of one metric; returns how many observations."""
    declared = counting.catalogue[queries.cells.id_of(version.metric.code)]
    top, over = tables_of(declared, counting.catalogue)
    digests = Digests(counting)
    made = [
        _row(version, seen, declared, counting, digests.of(declared, seen))
        for by in groupings(counting.catalogue.base(declared).dimensions)
        for seen in computing.values(declared.id, by)
    ]
    for row in made:
        row.snapshot, row.over_snapshot = at.get(top), at.get(over)
    return _keep(version.metric, made)


def groupings(dimensions: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The whole, by each dimension alone, and by all together."""
    return list(dict.fromkeys([(), *((name,) for name in dimensions), dimensions]))


def _row(
    version: MetricVersion, seen: Seen, declared: Declared, counting: Calculator, digest: Digest | None
) -> Observation:
    base = counting.catalogue.base(declared)
    start, end = bounds(seen.cell.period, base.grain) if base.time else (None, clock.today())
    cell = plain(seen.cell)
    return Observation(
        metric=version.metric,
        version=version,
        basis=version.metric.basis,
        cell=cell,
        cell_key=cell_key(cell),
        start=start,
        end=end,
        value=as_decimal(seen.value),
        top=seen.top,
        bottom=seen.bottom,
        digest_count=digest and digest.rows,
        digest_sum=digest and digest.total,
        known_at=clock.now(),
    )


class Digests:
    """Which rows stand behind every cell, asked of the snapshot once a metric and grouping."""

    def __init__(self, calculator: Calculator) -> None:
        self._calculator, self._known = calculator, {}

    def of(self, declared: Declared, seen: Seen) -> Digest | None:
        """All parts of a cell together; None for a cell whose parts cannot be named (no period)."""
        base = self._calculator.catalogue.base(declared)
        if seen.cell.period is None and base.time and declared is not base:
            return None
        found = [self._part(part) for part in self._calculator.parts(declared.id, seen.cell)]
        return Digest(sum(each.rows for each in found), sum(each.total for each in found))

    def _part(self, part: Part) -> Digest:
        known = self._all(part.metric.id, part.cell.dimensions)
        if part.first is None:
            return known.get(part.cell, Digest(0, 0))
        within = [
            digest
            for cell, digest in known.items()
            if cell.keys == part.cell.keys
            and cell.period is not None
            and part.first <= cell.period <= part.cell.period
        ]
        return Digest(sum(each.rows for each in within), sum(each.total for each in within))

    def _all(self, id: str, by: tuple[str, ...]) -> dict:
        if (id, by) not in self._known:
            self._known[id, by] = self._calculator.digests(id, by)
        return self._known[id, by]


SAME = ("version_id", "value", "top", "bottom", "digest_count", "digest_sum")


@transaction.atomic
def _keep(metric: Metric, made: Iterable[Observation]) -> int:
    """Add what differs from the newest vintage. A cell that has no rows any more gets a vintage without value.

    Metrics without time are a series of days: a value stands until it changes.
    """
    standing = newest_by_cell(metric)
    timed = any(row.start for row in made) or any(row.start for row in standing.values())
    new, seen = [], set()
    for row in made:
        key = (row.cell_key, row.end if timed else None)
        seen.add(key)
        former = standing.get(key)
        if former is None or any(getattr(former, name) != getattr(row, name) for name in SAME):
            new.append(row)
    new += [_gone(former) for key, former in standing.items() if key not in seen and former.value is not None]
    if not new:
        return 0
    replaced = [
        former.pk
        for row in new
        if (former := standing.get((row.cell_key, row.end if timed else None)))
        and (timed or former.end == row.end)
    ]
    Observation.objects.filter(pk__in=replaced).update(current=False)
    Observation.objects.bulk_create(new, batch_size=500)
    return len(new)


def newest_by_cell(metric: Metric) -> dict[tuple[str, date | None], Observation]:
    """The newest vintage of every cell and period; of every cell for a metric without time."""
    rows = metric.observations.filter(current=True).order_by("end", "known_at", "id")
    return {(row.cell_key, row.end if row.start else None): row for row in rows}


def _gone(former: Observation) -> Observation:
    names = (
        "metric_id",
        "version_id",
        "snapshot_id",
        "over_snapshot_id",
        "basis",
        "cell",
        "cell_key",
        "start",
    )
    kept = {name: getattr(former, name) for name in names}
    end = former.end if former.start else clock.today()
    return Observation(**kept, end=end, value=None, known_at=clock.now())


def mark_dirty(tables: Iterable[str]) -> bool:
    """Metrics of these tables wait to be recomputed; True when some did not wait before."""
    wanted = models.Q()
    for name in tables:
        wanted |= models.Q(tables__contains=f" {name} ")
    if not wanted:
        return False
    return bool(Metric.objects.filter(wanted, dirty_since=None).update(dirty_since=clock.now()))


def recompute_dirty() -> str:
    """Compute what waits. If it fails, it waits on."""
    waiting = list(Metric.objects.exclude(dirty_since=None))
    return str(recompute(SYSTEM, waiting)) if waiting else ""
