"""Write, verify and seal the record of acts."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from kechuang.core import clock, search
from kechuang.core.engine.chain import event_hash, seal_root
from kechuang.core.kinds import kind_of
from kechuang.core.models.events import GENESIS, Event, EventHead, PersonalValue, Seal

_listeners: list = []


def listen(function: Any) -> None:
    """Register `function(verb, obj)` to be told of every recorded act (indicators use it to mark metrics dirty)."""
    if function not in _listeners:
        _listeners.append(function)


def plain(value: Any) -> Any:
    """`value` as JSON can hold it: dates as ISO text, decimals as text, records as their key."""
    match value:
        case dict():
            return {str(k): plain(v) for k, v in value.items()}
        case list() | tuple() | set():
            return [plain(v) for v in value]
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return format(value.normalize(), "f")
        case models.Model():
            return f"{kind_of(value)}:{value.pk}"
    return value


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
) -> Event:
    """Append an event to the object's chain, in the caller's transaction, and refresh its search entry."""
    kind, object_id = kind_of(obj), str(obj.pk)
    EventHead.objects.bulk_create([EventHead(kind=kind, object_id=object_id)], ignore_conflicts=True)
    head = EventHead.objects.select_for_update().get(kind=kind, object_id=object_id)
    moment = clock.now()
    body = _body(
        kind,
        object_id,
        head.seq + 1,
        moment,
        getattr(actor, "pk", None),
        verb,
        plain(before),
        plain(after),
        plain(evidence),
    )
    event = Event.objects.create(
        kind=kind,
        object_id=object_id,
        seq=head.seq + 1,
        at=moment,
        actor_id=body["actor"],
        verb=verb,
        before=body["before"],
        after=body["after"],
        evidence=body["evidence"],
        previous=head.hash,
        hash=event_hash(head.hash, body),
    )
    head.seq, head.hash, head.changed = event.seq, event.hash, moment
    head.save()
    search.refresh(obj)
    for told in _listeners:
        told(verb, obj)
    return event


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


def erase_personal(token: str) -> bool:
    """Erase a personal value for good. The chain stays whole, since it holds only the salted hash."""
    return bool(PersonalValue.objects.filter(digest=token.removeprefix("personal:")).delete()[0])


def events_of(obj: models.Model) -> models.QuerySet[Event]:
    return (
        Event.objects.filter(kind=kind_of(obj), object_id=str(obj.pk))
        .select_related("actor__person")
        .order_by("-seq")
    )


@transaction.atomic
def seal() -> Seal | None:
    """Hash the heads changed since the last seal into a root; None when nothing changed."""
    last = Seal.objects.order_by("-id").first()
    changed = EventHead.objects.select_for_update().filter(seq__gt=0)
    known = {}
    for old in Seal.objects.order_by("id").values_list("heads", flat=True).iterator():
        known.update({(kind, object_id): seq for kind, object_id, seq, _ in old})
    heads = [
        [h.kind, h.object_id, h.seq, h.hash]
        for h in changed.iterator()
        if known.get((h.kind, h.object_id), 0) != h.seq
    ]
    if not heads:
        return None
    previous = last.root if last else GENESIS
    return Seal.objects.create(
        at=clock.now(),
        since=last.at if last else None,
        heads=heads,
        previous=previous,
        root=seal_root(previous, [tuple(h) for h in heads]),
    )


def verify() -> Iterator[str]:
    """Every fault found in chains and seals, one line each; nothing when all is whole."""
    yield from _verify_chains()
    yield from _verify_seals()


def _verify_chains() -> Iterator[str]:
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
        ends[key] = (e.seq, e.hash)
    for key, (seq, digest) in ends.items():
        head = heads.pop(key, None)
        if head is None or (head.seq, head.hash) != (seq, digest):
            yield f"{key[0]} {key[1]}: the head does not match the chain"
    for kind, object_id in heads:
        yield f"{kind} {object_id}: events are gone, the head remains"


def _verify_seals() -> Iterator[str]:
    previous = GENESIS
    for seal_row in Seal.objects.order_by("id").iterator():
        heads = [tuple(h) for h in seal_row.heads]
        if seal_row.previous != previous or seal_row.root != seal_root(previous, heads):
            yield f"seal {seal_row.pk} of {seal_row.at:%Y-%m-%d %H:%M} was altered"
        previous = seal_row.root
        yield from _sealed_heads_present(seal_row, heads)


def _sealed_heads_present(seal_row: Seal, heads: list[tuple[str, str, int, str]]) -> Iterator[str]:
    for kind, object_id, seq, digest in heads:
        if not Event.objects.filter(kind=kind, object_id=object_id, seq=seq, hash=digest).exists():
            yield f"{kind} {object_id}: event {seq} differs from seal {seal_row.pk}"
