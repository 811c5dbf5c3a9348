"""Snapshots on disk: immutable, under the name of their content, checked before they are read."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from kechuang.indicators.engine.metrics import SnapshotError, open_snapshot
from kechuang.indicators.models import Snapshot

if TYPE_CHECKING:
    import pyarrow as pa


def path_of(name: str) -> Path:
    return Path(settings.SNAPSHOTS) / name[:2] / f"{name}.parquet"


def read(snapshot: Snapshot) -> pa.Table:
    """The table with its row digests. Raises SnapshotError when the file is gone or was changed."""
    path = path_of(snapshot.name)
    try:
        seen = path.stat()
    except OSError as error:
        where = f"snapshot {snapshot.name[:12]} of {snapshot.table}"
        raise SnapshotError(where, "the file is gone", "Restore it from a copy.") from error
    return _opened(snapshot.name, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=16)
def _opened(name: str, changed: int, size: int) -> pa.Table:
    """`changed` and `size` make a touched file be checked again."""
    return open_snapshot(path_of(name).read_bytes(), name)


def newest(table: str) -> Snapshot | None:
    return Snapshot.objects.filter(table=table).order_by("-taken_at", "-id").first()
