"""Qualifications and who was trained in them."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import act, locked
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.core.models import User
from kechuang.facilities.actions.common import save
from kechuang.facilities.actions.cycles import manager
from kechuang.facilities.models import Qualification, Training


@act("facilities.save_qualification", may=manager)
def save_qualification(actor: Any, qualification: Qualification) -> Qualification:
    """Name what people must be trained in, and for how long a training holds."""
    if not qualification.name_zh.strip():
        raise Refusal(_("Give the qualification a name."), field="name_zh")
    if Qualification.objects.filter(name_zh=qualification.name_zh).exclude(pk=qualification.pk).exists():
        raise Refusal(_("A qualification has this name already."), field="name_zh")
    if not 0 <= qualification.months <= 1200:
        raise Refusal(_("A qualification holds for 0 (for good) to 1200 months."), field="months")
    return save(actor, "facilities.save_qualification", qualification, ("name_zh", "months"))


@act("facilities.record_training", may=manager)
def record_training(
    actor: Any, qualification: Qualification, user: User, trained_on: date, synthetic: bool = False
) -> Training:
    """Record that a person was trained; nobody certifies themselves."""
    if trained_on > clock.today():
        raise Refusal(_("This day has not come yet."), field="trained_on")
    if user.pk == actor.pk:
        raise Refusal(_("Another manager must record your own training."), field="user")
    if Training.objects.filter(qualification=qualification, user=user, trained_on=trained_on).exists():
        raise Refusal(_("This training is recorded already."), field="trained_on")
    training = Training.objects.create(
        qualification=qualification,
        user=user,
        trained_on=trained_on,
        valid_to=_months_later(trained_on, qualification.months) if qualification.months else None,
        trainer_id=actor.pk,
        synthetic=synthetic,
    )
    after = {"user": user.pk, "trained_on": trained_on, "valid_to": training.valid_to}
    record(actor, "facilities.record_training", qualification, after=after)
    return training


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@act("facilities.withdraw_training", may=manager)
def withdraw_training(actor: Any, training: Training, reason: str) -> Training:
    """Withdraw a qualification from a person, with the reason."""
    if locked(training).withdrawn_on:
        raise Refusal(_("It is withdrawn already."))
    if not reason.strip():
        raise Refusal(_("Give the reason."), field="reason")
    training.withdrawn_on, training.reason = clock.today(), reason[:300]
    training.save(update_fields=["withdrawn_on", "reason"])
    record(
        actor,
        "facilities.withdraw_training",
        training.qualification,
        after={"user": training.user_id, "reason": reason},
    )
    return training
