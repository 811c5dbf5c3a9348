"""The models' and identifiers' own rules, said as refusals that name the field."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kechuang.core.errors import Refusal
from kechuang.core.kernel.identifiers import IdentifierError, validate


def check(row: models.Model, exclude: set[str] | None = None) -> None:
    """Refuse what the model's own rules do not allow."""
    try:
        row.full_clean(exclude={*(exclude or ()), *_settled(row)})
    except ValidationError as error:
        field, words = next(iter(error.message_dict.items()))
        if field == NON_FIELD_ERRORS:
            raise Refusal(" ".join(words)) from error
        label = capfirst(row._meta.get_field(field).verbose_name)
        raise Refusal(f"{label}: {' '.join(words)}", field=field) from error


def cleared(actor: Any, secrecy: int | None) -> None:
    """Refuse to make a record more secret than its maker may see: it would be lost to them."""
    if secrecy is not None and secrecy > getattr(actor, "clearance", secrecy):
        raise Refusal(_("This level is above yours."), field="secrecy")


def _settled(row: models.Model) -> set[str]:
    """Fields that say nothing of their own: nothing where nothing is allowed, or the value they begin with."""
    found = set()
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if (field.null and value is None) or (field.has_default() and value == field.get_default()):
            found.add(field.name)
    return found


def valid(scheme: str, value: str) -> str:
    """The identifier as it is written; refused when it cannot be one."""
    try:
        return validate(scheme, value)
    except IdentifierError as error:
        raise Refusal(str(error), field=scheme) from error
