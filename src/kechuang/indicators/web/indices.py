"""An index: ranks with their intervals, radar, heat map, contributions, stages, comparison; and a city's profile."""

from __future__ import annotations

import numpy as np
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.events import events_of
from kechuang.core.web.charts import Chart, Series
from kechuang.core.web.history import moments
from kechuang.core.web.record import Act
from kechuang.indicators.models import ExternalValue, Recipe
from kechuang.indicators.queries import indices, profile, workbook
from kechuang.indicators.queries.indices import Composed, Place, visible_recipes
from kechuang.indicators.web.common import kindly
from kechuang.indicators.web.radar import radar

SHADES = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def recipe_for(request, code: str) -> Recipe:
    return get_object_or_404(visible_recipes(request.user), code=code)


@kindly
def home(request):
    """All indices that may be seen, with their headline."""
    rows = [_headline(recipe) for recipe in visible_recipes(request.user)]
    acts = [
        Act(_("Make an index"), reverse("indicators:index_new"), verb="indicators.save_recipe", primary=True)
    ]
    return render(request, "indicators/indices.html", {"rows": rows, "acts": acts})


def _headline(recipe: Recipe) -> tuple[Recipe, dict | None, str]:
    """A recipe with the headline of its newest run and the name of the unit in it."""
    run = recipe.runs.first()
    found = run and run.result.get("headline")
    return recipe, found, indices.of(recipe).unit_name(found["unit"]) if found else ""


def chosen_year(request, found: Composed) -> str:
    year = request.GET.get("year", found.years[0])
    if year not in found.years:
        raise Http404(_("The index has no such year."))
    return year


@kindly
def page(request, code: str):
    """Ranking with intervals, and what it rests on."""
    recipe = recipe_for(request, code)
    found = indices.of(recipe)
    year = chosen_year(request, found)
    places = found.places(year)
    context = {
        "recipe": recipe,
        "found": found,
        "year": year,
        "years": found.years,
        "places": places,
        "most": len(places),
        "bars": [_bar(place, len(places)) for place in places],
        "alike": sum(bool(place.like) for place in places),
        "heat_heads": [(c, found.name(c)) for c in (*found.pillars, *found.framework.indicators)],
        "heat": _heat(found, places, year),
        "contributions": _contributions(recipe, found, places),
        "over_time": _over_time(recipe, found),
        "weights": profile.weights(found),
        "audit": profile.audited(found),
        "notes": found.result.notes,
        "stages": [name for name in found.result.stages if name != "raw"],
        "acts": _acts(recipe),
        "events": moments(events_of(recipe)) if request.user.is_authenticated else [],
    }
    return render(request, "indicators/index.html", context)


def _acts(recipe: Recipe) -> list[Act]:
    here = [recipe.code]
    return [
        Act(_("Edit the recipe"), reverse("indicators:recipe", args=here), verb="indicators.save_recipe"),
        Act(
            _("Run it"), reverse("indicators:recipe_run", args=here), verb="indicators.run_recipe", obj=recipe
        ),
        Act(
            _("Delete"),
            reverse("indicators:recipe_delete", args=here),
            verb="indicators.delete_recipe",
            obj=recipe,
            danger=True,
        ),
        Act(_("Excel with formulas"), reverse("indicators:index_xlsx", args=here)),
    ]


def _bar(place: Place, most: int) -> dict:
    """The rank interval as places on a scale of 0 to 100, for an SVG line."""
    scale = 100 / max(1, most - 1)
    low, high = (place.low or place.rank) - 1, (place.high or place.rank) - 1
    return {
        "place": place,
        "x": round(low * scale, 2),
        "width": round((high - low) * scale, 2),
        "dot": round((place.rank - 1) * scale, 2),
    }


