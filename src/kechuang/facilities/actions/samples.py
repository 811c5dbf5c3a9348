"""Holdings of sample banks and data sets, and requests from question to return."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.actions.checks import check
from kechuang.core.acts import System, act
from kechuang.core.engine.workflow import BadStep, Step, step
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Organisation, Role, StoredFile
from kechuang.core.roles import has_role, organisations_of, signed_in
from kechuang.facilities.actions.common import kept_by, named, save
from kechuang.facilities.engine.samples import TRANSITIONS, allows
from kechuang.facilities.models import Holding, Resource, SampleRequest
from kechuang.facilities.models.samples import CONSENTS, LOANS, PURPOSES

reviewer = has_role(Role.REVIEWER, Role.OFFICER)
keeper = kept_by("holding.resource.owner", "holding.resource.facility.cluster")
FACTS = ("stage", "wanted", "ethics_number", "agreement_number", "delivered_on", "due_back", "returned_on")


@act("facilities.save_holding", may=kept_by("resource.owner", "resource.facility.cluster"))
def save_holding(actor: Any, row: Holding) -> Holding:
    """Say what a sample bank or data set holds."""
    named(row, "disease_zh")
    if row.resource.kind not in (Resource.Kind.SAMPLE_BANK, Resource.Kind.DATA_SET):
        raise Refusal(_("Only sample banks and data sets have holdings."))
    if row.total < row.lent:
        raise Refusal(_("%(lent)d are lent; fewer cannot be held.") % {"lent": row.lent}, field="total")
    same = row.resource.holdings.filter(disease_zh=row.disease_zh, material=row.material, consent=row.consent)
    if same.exclude(pk=row.pk).exists():
        raise Refusal(_("This holding is listed already."), field="disease_zh")
    facts = ("disease_code", "disease_zh", "material", "consent", "total")
    return save(actor, "facilities.save_holding", row, facts, row.resource)


@act("facilities.request_samples", may=has_role(Role.SCIENTIST, Role.MANAGER, Role.OFFICER))
def request_samples(
    actor: Any,
    holding: Holding,
    organisation: Organisation,
    *,
    purpose: str,
    study: str,
    wanted: int,
    synthetic: bool = False,
) -> SampleRequest:
    """Ask for samples or data."""
    if not isinstance(actor, System) and organisation.pk not in organisations_of(actor):
        raise Refusal(_("You do not belong to %(name)s.") % {"name": organisation}, field="organisation")
    if not study.strip():
        raise Refusal(_("Describe the study."), field="study")
    _covered(holding, purpose)
    if not 0 < wanted <= holding.free:
        raise Refusal(
            _("%(free)d are free; %(wanted)d are wanted.") % {"free": holding.free, "wanted": wanted},
            field="wanted",
        )
    row = SampleRequest(
        holding=holding,
        requester_id=getattr(actor, "pk", None),
        organisation=organisation,
        purpose=purpose,
        study=study,
        wanted=wanted,
        asked_on=clock.today(),
        synthetic=synthetic,
    )
    check(row)
    row.save()
    after = {"holding": holding.pk, "organisation": organisation.pk, "purpose": purpose, "wanted": wanted}
    record(actor, "facilities.request_samples", row, after=after)
    return row


def _covered(holding: Holding, purpose: str) -> None:
    """Refuse a purpose that the donors' consent does not cover."""
    if purpose not in dict(PURPOSES):
        raise Refusal(_("Unknown purpose: %(purpose)s.") % {"purpose": purpose}, field="purpose")
    if not allows(holding.consent, purpose):
        raise Refusal(
            _("Consent (%(consent)s) does not cover %(purpose)s.")
            % {"consent": dict(CONSENTS)[holding.consent], "purpose": dict(PURPOSES)[purpose]},
            field="purpose",
            remedy=_("Choose a holding with a wider consent."),
        )


@act("facilities.move_request", may=signed_in)
def move_request(
    actor: Any,
    row: SampleRequest,
    verb: str,
    *,
    reason: str = "",
    ethics_number: str = "",
    agreement_number: str = "",
    file: StoredFile | None = None,
    due_back: date | None = None,
    returned: int | None = None,
) -> SampleRequest:
    """Take a step: review, refuse, agree, deliver, return, withdraw."""
    row = SampleRequest.objects.select_for_update().select_related("holding__resource").get(pk=row.pk)
    taken = _step(actor, row, verb, reason)
    before = fields_of(row, FACTS)
    row.stage, row.reason = taken.next, reason or row.reason
    match verb:
        case "review":
            row.ethics_number = _given(
                ethics_number, "ethics_number", _("Give the number of the ethics approval.")
            )
            row.reviewed_by_id = getattr(actor, "pk", None)
        case "agree":
            row.agreement_number = _given(
                agreement_number, "agreement_number", _("Give the number of the transfer agreement.")
            )
            row.agreement_file = file
        case "deliver":
            _deliver(row, due_back)
        case "return":
            _return(row, returned)
    check(row)
    row.save()
    record(
        actor, "facilities.move_request", row, before=before, after={**fields_of(row, FACTS), "step": verb}
    )
    return row


def _step(actor: Any, row: SampleRequest, verb: str, reason: str) -> Step:
    """The step of the table. Raises Refusal where there is none, NotPermitted where it is somebody else's."""
    try:
        taken = step(TRANSITIONS, row.stage, verb, reason=reason)
    except BadStep as error:
        raise Refusal(
            _("A request that is “%(stage)s” does not allow this step, or a reason is missing.")
            % {"stage": dict(LOANS)[row.stage]},
            field="reason",
        ) from error
    if not may_step(actor, row, taken.who):
        raise NotPermitted("facilities.move_request")
    return taken


def _given(text: str, field: str, ask: str) -> str:
    if not text.strip():
        raise Refusal(ask, field=field)
    return text.strip()


def may_step(actor: Any, row: SampleRequest, role: str) -> bool:
    """Reviewers review what is not their own; keepers hand over; requesters withdraw."""
    if isinstance(actor, System):
        return True
    own = row.requester_id == actor.pk
    if role == "reviewer":
        return not own and reviewer.test(actor)
    return own if role == "requester" else keeper.test(actor, row)


def _deliver(row: SampleRequest, due_back: date | None) -> None:
    holding = Holding.objects.select_for_update().get(pk=row.holding_id)
    if row.wanted > holding.free:
        raise Refusal(
            _("%(free)d are free; %(wanted)d are wanted.") % {"free": holding.free, "wanted": row.wanted}
        )
    today = clock.today()
    if due_back is not None and due_back <= today:
        raise Refusal(_("The day of return lies after today."), field="due_back")
    holding.lent += row.wanted
    holding.save()
    row.delivered_on, row.due_back = today, due_back


def _return(row: SampleRequest, returned: int | None) -> None:
    """What comes back is free again; what was used up leaves the holding."""
    back = row.wanted if returned is None else returned
    if not 0 <= back <= row.wanted:
        raise Refusal(_("Between 0 and %(wanted)d can come back.") % {"wanted": row.wanted}, field="returned")
    holding = Holding.objects.select_for_update().get(pk=row.holding_id)
    holding.lent -= row.wanted
    holding.total -= row.wanted - back
    holding.save()
    row.returned, row.returned_on = back, clock.today()
