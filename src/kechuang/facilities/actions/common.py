"""Who keeps what, and small things all acts of the domain share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.actions.checks import check
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Role
from kechuang.core.roles import has_role, of_organisation

officer = has_role(Role.OFFICER)


def kept_by(path: str, facility: str = "") -> Any:
    """Officers, facility managers of the organisation at `path`, and those of the cluster of the facility at `facility`."""
    keeper = officer | of_organisation(Role.MANAGER, path=path)
    if facility:
        keeper = keeper | of_organisation(Role.MANAGER, path=facility)
    return keeper


keeper_of_facility = kept_by("owner", "cluster")
keeper_of_resource = kept_by("owner", "facility.cluster")
keeper_of_part = kept_by("resource.owner", "resource.facility.cluster")


def stored(row: models.Model) -> models.Model | None:
    """The row as it stands in the database; None for a new one."""
    return type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None


def save(
    actor: Any, verb: str, row: models.Model, facts: tuple[str, ...], about: models.Model | None = None
) -> Any:
    """Store a row that keeps its model's rules with its event, kept on `about` where the row is a part of it."""
    check(row)
    old = stored(row)
    row.save()
    before = fields_of(old, facts) if old else None
    record(actor, verb, about or row, before=before, after={**fields_of(row, facts), **_part(row, about)})
    return row


def _part(row: models.Model, about: models.Model | None) -> dict[str, Any]:
    return {"part": f"{row._meta.model_name}:{row.pk}"} if about is not None else {}


def named(row: Any, field: str = "name_zh") -> None:
    """Refuse a row without a name."""
    if not getattr(row, field).strip():
        raise Refusal(_("Give a name."), field=field)


def forward(start: date | None, end: date | None, field: str = "end") -> None:
    """Refuse an end before its start."""
    if start and end and end < start:
        raise Refusal(
            _("It ends (%(end)s) before it starts (%(start)s).") % {"start": start, "end": end}, field=field
        )


def not_in_future(day: date, field: str) -> None:
    if day > clock.today():
        raise Refusal(
            _("%(day)s has not come yet.") % {"day": day}, field=field, remedy=_("Give a day up to today.")
        )


def not_negative(row: models.Model, *names: str) -> None:
    """Refuse negative amounts, naming the field."""
    for name in names:
        value = getattr(row, name)
        if value is not None and value < 0:
            label = row._meta.get_field(name).verbose_name
            raise Refusal(
                _("%(what)s is negative: %(value)s.") % {"what": label, "value": value},
                field=name,
                remedy=_("Give 0 or more, or leave it empty."),
            )
