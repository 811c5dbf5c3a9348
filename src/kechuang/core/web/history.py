"""Events of a record as a timeline, and the audit page over all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db.models import Field, Q, QuerySet
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from kechuang.core import kinds
from kechuang.core.acts import ACTS
from kechuang.core.events import personal_values
from kechuang.core.kernel import formatting
from kechuang.core.language import current
from kechuang.core.models import Event, ScheduleRun, Seal
from kechuang.core.roles import READERS, roles_of
from kechuang.core.search import search
from kechuang.core.web import event_words
from kechuang.core.web.listing import Column, DateFacet, Facet, ListPage
from kechuang.core.web.record import Moment, Record, linked
from kechuang.core.web.times import to_the_minute

SHOWN = 50
FEW = 5
_EMPTY = (None, "", [], {})
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")
_REFERENCE = re.compile(r'"([a-z_]+\.[a-z_]+:[0-9]+)"')


def verb_words(verb: str) -> str:
    """The act's own summary, in the reader's language."""
    act = ACTS.get(verb)
    return _(act.summary) if act and act.summary else verb


def kind_words(name: str) -> str:
    kind = kinds.get(name)
    if kind:
        return str(kind.label)
    try:
        return str(apps.get_model(name)._meta.verbose_name)
    except (LookupError, ValueError):
        return name


def moments(events: QuerySet[Event] | Iterable[Event], reader: Any = None) -> list[Moment]:
    """The newest events of a record, with the names that this reader (without one, that anybody) may know."""
    shown = list(events[:SHOWN])
    names = _names(shown, reader)
    return [
        Moment(
            event.at,
            verb_words(event.verb),
            detail=_detail(event, names),
            who=str(event.actor or _("the platform")),
        )
        for event in shown
    ]


def _names(events: Iterable[Event], reader: Any = None) -> dict[str, str]:
    """What references in events stand for: of a record its name where the reader may know it, else kind and number;
    of a personal value the value, unless it was erased."""
    held = [[event.before, event.after] for event in events]
    text = json.dumps(held)
    found = {tuple(reference.split(":")) for reference in _REFERENCE.findall(text)}
    records = kinds.resolve_many(found)
    names = {token: value or _("erased") for token, value in personal_values(held).items()}
    for kind, key in found:
        obj = records.get((kind, key))
        known = obj is not None and kinds.visible(reader or AnonymousUser(), obj)
        names[f"{kind}:{key}"] = str(obj) if known else f"{kind_words(kind)} {key}"
    return names


def objects_known(reader: Any, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """The name and address of each record; of those that the reader may not see, or that are gone, kind and number."""
    keys = set(keys)
    records = kinds.resolve_many(keys)
    known = {key: obj for key, obj in records.items() if kinds.visible(reader, obj)}
    return {
        key: (str(known[key]), kinds.address(known[key]))
        if key in known
        else (f"{kind_words(key[0])} {key[1]}", "")
        for key in keys
    }


def _detail(event: Event, names: dict[str, str]) -> str:
    """What changed: name: before → after, for values that differ."""
    before, after = event.before or {}, event.after or {}
    if not isinstance(after, dict) or not isinstance(before, dict):
        return ""
    changed = [n for n in after if before.get(n) != after[n] and after[n] not in _EMPTY]
    words = []
    for name in changed:
        if name in event_words.KEYS and isinstance(after[name], int):
            continue
        label, new = field_words(event.kind, name, after[name], names)
        old = "" if before.get(name) in _EMPTY else field_words(event.kind, name, before[name], names)[1]
        value = f"{old} → {new}" if old else new
        words.append(pgettext("event", "%(field)s: %(value)s") % {"field": label, "value": value})
    return Truncator(pgettext("event", "; ").join(words)).chars(300)


def field_words(kind_name: str, name: str, value: Any, names: dict[str, str]) -> tuple[str, str]:
    """A field and its value as the record's own pages call them."""
    field = _field(kind_name, name, value)
    label = event_words.label(kind_name, name, field)
    chosen = (
        dict(field.flatchoices).get(value) if field is not None and isinstance(value, str | int) else None
    )
    return label, str(chosen) if chosen else _plain(name, value, names)


def _field(kind_name: str, name: str, value: Any) -> Field | None:
    """The field of the record, or of what belongs to it (an event may tell of a part), that bears this name.

    Of several parts that have such a field, one among whose choices the value is.
    """
    kind = kinds.get(kind_name)
    if kind is None:
        return None
    found = []
    for model in (kind.model, *apps.get_app_config(kind.model._meta.app_label).get_models()):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if event_words.is_named(field):
            if model is kind.model:
                return field
            found.append(field)
    chosen = (f for f in found if isinstance(value, str | int) and value in dict(f.flatchoices))
    return next(chosen, next(iter(found), None))


