"""Answers to a form, plain JSON by key: which fields are asked, and what is wrong with what was answered.

A form never deletes an answer: what it does not ask is kept and shown as not asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

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
            return _within(row, read_number(answer), "not_a_number", "least", "most", read_number)
        case "date":
            return _within(row, read_day(answer), "not_a_date", "earliest", "latest", read_day)
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


def read_number(value: Any) -> Decimal | None:
    if value is None or isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def read_day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def not_asked(fields: Sequence[dict], answers: Answers) -> list[str]:
    """Keys of answers that this form does not ask (any more); they are kept."""
    shown = {row["key"] for row in asked(fields, answers)}
    return [key for key, answer in answers.items() if key not in shown and not is_empty(answer)]
