"""Check the record of acts: chains, seals, and that each row stands as its last act left it.

People go on working meanwhile: what looks wrong is looked at once more, held, before it is called a fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from kechuang.core import rows
from kechuang.core.engine.chain import event_hash, seal_root
from kechuang.core.engine.rows import differing
from kechuang.core.events import body_of
from kechuang.core.models.events import GENESIS, Event, EventHead, Seal
from kechuang.core.rows import Key, batches

LATE = 1000  # events that may be seen after others with higher numbers
Sealed = dict[tuple[str, str, int], tuple[str, int]]


@dataclass
class Tally:
    """What was looked at: events, rows compared, and of each kind how many rows no event vouches for."""

    events: int = 0
    compared: int = 0
    unvouched: Counter = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Vouched:
    """The newest digest of a row, None where the act deleted it, and the event that holds it."""

    event: int
    place: str
    digest: str | None


def verify(kept: Collection[str] = (), tally: Tally | None = None) -> Iterator[str]:
    """Every fault found in chains, seals and rows, one line each; nothing when all is whole.

    `kept` are roots that were kept outside the house: whoever rewrote chains, heads and seals alike cannot make those.
    """
    tally = tally or Tally()
    sealed: Sealed = {}
    vouched: dict[Key, Vouched] = {}
    there = set(Seal.objects.filter(root__in=kept).values_list("root", flat=True))
    yield from (
        f"root {root} was kept outside and is not among the seals" for root in kept if root not in there
    )
    yield from _verify_seals(sealed)
    yield from _verify_chains(sealed, vouched, tally)
    for kind, object_id, seq in sealed:
        yield f"{kind} {object_id}: event {seq} is sealed and gone"
    yield from _verify_rows(vouched, tally)


def _verify_chains(sealed: Sealed, vouched: dict[Key, Vouched], tally: Tally) -> Iterator[str]:
    """Walk all events in the order of their chains; what is met is taken off `sealed`, what they vouch for is
    gathered in `vouched`."""
    heads = _heads()
    ends: dict[Key, tuple[int, str]] = {}
    for e in Event.objects.order_by("kind", "object_id", "seq").iterator(chunk_size=5000):
        key = (e.kind, e.object_id)
        seq, previous = ends.get(key, (0, GENESIS))
        if e.seq != seq + 1:
            yield f"{e.kind} {e.object_id}: event {seq + 1} is missing"
        elif e.previous != previous or e.hash != event_hash(e.previous, body_of(e)):
            yield f"{e.kind} {e.object_id}: event {e.seq} was altered"
        digest, seal_id = sealed.pop((*key, e.seq), (e.hash, 0))
        if digest != e.hash:
            yield f"{e.kind} {e.object_id}: event {e.seq} differs from seal {seal_id}"
        ends[key] = (e.seq, e.hash)
        _gather(vouched, e)
        tally.events += 1
    for key, (seq, digest) in ends.items():
        head = heads.pop(key, None)
        if (head is None or (head.seq, head.hash) != (seq, digest)) and not _went_on(key, seq):
            yield f"{key[0]} {key[1]}: the head does not match the chain"
    for kind, object_id in heads:
        yield f"{kind} {object_id}: events are gone, the head remains"


def _heads() -> dict[Key, EventHead]:
    return {(h.kind, h.object_id): h for h in EventHead.objects.filter(seq__gt=0).iterator()}


@transaction.atomic
def _went_on(key: Key, seq: int) -> bool:
    """Whether the chain has grown since its head was read, and the two match now."""
    kind, object_id = key
    head = EventHead.objects.select_for_update().filter(kind=kind, object_id=object_id).first()
    last = Event.objects.filter(kind=kind, object_id=object_id).order_by("-seq").first()
    return head is not None and (head.seq, head.hash) == (last.seq, last.hash) and last.seq >= seq


def row_faults() -> Iterator[str]:
    """Rows that do not stand as their last act left them."""
    vouched: dict[Key, Vouched] = {}
    for event in Event.objects.exclude(rows=None).order_by("pk").iterator():
        _gather(vouched, event)
    yield from _verify_rows(vouched, Tally())


def _gather(vouched: dict[Key, Vouched], event: Event) -> None:
    for name, digest in (event.rows or {}).items():
        kind, _colon, object_id = name.partition(":")
        known = vouched.get((kind, object_id))
        if known is None or known.event < event.pk:
            place = f"event {event.seq}"
            if name != f"{event.kind}:{event.object_id}":
                place += f" of {event.kind} {event.object_id}"
            vouched[kind, object_id] = Vouched(event.pk, place, digest)


def _verify_rows(vouched: dict[Key, Vouched], tally: Tally) -> Iterator[str]:
    """Compare each row with what the last event that vouches for it says of it."""
    shapes, newest = rows.shapes(), max((row.event for row in vouched.values()), default=0)
    compared: Counter = Counter()
    there = set(rows.own_kinds())
    for batch in batches(sorted(key for key in vouched if key[0] in there)):
        standing = rows.standing(batch)
        salts = _salts(batch)
        for key in batch:
            kind, values = key[0], standing.get(key)
            compared[kind] += values is not None
            may_go = rows.watched_of(kind).may_go
            wrong = _fault(vouched[key], values, shapes, salts.get(key, ""), may_go)
            if wrong and (why := _looked_at_again(key, vouched, newest, shapes, may_go)):
                yield f"{kind} {key[1]}: {why}"
    tally.compared = compared.total()
    for kind in sorted({key[0] for key in vouched} & there):
        if rest := apps.get_model(kind)._base_manager.count() - compared[kind]:
            tally.unvouched[kind] = rest


@transaction.atomic
def _looked_at_again(key: Key, vouched: dict[Key, Vouched], newest: int, shapes: dict, may_go: bool) -> str:
    """What is wrong with a row that is held, against what acts have left since events up to `newest` were read."""
    values = rows.standing([key], hold=True).get(key)
    since = Q(pk__gt=newest - LATE) | Q(kind=key[0], object_id=key[1])
    for event in Event.objects.filter(since).exclude(rows=None).order_by("pk").iterator():
        _gather(vouched, event)
    return _fault(vouched[key], values, shapes, _salts([key]).get(key, ""), may_go)


def _salts(keys: list[Key]) -> dict[Key, str]:
    salted = {kind for kind, _id in keys if rows.watched_of(kind).personal}
    heads = EventHead.objects.filter(kind__in=salted, object_id__in=[object_id for _kind, object_id in keys])
    return {(kind, key): salt for kind, key, salt in heads.values_list("kind", "object_id", "salt")}


def _fault(vouched: Vouched, values: dict | None, shapes: dict, salt: str, may_go: bool) -> str:
    """What is wrong with a row; "" where nothing is."""
    if values is None:
        gone = vouched.digest is not None and not may_go
        return f"the row is gone, {vouched.place} left it" if gone else ""
    if vouched.digest is None:
        return f"{vouched.place} deleted the row, and it is there"
    changed = differing(vouched.digest, values, shapes, salt)
    if changed is None:
        return ""
    return f"the row was changed behind the record of acts since {vouched.place}: {', '.join(changed)}"


def _verify_seals(sealed: Sealed) -> Iterator[str]:
    """Walk the seals; what they sealed is gathered as (kind, object, seq) → (hash, seal)."""
    previous = GENESIS
    for seal_row in Seal.objects.order_by("id").iterator():
        heads = [tuple(h) for h in seal_row.heads]
        if seal_row.previous != previous or seal_row.root != seal_root(previous, heads):
            yield f"seal {seal_row.pk} of {seal_row.at:%Y-%m-%d %H:%M} was altered"
        previous = seal_row.root
        sealed |= {(kind, object_id, seq): (digest, seal_row.pk) for kind, object_id, seq, digest in heads}
