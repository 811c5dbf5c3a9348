"""Documents: take in, read, read again, review, publish, withdraw."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock, files, kinds, notices
from kechuang.core.actions.checks import check, cleared
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Organisation, Role, StoredFile
from kechuang.core.roles import has_role, holders_of, who_is
from kechuang.plan.actions import readings
from kechuang.plan.actions.commitments import edit_commitment
from kechuang.plan.models import Commitment, CommitmentSource, Document, Publication, Statement

officer = has_role(Role.OFFICER)


@act("plan.add_document", may=officer)
def add_document(
    actor: Any,
    *,
    title: str,
    data: bytes,
    name: str,
    kind: str = Document.Kind.NEWS,
    published_on: date | None = None,
    issuer: Organisation | None = None,
    source: str = "",
    secrecy: int = 1,
    title_en: str = "",
    former_edition: Document | None = None,
    synthetic: bool = False,
    sure_of_date: bool = True,
) -> Document:
    """Take in a document and read it. The text is kept as it came; a text already there is refused with its place.

    A long text is read by the worker; until then it is in stage READING. Whoever is not sure of the date is told
    when the text bears another one.
    """
    cleared(actor, secrecy)
    digest, text = _new_digest(actor, data), readings.opened(data, name)
    if published_on and not sure_of_date:
        readings.not_in_doubt(text, published_on)
    document = Document.objects.create(
        title=(title.strip() or name)[:300],
        title_en=title_en,
        kind=kind,
        issuer=issuer,
        published_on=published_on,
        source=source,
        secrecy=secrecy,
        raw=text.raw,
        digest=digest,
        file=files.keep(actor, name, data, secrecy=secrecy),
        former_edition=former_edition,
        added_by_id=actor.pk,
        added_at=clock.now(),
        synthetic=synthetic,
    )
    decided = _read(actor, document, text, titled=bool(title.strip()))
    record(actor, "plan.add_document", document, after=readings.facts(document), also=decided)
    return document


def _read(actor: Any, document: Document, text: Any, *, titled: bool) -> list[Statement]:
    """At once, or a long text by the worker. Without a title of its own it has that of the text.

    Returns the statements that were decided before, on the same text.
    """
    if len(text.raw) > readings.LONG:
        readings.begin(actor, document, "plan.add_document")
        return []
    reading = readings.read(text, document.published_on)
    if not titled and (found := readings.title_of(reading)):
        document.title = found[:300]
    return readings.keep(document, reading)


def _new_digest(actor: Any, data: bytes) -> str:
    """The digest of a text that is not here yet and not too large."""
    if len(data) > files.MAX_BYTES:
        raise Refusal(
            _("The file is larger than %(n)d MiB. Split it, or give its text without pictures.")
            % {"n": files.MAX_BYTES >> 20},
            field="file",
        )
    digest = hashlib.sha256(data).hexdigest()
    if known := Document.objects.filter(digest=digest).first():
        if not kinds.visible(actor, known):
            raise Refusal(
                _("This document is already here, at a level of secrecy above yours."), field="file"
            )
        raise Refusal(
            _("This document is already here: %(title)s.") % {"title": known.title},
            field="file",
            remedy=_("Open it instead."),
            url=known.get_absolute_url(),
        )
    return digest


@act("plan.read_again", may=officer)
def read_again(actor: Any, document: Document, published_on: date | None = None) -> Document:
    """Read the same text anew, with today's reader; statements that carry commitments or tasks stay as they are.

    A day of publication that is given holds from now on: “this year” is told from it. A long text is read by the
    worker.
    """
    if document.stage == Document.Stage.READING:
        raise Refusal(_("The text is being read."), remedy=_("Wait until it is done."))
    data, name = readings.bytes_of(document)
    source, day = readings.opened(data, name), published_on or document.published_on
    if len(source.raw) > readings.LONG:
        document.published_on = day
        readings.begin(actor, document, "plan.read_again")
        after = fields_of(document, ("stage", "published_on"))
        record(actor, "plan.read_again", document, after=after)
        return document
    decided = readings.keep(document, readings.read(source, day))
    record(actor, "plan.read_again", document, after=readings.facts(document), also=decided)
    return document


EDITABLE = ("title", "title_en", "kind", "issuer", "source", "secrecy", "former_edition")


@act("plan.edit_document", may=officer)
def edit_document(actor: Any, document: Document, *, promises_follow: bool = False, **facts: Any) -> Document:
    """Change a document's title, kind, issuer, source, secrecy or former edition; its text never changes.

    With `promises_follow` the promises that had its level have its new, lower one too.
    """
    if unknown := sorted(set(facts) - set(EDITABLE)):
        raise Refusal(_("Unknown facts: %(names)s.") % {"names": ", ".join(unknown)})
    if "title" in facts and not (facts["title"] or "").strip():
        raise Refusal(_("Give the document a title."), field="title")
    _check_edition(document, facts.get("former_edition"))
    before, level = fields_of(document, list(facts)), document.secrecy
    for name, value in facts.items():
        setattr(document, name, value)
    check(document, exclude={f.name for f in Document._meta.fields} - set(facts))
    if document.secrecy != level:
        _check_secrecy(actor, document, document.secrecy)
    document.save(update_fields=list(facts))
    _keep_file_at_level(document)
    after = fields_of(document, list(facts))
    record(actor, "plan.edit_document", document, before=before, after=after, also=_file_of(document))
    if promises_follow and document.secrecy < level:
        for promise in Commitment.objects.filter(pk__in=made_by(document).values("pk"), secrecy=level):
            edit_commitment(actor, promise, secrecy=document.secrecy)
    return document


def _file_of(document: Document) -> list[StoredFile]:
    return [document.file] if document.file else []


def made_by(document: Document) -> Any:
    """The promises that its sentences make."""
    return Commitment.objects.filter(sources__statement__document=document).distinct()


def _keep_file_at_level(document: Document) -> None:
    """The file has the level of its document; where the same content is kept at that level already, it is that one."""
    if document.file is None or document.file.secrecy == document.secrecy:
        return
    if same := StoredFile.objects.filter(digest=document.file.digest, secrecy=document.secrecy).first():
        document.file = same
        document.save(update_fields=["file"])
    else:
        document.file.secrecy = document.secrecy
        document.file.save(update_fields=["secrecy"])


def _check_secrecy(actor: Any, document: Document, level: int) -> None:
    """What is public stays public until it is taken back; no promise is less secret than what makes it known."""
    cleared(actor, level)
    if level and document.publications.filter(ended_at=None).exists():
        raise Refusal(
            _("The document is public, or its publication was asked for."),
            field="secrecy",
            remedy=_("Take it back from the public first."),
        )
    lower = Commitment.objects.filter(secrecy__lt=level)
    made = lower.filter(sources__statement__document=document).exclude(pk__in=_made_elsewhere(document))
    amended = lower.filter(target_versions__document=document)
    if alone := (made | amended).distinct().count():
        raise Refusal(
            _("%(n)d of its promises would be less secret than the document.") % {"n": alone},
            field="secrecy",
            remedy=_("Raise the level of the promises first."),
        )


def _made_elsewhere(document: Document) -> Any:
    """Promises that another document makes known at their own level."""
    others = CommitmentSource.objects.exclude(statement__document=document)
    known = others.filter(commitment__secrecy__gte=F("statement__document__secrecy"))
    return known.values("commitment")


def _check_edition(document: Document, former: Document | None) -> None:
    while former is not None:
        if former.pk == document.pk:
            raise Refusal(_("A document cannot be an edition of itself."), field="former_edition")
        former = former.former_edition


@act("plan.finish_review", may=officer)
def finish_review(actor: Any, document: Document) -> Document:
    """Close the review. Refused while statements wait for a decision, or the text is not read yet."""
    if document.stage in (Document.Stage.READING, Document.Stage.FAILED):
        raise Refusal(_("The text is not read yet."))
    waiting = document.statements.filter(review=Statement.Review.PENDING).count()
    if waiting:
        raise Refusal(_("%(n)d statements still wait for a decision.") % {"n": waiting})
    document.stage = Document.Stage.REVIEWED
    document.save(update_fields=["stage"])
    record(actor, "plan.finish_review", document, after={"stage": document.stage})
    return document


@act("plan.ask_publication", may=officer)
def ask_publication(actor: Any, document: Document, reason: str = "") -> Publication:
    """Ask that the document's living page be made public; another person decides."""
    if document.secrecy:
        raise Refusal(
            _("Only a public document can be published."), remedy=_("Lower its secrecy level first.")
        )
    if document.publications.filter(ended_at=None).exists():
        raise Refusal(_("Publication was already asked for or approved."))
    row = Publication.objects.create(
        document=document, asked_by_id=actor.pk, asked_at=clock.now(), reason=reason
    )
    record(actor, "plan.ask_publication", document, after={"publication": row.pk, "reason": reason})
    notices.notify(
        holders_of(Role.LEADER),
        lambda: _("Publication waits for your approval: %(title)s") % {"title": document},
        key=f"publication:{row.pk}",
        url=document.get_absolute_url(),
    )
    return row


