"""Indices and values published elsewhere, by program."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import files
from kechuang.core.errors import Refusal
from kechuang.core.web.api import PUBLIC, keyset
from kechuang.indicators import actions
from kechuang.indicators.models import ExternalValue, Recipe
from kechuang.indicators.queries import indices, profile
from kechuang.indicators.queries.indices import visible_recipes
from kechuang.indicators.queries.sheets import EXTERNAL
from kechuang.indicators.web.common import kindly, rows_of

router = Router(tags=["indicators"])
Plain = dict[str, Any]
SHEET = File(...)
LINES = ("pillars", "strengths", "weaknesses", "lifts")


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
            "names": found.unit_names(place.label),
            "score": place.score,
            "rank": place.rank,
            "low": place.low,
            "high": place.high,
            "like": place.like,
        }
        for place in found.places(year)
    ]
    return {"code": code, "year": year, "years": found.years, "places": places} | {
        "recipe": recipe.text,
        "source": recipe.source,
        "synthetic": recipe.synthetic,
    }


@router.get("/indices/{code}/units/{unit}", auth=PUBLIC)
@kindly
def unit_profile(request: HttpRequest, code: str, unit: str, year: str = "") -> Plain:
    """A unit within a year: pillars, strengths, weaknesses, likes, and what would lift it a rank."""
    found = indices.of(_recipe(request, code))
    places = found.places(year or found.years[0])
    place = next((place for place in places if place.label == unit), None)
    if place is None:
        raise Refusal("the index has no such unit in that year", field="unit")
    read = profile.of(found, place, places)
    lines = {name: [asdict(line) for line in getattr(read, name)] for name in LINES}
    return asdict(place) | lines | {"alike": read.alike, "above": read.above}


@router.get("/indices/{code}/weights", auth=PUBLIC)
@kindly
def weights(request: HttpRequest, code: str) -> Plain:
    """What each indicator weighs by the recipe and counts for in fact, and pairs that say the same or the opposite."""
    found = indices.of(_recipe(request, code))
    return {"weights": profile.weights(found), "audit": profile.audited(found)}


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
        "dimension_en",
        "city_zh",
        "city_en",
        "year",
        "value",
        "rank",
        "source",
        "licence",
        "synthetic",
    ]
    return keyset(ExternalValue.objects.all(), after=after, limit=limit, fields=fields)


@router.post("/external")
def import_external(request: HttpRequest, file: UploadedFile = SHEET, dry_run: bool = False) -> Plain:
    """Take in a sheet of published values, all or nothing."""
    content = files.received(file)
    rows = rows_of(file.name, content, EXTERNAL)
    stored = None if dry_run else files.keep(request.user, file.name, content, secrecy=0)
    taken = actions.import_external(request.user, rows, stored)
    return asdict(taken)
