"""Events of a record as a timeline, and the audit page over all of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import kinds
from kechuang.core.acts import ACTS
from kechuang.core.apps import READERS
from kechuang.core.models import Event, Seal
from kechuang.core.roles import roles_of
from kechuang.core.web.listing import Column, Facet, ListPage
from kechuang.core.web.record import Moment

SHOWN = 50


def verb_words(verb: str) -> str:
    """The act's own summary, in the reader's language."""
    act = ACTS.get(verb)
    return _(act.summary) if act and act.summary else verb


def moments(events: QuerySet[Event] | Iterable[Event]) -> list[Moment]:
    """The newest events of a record."""
    return [
        Moment(
            event.at, verb_words(event.verb), detail=_detail(event), who=str(event.actor or _("the platform"))
        )
        for event in events[:SHOWN]
    ]


def _detail(event: Event) -> str:
    """What changed: name: before → after, for values that differ."""
    before, after = event.before or {}, event.after or {}
    if not isinstance(after, dict) or not isinstance(before, dict):
        return ""
    changed = [
        name for name in after if before.get(name) != after[name] and after[name] not in (None, "", [])
    ]
    words = [
        f"{name}: {before[name]} → {after[name]}" if name in before else f"{name}: {after[name]}"
        for name in changed
    ]
    return "; ".join(words)[:300]


class Audit(ListPage):
    key = "core-audit"
    title = gettext_lazy("Record of acts")
    intro = gettext_lazy("Every act, chained by hashes. Nothing here can be changed or deleted.")
    columns = [
        Column("at", gettext_lazy("When"), format="time", sort=True),
        Column("actor", gettext_lazy("Who"), fields=("actor__username",), sort=True),
        Column("verb", gettext_lazy("Act"), fields=("verb",), value=lambda row: verb_words(row["verb"])),
        Column("kind", gettext_lazy("Kind"), sort=True),
        Column("object_id", gettext_lazy("Object")),
        Column("seq", gettext_lazy("Place in chain"), format="number"),
        Column("hash", gettext_lazy("Hash"), value=lambda row: row["hash"][:16]),
    ]
    facets = [Facet("kind", gettext_lazy("Kind"))]
    search_fields = ["verb", "kind", "object_id", "actor__username", "hash"]
    default_sort = "-at"

    def dispatch(self, request, *args, **kwargs):
        if not roles_of(request.user) & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def queryset(self):
        return Event.objects.all()

    def row_fields(self):
        return ("kind", "object_id")

    def row_url(self, row):
        obj = kinds.resolve(row["kind"], row["object_id"])
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None


def seals(request):
    """The seals: roots that have left the house, for anybody to compare."""
    return render(request, "core/seals.html", {"seals": Seal.objects.all()[:100]})
