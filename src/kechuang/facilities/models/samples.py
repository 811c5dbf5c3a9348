"""What sample banks and data sets hold, and requests to use it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.language import in_language
from kechuang.core.models import Organisation, StoredFile
from kechuang.facilities.engine.samples import Consent, Loan, Purpose
from kechuang.facilities.models.catalogue import Resource

CONSENTS = [
    (Consent.NONE.value, _("No further use")),
    (Consent.DISEASE.value, _("Research on this disease")),
    (Consent.RESEARCH.value, _("Any research")),
    (Consent.COMMERCIAL.value, _("Research and commercial use")),
]
PURPOSES = [
    (Purpose.DISEASE.value, _("Research on this disease")),
    (Purpose.RESEARCH.value, _("Other research")),
    (Purpose.COMMERCIAL.value, _("Commercial development")),
]
LOANS = [
    (Loan.REQUESTED.value, _("Requested")),
    (Loan.REVIEWED.value, _("Review passed")),
    (Loan.AGREED.value, _("Agreement signed")),
    (Loan.DELIVERED.value, _("Delivered")),
    (Loan.RETURNED.value, _("Given back")),
    (Loan.REFUSED.value, _("Refused")),
    (Loan.WITHDRAWN.value, _("Withdrawn")),
]


class Holding(models.Model):
    """Samples of one kind (or records of a data set) of one disease under one consent."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="holdings")
    disease_code = models.CharField(_("ICD-10"), max_length=10, blank=True)
    disease_zh = models.CharField(_("disease"), max_length=120)
    disease_en = models.CharField(_("disease (English)"), max_length=200, blank=True)
    material = models.CharField(_("material"), max_length=80)
    consent = models.CharField(_("consent scope"), max_length=20, choices=CONSENTS)
    total = models.PositiveIntegerField(_("held"), default=0)
    lent = models.PositiveIntegerField(_("lent"), default=0)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["disease_code", "disease_zh", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "disease_zh", "material", "consent"], name="one_holding_once"
            ),
            models.CheckConstraint(condition=models.Q(lent__lte=models.F("total")), name="lent_of_total"),
        ]

    def __str__(self) -> str:
        return f"{in_language(self.disease_zh, self.disease_en)} · {self.material}"

    def get_absolute_url(self) -> str:
        return self.resource.get_absolute_url()

    @property
    def free(self) -> int:
        return self.total - self.lent


class SampleRequest(models.Model):
    holding = models.ForeignKey(
        Holding, on_delete=models.PROTECT, related_name="requests", verbose_name=_("holding")
    )
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sample_requests", null=True
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, verbose_name=_("organisation"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=PURPOSES)
    study = models.TextField(_("study"))
    wanted = models.PositiveIntegerField(_("number wanted"))
    stage = models.CharField(_("stage"), max_length=20, choices=LOANS, default=Loan.REQUESTED, db_index=True)
    asked_on = models.DateField(_("requested on"))
    ethics_number = models.CharField(_("ethics approval"), max_length=80, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    agreement_number = models.CharField(_("transfer agreement"), max_length=80, blank=True)
    agreement_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    due_back = models.DateField(_("due back"), null=True, blank=True)
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    returned = models.PositiveIntegerField(_("number returned"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["-asked_on", "-id"]
        verbose_name = _("sample request")
        verbose_name_plural = _("sample requests")

    def __str__(self) -> str:
        return f"{self.holding} × {self.wanted}"

    def get_absolute_url(self) -> str:
        return reverse("facilities:sample_request", args=[self.pk])
