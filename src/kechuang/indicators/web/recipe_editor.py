"""The stepwise recipe editor: a changed stage, weight or uncertainty shows at once who moves."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.indicators import actions
from kechuang.indicators.engine.index import STAGES, Framework, IndexInputError, read_recipe, with_change
from kechuang.indicators.engine.index import Recipe as EngineRecipe
from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.parameters import Parameter
from kechuang.indicators.engine.index.recipe import Uncertain
from kechuang.indicators.models import Recipe
from kechuang.indicators.queries import indices, profile
from kechuang.indicators.queries.draft import UNCERTAIN
from kechuang.indicators.queries.indices import Composed
from kechuang.indicators.queries.toml_text import recipe_text, value
from kechuang.indicators.queries.words import STAGES as STAGE_WORDS
from kechuang.indicators.web import recipe_words as words
from kechuang.indicators.web.common import kindly
from kechuang.indicators.web.indices import recipe_for

PLAIN = ("text", "choice", "flag", "number", "count", "pair")
BY_NODE = "weigh.weights"  # entered node by node


@kindly
def editor(request, code: str):
    """Each stage with its parameters; a change shows at once who moves; saving keeps it, also under another name."""
    recipe = recipe_for(request, code)
    if not may(request.user, "indicators.save_recipe"):
        raise PermissionDenied
    engine, found = read_recipe(recipe.text.encode()), indices.of(recipe)
    context: dict[str, Any] = {"recipe": recipe, "fault": "", "given": request.POST}
    changed = engine
    if request.method == "POST":
        try:
            changed = changed_by(engine, request.POST, found.framework)
            context |= _moved(recipe, changed)
        except IndexInputError as fault:
            context["fault"] = str(fault)
    if request.htmx and "save" not in request.POST:
        return render(request, "indicators/recipe_preview.html", context)
    if "save" in request.POST and not context["fault"]:
        try:
            return HttpResponseRedirect(_save(request, recipe, changed).get_absolute_url())
        except Refusal as refusal:
            context["fault"] = str(refusal)
    context["stages"] = [_stage(name, changed) for name in STAGES]
    context["weights"] = _weights(changed, found)
    context["uncertain"] = _uncertain(changed)
    context["text"] = recipe_text(changed)
    return render(request, "indicators/recipe.html", context)


def _stage(name: str, recipe: EngineRecipe) -> dict:
    given = recipe.stage(name).parameters
    fields = [
        _field(name, key, parameter, given[key])
        for key, parameter in STAGES[name].items()
        if f"{name}.{key}" != BY_NODE
    ]
    return {
        "name": name,
        "words": STAGE_WORDS[name],
        "used": any(stage.name == name for stage in recipe.stages),
        "fields": [field for field in fields if field["kind"] in PLAIN],
        "further": [field for field in fields if field["kind"] not in PLAIN],
    }


def _field(stage: str, key: str, parameter: Parameter, current: Any) -> dict:
    simple = parameter.kind in ("text", "choice", "flag", "number", "count")
    missing = current is None or current != current  # nan stands for "not given"
    text = "" if missing else str(current) if simple else value(current)
    return {
        "id": f"{stage}.{key}",
        "words": words.PARAMETERS.get(f"{stage}.{key}", key),
        "kind": parameter.kind,
        "choices": [(choice, words.CHOICES.get(choice, choice)) for choice in parameter.choices],
        "value": str(current).lower() if parameter.kind == "flag" else text,
    }


def _weights(recipe: EngineRecipe, found: Composed) -> list[dict]:
    """Nodes below each parent with their weights, from the index down."""
    own, tree = recipe.stage("weigh").parameters["weights"], found.framework
    return [
        {
            "parent": found.name(parent),
            "nodes": [
                {"code": code, "name": found.name(code), "weight": own.get(code, tree.by_code[code].weight)}
                for code in tree.children[parent]
            ],
        }
        for parent in reversed(tree.aggregates)
        if len(tree.children[parent]) > 1
    ]


def _uncertain(recipe: EngineRecipe) -> list[dict]:
    """What the recipe holds uncertain, and what else is usually."""
    known = {each.change for each in recipe.uncertain}
    rows = [(each, True) for each in recipe.uncertain]
    rows += [(each, False) for each in UNCERTAIN if each.change not in known]
    return [
        {
            "name": each.name,
            "used": used,
            "words": words.UNCERTAIN.get(each.name)
            or STAGE_WORDS.get(each.change.partition(".")[0], each.name),
            "what": each.change
            if each.of_weights
            else f"{each.change}: {value(each.choices or each.between)}",
            "noise": each.noise if each.of_weights else None,
        }
        for each, used in rows
    ]


def changed_by(recipe: EngineRecipe, given: Mapping[str, str], framework: Framework) -> EngineRecipe:
    """The recipe with the form's stages, weights and uncertain inputs. Raises IndexInputError."""
    for name, parameters in STAGES.items():
        if f"use.{name}" not in given:
            recipe = replace(recipe, stages=tuple(stage for stage in recipe.stages if stage.name != name))
            continue
        wanted = {}
        for key, parameter in parameters.items():
            text = str(given.get(f"{name}.{key}", "")).strip()
            if text and (read := _read(parameter, text)) != parameter.default:
                wanted[key] = read
        recipe = with_change(recipe, name, wanted)
    if own := _own_weights(given, framework):
        recipe = with_change(recipe, BY_NODE, own)
    return replace(recipe, uncertain=_chosen(recipe, given))


