"""Due dates as an iCalendar feed: one secret address a person, which ends when the password changes."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from kechuang.core import clock
from kechuang.core.models import Role, User
from kechuang.core.roles import organisations_of, roles_of
from kechuang.plan.engine.workflow import OVER_STAGES
from kechuang.plan.models import Commitment, Milestone, Task
from kechuang.plan.queries.work import visible_commitments, visible_projects, visible_tasks

BACK = timedelta(days=366)


def token_of(user: User) -> str:
    return signing.Signer(salt="plan.calendar").sign(f"{user.pk}-{user.get_session_auth_hash()[:16]}")


def user_of(token: str) -> User:
    """The person whose address this is. Raises Http404 when forged or out of date."""
    try:
        key, _dash, mark = signing.Signer(salt="plan.calendar").unsign(token).partition("-")
    except signing.BadSignature as error:
        raise Http404 from error
    user = User.objects.filter(pk=key, is_active=True).first()
    if user is None or not user.get_session_auth_hash().startswith(mark):
        raise Http404
    return user


@login_required
def calendar_page(request):
    """The address and what it holds."""
    address = request.build_absolute_uri(reverse("plan:calendar_feed", args=[token_of(request.user)]))
    trail = [(_("Supervision"), reverse("plan:tasks")), (_("Calendar"), "")]
    return render(request, "plan/calendar.html", {"address": address, "trail": trail})


def calendar_feed(request, token: str):
    """Open due dates of tasks, milestones and promises that concern this person."""
    from icalendar import Calendar

    user = user_of(token)
    with override(user.language or "zh-hans"):
        calendar = Calendar()
        calendar.add("prodid", "-//Kechuang//plan//EN")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("Due dates"))
        for row in _dues(user):
            calendar.add_component(_event(request, row))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def _dues(user: User) -> list[Task | Milestone | Commitment]:
    """All that is due for leaders and officers, what one's organisations lead for the others."""
    since = clock.today() - BACK
    tasks = visible_tasks(user).filter(due__gte=since).exclude(stage__in=OVER_STAGES)
    promises = visible_commitments(user).filter(due__gte=since, status=Commitment.Status.ACTIVE)
    milestones = Milestone.objects.filter(
        project__in=visible_projects(user), due__gte=since, done_on=None
    ).select_related("project__task")
    if not roles_of(user) & {Role.LEADER, Role.OFFICER, Role.ADMIN}:
        mine = organisations_of(user)
        tasks, promises = tasks.filter(lead__in=mine), promises.filter(lead__in=mine)
        milestones = milestones.filter(project__lead__in=mine)
    return [*tasks[:2000], *milestones[:2000], *promises[:2000]]


def _event(request, row: Task | Milestone | Commitment):
    from icalendar import Event

    event = Event()
    kind = row._meta.model_name
    event.add("uid", f"{kind}-{row.pk}@kechuang")
    label = row._meta.verbose_name if kind != "milestone" else _("Milestone")
    event.add("summary", pgettext("calendar", "%(kind)s: %(what)s") % {"kind": capfirst(label), "what": row})
    event.add("dtstart", row.due)
    event.add("dtend", row.due + timedelta(days=1))
    event.add("dtstamp", clock.now())
    record = row.project if kind == "milestone" else row
    event.add("url", request.build_absolute_uri(record.get_absolute_url()))
    return event
