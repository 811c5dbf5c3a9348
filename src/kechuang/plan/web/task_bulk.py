"""Acts on many tasks of the supervision list at once: the dialogue names what stands in the way before anything is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kechuang.core.models import Organisation
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput
from kechuang.plan import actions
from kechuang.plan.actions.bulk import MOST, obstacles
from kechuang.plan.actions.bulk_runs import LARGE, begin
from kechuang.plan.models import BulkRun, Programme, Task
from kechuang.plan.queries.work import visible_tasks
from kechuang.plan.web.tasks import Tasks

SHOWN = 5
_LONG = gettext_lazy(
    "These are %(n)d tasks: they are worked through in the background, and you see how far it is."
)


class _ManyTasks(ActPage):
    """The ticked tasks of the list, all that match, or those named in the address (`pk`)."""

    effect: str = ""
    words: str = ""
    act: Callable[..., int]
    run: BulkRun | None = None

    def arguments(self, form) -> dict:
        """What the act is told beside the tasks."""
        return form.cleaned_data

    def perform(self, form) -> str:
        """At once, or by the worker where it would take long."""
        if len(self.rows) > LARGE:
            self.run = begin(self.request.user, self.verb, self.rows, self.arguments(form))
            return _("The work has begun.")
        done = self.act(self.request.user, self.rows, **self.arguments(form))
        return self.words % {"n": done}

    def target(self):
        if self.request.method == "POST":
            return Tasks.selected(self.request)
        keys = [key for key in self.request.GET.getlist("pk") if key.isdecimal()]
        return visible_tasks(self.request.user).filter(pk__in=keys)

    @cached_property
    def rows(self) -> list[Task]:
        return list(self.object.select_related("lead").order_by("due", "pk")[: MOST + 1])

    def _carried(self):
        named = [("pk", str(row.pk)) for row in self.rows] if self.request.method == "GET" else []
        return super()._carried() or named

    def what(self):
        found, large = obstacles(self.verb, self.rows), len(self.rows) > LARGE
        effect = [self.effect, *([_LONG % {"n": len(self.rows)}] if large else [])]
        if not found:
            return effect
        words = ngettext(
            "%(n)d task stands in the way; nothing can be done before it is taken out:",
            "%(n)d tasks stand in the way; nothing can be done before they are taken out:",
            len(found),
        )
        more = [_("and %(n)d more") % {"n": len(found) - SHOWN}] if len(found) > SHOWN else []
        if large:
            effect.append(_("%(n)d tasks are left as they are:") % {"n": len(found)})
            return [*effect, *found[:SHOWN], *more]
        return [words % {"n": len(found)}, *found[:SHOWN], *more]

    def whom(self):
        return self.rows

    def done_url(self):
        if self.run:
            return self.run.get_absolute_url()
        query = self.request.POST.get("query", "")
        if not query and len(self.rows) == 1:
            return self.rows[0].get_absolute_url()
        return reverse("plan:tasks") + (query if query.startswith("?") else "")


class ConfirmTasks(_ManyTasks):
    act = staticmethod(actions.confirm_tasks)
    verb = "plan.confirm_tasks"
    title = button = gettext_lazy("Confirm the tasks")
    effect = gettext_lazy("The responsible organisations are told and may report.")

    words = gettext_lazy("%(n)d tasks are confirmed.")


class AssignForm(forms.Form):
    lead = forms.ModelChoiceField(Organisation.objects.all(), label=gettext_lazy("Lead"))


class AssignTasks(_ManyTasks):
    act = staticmethod(actions.assign_tasks)
    verb = "plan.assign_tasks"
    title = button = gettext_lazy("Name the responsible organisation")
    effect = gettext_lazy("The organisation leads these tasks from now on, is told, and reports on them.")
    undo = gettext_lazy("Another organisation can be named at any time.")
    form_class = AssignForm

    words = gettext_lazy("%(n)d tasks have a new lead.")


class DueForm(forms.Form):
    due = forms.DateField(label=gettext_lazy("New due date"), widget=DateInput)
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ChangeDue(_ManyTasks):
    act = staticmethod(actions.change_due)
    verb = "plan.change_due"
    title = button = gettext_lazy("Change the due date")
    effect = gettext_lazy(
        "The former date and the reason stay on record; the responsible organisations are told."
    )
    form_class = DueForm

    words = gettext_lazy("%(n)d due dates are changed.")


class UrgeForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class UrgeTasks(_ManyTasks):
    act = staticmethod(actions.urge_tasks)
    verb = "plan.urge_tasks"
    title = button = gettext_lazy("Urge")
    effect = gettext_lazy(
        "Reporters and leaders of the responsible organisations are asked to report, here and by mail."
    )
    form_class = UrgeForm

    words = gettext_lazy("%(n)d tasks are urged.")


class PlaceForm(forms.Form):
    programme = forms.ModelChoiceField(
        Programme.objects.all(),
        label=gettext_lazy("Programme"),
        required=False,
        help_text=gettext_lazy("Empty: under no programme."),
    )


class PlaceTasks(_ManyTasks):
    act = staticmethod(actions.place_tasks)
    verb = "plan.place_tasks"
    title = button = gettext_lazy("Set the programme")
    effect = gettext_lazy("The tasks count in this programme and its branch from now on.")
    undo = gettext_lazy("Another programme can be set at any time.")
    form_class = PlaceForm

    words = gettext_lazy("%(n)d tasks stand in another programme.")
