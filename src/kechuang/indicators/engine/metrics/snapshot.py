"""An immutable copy of a table, named by what it says and not by how its file is written.

The name is SHA-256 over the schema (columns by name) and the rows in canonical order, so the same rows in
another order, another compression or another Parquet writer have the same name, and one changed value another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from kechuang.indicators.engine.metrics.errors import SnapshotError, TableError
from kechuang.indicators.engine.metrics.row_digest import digests_of, row_hashes
from kechuang.indicators.engine.metrics.tables import DIGEST

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

ROW_GROUP = 122_880  # what DuckDB reads, or skips, at once


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`content` is a Parquet file in memory; `name` is the hash of what it says."""

    table: str
    name: str
    rows: int
    content: bytes


def take_snapshot(table: str, data: pa.Table | Iterable[Mapping], together: tuple[str, ...] = ()) -> Snapshot:
    """Typed copy of an Arrow table or of rows as mappings, with a digest stored beside each row.

    Columns become int64, string, date or boolean (numbers with a fraction become text: they cannot be added up
    to equal sums everywhere). Rows are written in the order of the columns `together` (the time field, say), so
    that engines skip what lies outside a cell; the name does not depend on it.
    Raises TableError for a column of another type, a name used twice, or an unknown one in `together`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        data = data if isinstance(data, pa.Table) else pa.Table.from_pylist(list(data))
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise TableError(
            f"table {table!r}", f"a column mixes types: {error}", "Use one type a column."
        ) from error
    data = portable(table, data)
    if unknown := set(together) - set(data.column_names):
        raise TableError(
            f"table {table!r}", f"no column {sorted(unknown)[0]!r}", "Name columns of the table."
        )
    data = data.sort_by([(name, "ascending") for name in together]) if together else data
    hashes = row_hashes(data)
    name = content_name(data, hashes)
    out = BytesIO()
    digested = data.append_column(DIGEST, pa.array(digests_of(hashes)))
    pq.write_table(digested, out, compression="zstd", row_group_size=ROW_GROUP)
    return Snapshot(table, name, data.num_rows, out.getvalue())


def open_snapshot(content: bytes, name: str) -> pa.Table:
    """The table with its row digests. Raises SnapshotError when it does not say what its name says."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    where = f"snapshot {name[:12]}"
    try:
        data = pq.read_table(BytesIO(content))
        stored = data[DIGEST].to_numpy()
        plain = data.drop_columns([DIGEST])
        hashes = row_hashes(plain)
        honest = content_name(plain, hashes) == name and np.array_equal(stored, digests_of(hashes))
    except (pa.ArrowException, KeyError) as error:
        raise SnapshotError(where, f"not readable: {error}", "Restore the file from a copy.") from error
    if not honest:
        raise SnapshotError(
            where, "its content is not what its name says: it was changed", "Restore it from a copy."
        )
    return data


def portable(table: str, data: pa.Table) -> pa.Table:
    """The table in the types all engines share, without a stored digest. Raises TableError."""
    import pyarrow as pa

    data = data.drop_columns([DIGEST]) if DIGEST in data.column_names else data
    lowered = [name.lower() for name in data.column_names]
    if twice := sorted({name for name in lowered if lowered.count(name) > 1}):
        raise TableError(
            f"table {table!r}", f"two columns are named {twice[0]!r}", "Engines ignore case: rename one."
        )
    columns = {name: _portable_column(table, name, data[name]) for name in data.column_names}
    return pa.table(columns)


def content_name(data: pa.Table, hashes: np.ndarray) -> str:
    """SHA-256 (hex) of a portable table's logical content; `hashes` are those of its rows."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    names = sorted(data.column_names)
    order = np.argsort(hashes, kind="stable")
    ranked = hashes[order]
    if len(ranked) > 1 and (ranked[1:] == ranked[:-1]).any():
        keyed = data.append_column("_hash", pa.array(hashes))
        order = pc.sort_indices(keyed, [(name, "ascending") for name in ("_hash", *names)])
    digest = sha256(repr([(name, str(data[name].type)) for name in names]).encode() + b"%d" % data.num_rows)
    for name in names:
        column = data[name].combine_chunks().take(pa.array(order))
        digest.update(np.packbits(column.is_null().to_numpy(zero_copy_only=False)).tobytes())
        if pa.types.is_string(column.type):
            filled = pc.fill_null(column, "")
            digest.update(pc.binary_length(filled).to_numpy().astype("<i4").tobytes())
            digest.update(_text_bytes(filled))
        else:
            column = column.cast(pa.int32()) if pa.types.is_date32(column.type) else column
            digest.update(pc.fill_null(column.cast(pa.int64()), 0).to_numpy().astype("<i8").tobytes())
    return digest.hexdigest()


def _text_bytes(texts: pa.StringArray) -> memoryview:
    """The UTF-8 of all texts on end."""
    import numpy as np

    _, offsets, content = texts.buffers()
    bounds = (
        np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1] if offsets else [0, 0]
    )
    return memoryview(content or b"")[bounds[0] : bounds[-1]]


def _portable_column(table: str, name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa

    kind, types = column.type, pa.types
    if types.is_dictionary(kind):
        return _portable_column(table, name, column.cast(kind.value_type))
    if types.is_integer(kind):
        target = pa.int64()
    elif (
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_floating(kind)
        or types.is_decimal(kind)
    ):
        target = pa.string()
    elif types.is_date(kind):
        target = pa.date32()
    elif types.is_null(kind):
        target = pa.string()
    elif types.is_boolean(kind):
        target = pa.bool_()
    else:
        raise TableError(
            f"table {table!r}", f"column {name!r} is {kind}", "Export numbers, text, days or true/false."
        )
    try:
        return column.cast(target)
    except pa.ArrowInvalid as error:
        raise TableError(
            f"table {table!r}", f"column {name!r}: {error}", "Whole numbers fit 64 bits."
        ) from error
