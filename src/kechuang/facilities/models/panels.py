"""Panels: who judges, who may not judge what, and the grades."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.language import in_language
from kechuang.facilities.models.proposals import Cycle, Proposal


class Panel(models.Model):
    """Several panels may sit on one call; `ceiling_hours` is what its proposals get at most together."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="panels")
    name_zh = models.CharField(_("panel"), max_length=100)
    name_en = models.CharField(_("panel (English)"), max_length=150, blank=True)
    disciplines = models.JSONField(_("disciplines"), default=list)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("chair")
    )
    ceiling_hours = models.PositiveIntegerField(_("hours at most"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        constraints = [models.UniqueConstraint(fields=["cycle", "name_zh"], name="one_panel_a_name")]

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("facilities:panel", args=[self.pk])


class PanelMember(models.Model):
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panels")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["panel", "user"], name="one_seat_a_person")]

    def __str__(self) -> str:
        return str(self.user)


class DeclaredConflict(models.Model):
    """A panel member says that they should not judge a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="declared_conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("when"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "user"], name="one_declaration_once")]


class Grade(models.Model):
    """0 to 100, with a comment that the proposer may read."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="grades")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(_("grade"))
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "user"], name="one_grade_a_member"),
            models.CheckConstraint(condition=Q(points__lte=100), name="grade_up_to_100"),
        ]
