"""Acts of the request desk: send, hand over, answer, rate, pass up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kechuang.core import clock, kinds, notices
from kechuang.core.actions.checks import check
from kechuang.core.acts import act, locked
from kechuang.core.engine.desk import NOT_SATISFIED, TIME_LIMIT, TRANSITIONS, UNANSWERED, days_over
from kechuang.core.engine.workflow import BadStep, step
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Organisation, Role, ServiceRequest, User
from kechuang.core.roles import has_role, holders_of, is_person, members_of, of_organisation, signed_in


@act("core.open_request", may=signed_in)
def open_request(
    actor: Any,
    kind: str,
    title: str,
    text: str,
    *,
    about: models.Model | None = None,
    synthetic: bool = False,
) -> ServiceRequest:
    """Send a request to the desk; its time limit follows from its kind."""
    if kind not in TIME_LIMIT:
        raise Refusal(_("Unknown kind of request."), field="kind")
    if not title.strip() or not text.strip():
        raise Refusal(_("Say in a title and a text what it is about."), field="title")
    if about and not kinds.visible(actor, about):
        raise NotPermitted("core.open_request")
    now = clock.now()
    row = ServiceRequest(
        kind=kind,
        title=title.strip(),
        text=text.strip(),
        requester=actor,
        created=now,
        due=now + TIME_LIMIT[kind],
        synthetic=synthetic,
        about_kind=kinds.kind_of(about) if about else "",
        about_id=str(about.pk) if about else "",
    )
    check(row, exclude={"handler", "answered", "satisfaction"})
    row.save()
    record(actor, "core.open_request", row, after=fields_of(row, ("kind", "title", "due")))
    _tell_the_desk(row, lambda: _("A new request: %(title)s") % {"title": row.title}, f"desk:{row.pk}:new")
    return row


def _tell_the_desk(row: ServiceRequest, words: Callable[[], str], key: str) -> None:
    people = holders_of(Role.OFFICER).exclude(pk=row.requester_id)
    notices.notify(people, words, key=key, url=row.get_absolute_url(), about=row)


def _move(row: ServiceRequest, verb: str, reason: str = "") -> None:
    row.stage = locked(row).stage
    try:
        row.stage = step(TRANSITIONS, row.stage, verb, reason=reason).next
    except BadStep:
        stage = row.get_stage_display()
        raise Refusal(
            _("This cannot be done with a request that is: %(stage)s.") % {"stage": stage}
        ) from None


@act("core.hand_over_request", may=has_role(Role.OFFICER))
def hand_over_request(actor: Any, row: ServiceRequest, handler: Organisation) -> ServiceRequest:
    """Hand a request to the organisation that shall answer it."""
    _move(row, "hand_over")
    before, row.handler = row.handler, handler
    row.save(update_fields=["stage", "handler"])
    record(actor, "core.hand_over_request", row, before={"handler": before}, after={"handler": handler})
    notices.notify(
        members_of(handler),
        lambda: _("A request waits for you: %(title)s") % {"title": row.title},
        key=f"desk:{row.pk}:{handler.pk}",
        url=row.get_absolute_url(),
        about=row,
    )
    return row


@act("core.return_request", may=of_organisation(*Role.values, path="handler"))
def return_request(actor: Any, row: ServiceRequest, reason: str) -> ServiceRequest:
    """Give a request back to the desk, with the reason why it is for another to answer; its time limit stays."""
    if not reason.strip():
        raise Refusal(_("Say why it is for another to answer."), field="reason")
    _move(row, "return", reason)
    before, row.handler = row.handler, None
    row.save()
    after = {"handler": None, "reason": reason.strip()[:500]}
    record(actor, "core.return_request", row, before={"handler": before}, after=after)
    words = {"title": row.title, "who": before}
    key = f"desk:{row.pk}:back:{clock.now().isoformat()}"
    _tell_the_desk(row, lambda: _("%(who)s gave a request back: %(title)s") % words, key)
    return row


@act("core.answer_request", may=has_role(Role.OFFICER) | of_organisation(*Role.values, path="handler"))
def answer_request(actor: Any, row: ServiceRequest, answer: str) -> ServiceRequest:
    """Answer a request; the requester is told and asked how satisfied they are."""
    if not answer.strip():
        raise Refusal(_("The answer is empty."), field="answer")
    _move(row, "answer")
    row.answer, row.answered = answer.strip(), clock.now()
    row.save(update_fields=["stage", "answer", "answered"])
    record(actor, "core.answer_request", row, after={"answer": row.answer})
    notices.notify(
        [row.requester],
        lambda: _("Your request was answered: %(title)s") % {"title": row.title},
        key=f"desk:{row.pk}:answer:{row.answered.isoformat()}",
        url=row.get_absolute_url(),
    )
    return row


@act("core.rate_request", may=is_person("requester"))
def rate_request(actor: Any, row: ServiceRequest, satisfaction: int, *, remark: str = "") -> ServiceRequest:
    """Say how satisfied one is, from 1 to 5; 1 and 2 open the request again with a new time limit."""
    if satisfaction not in range(1, 6):
        raise Refusal(_("Satisfaction is a number from 1 to 5."), field="satisfaction")
    again = satisfaction <= NOT_SATISFIED
    _move(row, "reopen" if again else "rate")
    row.satisfaction = satisfaction
    if again:
        row.due = clock.now() + TIME_LIMIT[row.kind]
    row.save(update_fields=["stage", "satisfaction", "due"])
    after = {"satisfaction": satisfaction, "stage": row.stage, "remark": remark.strip()[:500]}
    record(actor, "core.rate_request", row, after=after)
    if again:
        notices.notify(
            _responsible(row, level=1),
            lambda: _("A request is open again: %(title)s") % {"title": row.title},
            key=f"desk:{row.pk}:again:{row.due.isoformat()}",
            url=row.get_absolute_url(),
            about=row,
        )
    return row


@act("core.escalate_requests", may=has_role(Role.OFFICER))
def escalate_requests(actor: Any) -> int:
    """Tell who is responsible for requests past their time limit: the handler first, each day one organisation higher."""
    now, passed_up = clock.now(), 0
    waiting = ServiceRequest.objects.filter(stage__in=UNANSWERED, due__lt=now)
    for row in waiting.select_related("handler").order_by("due"):
        level = days_over(row.due, now)
        told = notices.notify(
            _responsible(row, level),
            lambda row=row: _("A request is past its time limit: %(title)s") % {"title": row.title},
            key=f"desk:{row.pk}:over:{row.due.isoformat()}:{level}",
            url=row.get_absolute_url(),
            about=row,
        )
        if told:
            record(actor, "core.escalate_requests", row, after={"days_over": level, "told": told})
            passed_up += 1
    return passed_up


def _responsible(row: ServiceRequest, level: int) -> list[User]:
    """Members of the handler (level 1) or of an organisation above it; the desk's officers where there is nobody."""
    line = row.handler.line() if row.handler else []
    for organisation in line[max(level, 1) - 1 :] or line[-1:]:
        if found := list(members_of(organisation)):
            return found
    return list(holders_of(Role.OFFICER))
