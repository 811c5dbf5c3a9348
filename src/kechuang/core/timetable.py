"""What the house itself does by the timetable: seal, check events and links, mail, pass overdue requests up."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.core import actions, clock, events, links, notices, schedule
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Role, User
from kechuang.core.verifying import Tally, verify

SHOWN = 20


def install() -> None:
    schedule.register("core.seal", timedelta(hours=1), lambda: events.seal() or "nothing to seal")
    schedule.register("core.verify", timedelta(days=1), check_events)
    schedule.register("core.links", timedelta(days=1), check_links)
    schedule.register("core.mail", timedelta(minutes=1), notices.send_mail_notices)
    schedule.register("core.desk", timedelta(hours=1), pass_requests_up)


def check_links() -> str:
    """Raises ValueError with the first links of which an end is gone."""
    if found := list(islice(links.dangling(), SHOWN)):
        raise ValueError("; ".join(found))
    return "no end is gone"


def pass_requests_up() -> str:
    return f"{actions.escalate_requests(SYSTEM)} passed up"


def check_events() -> str:
    """Check chains, seals and rows; administrators are told of what is found. Raises ValueError with the first faults."""
    tally = Tally()
    faults = list(islice(verify(tally=tally), SHOWN))
    if not faults:
        return f"{tally.events} events and {tally.compared} rows are whole"
    administrators = User.objects.filter(
        Q(is_superuser=True) | Q(memberships__role=Role.ADMIN), is_active=True
    ).distinct()
    notices.notify(
        administrators,
        lambda: _("The check of the record of acts found: %(fault)s") % {"fault": faults[0]},
        key=f"verify:{clock.today()}",
        url=reverse("core:seals"),
    )
    raise ValueError("; ".join(faults))
