"""Panels: seats, the meeting page with live ranks, grading, conflicts, decisions."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.acts import may
from kechuang.core.engine.workflow import verbs
from kechuang.core.models import Role, User
from kechuang.core.web.acts import ActPage
from kechuang.core.web.record import permitted
from kechuang.facilities import actions
from kechuang.facilities.actions.panels import CONFLICTS
from kechuang.facilities.engine.cycle import PROPOSAL
from kechuang.facilities.models import Cycle, Panel, Proposal
from kechuang.facilities.models.proposals import DISCIPLINES
from kechuang.facilities.queries.proposals import standing, visible_cycles, visible_panels
from kechuang.facilities.web.common import RowPage, act
from kechuang.facilities.web.cycles import SETTLED, cycle_tabs
from kechuang.facilities.web.proposal_acts import ProposalAct
from kechuang.facilities.web.proposals import DECISIONS


@login_required
def panels(request, pk: int):
    """The panels of a call."""
    cycle = get_object_or_404(visible_cycles(request.user), pk=pk)
    rows = visible_panels(request.user).filter(cycle=cycle).select_related("chair__person")
    names = dict(DISCIPLINES)
    context = {
        "cycle": cycle,
        "tabs": cycle_tabs(cycle, request.user, "panels"),
        "panels": [
            (p, [names.get(d, d) for d in p.disciplines], p.members.count(), p.proposals.count())
            for p in rows
        ],
        "may_add": may(request.user, "facilities.save_panel") and cycle.stage not in SETTLED,
    }
    return render(request, "facilities/panels.html", context)


@login_required
def panel(request, pk: int):
    """The meeting: ranks that follow the grades as they are given."""
    row = get_object_or_404(visible_panels(request.user).select_related("cycle", "chair__person"), pk=pk)
    context = {
        **_ranks(request, row),
        "members": row.members.select_related("user__person"),
        "names": [dict(DISCIPLINES).get(d, d) for d in row.disciplines],
        "acts": permitted(
            [
                act(_("Edit the panel"), reverse("facilities:panel_edit", args=[pk]), "save_panel"),
                act(_("Seat a member"), reverse("facilities:seat", args=[pk]), "seat_member"),
            ],
            request.user,
        ),
        "breadcrumb": [
            (str(row.cycle), row.cycle.get_absolute_url()),
            (_("Panels"), reverse("facilities:panels", args=[row.cycle_id])),
            (str(row), ""),
        ],
    }
    return render(request, "facilities/panel.html", context)


@login_required
def ranks(request, pk: int):
    """The table of ranks alone; the page asks for it every few seconds."""
    row = get_object_or_404(visible_panels(request.user), pk=pk)
    return render(request, "facilities/ranks.html", _ranks(request, row))


def _ranks(request, row: Panel) -> dict:
    rows = standing(row, request.user)
    for entry in rows:
        entry["why"] = CONFLICTS.get(entry["conflict"], "")
        can = verbs(PROPOSAL, entry["proposal"].stage, "chair")
        entry["may_decide"] = [
            v for v in can if may(request.user, "facilities.decide_proposal", entry["proposal"])
        ]
    hours = sum(r["hours"] for r in rows if r["inside"] and r["mean"] is not None)
    return {
        "row": row,
        "standing": rows,
        "graded": sum(r["mean"] is not None for r in rows),
        "hours_inside": hours,
        "may_grade": may(request.user, "facilities.give_grade", row),
        "decide_words": dict(DECISIONS),
    }


class PanelForm(forms.ModelForm):
    disciplines = forms.MultipleChoiceField(
        label=gettext_lazy("Disciplines"),
        choices=DISCIPLINES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Panel
        fields = ["name_zh", "name_en", "chair", "ceiling_hours"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["disciplines"] = self.instance.disciplines
        self.fields["chair"].queryset = reviewers()

    def validate_constraints(self):
        """The act names what contradicts itself, and where."""


def reviewers():
    """Accounts that hold the role of a reviewer somewhere."""
    return (
        User.objects.filter(memberships__role=Role.REVIEWER, is_active=True)
        .distinct()
        .select_related("person")
    )


class EditPanel(RowPage):
    title = gettext_lazy("Panel")
    submit = gettext_lazy("Save the panel")
    form_class = PanelForm
    verb = "facilities.save_panel"

    def find(self):
        if "cycle" in self.kwargs:
            return Panel(cycle=get_object_or_404(Cycle, pk=self.kwargs["cycle"]))
        return get_object_or_404(Panel, pk=self.kwargs["pk"])

    def store(self, form) -> str:
        form.instance.disciplines = form.cleaned_data["disciplines"]
        actions.save_panel(self.request.user, form.instance)
        return _("The panel is saved.")


class SeatForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Reviewer"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = reviewers()


class Seat(ActPage):
    verb = "facilities.seat_member"
    title = button = gettext_lazy("Seat a member")
    form_class = SeatForm
    undo = gettext_lazy("A seat can be taken away again.")

    def target(self):
        return get_object_or_404(Panel, pk=self.kwargs["pk"])

    def perform(self, form) -> str:
        actions.seat_member(self.request.user, self.object, form.cleaned_data["user"])
        return _("The member is seated.")


class Unseat(ActPage):
    verb = "facilities.unseat_member"
    title = button = gettext_lazy("Take the seat away")

    def target(self):
        return get_object_or_404(Panel, pk=self.kwargs["pk"])

    def perform(self, form) -> str:
        actions.unseat_member(self.request.user, self.object, get_object_or_404(User, pk=self.kwargs["user"]))
        return _("The seat is taken away.")


class GradeForm(forms.Form):
    points = forms.IntegerField(label=gettext_lazy("Grade, 0 to 100"), min_value=0, max_value=100)
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("The author reads it after the decision, without your name."),
    )


class GradePage(ProposalAct):
    verb = "facilities.give_grade"
    title = button = gettext_lazy("Grade the proposal")
    form_class = GradeForm
    undo = gettext_lazy("You may change your grade until the panel decides.")

    def initial(self):
        mine = self.object.grades.filter(user=self.request.user).first()
        return {"points": mine.points, "comment": mine.comment} if mine else {}

    def perform(self, form) -> str:
        actions.give_grade(self.request.user, self.object, **form.cleaned_data)
        return _("The grade is given.")

    def done_url(self):
        return self.object.panel.get_absolute_url()


class ConflictForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class DeclareConflict(ActPage):
    verb = "facilities.declare_conflict"
    title = button = gettext_lazy("Declare a conflict of interest")
    form_class = ConflictForm

    def target(self):
        return get_object_or_404(Proposal, pk=self.kwargs["pk"], panel__in=visible_panels(self.request.user))

    def what(self):
        return [_("You cannot read or grade this proposal any more; a grade you gave is taken out.")]

    def perform(self, form) -> str:
        actions.declare_conflict(self.request.user, self.object, form.cleaned_data["reason"])
        return _("The conflict is declared.")

    def done_url(self):
        return self.object.panel.get_absolute_url()


class DecideForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    ceiling_hours = forms.IntegerField(label=gettext_lazy("Hours at most"), required=False, min_value=1)


class Decide(ProposalAct):
    verb = "facilities.decide_proposal"
    form_class = DecideForm
    undo = gettext_lazy("The chair may take a recommended proposal up again, with a reason.")

    def heading(self):
        words = {
            "recommend": _("Recommend the proposal"),
            "decline": _("Decline the proposal"),
            "reconsider": _("Take the proposal up again"),
        }
        return words.get(self.kwargs["decision"], "")

    def perform(self, form) -> str:
        actions.decide_proposal(self.request.user, self.object, self.kwargs["decision"], **form.cleaned_data)
        return _("The decision is recorded.")

    def done_url(self):
        return self.object.panel.get_absolute_url()


class PanelChoice(forms.Form):
    panel = forms.ModelChoiceField(Panel.objects.none(), label=gettext_lazy("Panel"))

    def __init__(self, *args, cycle=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["panel"].queryset = Panel.objects.filter(cycle=cycle)


class AssignPanel(ProposalAct):
    verb = "facilities.assign_panel"
    title = button = gettext_lazy("Put before a panel")
    form_class = PanelChoice

    def form_arguments(self):
        return {"cycle": self.object.cycle}

    def perform(self, form) -> str:
        actions.assign_panel(self.request.user, self.object, form.cleaned_data["panel"])
        return _("The proposal is before its panel.")
