"""Statistical returns (统计报送): forms declared as data, filled in by organisations, approved, versioned."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.language import in_language, is_english
from kechuang.core.models import Organisation
from kechuang.indicators.models.metrics import Metric


class ReturnForm(models.Model):
    """A form: its items, each tied to a metric, and its checks, as data (see docs/returns.md)."""

    class Frequency(models.TextChoices):
        MONTH = "month", _("monthly")
        QUARTER = "quarter", _("quarterly")
        YEAR = "year", _("yearly")

    code = models.SlugField(_("code"), max_length=80, unique=True)
    title_zh = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    frequency = models.CharField(_("frequency"), max_length=10, choices=Frequency)
    items = models.JSONField(_("items"), default=list)
    checks = models.JSONField(_("checks"), default=list)
    due_days = models.PositiveIntegerField(_("due after the period (days)"), default=15)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.title_zh, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("indicators:form", args=[self.code])

    @classmethod
    def item_words(cls, code: str) -> str:
        """What the newest form that has this item calls it; empty when none has."""
        name = "name_en" if is_english() else "name_zh"
        for items in cls.objects.order_by("-pk").values_list("items", flat=True):
            for item in items:
                if item["code"] == code:
                    return item.get(name) or item.get("name_zh") or ""
        return ""


class Return(models.Model):
    class Stage(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        SENT_BACK = "sent_back", _("Sent back")
        APPROVED = "approved", _("Approved")
        REPLACED = "replaced", _("Replaced")

    form = models.ForeignKey(ReturnForm, on_delete=models.PROTECT, related_name="returns")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="returns")
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    version = models.PositiveIntegerField(_("version"), default=1)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.DRAFT)
    remark = models.TextField(_("remark"), blank=True)
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["-end", "organisation_id", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "organisation", "start", "end", "version"], name="one_return_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.form} · {self.organisation} · {self.end}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:return", args=[self.pk])


class ReturnValue(models.Model):
    filing = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="values")
    item = models.CharField(max_length=80)
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="return_values")
    value = models.DecimalField(max_digits=30, decimal_places=6, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "item"], name="one_value_an_item")]
