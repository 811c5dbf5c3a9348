"""The act that names the house."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.core.actions.checks import check
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Centre, Role
from kechuang.core.roles import has_role


@act("core.save_centre", may=has_role(Role.ADMIN))
def save_centre(actor: Any, centre: Centre) -> Centre:
    """Name the centre of this house and the years its great aims fall due; there is one centre a house."""
    check(centre)
    here = Centre.here()
    if here is not None and here.pk != centre.pk:
        raise Refusal(_("This house has its centre already: change it."))
    fields = ("name_zh", "name_en", "horizons")
    before = fields_of(here, fields) if here else None
    centre.save()
    record(actor, "core.save_centre", centre, before=before, after=fields_of(centre, fields))
    return centre
