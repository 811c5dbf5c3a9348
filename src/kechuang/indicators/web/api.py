"""Indicators by program: everything the pages do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import files
from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation
from kechuang.core.web.api import PUBLIC, keyset
from kechuang.indicators import actions
from kechuang.indicators.models import ExternalValue, Recipe, Return, ReturnForm
from kechuang.indicators.queries import bridging, indices, open_data, profile, why
from kechuang.indicators.queries.calculate import declaration
from kechuang.indicators.queries.indices import visible_recipes
from kechuang.indicators.queries.returns import values_of, visible_returns
from kechuang.indicators.queries.series import outlook
from kechuang.indicators.queries.sheets import EXTERNAL, of_form
from kechuang.indicators.queries.standing import beside, standings, visible_metrics
from kechuang.indicators.web.common import clearance_of, kindly, metric_for, rows_of
from kechuang.indicators.web.why import is_hidden

router = Router(tags=["indicators"])
Plain = dict[str, Any]
SHEET = File(...)


# ---- indicators


@router.get("/metrics", auth=PUBLIC)
def metrics(request: HttpRequest, after: int | None = None, limit: int = 100) -> Plain:
    """Indicators with where each stands as a whole, by key."""
    names = ["code", "name_zh", "name_en", "unit", "better", "basis", "domain", "public", "synthetic"]
    page = keyset(visible_metrics(request.user), after=after, limit=limit, fields=names)
    found = standings(visible_metrics(request.user).filter(pk__in=[item["id"] for item in page["items"]]))
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
            for pair in beside([row.pk]).get(row.pk, ())
        ],
    }


@router.get("/metrics/{code}/observations", auth=PUBLIC)
def observations(request: HttpRequest, code: str) -> list[Plain]:
    """Current values of all cells; small cells are left out for visitors."""
    row = metric_for(request, code)
    rows = open_data.observations(row, public=not request.user.is_authenticated)
    return [open_data.plain(each, row) | {"cell": each.cell} for each in rows]


@router.get("/metrics/{code}/why", auth=PUBLIC)
@kindly
def why_this_number(request: HttpRequest, code: str, page: int = 1, size: int = 100) -> Plain:
    """The rows behind a cell: `on` its last day, `d.<dimension>` its keys, as on the page."""
    row = metric_for(request, code)
    observation = why.find(row, {k: v for k, v in request.GET.items() if k not in ("page", "size")})
    if observation is None or is_hidden(request.user, row, observation):
        raise Refusal("this indicator has no such cell to show", field="on")
    size = max(1, min(size, 500))
    found = why.explain(observation, clearance_of(request.user), (max(1, page) - 1) * size, size)
    return {
        "value": observation.value,
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
    found = outlook(row, {}, standings([row])[row.pk].target)
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
    return {name: getattr(found, name) for name in names} | {"pace": found.pace, "fault": found.fault}


class DeclareIn(Schema):
    declaration: Plain
    unit_en: str = ""
    definition_zh: str = ""
    definition_en: str = ""
    public: bool = True
    small_cell: int = 0


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
    from kechuang.indicators.actions.declare import next_definition

    row = metric_for(request, code)
    new = next_definition(row, body.changes)
    found = bridging.preview(declaration(row.versions.first().declaration), new)
    return {"old": found.old_words, "new": found.new_words, "factor": found.factor, "steps": _steps(found)}


@router.get("/metrics/{code}/versions/{version}/bridge", auth=PUBLIC)
@kindly
def bridge(request: HttpRequest, code: str, version: int) -> Plain:
    """A version beside the one before it."""
    row = metric_for(request, code)
    found = bridging.of_version(row, get_object_or_404(row.versions, version=version))
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


# ---- statistical returns


class FormIn(Schema):
    title_zh: str
    title_en: str = ""
    frequency: str = "year"
    items: list[Plain]
    checks: list[Plain] = []
    due_days: int = 15


class OpenIn(Schema):
    form: str
    organisation: int
    start: date
    end: date


class FillIn(Schema):
    values: dict[str, Decimal | None]
    remark: str | None = None


class RemarkIn(Schema):
    remark: str


@router.get("/forms")
def forms(request: HttpRequest) -> list[Plain]:
    """Forms of returns."""
    names = ("code", "title_zh", "title_en", "frequency", "items", "checks", "due_days")
    return list(ReturnForm.objects.values(*names))


@router.put("/forms/{code}")
def save_form(request: HttpRequest, code: str, body: FormIn) -> Plain:
    """Add a form or change it."""
    return {"code": actions.save_form(request.user, code, **body.dict()).code}


@router.get("/returns")
def returns(request: HttpRequest, stage: str = "", after: int | None = None, limit: int = 100) -> Plain:
    """Returns by key."""
    rows = visible_returns(request.user).select_related(None)
    rows = rows.filter(stage=stage) if stage else rows
    fields = [
        "form__code",
        "organisation__name_zh",
        "start",
        "end",
        "version",
        "stage",
        "remark",
        "synthetic",
    ]
    return keyset(rows, after=after, limit=limit, fields=fields)


@router.post("/returns")
def open_return(request: HttpRequest, body: OpenIn) -> Plain:
    """Begin a return, or go on with the one that is there."""
    office = get_object_or_404(Organisation, pk=body.organisation)
    form = get_object_or_404(ReturnForm, code=body.form)
    return _return(actions.open_return(request.user, office, form, body.start, body.end))


def _filing(request: HttpRequest, key: int) -> Return:
    return get_object_or_404(visible_returns(request.user), pk=key)


def _return(row: Return) -> Plain:
    return {
        "id": row.pk,
        "stage": row.stage,
        "version": row.version,
        "values": values_of(row),
        "remark": row.remark,
    }


@router.get("/returns/{key}")
def one_return(request: HttpRequest, key: int) -> Plain:
    """One return with its values."""
    return _return(_filing(request, key))


@router.put("/returns/{key}")
def fill_return(request: HttpRequest, key: int, body: FillIn) -> Plain:
    """Fill in values."""
    return _return(actions.fill_return(request.user, _filing(request, key), body.values, remark=body.remark))


@router.post("/returns/{key}/submit")
def submit_return(request: HttpRequest, key: int) -> Plain:
    """Hand it in."""
    return _return(actions.submit_return(request.user, _filing(request, key)))


@router.post("/returns/{key}/send_back")
def send_back_return(request: HttpRequest, key: int, body: RemarkIn) -> Plain:
    """Return it for correction."""
    return _return(actions.send_back_return(request.user, _filing(request, key), body.remark))


@router.post("/returns/{key}/approve")
def approve_return(request: HttpRequest, key: int) -> Plain:
    """Take it into the numbers."""
    return _return(actions.approve_return(request.user, _filing(request, key)))


@router.post("/returns/{key}/replace")
def replace_return(request: HttpRequest, key: int) -> Plain:
    """Begin a new version."""
    return _return(actions.replace_return(request.user, _filing(request, key)))


@router.post("/forms/{code}/import")
def import_returns(
    request: HttpRequest, code: str, file: UploadedFile = SHEET, dry_run: bool = False
) -> Plain:
    """Take in a sheet of returns, all or nothing."""
    form = get_object_or_404(ReturnForm, code=code)
    content = file.read()
    rows = rows_of(file.name, content, of_form(form))
    stored = None if dry_run else files.keep(request.user, file.name, content)
    taken = actions.import_returns(request.user, form, rows, stored)
    return {"added": taken.added, "changed": taken.changed, "same": taken.same}


# ---- indices


class RecipeIn(Schema):
    text: str
    data: str
    meta: str = ""
    name_zh: str
    name_en: str = ""
    source: str = ""
    public: bool = False


def _recipe(request: HttpRequest, code: str) -> Recipe:
    return get_object_or_404(visible_recipes(request.user), code=code)


@router.get("/indices", auth=PUBLIC)
def all_indices(request: HttpRequest) -> list[Plain]:
    """Indices that may be seen."""
    names = ("code", "name_zh", "name_en", "source", "public", "synthetic")
    return list(visible_recipes(request.user).values(*names))


@router.get("/indices/{code}", auth=PUBLIC)
@kindly
def index(request: HttpRequest, code: str, year: str = "") -> Plain:
    """Ranks of a year with their intervals, and the recipe."""
    recipe = _recipe(request, code)
    found = indices.of(recipe)
    year = year or found.years[0]
    places = [
        {
            "unit": place.label,
            "score": place.score,
            "rank": place.rank,
            "low": place.low,
            "high": place.high,
            "like": place.like,
        }
        for place in found.places(year)
    ]
    return {"code": code, "year": year, "years": found.years, "places": places, "recipe": recipe.text}


@router.put("/indices/{code}")
def save_recipe(request: HttpRequest, code: str, body: RecipeIn) -> Plain:
    """Keep a recipe with its data."""
    return {"code": actions.save_recipe(request.user, code, **body.dict()).code}


@router.post("/indices/{code}/run")
def run_recipe(request: HttpRequest, code: str) -> Plain:
    """Run it with its uncertainty and keep the result."""
    run = actions.run_recipe(request.user, _recipe(request, code))
    return {"digest": run.digest, "at": run.at, "draws": run.draws, **run.result}


@router.delete("/indices/{code}")
def delete_recipe(request: HttpRequest, code: str) -> Plain:
    """Delete one's own recipe."""
    actions.delete_recipe(request.user, _recipe(request, code))
    return {"deleted": code}


