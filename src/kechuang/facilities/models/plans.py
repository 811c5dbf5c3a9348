"""Plans of a cycle: each version with its instance, proof and reasons; pins and bans by hand; what was granted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.watched import Loose, Watched
from kechuang.facilities.models.proposals import Cycle, CycleFacility, TimeRequest


class TimePlan(models.Model):
    """One version. `instance` and `result` are the files of the command; `progress` follows the run."""

    class Kind(models.TextChoices):
        FULL = "full", _("New plan")
        HAND = "hand", _("Changed by hand")
        REPAIR = "repair", _("Repair after a breakdown")

    class Stage(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Being computed")
        DONE = "done", _("Computed")
        INFEASIBLE = "infeasible", _("No plan keeps every rule")
        FAILED = "failed", _("Failed")
        PUBLISHED = "published", _("In force")
        REPLACED = "replaced", _("Replaced")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FULL)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.QUEUED)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="later")
    cause = models.CharField(_("cause"), max_length=300, blank=True)
    seconds = models.PositiveIntegerField(_("seconds"), default=60)
    seed = models.PositiveIntegerField(_("seed"), default=1)
    origin = models.DateTimeField(_("start of slot 0"))
    instance = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    cost = models.FloatField(_("cost"), null=True, blank=True)
    progress = models.JSONField(default=dict)
    stop = models.BooleanField(default=False)
    fault = models.TextField(_("fault"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("begun"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    watched = Watched(
        without=("progress",),
        loose=Loose(  # what the worker computes stands once it is published
            "stage",
            {"queued", "running", "done", "infeasible", "failed"},
            ("stage", "result", "changes", "cost", "fault"),
        ),
    )

    class Meta:
        ordering = ["-number"]
        verbose_name = _("time plan")
        verbose_name_plural = _("time plans")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="one_plan_a_number"),
            models.UniqueConstraint(
                fields=["cycle"], condition=Q(stage="published"), name="one_published_plan_a_cycle"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} · v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("facilities:time_plan", args=[self.pk])


class HandRule(models.Model):
    """A manager's hand: `pin` holds a request at a start, `forbid` keeps it off a facility (or off all)."""

    class Kind(models.TextChoices):
        PIN = "pin", _("Pin")
        FORBID = "forbid", _("Keep off")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="hand_rules")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    request = models.ForeignKey(TimeRequest, on_delete=models.CASCADE, related_name="hand_rules")
    facility = models.ForeignKey(CycleFacility, on_delete=models.CASCADE, null=True, blank=True)
    slot = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=Q(kind="pin"), name="one_pin_a_request"),
            models.CheckConstraint(
                condition=~Q(kind="pin") | (Q(facility__isnull=False) & Q(slot__isnull=False)),
                name="a_pin_has_its_place",
            ),
        ]


class Grant(models.Model):
    """Time given by the published plan, by rapid access, or back for lost time."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        USED = "used", _("Used")
        LOST = "lost", _("Lost")
        MOVED = "moved", _("Moved or taken back")

    request = models.ForeignKey(TimeRequest, on_delete=models.PROTECT, related_name="grants")
    plan = models.ForeignKey(TimePlan, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    resource = models.ForeignKey("facilities.Resource", on_delete=models.PROTECT, related_name="grants")
    start = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("to"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    lost_hours = models.PositiveIntegerField(_("hours lost"), default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["start", "id"]
        indexes = [models.Index(fields=["resource", "start"])]
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="grant_runs_forward")]

    def __str__(self) -> str:
        return f"{self.request.proposal.number} · {self.resource}"