def _asked_for(document: Document) -> Publication | None:
    return document.publications.filter(ended_at=None, approved_at=None).first()


def _unapprovable(actor: Any, document: Document) -> Refusal | None:
    asked = _asked_for(document)
    if asked is None:
        return Refusal(_("Nobody has asked for publication."))
    return _by_who_asked(actor, asked)


_by_who_asked = who_is("asked_by", gettext_lazy("Another person than the one who asked must approve."))


@act("plan.approve_publication", may=has_role(Role.LEADER), unless=_unapprovable)
def approve_publication(actor: Any, document: Document) -> Publication:
    """Approve the publication that somebody else asked for."""
    row = _asked_for(document)
    row.approved_by_id, row.approved_at = actor.pk, clock.now()
    row.save()
    record(actor, "plan.approve_publication", document, after={"publication": row.pk})
    return row


@act("plan.end_publication", may=has_role(Role.LEADER, Role.OFFICER))
def end_publication(actor: Any, document: Document, reason: str) -> Publication:
    """Take the living page back from the public, with a reason."""
    row = document.publications.filter(ended_at=None).first()
    if row is None:
        raise Refusal(_("The document is not public."))
    if not reason.strip():
        raise Refusal(_("Give a reason."), field="reason")
    row.ended_at, row.reason = clock.now(), reason
    row.save()
    record(actor, "plan.end_publication", document, after={"reason": reason})
    return row


@act("plan.withdraw_document", may=officer)
def withdraw_document(actor: Any, document: Document, reason: str) -> Document:
    """Mark a document as withdrawn by its issuer; its promises stay on record."""
    if not reason.strip():
        raise Refusal(_("Give a reason."), field="reason")
    document.withdrawn_on = clock.today()
    document.save(update_fields=["withdrawn_on"])
    record(
        actor,
        "plan.withdraw_document",
        document,
        after={"withdrawn_on": str(document.withdrawn_on), "reason": reason},
    )
    return document
