"""The living document: the text as published, and how each promise in it stood on a day, as it was known then."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from kechuang.core import clock
from kechuang.core.kernel import State
from kechuang.core.roles import may_see_secrecy
from kechuang.indicators.ports import Disclosure, may_tell
from kechuang.plan.models import Commitment, CommitmentSource, Document, RightOfReply, StateRow, TargetVersion


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise at its place in the text, with its target and state on the day; `ended` once it is out of force.

    `withheld`: it is measured, but this reader may not see the number.
    """

    commitment: Commitment
    start: int
    end: int
    state: State
    measured: Decimal | None
    since: date | None
    target: TargetVersion | None = None
    reply: RightOfReply | None = None
    ended: bool = False
    withheld: bool = False

    @property
    def promised(self) -> Decimal | None:
        return self.target.value if self.target else self.commitment.target_value

    @property
    def unit(self) -> str:
        return self.target.unit if self.target else self.commitment.unit

    @property
    def due(self) -> date | None:
        return self.target.due if self.target else self.commitment.due

    @property
    def synthetic(self) -> bool:
        """Whether the promise, or what it is measured by, is generated."""
        metric = self.commitment.metric
        return self.commitment.synthetic or bool(self.measured is not None and metric and metric.synthetic)

    @property
    def gap(self) -> Decimal | None:
        """Promised minus measured; None where either is missing."""
        if self.measured is None or self.promised is None:
            return None
        return self.promised - self.measured


@dataclass(frozen=True, slots=True)
class Living:
    document: Document
    on: date
    promises: tuple[Promise, ...]

    @property
    def counts(self) -> dict[State, int]:
        """How many promises in force stand in each state; a promise with several sentences counts once."""
        states = {p.commitment.pk: p.state for p in self.promises if not p.ended}
        found = Counter(states.values())
        return {state: found.get(state, 0) for state in State}

    @property
    def ended(self) -> int:
        """How many were superseded or withdrawn."""
        return len({p.commitment.pk for p in self.promises if p.ended})

    @property
    def earliest(self) -> date:
        """The first day the slider can show: publication, else the first promise made by it."""
        promised = min((p.commitment.promised_on for p in self.promises), default=None)
        return self.document.published_on or promised or timezone.localdate(self.document.added_at)


def states_on(commitments: QuerySet[Commitment] | list[int], on: date) -> dict[int, StateRow]:
    """The row in force for each commitment on a day, as known at that day's end."""
    known = timezone.make_aware(datetime.combine(on, time.max))
    rows = StateRow.objects.filter(commitment__in=commitments, valid_from__lte=on, known_at__lte=known)
    return {row.commitment_id: row for row in rows.order_by("valid_from", "known_at", "id")}


def measured_for(reader: Disclosure, commitment: Commitment, row: StateRow | None) -> Decimal | None:
    """The measured value of a state, where the reader may see it."""
    if row is None or row.measured is None:
        return None
    told = may_tell(row.measured, commitment.metric, commitment.cell, row.valid_from, reader)
    return row.measured if told else None


def living(document: Document, user: Any, on: date, *, public: bool = False) -> Living:
    """Every promise of the document that the person may see, as it stood on the day.

    On the public page a late promise shows as at risk until its office had its right of reply.
    """
    sources = (
        CommitmentSource.objects.filter(statement__document=document)
        .select_related(
            "commitment__lead",
            "commitment__metric",
            "commitment__programme",
            "commitment__superseded_by",
            "statement",
        )
        .order_by("statement__start")
    )
    visible = [s for s in sources if may_see_secrecy(None if public else user, s.commitment.secrecy)]
    keys = [s.commitment_id for s in visible]
    rows = states_on(keys, on)
    targets = targets_on(keys, on)
    replies = {r.commitment_id: r for r in RightOfReply.objects.filter(commitment__in=keys).order_by("id")}
    reader = Disclosure(None if public else user)
    measured = {
        s.commitment_id: measured_for(reader, s.commitment, rows.get(s.commitment_id)) for s in visible
    }
    promises = []
    for source in visible:
        key = source.commitment_id
        state = State(rows[key].state) if key in rows else State.UNMEASURED
        promises.append(
            Promise(
                source.commitment,
                source.statement.start,
                source.statement.end,
                public_state(state, replies.get(key)) if public else state,
                measured[key],
                rows[key].valid_from if key in rows else None,
                targets.get(key),
                replies.get(key),
                _ended(source.commitment, on),
                measured[key] is None and key in rows and rows[key].measured is not None,
            )
        )
    return Living(document, on, tuple(promises))


def targets_on(commitments: list[int], on: date) -> dict[int, TargetVersion]:
    """What each commitment promised on a day: the newest target of that day, before the first one the first."""
    found: dict[int, TargetVersion] = {}
    for version in TargetVersion.objects.filter(commitment__in=commitments).order_by("valid_from", "id"):
        if version.valid_from <= on or version.commitment_id not in found:
            found[version.commitment_id] = version
    return found


def _ended(commitment: Commitment, on: date) -> bool:
    over = commitment.status != Commitment.Status.ACTIVE
    return over and (commitment.ended_on is None or commitment.ended_on <= on)


def public_state(state: State, reply: RightOfReply | None) -> State:
    """Before "late" shows publicly the responsible office had its right of reply."""
    if state == State.LATE and (reply is None or reply.closed_at is None):
        return State.AT_RISK
    return state


def public_documents() -> QuerySet[Document]:
    """Documents whose living page was approved and not taken back."""
    return Document.objects.filter(
        secrecy=0, publications__approved_at__isnull=False, publications__ended_at=None
    ).distinct()


def public_commitments() -> QuerySet[Commitment]:
    """Promises of public documents; `shown` is the state as the public sees it (see `public_state`)."""
    heard = RightOfReply.objects.filter(commitment=OuterRef("pk"), closed_at__isnull=False)
    unheard = Q(state=State.LATE) & ~Exists(heard)
    promised = CommitmentSource.objects.filter(statement__document__in=public_documents())
    rows = Commitment.objects.filter(secrecy=0, pk__in=promised.values("commitment"))
    return rows.annotate(shown=Case(When(unheard, then=Value(State.AT_RISK.value)), default=F("state")))


def publicly_measured(keys: list[int]) -> dict[int, Decimal | None]:
    """The measured value of each commitment today, where the public may see it."""
    rows, reader = states_on(keys, clock.today()), Disclosure()
    promises = Commitment.objects.filter(pk__in=keys).select_related("metric")
    return {c.pk: measured_for(reader, c, rows.get(c.pk)) for c in promises}


def public_counts() -> dict[int, dict[State, int]]:
    """Promises in force of each public document by the state that the public sees; one in several sentences counts once."""
    in_force = public_commitments().filter(status=Commitment.Status.ACTIVE)
    shown = dict(in_force.values_list("pk", "shown"))
    places = CommitmentSource.objects.filter(commitment__in=list(shown)).values_list(
        "statement__document", "commitment"
    )
    found: dict[int, Counter] = {}
    for document, commitment in places.distinct():
        found.setdefault(document, Counter())[State(shown[commitment])] += 1
    return {document: {state: counts[state] for state in State} for document, counts in found.items()}


def visible_documents(user: Any) -> QuerySet[Document]:
    """What this person may see: the public what is published, members up to their clearance."""
    if not getattr(user, "is_authenticated", False):
        return public_documents()
    return Document.objects.filter(secrecy__lte=user.clearance)
