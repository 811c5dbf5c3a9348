"""A new index from an uploaded CSV; running and deleting one."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import files
from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import FormPage
from kechuang.indicators import actions
from kechuang.indicators.engine.index import IndexInputError
from kechuang.indicators.models import Recipe
from kechuang.indicators.queries import draft
from kechuang.indicators.web.indices import recipe_for


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
            meta = files.received(given["meta"]).decode("utf-8-sig") if given["meta"] else ""
            data = files.received(given["data"])
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
