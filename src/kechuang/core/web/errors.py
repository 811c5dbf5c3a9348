"""Error pages with words that help; the site's urls point its handlers here."""

from __future__ import annotations

from typing import Any

import orjson
from django.db import DataError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kechuang.core import files
from kechuang.core.errors import NotPermitted, Refusal

API = "/api/"
FORM_ROOM = 1024 * 1024


def problem(status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """An error as programs read it: problem+json (RFC 9457)."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")


def _page(request, status: int, title: str, text: str, code: str = "", **more: str):
    if request.path.startswith(API):
        return problem(status, title, text)
    context = {"error_title": title, "error_text": text, "error_code": code, "status": status, **more}
    return render(request, "core/error.html", context, status=status)


def bad_request(request, exception=None):
    return _page(
        request,
        400,
        _("The request could not be read"),
        _("The address or the form was damaged on the way. Go back, reload the page and try again."),
    )


def permission_denied(request, exception=None):
    if not request.user.is_authenticated:
        text = _("This page is for people of the centre. Sign in, and you come back here.")
    else:
        text = _("Your roles do not include this. Ask your office's administrator, and name this page.")
    return _page(request, 403, _("You may not see this page"), text, str(exception or ""))


def not_found(request, exception=None):
    return _page(
        request,
        404,
        _("There is no page at this address"),
        _(
            "It may have been moved or withdrawn, or the address has a slip. Search for it, or begin at the start page."
        ),
    )


def server_error(request):
    """Without the shell's database reads: the page must show even when those fail."""
    title = _("Something went wrong")
    text = _("The fault is ours. Nothing you entered was half-saved. Try again in a minute.")
    if request.path.startswith(API):
        return problem(500, title, text)
    context = {"error_title": title, "error_text": text, "status": 500}
    return render(request, "core/error_plain.html", context, status=500)


def csrf_failure(request, reason=""):
    return _page(
        request,
        403,
        _("The form has expired"),
        _("Nothing was changed. Go back, reload the page and send the form again."),
    )


def locked_out(request, response=None, credentials=None):
    """Too many wrong passwords for this account from this place."""
    return _page(
        request,
        429,
        _("Too many attempts to sign in"),
        _("Wait a quarter of an hour, then try again, or ask an administrator for a new password."),
    )


def refused(request, refusal: Refusal):
    if not refusal.url:
        return _page(request, 422, _("This cannot be done"), str(refusal))
    way_on = {"way_on": refusal.url, "way_on_words": refusal.remedy.rstrip("。.")}
    return _page(request, 422, _("This cannot be done"), refusal.message, **way_on)


def too_large(request, size: int):
    return _page(
        request,
        413,
        _("The upload is too large"),
        _(
            "It has %(size)s MiB; at most %(most)s MiB are taken. Nothing was read or kept. Make the file smaller or split it, then go back and choose it again."
        )
        % {"size": size >> 20, "most": files.MAX_BYTES >> 20},
    )


class UploadMiddleware:
    """Refuses what is too large by its announced length, on every page and address, before any of it is read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        announced = request.META.get("CONTENT_LENGTH") or ""
        if announced.isdecimal() and int(announced) > files.MAX_BYTES + FORM_ROOM:
            return too_large(request, int(announced))
        return self.get_response(request)


UNSTORABLE = (DataError, OverflowError, ValueError)


def cannot_be_stored(error: Exception) -> bool:
    """Did the database refuse a value that came from outside: too long, too large, or with a NUL?"""
    if isinstance(error, DataError):
        return True
    return any(
        words in str(error) for words in ("too large to convert to SQLite", "NUL (0x00)", "out of range")
    )


class RefusalMiddleware:
    """Outside a form, what an act refuses becomes a page as well, and what no database can hold is no fault of ours."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, NotPermitted):
            return permission_denied(request)
        if isinstance(exception, UNSTORABLE) and cannot_be_stored(exception):
            return bad_request(request)
        return refused(request, exception) if isinstance(exception, Refusal) else None
