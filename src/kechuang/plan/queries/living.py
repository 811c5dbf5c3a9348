"""The living document: the text as published, and how each promise in it stood on a day, as it was known then.

The whole document is counted from bare rows, one small statement a fact; records are read for the places shown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from kechuang.core import clock
from kechuang.core.kernel import State
from kechuang.indicators.ports import Disclosure, may_tell
from kechuang.plan.models import (
    Commitment,
    CommitmentSource,
    Document,
    RightOfReply,
    StateRow,
    TargetVersion,
    Task,
)


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
        """What is missing to the promise, below zero where it is surpassed; None where nothing was promised or measured."""
        if self.measured is None or self.promised is None:
            return None
        missing = self.promised - self.measured
        return -missing if self.commitment.compare == Commitment.Compare.AT_MOST else missing


class Place(NamedTuple):
    """A promise at one of its places in the text and how it stood: what counting needs, without its words.

    `row` and `reply` are the keys of the state row in force and of the right of reply.
    """

    commitment: int
    start: int
    end: int
    state: State
    row: int | None
    reply: int | None
    replied_at: datetime | None
    ended: bool


@dataclass(frozen=True, slots=True)
class Living:
    """A document on a day. Promises are read for the places asked for.

    `counts`: how many promises of the whole in force stand in each state; one with several sentences counts once.
    """

    document: Document
    on: date
    made: QuerySet[CommitmentSource]  # the places of the promises that this reader may see
    places: tuple[Place, ...]
    counts: dict[State, int]
    amended: int  # how many targets its promises have had: grows with each amendment
    reader: Disclosure

    def counts_after(self, starts: Sequence[int]) -> list[dict[State, int]]:
        """The counts of each stretch of the text that begins at one of these places and ends at the next."""
        stretches: list[list[Place]] = [[] for _ in starts]
        for place in self.places:
            stretches[bisect_right(starts, place.start) - 1].append(place)
        return [_counted(places) for places in stretches]

    @property
    def ended(self) -> int:
        """How many were superseded or withdrawn."""
        return len({p.commitment for p in self.places if p.ended})

    @property
    def earliest(self) -> date:
        """The first day the slider can show: publication, else the first promise made by it."""
        if self.document.published_on:
            return self.document.published_on
        made = Commitment.objects.filter(sources__statement__document=self.document)
        promised = made.aggregate(first=Min("promised_on"))["first"]
        return promised or timezone.localdate(self.document.added_at)

    def turning_days(self, public: bool) -> list[date]:
        """The days on which one of its promises came into another state than it had at the end of the day before."""
        found = _turns(self.made, public).values_list("valid_from", "known_at").distinct()
        return sorted({max(since, timezone.localdate(known)) for since, known in found})

    @property
    def promises(self) -> list[Promise]:
        """All of them, in the order of the text."""
        return self._read(self.places)

    def promises_within(self, start: int, end: int) -> list[Promise]:
        """Those that touch a stretch of the text."""
        return self._read([p for p in self.places if p.start < end and start < p.end])

    def place(self, commitment: int) -> Place | None:
        """Where one of them stands first."""
        return next((p for p in self.places if p.commitment == commitment), None)

    def promise(self, commitment: int, read: Sequence[Promise] = ()) -> Promise | None:
        """One of them, at its first place; from those that were read already, where it is among them."""
        place = self.place(commitment)
        if place is None:
            return None
        known = (p for p in read if p.commitment.pk == commitment and p.start == place.start)
        return next(known, None) or self._read([place])[0]

    def _read(self, places: Sequence[Place]) -> list[Promise]:
        related = Commitment.objects.select_related("lead", "metric", "programme", "superseded_by")
        commitments = related.in_bulk({p.commitment for p in places})
        rows = StateRow.objects.in_bulk({p.row for p in places if p.row})
        replies = RightOfReply.objects.in_bulk({p.reply for p in places if p.reply})
        targets = targets_on(commitments, self.on)
        told = {
            key: measured_for(self.reader, commitments[row.commitment_id], row) for key, row in rows.items()
        }
        return [
            Promise(
                commitments[p.commitment],
                p.start,
                p.end,
                p.state,
                told.get(p.row),
                rows[p.row].valid_from if p.row else None,
                targets.get(p.commitment),
                replies.get(p.reply),
                p.ended,
                bool(p.row) and rows[p.row].measured is not None and told[p.row] is None,
            )
            for p in places
        ]


def _counted(places: Iterable[Place]) -> dict[State, int]:
    found = Counter({p.commitment: p.state for p in places if not p.ended}.values())
    return {state: found[state] for state in State}


def living(document: Document, user: Any, on: date, *, public: bool = False) -> Living:
    """Every promise of the document that the person may see, as it stood on the day.

    On the public page a late promise shows as at risk until its office had its right of reply.
    """
    clearance = 0 if public or not getattr(user, "is_authenticated", False) else user.clearance
    made = CommitmentSource.objects.filter(statement__document=document, commitment__secrecy__lte=clearance)
    asked = RightOfReply.objects.filter(Exists(made.filter(commitment=OuterRef("commitment"))))
    replies = {row.commitment_id: row for row in asked.order_by().defer("text")}
    amended = TargetVersion.objects.filter(commitment__in=made.values("commitment")).count()
    places = tuple(_places(made, on, replies, public))
    return Living(document, on, made, places, _counted(places), amended, Disclosure(None if public else user))


def _places(
    made: QuerySet[CommitmentSource], on: date, replies: Mapping[int, RightOfReply], public: bool
) -> Iterator[Place]:
    """Where each promise stands in the text and how it stood on the day, in the order of the text."""
    newest = _newest_row(on, commitment=OuterRef("commitment"))
    told = made.order_by("statement__start", "pk").annotate(
        row=Subquery(newest.values("pk")[:1]), state=Subquery(newest.values("state")[:1])
    )
    ended = set(made.exclude(_goes_on(on, "commitment__")).values_list("commitment", flat=True))
    states = {state.value: state for state in State} | {None: State.UNMEASURED}
    for commitment, start, end, row, stands in told.values_list(
        "commitment_id", "statement__start", "statement__end", "row", "state"
    ):
        state, reply = states[stands], replies.get(commitment)
        if public:
            state = shown_publicly(state, reply)
        replied = (reply.pk, reply.replied_at) if reply else (None, None)
        yield Place(commitment, start, end, state, row, *replied, commitment in ended)


def _turns(made: QuerySet[CommitmentSource], public: bool) -> QuerySet[StateRow]:
    """The rows that left a promise at the end of a day in another state than on the day before.

    Compared where they are stored, row by row: there may be tens of thousands, on few days. A window costs twice that.
    """
    rows = StateRow.objects.annotate(shown=_shown_publicly("commitment") if public else F("state"))
    own = rows.filter(commitment=OuterRef("commitment"))
    before = own.filter(valid_from__lt=OuterRef("valid_from")).order_by("-valid_from", "-known_at", "-id")
    later = Q(known_at__gt=OuterRef("known_at")) | Q(known_at=OuterRef("known_at"), id__gt=OuterRef("id"))
    started_in = Coalesce(Subquery(before.values("shown")[:1]), Value(State.UNMEASURED.value))
    changed = rows.filter(commitment__in=made.values("commitment")).exclude(shown=started_in)
    return changed.exclude(Exists(own.filter(later, valid_from=OuterRef("valid_from")))).order_by()


def _rows_on(commitments: QuerySet[Commitment], on: date) -> QuerySet[StateRow]:
    """The row in force for each commitment on a day, as known at that day's end."""
    newest = _newest_row(on, commitment=OuterRef("pk")).values("pk")[:1]
    keys = commitments.order_by().annotate(row=Subquery(newest)).values("row")
    return StateRow.objects.filter(pk__in=keys).order_by()


