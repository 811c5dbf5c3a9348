"""Forms as data: fields with conditions, answers checked against them, and what a new version changes.

A form is a list of fields {"key", "kind", "label_zh", "label_en"?, "help_zh"?, "help_en"?, "required"?, "when"?, …}.

- text: "longest"?; number: "least"?, "most"?, "unit"?; choice: "options": [{"value", "label_zh", "label_en"?}],
  "several"?; date: "earliest"?, "latest"?; file: "endings"?; table: "columns": [{"key", "kind", "label_zh", …}]
  (text, number, date or choice), "rows"? (at most).
- `when`: {"field": key of an earlier field, "is": [values]}; a field whose condition does not hold is not asked,
  and neither is one that hangs on it.

Answers are plain JSON by key. A form never deletes an answer: what it does not ask is kept and shown as not asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

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
MOST_ROWS, LONGEST = 200, 20_000
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, as a code with facts; `row` and `column` point into a table (row from 1)."""

    key: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    row: int | None = None
    column: str = ""


# ---- the definition


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
        found += _ordered(row, key, "least", "most", _number)
    if kind == "date":
        found += _ordered(row, key, "earliest", "latest", _day)
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


# ---- answers


def asked(fields: Sequence[dict], answers: Answers) -> list[dict]:
    """The fields whose condition holds, in order. A condition on a field that is not asked does not hold."""
    shown: list[dict] = []
    keys: set[str] = set()
    for row in fields:
        when = row.get("when")
        if when and not (when["field"] in keys and _is_one_of(answers.get(when["field"]), when["is"])):
            continue
        shown.append(row)
        keys.add(row["key"])
    return shown


def _is_one_of(answer: Any, values: Sequence[Any]) -> bool:
    given = answer if isinstance(answer, list) else [answer]
    wanted = {str(v) for v in values}
    return any(str(g) in wanted for g in given if g is not None)


def faults_in_answers(fields: Sequence[dict], answers: Answers, *, complete: bool = True) -> list[Fault]:
    """What is wrong with the answers to the asked fields. `complete=False` (a draft) lets required ones wait."""
    found: list[Fault] = []
    for row in asked(fields, answers):
        answer = answers.get(row["key"])
        if is_empty(answer):
            if complete and row.get("required"):
                found.append(Fault(row["key"], "required"))
        elif row["kind"] == "table":
            found += _table(row, answer, complete)
        elif fault := _value(row, answer):
            found.append(Fault(row["key"], *fault))
    return found


def is_empty(answer: Any) -> bool:
    return answer is None or answer == [] or (isinstance(answer, str) and not answer.strip())


def _value(row: dict, answer: Any) -> tuple[str, dict] | None:
    """(code, facts) of what is wrong with one plain answer."""
    match row["kind"]:
        case "text":
            longest = row.get("longest") or LONGEST
            too_long = len(str(answer)) > longest
            return ("too_long", {"most": longest, "given": len(str(answer))}) if too_long else None
        case "number":
            return _within(row, _number(answer), "not_a_number", "least", "most", _number)
        case "date":
            return _within(row, _day(answer), "not_a_date", "earliest", "latest", _day)
        case "choice":
            return _chosen(row, answer)
        case "file":
            endings = tuple(str(e).lower() for e in row.get("endings") or ())
            if endings and not str(answer).lower().endswith(endings):
                return "wrong_ending", {"endings": ", ".join(endings)}
    return None


def _within(row, value, code, low, high, read) -> tuple[str, dict] | None:
    if value is None:
        return code, {}
    least, most = read(row.get(low)), read(row.get(high))
    if least is not None and value < least:
        return "below", {"least": row[low]}
    if most is not None and value > most:
        return "above", {"most": row[high]}
    return None


def _chosen(row: dict, answer: Any) -> tuple[str, dict] | None:
    offered = {str(o["value"]) for o in row["options"]}
    given = answer if isinstance(answer, list) else [answer]
    if len(given) > 1 and not row.get("several"):
        return "one_only", {}
    if lost := [str(g) for g in given if str(g) not in offered]:
        return "not_offered", {"values": ", ".join(lost)}
    return None


def _table(row: dict, answer: Any, complete: bool) -> list[Fault]:
    if not isinstance(answer, list) or not all(isinstance(r, dict) for r in answer):
        return [Fault(row["key"], "not_a_table")]
    most = row.get("rows") or MOST_ROWS
    if len(answer) > most:
        return [Fault(row["key"], "too_many_rows", {"most": most, "given": len(answer)})]
    found = []
    for number, line in enumerate(answer, 1):
        for column in row["columns"]:
            cell = line.get(column["key"])
            if is_empty(cell):
                if complete and column.get("required"):
                    found.append(Fault(row["key"], "required", {}, number, column["key"]))
            elif fault := _value(column, cell):
                found.append(Fault(row["key"], *fault, number, column["key"]))
    return found


def _number(value: Any) -> Decimal | None:
    if value is None or isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


# ---- versions


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


def not_asked(fields: Sequence[dict], answers: Answers) -> list[str]:
    """Keys of answers that this form does not ask (any more); they are kept."""
    shown = {row["key"] for row in asked(fields, answers)}
    return [key for key, answer in answers.items() if key not in shown and not is_empty(answer)]
