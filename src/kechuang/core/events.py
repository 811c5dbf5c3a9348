"""Write and seal the record of acts.

Each event vouches for the rows that its act left: it holds the digest of its record's stored values, and of what else
the act changed. `verifying` compares.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F

from kechuang.core import clock, gathering, kinds, rows, search
from kechuang.core.engine.chain import event_hash, seal_root
from kechuang.core.engine.rows import digest_of
from kechuang.core.kinds import kind_of
from kechuang.core.models.events import GENESIS, Event, EventHead, PersonalValue, Seal
from kechuang.core.plain import plain
from kechuang.core.rows import Key, batches

_listeners: list = []
_PERSONAL = re.compile(r"personal:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Entry:
    """An event before it has its place in a chain."""

    obj: models.Model
    key: Key
    at: datetime
    actor: int | None
    verb: str
    before: Any
    after: Any
    evidence: Any
    also: tuple[Key, ...] = ()

    @property
    def vouches_for(self) -> tuple[Key, ...]:
        return (self.key, *self.also)


def listen(function: Any) -> None:
    """Register `function(verb, obj)` to be told of every recorded act (indicators use it to mark metrics dirty)."""
    if function not in _listeners:
        _listeners.append(function)


def fields_of(obj: models.Model, names: Sequence[str]) -> dict[str, Any]:
    """Chosen fields of a record for `before`/`after`; of another record its kind and number, without reading it."""
    links = {f.name: f for f in obj._meta.concrete_fields if f.is_relation}
    return {name: _linked(obj, links[name]) if name in links else plain(getattr(obj, name)) for name in names}


def _linked(obj: models.Model, field: models.Field) -> str | None:
    key = getattr(obj, field.attname)
    return None if key is None else f"{field.related_model._meta.label_lower}:{key}"


def record(
    actor: Any,
    verb: str,
    obj: models.Model,
    *,
    before: Any = None,
    after: Any = None,
    evidence: Sequence[Any] = (),
    also: Iterable[models.Model] = (),
) -> None:
    """Append an event to the object's chain, in the caller's transaction, and refresh its search entry.

    Inside an act or `gathered()` it is written with all others at the end of that block, and vouches for its object as
    that leaves it. `also` names other records that the act changed without an event of their own.
    """
    actor_id = getattr(actor, "pk", None)
    told = plain(before), plain(after), plain(evidence)
    entry = Entry(obj, _key(obj), clock.now(), actor_id, verb, *told, tuple(map(_key, also)))
    waiting = gathering.waiting()
    if waiting is None:
        _write([entry])
    else:
        waiting.append(entry)


def _key(obj: models.Model) -> Key:
    return kind_of(obj), str(obj.pk)


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
    last = {key: place for place, entry in enumerate(entries) for key in entry.vouches_for}
    standing = rows.standing(last, hold=True)  # rows are held before heads, as acts do
    salted = {key for key in last if rows.watched_of(key[0]).personal}
    heads = _locked_heads({entry.key for entry in entries} | salted)
    digests: list[dict[str, str | None]] = [{} for _ in entries]
    for key, place in last.items():
        salt = _salt(heads[key]) if key in salted else ""
        values = standing.get(key)
        digests[place][":".join(key)] = digest_of(values, salt) if values is not None else None
    events = [_next(heads[e.key], e, held or None) for e, held in zip(entries, digests, strict=True)]
    Event.objects.bulk_create(events, batch_size=500)
    moved = [
        EventHead(kind=h.kind, object_id=h.object_id, seq=h.seq, hash=h.hash, changed=h.changed, salt=h.salt)
        for h in heads.values()
    ]
    EventHead.objects.bulk_create(
        moved,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["seq", "hash", "changed", "salt"],
    )
    _refresh_search(entries)
    for verb, obj in {(entry.verb, entry.key[0]): (entry.verb, entry.obj) for entry in entries}.values():
        for told in _listeners:
            told(verb, obj)


def _salt(head: EventHead) -> str:
    head.salt = head.salt or secrets.token_hex(16)
    return head.salt


def _locked_heads(keys: set[Key]) -> dict[Key, EventHead]:
    found = _lock(keys)
    if new := sorted(keys - set(found)):
        made = [EventHead(kind=kind, object_id=object_id) for kind, object_id in new]
        EventHead.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)
        found |= _lock(set(new))
    return found


def _lock(keys: set[Key]) -> dict[Key, EventHead]:
    found = {}
    for kind in sorted({kind for kind, _id in keys}):
        for batch in batches(sorted(object_id for k, object_id in keys if k == kind)):
            held = EventHead.objects.select_for_update().filter(kind=kind, object_id__in=batch)
            found |= {(kind, head.object_id): head for head in held.order_by("object_id")}
    return found


def _next(head: EventHead, entry: Entry, digests: Mapping[str, str | None] | None) -> Event:
    """The event that follows `head`, which moves on to it."""
    event = Event(
        kind=entry.key[0],
        object_id=entry.key[1],
        seq=head.seq + 1,
        at=entry.at,
        actor_id=entry.actor,
        verb=entry.verb,
        before=entry.before,
        after=entry.after,
        evidence=entry.evidence,
        rows=digests,
        previous=head.hash,
    )
    event.hash = event_hash(head.hash, body_of(event))
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
    for kind, found in by_kind.items():
        if kinds.get(kind).search:
            search.refresh_many(found)


def body_of(event: Event) -> dict[str, Any]:
    """What the hash of an event covers."""
    body = {
        "kind": event.kind,
        "object": event.object_id,
        "seq": event.seq,
        "at": event.at.astimezone(UTC).isoformat(),
        "actor": event.actor_id,
        "verb": event.verb,
        "before": event.before,
        "after": event.after,
        "evidence": event.evidence,
    }
    return body if event.rows is None else body | {"rows": event.rows}


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
    """Erase for good the personal values in the record's events, and the salt of its rows' digests.

    The chain stays whole: it holds only salted hashes.
    """
    digests = _PERSONAL.findall(json.dumps(list(events_of(obj).values_list("before", "after"))))
    PersonalValue.objects.filter(digest__in=set(digests)).delete()
    EventHead.objects.filter(kind=kind_of(obj), object_id=str(obj.pk)).update(salt="")


def events_of(obj: models.Model) -> models.QuerySet[Event]:
    """The events of a record, newest first."""
    return (
        Event.objects.filter(kind=kind_of(obj), object_id=str(obj.pk))
        .select_related("actor__person")
        .order_by("-seq")
    )


def vouched_for(model: type[models.Model], keys: Iterable[int]) -> set[int]:
    """Those records that have events of their own: of a very large import they are the ones to vouch for again."""
    heads = EventHead.objects.filter(kind=model._meta.label_lower, seq__gt=0)
    return {int(key) for key in heads.values_list("object_id", flat=True)} & set(keys)


@transaction.atomic
def seal() -> Seal | None:
    """Hash the heads changed since the last seal into a root; None when nothing changed.

    Each head remembers up to where it is sealed. Of two seals made at once the second fails (a root is followed by
    one seal only) and is made again at its next due time.
    """
    changed = list(EventHead.objects.select_for_update().filter(seq__gt=F("sealed")).order_by("id"))
    if not changed:
        return None
    for batch in batches(changed):
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
