"""Records as they were known at a moment: what later acts changed is undone, from what their events hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects

from kechuang.core.models import Event
from kechuang.core.rows import batches


def as_known(rows: Iterable[models.Model], names: Sequence[str], at: datetime) -> None:
    """Give these records of one kind, in memory only, the values that these fields had at the moment.

    What was changed without saying what stood before stays as it is.
    """
    by_key = {str(row.pk): row for row in rows}
    for keys in batches(by_key):
        kind = by_key[keys[0]]._meta.label_lower
        later = Event.objects.filter(kind=kind, object_id__in=keys, at__gt=at).exclude(before=None)
        told = later.order_by("object_id", "-seq").values_list("object_id", "before")
        for key, before in told.iterator(2000):
            if isinstance(before, dict):
                for name in before.keys() & set(names):
                    _set(by_key[key], name, before[name])
    related = [name for name in names if by_key and _is_relation(next(iter(by_key.values())), name)]
    if related:
        prefetch_related_objects(list(by_key.values()), *related)


def _is_relation(row: models.Model, name: str) -> bool:
    return row._meta.get_field(name).is_relation


def _set(row: models.Model, name: str, value: Any) -> None:
    """A value as events hold it: of another record its kind and number."""
    field = row._meta.get_field(name)
    if not field.is_relation:
        setattr(row, name, field.to_python(value))
        return
    if field.is_cached(row):
        field.delete_cached_value(row)
    key = value.rpartition(":")[2] if isinstance(value, str) else value
    setattr(row, field.attname, field.target_field.to_python(key))
