"""Random small tables and random declarations over them."""

from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import strategies as st

from kechuang.indicators.engine.metrics import Catalogue, Condition, Derived, Measure, Metric

FIELDS = ["生物医药", "集成电路", "it's; --", "", '"', "50% \\n\\"]
DAYS = st.builds(
    date, st.sampled_from([2019, 2020, 2022]), st.sampled_from([1, 2, 5, 12]), st.sampled_from([1, 28])
)
VALUES = {
    "field": st.sampled_from(FIELDS),
    "region": st.sampled_from(["110000", "120000"]),
    "kind": st.integers(-1, 1),
    "open": st.booleans(),
    "amount": st.one_of(st.integers(-5, 40), st.sampled_from([10**15, -(10**15)])),
    "day": DAYS,
}


def random_table(seed, size):
    """Dense enough that cells have neighbours, a value in ten missing."""
    draw = Random(seed)

    def row(i):
        day = date(draw.choice([2019, 2020, 2022]), draw.choice([1, 2, 5, 12]), draw.choice([1, 28]))
        values = {
            "field": draw.choice(FIELDS),
            "region": draw.choice(["110000", "120000"]),
            "kind": draw.randint(-1, 1),
            "open": draw.random() < 0.5,
            "amount": draw.choice([draw.randint(-5, 40), draw.randint(1, 40), 10**15]),
            "day": day,
        }
        return {"id": i} | {name: None if draw.random() < 0.1 else value for name, value in values.items()}

    return [row(i) for i in range(size)]


TABLE = st.builds(random_table, st.integers(0, 2**32), st.sampled_from([0, 1, 5, 20, 60, 60]))


@st.composite
def conditions(draw):
    column = draw(st.sampled_from(list(VALUES)))
    ordered = ["<", "<=", ">", ">="] if column in ("kind", "amount", "day") else []
    op = draw(st.sampled_from(["=", "!=", "in", "not in", "missing", "present", *ordered]))
    if op in ("missing", "present"):
        return Condition(column, op)
    if op in ("in", "not in"):
        return Condition(column, op, tuple(draw(st.lists(VALUES[column], min_size=1, max_size=3))))
    return Condition(column, op, draw(VALUES[column]))


@st.composite
def metrics(draw, id="m", timed=None, grain=None, dimensions=None, filters=2):
    how = draw(st.sampled_from(["count", "sum", "nunique", "min", "max"]))
    column = None
    if how != "count":
        column = draw(
            st.sampled_from(["kind", "amount"] + (["field", "day", "open"] if how == "nunique" else []))
        )
    if dimensions is None:
        dimensions = tuple(
            draw(
                st.lists(
                    st.sampled_from(["field", "field", "region", "kind", "open"]), unique=True, max_size=3
                )
            )
        )
    timed = draw(st.booleans()) if timed is None else timed
    return Metric(
        **header(id),
        table="contracts",
        measure=Measure(how, column),
        filter=tuple(draw(st.lists(conditions(), max_size=filters))),
        dimensions=dimensions,
        time="day" if timed else None,
        grain=grain or draw(st.sampled_from(["year", "quarter", "month"])),
    )


@st.composite
def derived(draw):
    """A catalogue with a derived metric `d` over counted ones."""
    kind = draw(st.sampled_from(["ratio", "growth", "cagr", "cumulative", "share", "per_capita"]))
    timed = kind in ("growth", "cagr", "cumulative") or draw(st.booleans())
    top = draw(metrics("top", timed=timed, filters=draw(st.integers(0, 1))))
    parts, of, more = [top], "top", {}
    if timed and kind != "cumulative" and draw(st.booleans()):
        parts.append(Derived(**header("to_date"), kind="cumulative", of="top"))
        of = "to_date"
    if kind in ("growth", "cagr"):
        more["offset"] = draw(st.sampled_from([1, 2, 3, {"year": 2, "quarter": 4, "month": 12}[top.grain]]))
    if kind == "share":
        if not top.dimensions:
            kind, more = "ratio", {}
        else:
            more["total"] = tuple(draw(st.lists(st.sampled_from(top.dimensions), unique=True, min_size=1)))
    if kind in ("ratio", "per_capita"):
        kept = top.dimensions if kind == "ratio" else top.dimensions[:1]
        parts.append(draw(metrics("bottom", timed=timed, grain=top.grain, dimensions=kept)))
        more["over"] = "bottom"
    return Catalogue(
        [*parts, Derived(**header("d"), kind=kind, of=of, scale=draw(st.sampled_from([1, 100])), **more)]
    )


def header(id):
    return {"id": id, "name_zh": "数", "name_en": "n", "unit": "1", "owner": "office", "source": "handbook"}
