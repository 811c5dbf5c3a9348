"""One's own pages: notices, deputies, API keys; and the global search."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kechuang.core import actions, kinds, notices
from kechuang.core.models import ApiToken, User
from kechuang.core.search import search
from kechuang.core.web.forms import DateInput, FormPage


def search_page(request):
    """What the person may see, best first; facets by kind."""
    text, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    found = search(request.user, text, limit=200) if text else []
    labels = {name: entry.label for name, entry in kinds.all_kinds().items()}
    counts: dict[str, int] = {}
    for entry in found:
        counts[entry.kind] = counts.get(entry.kind, 0) + 1
    shown = [entry for entry in found if not kind or entry.kind == kind]
    context = {
        "q": text,
        "kind": kind,
        "found": [(entry, labels.get(entry.kind, entry.kind)) for entry in shown[:100]],
        "facets": [(name, labels.get(name, name), n) for name, n in sorted(counts.items())],
        "total": len(found),
    }
    return render(request, "core/search.html", context)


@login_required
def notices_page(request):
    """One's notices; opening the page does not mark them as read."""
    return render(request, "core/notices.html", {"notices": request.user.notices.all()[:200]})


@login_required
@require_POST
def read_notices(request):
    """Mark one notice, or all, as read; go on to what it is about."""
    key = request.POST.get("notice")
    notices.mark_read(request.user, int(key) if key and key.isdigit() else None)
    row = request.user.notices.filter(pk=key).first() if key and key.isdigit() else None
    url = row.url if row else ""
    inside = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(url if url and inside else reverse("core:notices"))


@login_required
def account(request):
    """Who one is here: roles, deputies, API keys."""
    memberships = request.user.memberships.select_related("organisation")
    context = {
        "memberships": memberships,
        "tokens": request.user.api_tokens.all(),
        "deputies": request.user.deputies.select_related("deputy"),
    }
    return render(request, "core/account.html", context)


class TokenForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=[("read", gettext_lazy("Read")), ("write", gettext_lazy("Write"))],
        widget=forms.CheckboxSelectMultiple,
    )


class NewToken(LoginRequiredMixin, FormPage):
    title = gettext_lazy("New API key")
    submit = gettext_lazy("Make the key")
    form_class = TokenForm

    def perform(self, form) -> str:
        _token, key = actions.issue_token(
            self.request.user, form.cleaned_data["name"], form.cleaned_data["scopes"]
        )
        return _("Copy the key now; it is not shown again: %(key)s") % {"key": key}

    def get_success_url(self):
        return reverse("core:account")


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


class NameDeputy(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Name a deputy")
    intro = gettext_lazy("During your leave this person may do what you may.")
    submit = gettext_lazy("Name the deputy")
    form_class = DeputyForm

    def perform(self, form) -> str:
        actions.name_deputy(self.request.user, **form.cleaned_data)
        return _("The deputy is named.")

    def get_success_url(self):
        return reverse("core:account")
