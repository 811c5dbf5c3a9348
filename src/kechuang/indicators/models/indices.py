"""Indices: recipes, runs with their uncertainty, and external values with edition and licence."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.language import in_language


class Recipe(models.Model):
    """An index recipe (TOML, see docs/index-recipes.md) with the data it is run on."""

    code = models.SlugField(_("code"), max_length=80, unique=True)
    name_zh = models.CharField(_("Chinese name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    text = models.TextField(_("recipe"))
    data = models.TextField(_("data (CSV)"))
    meta = models.TextField(_("framework (CSV)"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="recipes"
    )
    public = models.BooleanField(_("public"), default=False)
    synthetic = models.BooleanField(_("synthetic"), default=False)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("indicators:index", args=[self.code])


class IndexRun(models.Model):
    """One run of a recipe: scores, ranks and rank intervals, with the digest of what went in."""

    recipe = models.ForeignKey(Recipe, on_delete=models.CASCADE, related_name="runs")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    draws = models.PositiveIntegerField(default=0)
    seed = models.IntegerField(default=1)
    result = models.JSONField()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["recipe", "digest", "draws", "seed"], name="one_run_an_input")
        ]


class ExternalValue(models.Model):
    """A value published elsewhere about a city: with source, edition and licence; two editions may differ."""

    index = models.CharField(_("index"), max_length=120)
    edition = models.CharField(_("edition"), max_length=40)
    dimension = models.CharField(_("dimension"), max_length=120, blank=True)
    dimension_en = models.CharField(_("dimension (English)"), max_length=120, blank=True)
    city_zh = models.CharField(_("city"), max_length=80)
    city_en = models.CharField(_("city (English)"), max_length=80, blank=True)
    year = models.PositiveIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6, null=True, blank=True)
    rank = models.PositiveIntegerField(_("rank"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["index", "edition", "dimension", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["index", "edition", "dimension", "city_zh", "year"], name="one_external_value"
            )
        ]

    @property
    def dimension_here(self) -> str:
        """In the reader's language where the source gives it; "" for the index as a whole."""
        return in_language(self.dimension, self.dimension_en)
