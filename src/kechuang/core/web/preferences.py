"""Small choices a visitor makes about the page itself."""

from __future__ import annotations

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kechuang.core.web.context import THEMES

YEAR = 365 * 24 * 3600


@require_POST
def set_theme(request):
    """Keep light or dark in a cookie; anything else follows the system again."""
    answer = HttpResponseRedirect(back_to(request))
    if (theme := request.POST.get("theme")) in THEMES:
        answer.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        answer.delete_cookie("theme", samesite="Lax")
    return answer


def back_to(request, default: str = "/") -> str:
    """The `next` address of a form, when it stays on this site."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if safe else default
