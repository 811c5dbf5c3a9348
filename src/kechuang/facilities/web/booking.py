"""Direct access: instruments, the week of one, booking, wait list, problems, policies, trainings, calendar feeds."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.models import Organisation, User
from kechuang.core.roles import organisations_of
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, Facet, ListPage
from kechuang.core.web.record import Act, Record, permitted
from kechuang.facilities import actions
from kechuang.facilities.engine.booking import may_cancel_freely
from kechuang.facilities.models import (
    Booking,
    BookingPolicy,
    CalendarFeed,
    Problem,
    Qualification,
    Resource,
    Training,
    Waiting,
)
from kechuang.facilities.queries.bookings import bookable, is_qualified, is_taken, policy_of, week_of
from kechuang.facilities.web.feeds import calendar_of
from kechuang.facilities.web.parts import MomentField, RowForm


class Instruments(LoginRequiredMixin, ListPage):
    key = "facilities-booking"
    title = gettext_lazy("Book an instrument")
    columns = [
        Column("name", gettext_lazy("Instrument"), fields=("name_zh",), sort=True),
        Column("place", gettext_lazy("Place"), sort=True),
        Column("owner", gettext_lazy("Owner"), fields=("owner__name_zh",), sort=True),
        Column("needs", gettext_lazy("Qualification"), fields=("policy__qualification__name_zh",)),
        Column("problems", gettext_lazy("Open problems"), fields=("open_problems",), format="number"),
    ]
    facets = [
        Facet(
            "owner",
            gettext_lazy("Owner"),
            field="owner_id",
            choices=lambda ids: {o.pk: str(o) for o in Organisation.objects.filter(pk__in=ids)},
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


class MyBookings(LoginRequiredMixin, ListPage):
    key = "facilities-my-bookings"
    title = gettext_lazy("My bookings")
    columns = [
        Column("resource", gettext_lazy("Instrument"), fields=("resource__name_zh",), sort=True),
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


def _resource(pk: int) -> Resource:
    return get_object_or_404(
        Resource.objects.select_related("policy__qualification", "owner"), pk=pk, policy__isnull=False
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()


@login_required
def calendar(request, pk: int):
    """The week of an instrument: who has it, changeover, closures, problems; free hours lead to booking."""
    resource = _resource(pk)
    day = _day(request.GET.get("day", ""))
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
    here = [pk]
    context = {
        "resource": resource,
        "week": week,
        "day": day,
        "hours": [(h, f"{h:02d}:00") for h in range(0, 24, 2)],
        "rules": _rules(resource, policy),
        "qualified": is_qualified(request.user, resource.policy, clock.today()),
        "waiting": Waiting.objects.filter(
            resource=resource, user=request.user, status=Waiting.Status.WAITING
        ),
        "acts": permitted(
            [
                Act(
                    _("Book"),
                    f"{reverse('facilities:book', args=here)}?day={day}",
                    verb="facilities.book",
                    primary=True,
                ),
                Act(
                    _("Report a problem"),
                    reverse("facilities:problem_report", args=here),
                    verb="facilities.report_problem",
                ),
                Act(
                    _("Calendar feed"),
                    reverse("facilities:feed_instrument", args=here),
                    verb="facilities.make_feed",
                ),
                Act(
                    _("Close for maintenance"),
                    reverse("facilities:closure_add", args=here),
                    verb="facilities.save_closure",
                ),
                Act(
                    _("Set the rules"), reverse("facilities:policy", args=here), verb="facilities.set_policy"
                ),
            ],
            request.user,
        ),
        "manages": mine,
        "breadcrumb": [(_("Book an instrument"), reverse("facilities:instruments")), (str(resource), "")],
    }
    return render(request, "facilities/calendar.html", context)


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


class Book(LoginRequiredMixin, RowForm):
    title = gettext_lazy("Book")
    submit = gettext_lazy("Book this time")
    form_class = BookForm
    verb = "facilities.book"

    def find(self):
        return _resource(self.kwargs["pk"])

    @property
    def intro(self):
        return str(self.row)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "person": self.request.user}

    def get_initial(self):
        day = _day(self.request.GET.get("day", ""))
        hour = self.request.GET.get("hour", "9")
        start = datetime.combine(day, time(int(hour) if hour.isdigit() and int(hour) < 24 else 9))
        length = max(60, policy_of(self.row).shortest)
        found = organisations_of(self.request.user)
        return {
            "start": start,
            "end": start + timedelta(minutes=length),
            "organisation": next(iter(sorted(found)), None),
        }

    def perform(self, form) -> str:
        given = dict(form.cleaned_data)
        wait, every, count = given.pop("wait"), given.pop("every_days"), given.pop("count")
        if wait and not every:
            return self._wait_or_book(given)
        if every:
            made = actions.book_series(self.request.user, self.row, every_days=every, count=count, **given)
            return _("%(count)s bookings are made.") % {"count": len(made)}
        booking = actions.book(self.request.user, self.row, **given)
        return _("Booked from %(start)s to %(end)s.") % {
            "start": _clock(booking.start),
            "end": _clock(booking.end),
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


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


@login_required
def booking(request, pk: int):
    """One booking, for whoever made it and for managers."""
    row = get_object_or_404(Booking.objects.select_related("resource", "user__person", "organisation"), pk=pk)
    if not may(request.user, "facilities.cancel_booking", row):
        raise PermissionDenied
    standing = row.status == Booking.Status.BOOKED
    record = Record(
        title=f"{row.resource}",
        kind=_("Booking"),
        state_words=row.get_status_display(),
        synthetic=row.synthetic,
        acts=[
            Act(
                _("Cancel"),
                reverse("facilities:booking_cancel", args=[pk]),
                verb="facilities.cancel_booking",
                obj=row,
                danger=True,
            ),
            Act(
                _("Nobody came"),
                reverse("facilities:no_show", args=[pk]),
                verb="facilities.mark_no_show",
                obj=row,
            )
            if row.start <= clock.now()
            else Act(
                _("Open the calendar"),
                f"{reverse('facilities:calendar', args=[row.resource_id])}?day={timezone.localdate(row.start)}",
            ),
        ]
        if standing
        else [],
        facts=[
            (_("Status"), row.get_status_display()),
            (_("From"), _clock(row.start)),
            (_("To"), _clock(row.end)),
            (_("Held until"), _clock(row.held_until)),
            (_("Person"), row.user),
            (_("Organisation"), row.organisation or "—"),
            (_("Purpose"), row.purpose or "—"),
            (_("Series"), _("yes") if row.series else _("no")),
        ],
        events=moments(events_of(row)),
        breadcrumb=[(_("My bookings"), reverse("facilities:my_bookings")), (str(row.resource), "")],
    )
    return render(request, "core/record.html", {"record": record})


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
        return [f"{self.object.resource} · {_clock(self.object.start)}"]

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
        return [f"{self.object.resource} · {_clock(self.object.start)}"]

    def perform(self, form) -> str:
        actions.leave_waiting(self.request.user, self.object)
        return _("You are off the list.")

    def done_url(self):
        return reverse("facilities:calendar", args=[self.object.resource_id])


# ---- problems


class ProblemForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("What is wrong"), widget=forms.Textarea(attrs={"rows": 4}))
    stops_use = forms.BooleanField(label=gettext_lazy("It cannot be used"), required=False)


class ReportProblem(LoginRequiredMixin, RowForm):
    title = gettext_lazy("Report a problem")
    submit = gettext_lazy("Report the problem")
    form_class = ProblemForm
    verb = "facilities.report_problem"

    def find(self):
        return _resource(self.kwargs["pk"])

    @property
    def intro(self):
        return str(self.row)

    def perform(self, form) -> str:
        actions.report_problem(self.request.user, self.row, **form.cleaned_data)
        return _("The problem is reported.")

    def get_success_url(self):
        return reverse("facilities:calendar", args=[self.row.pk])


class SolveForm(forms.Form):
    solution = forms.CharField(
        label=gettext_lazy("How it was solved"), widget=forms.Textarea(attrs={"rows": 3})
    )


class SolveProblem(ActPage):
    verb = "facilities.solve_problem"
    title = button = gettext_lazy("Problem solved")
    form_class = SolveForm

    def target(self):
        return get_object_or_404(Problem, pk=self.kwargs["pk"])

    def perform(self, form) -> str:
        actions.solve_problem(self.request.user, self.object, form.cleaned_data["solution"])
        return _("The problem is solved; the instrument can be booked.")


# ---- policy


class PolicyForm(forms.Form):
    rules = forms.CharField(
        label=gettext_lazy("Rules"),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "mono"}),
        help_text=gettext_lazy(
            "As data: horizon_days, shortest, longest, step, notice_minutes, cancel_hours, hours, prime, prime_week_minutes, ahead_minutes, no_show_limit, no_show_days, recent_days, recent_minutes, recent_horizon_days."
        ),
    )
    changeover_minutes = forms.IntegerField(
        label=gettext_lazy("Changeover (minutes)"), min_value=0, initial=0
    )
    qualification = forms.ModelChoiceField(
        Qualification.objects.all(), label=gettext_lazy("Qualification"), required=False
    )

    def clean_rules(self):
        try:
            rules = json.loads(self.cleaned_data["rules"])
        except ValueError as error:
            raise forms.ValidationError(_("This is not JSON: %(error)s.") % {"error": error}) from error
        if not isinstance(rules, dict):
            raise forms.ValidationError(_("Write an object: {…}."))
        return rules


class SetPolicy(LoginRequiredMixin, RowForm):
    title = gettext_lazy("Booking rules")
    submit = gettext_lazy("Set the rules")
    form_class = PolicyForm
    verb = "facilities.set_policy"

    def find(self):
        resource = get_object_or_404(Resource, pk=self.kwargs["pk"])
        return BookingPolicy.objects.filter(resource=resource).first() or BookingPolicy(resource=resource)

    @property
    def intro(self):
        return str(self.row.resource)

    def get_initial(self):
        shown = self.row.rules or {"horizon_days": 30, "shortest": 30, "longest": 480, "step": 30}
        return {
            "rules": json.dumps(shown, ensure_ascii=False, indent=1),
            "changeover_minutes": self.row.changeover_minutes,
            "qualification": self.row.qualification_id,
        }

    def perform(self, form) -> str:
        for name, value in form.cleaned_data.items():
            setattr(self.row, name, value)
        actions.set_policy(self.request.user, self.row)
        return _("The rules hold from now on; bookings already made stand.")


# ---- qualifications and trainings


class Qualifications(LoginRequiredMixin, ListPage):
    key = "facilities-qualifications"
    title = gettext_lazy("Qualifications")
    columns = [
        Column("name", gettext_lazy("Qualification"), fields=("name_zh",), sort=True),
        Column("months", gettext_lazy("Valid for (months)"), format="number", sort=True),
        Column("people", gettext_lazy("Trained"), fields=("trained",), format="number"),
    ]
    facets = []
    search_fields = ["name_zh", "name_en"]
    default_sort = "name"

    def queryset(self):
        return Qualification.objects.annotate(trained=Count("trainings__user", distinct=True))

    def row_url(self, row):
        return reverse("facilities:qualification", args=[row["pk"]])

    def acts(self):
        return [
            Act(
                _("Add a qualification"),
                reverse("facilities:qualification_add"),
                verb="facilities.save_qualification",
                primary=True,
            )
        ]


@login_required
def qualification(request, pk: int):
    """One qualification: for managers everybody trained in it, for others their own trainings."""
    row = get_object_or_404(Qualification, pk=pk)
    manages = may(request.user, "facilities.record_training")
    trainings = row.trainings.select_related("user__person", "trainer__person")
    record = Record(
        title=str(row),
        kind=_("Qualification"),
        synthetic=row.synthetic,
        acts=[
            Act(
                _("Record a training"),
                reverse("facilities:training_add", args=[pk]),
                verb="facilities.record_training",
                primary=True,
            ),
            Act(
                _("Edit"),
                reverse("facilities:qualification_edit", args=[pk]),
                verb="facilities.save_qualification",
            ),
        ],
        facts=[
            (_("Valid for (months)"), row.months or _("for good")),
            (
                _("Asked for by"),
                " · ".join(str(p.resource) for p in row.policies.select_related("resource")) or "—",
            ),
        ],
        events=moments(events_of(row)) if manages else [],
        breadcrumb=[(_("Qualifications"), reverse("facilities:qualifications")), (str(row), "")],
    )
    context = {
        "record": record,
        "trainings": trainings if manages else trainings.filter(user=request.user),
        "manages": manages,
        "today": clock.today(),
    }
    return render(request, "facilities/qualification.html", context)


class QualificationForm(forms.ModelForm):
    class Meta:
        model = Qualification
        fields = ["name_zh", "name_en", "months"]


class EditQualification(LoginRequiredMixin, RowForm):
    title = gettext_lazy("Qualification")
    submit = gettext_lazy("Save the qualification")
    form_class = QualificationForm
    verb = "facilities.save_qualification"

    def find(self):
        return (
            get_object_or_404(Qualification, pk=self.kwargs["pk"]) if "pk" in self.kwargs else Qualification()
        )

    def perform(self, form) -> str:
        actions.save_qualification(self.request.user, form.instance)
        return _("The qualification is saved.")


class TrainingForm(forms.Form):
    user = forms.CharField(label=gettext_lazy("User name"), max_length=150)
    trained_on = forms.DateField(label=gettext_lazy("Trained on"), widget=DateInput)

    def clean_user(self):
        person = User.objects.filter(username=self.cleaned_data["user"], is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has this user name."))
        return person


class RecordTraining(LoginRequiredMixin, RowForm):
    title = gettext_lazy("Record a training")
    submit = gettext_lazy("Record the training")
    form_class = TrainingForm
    verb = "facilities.record_training"

    def find(self):
        return get_object_or_404(Qualification, pk=self.kwargs["pk"])

    @property
    def intro(self):
        return str(self.row)

    def perform(self, form) -> str:
        training = actions.record_training(self.request.user, self.row, **form.cleaned_data)
        return _("The training is recorded; it holds up to %(day)s.") % {
            "day": formatting.day(training.valid_to) if training.valid_to else "∞"
        }


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class WithdrawTraining(ActPage):
    verb = "facilities.withdraw_training"
    title = button = gettext_lazy("Withdraw the qualification")
    danger = True
    form_class = WithdrawForm

    def target(self):
        return get_object_or_404(Training, pk=self.kwargs["pk"])

    def perform(self, form) -> str:
        actions.withdraw_training(self.request.user, self.object, form.cleaned_data["reason"])
        return _("The qualification is withdrawn.")

    def done_url(self):
        return self.object.qualification.get_absolute_url()


# ---- calendar feeds


class FeedPage(ActPage):
    """Show one's secret address and make a new one."""

    verb = "facilities.make_feed"
    title = gettext_lazy("Calendar feed")
    button = gettext_lazy("Make a new address")
    undo = gettext_lazy("The former address stops working.")
    template_name = "facilities/feed.html"

    def target(self):
        self.resource = _resource(self.kwargs["pk"]) if "pk" in self.kwargs else None
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
