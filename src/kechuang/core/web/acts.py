"""The act dialogue: a page that says what will happen, to whom, and whether it can be undone; then does it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from kechuang.core.acts import demand
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.web.forms import offered, refused, way_back
from kechuang.core.web.history import verb_words


class ActPage(ABC, View):
    """GET (or the POST of a bulk bar) shows the dialogue; POST with `confirm` does it.

    A subclass sets the words and `form_class`, and writes `target` and `perform`.
    """

    verb: str = ""
    title: str = ""
    button: str = ""
    danger: bool = False
    undo: str = ""
    form_class: type[forms.BaseForm] = forms.Form
    template_name: str = "core/act.html"

    # ---- what a subclass says

    def target(self):
        """The record (or queryset) the act is done to; kept as self.object."""
        return None

    def what(self) -> Sequence[str]:
        """What will happen, one sentence each; a page that says no more says what the act does."""
        return [verb_words(self.verb)] if self.verb else []

    def whom(self) -> Sequence:
        """To which records or people; shown as a list, the first twenty."""
        return [self.object] if self.object is not None else []

    @abstractmethod
    def perform(self, form) -> str:
        """Call the action and return the message that says it is done. May raise Refusal."""

    def done_url(self) -> str:
        """Where to go afterwards."""
        return self.object.get_absolute_url()

    def initial(self) -> dict:
        return {}

    def form_arguments(self) -> dict:
        """Further keyword arguments for the form."""
        return {}

    def heading(self) -> str:
        return self.title

    # ---- how it runs

    def dispatch(self, request, *args, **kwargs):
        self.object = self.target()
        single = self.object if hasattr(self.object, "_meta") else None
        if self.verb:
            demand(request.user, self.verb, single)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self._show(self._form())

    def post(self, request, *args, **kwargs):
        if "confirm" not in request.POST:
            return self._show(self._form())
        form = self._form(request.POST, request.FILES)
        if form.is_valid():
            try:
                messages.success(request, self.perform(form))
                return HttpResponseRedirect(self.done_url())
            except Refusal as refusal:
                refused(form, refusal)
            except NotPermitted as error:
                raise PermissionDenied from error
        return self._show(form)

    def _form(self, *data):
        return offered(self.form_class(*data, initial=self.initial(), **self.form_arguments()))

    def _carried(self) -> list[tuple[str, str]]:
        """What the bulk bar sent and the confirmation must send again."""
        posted = self.request.POST
        return [(name, value) for name in ("pk", "all", "query") for value in posted.getlist(name)]

    def _show(self, form):
        people = self.whom()
        context = {
            "act": self,
            "heading": self.heading(),
            "form": form,
            "what": self.what(),
            "whom": list(people[:20]),
            "more": max(0, (people.count() if isinstance(people, QuerySet) else len(people)) - 20),
            "carried": self._carried(),
            "back": way_back(self.request) or "/",
        }
        return render(self.request, self.template_name, context)
