"""Composite indices: a framework, a recipe of named stages, uncertainty and sensitivity.

`Pipeline(table, framework).run(recipe)` composes an index; `study` and `intervals` try its uncertain inputs; the functions of
`analysis` and `importance` read the result. Everything is pure: bytes and arrays in, dataclasses out, IndexInputError on bad input.
"""

from kechuang.indicators.engine.index.analysis import (
    audit,
    compare,
    peers,
    strengths,
    to_gain_a_rank,
)
from kechuang.indicators.engine.index.errors import IndexInputError
from kechuang.indicators.engine.index.framework import Framework, Node, from_entries, from_meta
from kechuang.indicators.engine.index.importance import contributions, effective_weights, implied_weights
from kechuang.indicators.engine.index.pipeline import Pipeline, Result
from kechuang.indicators.engine.index.recipe import STAGES, Recipe, parse_change, with_change
from kechuang.indicators.engine.index.recipe_file import read_recipe
from kechuang.indicators.engine.index.replicates import read_settings, read_weights
from kechuang.indicators.engine.index.sensitivity import intervals, nominal_scores, study
from kechuang.indicators.engine.index.table import Table, read_table
from kechuang.indicators.engine.index.uncertainty import ahead, evaluate, rank_intervals

__all__ = [
    "STAGES",
    "Framework",
    "IndexInputError",
    "Node",
    "Pipeline",
    "Recipe",
    "Result",
    "Table",
    "ahead",
    "audit",
    "compare",
    "contributions",
    "effective_weights",
    "evaluate",
    "from_entries",
    "from_meta",
    "implied_weights",
    "intervals",
    "nominal_scores",
    "parse_change",
    "peers",
    "rank_intervals",
    "read_recipe",
    "read_settings",
    "read_table",
    "read_weights",
    "strengths",
    "study",
    "to_gain_a_rank",
    "with_change",
]
