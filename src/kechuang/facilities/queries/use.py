"""Reads over use: which rate a person may choose, what is due, what institutions share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from kechuang.core.models import Organisation
from kechuang.core.roles import organisations_of, roles_of
from kechuang.facilities.engine.charges import Access, Score, Sharing, score
from kechuang.facilities.engine.hours import open_minutes
from kechuang.facilities.models import Output, Resource, SampleRequest, Statement, UseSession, Voucher
from kechuang.facilities.models.sessions import minutes_between

OFFICE = frozenset({"officer", "admin", "leader", "analyst"})


def accesses_for(resource: Resource, organisation: Organisation) -> list[Access]:
    """The rates an organisation may use a resource at: its own, the one of its kind, and the proprietary one."""
    if resource.owner_id in {above.pk for above in organisation.line()}:
        found = [Access.INTERNAL]
    elif organisation.kind == Organisation.Kind.ENTERPRISE:
        found = [Access.ENTERPRISE]
    else:
        found = [Access.ACADEMIC]
    return [access for access in [*found, Access.PROPRIETARY] if resource.rate(access) is not None]


def visible_sessions(user: Any) -> QuerySet[UseSession]:
    """One's own, those of one's organisations and those on resources one's organisations own; offices see all."""
    return _seen(UseSession.objects.all(), user, "resource__owner__in", "resource__facility__cluster__in")


def visible_statements(user: Any) -> QuerySet[Statement]:
    """Those of one's organisations; offices see all."""
    return _seen(Statement.objects.all(), user, person="")


def visible_vouchers(user: Any) -> QuerySet[Voucher]:
    """Those of one's organisations; offices see all."""
    return _seen(Voucher.objects.all(), user, person="")


def visible_requests(user: Any) -> QuerySet[SampleRequest]:
    """Requests made by oneself, to what one's organisation keeps; reviewers and offices see all."""
    if roles_of(user) & {"reviewer"}:
        return SampleRequest.objects.all()
    paths = ("holding__resource__owner__in", "holding__resource__facility__cluster__in")
    return _seen(SampleRequest.objects.all(), user, *paths, person="requester")


def _seen(rows: QuerySet, user: Any, *owners: str, person: str = "user") -> QuerySet:
    if getattr(user, "is_system", False) or roles_of(user) & OFFICE:
        return rows
    if user.pk is None:
        return rows.none()
    mine = organisations_of(user)
    condition = Q(organisation__in=mine)
    if person:
        condition |= Q(**{person: user.pk})
    managed = organisations_of(user, "manager")
    for path in owners:
        condition |= Q(**{path: managed})
    return rows.filter(condition)


def reports_due(user: Any, on: date) -> list[UseSession]:
    """Sessions whose experiment report is overdue on a day: they stand before the user's next proposal."""
    rows = UseSession.objects.filter(user=user.pk, report_due__lt=on, report=None)
    return list(rows.select_related("resource", "organisation").order_by("report_due"))


def day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """The half-open local instants of a stretch of days."""
    begin = timezone.make_aware(datetime.combine(first, time.min))
    return begin, timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


def sharing(owners: Iterable[int], first: date, last: date) -> dict[int, tuple[Sharing, Score]]:
    """What each owner shared from first to last day, and its scores."""
    keys = list(owners)
    used, outside = _minutes(keys, first, last)
    value = dict(_sum(keys, Q()))
    opened = dict(_sum(keys, Q(opened=True)))
    outputs = dict(
        Output.objects.filter(published_on__range=(first, last), sessions__resource__owner__in=keys)
        .values_list("sessions__resource__owner")
        .annotate(n=Count("pk", distinct=True))
    )
    open_ = _open(keys, first, last)
    found = {}
    for key in keys:
        facts = Sharing(
            open_[key], used[key], outside[key], value.get(key, 0), opened.get(key, 0), outputs.get(key, 0)
        )
        found[key] = facts, score(facts)
    return found


def _sum(owners: list[int], which: Q) -> QuerySet:
    rows = Resource.objects.filter(which, owner__in=owners, retired_on=None).order_by()
    return rows.values_list("owner").annotate(total=Sum("value_fen"))


def _open(owners: list[int], first: date, last: date) -> dict[int, int]:
    """Open minutes of what is opened and keeps hours."""
    rows = Resource.objects.filter(owner__in=owners, opened=True).exclude(hours="").order_by()
    found: dict[int, int] = defaultdict(int)
    for owner, text, count in rows.values_list("owner", "hours").annotate(n=Count("pk")):
        found[owner] += count * open_minutes(text, first, last)
    return found


def _minutes(owners: list[int], first: date, last: date) -> tuple[dict[int, int], dict[int, int]]:
    used: dict[int, int] = defaultdict(int)
    outside: dict[int, int] = defaultdict(int)
    begin, end = day_bounds(first, last)
    rows = UseSession.objects.filter(
        resource__owner__in=owners, start__gte=begin, start__lt=end, end__isnull=False
    ).values_list("resource__owner", "access", "start", "end", "lost")
    for owner, access, start, stop, lost in rows.iterator(5000):
        minutes = minutes_between(start, stop) - lost
        used[owner] += minutes
        if access != Access.INTERNAL:
            outside[owner] += minutes
    return used, outside
