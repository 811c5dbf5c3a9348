"""Conditions of a definition as people write them: one a line, column, sign, value."""

from __future__ import annotations

import json

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SIGNS = ("not in", "missing", "present", "!=", "<=", ">=", "in", "=", "<", ">")


class ConditionsField(forms.CharField):
    """A line a condition; cleaned into conditions as data."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "mono"})

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Conditions"),
            required=False,
            help_text=gettext_lazy(
                "One a line: column = value. Signs: = != in, not in, <, <=, >, >=, missing, present."
            ),
        )

    def clean(self, value: str) -> list[dict]:
        lines = super().clean(value).splitlines()
        return [condition_from(line.strip()) for line in lines if line.strip()]


def names_in(text: str) -> list[str]:
    """Names with commas between."""
    return [name.strip() for name in text.split(",") if name.strip()]


def condition_from(line: str) -> dict:
    """`stage in proposed, accepted` as data. Raises ValidationError naming the line."""
    column, _blank, rest = line.partition(" ")
    sign = next((sign for sign in SIGNS if rest.strip().startswith(sign)), "")
    if not sign:
        raise forms.ValidationError(_("“%(line)s”: write column, sign and value.") % {"line": line})
    text = rest.strip()[len(sign) :].strip()
    if sign in ("missing", "present"):
        return {"column": column, "op": sign}
    if sign in ("in", "not in"):
        return {
            "column": column,
            "op": sign,
            "value": [_scalar(part) for part in text.split(",") if part.strip()],
        }
    return {"column": column, "op": sign, "value": _scalar(text)}


def _scalar(text: str) -> str | int | bool:
    text = text.strip()
    if text in ("true", "false"):
        return text == "true"
    if text.removeprefix("-").isdecimal():
        return int(text)
    return text.strip("\"'“”")


def condition_line(plain: dict) -> str:
    """The inverse of `condition_from`."""
    value = plain.get("value")
    parts = value if isinstance(value, list) else [value] if value is not None else []
    text = ", ".join(json.dumps(part) if isinstance(part, bool) else str(part) for part in parts)
    return f"{plain['column']} {plain['op']} {text}".strip()
