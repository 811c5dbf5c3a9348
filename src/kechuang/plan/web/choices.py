"""What forms and lists offer: only records that the person may see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model

from kechuang.core import kinds
from kechuang.core.web.record import linked
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


def link(obj: Model | None, user: Any) -> str:
    """A record's name that leads to its page; nothing where the person may not know it."""
    return linked(obj) if obj is not None and kinds.visible(user, obj) else ""
