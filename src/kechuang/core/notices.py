"""Notices to people: in the product at once, by mail from the worker. One cause, one notice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage, get_connection
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from kechuang.core import clock, kinds
from kechuang.core.models.people import User
from kechuang.core.models.talk import Notice

log = structlog.get_logger()
LONGEST_NAME = 150
MOST_MENTIONS = 50
SHOWN_NAME = 40
NAME_END = re.compile(r"[\s@,;:!?，。；：、！？（）()]")
WITHIN_A_WORD = re.compile("[A-Za-z0-9]{2}")
# not the @ of a mail address, but also one that follows another mention at once
MENTION = re.compile(r"(?<![A-Za-z0-9])@|(?<=@)[A-Za-z0-9._+-]+@")


def notify(
    users: Iterable[User],
    words: Callable[[], str],
    *,
    key: str,
    url: str = "",
    about: models.Model | None = None,
) -> int:
    """Tell each of `users` once for the cause `key`; returns how many were told for the first time.

    `words` is asked in each person's own language. Whoever may not see the record it is `about` is not told, since the
    words may name it.
    """
    moment = clock.now()
    if about is not None:
        users = [user for user in users if kinds.visible(user, about)]
    rows = [
        Notice(
            user=user,
            at=moment,
            text=_in_language(user, words)[:500],
            url=url,
            key=key[:160],
            by_mail=bool(user.mail_notices and user.email),
        )
        for user in set(users)
    ]
    before = Notice.objects.filter(key=key[:160]).count()
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return Notice.objects.filter(key=key[:160]).count() - before


def _in_language(user: User, words: Callable[[], str]) -> str:
    with translation.override(user.language):
        return str(words())


def mentioned(text: str, obj: models.Model) -> list[User]:
    """People named after an @, by account or by name, who may see the record."""
    found = {user.pk: user for _, named in _mentions(text) for user in named}
    return [user for user in found.values() if kinds.visible(user, obj)]


def unheard(text: str, obj: models.Model) -> list[str]:
    """What stands after an @ and reaches nobody: it names no account, or only such as may not see the record."""
    return [words for words, named in _mentions(text) if not any(kinds.visible(user, obj) for user in named)]


def _mentions(text: str) -> list[tuple[str, list[User]]]:
    """Each name after an @ as far as its first blank or point, and whom it names."""
    found = []
    for place in list(re.finditer(MENTION, text))[:MOST_MENTIONS]:
        words = text[place.end() :][:LONGEST_NAME]
        shown = NAME_END.split(words, maxsplit=1)[0][:SHOWN_NAME]
        if shown:
            found.append((shown, _named_at_the_beginning_of(words)))
    return found


def _named_at_the_beginning_of(words: str) -> list[User]:
    """Chinese puts no blank after a name, so the longest beginning that names somebody counts; a name that several
    people bear names them all."""
    beginnings = [words[:end] for end in range(len(words), 1, -1) if not WITHIN_A_WORD.match(words, end - 1)]
    named = Q(username__in=beginnings) | Q(person__name_zh__in=beginnings) | Q(person__name_en__in=beginnings)
    borne: dict[str, list[User]] = {}
    for user in User.objects.filter(named, is_active=True).select_related("person").order_by("pk"):
        person = user.person
        for name in {user.username, *((person.name_zh, person.name_en) if person else ())}:
            borne.setdefault(name, []).append(user)
    return next((borne[name] for name in beginnings if name in borne), [])


def send_mail_notices(limit: int = 200) -> str:
    """Mail what has not been mailed nor read meanwhile, oldest first. What fails waits for the next round and holds up
    nobody else's."""
    waiting = Notice.objects.filter(by_mail=True, mailed_at=None, read_at=None)
    wanted = waiting.filter(user__mail_notices=True, user__is_active=True)
    due = list(wanted.exclude(user__email="").select_related("user").order_by("id")[:limit])
    if not due:  # nobody is called for nothing
        return "0 mailed"
    sent = failed = 0
    with get_connection() as connection:
        for notice in due:
            try:
                _mail(notice, connection)
            except (SMTPRecipientsRefused, SMTPDataError, BadHeaderError):
                failed += 1
                log.exception("notice not mailed", notice=notice.pk)
            else:
                Notice.objects.filter(pk=notice.pk).update(mailed_at=clock.now())
                sent += 1
    return f"{sent} mailed" + (f", {failed} refused" if failed else "")


def _mail(notice: Notice, connection: Any) -> None:
    with translation.override(notice.user.language):
        title = _("Kechuang: %(text)s") % {"text": " ".join(notice.text.split())[:80]}
    where = settings.SITE_URL + notice.url if notice.url.startswith("/") else notice.url
    EmailMessage(
        subject=title,
        body=f"{notice.text}\n\n{where}\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[notice.user.email],
        connection=connection,
    ).send()


def mark_read(user: Any, notice_id: int | None = None) -> None:
    """Mark one notice (or all) of this person as read."""
    mine = Notice.objects.filter(user=user, read_at=None)
    if notice_id:
        mine = mine.filter(pk=notice_id)
    mine.update(read_at=clock.now())
