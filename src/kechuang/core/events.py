"""Write, verify and seal the record of acts."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from django.db import models, transaction
from django.db.models import F

from kechuang.core import clock, gathering, kinds, search
from kechuang.core.engine.chain import event_hash, seal_root
from kechuang.core.kinds import kind_of
from kechuang.core.models.events import GENESIS, Event, EventHead, PersonalValue, Seal

_listeners: list = []
_PERSONAL = re.compile(r"personal:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Entry:
    """An event before it has its place in a chain."""

    obj: models.Model
    key: tuple[str, str]
    at: datetime
    actor: int | None
    verb: str
    before: Any
    after: Any
    evidence: Any


def _batches(rows: list, size: int) -> Iterator[list]:
    return (rows[i : i + size] for i in range(0, len(rows), size))


def listen(function: Any) -> None:
    """Register `function(verb, obj)` to be told of every recorded act (indicators use it to mark metrics dirty)."""
    if function not in _listeners:
        _listeners.append(function)


def plain(value: Any) -> Any:
    """`value` as JSON can hold it on every database, so that what is read back hashes as what was written.

    Dates become ISO text, decimals text, records their key; a float that is whole becomes an integer (jsonb would
    turn 1e20 into one) and one that is no number becomes text; whatever JSON does not know becomes text.
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            return str(value).replace("\x00", "")
        case float():
            return (int(value) if value.is_integer() else value) if isfinite(value) else str(value)
        case dict():
            return {plain(str(k)): plain(v) for k, v in value.items()}
        case list() | tuple():
            return [plain(v) for v in value]
        case set() | frozenset():
            return sorted((plain(v) for v in value), key=str)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return format(value.normalize(), "f")
        case models.Model():
            return f"{kind_of(value)}:{value.pk}"
    return str(value)


def fields_of(obj: models.Model, names: Sequence[str]) -> dict[str, Any]:
    """Chosen fields of a record for `before`/`after`."""
    return {name: plain(getattr(obj, name)) for name in names}


def record(
    actor: Any,
    verb: str,
    obj: models.Model,
    *,
    before: Any = None,
    after: Any = None,
    evidence: Sequence[Any] = (),
) -> None:
    """Append an event to the object's chain, in the caller's transaction, and refresh its search entry.

    Inside `gathered()` it is written with all others at the end of that block.
    """
    key = kind_of(obj), str(obj.pk)
    actor_id = getattr(actor, "pk", None)
    entry = Entry(obj, key, clock.now(), actor_id, verb, plain(before), plain(after), plain(evidence))
    waiting = gathering.waiting()
    if waiting is None:
        _write([entry])
    else:
        waiting.append(entry)


@contextmanager
def gathered() -> Iterator[None]:
    """Acts of this block are recorded together at its end, set by set: for loaders and acts on many objects.

    All in one transaction. Whoever reads events inside the block does not see those of the block.
    """
    with transaction.atomic(), gathering.block() as entries:
        yield
        _write(entries)


def _write(entries: list[Entry]) -> None:
    """Append the events in their order, then tell search and whoever listens of each object once."""
    if not entries:
        return
    heads = _locked_heads({entry.key for entry in entries})
    events = [_next(heads[entry.key], entry) for entry in entries]
    Event.objects.bulk_create(events, batch_size=500)
    moved = [
        EventHead(kind=h.kind, object_id=h.object_id, seq=h.seq, hash=h.hash, changed=h.changed)
        for h in heads.values()
    ]
    EventHead.objects.bulk_create(
        moved,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["seq", "hash", "changed"],
    )
    _refresh_search(entries)
    for verb, obj in {(entry.verb, entry.key[0]): (entry.verb, entry.obj) for entry in entries}.values():
        for told in _listeners:
            told(verb, obj)


def _locked_heads(keys: set[tuple[str, str]]) -> dict[tuple[str, str], EventHead]:
    found = _lock(keys)
    if new := sorted(keys - set(found)):
        rows = [EventHead(kind=kind, object_id=object_id) for kind, object_id in new]
        EventHead.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        found |= _lock(set(new))
    return found


def _lock(keys: set[tuple[str, str]]) -> dict[tuple[str, str], EventHead]:
    found = {}
    for kind in sorted({kind for kind, _id in keys}):
        for batch in _batches(sorted(object_id for k, object_id in keys if k == kind), 500):
            rows = EventHead.objects.select_for_update().filter(kind=kind, object_id__in=batch)
            found |= {(kind, head.object_id): head for head in rows.order_by("object_id")}
    return found


def _next(head: EventHead, entry: Entry) -> Event:
    """The event that follows `head`, which moves on to it."""
    kind, object_id = entry.key
    body = _body(
        kind,
        object_id,
        head.seq + 1,
        entry.at,
        entry.actor,
        entry.verb,
        entry.before,
        entry.after,
        entry.evidence,
    )
    event = Event(
        kind=kind,
        object_id=object_id,
        seq=head.seq + 1,
        at=entry.at,
        actor_id=entry.actor,
        verb=entry.verb,
        before=entry.before,
        after=entry.after,
        evidence=entry.evidence,
        previous=head.hash,
        hash=event_hash(head.hash, body),
    )
    head.seq, head.hash, head.changed = event.seq, event.hash, entry.at
    return event


def _refresh_search(entries: list[Entry]) -> None:
    """One act has its record at hand; of many, each record is read once as it stands now."""
    if len(entries) == 1:
        search.refresh(entries[0].obj)
        return
    by_kind: dict[str, list] = {}
    for (kind, _id), obj in kinds.resolve_many({entry.key for entry in entries}).items():
        by_kind.setdefault(kind, []).append(obj)
    for kind, rows in by_kind.items():
        if kinds.get(kind).search:
            search.refresh_many(rows)


