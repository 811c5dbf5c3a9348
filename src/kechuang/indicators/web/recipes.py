"""The stepwise recipe editor with live recompute, and a new index from an uploaded CSV."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import FormPage
from kechuang.indicators import actions
from kechuang.indicators.engine.index import STAGES, IndexInputError, read_recipe, with_change
from kechuang.indicators.engine.index import Recipe as EngineRecipe
from kechuang.indicators.engine.index.parameters import Parameter
from kechuang.indicators.models import Recipe
from kechuang.indicators.queries import draft, indices, profile
from kechuang.indicators.queries.toml_text import recipe_text, value
from kechuang.indicators.web.common import kindly
from kechuang.indicators.web.indices import recipe_for

STAGE_WORDS = {
    "denominate": gettext_lazy("Denominate"),
    "impute": gettext_lazy("Fill in what is missing"),
    "screen": gettext_lazy("Screen units"),
    "treat": gettext_lazy("Treat outliers"),
    "normalise": gettext_lazy("Bring to one scale"),
    "weigh": gettext_lazy("Weigh"),
    "aggregate": gettext_lazy("Aggregate"),
}


@kindly
def editor(request, code: str):
    """Each stage with its parameters; a change shows at once who moves; saving keeps it, also under another name."""
    recipe = recipe_for(request, code)
    if not may(request.user, "indicators.save_recipe"):
        raise PermissionDenied
    engine = read_recipe(recipe.text.encode())
    context: dict[str, Any] = {"recipe": recipe, "fault": "", "given": request.POST}
    changed = engine
    if request.method == "POST":
        try:
            changed = changed_by(engine, request.POST)
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
    context["text"] = text_of(recipe, changed)
    context["framework"] = indices.of(recipe).framework
    return render(request, "indicators/recipe.html", context)


def _stage(name: str, recipe: EngineRecipe) -> dict:
    stage = recipe.stage(name)
    fields = [_field(name, key, parameter, stage.parameters[key]) for key, parameter in STAGES[name].items()]
    return {"name": name, "words": STAGE_WORDS[name], "used": _has(recipe, name), "fields": fields}


def _has(recipe: EngineRecipe, name: str) -> bool:
    return any(stage.name == name for stage in recipe.stages)


def _field(stage: str, key: str, parameter: Parameter, current: Any) -> dict:
    simple = parameter.kind in ("text", "choice", "flag", "number", "count")
    missing = current is None or current != current  # nan stands for "not given"
    text = "" if missing else str(current) if simple else value(current)
    return {
        "id": f"{stage}.{key}",
        "key": key,
        "kind": parameter.kind,
        "about": parameter.about,
        "choices": parameter.choices,
        "value": str(current).lower() if parameter.kind == "flag" else text,
    }


def changed_by(recipe: EngineRecipe, given: Any) -> EngineRecipe:
    """The recipe with the form's stages and parameters. Raises IndexInputError."""
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
    kept = {stage.name for stage in recipe.stages}
    uncertain = [
        each for each in recipe.uncertain if each.of_weights or each.change.partition(".")[0] in kept
    ]
    return replace(recipe, uncertain=tuple(uncertain))


def _read(parameter: Parameter, text: str) -> Any:
    if parameter.kind in ("text", "choice"):
        return text
    try:
        return tomllib.loads(f"x = {text}")["x"]
    except tomllib.TOMLDecodeError:
        return text


def text_of(recipe: Recipe, changed: EngineRecipe) -> str:
    raw = tomllib.loads(recipe.text)
    focus = raw.get("data", {}).get("focus", ())
    return recipe_text(changed, raw.get("title_zh", ""), (focus,) if isinstance(focus, str) else tuple(focus))


def _moved(recipe: Recipe, changed: EngineRecipe) -> dict:
    first, second = indices.of(recipe), indices.composed(text_of(recipe, changed), recipe.data, recipe.meta)
    return profile.compared(first, second, second.years[0]) | {"year": second.years[0]}


def _save(request, recipe: Recipe, changed: EngineRecipe) -> Recipe:
    text = text_of(recipe, changed)
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


class NewIndexForm(forms.Form):
    name_zh = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    name_en = forms.CharField(label=gettext_lazy("English name"), required=False, max_length=200)
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=80,
        help_text=gettext_lazy("Letters, digits and hyphens; it stands in the address."),
    )
    data = forms.FileField(
        label=gettext_lazy("Data (CSV)"),
        help_text=gettext_lazy(
            "A row a unit; the first column names it, a column “year” makes it a panel, the others are indicators."
        ),
    )
    meta = forms.FileField(
        label=gettext_lazy("Framework (CSV)"),
        required=False,
        help_text=gettext_lazy(
            "Columns iCode, Parent, Direction, Weight. Without it all indicators weigh the same."
        ),
    )
    lower = forms.CharField(
        label=gettext_lazy("Indicators where less is better"),
        required=False,
        help_text=gettext_lazy("Codes, with commas between."),
    )
    source = forms.CharField(label=gettext_lazy("Source of the data"), required=False, max_length=300)


class NewIndex(FormPage):
    """From a CSV in the browser to an index with rank intervals, which the editor then refines."""

    title = gettext_lazy("Make an index")
    intro = gettext_lazy("Upload a table; a plain recipe is made of it, which you then change step by step.")
    submit = gettext_lazy("Make the index")
    form_class = NewIndexForm

    def dispatch(self, request, *args, **kwargs):
        if not may(request.user, "indicators.save_recipe"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form) -> str:
        given = form.cleaned_data
        if Recipe.objects.filter(code=given["code"]).exists():
            raise Refusal(_("There is already an index %(code)s.") % {"code": given["code"]}, field="code")
        lower = {name.strip() for name in given["lower"].split(",") if name.strip()}
        try:
            meta = given["meta"].read().decode("utf-8-sig") if given["meta"] else ""
            data = given["data"].read()
            text, table = draft.recipe_for(
                data, given["code"], given["name_en"] or given["name_zh"], lower, bool(meta)
            )
        except (IndexInputError, UnicodeDecodeError) as fault:
            raise Refusal(str(fault), field="data") from fault
        facts = {name: given[name] for name in ("name_zh", "name_en", "source")}
        self.made = actions.save_recipe(
            self.request.user, given["code"], text=text, data=table, meta=meta, **facts
        )
        actions.run_recipe(self.request.user, self.made)
        return _("The index is made.")

    def get_success_url(self) -> str:
        return self.made.get_absolute_url()


class RunRecipe(ActPage):
    verb = "indicators.run_recipe"
    title = button = gettext_lazy("Run the index")
    undo = gettext_lazy("Former runs are kept.")

    def target(self):
        return recipe_for(self.request, self.kwargs["code"])

    def what(self):
        return [_("It is composed with its uncertain inputs; the result is kept.")]

    def perform(self, form) -> str:
        actions.run_recipe(self.request.user, self.object)
        return _("The index was run.")


class DeleteRecipe(RunRecipe):
    verb = "indicators.delete_recipe"
    title = button = gettext_lazy("Delete the index")
    undo = ""
    danger = True

    def what(self):
        return [_("Recipe, data and runs are deleted.")]

    def perform(self, form) -> str:
        actions.delete_recipe(self.request.user, self.object)
        return _("The index is deleted.")

    def done_url(self) -> str:
        return reverse("indicators:indices")
