"""The centre of this house: its name and horizons, for administrators."""

from __future__ import annotations

import re

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import actions
from kechuang.core.models import Centre
from kechuang.core.web.forms import FormPage
from kechuang.core.web.people import OnlyAdministrators


class CentreForm(forms.ModelForm):
    horizons = forms.CharField(
        label=gettext_lazy("Horizons"),
        required=False,
        help_text=gettext_lazy("Years in which the great aims fall due, such as 2025, 2035."),
    )

    class Meta:
        model = Centre
        fields = ["name_zh", "name_en", "horizons"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["horizons"] = ", ".join(map(str, self.instance.horizons))

    def clean_horizons(self) -> list[int]:
        parts = re.split(r"[\s,，、]+", self.cleaned_data["horizons"].strip())
        try:
            return [int(part) for part in parts if part]
        except ValueError:
            raise forms.ValidationError(_("Horizons are years, such as 2025, 2035.")) from None


class EditCentre(OnlyAdministrators, FormPage):
    title = gettext_lazy("Centre")
    intro = gettext_lazy("Its name heads the public page; the cockpit counts down to its horizons.")
    submit = gettext_lazy("Save the centre")
    form_class = CentreForm
    success_url = reverse_lazy("core:centre")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": Centre.here() or Centre()}

    def perform(self, form) -> str:
        actions.save_centre(self.request.user, form.instance)
        return _("The centre is saved.")
