"""What use costs: charge lines, innovation vouchers (创新券), monthly statements. Whole fen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.models import Organisation
from kechuang.facilities.models.sessions import ACCESS, UseSession


class Voucher(models.Model):
    code = models.CharField(_("number"), max_length=40, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="vouchers", verbose_name=_("enterprise")
    )
    granted_fen = models.BigIntegerField(_("granted (fen)"))
    balance_fen = models.BigIntegerField(_("balance (fen)"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"))
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["valid_to", "id"]
        verbose_name = _("innovation voucher")
        verbose_name_plural = _("innovation vouchers")
        constraints = [
            models.CheckConstraint(condition=models.Q(balance_fen__gte=0), name="voucher_not_overdrawn"),
            models.CheckConstraint(
                condition=models.Q(balance_fen__lte=models.F("granted_fen")), name="voucher_within_grant"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")), name="voucher_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("facilities:voucher", args=[self.pk])


class Statement(models.Model):
    """The month of an organisation, as it was issued. Later changes stand in a later month."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="use_statements", verbose_name=_("organisation")
    )
    month = models.DateField(_("month"))
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    voucher_fen = models.BigIntegerField(_("paid by vouchers (fen)"))
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["-month", "-id"]
        verbose_name = _("monthly statement")
        verbose_name_plural = _("monthly statements")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "month"], name="one_statement_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("facilities:statement", args=[self.pk])

    @property
    def due_fen(self) -> int:
        return self.amount_fen - self.voucher_fen


class ChargeLine(models.Model):
    """What a session costs. A correction adds a line with the difference; lines never change."""

    session = models.ForeignKey(UseSession, on_delete=models.PROTECT, related_name="charges")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="use_charges")
    month = models.DateField(_("month"))
    access = models.CharField(_("access"), max_length=20, choices=ACCESS)
    minutes = models.IntegerField(_("minutes"))
    rate_fen = models.BigIntegerField(_("rate (fen an hour)"))
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["organisation", "month"], name="charge_organisation")]


class VoucherUse(models.Model):
    """What a statement took from a voucher."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="uses")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="voucher_uses")
    amount_fen = models.BigIntegerField(_("amount (fen)"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="voucher_use_positive"),
            models.UniqueConstraint(fields=["voucher", "statement"], name="one_use_a_statement"),
        ]
