"""What a call offers and by which rules; when a facility is closed."""

from __future__ import annotations

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.web.acts import ActPage
from kechuang.facilities import actions
from kechuang.facilities.models import Closure, Cycle, CycleFacility, CycleRule, Resource
from kechuang.facilities.web.common import RowPage
from kechuang.facilities.web.parts import WEEKDAYS, MomentField, lines_of


class OfferForm(forms.ModelForm):
    machine_weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Machine days"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    changeover = forms.CharField(
        label=gettext_lazy("Changeover"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line: set-up>set-up|slots, for example cryo>laser|1"),
    )

    class Meta:
        model = CycleFacility
        fields = ["resource", "hours", "reserve_percent", "machine_weekdays"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [
            Resource.Kind.FACILITY,
            Resource.Kind.BEAMLINE,
            Resource.Kind.INSTRUMENT,
            Resource.Kind.COMPUTING,
        ]
        self.fields["resource"].queryset = Resource.objects.filter(kind__in=kinds, retired_on=None)
        table = self.instance.changeover or {}
        self.initial["changeover"] = "\n".join(f"{key}|{slots}" for key, slots in table.items())
        if self.instance.pk:
            self.fields["resource"].disabled = True

    def validate_constraints(self):
        """The act names what contradicts itself, and where."""

    def clean_changeover(self):
        table = {}
        for row in lines_of(self.cleaned_data["changeover"], ("key", "slots")):
            if not row.get("slots", "").isdecimal():
                raise forms.ValidationError(_("%(key)s: give the slots after |.") % {"key": row["key"]})
            table[row["key"]] = int(row["slots"])
        return table


class EditOffer(RowPage):
    title = gettext_lazy("Offer of a facility")
    submit = gettext_lazy("Save the offer")
    form_class = OfferForm
    verb = "facilities.save_offer"

    def find(self):
        if "offer" in self.kwargs:
            return get_object_or_404(CycleFacility, pk=self.kwargs["offer"])
        return CycleFacility(cycle=get_object_or_404(Cycle, pk=self.kwargs["pk"]))

    def store(self, form) -> str:
        offer = form.instance
        offer.machine_weekdays = form.cleaned_data["machine_weekdays"]
        offer.changeover = form.cleaned_data["changeover"]
        actions.save_offer(self.request.user, offer)
        return _("The offer is saved.")

    def get_success_url(self):
        return self.row.cycle.get_absolute_url()


class RemovePage(ActPage):
    """Take a part out of a call."""

    danger = True

    def done_url(self):
        return self.cycle.get_absolute_url()


class RemoveOffer(RemovePage):
    verb = "facilities.remove_offer"
    title = gettext_lazy("Take the facility out of the call")

    def target(self):
        offer = get_object_or_404(CycleFacility, pk=self.kwargs["offer"])
        self.cycle = offer.cycle
        return offer

    def perform(self, form) -> str:
        actions.remove_offer(self.request.user, self.object)
        return _("The facility is out of the call.")


class RuleForm(forms.ModelForm):
    class Meta:
        model = CycleRule
        fields = ["kind", "name", "least", "most"]
        help_texts = {
            "name": gettext_lazy(
                "The partner's name as in proposals; the number of the organisation; or the code of the discipline (physics, chemistry, materials, life, earth, engineering, information, astronomy)."
            ),
            "least": gettext_lazy("Thousandths of the allocatable time, for quotas and floors."),
            "most": gettext_lazy("Thousandths of the allocatable time, for quotas and caps."),
        }

    def validate_constraints(self):
        """The act names what contradicts itself, and where."""


class AddRule(RowPage):
    title = gettext_lazy("Rule of the call")
    submit = gettext_lazy("Save the rule")
    form_class = RuleForm
    verb = "facilities.save_rule"

    def find(self):
        return CycleRule(cycle=get_object_or_404(Cycle, pk=self.kwargs["pk"]))

    def store(self, form) -> str:
        actions.save_rule(self.request.user, form.instance)
        return _("The rule is saved.")

    def get_success_url(self):
        return self.row.cycle.get_absolute_url()


class RemoveRule(RemovePage):
    verb = "facilities.remove_rule"
    title = gettext_lazy("Take the rule out of the call")

    def target(self):
        rule = get_object_or_404(CycleRule, pk=self.kwargs["rule"])
        self.cycle = rule.cycle
        return rule

    def perform(self, form) -> str:
        actions.remove_rule(self.request.user, self.object)
        return _("The rule is out of the call.")


class ClosureForm(forms.ModelForm):
    start = MomentField(label=gettext_lazy("From"))
    end = MomentField(label=gettext_lazy("To"))

    class Meta:
        model = Closure
        fields = ["kind", "start", "end", "reason"]

    def validate_constraints(self):
        """The act names what contradicts itself, and where."""


class EditClosure(RowPage):
    title = gettext_lazy("Closure")
    submit = gettext_lazy("Save the closure")
    form_class = ClosureForm
    verb = "facilities.save_closure"

    def find(self):
        if "closure" in self.kwargs:
            return get_object_or_404(Closure, pk=self.kwargs["closure"])
        return Closure(resource=get_object_or_404(Resource, pk=self.kwargs["pk"]))

    @property
    def intro(self):
        return str(self.row.resource)

    def store(self, form) -> str:
        actions.save_closure(self.request.user, form.instance)
        return _("The closure is saved.")

    def get_success_url(self):
        offer = self.row.resource.cycles.order_by("-cycle__start").first()
        return offer.cycle.get_absolute_url() if offer else self.row.resource.get_absolute_url()


class RemoveClosure(RemovePage):
    verb = "facilities.remove_closure"
    title = gettext_lazy("Take the closure back")

    def target(self):
        return get_object_or_404(Closure, pk=self.kwargs["closure"])

    def perform(self, form) -> str:
        actions.remove_closure(self.request.user, self.object)
        return _("The closure is taken back.")

    def done_url(self):
        return self.object.resource.get_absolute_url()
