"""No hidden cell can be worked out from what is shown."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kechuang.indicators.engine.metrics import MetricError
from kechuang.indicators.engine.metrics.suppression import TOTAL, Contribution, suppress, with_totals


@st.composite
def tables(draw):
    shape = draw(st.sampled_from([(3,), (2, 3), (4, 4), (2, 2, 3)]))
    keys = list(product(*("abcd"[:n] for n in shape)))
    counts = draw(st.lists(st.integers(0, 9), min_size=len(keys), max_size=len(keys)))
    return {key: Contribution(10 * n, n) for key, n in zip(keys, counts, strict=True)}


def recomputable(cells, hidden):
    """Cells that the totals determine, by the null space of the map from cells to everything shown."""
    keys = list(cells)
    shown = [key for key in with_totals(cells) if key not in hidden]
    matrix = np.array(
        [[all(w in (TOTAL, n) for n, w in zip(key, total, strict=True)) for key in keys] for total in shown],
        float,
    )
    if not shown:
        return set()
    _, sizes, rows = np.linalg.svd(matrix)
    free = rows[(sizes > 1e-9).sum() :]
    found = set()
    for total in hidden:
        if np.abs(free @ covered(total, keys)).max(initial=0) < 1e-9:
            found.add(total)
    return found


def covered(total, keys):
    return np.array([all(w in (TOTAL, n) for n, w in zip(key, total, strict=True)) for key in keys], float)


@settings(max_examples=150)
@given(cells=tables())
def test_no_small_cell_can_be_recomputed(cells):
    result = suppress(cells)
    table = with_totals(cells)
    small = {key for key, cell in table.items() if 0 < cell.respondents < 3}
    assert result.primary == small
    assert not recomputable(cells, result.primary | result.complementary) & small
    assert result.shown == {
        key: cell.amount for key, cell in table.items() if key not in result.primary | result.complementary
    }


def test_two_cells_hidden_in_each_line_are_not_always_enough():
    """Two hidden squares joined by one cell: every line hides two or more, and yet that cell follows."""
    hidden = (
        {(r, c) for r, c in product("ab", "ab")} | {(r, c) for r, c in product("cd", "cd")} | {("b", "c")}
    )
    cells = {key: Contribution(50, 2 if key in hidden else 5) for key in product("abcd", "abcd")}
    assert recomputable(cells, hidden) == {("b", "c")}
    result = suppress(cells)
    assert result.primary == hidden
    assert result.complementary
    assert not recomputable(cells, hidden | result.complementary) & hidden


def test_a_table_without_small_cells_is_shown_whole():
    cells = {(r, c): Contribution(100, 10) for r, c in product("ab", "xy")}
    assert not suppress(cells).primary
    assert suppress(cells).shown[TOTAL, TOTAL] == 400


def test_bad_tables_are_refused():
    with pytest.raises(MetricError, match="unequal length"):
        suppress({("a",): Contribution(1, 1), ("a", "b"): Contribution(1, 1)})
    with pytest.raises(MetricError, match="negative"):
        suppress({("a",): Contribution(-1, 1)})
    with pytest.raises(MetricError, match="stands for totals"):
        suppress({(TOTAL,): Contribution(1, 1)})
