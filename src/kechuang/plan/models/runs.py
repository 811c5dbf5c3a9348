"""An act on many tasks that the worker does in portions, or a long list that it takes in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import pgettext_lazy


class BulkRun(models.Model):
    """How far it is: `done` counts the tasks looked at, `refused` holds [task, why] of those left as they were.

    Of a list `tasks` holds the numbers of its rows.
    """

    class Stage(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("run", "Waiting")
        RUNNING = "running", pgettext_lazy("run", "Running")
        DONE = "done", pgettext_lazy("run", "Done")
        STOPPED = "stopped", pgettext_lazy("run", "Stopped")
        FAILED = "failed", pgettext_lazy("run", "Failed")

    verb = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    tasks = models.JSONField()
    arguments = models.JSONField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.WAITING)
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    stop = models.BooleanField(default=False)
    fault = models.TextField(blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    @property
    def going_on(self) -> bool:
        return self.stage in (self.Stage.WAITING, self.Stage.RUNNING)

    def get_absolute_url(self) -> str:
        return reverse("plan:run", args=[self.pk])
