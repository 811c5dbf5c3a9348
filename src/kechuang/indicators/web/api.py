"""Indicators by program: everything the pages do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from kechuang.core.errors import Refusal
from kechuang.core.web.api import PUBLIC, keyset
from kechuang.indicators import actions
from kechuang.indicators.queries import bridging, conventions, open_data, why
from kechuang.indicators.queries.calculate import declaration
from kechuang.indicators.queries.disclosure import Disclosure
from kechuang.indicators.queries.observed import series
from kechuang.indicators.queries.series import outlook
from kechuang.indicators.queries.standing import beside, standings, visible_metrics
from kechuang.indicators.web.api_indices import router as indices
from kechuang.indicators.web.api_returns import router as returns
from kechuang.indicators.web.common import clearance_of, kindly, metric_for

router = Router(tags=["indicators"])
router.add_router("", returns)
router.add_router("", indices)
Plain = dict[str, Any]


@router.get("/metrics", auth=PUBLIC)
def metrics(request: HttpRequest, after: int | None = None, limit: int = 100) -> Plain:
    """Indicators with where each stands as a whole, by key."""
    names = ["code", "name_zh", "name_en", "unit", "better", "basis", "domain", "public", "synthetic"]
    page = keyset(visible_metrics(request.user), after=after, limit=limit, fields=names)
    here = visible_metrics(request.user).filter(pk__in=[item["id"] for item in page["items"]])
    found = standings(here, Disclosure(request.user))
    for item in page["items"]:
        standing = found[item["id"]]
        item["value"] = standing.latest and standing.latest.value
        item["end"] = standing.latest and standing.latest.end
        item["target"] = standing.target and standing.target.value
        item["state"] = standing.state
    return page


@router.get("/metrics/{code}", auth=PUBLIC)
def metric(request: HttpRequest, code: str) -> Plain:
    """One indicator: definition, versions, published figures with their differences, targets."""
    row = metric_for(request, code)
    version = row.versions.first()
    return {
        "code": row.code,
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "unit": row.unit,
        "basis": row.basis,
        "better": row.better,
        "synthetic": row.synthetic,
        "definition_zh": row.definition_zh,
        "definition_en": row.definition_en,
        "definition": version.declaration if version else None,
        "versions": list(row.versions.values("version", "digest", "valid_from", "bridge_until", "reason")),
        "targets": list(row.targets.values("value", "due", "base_value", "base_date", "path", "source")),
        "published": [
            {
                "value": pair.published.value,
                "start": pair.published.start,
                "end": pair.published.end,
                "source": pair.published.source,
                "difference": pair.difference,
                "cause": pair.cause,
            }
            for pair in beside([row.pk], Disclosure(request.user)).get(row.pk, ())
        ],
    }


@router.get("/metrics/{code}/observations", auth=PUBLIC)
def observations(request: HttpRequest, code: str) -> list[Plain]:
    """Current values of all cells; small cells are left out for visitors."""
    row = metric_for(request, code)
    rows = open_data.observations(row, Disclosure(request.user))
    return [open_data.plain(each, row) | {"cell": each.cell} for each in rows]


@router.get("/metrics/{code}/why", auth=PUBLIC)
@kindly
def why_this_number(request: HttpRequest, code: str, page: int = 1, size: int = 100) -> Plain:
    """The rows behind a cell: `on` its last day, `d.<dimension>` its keys, as on the page."""
    row = metric_for(request, code)
    observation = why.find(row, {k: v for k, v in request.GET.items() if k not in ("page", "size")})
    if observation is None or Disclosure(request.user).hides(observation):
        raise Refusal("this indicator has no such cell to show", field="on")
    size = max(1, min(size, 500))
    found = why.explain(observation, clearance_of(request.user), (max(1, page) - 1) * size, size)
    return {
        "value": observation.value,
        "synthetic": row.synthetic,
        "cell": observation.cell,
        "end": observation.end,
        "definition": found.definition,
        "version": observation.version.version,
        "snapshot": observation.snapshot and observation.snapshot.name,
        "recounted": found.recounted,
        "agrees": found.agrees,
        "parts": [
            {
                "role": part.role,
                "table": part.table,
                "number": part.number,
                "total": part.total,
                "hidden": part.hidden,
                "rows": [dict(zip(part.columns, line, strict=True)) for line in part.rows],
            }
            for part in found.parts
        ],
    }


@router.get("/metrics/{code}/outlook", auth=PUBLIC)
@kindly
def outlook_of(request: HttpRequest, code: str) -> Plain:
    """Series, target path, forecast with its 80 % interval, chance of reaching the target, what it takes."""
    row = metric_for(request, code)
    found = outlook(row, standings([row])[row.pk].target, Disclosure(request.user))
    names = (
        "grain",
        "periods",
        "values",
        "path",
        "means",
        "low",
        "high",
        "method",
        "chance",
        "amount",
        "rate",
    )
    shown = {name: getattr(found, name) for name in names}
    return shown | {"pace": found.pace, "fault": found.fault, "synthetic": row.synthetic}


@router.get("/metrics/{code}/conventions", auth=PUBLIC)
@kindly
def conventions_of(request: HttpRequest, code: str, base: int | None = None) -> Plain:
    """Single periods beside the year to date, and yearly values at the prices of `base`."""
    row = metric_for(request, code)
    rows = series(row.pk, reader=Disclosure(request.user))
    return {
        "accumulates": row.accumulates,
        "synthetic": row.synthetic or bool(row.prices_id and row.prices.synthetic),
        "within_the_year": [_floats(each) for each in conventions.within_the_year(row, rows)],
        "constant_prices": [_floats(each) for each in conventions.at_constant_prices(row, rows, base)],
    }


def _floats(line: Any) -> Plain:
    return {name: float(v) if isinstance(v, Fraction) else v for name, v in vars(line).items()}


class DeclareIn(Schema):
    declaration: Plain
    unit_en: str = ""
    definition_zh: str = ""
    definition_en: str = ""
    public: bool = True
    small_cell: int = 0
    parent: str = ""


@router.post("/metrics")
def declare(request: HttpRequest, body: DeclareIn) -> Plain:
    """Declare a new indicator over a registered table."""
    facts = body.dict(exclude={"declaration"})
    return {"code": actions.declare_metric(request.user, body.declaration, **facts).code}


class RedefineIn(Schema):
    changes: Plain
    reason: str = ""
    valid_from: date | None = None
    bridge_until: date | None = None


@router.post("/metrics/{code}/versions")
def redefine(request: HttpRequest, code: str, body: RedefineIn) -> Plain:
    """Put the next definition in force."""
    made = actions.redefine(request.user, metric_for(request, code), **body.dict())
    return {"version": made.version, "digest": made.digest}


@router.post("/metrics/{code}/preview")
@kindly
def preview(request: HttpRequest, code: str, body: RedefineIn) -> Plain:
    """Both definitions on the same rows, before anything changes."""
    from kechuang.indicators.actions.define import next_definition

    row = metric_for(request, code)
    new = next_definition(row, body.changes)
    found = bridging.preview(declaration(row.versions.first().declaration), new)
    return {"old": found.old_words, "new": found.new_words, "factor": found.factor, "steps": _steps(found)}


@router.get("/metrics/{code}/versions/{version}/bridge", auth=PUBLIC)
@kindly
def bridge(request: HttpRequest, code: str, version: int) -> Plain:
    """A version beside the one before it."""
    row = metric_for(request, code)
    found = bridging.of_version(
        row, get_object_or_404(row.versions, version=version), Disclosure(request.user)
    )
    if found is None:
        raise Refusal("there is no former definition to compare with", field="version")
    return {"old": found.old_words, "new": found.new_words, "factor": found.factor, "steps": _steps(found)}


def _steps(found: bridging.Bridged) -> list[Plain]:
    return [
        {"cell": step.where, "old": step.old, "new": step.new, "difference": step.difference}
        for step in found.steps
    ]


class TargetIn(Schema):
    value: Decimal
    due: date
    base_value: Decimal
    base_date: date
    path: str = "linear"
    steps: list[tuple[date, Decimal]] = []
    source: str = ""


@router.put("/metrics/{code}/target")
def set_target(request: HttpRequest, code: str, body: TargetIn) -> Plain:
    """Set a target."""
    return {"id": actions.set_target(request.user, metric_for(request, code), **body.dict()).pk}


class PublishedIn(Schema):
    value: Decimal
    source: str
    start: date | None = None
    end: date | None = None
    comparator: str = ""
    cause_zh: str = ""
    cause_en: str = ""


@router.put("/metrics/{code}/published")
def publish_value(request: HttpRequest, code: str, body: PublishedIn) -> Plain:
    """Put a published figure beside the measured one."""
    return {"id": actions.publish_value(request.user, metric_for(request, code), **body.dict()).pk}


@router.post("/recompute")
def recompute(request: HttpRequest, engine: str = "duckdb") -> Plain:
    """Compute all indicators on the rows as they stand now."""
    done = actions.recompute(request.user, engine=engine)
    return {"metrics": done.metrics, "new": done.new, "faults": done.faults}


@router.post("/sync")
def sync(request: HttpRequest) -> Plain:
    """Take over the declarations of the domains' files."""
    return {"changed": actions.sync_declarations(request.user)}
