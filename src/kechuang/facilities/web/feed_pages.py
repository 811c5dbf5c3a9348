"""Secret calendar addresses and what stands at them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.web.acts import ActPage
from kechuang.facilities import actions
from kechuang.facilities.models import (
    CalendarFeed,
)
from kechuang.facilities.web.booking import bookable_resource
from kechuang.facilities.web.feeds import calendar_of


class FeedPage(ActPage):
    """Show one's secret address and make a new one."""

    verb = "facilities.make_feed"
    title = gettext_lazy("Calendar feed")
    button = gettext_lazy("Make a new address")
    undo = gettext_lazy("The former address stops working.")
    template_name = "facilities/feed.html"

    def target(self):
        self.resource = bookable_resource(self.kwargs["pk"]) if "pk" in self.kwargs else None
        return None

    @property
    def address(self) -> str:
        feed = CalendarFeed.objects.filter(user=self.request.user, resource=self.resource).first()
        return self.request.build_absolute_uri(reverse("facilities:ics", args=[feed.token])) if feed else ""

    def what(self):
        return [
            _("Calendar programs read bookings at a secret address; whoever has it can read them."),
            *(
                [_("It shows the bookings of %(resource)s.") % {"resource": self.resource}]
                if self.resource
                else [_("It shows your own bookings.")]
            ),
        ]

    def perform(self, form) -> str:
        actions.make_feed(self.request.user, self.resource)
        return _("The address is new; copy it into your calendar program.")

    def done_url(self):
        return self.request.path


def ics(request, token: str):
    """The feed: known by its token alone; no login."""
    feed = get_object_or_404(CalendarFeed.objects.select_related("user", "resource"), token=token)
    if not feed.user.is_active:
        raise PermissionDenied
    answer = HttpResponse(calendar_of(feed), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="kechuang.ics"'
    answer["Cache-Control"] = "private, max-age=300"
    return answer