@router.get("/indices/{code}/compare/{other}", auth=PUBLIC)
@kindly
def compare(request: HttpRequest, code: str, other: str, year: str = "") -> Plain:
    """Two recipes side by side: who moves."""
    one, two = (indices.of(_recipe(request, each)) for each in (code, other))
    found = profile.compared(one, two, year or one.years[0])
    pairs = [
        {"unit": p["first"].label, "before": p["first"].rank, "now": p["second"].rank, "moved": p["moved"]}
        for p in found["pairs"]
    ]
    return {"changed": found["changed"], "correlation": found["correlation"], "pairs": pairs}


# ---- values published elsewhere


@router.get("/external", auth=PUBLIC)
def external(request: HttpRequest, after: int | None = None, limit: int = 100) -> Plain:
    """Published values about cities by key; missing ones are null."""
    fields = [
        "index",
        "edition",
        "dimension",
        "city_zh",
        "city_en",
        "year",
        "value",
        "rank",
        "source",
        "licence",
    ]
    return keyset(ExternalValue.objects.all(), after=after, limit=limit, fields=fields)


@router.post("/external")
def import_external(request: HttpRequest, file: UploadedFile = SHEET, dry_run: bool = False) -> Plain:
    """Take in a sheet of published values, all or nothing."""
    content = file.read()
    rows = rows_of(file.name, content, EXTERNAL)
    stored = None if dry_run else files.keep(request.user, file.name, content, secrecy=0)
    taken = actions.import_external(request.user, rows, stored)
    return {"added": taken.added, "changed": taken.changed, "same": taken.same}
