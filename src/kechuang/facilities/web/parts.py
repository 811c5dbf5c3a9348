"""Small things the pages of calls, plans and booking share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.errors import Refusal
from kechuang.facilities.engine.wall_time import BadTime, instant
from kechuang.facilities.queries.words import BOOKING, said

WEEKDAYS = [
    (0, gettext_lazy("Monday")),
    (1, gettext_lazy("Tuesday")),
    (2, gettext_lazy("Wednesday")),
    (3, gettext_lazy("Thursday")),
    (4, gettext_lazy("Friday")),
    (5, gettext_lazy("Saturday")),
    (6, gettext_lazy("Sunday")),
]


class MomentInput(forms.DateTimeInput):
    """The browser's picker of day and hour; ISO in and out."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A wall time of the house's zone; one that a clock change skips or repeats is named."""

    widget = MomentInput

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, datetime):
            return super().to_python(value)
        for pattern in ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"):
            try:
                wall = datetime.strptime(value.strip(), pattern)
                return instant(wall, timezone.get_default_timezone())
            except BadTime as error:
                raise forms.ValidationError(said(BOOKING, error.code, {"wall": error.wall})) from error
            except ValueError:
                continue
        raise forms.ValidationError(_("Write day and hour like 2026-11-21 09:00."))


def lines_of(text: str, names: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows written one a line with | between the parts."""
    rows = []
    for line in text.splitlines():
        if line.strip():
            parts = [part.strip() for part in line.split("|")]
            rows.append({name: part for name, part in zip(names, parts, strict=False) if part})
    return rows


def text_of(rows: list[dict[str, Any]], names: tuple[str, ...]) -> str:
    return "\n".join("|".join(str(row.get(name, "")) for name in names).rstrip("|") for row in rows or [])


def whole(value: Any, field: str) -> int:
    """A whole number from a request; Refusal names the field."""
    try:
        return int(value)
    except (TypeError, ValueError):
        raise Refusal(_("%(value)s is not a whole number.") % {"value": value}, field=field) from None
