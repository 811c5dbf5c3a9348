"""When a task's next report is due."""

from __future__ import annotations

from datetime import date, timedelta


def next_report(due: date | None, last_heard: date | None, report_every: int, on: date) -> date:
    """The day by which the responsible organisation reports next.

    At once (`on`) while nothing was heard; then `report_every` days after the last report or the start, and on the due
    date at the latest.
    """
    if last_heard is None:
        return on if due is None else min(on, due)
    regular = last_heard + timedelta(days=report_every)
    return regular if due is None else min(regular, due)
