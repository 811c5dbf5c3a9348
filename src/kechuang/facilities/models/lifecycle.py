"""Large facilities and platforms of a cluster, and the dates of their stages."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kechuang.core.models import Organisation, StoredFile
from kechuang.facilities.engine.lifecycle import BUILT, Stage
from kechuang.facilities.models.institutions import Institution
from kechuang.facilities.models.named import Named

STAGES = [
    (Stage.PLANNING.value, _("Planning")),
    (Stage.APPROVAL.value, _("Project approved")),
    (Stage.CONSTRUCTION.value, _("Under construction")),
    (Stage.INSTALLATION.value, _("Installing equipment")),
    (Stage.COMMISSIONING.value, _("Commissioning")),
    (Stage.TRIAL.value, _("Trial operation")),
    (Stage.OPERATION.value, _("In research operation")),
    (Stage.UPGRADE.value, _("Upgrading")),
    (Stage.RETIRED.value, _("Retired")),
]


class Facility(Named):
    """A large facility or platform. `cluster` is the body that answers for the whole cluster."""

    class Kind(models.TextChoices):
        FACILITY = "facility", _("Large facility")
        PLATFORM = "platform", _("Cross-disciplinary platform")
        EDUCATION = "education", _("Research and education infrastructure")

    code = models.SlugField(pgettext_lazy("number of a thing", "code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    cluster = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cluster_facilities", verbose_name=_("cluster")
    )
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="facilities", verbose_name=_("owner")
    )
    institution = models.ForeignKey(
        Institution, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("institution")
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    about_zh = models.TextField(_("about"), blank=True)
    about_en = models.TextField(_("about (English)"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=STAGES, default=Stage.PLANNING, db_index=True)
    since = models.DateField(_("since"), null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta(Named.Meta):
        abstract = False
        ordering = ["kind", "id"]
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")

    def get_absolute_url(self) -> str:
        return reverse("facilities:facility", args=[self.pk])

    @property
    def built(self) -> bool:
        return self.stage in BUILT


class StageDate(models.Model):
    """Planned and actual first day of a stage, with what proves it. An upgrade brings 正式运行 a second time."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="dates")
    stage = models.CharField(_("stage"), max_length=20, choices=STAGES)
    planned_on = models.DateField(_("planned"), null=True, blank=True)
    actual_on = models.DateField(_("actual"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    evidence_url = models.URLField(_("address of the evidence"), blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "stage"],
                condition=models.Q(actual_on__isnull=True),
                name="one_open_date_a_stage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.facility} · {self.get_stage_display()}"


class AcceptanceDocument(models.Model):
    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="acceptances")
    title = models.CharField(_("document"), max_length=200)
    number = models.CharField(_("number"), max_length=80, blank=True)
    accepted_on = models.DateField(_("accepted on"))
    by = models.CharField(_("accepted by"), max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["-accepted_on", "-id"]

    def __str__(self) -> str:
        return self.title
