"""Use of a resource: sessions, corrections that another person approves, reports, outputs."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kechuang.core.language import in_language
from kechuang.core.models import Organisation, StoredFile
from kechuang.facilities.engine.charges import Access
from kechuang.facilities.models.catalogue import Resource

ACCESS = [
    (Access.INTERNAL.value, _("Internal")),
    (Access.ACADEMIC.value, _("Academic")),
    (Access.ENTERPRISE.value, _("Enterprise")),
    (Access.PROPRIETARY.value, _("Proprietary")),
]


class UseSession(models.Model):
    """One use from start to stop; running while `end` is empty. One runs on a resource at a time."""

    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("resource")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="use_sessions",
        null=True,
        blank=True,
        verbose_name=_("user"),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="use_sessions", verbose_name=_("organisation")
    )
    access = models.CharField(_("access"), max_length=20, choices=ACCESS)
    subject = models.CharField(pgettext_lazy("use of an instrument", "subject"), max_length=200, blank=True)
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"), null=True, blank=True)
    lost = models.PositiveIntegerField(_("minutes lost"), default=0)
    lost_reason = models.CharField(_("why time was lost"), max_length=200, blank=True)
    report_due = models.DateField(_("report due"), null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["-start", "-id"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [
            models.Index(fields=["resource", "start"], name="session_resource"),
            models.Index(fields=["organisation", "start"], name="session_organisation"),
            models.Index(fields=["start"], name="session_start"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resource"], condition=models.Q(end__isnull=True), name="one_running_session"
            ),
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gt=models.F("start")),
                name="session_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} · {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("facilities:session", args=[self.pk])

    @property
    def minutes(self) -> int:
        return minutes_between(self.start, self.end) if self.end else 0


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes; a started one does not count."""
    return int((end - start).total_seconds() // 60)


class Correction(models.Model):
    """New times for a session, proposed by one person and decided by another."""

    session = models.ForeignKey(UseSession, on_delete=models.CASCADE, related_name="corrections")
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"))
    lost = models.PositiveIntegerField(_("minutes lost"), default=0)
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    asked_at = models.DateTimeField()
    approved = models.BooleanField(_("approved"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(approved__isnull=True), name="one_open_correction"
            )
        ]


class ExperimentReport(models.Model):
    """What came of a session; due before the user's next proposal."""

    session = models.OneToOneField(UseSession, on_delete=models.CASCADE, related_name="report")
    summary = models.TextField(_("summary"))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    handed_in = models.DateTimeField()


class Output(models.Model):
    """A paper, patent or data set that the time used led to."""

    class Kind(models.TextChoices):
        PAPER = "paper", _("Paper")
        PATENT = "patent", _("Patent")
        DATA = "data", _("Data set")
        STANDARD = "standard", _("Standard")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    number = models.CharField(_("DOI or patent number"), max_length=120, unique=True)
    title_zh = models.CharField(_("title"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=400, blank=True)
    published_on = models.DateField(pgettext_lazy("paper", "published on"))
    sessions = models.ManyToManyField(UseSession, related_name="outputs", verbose_name=_("sessions"))
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["-published_on", "-id"]
        verbose_name = _("output")
        verbose_name_plural = _("outputs")

    def __str__(self) -> str:
        return in_language(self.title_zh, self.title_en)
