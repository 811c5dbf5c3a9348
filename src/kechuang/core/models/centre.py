"""What this house is the house of: the centre's name, and the years its great aims fall due."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.language import in_language

EARLIEST, LATEST = 1900, 2200


def check_horizons(value: list) -> None:
    if not isinstance(value, list) or not all(
        type(year) is int and EARLIEST <= year <= LATEST for year in value
    ):
        raise ValidationError(_("Horizons are years, such as 2025, 2035."))


class Centre(models.Model):
    """One row: a house serves one centre."""

    name_zh = models.CharField(_("name in Chinese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    horizons = models.JSONField(_("horizons"), default=list, blank=True, validators=[check_horizons])

    class Meta:
        verbose_name = _("Centre")

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("core:centre")

    @property
    def horizon_days(self) -> list[date]:
        """The last day of each horizon, nearest first."""
        return [date(year, 12, 31) for year in sorted(set(self.horizons))]

    @classmethod
    def here(cls) -> Centre | None:
        return cls.objects.order_by("pk").first()
