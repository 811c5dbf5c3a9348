"""Statements and repairs as flat rows: the fields of `kechuang plan read` and `kechuang plan repair`."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal

from kechuang.plan.engine.reading.types import Repair, Statement

FIELDS = ("doc", *(field.name for field in fields(Statement)))


def statement_row(doc: str, statement: Statement) -> dict[str, object]:
    """One JSONL object: numbers as int or float, dates as ISO text, what is absent as null or an empty text."""
    return {"doc": doc, **{name: _plain(getattr(statement, name)) for name in FIELDS[1:]}}


def repair_row(doc: str, raw: str, repair: Repair) -> dict[str, object]:
    """One JSONL object: the raw span, its text, what replaced it and under which rule."""
    return {
        "doc": doc,
        "start": repair.start,
        "end": repair.end,
        "raw": raw[repair.start : repair.end],
        "replacement": repair.replacement,
        "rule": repair.rule,
    }


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value
