"""The page on the tablet beside an instrument: start, stop, nothing else."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation, User
from kechuang.facilities import actions
from kechuang.facilities.engine.charges import Access
from kechuang.facilities.models import Resource
from kechuang.facilities.queries.use import accesses_for
from kechuang.facilities.web.common import RowPage
from kechuang.facilities.web.use import StopForm


class BadgeForm(forms.Form):
    username = forms.CharField(
        label=gettext_lazy("User name or badge"),
        max_length=150,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    proprietary = forms.BooleanField(label=gettext_lazy("Proprietary use"), required=False)


class Kiosk(RowPage):
    """The keeper signs the tablet in; users name themselves."""

    verb = "facilities.start_session"
    template_name = "facilities/kiosk.html"
    form_class = BadgeForm

    def find(self):
        row = get_object_or_404(
            Resource.objects.select_related("owner", "facility__cluster"), pk=self.kwargs["pk"]
        )
        if not may(self.request.user, "facilities.save_resource", row):
            raise PermissionDenied
        self.running = row.sessions.filter(end=None).select_related("user", "organisation").first()
        self.title = str(row)
        return row

    def get_form_class(self):
        return StopForm if self.running else BadgeForm

    def store(self, form):
        if self.running:
            actions.stop_session(self.request.user, self.running, **form.cleaned_data)
            self.done = _("The session is stopped.")
            return
        person = User.objects.filter(username=form.cleaned_data["username"], is_active=True).first()
        if person is None:
            raise Refusal(_("Nobody has this name."), field="username", remedy=_("Check the spelling."))
        organisation, access = self._terms(person, form.cleaned_data["proprietary"])
        actions.start_session(self.request.user, self.row, organisation, access, user=person)
        self.done = _("The session is running.")

    def _terms(self, person: User, proprietary: bool) -> tuple[Organisation, Access]:
        """The organisation and rate that suit the person: the first that is offered."""
        mine = Organisation.objects.filter(memberships__user=person).distinct()
        for organisation in mine:
            for access in accesses_for(self.row, organisation):
                if (access == Access.PROPRIETARY) == proprietary:
                    return organisation, access
        raise Refusal(_("This use is not offered to %(person)s.") % {"person": person}, field="username")

    def get_success_url(self):
        return reverse("facilities:kiosk", args=[self.row.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(row=self.row, running=self.running, **kwargs)
