"""Who a person is at this moment: memberships, also those of the people they stand in for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import rules
from django.db import connection
from django.db.models import Q, QuerySet

from kechuang.core import clock
from kechuang.core.errors import Refusal
from kechuang.core.models.organisations import Organisation
from kechuang.core.models.people import Deputy, Membership, Role, User
from kechuang.core.models.requests import ServiceRequest

# By hand: every page and every act asks, and composing the query took longer than answering it.
_HELD = """
SELECT role, organisation_id FROM core_membership
WHERE (valid_from IS NULL OR valid_from <= %(today)s) AND (valid_to IS NULL OR valid_to >= %(today)s)
AND (user_id = %(user)s OR user_id IN (
    SELECT principal_id FROM core_deputy JOIN core_user ON core_user.id = principal_id
    WHERE deputy_id = %(user)s AND core_user.is_active AND start <= %(today)s AND "end" >= %(today)s
))
"""


def memberships_of(user: Any) -> list[tuple[str, int]]:
    """(role, organisation id) pairs that hold today; cached on the account object."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    today = clock.today()
    cached = getattr(user, "_memberships", None)
    if cached and cached[0] == today:
        return cached[1]
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"user": user.pk, "today": today.isoformat()})
        pairs = cursor.fetchall()
    user._memberships = (today, pairs)
    return pairs


def in_force(day: date) -> tuple[Q, Q]:
    """Conditions for memberships that hold on the day."""
    return Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)


def members_of(organisation: Organisation, *roles: str) -> QuerySet[User]:
    """The active accounts that hold one of `roles` (any when none is given) in the organisation today, also by
    standing in for somebody who does."""
    held = Membership.objects.filter(organisation=organisation)
    return _holders(held.filter(role__in=roles) if roles else held)


def holders_of(*roles: str) -> QuerySet[User]:
    """The active accounts that hold one of `roles` somewhere today, also by standing in for somebody who does."""
    return _holders(Membership.objects.filter(role__in=roles))


def _holders(memberships: QuerySet[Membership]) -> QuerySet[User]:
    today = clock.today()
    holders = memberships.filter(*in_force(today), user__is_active=True).values("user")
    deputies = Deputy.objects.filter(principal__in=holders, start__lte=today, end__gte=today).values("deputy")
    return User.objects.filter(Q(pk__in=holders) | Q(pk__in=deputies), is_active=True)


def roles_of(user: Any) -> set[str]:
    """The roles that the person holds somewhere today, also by standing in for others."""
    roles = {role for role, _ in memberships_of(user)}
    if getattr(user, "is_superuser", False):
        roles.add(Role.ADMIN)
    return roles


def organisations_of(user: Any, *roles: str) -> set[int]:
    """Organisations in which the person holds one of `roles` (any role when none is given)."""
    return {organisation for role, organisation in memberships_of(user) if not roles or role in roles}


def has_role(*wanted: str) -> rules.Predicate:
    """Predicate: the person holds one of `wanted` somewhere. Administrators hold every role."""
    names = frozenset(wanted) | {Role.ADMIN}

    @rules.predicate(name="has_role:" + "|".join(sorted(wanted)))
    def check(user: Any, obj: Any = None) -> bool:
        return bool(roles_of(user) & names)

    check.roles = names
    return check


def who_is(field: str, words: Any) -> Callable[[Any, Any], Refusal | None]:
    """For `unless=` of an act: the person whom `obj.<field>` names is not the one to do it."""

    def hindrance(actor: Any, obj: Any) -> Refusal | None:
        same = actor.pk is not None and getattr(obj, f"{field}_id") == actor.pk
        return Refusal(str(words)) if same else None

    return hindrance


def of_organisation(*wanted: str, path: str = "organisation") -> rules.Predicate:
    """Predicate: the person holds one of `wanted` in the organisation at `obj.<path>` or above it."""
    names = frozenset(wanted)

    @rules.predicate(name="of_organisation:" + "|".join(sorted(wanted)))
    def check(user: Any, obj: Any = None) -> bool:
        if Role.ADMIN in roles_of(user):
            return True
        mine = organisations_of(user, *names)
        if obj is None:
            return bool(mine)
        target = obj
        for step in path.split("."):
            target = getattr(target, step, None)
        return target is not None and any(organisation.pk in mine for organisation in target.line())

    check.roles = names | {Role.ADMIN}
    return check


@rules.predicate
def signed_in(user: Any, obj: Any = None) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


signed_in.roles = frozenset(Role.values) | {"signed in"}


def is_person(path: str) -> rules.Predicate:
    """Predicate: the record is the person's own, who stands at `obj.<path>`. Nobody else may, no administrator either."""

    @rules.predicate(name=f"is_person:{path}")
    def check(user: Any, obj: Any = None) -> bool:
        return signed_in.test(user) and (obj is None or getattr(obj, f"{path}_id") == user.pk)

    check.roles, check.whose = signed_in.roles, f"its {path}"
    return check


@rules.predicate
def anybody(user: Any, obj: Any = None) -> bool:
    return True


anybody.roles = frozenset(Role.values) | {"public"}


def may_see_secrecy(user: Any, secrecy: int) -> bool:
    """密级: public to all, the rest up to the account's clearance."""
    if secrecy == 0:
        return True
    return bool(getattr(user, "is_authenticated", False)) and user.clearance >= secrecy


READERS = {Role.ADMIN, Role.LEADER, Role.OFFICER}


def visible_requests(user: Any) -> QuerySet[ServiceRequest]:
    """Requests a person may see: one's own, those of one's organisations and the ones below, all of them for the desk."""
    if not getattr(user, "is_authenticated", False):
        return ServiceRequest.objects.none()
    if roles_of(user) & READERS:
        return ServiceRequest.objects.all()
    return ServiceRequest.objects.filter(Q(requester=user) | Q(handler__in=_branches(organisations_of(user))))


def _branches(organisations: set[int]) -> set[int]:
    """These organisations and all that stand below them."""
    found, newest = set(organisations), set(organisations)
    while newest:
        below = Organisation.objects.filter(parent__in=newest).values_list("pk", flat=True)
        newest = set(below) - found
        found |= newest
    return found
