"""Commitments (承诺): who promised what, how much, by when, in which sentences; and the states they stood in."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.kernel import State
from kechuang.core.language import in_language
from kechuang.core.models import Organisation, Secrecy
from kechuang.core.states import LABELS
from kechuang.core.watched import Watched
from kechuang.indicators.models import Metric
from kechuang.plan.models.documents import Document, Statement

STATES = list(LABELS.items())


class Programme(models.Model):
    """A node of the programme tree, such as one of the six projects (六大工程) of a plan."""

    name_zh = models.CharField(_("Chinese name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    weight = models.PositiveIntegerField(_("weight"), default=1)
    order = models.PositiveIntegerField(_("order"), default=0)
    aliases = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("plan:programme", args=[self.pk])


class Commitment(models.Model):
    class Status(models.TextChoices):
        ACTIVE = "active", _("In force")
        SUPERSEDED = "superseded", _("Superseded")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Compare(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")
        DONE = "done", _("brought about")

    title_zh = models.CharField(_("promise"), max_length=300)
    title_en = models.CharField(_("promise (English)"), max_length=400, blank=True)
    promiser = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
        verbose_name=_("promised by"),
    )
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("programme"),
    )
    compare = models.CharField(_("comparison"), max_length=10, choices=Compare, default=Compare.AT_LEAST)
    target_value = models.DecimalField(
        _("promised value"), max_digits=30, decimal_places=6, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline_value = models.DecimalField(
        _("baseline"), max_digits=30, decimal_places=6, null=True, blank=True
    )
    promised_on = models.DateField(_("promised on"))
    due = models.DateField(_("due"), null=True, blank=True)
    metric = models.ForeignKey(
        Metric,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("indicator"),
    )
    cell = models.JSONField(default=dict, blank=True)
    lead = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_commitments",
        verbose_name=_("lead"),
    )
    supporting = models.ManyToManyField(
        Organisation, blank=True, related_name="supported_commitments", verbose_name=_("supporting")
    )
    weight = models.PositiveIntegerField(_("weight"), default=1)
    secrecy = models.IntegerField(_("secrecy"), choices=Secrecy, default=Secrecy.PUBLIC)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.ACTIVE)
    ended_on = models.DateField(_("no longer in force since"), null=True, blank=True)
    end_reason = models.TextField(_("reason of its end"), blank=True)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    state = models.CharField(
        _("state"), max_length=20, choices=STATES, default=State.UNMEASURED, db_index=True
    )
    measured = models.DecimalField(_("measured"), max_digits=30, decimal_places=6, null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    watched = Watched(
        without=("state", "measured"), parts=("sources", "target_versions", "supporting", "replies")
    )

    class Meta:
        ordering = ["due", "id"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")

    def __str__(self) -> str:
        return in_language(self.title_zh, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("plan:commitment", args=[self.pk])


class CommitmentSource(models.Model):
    """A sentence that makes the promise; the same promise in several documents has several."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="sources")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="commitment_sources")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commitment", "statement"], name="one_source_once")]


class TargetVersion(models.Model):
    """A target as it stood: kept when a promise is amended."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="target_versions")
    value = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    unit = models.CharField(max_length=40, blank=True)
    due = models.DateField(null=True)
    valid_from = models.DateField()
    reason = models.TextField(blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True)

    class Meta:
        ordering = ["valid_from", "id"]


class StateRow(models.Model):
    """The state of a commitment or task from a day on, as known at a moment. Never changed, only added to."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, null=True, related_name="states")
    task = models.ForeignKey("plan.Task", on_delete=models.CASCADE, null=True, related_name="states")
    state = models.CharField(max_length=20, choices=STATES)
    rule = models.CharField(max_length=40)
    measured = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    valid_from = models.DateField()
    known_at = models.DateTimeField()

    class Meta:
        ordering = ["valid_from", "known_at", "id"]
        indexes = [
            # up to the state, so that a long document's states are read from the index alone
            models.Index(fields=["commitment", "valid_from", "known_at", "id", "state"], name="states_told"),
            models.Index(fields=["task", "valid_from", "known_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(commitment=None) ^ models.Q(task=None), name="state_of_commitment_or_task"
            )
        ]
