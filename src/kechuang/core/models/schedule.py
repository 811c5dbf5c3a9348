"""The timetable run by the worker; a run is unique by (job, due time), so that it happens once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Schedule(models.Model):
    job = models.CharField(_("job"), max_length=80, unique=True)
    every_seconds = models.PositiveIntegerField(_("every (seconds)"))
    next_due = models.DateTimeField(_("next due"))
    active = models.BooleanField(_("active"), default=True)


class ScheduleRun(models.Model):
    job = models.CharField(max_length=80)
    due = models.DateTimeField()
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    ok = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "due"], name="one_run_a_due_time")]
        ordering = ["-due"]
