"""Acts on many tasks of the supervision list at once: the dialogue names what stands in the way before anything is done."""

from __future__ import annotations

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
from kechuang.plan.models import Programme, Task
from kechuang.plan.queries.work import visible_tasks
from kechuang.plan.web.tasks import Tasks

SHOWN = 5


class _ManyTasks(ActPage):
    """The ticked tasks of the list, all that match, or those named in the address (`pk`)."""

    effect: str = ""

    def target(self):
        if self.request.method == "POST":
            return Tasks.selected(self.request)
        keys = [key for key in self.request.GET.getlist("pk") if key.isdigit()]
        return visible_tasks(self.request.user).filter(pk__in=keys)

    @cached_property
    def rows(self) -> list[Task]:
        return list(self.object.select_related("lead").order_by("due", "pk")[: MOST + 1])

    def _carried(self):
        named = [("pk", str(row.pk)) for row in self.rows] if self.request.method == "GET" else []
        return super()._carried() or named

    def what(self):
        found = obstacles(self.verb, self.rows)
        if not found:
            return [self.effect]
        words = ngettext(
            "%(n)d task stands in the way; nothing can be done before it is taken out:",
            "%(n)d tasks stand in the way; nothing can be done before they are taken out:",
            len(found),
        )
        more = [_("and %(n)d more") % {"n": len(found) - SHOWN}] if len(found) > SHOWN else []
        return [words % {"n": len(found)}, *found[:SHOWN], *more]

    def whom(self):
        return self.rows

    def done_url(self):
        query = self.request.POST.get("query", "")
        if not query and len(self.rows) == 1:
            return self.rows[0].get_absolute_url()
        return reverse("plan:tasks") + (query if query.startswith("?") else "")


class ConfirmTasks(_ManyTasks):
    verb = "plan.confirm_tasks"
    title = button = gettext_lazy("Confirm the tasks")
    effect = gettext_lazy("The responsible organisations are told and may report.")

    def perform(self, form) -> str:
        return _("%(n)d tasks are confirmed.") % {"n": actions.confirm_tasks(self.request.user, self.rows)}


class AssignForm(forms.Form):
    lead = forms.ModelChoiceField(Organisation.objects.all(), label=gettext_lazy("Lead"))


class AssignTasks(_ManyTasks):
    verb = "plan.assign_tasks"
    title = button = gettext_lazy("Name the responsible organisation")
    effect = gettext_lazy("The organisation leads these tasks from now on, is told, and reports on them.")
    undo = gettext_lazy("Another organisation can be named at any time.")
    form_class = AssignForm

    def perform(self, form) -> str:
        changed = actions.assign_tasks(self.request.user, self.rows, form.cleaned_data["lead"])
        return _("%(n)d tasks have a new lead.") % {"n": changed}


class DueForm(forms.Form):
    due = forms.DateField(label=gettext_lazy("New due date"), widget=DateInput)
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ChangeDue(_ManyTasks):
    verb = "plan.change_due"
    title = button = gettext_lazy("Change the due date")
    effect = gettext_lazy(
        "The former date and the reason stay on record; the responsible organisations are told."
    )
    form_class = DueForm

    def perform(self, form) -> str:
        changed = actions.change_due(self.request.user, self.rows, **form.cleaned_data)
        return _("%(n)d due dates are changed.") % {"n": changed}


class UrgeForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class UrgeTasks(_ManyTasks):
    verb = "plan.urge_tasks"
    title = button = gettext_lazy("Urge")
    effect = gettext_lazy(
        "Reporters and leaders of the responsible organisations are asked to report, here and by mail."
    )
    form_class = UrgeForm

    def perform(self, form) -> str:
        return _("%(n)d tasks are urged.") % {
            "n": actions.urge_tasks(self.request.user, self.rows, **form.cleaned_data)
        }


class PlaceForm(forms.Form):
    programme = forms.ModelChoiceField(
        Programme.objects.all(),
        label=gettext_lazy("Programme"),
        required=False,
        help_text=gettext_lazy("Empty: under no programme."),
    )


class PlaceTasks(_ManyTasks):
    verb = "plan.place_tasks"
    title = button = gettext_lazy("Set the programme")
    effect = gettext_lazy("The tasks count in this programme and its branch from now on.")
    undo = gettext_lazy("Another programme can be set at any time.")
    form_class = PlaceForm

    def perform(self, form) -> str:
        changed = actions.place_tasks(self.request.user, self.rows, form.cleaned_data["programme"])
        return _("%(n)d tasks stand in another programme.") % {"n": changed}
