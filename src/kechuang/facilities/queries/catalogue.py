"""The catalogue as people search it: facets with right counts over 100,000 resources, from columns kept in memory.

The columns are brought up to date by the catalogue's revision: only rows changed since the last look are read.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone

from kechuang.core import clock, search
from kechuang.core.models import SearchEntry
from kechuang.facilities.engine.columns import Columns, Row
from kechuang.facilities.engine.hours import is_open
from kechuang.facilities.models import CatalogueRevision, Photo, Resource

KIND = "facilities.resource"
FACETS = ("kind", "capability", "owner_id", "place", "price_band", "hours", "opened")
ORDERS = ("name_zh", "value_fen", "opened_on")
REMEMBERED = 64


class Entries:
    """Which search entry stands for which resource; an entry keeps its key, so only new ones are read."""

    def __init__(self) -> None:
        self._entries, self._resources = np.zeros(0, np.int64), np.zeros(0, np.int64)

    def resources(self, text: str) -> np.ndarray:
        """Keys of the resources whose entries hold the text."""
        self._read()
        found = np.fromstring(search.entry_keys(text), np.int64, sep=",")
        if not len(self._entries) or not len(found):
            return np.zeros(0, np.int64)
        places = np.minimum(np.searchsorted(self._entries, found), len(self._entries) - 1)
        return self._resources[places[self._entries[places] == found]]

    def _read(self) -> None:
        last = int(self._entries[-1]) if len(self._entries) else 0
        rows = SearchEntry.objects.filter(kind=KIND, pk__gt=last).order_by("pk")
        new = [
            (entry, int(resource)) for entry, resource in rows.values_list("pk", "object_id").iterator(5000)
        ]
        if new:
            added = np.array(new, np.int64)
            self._entries = np.concatenate([self._entries, added[:, 0]])
            self._resources = np.concatenate([self._resources, added[:, 1]])


class Snapshot:
    """The catalogue as it stood at one revision, with the texts searched in it."""

    def __init__(self, columns: Columns, entries: Entries) -> None:
        self.columns, self._entries = columns, entries
        self._texts: OrderedDict[str, np.ndarray] = OrderedDict()

    def hits(self, text: str) -> np.ndarray | None:
        """Mask of the rows that match a text; None for no text."""
        if not text:
            return None
        found = self._texts.get(text)
        if found is None:
            found = self.columns.hits(self._entries.resources(text))
        self._texts[text] = found
        self._texts.move_to_end(text)
        if len(self._texts) > REMEMBERED:
            self._texts.popitem(last=False)
        return found

    def forget(self) -> None:
        """Forget the texts searched before."""
        self._texts.clear()


class Catalogue:
    """What one process knows of the catalogue."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begin("")

    def fresh(self) -> Snapshot:
        """The catalogue as it stands now."""
        if _newest() != (self._epoch, self._revision):
            with self._lock:
                self._read(*_newest())
        return self._snapshot

    def _begin(self, epoch: str) -> None:
        self._epoch, self._revision, self._entries = epoch, -1, Entries()
        self._snapshot = Snapshot(Columns(), self._entries)

    def _read(self, epoch: str, newest: int) -> None:
        if epoch != self._epoch or newest < self._revision:
            self._begin(epoch)
        if newest == self._revision:
            return
        changed = _rows(Resource.objects.filter(revision__gt=self._revision, revision__lte=newest))
        try:
            columns = self._snapshot.columns.patched(changed)
        except ValueError:
            columns = Columns(_rows(Resource.objects.all()))
        self._snapshot, self._revision = Snapshot(columns, self._entries), newest


def _newest() -> tuple[str, int]:
    return CatalogueRevision.objects.values_list("epoch", "number").first() or ("", -1)


catalogue = Catalogue()


def _rows(rows: QuerySet[Resource]) -> list[Row]:
    names = ("pk", "retired_on", *FACETS, *ORDERS)
    return [
        Row(
            values[0],
            dict(zip(FACETS, values[2:], strict=False)),
            {
                "name_zh": values[-3],
                "value_fen": values[-2],
                "opened_on": values[-1].toordinal() if values[-1] else 0,
            },
            live=values[1] is None,
        )
        for values in rows.order_by("pk").values_list(*names).iterator(5000)
    ]


def open_hours_now(at: datetime | None = None) -> list[str]:
    """The spellings of open hours that are open at this moment."""
    moment = timezone.localtime(at or clock.now())
    known = catalogue.fresh().columns.values.get("hours", {})
    return [text for text in known if text and is_open(text, moment)]


def visible_resources(user: Any) -> QuerySet[Resource]:
    """Everybody sees what is opened, people of the house see all; retired ones only by their own address."""
    rows = Resource.objects.all()
    return rows if getattr(user, "is_authenticated", False) else rows.filter(opened=True)


def first_photos(keys: Iterable[int]) -> dict[int, Photo]:
    """The first photo of each of these resources."""
    found: dict[int, Photo] = {}
    for photo in Photo.objects.filter(resource__in=keys).select_related("small"):
        found.setdefault(photo.resource_id, photo)
    return found
