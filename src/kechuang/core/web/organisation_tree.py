"""Who stands below whom, with what each is there for: an office with its sections (一处七办) at a glance."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.shortcuts import render

from kechuang.core.models import Organisation

MOST = 5_000


@dataclass(slots=True)
class Branch:
    organisation: Organisation
    branches: list[Branch] = field(default_factory=list)


def branches_of(rows: list[Organisation]) -> list[Branch]:
    """The rows as trees, in the order given. Those in a circle (never saved, but imaginable) are left out."""
    below: dict[int | None, list[Organisation]] = defaultdict(list)
    known = {row.pk for row in rows}
    for row in rows:
        below[row.parent_id if row.parent_id in known else None].append(row)
    roots = [Branch(row) for row in below[None]]
    waiting = list(roots)
    while waiting:
        branch = waiting.pop()
        branch.branches = [Branch(row) for row in below[branch.organisation.pk]]
        waiting += branch.branches
    return roots


def tree(request):
    """Organisations that stand above or below another; those by themselves are in the list."""
    related = Organisation.objects.filter(Q(parent__isnull=False) | Q(children__isnull=False), ended=None)
    rows = list(related.distinct().order_by("name_zh")[: MOST + 1])
    context = {"branches": branches_of(rows[:MOST]), "cut": len(rows) > MOST, "most": MOST}
    return render(request, "core/organisation_tree.html", context)
