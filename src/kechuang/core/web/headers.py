"""What every answer says of itself to browsers and caches, and who asked when a proxy stands before us."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

_NOT_USED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in _NOT_USED)


class HeadersMiddleware:
    """No page of ours uses the device; what is shown to somebody signed in is kept by no cache but their browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.BEHIND_TLS:
            _take_address_from_proxy(request)
        answer = self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and "Cache-Control" not in answer.headers:
            patch_cache_control(answer, private=True, no_cache=True)
        return answer


def _take_address_from_proxy(request: HttpRequest) -> None:
    """The last address in the list is the one our own proxy wrote; those before it are whatever the caller said."""
    if forwarded := request.headers.get("X-Forwarded-For", ""):
        request.META["REMOTE_ADDR"] = forwarded.rsplit(",", 1)[-1].strip()
