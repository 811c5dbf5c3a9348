"""What forms and lists offer: only records that the person may see, named in the reader's language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language

from kechuang.core.web.listing import Column
from kechuang.plan.models import Commitment, Document, Project
from kechuang.plan.queries.living import visible_documents
from kechuang.plan.queries.work import visible_commitments, visible_projects

_VISIBLE = {Commitment: visible_commitments, Document: visible_documents, Project: visible_projects}


def only_visible(form: forms.BaseForm, user: Any) -> forms.BaseForm:
    """The form with its choices narrowed to what `user` may see."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField) and field.queryset.model in _VISIBLE:
            seen = _VISIBLE[field.queryset.model](user)
            field.queryset = field.queryset.filter(pk__in=seen.values("pk"))
    return form


def named(key: str, label: Any, path: str, **more: Any) -> Column:
    """A column of a Chinese name with its English one: `path`_en where it is read in English and given."""

    def value(row: dict) -> Any:
        english = (get_language() or "").startswith("en") and row[f"{path}_en"]
        return english or row[f"{path}_zh"]

    return Column(key, label, fields=(f"{path}_zh", f"{path}_en"), value=value, **more)
