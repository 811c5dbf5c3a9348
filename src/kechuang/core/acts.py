"""Every write of the product is an act: named by its verb, permitted by a rule, one transaction with its event.

    @act("plan.accept_commitment", may=has_role(Role.OFFICER))
    def accept_commitment(actor, commitment, *, note=""):
        ...
        record(actor, "plan.accept_commitment", commitment, before=…, after=…)
        return commitment

Pages, forms, the API, the loader and the worker call the decorated function; nothing else writes. The first
positional argument after the actor, when it is a record, is what the permission is asked for.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import rules
from django.db import models, transaction

from kechuang.core.errors import NotPermitted


@dataclass(frozen=True, slots=True)
class Act:
    verb: str
    may: rules.Predicate
    function: Callable[..., Any]

    @property
    def roles(self) -> frozenset[str]:
        """The roles that may ever do it (on some object)."""
        return _roles_in(self.may)

    @property
    def summary(self) -> str:
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
    """May this person do this act (on this object)? Unknown verbs are an error, not a no."""
    if getattr(actor, "is_system", False):
        return True
    return ACTS[verb].may.test(actor, obj)


def act(verb: str, *, may: rules.Predicate) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an act. Raises NotPermitted before anything is touched; rolls back as a whole on any error."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def run(actor: Any, *args: Any, **kwargs: Any) -> Any:
            obj = args[0] if args and isinstance(args[0], models.Model) else None
            if not getattr(actor, "is_system", False) and not may.test(actor, obj):
                raise NotPermitted(verb)
            with transaction.atomic():
                return function(actor, *args, **kwargs)

        if verb in ACTS and ACTS[verb].function.__module__ != function.__module__:
            raise ValueError(f"two acts are named {verb}")
        ACTS[verb] = Act(verb, may, run)
        run.verb = verb
        return run

    return declare
