"""Saved views: a list's address under a name, one's own or shared."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.core.actions import delete_view, save_view
from kechuang.core.errors import Refusal
from kechuang.core.models import SavedView
from kechuang.core.web.preferences import back_to


def saved_views(person, page: str) -> QuerySet:
    """The views this person sees on a list."""
    if not person.is_authenticated:
        return SavedView.objects.none()
    return SavedView.objects.filter(Q(user=person) | Q(shared=True), page=page).order_by("name")


@require_POST
def save(request):
    """Keep the list's present address under a name."""
    data = request.POST
    try:
        query = data.get("query", "").lstrip("?")
        save_view(request.user, data.get("page", ""), data.get("name", ""), query, shared="shared" in data)
        messages.success(request, _("The view is saved."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(back_to(request))


@require_POST
def delete(request, pk: int):
    """Drop one of one's own views."""
    delete_view(request.user, get_object_or_404(SavedView, pk=pk))
    messages.success(request, _("The view is deleted."))
    return HttpResponseRedirect(back_to(request))
