"""Use: start, stop, correction approved by another person, report, outputs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.actions.checks import check
from kechuang.core.acts import System, act, locked, may
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.kernel.identifiers import IdentifierError, check_doi
from kechuang.core.models import Organisation, Role, StoredFile, User
from kechuang.core.roles import has_role, organisations_of, signed_in, who_is
from kechuang.facilities.actions.common import kept_by, named, not_in_future, save
from kechuang.facilities.actions.money import charge_session
from kechuang.facilities.engine.charges import Access
from kechuang.facilities.models import Correction, ExperimentReport, Output, Resource, UseSession
from kechuang.facilities.models.sessions import ACCESS, minutes_between
from kechuang.facilities.queries.use import accesses_for

REPORT_DAYS = 90
keeper = kept_by("resource.owner", "resource.facility.cluster")
keeper_of_correction = kept_by("session.resource.owner", "session.resource.facility.cluster")
FACTS = ("resource", "user", "organisation", "access", "start", "end", "lost", "lost_reason")


def _keeps(actor: Any, resource: Resource) -> bool:
    return may(actor, "facilities.save_resource", resource)


@act("facilities.start_session", may=has_role(Role.SCIENTIST, Role.MANAGER))
def start_session(
    actor: Any,
    resource: Resource,
    organisation: Organisation,
    access: str,
    *,
    user: User | None = None,
    subject: str = "",
    synthetic: bool = False,
) -> UseSession:
    """Start the use of a resource, for oneself or (its keeper) for another person."""
    person = user or (None if isinstance(actor, System) else actor)
    if person != actor and not _keeps(actor, resource):
        raise NotPermitted("facilities.start_session")
    if resource.retired_on:
        raise Refusal(_("This resource is retired."), field="resource")
    _check_access(resource, organisation, access, person)
    if busy := resource.sessions.filter(end=None).first():
        raise _in_use(busy)
    row = UseSession(
        resource=resource,
        user=person,
        organisation=organisation,
        access=access,
        subject=subject,
        start=clock.now(),
        synthetic=synthetic,
    )
    check(row, exclude={"resource"})
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise _in_use(resource.sessions.filter(end=None).first()) from error
    record(actor, "facilities.start_session", row, after=fields_of(row, FACTS))
    return row


def _in_use(busy: UseSession | None) -> Refusal:
    return Refusal(
        _("It is in use by %(who)s since %(start)s.")
        % {
            "who": busy.organisation if busy else "",
            "start": timezone.localtime(busy.start).strftime("%H:%M") if busy else "",
        },
        field="resource",
        remedy=_("Stop that session first."),
    )


def _check_access(resource: Resource, organisation: Organisation, access: str, person: User | None) -> None:
    """Refuse a use that the resource does not offer to this organisation, or in whose name the person cannot act."""
    words = dict(ACCESS)
    if person is not None and organisation.pk not in organisations_of(person):
        raise Refusal(
            _("%(person)s does not belong to %(name)s.") % {"person": person, "name": organisation},
            field="organisation",
        )
    if access not in words:
        raise Refusal(_("There is no access %(access)s.") % {"access": access}, field="access")
    if resource.owner_id != organisation.pk and not resource.opened:
        raise Refusal(_("This resource is not opened to others."), field="resource")
    offered = accesses_for(resource, organisation)
    if access not in offered:
        raise Refusal(
            _("%(access)s access is not offered to %(name)s here.")
            % {"access": words[access], "name": organisation},
            field="access",
            remedy=_("Possible: %(access)s.") % {"access": "、".join(str(words[a]) for a in offered) or "—"},
        )


@act("facilities.stop_session", may=signed_in)
def stop_session(actor: Any, row: UseSession, *, lost: int = 0, lost_reason: str = "") -> UseSession:
    """Stop a use: time lost to the facility is not charged."""
    row = UseSession.objects.select_for_update().select_related("resource").get(pk=row.pk)
    if row.user_id != getattr(actor, "pk", None) and not _keeps(actor, row.resource):
        raise NotPermitted("facilities.stop_session")
    if row.end is not None:
        raise Refusal(_("This use has ended."))
    end = clock.now()
    if end <= row.start:
        raise Refusal(_("The session has only just begun."))
    _check_lost(lost, lost_reason, minutes_between(row.start, end))
    row.end, row.lost, row.lost_reason = end, lost, lost_reason
    if row.access != Access.PROPRIETARY:
        row.report_due = timezone.localdate(end) + timedelta(days=REPORT_DAYS)
    row.save()
    line = charge_session(row)
    after = {**fields_of(row, FACTS), "amount_fen": line.amount_fen if line else 0}
    record(actor, "facilities.stop_session", row, after=after)
    return row


def _check_lost(lost: int, reason: str, minutes: int) -> None:
    if not 0 <= lost <= minutes:
        raise Refusal(
            _("Between 0 and %(minutes)d minutes can be lost.") % {"minutes": minutes}, field="lost"
        )
    if lost and not reason.strip():
        raise Refusal(_("Say why time was lost."), field="lost_reason")


@act("facilities.ask_correction", may=signed_in)
def ask_correction(
    actor: Any, row: UseSession, *, start: datetime, end: datetime, lost: int = 0, reason: str
) -> Correction:
    """Propose other times for a session; another person decides."""
    if row.user_id != getattr(actor, "pk", None) and not _keeps(actor, row.resource):
        raise NotPermitted("facilities.ask_correction")
    if row.end is None:
        raise Refusal(_("The session is still running."))
    if not reason.strip():
        raise Refusal(_("Say why the times change."), field="reason")
    locked(row)
    if row.corrections.filter(approved=None).exists():
        raise Refusal(_("A correction of this use waits for a decision."))
    _check_times(row, start, end, lost)
    found = Correction.objects.create(
        session=row,
        start=start,
        end=end,
        lost=lost,
        reason=reason,
        asked_by_id=getattr(actor, "pk", None),
        asked_at=clock.now(),
    )
    before = fields_of(row, ("start", "end", "lost"))
    after = {"start": start, "end": end, "lost": lost, "reason": reason}
    record(actor, "facilities.ask_correction", row, before=before, after=after)
    return found


def _check_times(row: UseSession, start: datetime, end: datetime, lost: int) -> None:
    if end <= start:
        raise Refusal(_("It ends before it starts."), field="end")
    if end > clock.now():
        raise Refusal(_("The end has not come yet."), field="end")
    if not 0 <= lost <= minutes_between(start, end):
        raise Refusal(
            _("Between 0 and %(minutes)d minutes can be lost.") % {"minutes": minutes_between(start, end)},
            field="lost",
        )
    others = UseSession.objects.filter(resource=row.resource, start__lt=end).exclude(pk=row.pk)
    other = others.filter(Q(end=None) | Q(end__gt=start)).first()
    if other:
        raise Refusal(
            _("It would overlap with the session of %(who)s from %(start)s.")
            % {
                "who": other.organisation,
                "start": timezone.localtime(other.start).strftime("%Y-%m-%d %H:%M"),
            },
            field="start",
        )


def _undecidable(actor: Any, row: Correction) -> Refusal | None:
    if row.approved is not None:
        return Refusal(_("This correction was decided already."))
    return _by_who_asked(actor, row)


_by_who_asked = who_is("asked_by", gettext_lazy("Another person than the one who asked decides."))


@act("facilities.decide_correction", may=keeper_of_correction, unless=_undecidable)
def decide_correction(actor: Any, row: Correction, *, approve: bool, answer: str = "") -> Correction:
    """Approve or refuse a correction somebody else proposed; the difference is charged or credited."""
    row = Correction.objects.select_for_update().select_related("session__resource").get(pk=row.pk)
    if not approve and not answer.strip():
        raise Refusal(_("Say why it is refused."), field="answer")
    row.approved, row.answer = approve, answer
    row.decided_by_id, row.decided_at = getattr(actor, "pk", None), clock.now()
    session = row.session
    before = fields_of(session, ("start", "end", "lost"))
    if approve:
        _check_times(session, row.start, row.end, row.lost)
        session.start, session.end, session.lost = row.start, row.end, row.lost
        session.save(update_fields=["start", "end", "lost"])
        charge_session(session)
    row.save()
    after = {**fields_of(session, ("start", "end", "lost")), "approved": approve, "answer": answer}
    record(actor, "facilities.decide_correction", session, before=before, after=after)
    return row


@act("facilities.hand_in_report", may=signed_in)
def hand_in_report(
    actor: Any, row: UseSession, summary: str, file: StoredFile | None = None
) -> ExperimentReport:
    """Hand in the experiment report of a session."""
    if not isinstance(actor, System) and row.user_id != actor.pk:
        raise NotPermitted("facilities.hand_in_report")
    if row.end is None:
        raise Refusal(_("The session is still running."))
    if not summary.strip():
        raise Refusal(_("Say what was done and found."), field="summary")
    former = ExperimentReport.objects.filter(session=row).first()
    before = {"summary": former.summary[:200], "handed_in": former.handed_in} if former else None
    found, _new = ExperimentReport.objects.update_or_create(
        session=row, defaults={"summary": summary, "file": file, "handed_in": clock.now()}
    )
    after = {"summary": summary[:200], "handed_in": found.handed_in}
    evidence = [file] if file else []
    record(actor, "facilities.hand_in_report", row, before=before, after=after, evidence=evidence)
    return found


@act("facilities.add_output", may=has_role(Role.SCIENTIST, Role.MANAGER, Role.OFFICER))
def add_output(
    actor: Any,
    sessions: Sequence[UseSession],
    *,
    kind: str,
    number: str,
    title_zh: str,
    title_en: str = "",
    published_on: date,
    synthetic: bool = False,
) -> Output:
    """Record a paper, patent, data set or standard with the time used that led to it."""
    row = Output(
        kind=kind,
        number=number.strip(),
        title_zh=title_zh,
        title_en=title_en,
        published_on=published_on,
        synthetic=synthetic,
    )
    if kind not in Output.Kind.values:
        raise Refusal(_("There is no kind %(kind)s.") % {"kind": kind}, field="kind")
    named(row, "title_zh")
    named(row, "number")
    not_in_future(published_on, "published_on")
    if kind in (Output.Kind.PAPER, Output.Kind.DATA):
        try:
            row.number = check_doi(row.number)
        except IdentifierError as error:
            raise Refusal(str(error), field="number", remedy=_("Write it like 10.1234/abc.")) from error
    if Output.objects.filter(number=row.number).exists():
        raise Refusal(_("%(number)s is recorded already.") % {"number": row.number}, field="number")
    if not sessions:
        raise Refusal(_("Choose the sessions that led to it."), field="sessions")
    for session in sessions:
        if session.user_id != getattr(actor, "pk", None) and not _keeps(actor, session.resource):
            raise NotPermitted("facilities.add_output")
    save(actor, "facilities.add_output", row, ("kind", "number", "title_zh", "published_on"))
    row.sessions.set(sessions)
    return row
