"""Hash chain and seal: pure functions over plain values.

An event's hash covers the previous hash and the event's canonical JSON. A seal's root covers the heads that changed
since the last seal and the previous root, so that rewriting any sealed past changes a root that has left the house.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def event_hash(previous: str, event: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the previous hash and the event."""
    return hashlib.sha256(previous.encode() + canonical(event)).hexdigest()


def seal_root(previous: str, heads: Iterable[tuple[str, str, int, str]]) -> str:
    """SHA-256 (hex) over the previous root and the changed heads (kind, object, seq, hash), in order of object."""
    lines = [canonical(list(head)) for head in sorted(heads)]
    return hashlib.sha256(previous.encode() + b"\n".join(lines)).hexdigest()