def _newest_row(on: date, **owner: OuterRef) -> QuerySet[StateRow]:
    """State rows of the outer commitment or task, the one in force on the day first, as known at that day's end."""
    known = timezone.make_aware(datetime.combine(on, time.max))
    rows = StateRow.objects.filter(**owner, valid_from__lte=on, known_at__lte=known)
    return rows.order_by("-valid_from", "-known_at", "-id")


def states_on(commitments: QuerySet[Commitment], on: date) -> dict[int, StateRow]:
    """The row in force for each commitment on a day, as known at that day's end."""
    return {row.commitment_id: row for row in _rows_on(commitments, on)}


def task_states_on(tasks: QuerySet[Task], on: date) -> dict[int, str]:
    """The state of each task on a day, as known at that day's end."""
    newest = _newest_row(on, task=OuterRef("pk")).values("state")[:1]
    return dict(tasks.order_by().annotate(then=Subquery(newest)).exclude(then=None).values_list("pk", "then"))


def in_force(on: date) -> Q:
    """Promises that were made by the day and not over on it."""
    return Q(promised_on__lte=on) & _goes_on(on)


def _goes_on(on: date, of: str = "") -> Q:
    """Promises that are not over on the day."""
    return Q(**{f"{of}status": Commitment.Status.ACTIVE}) | Q(**{f"{of}ended_on__gt": on})


