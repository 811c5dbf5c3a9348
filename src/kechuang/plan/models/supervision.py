"""Supervision: what was passed up the organisation tree, and the right of reply before "late" shows publicly."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.core.models import Organisation
from kechuang.plan.models.commitments import Commitment
from kechuang.plan.models.work import Task


class Escalation(models.Model):
    """A task passed up to the organisation at `level` steps above its lead (0 = the lead itself)."""

    class Rule(models.TextChoices):
        OVERDUE = "overdue", _("Overdue")
        SILENT = "silent", _("Without report")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="escalations")
    rule = models.CharField(_("rule"), max_length=40, choices=Rule)
    level = models.PositiveSmallIntegerField(_("level"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="escalations")
    at = models.DateTimeField(_("at"))
    settled_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "rule", "level"],
                condition=models.Q(settled_at=None),
                name="one_open_escalation_a_level",
            )
        ]


class RightOfReply(models.Model):
    """The responsible office may answer until `until`; only then, or after its answer, "late" is public."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="replies")
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="replies")
    opened_at = models.DateTimeField(_("opened"))
    until = models.DateField(_("answer until"))
    text = models.TextField(_("reply"), blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    replied_at = models.DateTimeField(_("replied"), null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=models.Q(closed_at=None), name="one_open_reply_a_commitment"
            )
        ]
