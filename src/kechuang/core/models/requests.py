"""The request desk (接诉即办): anybody's request with kind, time limit, hand-over, answer and satisfaction."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.engine.desk import Stage

STAGES = [
    (Stage.OPEN.value, _("Open")),
    (Stage.ASSIGNED.value, _("Handed over")),
    (Stage.ANSWERED.value, _("Answered")),
    (Stage.CLOSED.value, _("Closed")),
]


class ServiceRequest(models.Model):
    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        COMPLAINT = "complaint", _("Complaint")
        SUGGESTION = "suggestion", _("Suggestion")
        SERVICE = "service", _("Service")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="service_requests",
        verbose_name=_("requester"),
    )
    handler = models.ForeignKey(
        "core.Organisation",
        on_delete=models.PROTECT,
        null=True,
        related_name="service_requests",
        verbose_name=_("handler"),
    )
    stage = models.CharField(_("stage"), max_length=20, choices=STAGES, default=Stage.OPEN)
    created = models.DateTimeField(_("received"))
    due = models.DateTimeField(_("due"))
    answered = models.DateTimeField(_("answered"), null=True)
    answer = models.TextField(_("answer"), blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name = _("request")
        verbose_name_plural = _("requests")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("core:request", args=[self.pk])
