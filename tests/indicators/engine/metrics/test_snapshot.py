"""A snapshot is named by what it says; a changed one is found out."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kechuang.indicators.engine.metrics import SnapshotError, TableError, open_snapshot, take_snapshot
from kechuang.indicators.engine.metrics.row_digest import digests_of, row_hashes

ROW = st.fixed_dictionaries(
    {
        "amount": st.none() | st.integers(-(2**63), 2**63 - 1),
        "name": st.none() | st.text(max_size=4),
        "day": st.none() | st.dates(),
        "open": st.none() | st.booleans(),
    }
)
SCHEMA = pa.schema(
    [("amount", pa.int64()), ("name", pa.string()), ("day", pa.date32()), ("open", pa.bool_())]
)


def snapshot(rows, names=tuple(SCHEMA.names), **more):
    return take_snapshot("t", pa.Table.from_pylist(rows, SCHEMA).select(names), **more)


@settings(max_examples=60)
@given(rows=st.lists(ROW, max_size=12), data=st.data())
def test_order_of_rows_and_columns_and_writer_do_not_change_the_name(rows, data):
    first = snapshot(rows)
    other = snapshot(
        data.draw(st.permutations(rows)), data.draw(st.permutations(SCHEMA.names)), together=("day",)
    )
    assert first.name == other.name
    table = open_snapshot(first.content, first.name)
    out = BytesIO()
    pq.write_table(table.slice(0), out, compression="none", use_dictionary=False, row_group_size=3)
    assert open_snapshot(out.getvalue(), first.name).equals(table)


@settings(max_examples=100)
@given(rows=st.lists(ROW, max_size=6), others=st.lists(ROW, max_size=6))
def test_names_are_equal_exactly_when_rows_are(rows, others):
    same, other = (sorted(repr(sorted(row.items())) for row in each) for each in (rows, others))
    assert (snapshot(rows).name == snapshot(others).name) == (same == other)


@pytest.mark.parametrize(
    ("rows", "others"),
    [
        ([{"name": None}], [{"name": ""}]),
        ([{"name": "ab"}, {"name": "c"}], [{"name": "a"}, {"name": "bc"}]),
        ([{"amount": None}], [{"amount": 0}]),
        ([{"amount": 1}], [{"amount": 1}, {"amount": 1}]),
        ([{"amount": 1, "name": "1"}], [{"amount": None, "name": "1"}]),
    ],
)
def test_lookalikes_have_different_names(rows, others):
    assert snapshot(rows).name != snapshot(others).name


def test_a_column_name_belongs_to_the_content():
    assert take_snapshot("t", [{"a": 1, "b": 2}]).name != take_snapshot("t", [{"b": 1, "a": 2}]).name
    assert take_snapshot("t", [{"a": 1}]).name != take_snapshot("t", [{"b": 1}]).name


def test_tampering_is_found():
    taken = take_snapshot("t", [{"a": i, "day": date(2024, 1, 1)} for i in range(9)])
    table = pq.read_table(BytesIO(taken.content))

    def written(changed):
        out = BytesIO()
        pq.write_table(changed, out)
        return out.getvalue()

    value = table.set_column(0, "a", pa.array([*range(8), 80]))
    digest = table.set_column(2, "row_digest", pa.array([0] * 9))
    for changed in (value, digest, table.slice(1), pa.concat_tables([table, table.slice(0, 1)])):
        with pytest.raises(SnapshotError, match="changed"):
            open_snapshot(written(changed), taken.name)
    with pytest.raises(SnapshotError, match="not readable"):
        open_snapshot(taken.content[:50], taken.name)
    with pytest.raises(SnapshotError, match="not readable"):
        open_snapshot(written(table.drop_columns(["row_digest"])), taken.name)


def test_numbers_with_a_fraction_are_kept_as_text_and_odd_types_refused():
    taken = take_snapshot("t", pa.table({"x": [1.5, None], "small": pa.array([1, 2], pa.int16())}))
    table = open_snapshot(taken.content, taken.name)
    assert table["x"].to_pylist() == ["1.5", None]
    assert table.schema.field("small").type == pa.int64()
    with pytest.raises(TableError, match="'when' is timestamp"):
        take_snapshot("t", pa.table({"when": pa.array([0], pa.timestamp("s"))}))
    with pytest.raises(TableError, match="ignore case"):
        take_snapshot("t", pa.table({"a": [1], "A": [1]}))
    with pytest.raises(TableError, match="64 bits"):
        take_snapshot("t", pa.table({"a": pa.array([2**64 - 1], pa.uint64())}))
    with pytest.raises(TableError, match="mixes types"):
        take_snapshot("t", [{"a": 1}, {"a": "x"}])
    with pytest.raises(TableError, match="no column 'b'"):
        take_snapshot("t", [{"a": 1}], together=("b",))


def test_digests_are_31_bits_spread_and_stable():
    digests = digests_of(row_hashes(pa.table({"a": list(range(20_000))})))
    assert digests.min() >= 0 and digests.max() < 2**31
    assert len(set(digests.tolist())) > 19_990
    assert abs(digests.mean() / 2**30 - 1) < 0.02


def test_digests_follow_their_description():
    """One number at a time, with Python's integers: splitmix64 over columns in order of name."""
    mask, golden = 2**64 - 1, 0x9E3779B97F4A7C15

    def mix(x):
        x = (x + golden) & mask
        x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & mask
        x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & mask
        return x ^ (x >> 31)

    def text(value):
        return int.from_bytes(blake2b(value.encode(), digest_size=8).digest(), "little")

    after_a = mix(0 ^ mix(mix(-1 & mask) ^ text("a")))
    after_b = mix(after_a ^ mix(text("北京") ^ text("b")))
    after_c = mix(after_b ^ mix(golden ^ text("c")))
    table = pa.table({"c": pa.array([None], pa.date32()), "a": [-1], "b": ["北京"]})
    assert digests_of(row_hashes(table)).tolist() == [after_c >> 33]
