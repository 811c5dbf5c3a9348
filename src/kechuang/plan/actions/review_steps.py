"""A decision of a review as one step: what it changes is kept beside it, so that it can be taken back as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of
from kechuang.plan.actions.corrections import Decision, remember
from kechuang.plan.models import Correction, Document, ReviewStep, Statement

BATCH = 500


class Deciding:
    """Collects what one decision changes."""

    def __init__(self, actor: Any, document: Document) -> None:
        self.actor, self.document = actor, document
        self.before: dict[int, dict[str, Any]] = {}
        self.made: list[int] = []
        self.corrections: dict[int, dict[str, Any] | None] = {}

    def will_change(self, rows: Iterable[Statement], names: Sequence[str]) -> None:
        """Keep these fields as they stand; what was kept first stays."""
        for row in rows:
            if row.pk not in self.made:
                self.before[row.pk] = {**fields_of(row, names), **self.before.get(row.pk, {})}

    def remember(self, decisions: Sequence[Decision]) -> None:
        """Keep decisions for the next reading, and what they replace."""
        for key, former in remember(self.actor, self.document, decisions):
            self.corrections.setdefault(key, former)


@contextmanager
def deciding(actor: Any, document: Document, verb: str) -> Iterator[Deciding]:
    """The decision `verb`; kept at the end where it changed anything."""
    step = Deciding(actor, document)
    yield step
    if step.before or step.made:
        ReviewStep.objects.create(
            document=document,
            verb=verb,
            by_id=actor.pk,
            at=clock.now(),
            before={str(key): fields for key, fields in step.before.items()},
            made=step.made,
            corrections=[[key, former] for key, former in step.corrections.items()],
        )


def take_back(step: ReviewStep) -> None:
    """Everything the decision changed stands as before. Refused where something was built on it since."""
    touched = step.statements
    if step.taken_back_at:
        raise Refusal(_("This decision was already taken back."))
    later = step.document.steps.filter(pk__gt=step.pk, taken_back_at=None)
    if any(touched & other.statements for other in later):
        raise Refusal(_("A later decision concerns the same statements; take that one back first."))
    rows = _rows(touched)
    if len(rows) < len(touched):
        raise Refusal(_("The text was read again since; these statements are new."))
    if carrying := bound(touched):
        raise Refusal(_("%(n)d of these statements carry a commitment or task.") % {"n": carrying})
    _restore(step, rows)
    step.taken_back_at = clock.now()
    step.save(update_fields=["taken_back_at"])


def _rows(keys: Iterable[int]) -> dict[int, Statement]:
    return {key: row for part in _batches(keys) for key, row in Statement.objects.in_bulk(part).items()}


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    return (ordered[i : i + BATCH] for i in range(0, len(ordered), BATCH))


def _restore(step: ReviewStep, rows: dict[int, Statement]) -> None:
    changed: dict[tuple[str, ...], list[Statement]] = {}
    for key, fields in step.before.items():
        row = rows[int(key)]
        for name, value in fields.items():
            setattr(row, name, Statement._meta.get_field(name).to_python(value))
        changed.setdefault(tuple(fields), []).append(row)
    for names, own in changed.items():
        Statement.objects.bulk_update(own, names, batch_size=BATCH)
    Statement.objects.filter(pk__in=step.made).delete()
    former = {key: change for key, change in step.corrections if change is not None}
    for part in _batches(key for key, change in step.corrections if change is None):
        Correction.objects.filter(pk__in=part).delete()
    for part in _batches(former):
        kept = list(Correction.objects.filter(pk__in=part))
        for row in kept:
            row.change = former[row.pk]
        Correction.objects.bulk_update(kept, ["change"], batch_size=200)


def bound(keys: Iterable[int]) -> int:
    """How many of these statements carry a commitment or task."""
    carrying = ~Q(commitment_sources=None) | ~Q(tasks=None)
    return sum(
        Statement.objects.filter(pk__in=part).filter(carrying).distinct().count() for part in _batches(keys)
    )
