"""The register of major decisions (三重一大) with reasons and votes."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.models import Organisation, Person, Secrecy
from kechuang.core.watched import Watched
from kechuang.plan.models.work import Project


class MajorDecision(models.Model):
    class Matter(models.TextChoices):
        DECISION = "decision", _("Major decision")
        APPOINTMENT = "appointment", _("Important appointment")
        PROJECT = "project", _("Major project")
        FUNDS = "funds", _("Large sum of money")

    title = models.CharField(_("title"), max_length=300)
    matter = models.CharField(_("matter"), max_length=20, choices=Matter)
    body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("deciding body")
    )
    project = models.ForeignKey(
        Project,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("project"),
    )
    decided_on = models.DateField(_("decided on"))
    members = models.ManyToManyField(
        Person, blank=True, related_name="decides_on", verbose_name=_("members who decide")
    )
    reasons = models.TextField(_("reasons"))
    amount_fen = models.BigIntegerField(_("amount"), null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True)
    secrecy = models.IntegerField(_("secrecy"), choices=Secrecy, default=Secrecy.INTERNAL)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    watched = Watched(parts=("members", "votes"))

    class Meta:
        ordering = ["-decided_on", "-id"]
        verbose_name = _("major decision")
        verbose_name_plural = _("major decisions")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plan:decision", args=[self.pk])


class Vote(models.Model):
    """What one of the members did; whoever was absent has an entry too."""

    class Choice(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")
        ABSTAIN = "abstain", _("Abstained")
        ABSENT = "absent", _("Absent")

    decision = models.ForeignKey(MajorDecision, on_delete=models.CASCADE, related_name="votes")
    voter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="votes")
    choice = models.CharField(_("vote"), max_length=10, choices=Choice)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "voter"], name="one_vote_a_person")]