def _body(kind, object_id, seq, at, actor, verb, before, after, evidence) -> dict[str, Any]:
    return {
        "kind": kind,
        "object": object_id,
        "seq": seq,
        "at": at.astimezone(UTC).isoformat(),
        "actor": actor,
        "verb": verb,
        "before": before,
        "after": after,
        "evidence": evidence,
    }


def personal(value: str) -> str:
    """Keep a personal value outside the chain; the returned token is what an event may hold."""
    salt = secrets.token_hex(16)
    digest = hashlib.sha256((salt + value).encode()).hexdigest()
    PersonalValue.objects.create(digest=digest, salt=salt, value=value)
    return f"personal:{digest}"


def personal_values(held: Any) -> dict[str, str]:
    """The personal values of which `held` (what events hold) names the tokens, by token; "" where it was erased."""
    digests = set(_PERSONAL.findall(json.dumps(held)))
    kept = dict(PersonalValue.objects.filter(digest__in=digests).values_list("digest", "value"))
    return {f"personal:{digest}": kept.get(digest, "") for digest in digests}


def erase_personal(obj: models.Model) -> None:
    """Erase for good the personal values in the record's events. The chain stays whole: it holds only salted hashes."""
    digests = _PERSONAL.findall(json.dumps(list(events_of(obj).values_list("before", "after"))))
    PersonalValue.objects.filter(digest__in=set(digests)).delete()


def events_of(obj: models.Model) -> models.QuerySet[Event]:
    """The events of a record, newest first."""
    return (
        Event.objects.filter(kind=kind_of(obj), object_id=str(obj.pk))
        .select_related("actor__person")
        .order_by("-seq")
    )


@transaction.atomic
def seal() -> Seal | None:
    """Hash the heads changed since the last seal into a root; None when nothing changed.

    Each head remembers up to where it is sealed. Of two seals made at once the second fails (a root is followed by
    one seal only) and is made again at its next due time.
    """
    changed = list(EventHead.objects.select_for_update().filter(seq__gt=F("sealed")).order_by("id"))
    if not changed:
        return None
    for batch in _batches(changed, 500):
        EventHead.objects.filter(pk__in=[h.pk for h in batch]).update(sealed=F("seq"))
    last = Seal.objects.order_by("-id").first()
    heads = [[h.kind, h.object_id, h.seq, h.hash] for h in changed]
    previous = last.root if last else GENESIS
    return Seal.objects.create(
        at=clock.now(),
        since=last.at if last else None,
        heads=heads,
        previous=previous,
        root=seal_root(previous, [tuple(h) for h in heads]),
    )


def verify(kept: Collection[str] = ()) -> Iterator[str]:
    """Every fault found in chains and seals, one line each; nothing when all is whole.

    `kept` are roots that were kept outside the house: whoever rewrote chains, heads and seals alike cannot make those.
    """
    sealed: dict[tuple[str, str, int], tuple[str, int]] = {}
    there = set(Seal.objects.filter(root__in=kept).values_list("root", flat=True))
    yield from (
        f"root {root} was kept outside and is not among the seals" for root in kept if root not in there
    )
    yield from _verify_seals(sealed)
    yield from _verify_chains(sealed)
    for kind, object_id, seq in sealed:
        yield f"{kind} {object_id}: event {seq} is sealed and gone"


def _verify_chains(sealed: dict[tuple[str, str, int], tuple[str, int]]) -> Iterator[str]:
    """Walk all events in the order of their chains; what is met is taken off `sealed`."""
    heads = {(h.kind, h.object_id): h for h in EventHead.objects.filter(seq__gt=0).iterator()}
    ends: dict[tuple[str, str], tuple[int, str]] = {}
    for e in Event.objects.order_by("kind", "object_id", "seq").iterator(chunk_size=5000):
        key = (e.kind, e.object_id)
        seq, previous = ends.get(key, (0, GENESIS))
        body = _body(e.kind, e.object_id, e.seq, e.at, e.actor_id, e.verb, e.before, e.after, e.evidence)
        if e.seq != seq + 1:
            yield f"{e.kind} {e.object_id}: event {seq + 1} is missing"
        elif e.previous != previous or e.hash != event_hash(e.previous, body):
            yield f"{e.kind} {e.object_id}: event {e.seq} was altered"
        digest, seal_id = sealed.pop((*key, e.seq), (e.hash, 0))
        if digest != e.hash:
            yield f"{e.kind} {e.object_id}: event {e.seq} differs from seal {seal_id}"
        ends[key] = (e.seq, e.hash)
    for key, (seq, digest) in ends.items():
        head = heads.pop(key, None)
        if head is None or (head.seq, head.hash) != (seq, digest):
            yield f"{key[0]} {key[1]}: the head does not match the chain"
    for kind, object_id in heads:
        yield f"{kind} {object_id}: events are gone, the head remains"


def _verify_seals(sealed: dict[tuple[str, str, int], tuple[str, int]]) -> Iterator[str]:
    """Walk the seals; what they sealed is gathered as (kind, object, seq) → (hash, seal)."""
    previous = GENESIS
    for seal_row in Seal.objects.order_by("id").iterator():
        heads = [tuple(h) for h in seal_row.heads]
        if seal_row.previous != previous or seal_row.root != seal_root(previous, heads):
            yield f"seal {seal_row.pk} of {seal_row.at:%Y-%m-%d %H:%M} was altered"
        previous = seal_row.root
        sealed |= {(kind, object_id, seq): (digest, seal_row.pk) for kind, object_id, seq, digest in heads}
