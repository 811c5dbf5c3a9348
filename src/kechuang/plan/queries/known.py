"""Promises and tasks as they were known at the end of a past day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils import timezone

from kechuang.core import clock
from kechuang.core.as_known import as_known
from kechuang.plan.models import Commitment, Task

KNOWN = {
    Commitment: ("title_zh", "title_en", "lead", "unit", "due", "metric", "promised_on"),
    Task: ("title_zh", "title_en", "lead", "due", "stage"),
}


def moment_of(end: date) -> datetime:
    """The end of a day."""
    return timezone.make_aware(datetime.combine(end, time.max))


def at_its_end(records: Sequence[Commitment | Task], end: date) -> None:
    """Give promises or tasks, in memory, what was known of them at the end of a past day: how they and those who led
    them were called, and when a task was due."""
    if not records or end >= clock.today():
        return
    as_known(records, KNOWN[type(records[0])], moment_of(end))
    leads = {record.lead.pk: record.lead for record in records if record.lead}
    as_known(leads.values(), ("name_zh", "name_en"), moment_of(end))
    for record in records:
        if record.lead:
            record.lead = leads[record.lead.pk]
