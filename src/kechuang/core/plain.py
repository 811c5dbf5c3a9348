"""Values as JSON can hold them on every database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from django.db import models

from kechuang.core.kinds import kind_of


def plain(value: Any) -> Any:
    """`value` as JSON can hold it on every database, so that what is read back hashes as what was written.

    Dates become ISO text, decimals text, records their key; a float that is whole becomes an integer (jsonb would
    turn 1e20 into one) and one that is no number becomes text; whatever JSON does not know becomes text.
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            return str(value).replace("\x00", "")
        case float():
            return (int(value) if value.is_integer() else value) if isfinite(value) else str(value)
        case dict():
            return {plain(str(k)): plain(v) for k, v in value.items()}
        case list() | tuple():
            return [plain(v) for v in value]
        case set() | frozenset():
            return sorted((plain(v) for v in value), key=str)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return format(value.normalize(), "f")
        case models.Model():
            return f"{kind_of(value)}:{value.pk}"
    return str(value)
