"""Forms as every page shows them, and a page for a plain form."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import HttpResponseRedirect
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import FormView

from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation

_DASHES = BLANK_CHOICE_DASH[0][1]


class DateInput(forms.DateInput):
    """The browser's date picker; ISO in and out."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class FormPage(ABC, FormView):
    """A page with one form. A subclass sets title, submit, form_class, success_url and writes `perform`.

    `autosave` is a name under which a long form keeps its draft in the browser. Who cancels is back at `cancel_url`,
    or where they came from.
    """

    template_name = "core/form.html"
    title: str = ""
    intro: str = ""
    submit: str = ""
    autosave: str = ""
    cancel_url: str = ""

    @abstractmethod
    def perform(self, form) -> str:
        """Call the action; returns the message that says it is done. May raise Refusal."""

    def get_form(self, form_class=None):
        return offered(super().get_form(form_class))

    def form_valid(self, form):
        try:
            message = self.perform(form)
        except Refusal as refusal:
            refused(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, message)
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs):
        shown = {
            "form_title": self.title,
            "form_intro": self.intro,
            "submit_label": self.submit or self.title,
            "autosave": self.autosave,
            "cancel_url": self.cancel_url or way_back(self.request),
        }
        return super().get_context_data(**shown, **kwargs)


def way_back(request) -> str:
    """The page of this site that led to the form; "" if none did."""
    came_from = request.POST.get("back") or request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return came_from if known and urlsplit(came_from).path != request.path else ""


def offered(form: forms.BaseForm) -> forms.BaseForm:
    """The form without organisations whose record was withdrawn, save the one that stands there; the inactive are marked.
    Numbers stand without the noughts that the database keeps; to choose nothing has its words."""
    for name, field in form.fields.items():
        _name_nothing(field)
        if isinstance(field, forms.ModelChoiceField) and field.queryset.model is Organisation:
            withdrawn = Q(standing=Organisation.Standing.WITHDRAWN)
            field.queryset = field.queryset.filter(
                ~withdrawn | Q(pk=_key(form.get_initial_for_field(field, name)))
            )
            field.label_from_instance = _organisation
        if isinstance(value := form.get_initial_for_field(field, name), Decimal):
            form.initial[name] = f"{value.normalize():f}"  # 29, not 29.000000
    return form


def _name_nothing(field: forms.Field) -> None:
    """A choice that is only dashes says whether one must choose."""
    words = _("Choose one") if field.required else _("Not given")
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == _DASHES:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField):
        field.choices = [(v, words if not v and text == _DASHES else text) for v, text in field.choices]


def _key(value: Any) -> Any:
    value = getattr(value, "pk", value)
    return value if isinstance(value, int) else None


def _organisation(row: Organisation) -> str:
    if row.standing == Organisation.Standing.ACTIVE:
        return str(row)
    return _("%(name)s (%(standing)s)") % {"name": row, "standing": row.get_standing_display()}


def refused(form: forms.BaseForm, refusal: Refusal) -> None:
    """Say on the form what an act refused, at its field; where there is a place to go the remedy leads there."""
    words = str(refusal)
    if refusal.url:
        words = format_html(
            '{}{}<a href="{}">{}</a>', refusal.message, refusal.gap, refusal.url, refusal.remedy
        )
    form.add_error(refusal.field if refusal.field in form.fields else None, words)


def field_kind(bound) -> str:
    """How a field is laid out: check, choices (radio or several), or plain."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "choices" if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple) else "plain"
