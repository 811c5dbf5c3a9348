"""Notices to people: in the product at once, by mail from the worker. One cause, one notice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import models
from django.utils.translation import gettext as _

from kechuang.core import clock, kinds
from kechuang.core.models.people import User
from kechuang.core.models.talk import Notice

MENTION = re.compile(r"@([\w.+-]{2,150})")


def notify(
    users: Iterable[User], text: str, *, key: str, url: str = "", about: models.Model | None = None
) -> int:
    """Tell each of `users` once for the cause `key`; returns how many were told for the first time.

    Whoever may not see the record it is `about` is not told, since the text may name it.
    """
    moment = clock.now()
    if about is not None:
        users = [user for user in users if kinds.visible(user, about)]
    rows = [Notice(user=user, at=moment, text=text[:500], url=url, key=key[:160]) for user in set(users)]
    before = Notice.objects.filter(key=key[:160]).count()
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return Notice.objects.filter(key=key[:160]).count() - before


def mentioned(text: str, obj: models.Model) -> list[User]:
    """People named by @username who may see the record."""
    found = User.objects.filter(username__in=MENTION.findall(text), is_active=True)
    return [user for user in found if kinds.visible(user, obj)]


def send_mail_notices(limit: int = 200) -> str:
    """Mail what has not been mailed. A failure leaves the notice for the next round."""
    waiting = Notice.objects.filter(mailed_at=None, user__mail_notices=True).exclude(user__email="")
    sent = 0
    with get_connection() as connection:
        for notice in waiting.select_related("user")[:limit]:
            EmailMessage(
                subject=_("Kechuang: %(text)s") % {"text": notice.text[:80]},
                body=f"{notice.text}\n{notice.url}",
                from_email=settings.DEFAULT_FROM_EMAIL,
                to=[notice.user.email],
                connection=connection,
            ).send()
            Notice.objects.filter(pk=notice.pk).update(mailed_at=clock.now())
            sent += 1
    return f"{sent} mailed"


def mark_read(user: Any, notice_id: int | None = None) -> None:
    """Mark one notice (or all) of this person as read."""
    mine = Notice.objects.filter(user=user, read_at=None)
    if notice_id:
        mine = mine.filter(pk=notice_id)
    mine.update(read_at=clock.now())