def _own_weights(given: Mapping[str, str], framework: Framework) -> dict[str, float]:
    """Weights that differ from the framework's."""
    found = {}
    for code in framework.codes:
        text = str(given.get(f"weight.{code}", "")).strip()
        if not text:
            continue
        try:
            weight = float(text)
        except ValueError:
            raise refuse(f"the weight of '{code}' is '{text}'", "write a number above zero") from None
        if weight != framework.by_code[code].weight:
            found[code] = weight
    return found


def _chosen(recipe: EngineRecipe, given: Mapping[str, str]) -> tuple[Uncertain, ...]:
    """Uncertain inputs that were ticked and whose stage is there; a form that does not ask keeps all."""
    kept = {stage.name for stage in recipe.stages}
    known = {each.change for each in recipe.uncertain}
    every = [*recipe.uncertain, *(each for each in UNCERTAIN if each.change not in known)]
    if "uncertain" in given:
        every = [each for each in every if f"uncertain.{each.name}" in given]
    else:
        every = list(recipe.uncertain)
    noise = str(given.get("noise", "")).strip()
    return tuple(
        replace(each, noise=_noise(noise)) if each.of_weights and noise else each
        for each in every
        if each.of_weights or each.change.partition(".")[0] in kept
    )


def _noise(text: str) -> float:
    try:
        noise = float(text)
    except ValueError:
        noise = -1.0
    if not 0 < noise < 1:
        raise refuse(f"weights vary by '{text}'", "write a share between 0 and 1, such as 0.25")
    return noise


def _read(parameter: Parameter, text: str) -> Any:
    if parameter.kind in ("text", "choice"):
        return text
    try:
        return tomllib.loads(f"x = {text}")["x"]
    except tomllib.TOMLDecodeError:
        return text


def _moved(recipe: Recipe, changed: EngineRecipe) -> dict:
    first, second = indices.of(recipe), indices.composed(recipe_text(changed), recipe.data, recipe.meta)
    return profile.compared(first, second, second.years[0]) | {"year": second.years[0]}


def _save(request, recipe: Recipe, changed: EngineRecipe) -> Recipe:
    text = recipe_text(changed)
    other = slugify(request.POST.get("code", ""))
    facts = {name: getattr(recipe, name) for name in ("data", "meta", "source", "synthetic")}
    if other and other != recipe.code:
        if Recipe.objects.filter(code=other).exists():
            raise Refusal(_("There is already an index %(code)s.") % {"code": other}, field="code")
        name = request.POST.get("name_zh", "").strip() or f"{recipe.name_zh}（{other}）"
        made = actions.save_recipe(request.user, other, text=text, name_zh=name, **facts)
    else:
        made = actions.save_recipe(request.user, recipe.code, text=text)
    actions.run_recipe(request.user, made)
    messages.success(request, _("The recipe is saved and run."))
    return made
