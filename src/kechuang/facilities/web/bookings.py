"""Bookings: make one or a series, wait for a time, cancel, note a no-show."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.events import events_of
from kechuang.core.models import Organisation
from kechuang.core.roles import organisations_of
from kechuang.core.web.acts import ActPage
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, Facet, ListPage, named
from kechuang.core.web.record import Act, Record
from kechuang.core.web.times import day_of, to_the_minute
from kechuang.facilities import actions
from kechuang.facilities.engine.booking import may_cancel_freely
from kechuang.facilities.engine.policies import Policy
from kechuang.facilities.models import (
    Booking,
    Waiting,
)
from kechuang.facilities.queries.bookings import is_taken, policy_of
from kechuang.facilities.web.booking import bookable_resource
from kechuang.facilities.web.common import RowPage, act
from kechuang.facilities.web.parts import MomentField


class MyBookings(LoginRequiredMixin, ListPage):
    key = "facilities-my-bookings"
    title = gettext_lazy("My bookings")
    columns = [
        named("resource", gettext_lazy("Instrument"), "resource__name", sort=True),
        Column("start", gettext_lazy("From"), format="time", sort=True),
        Column("end", gettext_lazy("To"), format="time", sort=True),
        Column("status", gettext_lazy("Status"), choices=dict(Booking.Status.choices), sort=True),
        Column("purpose", gettext_lazy("Purpose")),
    ]
    facets = [Facet("status", gettext_lazy("Status"), choices=dict(Booking.Status.choices))]
    search_fields = ["resource__name_zh", "purpose"]
    default_sort = "-start"
    empty_text = gettext_lazy("You have booked nothing yet.")

    def queryset(self):
        return Booking.objects.filter(user=self.request.user)

    def row_url(self, row):
        return reverse("facilities:booking", args=[row["pk"]])

    def acts(self):
        return [
            Act(_("Book an instrument"), reverse("facilities:instruments"), primary=True),
            Act(_("Calendar feed"), reverse("facilities:feed_mine")),
        ]


class BookForm(forms.Form):
    start = MomentField(label=gettext_lazy("From"))
    end = MomentField(label=gettext_lazy("To"))
    purpose = forms.CharField(label=gettext_lazy("Purpose"), max_length=200, required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisation"), required=False
    )
    every_days = forms.TypedChoiceField(
        label=gettext_lazy("Repeat"),
        choices=[
            (0, gettext_lazy("Once")),
            (1, gettext_lazy("Every day")),
            (7, gettext_lazy("Every week")),
            (14, gettext_lazy("Every two weeks")),
        ],
        coerce=int,
        initial=0,
    )
    count = forms.IntegerField(label=gettext_lazy("How often"), min_value=1, max_value=60, initial=1)
    wait = forms.BooleanField(label=gettext_lazy("Put me on the wait list if it is taken"), required=False)

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=organisations_of(person))


def _is_time(hour: str, minute: str) -> bool:
    return hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60


def _length_words(minutes: int) -> str:
    if minutes < 60:
        return _("%(minutes)s minutes") % {"minutes": minutes}
    return ngettext("%(hours)s hour", "%(hours)s hours", minutes // 60) % {"hours": minutes // 60}


def lengths(policy: Policy) -> list[int]:
    """Usual lengths in minutes that the policy allows; the last is a night."""
    usual = (30, 60, 120, 240, 480, 720)
    return [m for m in usual if policy.shortest <= m <= policy.longest and m % policy.step == 0]


class Book(RowPage):
    title = gettext_lazy("Book")
    submit = gettext_lazy("Book this time")
    form_class = BookForm
    verb = "facilities.book"
    template_name = "facilities/book.html"

    def find(self):
        return bookable_resource(self.kwargs["pk"])

    @property
    def intro(self):
        return str(self.row)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "person": self.request.user}

    def _begin(self) -> datetime:
        """The time the address names; nine o'clock where it names none."""
        day, asked = day_of(self.request.GET.get("day", ""), clock.today()), self.request.GET
        hour, minute = (asked.get(name, "") for name in ("hour", "minute"))
        at = time(int(hour), int(minute or 0)) if _is_time(hour, minute or "0") else time(9)
        return datetime.combine(day, at)

    def _length(self) -> int:
        given = self.request.GET.get("length", "")
        policy = policy_of(self.row)
        return int(given) if given.isdecimal() and int(given) in lengths(policy) else max(60, policy.shortest)

    def get_initial(self):
        start, found = self._begin(), organisations_of(self.request.user)
        return {
            "start": start,
            "end": start + timedelta(minutes=self._length()),
            "organisation": next(iter(sorted(found)), None),
        }

    def get_context_data(self, **kwargs):
        begin, chosen = self._begin(), self._length()
        here = f"?day={begin:%Y-%m-%d}&hour={begin.hour}&minute={begin.minute}&length="
        links = [(_length_words(m), f"{here}{m}", m == chosen) for m in lengths(policy_of(self.row))]
        return super().get_context_data(lengths=links, **kwargs)

    def store(self, form) -> str:
        given = dict(form.cleaned_data)
        wait, every, count = given.pop("wait"), given.pop("every_days"), given.pop("count")
        if wait and not every:
            return self._wait_or_book(given)
        if every:
            made = actions.book_series(self.request.user, self.row, every_days=every, count=count, **given)
            return _("%(count)s bookings are made.") % {"count": len(made)}
        booking = actions.book(self.request.user, self.row, **given)
        return _("Booked from %(start)s to %(end)s.") % {
            "start": to_the_minute(booking.start),
            "end": to_the_minute(booking.end),
        }

    def _wait_or_book(self, given: dict) -> str:
        held = given["end"] + timedelta(minutes=self.row.policy.changeover_minutes)
        if is_taken(self.row, given["start"], held):
            given.pop("organisation")
            actions.join_waiting(self.request.user, self.row, **given)
            return _("The time is taken; you are on the wait list and are told when it becomes free.")
        actions.book(self.request.user, self.row, **given)
        return _("Booked.")

    def get_success_url(self):
        day = self.request.POST.get("start", "")[:10] or self.request.GET.get("day", "")
        return reverse("facilities:calendar", args=[self.row.pk]) + (f"?day={day}" if day else "")


