"""One's own pages: notices, preferences, deputies, API keys."""

from __future__ import annotations

from datetime import datetime, time

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kechuang.core import actions, clock, notices
from kechuang.core.models import ApiToken, Deputy, Notice, User
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.core.web.listing.paging import CURSORS, fetch, keys_for

NOTICES_A_PAGE = 50


@login_required
def notices_page(request):
    """One's notices, newest first; opening the page does not mark them as read."""
    unread = "unread" in request.GET
    rows = request.user.notices.filter(read_at=None) if unread else request.user.notices.all()
    cursors = {name: request.GET.get(name, "") for name in CURSORS}
    page = fetch(rows, ["text", "at", "read_at"], keys_for(Notice, [("at", True)]), NOTICES_A_PAGE, **cursors)
    return render(request, "core/notices.html", {"page": page, "only_unread": unread})


@login_required
@require_POST
def read_notices(request):
    """Mark one notice, or all, as read; go on to what it is about."""
    key = request.POST.get("notice")
    notices.mark_read(request.user, int(key) if key and key.isdecimal() else None)
    row = request.user.notices.filter(pk=key).first() if key and key.isdecimal() else None
    url = row.url if row else ""
    inside = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(url if url and inside else reverse("core:notices"))


@login_required
def account(request):
    """Who one is here: roles, those one stands in for, deputies, API keys, preferences."""
    person, now = request.user, clock.now()
    tokens = [
        (token, bool(token.expires and token.expires < now)) for token in person.api_tokens.order_by("-id")
    ]
    context = {
        "memberships": person.memberships.select_related("organisation"),
        "principals": person.deputises_for.filter(end__gte=clock.today()).select_related("principal__person"),
        "tokens": tokens,
        "deputies": person.deputies.select_related("deputy__person").order_by("-start"),
        "today": clock.today(),
    }
    return render(request, "core/account.html", context)


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language of your notices"), choices=settings.LANGUAGES)
    mail_notices = forms.BooleanField(label=gettext_lazy("Send notices by mail too"), required=False)


class _OwnPage(LoginRequiredMixin, FormPage):
    """A form of one's own page; done or not, one comes back there."""

    success_url = cancel_url = reverse_lazy("core:account")


class Preferences(_OwnPage):
    title = gettext_lazy("Preferences")
    submit = gettext_lazy("Save the preferences")
    form_class = PreferencesForm

    def get_initial(self):
        person = self.request.user
        return {"language": person.language, "mail_notices": person.mail_notices}

    def perform(self, form) -> str:
        actions.save_preferences(self.request.user, **form.cleaned_data)
        return _("The preferences are saved.")


class TokenForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=[("read", gettext_lazy("Read")), ("write", gettext_lazy("Write"))],
        widget=forms.CheckboxSelectMultiple,
    )
    expires = forms.DateField(
        label=gettext_lazy("Valid until"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("Empty: until you revoke it."),
    )

    def clean_expires(self):
        """The end of the day that was chosen."""
        day = self.cleaned_data["expires"]
        return make_aware(datetime.combine(day, time.max)) if day else None


class NewToken(_OwnPage):
    title = gettext_lazy("New API key")
    submit = gettext_lazy("Make the key")
    form_class = TokenForm

    def perform(self, form) -> str:
        _token, key = actions.issue_token(self.request.user, **form.cleaned_data)
        return _("Copy the key now; it is not shown again: %(key)s") % {"key": key}


@login_required
@require_POST
def revoke_token(request, pk: int):
    """Make a key useless."""
    actions.revoke_token(request.user, get_object_or_404(ApiToken, pk=pk, user=request.user))
    return HttpResponseRedirect(reverse("core:account"))


class DeputyForm(forms.Form):
    deputy = forms.ModelChoiceField(User.objects.filter(is_active=True), label=gettext_lazy("Deputy"))
    start = forms.DateField(label=gettext_lazy("From"), widget=DateInput)
    end = forms.DateField(label=gettext_lazy("To"), widget=DateInput)


class NameDeputy(_OwnPage):
    title = gettext_lazy("Name a deputy")
    intro = gettext_lazy("During your leave this person may do what you may.")
    submit = gettext_lazy("Name the deputy")
    form_class = DeputyForm

    def perform(self, form) -> str:
        actions.name_deputy(self.request.user, **form.cleaned_data)
        return _("The deputy is named.")


class EndDeputy(LoginRequiredMixin, ActPage):
    verb = "core.end_deputy"
    title = button = gettext_lazy("End the deputy's time")

    def target(self):
        return get_object_or_404(Deputy, pk=self.kwargs["pk"], principal_id=self.request.user.pk or 0)

    def whom(self):
        return [self.object.deputy]

    def what(self):
        return [_("From today on this person no longer acts in your place.")]

    def perform(self, form) -> str:
        actions.end_deputy(self.request.user, self.object)
        return _("The deputy's time has ended.")

    def done_url(self):
        return reverse("core:account")
