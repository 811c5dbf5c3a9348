"""Every write of the product is an act: named by its verb, permitted by a rule, one transaction with its event.

    @act("plan.accept_commitment", may=has_role(Role.OFFICER))
    def accept_commitment(actor, commitment, *, note=""):
        ...
        record(actor, "plan.accept_commitment", commitment, before=…, after=…)
        return commitment

Pages, forms, the API, the loader and the worker call the decorated function; nothing else writes. The second
parameter (however it is passed), when it is a record, is what the permission is asked for: as it is given and as it
is stored, so that nobody gains a right by changing the very field the right hangs on.

`unless=` says what else stands in the way of a person whose roles would do: that they decide on what is their own, or
that the record has come too far. It returns the Refusal, or None. Pages ask `may`, which knows both, before they offer.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import rules
from django.db import models

from kechuang.core import gathering
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import gathered

Hindrance = Callable[[Any, Any], Refusal | None]


@dataclass(frozen=True, slots=True)
class Act:
    """A write as it was declared: its name, who may, and the function that asks, writes and records."""

    verb: str
    may: rules.Predicate
    function: Callable[..., Any]
    unless: Hindrance | None = None

    @property
    def roles(self) -> frozenset[str]:
        """The roles that may ever do it (on some object)."""
        return _roles_in(self.may)

    @property
    def whose(self) -> str:
        """Of an act on what is one's own: the field that names its owner; else ""."""
        return getattr(self.may, "whose", "")

    @property
    def summary(self) -> str:
        """The first line of its docstring: what pages and documents call it."""
        return (self.function.__doc__ or "").strip().split("\n")[0]


def _roles_in(predicate: rules.Predicate) -> frozenset[str]:
    own = getattr(predicate, "roles", None)
    if own is not None:
        return own
    found: frozenset[str] = frozenset()
    for part in predicate.fn.__closure__ or ():
        if isinstance(part.cell_contents, rules.Predicate):
            found |= _roles_in(part.cell_contents)
    return found


ACTS: dict[str, Act] = {}


class System:
    """The platform itself as an actor: timetable, loader. It may do everything; its events name no person."""

    is_authenticated = True
    is_active = True
    is_superuser = True
    is_system = True
    pk = None
    clearance = 3
    language = "zh-hans"

    def __str__(self) -> str:
        return "system"


SYSTEM = System()


def may(actor: Any, verb: str, obj: models.Model | None = None) -> bool:
    """May this person do this act (on this object, as it stands)? Unknown verbs are an error, not a no."""
    if isinstance(actor, System):
        return True
    return ACTS[verb].may.test(actor, obj) and _hindrance(ACTS[verb].unless, actor, obj) is None


def demand(actor: Any, verb: str, obj: models.Model | None = None) -> None:
    """Raises what the act itself would: NotPermitted, or the Refusal that says what stands in the way."""
    if not ACTS[verb].may.test(actor, obj):
        raise NotPermitted(verb)
    if refusal := _hindrance(ACTS[verb].unless, actor, obj):
        raise refusal


def _hindrance(unless: Hindrance | None, actor: Any, obj: Any) -> Refusal | None:
    known = isinstance(obj, models.Model) and obj.pk is not None
    return unless(actor, obj) if unless and known else None


def _may_do(rule: rules.Predicate, actor: Any, given: Any) -> bool:
    obj = given if isinstance(given, models.Model) else None
    if isinstance(actor, System):
        return True
    if not rule.test(actor, obj):
        return False
    stored = None if obj is None or obj.pk is None else type(obj)._base_manager.filter(pk=obj.pk).first()
    return stored is None or rule.test(actor, stored)


def locked(row: models.Model) -> Any:
    """The row as it stands in the database, held until the act ends: of two who act on it at once the second waits,
    and then sees what the first did."""
    return type(row)._base_manager.select_for_update().get(pk=row.pk)


def _object_name(function: Callable[..., Any]) -> str:
    """The name of the parameter after the actor, or "" when there is none that may hold a record."""
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names = [p.name for p in inspect.signature(function).parameters.values() if p.kind in kinds]
    return names[1] if len(names) > 1 else ""


def act(
    verb: str, *, may: rules.Predicate, unless: Hindrance | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an act. Raises NotPermitted before anything is touched; rolls back as a whole on any error."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        name = _object_name(function)

        @functools.wraps(function)
        def run(actor: Any, *args: Any, **kwargs: Any) -> Any:
            obj = args[0] if args else kwargs.get(name)
            if not _may_do(may, actor, obj):
                raise NotPermitted(verb)
            with gathered(), gathering.undone_on_error():
                if unless and obj.pk is not None and (refusal := unless(actor, locked(obj))):
                    raise refusal
                return function(actor, *args, **kwargs)

        if verb in ACTS and ACTS[verb].function.__module__ != function.__module__:
            raise ValueError(f"two acts are named {verb}")
        ACTS[verb] = Act(verb, may, run, unless)
        run.verb = verb
        return run

    return declare
