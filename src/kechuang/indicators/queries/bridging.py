"""Two definitions of one metric on the same rows, side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kechuang.indicators.engine.metrics import Cell, Declared
from kechuang.indicators.engine.metrics import Metric as Counted
from kechuang.indicators.engine.metrics.bridge import changes
from kechuang.indicators.engine.metrics.periods import label
from kechuang.indicators.models import Metric, MetricVersion
from kechuang.indicators.queries import words
from kechuang.indicators.queries.calculate import calculator, catalogue, declaration
from kechuang.indicators.queries.cells import as_decimal
from kechuang.indicators.queries.disclosure import Disclosure


@dataclass(frozen=True)
class Step:
    """One cell by the old and the new definition."""

    where: str
    old: Decimal | None
    new: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.old is None or self.new is None else self.new - self.old


@dataclass(frozen=True)
class Bridged:
    """What changed in the definition, and every cell by both; `factor` carries the old series over."""

    changed: list[tuple[str, str, str]]
    old_words: str
    new_words: str
    steps: list[Step]
    factor: float | None


def preview(old: Declared, new: Declared) -> Bridged:
    """Both definitions on the newest snapshots. Raises MetricError."""
    before, after = _values(old), _values(new)
    steps = [Step(where, before.get(where), after.get(where)) for where in {**before, **after}]
    return Bridged(
        changed=[(name, _text(a), _text(b)) for name, (a, b) in changes(old, new).items()],
        old_words=words.definition(old, catalogue([old])),
        new_words=words.definition(new, catalogue([new])),
        steps=steps,
        factor=_factor(steps),
    )


def of_version(metric: Metric, version: MetricVersion, disclosure: Disclosure) -> Bridged | None:
    """A version against the one before it; None for the first. Without cells where some may have to be hidden."""
    former = metric.versions.filter(version=version.version - 1).first()
    if former is None:
        return None
    found = preview(declaration(former.declaration), declaration(version.declaration))
    return replace(found, steps=[], factor=None) if disclosure.guarded(metric) else found


def _values(declared: Declared) -> dict[str, Decimal | None]:
    """The whole by period; for a metric without time also by each dimension, so that there is something to compare."""
    calculating = calculator(instead=[declared])
    base = calculating.catalogue.base(declared)
    groups = [()] if base.time else [(), *((name,) for name in base.dimensions)]
    found = {}
    for by in groups:
        for seen in calculating.values(declared.id, by):
            found[_where(seen.cell, base)] = as_decimal(seen.value)
    return found


def _where(cell: Cell, base: Counted) -> str:
    """A cell in words; “—” for all rows."""
    period = [label(cell.period, base.grain)] if cell.period is not None else []
    keys = zip(cell.dimensions, cell.keys, strict=True)
    return ", ".join(period + [f"{words.column(n)}: {words.value(k, base.table, n)}" for n, k in keys]) or "—"


def _factor(steps: list[Step]) -> float | None:
    both = [step for step in steps if step.difference is not None]
    old = sum(step.old for step in both)
    return float(sum(step.new for step in both) / old) if old else None


def _text(value: object) -> str:
    return "—" if value in (None, "", []) else str(value)
