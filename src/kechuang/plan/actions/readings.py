"""Reading the text of a document: at once, or by the worker where it is long.

What was found stands in the database whole or not at all; how far the worker is stands beside it. A text whose worker
was killed is read from its beginning.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from kechuang.core import clock, notices
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.language import current
from kechuang.core.models import User
from kechuang.plan.actions import reading_words
from kechuang.plan.actions.corrections import CORRECTABLE, apply_corrections, place_of
from kechuang.plan.engine.legible import legible
from kechuang.plan.engine.reading.article import article_in
from kechuang.plan.engine.reading.errors import ReadingError
from kechuang.plan.engine.reading.read import Reading, contradicts, read_article
from kechuang.plan.engine.reading.source import Source, open_source
from kechuang.plan.engine.reading.types import Statement as Found
from kechuang.plan.engine.repaired import Repaired
from kechuang.plan.models import Document, Statement

LONG = 100_000  # code points: a longer text is not waited for
Stage = Document.Stage
_CONVERTED = {"kind", "time_role", "organisations", "programmes"}
_FIELDS = [*(name for name in CORRECTABLE if name not in _CONVERTED), "confidence"]


def opened(data: bytes, name: str) -> Source:
    """The decoded file; refused in words where it cannot be read."""
    try:
        source = open_source(data, name)
    except ReadingError as error:
        raise reading_words.refusal(error) from error
    if "\x00" in source.raw or not legible(source.raw):
        raise reading_words.no_text(name)
    return source


def bytes_of(document: Document) -> tuple[bytes, str]:
    """The file as it came, and its name."""
    if not document.file:
        return document.raw.encode(), document.title
    with document.file.content.open("rb") as stored:
        return stored.read(), document.file.name


def read(source: Source, published: date | None) -> Reading:
    return read_article(article_in(source), published)


def not_in_doubt(source: Source, published: date) -> None:
    """Raises Refusal where the text bears quite another day than the one that was given."""
    dated = article_in(source).dated
    if contradicts(published, dated):
        raise reading_words.date_doubt(published, dated)


def begin(actor: Any, document: Document, verb: str) -> None:
    """Have the worker read it."""
    document.stage, document.read_to, document.fault = Stage.READING, 0, ""
    document.save(update_fields=["stage", "read_to", "fault", "published_on"])
    transaction.on_commit(partial(read_by_worker.enqueue, document.pk, actor.pk, verb, current()))


@task()
def read_by_worker(key: int, actor: int | None, verb: str, language: str) -> str:
    """The job: read the text, keep what was found, tell whoever asked for it."""
    document = Document.objects.get(pk=key)
    if document.stage != Stage.READING:
        return document.stage
    person = User.objects.get(pk=actor) if actor else SYSTEM
    with override(language):
        try:
            _read_long(person, document, verb)
        except Exception as error:
            document.stage = Stage.FAILED
            document.fault = str(error) if isinstance(error, Refusal) else type(error).__name__
            with transaction.atomic():
                document.save(update_fields=["stage", "fault"])
                record(person, verb, document, after=fields_of(document, ("stage", "fault")))
            raise
        finally:
            _tell(person, document)
    return document.stage


def _read_long(actor: Any, document: Document, verb: str) -> None:
    rows = Document.objects.filter(pk=document.pk)
    data, name = bytes_of(document)
    article = article_in(opened(data, name))

    def told(done: int, of_all: int) -> None:
        rows.update(read_to=len(document.raw) * done // of_all)

    reading = read_article(article, document.published_on, told=told)
    told(1, 1)
    with transaction.atomic():
        document.refresh_from_db()  # it may have been edited meanwhile
        if document.title == name:
            document.title = title_of(reading) or name
        decided = keep(document, reading)
        before = {"stage": Stage.READING}
        record(actor, verb, document, before=before, after=facts(document), also=decided)


def _tell(person: Any, document: Document) -> None:
    found, failed = document.statements.count(), document.stage == Stage.FAILED

    def words() -> str:
        if failed:
            return _("%(title)s could not be read.") % {"title": document}
        return _("%(title)s was read: %(n)d statements found.") % {"title": document, "n": found}

    if person.pk is not None:
        key = f"read:{document.pk}:{clock.now().isoformat()}"
        notices.notify([person], words, key=key, url=document.review_url)


def title_of(reading: Reading) -> str:
    repairs = ((r.start, r.end, r.replacement) for r in reading.repairs)
    return Repaired(reading.raw, repairs).title(reading.body)


def facts(document: Document) -> dict[str, Any]:
    named = ("title", "kind", "published_on", "digest", "secrecy", "issuer")
    return {**fields_of(document, named), "statements": document.statements.count()}


def keep(document: Document, reading: Reading) -> list[Statement]:
    """Keep body, repairs and statements; then apply again what reviewers had decided on this text: returns those.

    Statements that carry commitments or tasks stay as they are.
    """
    kept = document.statements.exclude(commitment_sources=None) | document.statements.exclude(tasks=None)
    places = {tuple(place_of(s)[:4]) for s in kept}
    document.statements.exclude(pk__in=kept.values("pk")).delete()
    document.steps.all().delete()
    document.published_on, document.note = reading.published, "\n".join(reading.warnings)
    document.body = [list(span) for span in reading.body]
    document.repairs = [[r.start, r.end, r.replacement, r.rule] for r in reading.repairs]
    document.stage, document.fault = Stage.REVIEW, ""
    document.save()
    fresh = (s for s in reading.statements if (s.kind.value, s.start, s.end, s.q_start) not in places)
    Statement.objects.bulk_create((_row(document, found) for found in fresh), batch_size=1000)
    return apply_corrections(document)


def _row(document: Document, found: Found) -> Statement:
    return Statement(
        document=document,
        kind=found.kind.value,
        time_role=found.time_role.value if found.time_role else "",
        organisations=list(found.organisations),
        programmes=list(found.programmes),
        rules=list(found.rules),
        **{name: getattr(found, name) for name in _FIELDS},
    )
