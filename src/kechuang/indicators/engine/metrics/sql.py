"""The SQL of a metric: written by Ibis once in the life of a process, from declarations and tables' shapes alone."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from kechuang.indicators.engine.metrics.catalogue import Catalogue, Declared
from kechuang.indicators.engine.metrics.compile import CellExpression
from kechuang.indicators.engine.metrics.compile_derived import values_of
from kechuang.indicators.engine.metrics.declaration import Metric
from kechuang.indicators.engine.metrics.tables import OTHER, Schema


class Shape(NamedTuple):
    """All that SQL depends on of a declared table: by what name the engine knows it, and its columns."""

    table: str
    relation: str
    schema: Schema


@lru_cache(maxsize=4096)
def values_sql(
    id: str, by: tuple[str, ...], needed: tuple[Declared, ...], shapes: tuple[Shape, ...], dialect: str
) -> str:
    """Written once in the life of a process for declarations and tables that stay as they are."""
    catalogue, shape = Catalogue(needed), {each.table: each for each in shapes}

    def expressions(metric: Metric, by: tuple[str, ...]) -> CellExpression:
        return expression_of(metric, by, shape[metric.table])

    return sql_of(values_of(catalogue[id], by, catalogue, expressions), dialect)


@lru_cache(maxsize=4096)
def digests_sql(metric: Metric, by: tuple[str, ...], shape: Shape, dialect: str) -> str:
    """Written once, as the values are."""
    return sql_of(expression_of(metric, by, shape).digests(), dialect)


def expression_of(metric: Metric, by: tuple[str, ...], shape: Shape) -> CellExpression:
    return CellExpression(metric, unbound(shape.relation, shape.schema), shape.schema, by)


def sql_of(expression, dialect: str) -> str:
    import ibis

    return str(ibis.to_sql(expression, dialect=dialect, pretty=False))


def unbound(name: str, schema: Schema):
    """An Ibis table of that shape, bound to no engine."""
    import ibis
    from ibis.expr import datatypes

    types = {column: datatypes.unknown if kind == OTHER else kind for column, kind in schema}
    return ibis.table(types, name=name)