@login_required
def booking(request, pk: int):
    """One booking, for whoever made it and for managers."""
    row = get_object_or_404(Booking.objects.select_related("resource", "user__person", "organisation"), pk=pk)
    if not may(request.user, "facilities.cancel_booking", row):
        raise PermissionDenied
    record = Record(
        title=f"{row.resource}",
        kind=_("Booking"),
        state_words=row.get_status_display(),
        synthetic=row.synthetic,
        acts=_acts(row) if row.status == Booking.Status.BOOKED else [],
        facts=[
            (_("Status"), row.get_status_display()),
            (_("From"), to_the_minute(row.start)),
            (_("To"), to_the_minute(row.end)),
            (_("Held until"), to_the_minute(row.held_until)),
            (_("Person"), row.user),
            (_("Organisation"), row.organisation or "—"),
            (_("Purpose"), row.purpose or "—"),
            (_("Series"), _("yes") if row.series else _("no")),
        ],
        events=moments(events_of(row)),
        breadcrumb=[(_("My bookings"), reverse("facilities:my_bookings")), (str(row.resource), "")],
    )
    return render(request, "core/record.html", {"record": record})


def _acts(row: Booking) -> list[Act]:
    here = [row.pk]
    cancel = reverse("facilities:booking_cancel", args=here)
    day = f"{reverse('facilities:calendar', args=[row.resource_id])}?day={timezone.localdate(row.start)}"
    return [
        act(_("Cancel"), cancel, "cancel_booking", row, danger=True),
        act(_("Nobody came"), reverse("facilities:no_show", args=here), "mark_no_show", row)
        if row.start <= clock.now()
        else Act(_("Open the calendar"), day),
    ]


class CancelForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=300)
    whole_series = forms.BooleanField(label=gettext_lazy("The rest of the series too"), required=False)


class CancelBooking(ActPage):
    verb = "facilities.cancel_booking"
    title = button = gettext_lazy("Cancel the booking")
    danger = True
    form_class = CancelForm

    def target(self):
        return get_object_or_404(Booking, pk=self.kwargs["pk"])

    def what(self):
        early = may_cancel_freely(policy_of(self.object.resource), self.object.start, clock.now())
        late = (
            []
            if early or self.object.user_id != self.request.user.pk
            else [_("This is late: it counts as a booking you did not come to.")]
        )
        return [_("The time becomes free; whoever waits first gets it."), *late]

    def whom(self):
        return [f"{self.object.resource} · {to_the_minute(self.object.start)}"]

    def perform(self, form) -> str:
        actions.cancel_booking(self.request.user, self.object, **form.cleaned_data)
        return _("The booking is cancelled.")


class NoShow(ActPage):
    verb = "facilities.mark_no_show"
    title = button = gettext_lazy("Nobody came")

    def target(self):
        return get_object_or_404(Booking, pk=self.kwargs["pk"])

    def perform(self, form) -> str:
        actions.mark_no_show(self.request.user, self.object)
        return _("It is noted; the rest of the time is free.")


class LeaveWaiting(ActPage):
    verb = "facilities.leave_waiting"
    title = button = gettext_lazy("Leave the wait list")
    undo = gettext_lazy("You can join again, at the end of the list.")

    def target(self):
        return get_object_or_404(Waiting, pk=self.kwargs["pk"])

    def whom(self):
        return [f"{self.object.resource} · {to_the_minute(self.object.start)}"]

    def perform(self, form) -> str:
        actions.leave_waiting(self.request.user, self.object)
        return _("You are off the list.")

    def done_url(self):
        return reverse("facilities:calendar", args=[self.object.resource_id])
