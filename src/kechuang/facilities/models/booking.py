"""Direct access: policies, bookings and the slots they hold, wait list, training, open problems, calendar feeds."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.language import in_language
from kechuang.core.models import Organisation


class Qualification(models.Model):
    """What a person must have been trained in; holds for `months` (0 = for good)."""

    name_zh = models.CharField(_("qualification"), max_length=150, unique=True)
    name_en = models.CharField(_("qualification (English)"), max_length=200, blank=True)
    months = models.PositiveSmallIntegerField(_("valid for (months)"), default=24)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("facilities:qualification", args=[self.pk])


class Training(models.Model):
    """A person was trained on a day; the qualification holds up to and with `valid_to` unless withdrawn."""

    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="trainings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="trainings", verbose_name=_("person")
    )
    trained_on = models.DateField(_("trained on"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("trainer"),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["-trained_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["qualification", "user", "trained_on"], name="one_training_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.qualification}"


class BookingPolicy(models.Model):
    """The rules of one instrument as data (see engine/policies.py); without a policy nothing can be booked."""

    resource = models.OneToOneField("facilities.Resource", on_delete=models.CASCADE, related_name="policy")
    rules = models.JSONField(default=dict)
    changeover_minutes = models.PositiveSmallIntegerField(_("changeover (minutes)"), default=0)
    qualification = models.ForeignKey(
        Qualification,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="policies",
        verbose_name=_("qualification"),
    )

    def __str__(self) -> str:
        return str(self.resource)

    def get_absolute_url(self) -> str:
        return reverse("facilities:calendar", args=[self.resource_id])


class Booking(models.Model):
    """From `start` to `end`; the instrument is held to `held_until`, which includes the changeover."""

    class Status(models.TextChoices):
        BOOKED = "booked", _("Booked")
        CANCELLED = "cancelled", _("Cancelled")
        USED = "used", _("Used")
        NO_SHOW = "no_show", _("Did not come")

    resource = models.ForeignKey("facilities.Resource", on_delete=models.PROTECT, related_name="bookings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bookings")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    start = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("to"))
    held_until = models.DateTimeField(_("held until"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.BOOKED)
    series = models.UUIDField(null=True, blank=True, db_index=True)
    made_at = models.DateTimeField(_("booked"))
    ended_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["start", "id"]
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        indexes = [
            models.Index(fields=["resource", "start"]),
            models.Index(fields=["user", "start"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start"), held_until__gte=F("end")), name="booking_runs_forward"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource} · {self.user}"

    def get_absolute_url(self) -> str:
        return reverse("facilities:booking", args=[self.pk])


class BookingSlot(models.Model):
    """A quarter of an hour that a booking holds. (instrument, slot) is unique: two people are never in one slot.

    `slot` counts quarters of an hour since 1970 in UTC, so that clock changes cannot make two of them one.
    """

    resource = models.ForeignKey("facilities.Resource", on_delete=models.PROTECT, related_name="+")
    slot = models.BigIntegerField()
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="slots")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "slot"], name="one_booking_a_slot")]


class Waiting(models.Model):
    """A place on the wait list for a time that is taken; the first is booked when it becomes free."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        BOOKED = "booked", _("Booked")
        LEFT = "left", _("Left the list")

    resource = models.ForeignKey("facilities.Resource", on_delete=models.PROTECT, related_name="waiting")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    start = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("to"))
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    booking = models.ForeignKey(Booking, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("since"))

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "user", "start"], condition=Q(status="waiting"), name="one_wait_once"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="wait_runs_forward"),
        ]


class Problem(models.Model):
    """A fault report. While one that `stops_use` is open, nothing can be booked."""

    resource = models.ForeignKey("facilities.Resource", on_delete=models.PROTECT, related_name="problems")
    text = models.TextField(_("what is wrong"))
    stops_use = models.BooleanField(_("cannot be used"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("reported"))
    solved_at = models.DateTimeField(_("solved"), null=True, blank=True)
    solution = models.TextField(_("solution"), blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("problem")
        verbose_name_plural = _("problems")

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("facilities:calendar", args=[self.resource_id])


def new_token() -> str:
    return secrets.token_urlsafe(24)


class CalendarFeed(models.Model):
    """A person's secret address for calendar programs: their own bookings, or those of one instrument."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    resource = models.ForeignKey(
        "facilities.Resource", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    token = models.CharField(max_length=64, unique=True, default=new_token)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "resource"], name="one_feed_an_instrument"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(resource__isnull=True), name="one_feed_of_ones_own"
            ),
        ]
