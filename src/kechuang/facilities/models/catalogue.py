"""What is shared: platforms, instruments, sample banks, data sets, with rates, hours, photos, agreements."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kechuang.core.language import in_language
from kechuang.core.models import Organisation, StoredFile
from kechuang.facilities.engine.charges import Access, band
from kechuang.facilities.models.lifecycle import Facility
from kechuang.facilities.models.named import Named

RATES = {access: f"rate_{access.value}_fen" for access in Access}
PRICE_BANDS = [
    (-1, _("On request")),
    (0, _("Free")),
    (1, _("Up to ¥100 an hour")),
    (2, _("¥100–500 an hour")),
    (3, _("¥500–2,000 an hour")),
    (4, _("Above ¥2,000 an hour")),
]


class Capability(models.TextChoices):
    MICROSCOPY = "microscopy", _("Microscopy")
    SPECTROSCOPY = "spectroscopy", _("Spectroscopy")
    DIFFRACTION = "diffraction", _("Diffraction and scattering")
    MASS = "mass", _("Mass spectrometry")
    CHROMATOGRAPHY = "chromatography", _("Chromatography")
    RESONANCE = "resonance", _("Magnetic resonance")
    IMAGING = "imaging", _("Biomedical imaging")
    SEQUENCING = "sequencing", _("Sequencing and omics")
    CELL = "cell", _("Cells and proteins")
    THERMAL = "thermal", _("Thermal analysis")
    MECHANICS = "mechanics", _("Mechanical testing")
    EXTREME = "extreme", _("Extreme conditions")
    LASER = "laser", _("Lasers and optics")
    FABRICATION = "fabrication", _("Micro- and nanofabrication")
    ELECTRONICS = "electronics", _("Electronics and communications")
    ENERGY = "energy", _("Energy and batteries")
    EARTH = "earth", _("Earth and space observation")
    COMPUTING = "computing", _("Computing")
    DATA = "data", _("Data services")
    PROCESS = "process", _("Process and pilot scale")
    TRAINING = "training", _("Training")
    OTHER = "other", _("Other")


RESOURCE_FACTS = (
    "code",
    "kind",
    "name_zh",
    "name_en",
    "capability",
    "capability_zh",
    "capability_en",
    "owner",
    "facility",
    "part_of",
    "place",
    "maker",
    "model",
    "serial",
    "handle",
    "acquired_on",
    "value_fen",
    "hours",
    *RATES.values(),
    "contact",
    "contact_phone",
    "contact_email",
)  # what its keeper says of a resource


class Resource(Named):
    """One thing that is shared. Instruments stand in a platform (`part_of`); a value never counts its parts."""

    class Kind(models.TextChoices):
        FACILITY = "facility", _("Large facility")
        BEAMLINE = "beamline", _("Beamline")
        INSTRUMENT = "instrument", _("Instrument")
        ENGINEERING_LINE = "engineering_line", _("Engineering line")
        PILOT_LINE = "pilot_line", _("Pilot line")
        COMPUTING = "computing", _("Computing platform")
        DATA_PLATFORM = "data_platform", _("Data platform")
        JOINT_LAB = "joint_lab", _("Joint laboratory")
        TRAINING_BASE = "training_base", _("Training base")
        SAMPLE_BANK = "sample_bank", _("Sample bank")
        DATA_SET = "data_set", _("Data set")

    code = models.CharField(pgettext_lazy("number of a thing", "code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    capability = models.CharField(
        _("capability"), max_length=20, choices=Capability, default=Capability.OTHER
    )
    capability_zh = models.TextField(_("what it can do"), blank=True)
    capability_en = models.TextField(_("what it can do (English)"), blank=True)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="resources", verbose_name=_("owner")
    )
    facility = models.ForeignKey(
        Facility,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("facility"),
    )
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    maker = models.CharField(_("maker"), max_length=120, blank=True)
    model = models.CharField(_("model"), max_length=120, blank=True)
    serial = models.CharField(_("serial number"), max_length=80, blank=True)
    handle = models.CharField(_("DOI or handle"), max_length=120, blank=True)
    acquired_on = models.DateField(_("acquired on"), null=True, blank=True)
    value_fen = models.BigIntegerField(_("original value (fen)"), default=0)
    hours = models.CharField(_("open hours"), max_length=120, blank=True)
    rate_internal_fen = models.BigIntegerField(_("internal rate (fen an hour)"), null=True, blank=True)
    rate_academic_fen = models.BigIntegerField(_("academic rate (fen an hour)"), null=True, blank=True)
    rate_enterprise_fen = models.BigIntegerField(_("enterprise rate (fen an hour)"), null=True, blank=True)
    rate_proprietary_fen = models.BigIntegerField(_("proprietary rate (fen an hour)"), null=True, blank=True)
    price_band = models.SmallIntegerField(_("price band"), choices=PRICE_BANDS, default=-1, editable=False)
    contact = models.CharField(_("contact"), max_length=80, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    opened = models.BooleanField(_("opened for sharing"), default=False)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)
    revision = models.PositiveBigIntegerField(default=0, db_index=True, editable=False)

    class Meta(Named.Meta):
        abstract = False
        ordering = ["id"]
        verbose_name = _("shared resource")
        verbose_name_plural = _("shared resources")
        indexes = [
            models.Index(fields=["owner", "kind"], name="resource_owner"),
            models.Index(fields=["kind", "name_zh"], name="resource_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(**{f"{name}__gte": 0}) | models.Q(**{f"{name}__isnull": True}),
                name=f"{name}_not_negative",
            )
            for name in RATES.values()
        ] + [models.CheckConstraint(condition=models.Q(value_fen__gte=0), name="value_not_negative")]

    def get_absolute_url(self) -> str:
        return reverse("facilities:resource", args=[self.pk])

    @property
    def capability_text(self) -> str:
        return in_language(self.capability_zh, self.capability_en)

    def rate(self, access: str) -> int | None:
        """Fen an hour; None where this access is not offered."""
        return getattr(self, RATES[Access(access)])

    def derive(self) -> None:
        """Fields that follow from others."""
        self.price_band = band(self.rate_academic_fen)


def _epoch() -> str:
    return uuid4().hex


class CatalogueRevision(models.Model):
    """One row, locked by whoever changes the catalogue, so that revisions appear in the order of commits.

    `epoch` tells one database from another, so that what a process remembers of the one is not taken for the other.
    """

    number = models.PositiveBigIntegerField(default=0)
    epoch = models.CharField(max_length=32, default=_epoch)


class Photo(models.Model):
    """A picture of a resource as it is shown, a small one for lists, and what it shows in words."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    small = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    shows_zh = models.CharField(_("what it shows"), max_length=200, blank=True)
    shows_en = models.CharField(_("what it shows (English)"), max_length=200, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return in_language(self.shows_zh, self.shows_en)

    def url_of(self, file: StoredFile) -> str:
        """Its address: another one whenever the picture is exchanged, so that browsers may keep it."""
        return reverse("facilities:photo", args=[self.pk, file.digest[:16]])

    @property
    def url(self) -> str:
        return self.url_of(self.file)

    @property
    def small_url(self) -> str:
        return self.url_of(self.small)


class Agreement(models.Model):
    """The agreement under which a joint laboratory or training base runs."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="agreements")
    title = models.CharField(_("agreement"), max_length=200)
    signed_on = models.DateField(_("signed on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    terms = models.TextField(_("terms"), blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("signed_on")),
                name="agreement_forward",
            )
        ]

    def __str__(self) -> str:
        return self.title


class AgreementMember(models.Model):
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, verbose_name=_("organisation"))
    part = models.CharField(_("part"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="one_member_an_agreement")
        ]

    def __str__(self) -> str:
        return str(self.organisation)
