"""The life of a large facility: dates planned and reached, each with evidence, and acceptance."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.actions.checks import check
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.core.models import StoredFile
from kechuang.facilities.actions.common import (
    keeper_of_facility,
    kept_by,
    named,
    not_in_future,
    officer,
    save,
)
from kechuang.facilities.engine.lifecycle import NEEDS_ACCEPTANCE, NEXT, ROAD, Stage, check_step
from kechuang.facilities.models import AcceptanceDocument, Facility, StageDate
from kechuang.facilities.models.lifecycle import STAGES

WORDS = dict(STAGES)
FACTS = (
    "code",
    "name_zh",
    "name_en",
    "kind",
    "cluster",
    "owner",
    "institution",
    "place",
    "about_zh",
    "source",
)


@act("facilities.save_facility", may=keeper_of_facility)
def save_facility(actor: Any, row: Facility) -> Facility:
    """Add a facility to a cluster or change it; it starts in planning."""
    named(row)
    if Facility.objects.filter(code=row.code).exclude(pk=row.pk).exists():
        raise Refusal(_("The code %(code)s is taken.") % {"code": row.code}, field="code")
    return save(actor, "facilities.save_facility", row, FACTS)


@act("facilities.plan_stage", may=keeper_of_facility)
def plan_stage(actor: Any, facility: Facility, stage: str, planned_on: date | None) -> StageDate:
    """Set or move the planned day of a stage that has not begun."""
    _known(stage)
    dates = list(facility.dates.all())
    if stage in ROAD:
        _in_order(dates, stage, planned_on)
    same = [date for date in dates if date.stage == stage]
    row = next((date for date in same if date.actual_on is None), None)
    if row is None and same:
        raise Refusal(
            _("%(stage)s has begun; its date no longer moves.") % {"stage": WORDS[stage]}, field="planned_on"
        )
    row = row or StageDate(facility=facility, stage=stage)
    before = row.planned_on
    row.planned_on = planned_on
    row.save()
    record(
        actor,
        "facilities.plan_stage",
        facility,
        before={"stage": stage, "planned": before},
        after={"stage": stage, "planned": planned_on},
    )
    return row


def _known(stage: str) -> None:
    if stage not in list(Stage):
        raise Refusal(
            _("There is no stage %(stage)s.") % {"stage": stage}, field="stage", remedy=", ".join(Stage)
        )


def _in_order(dates: list[StageDate], stage: str, day: date | None) -> None:
    """Planned days follow the order of the stages."""
    if day is None:
        return
    place = ROAD.index(stage)
    for other in dates:
        if other.stage not in ROAD or other.planned_on is None:
            continue
        at = ROAD.index(other.stage)
        if (at < place and other.planned_on > day) or (at > place and other.planned_on < day):
            raise Refusal(
                _("%(stage)s is planned for %(day)s, out of order.")
                % {"stage": WORDS[other.stage], "day": other.planned_on},
                field="planned_on",
                remedy=_("Move that date first."),
            )


@act("facilities.enter_stage", may=keeper_of_facility)
def enter_stage(
    actor: Any,
    facility: Facility,
    stage: str,
    actual_on: date | None = None,
    *,
    evidence: str = "",
    evidence_url: str = "",
    file: StoredFile | None = None,
    synthetic: bool = False,
) -> StageDate:
    """Begin the next stage of a facility's life, with what proves it."""
    _known(stage)
    facility = Facility.objects.select_for_update().get(pk=facility.pk)
    day = actual_on or clock.today()
    _check_entry(facility, stage, day)
    if not (evidence.strip() or evidence_url or file):
        raise Refusal(_("Say what proves it: words, an address or a file."), field="evidence")
    row = facility.dates.filter(stage=stage, actual_on=None).first() or StageDate(
        facility=facility, stage=stage
    )
    row.actual_on, row.evidence, row.evidence_url, row.file = day, evidence, evidence_url, file
    row.synthetic = synthetic
    check(row)
    row.save()
    before = {"stage": facility.stage, "since": facility.since}
    facility.stage, facility.since = stage, day
    facility.save(update_fields=["stage", "since"])
    record(
        actor,
        "facilities.enter_stage",
        facility,
        before=before,
        after={"stage": stage, "since": day, "evidence": evidence or evidence_url},
        evidence=[file] if file else [],
    )
    return row


def _check_entry(facility: Facility, stage: str, day: date) -> None:
    not_in_future(day, "actual_on")
    begun = facility.since is not None
    if begun:
        try:
            check_step(facility.stage, stage)
        except ValueError as error:
            possible = [str(WORDS[name]) for name in NEXT[Stage(facility.stage)]]
            raise Refusal(
                _("From “%(here)s” a facility does not go to “%(there)s”.")
                % {"here": WORDS[facility.stage], "there": WORDS[stage]},
                field="stage",
                remedy=_("Possible: %(stages)s.") % {"stages": "、".join(possible) or "—"},
            ) from error
        if day < facility.since:
            raise Refusal(
                _("%(day)s lies before the present stage (%(since)s).")
                % {"day": day, "since": facility.since},
                field="actual_on",
            )
    elif stage != Stage.PLANNING:
        raise Refusal(_("A facility's life begins with planning."), field="stage")
    if stage in NEEDS_ACCEPTANCE and not facility.acceptances.exists():
        raise Refusal(
            _("Regular operation needs an acceptance document."),
            field="stage",
            remedy=_("Add the acceptance document first."),
        )


@act("facilities.correct_stage", may=officer)
def correct_stage(actor: Any, row: StageDate, actual_on: date, reason: str) -> StageDate:
    """Correct the day a stage began, between the stages before and after it."""
    if not reason.strip():
        raise Refusal(_("Say why the date changes."), field="reason")
    if row.actual_on is None:
        raise Refusal(_("This stage has not begun."), field="actual_on")
    not_in_future(actual_on, "actual_on")
    begun = list(row.facility.dates.exclude(actual_on=None).order_by("actual_on", "id"))
    place = begun.index(row)
    for other, wrong in (
        (begun[place - 1] if place else None, lambda d: actual_on < d),
        (begun[place + 1] if place + 1 < len(begun) else None, lambda d: actual_on > d),
    ):
        if other is not None and wrong(other.actual_on):
            raise Refusal(
                _("%(stage)s began on %(day)s.") % {"stage": WORDS[other.stage], "day": other.actual_on},
                field="actual_on",
            )
    before, row.actual_on = row.actual_on, actual_on
    row.save()
    facility = row.facility
    if row == begun[-1]:
        facility.since = actual_on
        facility.save(update_fields=["since"])
    record(
        actor,
        "facilities.correct_stage",
        facility,
        before={"stage": row.stage, "since": before},
        after={"stage": row.stage, "since": actual_on, "reason": reason},
    )
    return row


@act("facilities.add_acceptance", may=kept_by("facility.owner", "facility.cluster"))
def add_acceptance(actor: Any, row: AcceptanceDocument) -> AcceptanceDocument:
    """Add an acceptance document to a facility."""
    named(row, "title")
    not_in_future(row.accepted_on, "accepted_on")
    facts = ("title", "number", "accepted_on", "by", "file")
    return save(actor, "facilities.add_acceptance", row, facts, row.facility)