def _heat(found: Composed, places: list[Place], year: str) -> list[dict]:
    """Scores of every node, shaded by fifths of the year's units."""
    codes = (*found.pillars, *found.framework.indicators)
    ranks = {code: found.rank_in(code, year) for code in codes}
    rows = []
    for place in places:
        cells = []
        for code in codes:
            score, rank = found.result.values[code][place.at], ranks[code][place.at]
            shade = "" if rank is None else SHADES - 1 - min(SHADES - 1, (rank - 1) * SHADES // len(places))
            cells.append({"score": None if np.isnan(score) else float(score), "rank": rank, "shade": shade})
        rows.append({"place": place, "cells": cells})
    return rows


def _contributions(recipe: Recipe, found: Composed, places: list[Place]) -> Chart | None:
    if not 1 < len(found.pillars) <= 6 or not places:
        return None
    shares = [profile.by_pillar(found, place.at) for place in places]
    first = places[0]
    lead = max(shares[0], key=shares[0].get)
    return Chart(
        title=_("%(unit)s leads; %(pillar)s gives most of its score")
        % {"unit": first.name, "pillar": found.name(lead)},
        subtitle=_("Contribution of each pillar to the score, under arithmetic means"),
        x=[place.name for place in places],
        series=[Series(found.name(code), [share.get(code) for share in shares]) for code in found.pillars],
        unit=_("points"),
        source=recipe.source,
        kind="stacked",
        synthetic=recipe.synthetic,
        id="contributions",
    )


def _over_time(recipe: Recipe, found: Composed) -> Chart | None:
    """The scores of the focus and the leading others over the years."""
    years = sorted(found.years)
    if len(years) < 2:
        return None
    latest = found.places(years[-1])
    shown = [place.label for place in latest[:5]]
    if found.focus and found.focus[0] not in shown:
        shown.append(found.focus[0])
    scores = {unit: float(found.result.scores[i]) for i, unit in enumerate(found.result.units)}
    return Chart(
        title=_("Scores from %(first)s to %(last)s") % {"first": years[0], "last": years[-1]},
        x=years,
        series=[
            Series(
                found.unit_name(label),
                [scores.get((label, year)) for year in years],
                grey=bool(found.focus) and label != found.focus[0],
            )
            for label in shown
        ],
        unit=_("points"),
        source=recipe.source,
        synthetic=recipe.synthetic,
        id="over-time",
    )


@kindly
def stage(request, code: str, name: str):
    """The data after a stage of the recipe."""
    recipe = recipe_for(request, code)
    found = indices.of(recipe)
    year = chosen_year(request, found)
    if name not in found.result.stages:
        raise Http404(_("The recipe has no such stage."))
    panel = found.result.stages[name]
    rows = [
        (found.unit_name(unit[0]), [indices.number(value) for value in panel.values[i]])
        for i, unit in enumerate(panel.units)
        if indices.year_of(unit) == year
    ]
    context = {
        "recipe": recipe,
        "found": found,
        "name": name,
        "year": year,
        "years": found.years,
        "stages": list(found.result.stages),
        "heads": [found.name(c) for c in panel.codes],
        "rows": rows,
    }
    return render(request, "indicators/stage.html", context)


@kindly
def city(request, code: str, unit: str):
    """A unit's profile: place, pillars against the leader, strengths, weaknesses, likes, what would lift it."""
    recipe = recipe_for(request, code)
    found = indices.of(recipe)
    year = chosen_year(request, found)
    places = found.places(year)
    place = next((place for place in places if place.label == unit), None)
    if place is None:
        raise Http404(_("The index has no such unit."))
    context = {
        "recipe": recipe,
        "found": found,
        "year": year,
        "years": found.years,
        "place": place,
        "most": len(places),
        "profile": profile.of(found, place, places),
        "radar": radar(found, place, places[0], recipe),
        "external": elsewhere({unit, *found.unit_names(unit).values()}),
    }
    return render(request, "indicators/city.html", context)


def elsewhere(names: set[str]) -> QuerySet[ExternalValue]:
    """What is published about a city, by any of its names."""
    return ExternalValue.objects.filter(Q(city_zh__in=names) | Q(city_en__in=names))


@kindly
def compare(request, code: str):
    """Two recipes on the same data: who moves."""
    recipe = recipe_for(request, code)
    found = indices.of(recipe)
    others = [
        other
        for other in visible_recipes(request.user)
        if other.pk != recipe.pk and other.data == recipe.data
    ]
    other = next(
        (each for each in others if each.code == request.GET.get("with")), others[0] if others else None
    )
    year = chosen_year(request, found)
    context = {"recipe": recipe, "others": others, "other": other, "year": year, "years": found.years}
    if other:
        context |= profile.compared(found, indices.of(other), year)
    return render(request, "indicators/compare.html", context)


@kindly
def xlsx(request, code: str):
    """The index as a workbook whose formulas give the scores again."""
    recipe = recipe_for(request, code)
    answer = HttpResponse(workbook.of(recipe, indices.of(recipe)), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{recipe.code}-{clock.today()}.xlsx"'
    return answer
