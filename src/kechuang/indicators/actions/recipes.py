"""Index recipes: kept with their data, run with their uncertainty, deleted."""

from __future__ import annotations

from typing import Any

import rules
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.actions.checks import check
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.core.models import Role
from kechuang.core.roles import has_role
from kechuang.indicators.engine.index import IndexInputError
from kechuang.indicators.models import IndexRun, Recipe
from kechuang.indicators.queries import indices

analyst = has_role(Role.ANALYST)
FACTS = ("name_zh", "name_en", "text", "data", "meta", "source", "public", "synthetic")


@act("indicators.save_recipe", may=analyst)
def save_recipe(actor: Any, code: str, **facts: Any) -> Recipe:
    """Keep a recipe with its data, after a run that shows it works; the same again changes nothing."""
    if unknown := sorted(set(facts) - set(FACTS)):
        raise Refusal(_("Unknown facts: %(names)s.") % {"names": ", ".join(unknown)})
    known = Recipe.objects.filter(code=code).first()
    wanted = Recipe(code=code) if known is None else known
    if known and all(getattr(known, name) == value for name, value in facts.items()):
        return known
    before = {"digest": indices.digest_of(wanted), "code": code} if known else None
    for name, value in facts.items():
        setattr(wanted, name, value)
    if not wanted.name_zh.strip():
        raise Refusal(_("Give the index a name."), field="name_zh")
    wanted.changed_at = clock.now()
    check(wanted)
    _tried(wanted)
    if known is None:
        wanted.owner_id = getattr(actor, "pk", None)
    wanted.save()
    after = {"digest": indices.digest_of(wanted), "code": code}
    record(actor, "indicators.save_recipe", wanted, before=before, after=after)
    return wanted


def _tried(recipe: Recipe) -> indices.Composed:
    try:
        return indices.of(recipe)
    except IndexInputError as fault:
        raise Refusal(str(fault), field="text") from fault


@act("indicators.run_recipe", may=has_role(Role.ANALYST, Role.OFFICER))
def run_recipe(actor: Any, recipe: Recipe) -> IndexRun:
    """Run it with its uncertainty and keep the result; the same input is kept once."""
    digest = indices.digest_of(recipe)
    known = IndexRun.objects.filter(
        recipe=recipe, digest=digest, draws=indices.DRAWS, seed=indices.SEED
    ).first()
    if known:
        return known
    found = _tried(recipe)
    try:
        result = _result(found)
    except IndexInputError as fault:
        raise Refusal(str(fault)) from fault
    run = IndexRun.objects.create(
        recipe=recipe, digest=digest, at=clock.now(), draws=indices.DRAWS, seed=indices.SEED, result=result
    )
    record(actor, "indicators.run_recipe", recipe, after={"digest": digest, "draws": indices.DRAWS})
    return run


def _result(found: indices.Composed) -> dict[str, Any]:
    """Scores, ranks and intervals of every year, and the headline of the unit in focus."""
    years = {year: found.places(year) for year in found.years}
    rows = [
        {
            "unit": list(found.result.units[place.at]),
            "score": place.score,
            "rank": place.rank,
            "low": place.low,
            "high": place.high,
        }
        for places in years.values()
        for place in places
    ]
    result: dict[str, Any] = {"rows": rows, "notes": list(found.result.notes)}
    if found.focus:
        same = [place for place in years[found.years[0]] if place.label == found.focus[0]]
        for place in same:
            result["headline"] = {
                "rank": place.rank,
                "of": len(years[found.years[0]]),
                "low": place.low,
                "high": place.high,
                "year": place.year,
                "unit": place.label,
                "score": place.score,
            }
    return result


@rules.predicate(name="own_recipe")
def own_recipe(user: Any, recipe: Recipe | None = None) -> bool:
    return recipe is None or recipe.owner_id == user.pk


@act("indicators.delete_recipe", may=(analyst & own_recipe) | has_role(Role.ADMIN))
def delete_recipe(actor: Any, recipe: Recipe) -> None:
    """Delete one's own recipe with its runs; administrators any."""
    record(actor, "indicators.delete_recipe", recipe, before={"digest": indices.digest_of(recipe)})
    recipe.delete()