def in_state_on(state: str, on: date) -> QuerySet[Commitment]:
    """Promises in force on a day that stood in the state, as known at that day's end."""
    newest = _newest_row(on, commitment=OuterRef("pk")).values("state")[:1]
    then = Coalesce(Subquery(newest), Value(State.UNMEASURED.value))
    return Commitment.objects.filter(in_force(on)).annotate(then=then).filter(then=state)


def measured_for(reader: Disclosure, commitment: Commitment, row: StateRow | None) -> Decimal | None:
    """The measured value of a state, where the reader may see it."""
    if row is None or row.measured is None:
        return None
    metric = commitment.metric
    kept = row.measured * metric.per_unit if metric else row.measured
    told = may_tell(kept, metric, commitment.cell, row.valid_from, reader)
    return row.measured if told else None


def targets_on(commitments: Collection[int] | QuerySet[Commitment], on: date) -> dict[int, TargetVersion]:
    """What each commitment promised on a day: the newest target of that day, before the first one the first."""
    found: dict[int, TargetVersion] = {}
    for version in TargetVersion.objects.filter(commitment__in=commitments).order_by("valid_from", "id"):
        if version.valid_from <= on or version.commitment_id not in found:
            found[version.commitment_id] = version
    return found


def shown_publicly(state: State, reply: RightOfReply | None) -> State:
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
    """Promises of public documents; `shown` is the state as the public sees it (see `shown_publicly`)."""
    promised = CommitmentSource.objects.filter(statement__document__in=public_documents())
    rows = Commitment.objects.filter(secrecy=0, pk__in=promised.values("commitment"))
    return rows.annotate(shown=_shown_publicly("pk"))


def _shown_publicly(commitment: str) -> Case:
    """The state of each row as the public sees it (see `shown_publicly`); the field names its commitment."""
    heard = RightOfReply.objects.filter(commitment=OuterRef(commitment), closed_at__isnull=False)
    unheard = Q(state=State.LATE) & ~Exists(heard)
    return Case(When(unheard, then=Value(State.AT_RISK.value)), default=F("state"))


def publicly_measured(keys: list[int]) -> dict[int, Decimal | None]:
    """The measured value of each commitment today, where the public may see it."""
    promises, reader = Commitment.objects.filter(pk__in=keys), Disclosure()
    rows = states_on(promises, clock.today())
    return {c.pk: measured_for(reader, c, rows.get(c.pk)) for c in promises.select_related("metric")}


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
