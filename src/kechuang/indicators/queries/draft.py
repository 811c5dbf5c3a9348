"""A first recipe for a table that somebody uploads."""

from __future__ import annotations

from kechuang.indicators.engine.index import IndexInputError, from_entries, read_table
from kechuang.indicators.engine.index import Recipe as EngineRecipe
from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.recipe import Stage, Uncertain
from kechuang.indicators.engine.index.table import UNIT_COLUMNS, Table, read_csv
from kechuang.indicators.queries.toml_text import recipe_text

INDEX = "index"
YEARS = ("year", "年份", "年")
NAMES = {  # columns that name the units of a key column in words
    "zh": lambda unit: (f"{unit}_zh", "name_zh", "名称"),
    "en": lambda unit: (f"{unit}_en", "name_en", "uName"),
}
UNCERTAIN = (  # what is uncertain in most indices
    Uncertain(
        "scale",
        "normalise",
        ({"method": "minmax", "range": [1, 100]}, {"method": "z", "mean": 50, "sd": 10}),
    ),
    Uncertain("mean", "aggregate.method", ("arithmetic", "geometric")),
    Uncertain("weights", "weights", noise=0.25, sets=100),
)


def recipe_for(data: bytes, name: str, title: str, lower: set[str], has_framework: bool) -> tuple[str, str]:
    """A recipe and the data as text: medians for what is missing, outliers treated, 1–100, equal weights.

    Scale, weights and kind of mean are uncertain. Raises IndexInputError for a table that is none.
    """
    header, _rows = read_csv(data, "the data")
    unit = next((name for name in UNIT_COLUMNS if name in header), header[0])
    keys = (unit, *(head for head in header if head != unit and head.lower() in YEARS))[:2]
    names = {language: head for language, given in NAMES.items() for head in header if head in given(unit)}
    table = read_table(data, keys)
    numbers = [head for head in header if head not in {*keys, *names.values()} and _is_number(table, head)]
    if not numbers and not has_framework:
        raise refuse("the data hold no column of numbers", "give a column for each indicator")
    if unknown := sorted(lower - set(numbers)):
        raise refuse(
            f"'{unknown[0]}' is no indicator of the data", f"the indicators are {', '.join(numbers)}"
        )
    entries: list[dict] = [] if has_framework else [{"code": INDEX, "name": title}]
    for head in () if has_framework else numbers:
        turn = {"direction": -1} if head in lower else {}
        entries.append({"code": head, "name": head, "parent": INDEX, **turn})
    if entries:
        from_entries(entries)
    recipe = EngineRecipe(name, title, keys, tuple(entries), _stages(), UNCERTAIN, names=names)
    return recipe_text(recipe), data.decode("utf-8-sig")


def _stages() -> tuple[Stage, ...]:
    return (
        Stage("impute", {"method": "median"}),
        Stage("treat", {}),
        Stage("normalise", {"method": "minmax", "range": [1, 100]}),
        Stage("aggregate", {"method": "arithmetic"}),
    )


def _is_number(table: Table, head: str) -> bool:
    try:
        return bool((table.number(head) == table.number(head)).any())
    except IndexInputError:
        return False
