"""Thousands of rows for a test that is about reading them: put into their table past the models, since making each an
object and its own value of a long statement took most of the time of such tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any

from django.db import connection, models

MOST_VALUES = 30_000  # in one statement of SQLite


def many(like: models.Model, count: int, **each: Callable[[int], Any]) -> list[int]:
    """`count` rows like this one, but for the fields of which `each` tells the value of the n-th. Their keys."""
    model = type(like)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    assert set(each) <= {field.attname for field in fields}, "name fields as their columns' attributes are"
    with connection.cursor() as cursor:
        _put(cursor, model._meta.db_table, fields, _rows(like, count, fields, each))
    return list(model.objects.order_by("-pk").values_list("pk", flat=True)[:count])[::-1]


def _rows(like: models.Model, count: int, fields: list[models.Field], each: dict) -> Iterator[tuple]:
    """The values as the database takes them."""
    row = [field.get_db_prep_save(field.pre_save(like, True), connection) for field in fields]
    differing = [(i, f.get_db_prep_save, each[f.attname]) for i, f in enumerate(fields) if f.attname in each]
    for n in range(count):
        for i, prepared, value in differing:
            row[i] = prepared(value(n), connection)
        yield tuple(row)


def _put(cursor, table: str, fields: list[models.Field], rows: Iterator[tuple]) -> None:
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    if connection.vendor == "postgresql":
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return
    row_of_places = f"({', '.join(['%s'] * len(fields))})"
    at_once = MOST_VALUES // len(fields)  # a statement a row would be the slower where triggers follow it
    while chunk := list(islice(rows, at_once)):
        places = ", ".join([row_of_places] * len(chunk))
        cursor.execute(f'INSERT INTO "{table}" ({columns}) VALUES {places}', [*chain.from_iterable(chunk)])
