"""The catalogue: resources, opening for sharing, agreements with members."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.kernel.identifiers import IdentifierError, check_doi
from kechuang.facilities.actions.common import (
    forward,
    keeper_of_part,
    keeper_of_resource,
    kept_by,
    named,
    not_in_future,
    not_negative,
    save,
)
from kechuang.facilities.engine import hours
from kechuang.facilities.models import Agreement, AgreementMember, Booking, CatalogueRevision, Resource
from kechuang.facilities.models.catalogue import RATES, RESOURCE_FACTS

keeper_of_agreement = kept_by("agreement.resource.owner", "agreement.resource.facility.cluster")
PERSONAL = {"contact_phone", "contact_email"}  # kept out of the events, which nobody can erase
FACTS = (*(name for name in RESOURCE_FACTS if name not in PERSONAL), "opened", "opened_on", "retired_on")


def next_revision() -> int:
    """The number of this change of the catalogue; changes wait for one another until they are committed."""
    CatalogueRevision.objects.get_or_create(pk=1)
    row = CatalogueRevision.objects.select_for_update().get(pk=1)
    row.number += 1
    row.save()
    return row.number


def _store(actor: Any, verb: str, row: Resource) -> Resource:
    row.derive()
    row.revision = next_revision()
    return save(actor, verb, row, FACTS)


@act("facilities.save_resource", may=keeper_of_resource)
def save_resource(actor: Any, row: Resource) -> Resource:
    """Add a resource to the catalogue or change it."""
    named(row)
    named(row, "code")
    if Resource.objects.filter(code=row.code).exclude(pk=row.pk).exists():
        raise Refusal(_("The code %(code)s is taken.") % {"code": row.code}, field="code")
    not_negative(row, "value_fen", *RATES.values())
    try:
        row.hours = hours.canonical(row.hours)
    except ValueError as error:
        raise Refusal(
            _("Open hours: %(error)s.") % {"error": error},
            field="hours",
            remedy=_("Write like 1-5 09:00-17:00; 6 10:00-12:00, or 24/7."),
        ) from error
    if row.handle.startswith(("10.", "doi:", "http")):
        try:
            row.handle = check_doi(row.handle)
        except IdentifierError as error:
            raise Refusal(str(error), field="handle") from error
    above = row.part_of
    while above is not None:
        if above.pk == row.pk:
            raise Refusal(_("A resource cannot be part of itself."), field="part_of")
        above = above.part_of
    return _store(actor, "facilities.save_resource", row)


@act("facilities.open_resource", may=keeper_of_resource)
def open_resource(actor: Any, row: Resource) -> Resource:
    """Open a resource for sharing: it counts as shared and may be used from outside."""
    if row.retired_on:
        raise Refusal(_("This resource is retired."))
    if not row.contact:
        raise Refusal(
            _("Users need somebody to turn to."), field="contact", remedy=_("Give a contact first.")
        )
    row.opened, row.opened_on = True, row.opened_on or clock.today()
    return _store(actor, "facilities.open_resource", row)


@act("facilities.close_resource", may=keeper_of_resource)
def close_resource(actor: Any, row: Resource) -> Resource:
    """Take a resource out of sharing."""
    row.opened, row.opened_on = False, None
    return _store(actor, "facilities.close_resource", row)


@act("facilities.retire_resource", may=keeper_of_resource)
def retire_resource(actor: Any, row: Resource) -> Resource:
    """Retire a resource: it leaves the catalogue, its records stay."""
    if row.retired_on:
        raise Refusal(_("This resource is retired."))
    if row.sessions.filter(end=None).exists():
        raise Refusal(_("It is in use."), remedy=_("Stop the session first."))
    if row.bookings.filter(status=Booking.Status.BOOKED, end__gt=clock.now()).exists():
        raise Refusal(_("People have booked it."), remedy=_("Cancel their bookings first."))
    row.opened, row.opened_on, row.retired_on = False, None, clock.today()
    return _store(actor, "facilities.retire_resource", row)


@act("facilities.save_agreement", may=keeper_of_part)
def save_agreement(actor: Any, row: Agreement) -> Agreement:
    """Record the agreement of a joint laboratory or training base."""
    named(row, "title")
    if row.resource.kind not in (Resource.Kind.JOINT_LAB, Resource.Kind.TRAINING_BASE):
        raise Refusal(_("Only joint laboratories and training bases have agreements."))
    not_in_future(row.signed_on, "signed_on")
    forward(row.signed_on, row.ends_on, "ends_on")
    facts = ("title", "signed_on", "ends_on", "terms", "file")
    return save(actor, "facilities.save_agreement", row, facts, row.resource)


@act("facilities.add_member", may=keeper_of_agreement)
def add_member(actor: Any, row: AgreementMember) -> AgreementMember:
    """Add a member to an agreement."""
    if row.agreement.members.filter(organisation=row.organisation).exclude(pk=row.pk).exists():
        raise Refusal(_("%(name)s is a member already.") % {"name": row.organisation}, field="organisation")
    return save(actor, "facilities.add_member", row, ("organisation", "part"), row.agreement.resource)
