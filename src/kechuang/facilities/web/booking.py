"""Direct access: the instruments that can be booked, and the week of one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.web.listing import Column, Facet, ListPage, named, organisation_names
from kechuang.core.web.record import Act, permitted
from kechuang.core.web.times import day_of
from kechuang.facilities.engine.free_time import free_spans
from kechuang.facilities.models import (
    Resource,
    Waiting,
)
from kechuang.facilities.queries.bookings import bookable, is_qualified, policy_of, week_of
from kechuang.facilities.web.common import act


class Instruments(LoginRequiredMixin, ListPage):
    key = "facilities-booking"
    title = gettext_lazy("Book an instrument")
    columns = [
        named("name", gettext_lazy("Instrument"), "name", sort=True),
        Column("place", gettext_lazy("Place"), sort=True),
        named("owner", gettext_lazy("Owner"), "owner__name", sort=True),
        named("needs", gettext_lazy("Qualification"), "policy__qualification__name"),
        Column("problems", gettext_lazy("Open problems"), fields=("open_problems",), format="number"),
    ]
    facets = [
        Facet(
            "owner",
            gettext_lazy("Owner"),
            field="owner_id",
            choices=organisation_names,
        )
    ]
    search_fields = ["name_zh", "name_en", "place"]
    default_sort = "name"

    def queryset(self):
        return bookable().annotate(open_problems=Count("problems", filter=Q(problems__solved_at=None)))

    def row_url(self, row):
        return reverse("facilities:calendar", args=[row["pk"]])

    def acts(self):
        return [Act(_("My bookings"), reverse("facilities:my_bookings"))]


def bookable_resource(pk: int) -> Resource:
    return get_object_or_404(
        Resource.objects.select_related("policy__qualification", "owner"), pk=pk, policy__isnull=False
    )


@login_required
def calendar(request, pk: int):
    """The week of an instrument: who has it, changeover, closures, problems; free hours lead to booking."""
    resource = bookable_resource(pk)
    day = day_of(request.GET.get("day", ""), clock.today())
    week = week_of(resource, day - timedelta(days=day.weekday()))
    mine = may(request.user, "facilities.mark_no_show")
    for column in week["days"]:
        column["today"], column["past"] = column["day"] == clock.today(), column["day"] < clock.today()
        column["hours"] = [
            {"hour": h, "top": h * 4, "url": _book_url(resource, column["day"], h)}
            for h in range(24)
            if datetime.combine(column["day"], time(h), timezone.get_default_timezone()) >= clock.now()
        ]
        for block in column["blocks"]:
            block["own"] = block["kind"] == "booking" and block["row"].user_id == request.user.pk
            block["url"] = (
                block["row"].get_absolute_url()
                if block["kind"] == "booking" and (block["own"] or mine)
                else ""
            )
    policy = policy_of(resource)
    context = {
        "resource": resource,
        "week": week,
        "day": day,
        "free": _free(resource, next(d for d in week["days"] if d["day"] == day)),
        "hours": [(h, f"{h:02d}:00") for h in range(0, 24, 2)],
        "rules": _rules(resource, policy),
        "qualified": is_qualified(request.user, resource.policy, clock.today()),
        "waiting": Waiting.objects.filter(
            resource=resource, user=request.user, status=Waiting.Status.WAITING
        ),
        "acts": permitted(_acts([pk], day), request.user),
        "manages": mine,
        "breadcrumb": [(_("Book an instrument"), reverse("facilities:instruments")), (str(resource), "")],
    }
    return render(request, "facilities/calendar.html", context)


def _acts(here: list[int], day: date) -> list[Act]:
    return [
        act(_("Book"), f"{reverse('facilities:book', args=here)}?day={day}", "book", primary=True),
        act(_("Report a problem"), reverse("facilities:problem_report", args=here), "report_problem"),
        act(_("Calendar feed"), reverse("facilities:feed_instrument", args=here), "make_feed"),
        act(_("Close for maintenance"), reverse("facilities:closure_add", args=here), "save_closure"),
        act(_("Set the rules"), reverse("facilities:policy", args=here), "set_policy"),
    ]


def _free(resource: Resource, column: dict) -> list[tuple[datetime, datetime, str]]:
    """The free times of the day that have not passed, each with where to book it."""
    zone, changeover = timezone.get_default_timezone(), timedelta(minutes=resource.policy.changeover_minutes)
    midnight = datetime.combine(column["day"], time(), zone)
    end = datetime.combine(column["day"] + timedelta(days=1), time(), zone)
    rows = [block["row"] for block in column["blocks"]]
    taken = [(row.start - changeover, getattr(row, "held_until", row.end)) for row in rows]
    found = free_spans(policy_of(resource), max(midnight, clock.now()), end, taken, zone)
    local = [(timezone.localtime(a, zone), timezone.localtime(b, zone)) for a, b in found]
    return [(a, b, f"{_book_url(resource, column['day'], a.hour)}&minute={a.minute}") for a, b in local]


def _book_url(resource: Resource, day: date, hour: int) -> str:
    return f"{reverse('facilities:book', args=[resource.pk])}?day={day}&hour={hour}"


def _rules(resource: Resource, policy) -> list[str]:
    """The policy in words."""
    words = [
        _(
            "Bookings of %(shortest)s to %(longest)s minutes, every %(step)s minutes, up to %(days)s days ahead."
        )
        % {
            "shortest": policy.shortest,
            "longest": policy.longest,
            "step": policy.step,
            "days": policy.horizon_days,
        }
    ]
    if resource.policy.changeover_minutes:
        words.append(
            _("Changeover of %(minutes)s minutes after each booking.")
            % {"minutes": resource.policy.changeover_minutes}
        )
    if resource.policy.qualification:
        words.append(_("Needs: %(name)s.") % {"name": resource.policy.qualification})
    if policy.prime and policy.prime_week_minutes is not None:
        words.append(
            _("At most %(minutes)s minutes of prime time a week and person.")
            % {"minutes": policy.prime_week_minutes}
        )
    if policy.no_show_limit:
        words.append(
            _("Whoever does not come %(count)s times in %(days)s days has to wait.")
            % {"count": policy.no_show_limit, "days": policy.no_show_days}
        )
    words.append(_("Cancel at least %(hours)s hours ahead.") % {"hours": policy.cancel_hours})
    return words
