"""A 31-bit digest of each row, computed once and stored beside it, so that every engine only adds it up.

Integers, days and truth values are mixed with splitmix64 (Steele, Lea, Flood 2014); texts enter by the first
8 bytes of BLAKE2b of their UTF-8. The order of columns does not matter, their names do.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

MISSING = 0x9E3779B97F4A7C15


def row_hashes(table: pa.Table) -> np.ndarray:
    """64-bit hashes, shape (rows,). `table` holds portable columns only."""
    import numpy as np

    total = np.zeros(table.num_rows, dtype=np.uint64)
    for name in sorted(table.column_names):
        total = _mix(total ^ _mix(_values(table[name]) ^ np.uint64(_text_hash(name))))
    return total


def digests_of(hashes: np.ndarray) -> np.ndarray:
    """31-bit digests as int64, shape (rows,): the upper bits of the rows' hashes."""
    return (hashes >> 33).astype("int64")


def _values(column: pa.ChunkedArray) -> np.ndarray:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_string(column.type):
        coded = column.combine_chunks().dictionary_encode()
        coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
        hashes = np.array(
            [_text_hash(text) for text in coded.dictionary.to_pylist()] + [MISSING], dtype=np.uint64
        )
        return hashes[pc.fill_null(coded.indices, len(hashes) - 1).to_numpy(zero_copy_only=False)]
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    numbers = column.cast(pa.int64())
    plain = pc.fill_null(numbers, 0).to_numpy().astype(np.uint64)
    return np.where(column.is_null().to_numpy(), np.uint64(MISSING), _mix(plain))


def _mix(x: np.ndarray) -> np.ndarray:
    import numpy as np

    x = x + np.uint64(MISSING)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _text_hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