class Audit(ListPage):
    key = "core-audit"
    title = gettext_lazy("Record of acts")
    intro = gettext_lazy("Every act, chained by hashes. Nothing here can be changed or deleted.")
    columns = [
        Column("at", gettext_lazy("When"), format="time", sort=True),
        Column(
            "actor",
            gettext_lazy("Who"),
            fields=("actor__username",),
            value=lambda row: row["actor__username"] or _("the platform"),
            sort=True,
        ),
        Column("verb", gettext_lazy("Act"), fields=("verb",), value=lambda row: verb_words(row["verb"])),
        Column("kind", gettext_lazy("Kind"), value=lambda row: kind_words(row["kind"]), sort=True),
        Column(
            "object",
            gettext_lazy("Object"),
            fields=("kind", "object_id"),
            value=lambda row: row["object"],
            link=lambda row: row["object_url"],
        ),
        Column("object_id", gettext_lazy("Number"), optional=True),
        Column("seq", gettext_lazy("Place in chain"), format="number"),
        Column(
            "hash", gettext_lazy("Hash"), cell=lambda row: format_html("<code>{}</code>", row["hash"][:16])
        ),
    ]
    facets = [
        Facet("kind", gettext_lazy("Kind"), choices=lambda names: {n: kind_words(n) for n in names}),
        Facet("verb", gettext_lazy("Act"), choices=lambda verbs: {v: verb_words(v) for v in verbs}),
        Facet("actor", gettext_lazy("Who"), field="actor__username"),
        DateFacet("at", gettext_lazy("When")),
    ]
    search_fields = ["verb", "kind", "object_id", "actor__username", "hash"]
    default_sort = "-at"

    def dispatch(self, request, *args, **kwargs):
        if not roles_of(request.user) & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def queryset(self):
        return Event.objects.all()

    def row_url(self, row):
        return reverse("core:event", args=[row["pk"]])

    def prepare(self, rows):
        """What each act was about, as this reader may know it."""
        known = objects_known(self.request.user, ((row["kind"], row["object_id"]) for row in rows))
        for row in rows:
            row["object"], row["object_url"] = known[row["kind"], row["object_id"]]

    def search(self, queryset, text):
        """Also by the name of what the act was about, of the records that the reader may see and that fit best."""
        wanted = Q(pk__in=super().search(queryset, text).values("pk"))
        for entry in search(self.request.user, text):
            wanted |= Q(kind=entry.kind, object_id=entry.object_id)
        return queryset.filter(wanted)


def event(request, pk: int):
    """One act: who, what, before and after, and its place in the chain."""
    if not roles_of(request.user) & READERS:
        raise PermissionDenied
    row = get_object_or_404(Event.objects.select_related("actor__person"), pk=pk)
    obj = kinds.find_visible(request.user, row.kind, row.object_id)
    sealed = Seal.objects.filter(at__gte=row.at).order_by("at", "id").values_list("at", flat=True).first()
    record = Record(
        title=verb_words(row.verb),
        kind=_("Act"),
        facts=[
            (_("Who"), row.actor or _("the platform")),
            (_("When"), f"{localtime(row.at):%Y-%m-%d %H:%M:%S}"),
            (_("Kind"), kind_words(row.kind)),
            (_("Object"), linked(obj) if obj else row.object_id),
            (_("Place in chain"), row.seq),
            (_("Hash"), format_html("<code>{}</code>", row.hash)),
            (_("Previous hash"), format_html("<code>{}</code>", row.previous)),
            (_("Sealed"), to_the_minute(sealed) if sealed else _("not yet")),
        ],
        breadcrumb=[(_("Record of acts"), reverse("core:audit")), (str(pk), "")],
    )
    context = {"record": record, "changes": _changes(row) if obj else [], "withheld": obj is None}
    return render(request, "core/event.html", context)


def _changes(row: Event) -> list[tuple[str, str, str]]:
    """(name, before, after) of everything the event holds."""
    before = row.before if isinstance(row.before, dict) else {"": row.before} if row.before else {}
    after = row.after if isinstance(row.after, dict) else {"": row.after} if row.after else {}
    rows, names = [], _names([row])
    for name in {**before, **after}:
        label, old = field_words(row.kind, name, before.get(name), names)
        rows.append((label, old, field_words(row.kind, name, after.get(name), names)[1]))
    return rows


def _plain(name: str, value: Any, names: dict[str, str]) -> str:
    language = current()
    match value:
        case None:
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case int() if name.endswith("_fen"):
            return formatting.exact_money(value, language)
        case str() if _MOMENT.fullmatch(value):
            return to_the_minute(datetime.fromisoformat(value))
        case str():
            return names.get(value) or (verb_words(value) if value in ACTS else value)
        case list() if len(value) > FEW and all(isinstance(part, int) for part in value):
            return str(len(value))
        case list() if all(isinstance(part, str | int) for part in value):
            return formatting.joined((names.get(part, part) for part in value), language)
        case dict():
            parts = (
                f"{event_words.label('', key, None)} {_plain(key, part, names)}"
                for key, part in value.items()
            )
            return formatting.joined(parts, language)
    return json.dumps(value, ensure_ascii=False)


class Seals(ListPage):
    """The roots that have left the house, for anybody to compare; and when the chains were last checked."""

    key = "core-seals"
    title = gettext_lazy("Seals")
    intro = gettext_lazy(
        "Each seal hashes what changed since the last one. Keep a root outside this platform: whoever rewrites the past changes it."
    )
    columns = [
        Column("at", gettext_lazy("When"), format="time", sort=True),
        Column("root", gettext_lazy("Root"), cell=lambda row: format_html("<code>{}</code>", row["root"])),
        Column(
            "previous",
            gettext_lazy("Root before"),
            cell=lambda row: format_html("<code>{}</code>", row["previous"]),
            optional=True,
        ),
    ]
    facets = [DateFacet("at", gettext_lazy("When"))]
    search_fields = ["root"]
    default_sort = "-at"
    empty_title = gettext_lazy("Nothing was sealed yet")
    template_name = "core/seals.html"

    def queryset(self):
        return Seal.objects.all()

    def extra(self):
        checks = ScheduleRun.objects.filter(job="core.verify").exclude(finished=None)
        return {"checked": checks.order_by("-started").first()}
