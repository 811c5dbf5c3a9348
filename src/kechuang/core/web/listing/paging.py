"""Keyset paging: stable under inserts, as fast on the last page as on the first.

A page is cut by a cursor, the sort values of the row at its edge, with the primary key as last and unique key.
Rows without a value stand last, ascending or descending.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

CURSORS = ("after", "before")  # their names in an address


@dataclass(frozen=True)
class Key:
    """One sort key. `nullable` costs an extra condition, so it is only set where needed."""

    field: str
    descending: bool = False
    nullable: bool = False


@dataclass(frozen=True)
class Page:
    """Rows of a page and the cursors to its neighbours ("" where there is none)."""

    rows: list[dict]
    following: str
    preceding: str


def keys_for(model, sorts: Sequence[tuple[str, bool]]) -> list[Key]:
    """(field, descending) pairs as keys, with the primary key appended in the direction of the last one."""
    keys = [Key(field, down, _nullable(model, field)) for field, down in sorts]
    if not any(key.field in {"pk", model._meta.pk.name} for key in keys):
        keys.append(Key("pk", keys[-1].descending if keys else False))
    return keys


def _nullable(model, path: str) -> bool:
    """May this path be null? Annotations and anything unknown count as nullable."""
    try:
        for part in path.split("__"):
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
            if getattr(field, "null", True):
                return True
            model = field.related_model
    except (FieldDoesNotExist, AttributeError):
        return True
    return False


def fetch(
    queryset: QuerySet, fields: Sequence[str], keys: Sequence[Key], size: int, after="", before=""
) -> Page:
    """One page of `queryset.values(*fields)`. An unreadable cursor gives the first page."""
    names = list(dict.fromkeys(["pk", *fields, *(key.field for key in keys)]))
    cursor = _decode(before or after, len(keys))
    backwards = bool(before) and cursor is not None
    try:
        cut = queryset.filter(_beyond(keys, cursor, backwards)) if cursor else queryset
        rows = list(ordered(cut, keys, backwards).values(*names)[: size + 1])
    except (ValidationError, ValueError, TypeError, OverflowError):
        cursor, backwards = None, False
        rows = list(ordered(queryset, keys).values(*names)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    forth = bool(rows) and (more or backwards)
    back = bool(rows) and (more if backwards else bool(cursor))
    return Page(rows, _encode(rows[-1], keys) if forth else "", _encode(rows[0], keys) if back else "")


def ordered(queryset: QuerySet, keys: Sequence[Key], backwards: bool = False) -> QuerySet:
    """The queryset in the order of `keys`."""
    return queryset.order_by(*(_order(key, backwards) for key in keys))


def _order(key: Key, backwards: bool) -> OrderBy:
    field = F(key.field)
    down = key.descending != backwards
    nulls = ({"nulls_first": True} if backwards else {"nulls_last": True}) if key.nullable else {}
    return field.desc(**nulls) if down else field.asc(**nulls)


def _beyond(keys: Sequence[Key], values: Sequence, backwards: bool) -> Q:
    """Rows that come strictly after `values` in the order of `keys` (before them, when backwards)."""
    condition, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        further = _further(key, value, backwards)
        if further is not None:
            condition |= equal & further
        equal &= Q(**{f"{key.field}__isnull": True}) if value is None else Q(**{key.field: value})
    return condition


def _further(key: Key, value, backwards: bool) -> Q | None:
    if value is None:
        return Q(**{f"{key.field}__isnull": False}) if backwards else None
    operator = "lt" if key.descending != backwards else "gt"
    further = Q(**{f"{key.field}__{operator}": value})
    if key.nullable and not backwards:
        further |= Q(**{f"{key.field}__isnull": True})
    return further


def _encode(row: dict, keys: Sequence[Key]) -> str:
    values = [_plain(row[key.field]) for key in keys]
    return base64.urlsafe_b64encode(json.dumps(values, ensure_ascii=False).encode()).decode().rstrip("=")


def _plain(value):
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value


def _decode(text: str, length: int) -> list | None:
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return None
    sound = isinstance(values, list) and len(values) == length and values[-1] is not None
    return values if sound and not any(isinstance(v, list | dict) for v in values) else None
