"""A list of tasks: the columns it may have, and what only shows when a row is seen as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kechuang.core.engine.sheets import Field, Sheet, marked

MOST_ROWS = 20_000
_ = marked


def columns(
    leads: Mapping[str, int], programmes: Mapping[str, int], commitments: Mapping[str, int]
) -> list[Field]:
    """The fields of the list, under the heads that the supervision table exports; the mappings give the key of every
    name that is known."""
    return [
        Field("number", ("编号", "Number"), longest=60, reads=_whole),
        Field("title_zh", ("任务", "Task"), required=True, longest=300),
        Field("title_en", ("任务（英文）", "Task (English)"), longest=400),
        Field("lead_id", ("牵头单位", "Lead", "lead"), "choice", required=True, choices=leads),
        Field("programme_id", ("工程", "Programme", "专项"), "choice", choices=programmes),
        Field("commitment_id", ("承诺", "Commitment", "commitment"), "choice", choices=commitments),
        Field("start", ("计划开始", "Planned start", "开始日期", "Start"), "date"),
        Field("due", ("期限", "Due", "完成时限", "Due date"), "date"),
        Field(
            "report_every_days",
            ("报告周期（天）", "Report every (days)"),
            "integer",
            least=1,
            most=3650,
        ),
        Field("weight", ("权重", "Weight"), "integer", least=1, most=1000),
    ]


def _whole(text: str) -> str:
    """A spreadsheet's 7.0 is the number 7."""
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


def checked(sheet: Sheet) -> Sheet:
    """With the faults of rows that are due before they start, or that stand there twice."""
    early = [
        sheet.fault(row, "due", _("is before the start"), _("Give a day after the start."))
        for row in sheet.rows
        if row["start"] and row["due"] and row["due"] < row["start"]
    ]
    return sheet.with_faults(
        [*early, *sheet.repeated(known_by, "number" if "number" in sheet.heads else "title_zh")]
    )


def known_by(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two rows the same task: the number, else title and lead."""
    return ("number", row["number"]) if row["number"] else ("title", row["title_zh"], row["lead_id"])


def facts(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the row says of the task; an empty cell says nothing."""
    return {name: value for name, value in row.items() if name != "_row" and value not in ("", None)}
