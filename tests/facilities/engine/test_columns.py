"""Columns against a loop over rows: counts, selections, pages, patches."""

import random

from hypothesis import given
from hypothesis import strategies as st

from kechuang.facilities.engine.columns import Columns, Row

KINDS, PLACES = ["a", "b", "c", ""], [None, 1, 2, 3]
rows_strategy = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(PLACES), st.integers(-3, 3), st.booleans()), max_size=40
)


def make(rows, first=1):
    return [
        Row(first + i, {"kind": kind, "place": place}, {"value": value}, live)
        for i, (kind, place, value, live) in enumerate(rows)
    ]


def walk(columns, mask, size, down):
    """All pages forth, then all pages back."""
    keys, after = [], 0
    while True:
        page = columns.page(mask, "value", size, descending=down, after=after)
        keys += page.keys
        if not page.following:
            break
        after = page.keys[-1]
    back, before = [], keys[-1] if keys else 0
    while before:
        page = columns.page(mask, "value", size, descending=down, before=before)
        back = page.keys + back
        before = page.keys[0] if page.preceding else 0
    return keys, back


@given(rows_strategy, st.sets(st.sampled_from(KINDS)), st.integers(1, 7), st.booleans())
def test_against_a_loop(given_rows, kinds, size, down):
    rows = make(given_rows)
    columns = Columns(rows)
    mask = columns.select({"kind": kinds})
    wanted = [row for row in rows if row.live and row.facets["kind"] in kinds]
    assert sorted(columns.keys[mask].tolist()) == [row.key for row in wanted]
    counts = {}
    for row in wanted:
        counts[row.facets["place"]] = counts.get(row.facets["place"], 0) + 1
    assert columns.counts("place", mask) == counts
    ordered = sorted(wanted, key=lambda row: (row.orders["value"], row.key), reverse=down)
    keys, back = walk(columns, mask, size, down)
    assert [columns_value(rows, key) for key in keys] == [row.orders["value"] for row in ordered]
    assert sorted(keys) == sorted(row.key for row in ordered) and len(set(keys)) == len(keys)
    assert back == keys[:-1]


def columns_value(rows, key):
    return rows[key - 1].orders["value"]


@given(rows_strategy.filter(bool), rows_strategy, st.randoms(use_true_random=False))
def test_a_patch_equals_columns_made_anew(given_rows, added, chance):
    rows = make(given_rows)
    changed = [
        Row(
            row.key,
            {"kind": chance.choice(KINDS), "place": chance.choice(PLACES)},
            {"value": chance.randint(-3, 3)},
            chance.random() < 0.7,
        )
        for row in rows
        if chance.random() < 0.4
    ] + make(added, len(rows) + 1)
    patched = Columns(rows).patched(changed)
    final = {row.key: row for row in [*rows, *changed]}
    anew = Columns(final.values())
    for kind in KINDS:
        mine, theirs = patched.select({"kind": [kind]}), anew.select({"kind": [kind]})
        assert mine.tolist() == theirs.tolist()
        assert patched.counts("place", mine) == anew.counts("place", theirs)
        assert patched.page(mine, "value", 100).keys == anew.page(theirs, "value", 100).keys


def test_many_changes_at_once():
    chance = random.Random(1)
    rows = make(
        [(chance.choice(KINDS), chance.choice(PLACES), chance.randint(0, 9), True) for _ in range(6000)]
    )
    changed = [Row(row.key, row.facets, {"value": -row.orders["value"]}, True) for row in rows[:3000]]
    patched = Columns(rows).patched(changed)
    values = [patched.sorts["value"][place] for place in patched.order["value"]]
    assert values == sorted(values)
