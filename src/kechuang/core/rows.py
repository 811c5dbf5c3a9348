"""The stored rows of records as their digests see them, read for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import connection, models

from kechuang.core.engine.rows import shape_of
from kechuang.core.models.events import RowShape
from kechuang.core.plain import plain
from kechuang.core.watched import EVERYTHING, Watched

BATCH = 500
Key = tuple[str, str]  # kind, id


def watched_of(kind: str) -> Watched:
    return getattr(apps.get_model(kind), "watched", EVERYTHING)


@lru_cache
def _fields(model: type[models.Model]) -> tuple[models.Field, ...]:
    without = getattr(model, "watched", EVERYTHING).without
    return tuple(f for f in model._meta.concrete_fields if not f.primary_key and f.name not in without)


def names_of(kind: str) -> list[str]:
    """The names of what a digest of this kind of record covers."""
    own = (f.name for f in _fields(apps.get_model(kind)))
    return list(dict.fromkeys([*own, *watched_of(kind).parts]))  # a part may stand behind a field


def batches(items: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    items = list(items)
    return (items[i : i + size] for i in range(0, len(items), size))


def standing(keys: Iterable[Key], *, hold: bool = False) -> dict[Key, dict[str, Any]]:
    """The stored values of these records, plain; those that are gone are left out.

    With `hold` the rows are held until the transaction ends, so that what is read is what it leaves.
    """
    by_kind: dict[str, list[str]] = {}
    for kind, object_id in keys:
        by_kind.setdefault(kind, []).append(object_id)
    found: dict[Key, dict] = {}
    for kind in sorted(by_kind):
        model = apps.get_model(kind)
        for ids in batches(sorted(map(model._meta.pk.to_python, by_kind[kind]))):
            found |= {(kind, str(key)): values for key, values in _read(model, ids, hold)}
    return found


def _read(model: type[models.Model], ids: list, hold: bool) -> Iterator[tuple[Any, dict[str, Any]]]:
    fields = _fields(model)
    own = _fetched(model, "pk", ("pk", *(f.attname for f in fields)), ids, hold)
    watched = getattr(model, "watched", EVERYTHING)
    parts: dict[str, dict] = {}
    for path in watched.parts:
        above = path.rpartition(".")[0]
        parts[path] = {} if above and not parts[above] else _parts(model, path, ids)
    for key, *values in own:
        row = {f.name: plain(value) for f, value in zip(fields, values, strict=True)}
        row |= {path: plain(of.get(key, [])) for path, of in parts.items()}
        if watched.loose and row[watched.loose.field] in watched.loose.values:
            row |= dict.fromkeys(watched.loose.names)
        yield key, row


def _parts(model: type[models.Model], path: str, ids: list) -> dict[Any, list]:
    """The rows of a part, by the record they belong to."""
    back: list[str] = []
    for name in path.split("."):
        model, step = _step(model, name)
        back.insert(0, step)
    lookup = "__".join(back)
    names = (lookup, "pk", *(f.attname for f in _fields(model)))
    found: dict[Any, list] = {}
    for owner, *values in _fetched(model, lookup, names, ids):
        found.setdefault(owner, []).append(values)
    return found


def _fetched(
    model: type[models.Model], lookup: str, names: tuple[str, ...], ids: list, hold: bool = False
) -> Iterable[Sequence[Any]]:
    """These values of the rows that belong to the ids. Of one record, as of most acts, the statement is kept:
    composing it took longer than answering it."""
    hold = hold and connection.features.has_select_for_no_key_update
    if len(ids) > 1:
        return list(_asked(model, lookup, names, ids, hold))
    sql, converters = _statement(model, lookup, names, hold, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [model._meta.pk.get_db_prep_value(ids[0], connection)])
        rows = [list(row) for row in cursor.fetchall()]
    for place, (steps, expression) in converters.items():
        for row in rows:
            for step in steps:
                row[place] = step(row[place], expression, connection)
    return rows


def _asked(model: type[models.Model], lookup: str, names: tuple[str, ...], ids: list, hold: bool) -> Any:
    rows = model._base_manager.filter(**{f"{lookup}__in": ids}).order_by("pk")
    return (rows.select_for_update(no_key=True) if hold else rows).values_list(*names)


@cache
def _statement(
    model: type[models.Model], lookup: str, names: tuple[str, ...], hold: bool, vendor: str
) -> tuple[str, dict]:
    """The statement for one id, and what makes values of what the database gives."""
    compiler = _asked(model, lookup, names, [0], hold).query.get_compiler(connection=connection)
    sql, _params = compiler.as_sql()
    selected = [column[0] for column in compiler.select]
    return sql, compiler.get_converters(selected)


@lru_cache
def _step(model: type[models.Model], name: str) -> tuple[type[models.Model], str]:
    """The model of a part, and the lookup that leads from its rows back to the record."""
    field = model._meta.get_field(name)
    if field.many_to_many:
        return field.remote_field.through, field.m2m_field_name()
    if field.concrete:
        return field.related_model, field.related_query_name()
    return field.related_model, field.field.name


def own_kinds() -> list[str]:
    """Every kind of row that the house stores."""
    house = [config for config in apps.get_app_configs() if config.name.startswith("kechuang.")]
    return [model._meta.label_lower for config in house for model in config.get_models()]


def keep_shapes(**_told: Any) -> None:
    """Keep the names of what digests cover in this release, for later ones that know other names. Run by `migrate`."""
    named = {shape_of(names): sorted(names) for names in map(names_of, own_kinds())}
    rows = [RowShape(key=key, names=names) for key, names in named.items()]
    RowShape.objects.bulk_create(rows, ignore_conflicts=True)


def shapes() -> dict[str, list[str]]:
    """The names of what digests cover, in this release and in those before it."""
    return dict(RowShape.objects.values_list("key", "names")) | {
        shape_of(names): names for names in map(names_of, own_kinds())
    }
