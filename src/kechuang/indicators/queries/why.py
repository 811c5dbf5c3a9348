"""Why this number: from a cell to the rows it was counted from, and whether they still give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from kechuang.indicators import registry
from kechuang.indicators.engine.metrics import Calculator, CellError, Declared, PartRows
from kechuang.indicators.engine.metrics.periods import index_of, label, parse
from kechuang.indicators.models import Metric, Observation
from kechuang.indicators.queries import words
from kechuang.indicators.queries.calculate import calculator, declaration
from kechuang.indicators.queries.cells import as_decimal, bounds, cell_key, key_text, to_cell

COUNTED_AGAIN = 50_000  # rows up to which a cell is counted again row by row; above, by their digest
HIDDEN = ("row_digest", "secrecy")


@dataclass(frozen=True)
class Rows:
    """The rows above or below the line, as the reader may see them."""

    role: str
    name: str
    definition: str
    where: str
    number: int | None
    columns: list[str]
    rows: list[tuple]
    total: int
    hidden: int
    links: list[str]
    table: str


@dataclass(frozen=True)
class Why:
    """One cell with its definition, its rows and the proof."""

    observation: Observation
    declared: Declared
    definition: str
    where: str
    parts: list[Rows]
    recounted: Any
    agrees: bool
    by_digest: bool


def address(metric: Metric, observation: Observation | None = None) -> str:
    """The page that answers, for a cell."""
    url = reverse("indicators:why", args=[metric.code])
    return url if observation is None else f"{url}?{urlencode(cell_query(observation))}"


def cell_query(observation: Observation) -> list[tuple[str, str]]:
    """A cell as parameters: `on` its last day where it has a period, `d.<dimension>` its keys."""
    pairs = [("on", observation.end.isoformat())] if observation.start and observation.end else []
    keys = sorted(observation.cell.items())
    return pairs + [(f"d.{name}", key_text(key)) for name, key in keys]


def find(metric: Metric, params: Mapping[str, str]) -> Observation | None:
    """The newest vintage of the cell the parameters name. Raises CellError for what is no cell."""
    keys = {name[2:]: value for name, value in params.items() if name.startswith("d.")}
    rows = metric.observations.filter(cell_key=cell_key(keys)).exclude(version=None).select_related("metric")
    if on := params.get("on") or _period(metric, params.get("period", "")):
        try:
            rows = rows.filter(end=on)
        except Exception as error:
            raise CellError(f"on={on}", "not a day", "Write it as 2024-12-31.") from error
        return rows.order_by("-known_at", "-id").first()
    from kechuang.core import clock

    settled = rows.filter(end__lte=clock.today())
    return (settled if settled.exists() else rows).order_by("-end", "-known_at", "-id").first()


def _period(metric: Metric, text: str) -> str:
    if not text:
        return ""
    for grain in ("year", "quarter", "month"):
        try:
            return bounds(parse(text, grain), grain)[1].isoformat()
        except CellError:
            continue
    raise CellError(f"period={text}", "not a period", "Write it as 2024, 2024-Q1 or 2024-03.")


def of_observation(observation: Observation) -> tuple[Calculator, Declared]:
    """A calculator on the snapshots and the definition this observation was made with. Raises SnapshotError."""
    declared = declaration(observation.version.declaration)
    given = [row for row in (observation.snapshot, observation.over_snapshot) if row]
    return calculator(instead=[declared], at={row.table: row for row in given}), declared


def explain(observation: Observation, clearance: int, first: int = 0, size: int = 100) -> Why:
    """Rows `first` to `first + size` of each part, and the cell counted again. Raises MetricError."""
    calculating, declared = of_observation(observation)
    within = calculating.catalogue
    base = within.base(declared)
    period = index_of(observation.end, base.grain) if base.time and observation.end else None
    types = dict(calculating.engine.schema(base.table))
    cell = to_cell(base, observation.cell, period, types)
    parts = calculating.parts(declared.id, cell)
    digests = [calculating.digest(part) for part in parts]
    few = sum(each.rows for each in digests) <= COUNTED_AGAIN
    fetched = calculating.rows(declared.id, cell, None if few else first + size)
    names = words.names_of({part.part.metric.id for part in fetched})
    shown = [
        _rows(part, digest.rows, few, names, clearance, first, size)
        for part, digest in zip(fetched, digests, strict=True)
    ]
    recounted = as_decimal(calculating.recount(declared.id, cell, fetched).value) if few else None
    same_rows = observation.digest_sum is None or (
        observation.digest_count == sum(each.rows for each in digests)
        and int(observation.digest_sum) == sum(each.total for each in digests)
    )
    agrees = same_rows and (not few or recounted == observation.value)
    where = cell_words(observation, base.grain if base.time else "")
    return Why(
        observation, declared, words.definition(declared, within), where, shown, recounted, agrees, not few
    )


def cell_words(observation: Observation, grain: str = "") -> str:
    """“2024, Programme: …”; for the whole of a metric without time, the day."""
    found = []
    if observation.start and observation.end:
        found.append(label(index_of(observation.end, grain), grain) if grain else observation.end.isoformat())
    table = (observation.metric.tables.split() or [""])[0]
    keys = sorted(observation.cell.items())
    found += [f"{words.column(name)}: {words.value(key, table, name)}" for name, key in keys]
    return ", ".join(found) or _("all rows")


def _rows(
    part: PartRows, total: int, complete: bool, names: dict, clearance: int, first: int, size: int
) -> Rows:
    metric = part.part.metric
    known = registry.table(metric.table)
    guard = part.columns.index(known.secrecy) if known and known.secrecy in part.columns else None
    seen = [row for row in part.rows if guard is None or (row[guard] or 0) <= clearance]
    at = [i for i, name in enumerate(part.columns) if name not in HIDDEN]
    key = part.columns.index("id") if "id" in part.columns else None
    page = seen[first : first + size]
    links = [_link(known, row[key]) if known and key is not None else "" for row in page]
    cell = part.part.cell
    keys = zip(cell.dimensions, cell.keys, strict=True)
    places = [f"{words.column(n)}: {words.value(k, metric.table, n)}" for n, k in keys]
    if cell.period is not None:
        start = f"{label(part.part.first, metric.grain)}–" if part.part.first is not None else ""
        places.insert(0, start + label(cell.period, metric.grain))
    return Rows(
        role=part.part.role,
        name=names.get(metric.id, metric.id),
        definition=words.measure(metric),
        where=", ".join(places),
        number=part.measure() if complete else None,
        columns=[part.columns[i] for i in at],
        rows=[tuple(row[i] for i in at) for row in page],
        total=total,
        hidden=len(part.rows) - len(seen),
        links=links,
        table=metric.table,
    )


def _link(known: registry.Table, key: Any) -> str:
    if not known.link:
        return ""
    try:
        return reverse(known.link, args=[key])
    except NoReverseMatch:
        return ""


def export(observation: Observation, clearance: int) -> tuple[list[str], list[list[Any]]]:
    """All rows of all parts that the reader may see: heads and rows, the part first."""
    found = explain(observation, clearance, 0, COUNTED_AGAIN)
    heads = list(dict.fromkeys(name for part in found.parts for name in part.columns))
    lines = [
        [part.role, *(dict(zip(part.columns, row, strict=True)).get(name) for name in heads)]
        for part in found.parts
        for row in part.rows
    ]
    return ["part", *heads], lines
