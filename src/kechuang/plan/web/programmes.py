"""The programme tree (such as 六大工程): what stands where, and its editing."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.acts import may
from kechuang.core.kernel import formatting
from kechuang.core.language import current
from kechuang.core.web.forms import FormPage
from kechuang.core.web.record import Act, Record
from kechuang.plan import actions
from kechuang.plan.models import Programme
from kechuang.plan.queries.progress import progress
from kechuang.plan.queries.work import programme_tree, visible_commitments


@login_required
def programmes(request):
    """The programme tree with the states of its promises and tasks."""
    far = progress(request.user).programmes
    tree = [(branch, far[branch.programme.pk]) for branch in programme_tree(request.user)]
    context = {"tree": tree, "may_add": may(request.user, "plan.save_programme")}
    return render(request, "plan/programmes.html", context)


@login_required
def programme(request, pk: int):
    """One programme: leads to what stands below it, by weight, and to its tasks."""
    row = get_object_or_404(Programme, pk=pk)
    branch = next(b for b in programme_tree(request.user) if b.programme.pk == pk)
    far = progress(request.user)
    record = Record(
        title=str(row),
        kind=_("Programme"),
        acts=[Act(_("Edit"), reverse("plan:programme_edit", args=[pk]), verb="plan.save_programme", obj=row)],
        facts=[
            (_("Progress"), formatting.percent(far.programmes[pk])),
            (_("Weight"), row.weight),
            (_("Also called"), formatting.joined(row.aliases, current())),
        ],
        breadcrumb=[(_("Programmes"), reverse("plan:programmes")), (str(row), "")],
    )
    commitments = visible_commitments(request.user).filter(programme=row).select_related("lead")
    context = {
        "record": record,
        "branch": branch,
        "below": [(child, far.programmes[child.pk]) for child in row.children.all()],
        "commitments": [(c, far.promises.get(c.pk)) for c in commitments],
        "tasks": far.tasks.get(pk),
    }
    return render(request, "plan/programme.html", context)


class ProgrammeForm(forms.ModelForm):
    class Meta:
        model = Programme
        fields = ["name_zh", "name_en", "parent", "weight", "order"]
        labels = {"parent": gettext_lazy("Part of")}


class EditProgramme(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Programme")
    submit = gettext_lazy("Save the programme")
    form_class = ProgrammeForm

    def dispatch(self, request, *args, **kwargs):
        self.row = get_object_or_404(Programme, pk=kwargs["pk"]) if "pk" in kwargs else Programme()
        if request.user.is_authenticated and not may(request.user, "plan.save_programme"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.row}

    def perform(self, form) -> str:
        actions.save_programme(self.request.user, form.instance)
        return _("The programme is saved.")

    def get_success_url(self):
        return reverse("plan:programmes")
