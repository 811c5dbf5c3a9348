"""Organisations: one row each, with parent, names over time and identifiers."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kechuang.core.kernel.identifiers import validate
from kechuang.core.language import in_language
from kechuang.core.watched import Watched


class Organisation(models.Model):
    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("Government body")
        OFFICE = "office", _("Office")
        INSTITUTE = "institute", _("Research institute")
        UNIVERSITY = "university", _("University")
        ENTERPRISE = "enterprise", _("Enterprise")
        HOSPITAL = "hospital", _("Hospital")
        PARK = "park", _("Park administration")
        ASSOCIATION = "association", _("Association")
        OTHER = "other", _("Other")

    class Level(models.TextChoices):
        STATE = "state", pgettext_lazy("level", "State")
        CITY = "city", pgettext_lazy("level", "City")
        DISTRICT = "district", pgettext_lazy("level", "District")
        NONE = "", _("Not applicable")

    class Standing(models.TextChoices):
        ACTIVE = "active", _("In being")
        INACTIVE = "inactive", _("No longer active")
        WITHDRAWN = "withdrawn", _("Record withdrawn")  # made in error, or twice: nothing new refers to it

    name_zh = models.CharField(_("Chinese name"), max_length=200, db_index=True)
    name_en = models.CharField(_("English name"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.NONE, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )
    region = models.CharField(_("region code (GB/T 2260)"), max_length=6, blank=True)
    duties = models.TextField(_("duties"), blank=True)
    founded = models.DateField(_("founded"), null=True, blank=True)
    ended = models.DateField(_("ended"), null=True, blank=True)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, default=Standing.ACTIVE)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    watched = Watched(parts=("names", "identifiers"))

    class Meta:
        ordering = ["name_zh"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("core:organisation", args=[self.pk])

    def line(self) -> list[Organisation]:
        """The organisation and those above it, lowest first."""
        chain, current = [], self
        while current and current not in chain:
            chain.append(current)
            current = current.parent
        return chain


class OrganisationName(models.Model):
    """A name the organisation bears or bore: official in a period, or an alias."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=300, db_index=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    alias = models.BooleanField(_("alias"), default=False)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "valid_from"], name="one_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """An identifier of an organisation: 统一社会信用代码 (uscc), ror, grid, wikidata …"""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("scheme"), max_length=20)
    value = models.CharField(pgettext_lazy("identifier", "value"), max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="one_owner_an_identifier")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"

    def clean(self) -> None:
        validate(self.scheme, self.value)
