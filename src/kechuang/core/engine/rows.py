"""Digests of stored rows: what tells a row that was changed behind the record of acts, and which of its values.

A digest is `shape:whole:tags`. The shape stands for the names of the values, so that a row can still be compared after
a later release has given it more of them; whole covers names and values; each tag covers one value, and only names
what differs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

_TAG = 6
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def shape_of(names: Iterable[str]) -> str:
    """What stands for these names, in whatever order they come."""
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:16]


def digest_of(values: Mapping[str, Any], salt: str = "") -> str:
    """The digest of a row's values, which JSON can hold. What is personal is salted: without the salt nothing shows."""
    names, key = sorted(values), bytes.fromhex(salt)
    encoded = [_encode(values[name]).encode() for name in names]
    whole = hashlib.blake2b(b"\n".join(encoded), key=key, digest_size=16, person=shape_of(names).encode())
    tags = (hashlib.blake2b(text, key=key, digest_size=_TAG // 2).hexdigest() for text in encoded)
    return f"{shape_of(names)}:{whole.hexdigest()}:{''.join(tags)}"


def differing(
    kept: str, values: Mapping[str, Any], shapes: Mapping[str, Iterable[str]], salt: str = ""
) -> list[str] | None:
    """Which values differ from those of the digest that was kept: None where all are the same.

    Values that came since are left out; of those that were given up since nothing can be said. A shape that is not
    among `shapes` names "?".
    """
    shape, whole, tags = kept.split(":")
    if shape not in shapes:
        return ["?"]
    names = sorted(shapes[shape])
    there = {name: values[name] for name in names if name in values}
    now = digest_of(there, salt).split(":")
    if len(there) == len(names) and now[1] == whole:
        return None
    before = {name: tags[i * _TAG : (i + 1) * _TAG] for i, name in enumerate(names)}
    after = {name: now[2][i * _TAG : (i + 1) * _TAG] for i, name in enumerate(sorted(there))}
    changed = [name for name in after if after[name] != before[name]]
    return changed or (None if len(there) < len(names) else ["?"])
