"""Forms as data: fields with conditions, and what a new version of them changes. Answers: `answers.py`.

A form is a list of fields {"key", "kind", "label_zh", "label_en"?, "help_zh"?, "help_en"?, "required"?, "when"?, …}.

- text: "longest"?; number: "least"?, "most"?, "unit"?; choice: "options": [{"value", "label_zh", "label_en"?}],
  "several"?; date: "earliest"?, "latest"?; file: "endings"?; table: "columns": [{"key", "kind", "label_zh", …}]
  (text, number, date or choice), "rows"? (at most).
- `when`: {"field": key of an earlier field, "is": [values]}; a field whose condition does not hold is not asked,
  and neither is one that hangs on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kechuang.facilities.engine.answers import Fault, read_day, read_number

KINDS = ("text", "number", "choice", "date", "file", "table")
_CELLS = ("text", "number", "choice", "date")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_KNOWN = {
    "text": {"longest"},
    "number": {"least", "most", "unit"},
    "choice": {"options", "several"},
    "date": {"earliest", "latest"},
    "file": {"endings"},
    "table": {"columns", "rows"},
}
_COMMON = {"key", "kind", "label_zh", "label_en", "help_zh", "help_en", "required", "when"}


def faults_in_form(fields: Sequence[Any]) -> list[Fault]:
    """Everything that makes a definition unusable, by field; an empty list when it can be published."""
    found: list[Fault] = []
    seen: dict[str, dict] = {}
    if not fields:
        found.append(Fault("", "no_fields"))
    for row in fields:
        key = str(row.get("key", "")) if isinstance(row, dict) else ""
        if not _KEY.fullmatch(key):
            found.append(Fault(key, "bad_key"))
            continue
        if key in seen:
            found.append(Fault(key, "key_twice"))
        found += _definition(row, key, KINDS, _COMMON)
        found += _condition(row, key, seen)
        seen[key] = row
    return found


def _definition(row: dict, key: str, kinds: Sequence[str], common: set[str]) -> list[Fault]:
    kind = row.get("kind")
    if kind not in kinds:
        return [Fault(key, "bad_kind", {"kinds": ", ".join(kinds)})]
    found = []
    if not str(row.get("label_zh", "")).strip():
        found.append(Fault(key, "no_label"))
    if unknown := sorted(set(row) - common - _KNOWN[kind]):
        found.append(Fault(key, "unknown_setting", {"names": ", ".join(unknown)}))
    if kind == "choice":
        found += _options(row, key)
    if kind == "number":
        found += _ordered(row, key, "least", "most", read_number)
    if kind == "date":
        found += _ordered(row, key, "earliest", "latest", read_day)
    if kind == "table":
        found += _columns(row, key)
    return found


def _options(row: dict, key: str) -> list[Fault]:
    options = row.get("options")
    if not isinstance(options, list) or not options:
        return [Fault(key, "no_options")]
    values = [str(o.get("value", "")) if isinstance(o, dict) else "" for o in options]
    if not all(values) or len(set(values)) < len(values):
        return [Fault(key, "options_unclear")]
    return []


def _ordered(row: dict, key: str, low: str, high: str, read) -> list[Fault]:
    edges = []
    for name in (low, high):
        given = row.get(name)
        if given in (None, ""):
            continue
        value = read(given)
        if value is None:
            return [Fault(key, "bad_limit", {"name": name, "value": given})]
        edges.append(value)
    return [Fault(key, "limits_cross")] if len(edges) == 2 and edges[0] > edges[1] else []


def _columns(row: dict, key: str) -> list[Fault]:
    columns = row.get("columns")
    if not isinstance(columns, list) or not columns:
        return [Fault(key, "no_columns")]
    found: list[Fault] = []
    keys = [c.get("key") if isinstance(c, dict) else None for c in columns]
    if any(not _KEY.fullmatch(str(k or "")) for k in keys) or len(set(keys)) < len(keys):
        return [Fault(key, "columns_unclear")]
    for column in columns:
        found += _definition(column, key, _CELLS, {"key", "kind", "label_zh", "label_en", "required"})
    return found


def _condition(row: dict, key: str, before: Mapping[str, dict]) -> list[Fault]:
    when = row.get("when")
    if not when:
        return []
    if not isinstance(when, dict) or when.get("field") not in before:
        return [Fault(key, "condition_on_later_field")]
    if not isinstance(when.get("is"), list) or not when["is"]:
        return [Fault(key, "condition_without_values")]
    asked = before[when["field"]]
    if asked.get("kind") == "choice":
        offered = {str(o.get("value")) for o in asked.get("options", []) if isinstance(o, dict)}
        if lost := [v for v in when["is"] if str(v) not in offered]:
            return [Fault(key, "condition_never_holds", {"values": ", ".join(map(str, lost))})]
    return []


@dataclass(frozen=True, slots=True)
class FormChange:
    """One field that was added, removed or changed; `again`: the kind changed, its answers must be given anew."""

    key: str
    what: str
    again: bool = False


def changes(old: Sequence[dict], new: Sequence[dict]) -> list[FormChange]:
    """What the new version asks otherwise, in the order of the new form, removed fields last."""
    before = {row["key"]: row for row in old}
    after = {row["key"]: row for row in new}
    found = [
        FormChange(key, "added")
        if key not in before
        else FormChange(key, "changed", again=row["kind"] != before[key]["kind"])
        for key, row in after.items()
        if before.get(key) != row
    ]
    return found + [FormChange(key, "removed") for key in before if key not in after]
