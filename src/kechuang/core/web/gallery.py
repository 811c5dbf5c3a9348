"""A page that shows every part with sample data, for whoever builds pages and for the browser tests."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404
from django.shortcuts import render


def gallery(request):
    """/_parts/: only in DEBUG or for a superuser."""
    if not (settings.DEBUG or request.user.is_superuser):
        raise Http404
    return render(request, "core/gallery.html", {})
