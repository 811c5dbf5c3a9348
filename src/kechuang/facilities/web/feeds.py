"""Bookings as an iCalendar feed (RFC 5545), for calendar programs."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kechuang.core import clock
from kechuang.facilities.models import Booking, CalendarFeed, Grant


def calendar_of(feed: CalendarFeed) -> bytes:
    """The person's own bookings and granted time, or all bookings of an instrument (names only for oneself)."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Kechuang//bookings//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", str(feed.resource or feed.user))
    calendar.add("x-wr-timezone", timezone.get_default_timezone_name())
    for uid, start, end, title, place in _entries(feed):
        event = Event()
        event.add("uid", f"{uid}@kechuang")
        event.add("dtstamp", clock.now())
        event.add("dtstart", start)
        event.add("dtend", end)
        event.add("summary", title)
        if place:
            event.add("location", place)
        calendar.add_component(event)
    return calendar.to_ical()


def _entries(feed: CalendarFeed):
    since = clock.now() - timedelta(days=90)
    bookings = Booking.objects.filter(status=Booking.Status.BOOKED, end__gt=since).select_related(
        "resource", "user__person"
    )
    if feed.resource_id:
        for b in bookings.filter(resource=feed.resource_id):
            yield (
                f"booking-{b.pk}",
                b.start,
                b.end,
                str(b.user if b.user_id == feed.user_id else b.resource),
                b.resource.place,
            )
        return
    for b in bookings.filter(user=feed.user_id):
        yield f"booking-{b.pk}", b.start, b.end, f"{b.resource} {b.purpose}".strip(), b.resource.place
    grants = Grant.objects.filter(
        request__proposal__author=feed.user_id, status=Grant.Status.PLANNED, end__gt=since
    )
    for g in grants.select_related("resource", "request__proposal"):
        yield f"grant-{g.pk}", g.start, g.end, f"{g.resource} {g.request.proposal.number}", g.resource.place
