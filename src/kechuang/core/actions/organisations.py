"""Acts on organisations: their facts, their names over time, their identifiers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.actions.checks import check, valid
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Identifier, Organisation, OrganisationName, Role
from kechuang.core.roles import has_role

_FIELDS = (
    "name_zh",
    "name_en",
    "kind",
    "level",
    "parent",
    "region",
    "duties",
    "founded",
    "ended",
    "standing",
)
_OFFICIAL = {"name_zh": "zh", "name_en": "en"}


@act("core.save_organisation", may=has_role(Role.OFFICER))
def save_organisation(
    actor: Any, organisation: Organisation, *, identifiers: dict[str, str] | None = None
) -> Organisation:
    """Add an organisation or change it; its former official name is kept with its period."""
    check(organisation)
    if organisation.region:
        organisation.region = valid("region", organisation.region)
    if organisation.parent_id and organisation.pk and organisation in organisation.parent.line():
        raise Refusal(_("An organisation cannot stand below itself."), field="parent")
    if organisation.founded and organisation.ended and organisation.ended < organisation.founded:
        raise Refusal(_("The organisation ends before it is founded."), field="ended")
    old = Organisation.objects.filter(pk=organisation.pk).first() if organisation.pk else None
    organisation.save()
    if old:
        _keep_former_names(old, organisation)
    for scheme, value in (identifiers or {}).items():
        _set_identifier(organisation, scheme, value)
    after = fields_of(organisation, _FIELDS) | ({"identifiers": identifiers} if identifiers else {})
    record(
        actor,
        "core.save_organisation",
        organisation,
        before=fields_of(old, _FIELDS) if old else None,
        after=after,
    )
    return organisation


def _keep_former_names(old: Organisation, new: Organisation) -> None:
    """Each official name that changed was borne from the end of the one before it until today."""
    for field, language in _OFFICIAL.items():
        name = getattr(old, field)
        if not name or name == getattr(new, field):
            continue
        former = new.names.filter(alias=False, language=language)
        OrganisationName.objects.update_or_create(
            organisation=new,
            name=name,
            valid_from=former.aggregate(last=Max("valid_to"))["last"] or old.founded,
            defaults={"valid_to": clock.today(), "language": language, "alias": False},
        )


def _set_identifier(organisation: Organisation, scheme: str, value: str) -> None:
    """Give the identifier; an empty value takes it away."""
    if not value.strip():
        Identifier.objects.filter(organisation=organisation, scheme=scheme).delete()
        return
    value = valid(scheme, value)
    owner = Identifier.objects.filter(scheme=scheme, value=value).exclude(organisation=organisation).first()
    if owner:
        raise Refusal(
            _("%(id)s belongs to %(owner)s.") % {"id": value, "owner": owner.organisation}, field=scheme
        )
    Identifier.objects.update_or_create(organisation=organisation, scheme=scheme, defaults={"value": value})


@act("core.add_name", may=has_role(Role.OFFICER))
def add_name(
    actor: Any,
    organisation: Organisation,
    name: str,
    *,
    language: str = "",
    alias: bool = True,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> OrganisationName:
    """Add a name the organisation bears or bore; it is then found by it."""
    if valid_from and valid_to and valid_to < valid_from:
        raise Refusal(_("The name ends before it begins."), field="valid_to")
    row = OrganisationName(
        organisation=organisation,
        name=name.strip(),
        language=language,
        alias=alias,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    check(row)
    if organisation.names.filter(name=row.name, valid_from=valid_from).exists():
        raise Refusal(_("The organisation bears this name already."), field="name")
    row.save()
    record(
        actor,
        "core.add_name",
        organisation,
        after=fields_of(row, ("name", "language", "alias", "valid_from", "valid_to")),
    )
    return row


@act("core.remove_name", may=has_role(Role.OFFICER))
def remove_name(actor: Any, organisation: Organisation, row: OrganisationName) -> None:
    """Remove a name that was entered by mistake."""
    if row.organisation_id != organisation.pk:
        raise Refusal(_("The name belongs to another organisation."), field="name")
    before = fields_of(row, ("name", "language", "alias", "valid_from", "valid_to"))
    row.delete()
    record(actor, "core.remove_name", organisation, before=before)
