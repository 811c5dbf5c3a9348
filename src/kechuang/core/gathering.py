"""Events that wait to be written together: see `events.gathered`. An act that fails takes its own back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_waiting: ContextVar[list[Any] | None] = ContextVar("events that wait", default=None)


def waiting() -> list[Any] | None:
    """The events that wait; None outside of a block."""
    return _waiting.get()


@contextmanager
def block() -> Iterator[list[Any]]:
    """Gather until the end; a block inside a block leaves writing to the outer one."""
    if _waiting.get() is not None:
        yield []
        return
    entries: list[Any] = []
    token = _waiting.set(entries)
    try:
        yield entries
    finally:
        _waiting.reset(token)


@contextmanager
def undone_on_error() -> Iterator[None]:
    """What was gathered inside is dropped when the block fails, as the database drops its rows."""
    entries = _waiting.get()
    length = len(entries) if entries is not None else 0
    try:
        yield
    except BaseException:
        if entries is not None:
            del entries[length:]
        raise
