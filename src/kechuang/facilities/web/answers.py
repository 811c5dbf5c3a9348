"""A form of a call as a Django form: one widget a kind, answers in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from kechuang.core.language import in_language
from kechuang.core.web.forms import DateInput
from kechuang.facilities.engine.answers import asked
from kechuang.facilities.queries.words import label_of


class AnswersForm(forms.Form):
    """The fields that are asked with these answers. Nothing is required here: a draft may be unfinished."""

    def __init__(
        self, *args: Any, definition: Sequence[dict], answers: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.definition = asked(definition, answers)
        for row in self.definition:
            made = _field(row, answers.get(row["key"]))
            made.label = label_of(row) + (" *" if row.get("required") else "")
            made.required = False
            help_text = in_language(row.get("help_zh", ""), row.get("help_en", ""))
            made.help_text = " ".join(part for part in (help_text, str(made.help_text)) if part)
            self.fields[row["key"]] = made

    def answers(self) -> dict[str, Any]:
        """The answers as the engine reads them; files are handed in separately."""
        found = {}
        for row in self.definition:
            given = self.cleaned_data.get(row["key"])
            if row["kind"] == "table":
                found[row["key"]] = _rows(row, given or "")
            elif row["kind"] != "file":
                found[row["key"]] = given.isoformat() if hasattr(given, "isoformat") else given
        return found

    def uploads(self) -> list[tuple[str, Any]]:
        keys = [row["key"] for row in self.definition if row["kind"] == "file"]
        return [(key, self.cleaned_data[key]) for key in keys if self.cleaned_data.get(key)]


def _field(row: dict, answer: Any) -> forms.Field:
    match row["kind"]:
        case "number":
            unit = row.get("unit", "")
            limits = [str(row[name]) if name in row else "" for name in ("least", "most")]
            help_text = " ".join(part for part in ("–".join(limits) if any(limits) else "", unit) if part)
            widget = forms.TextInput(attrs={"inputmode": "decimal"})
            return forms.CharField(initial=answer, widget=widget, help_text=help_text)
        case "date":
            return forms.DateField(initial=answer, widget=DateInput)
        case "choice":
            options = [(o["value"], label_of(o) or o["value"]) for o in row["options"]]
            if row.get("several"):
                return forms.MultipleChoiceField(
                    choices=options, initial=answer, widget=forms.CheckboxSelectMultiple
                )
            return forms.ChoiceField(choices=options, initial=answer, widget=forms.RadioSelect)
        case "file":
            return forms.FileField(help_text=_("Handed in: %(name)s") % {"name": answer} if answer else "")
        case "table":
            names = " | ".join(label_of(column) for column in row["columns"])
            return forms.CharField(
                initial=_lines(row, answer),
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_("One row a line: %(columns)s") % {"columns": names},
            )
    rows = 6 if (row.get("longest") or 1000) > 200 else 2
    return forms.CharField(initial=answer, widget=forms.Textarea(attrs={"rows": rows}))


def _rows(row: dict, text: str) -> list[dict[str, str]]:
    keys = [column["key"] for column in row["columns"]]
    lines = [line.replace("｜", "|").split("|") for line in text.splitlines() if line.strip()]
    return [{key: part.strip() for key, part in zip(keys, line, strict=False)} for line in lines]


def _lines(row: dict, answer: Any) -> str:
    keys = [column["key"] for column in row["columns"]]
    return "\n".join(" | ".join(str(line.get(key, "")) for key in keys) for line in answer or [])


def shown(definition: Sequence[dict], answers: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """(question, answer) pairs as a reader sees them; a table as (header, rows)."""
    pairs = []
    for row in asked(definition, answers):
        answer = answers.get(row["key"])
        if row["kind"] == "choice":
            names = {str(o["value"]): label_of(o) or o["value"] for o in row["options"]}
            given = answer if isinstance(answer, list) else [answer] if answer else []
            answer = " · ".join(names.get(str(g), str(g)) for g in given)
        elif row["kind"] == "table":
            keys = [column["key"] for column in row["columns"]]
            answer = {
                "head": [label_of(column) for column in row["columns"]],
                "rows": [[line.get(key, "") for key in keys] for line in answer or []],
            }
        elif row["kind"] == "number" and answer not in (None, "") and row.get("unit"):
            answer = f"{answer} {row['unit']}"
        pairs.append((label_of(row), answer))
    return pairs
