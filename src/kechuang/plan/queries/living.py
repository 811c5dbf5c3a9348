"""The living document: the text as published, and how each promise in it stood on a day, as it was known then."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from kechuang.core.kernel import State
from kechuang.core.roles import may_see_secrecy
from kechuang.plan.models import Commitment, CommitmentSource, Document, RightOfReply, StateRow


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise at its place in the text, with its state on the day."""

    commitment: Commitment
    start: int
    end: int
    state: State
    measured: Decimal | None
    since: date | None
    reply: RightOfReply | None = None

    @property
    def gap(self) -> Decimal | None:
        """Promised minus measured; None where either is missing."""
        if self.measured is None or self.commitment.target_value is None:
            return None
        return self.commitment.target_value - self.measured


@dataclass(frozen=True, slots=True)
class Living:
    document: Document
    on: date
    promises: tuple[Promise, ...]

    @property
    def counts(self) -> dict[State, int]:
        """How many promises stand in each state; a promise with several sentences counts once."""
        states = {p.commitment.pk: p.state for p in self.promises}
        found = Counter(states.values())
        return {state: found.get(state, 0) for state in State}

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


def living(document: Document, user: Any, on: date, *, public: bool = False) -> Living:
    """Every promise of the document that the person may see, as it stood on the day.

    On the public page a late promise shows as at risk until its office had its right of reply.
    """
    sources = (
        CommitmentSource.objects.filter(statement__document=document)
        .exclude(commitment__status=Commitment.Status.WITHDRAWN)
        .select_related("commitment__lead", "commitment__metric", "commitment__programme", "statement")
        .order_by("statement__start")
    )
    visible = [s for s in sources if may_see_secrecy(None if public else user, s.commitment.secrecy)]
    keys = [s.commitment_id for s in visible]
    rows = states_on(keys, on)
    replies = {r.commitment_id: r for r in RightOfReply.objects.filter(commitment__in=keys).order_by("id")}
    return Living(
        document,
        on,
        tuple(_promise(s, rows.get(s.commitment_id), replies.get(s.commitment_id), public) for s in visible),
    )


def _promise(
    source: CommitmentSource, row: StateRow | None, reply: RightOfReply | None, public: bool
) -> Promise:
    state = State(row.state) if row else State.UNMEASURED
    if public:
        state = public_state(state, reply)
    return Promise(
        source.commitment,
        source.statement.start,
        source.statement.end,
        state,
        row.measured if row else None,
        row.valid_from if row else None,
        reply,
    )


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


def public_counts() -> dict[int, dict[State, int]]:
    """Promises of each public document by the state that the public sees; one in several sentences counts once."""
    shown = dict(public_commitments().exclude(status=Commitment.Status.WITHDRAWN).values_list("pk", "shown"))
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
