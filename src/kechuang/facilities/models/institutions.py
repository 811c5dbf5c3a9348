"""National laboratories, key laboratories, new R&D institutes: plan, inner organisation, contract, evaluation."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.models import Organisation, StoredFile
from kechuang.facilities.models.named import Named


class Institution(models.Model):
    class Kind(models.TextChoices):
        NATIONAL = "national", _("National laboratory")
        STATE_KEY = "state_key", _("State key laboratory")
        CITY_KEY = "city_key", _("Municipal key laboratory")
        NEW_RD = "new_rd", _("New R&D institute")

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="institution", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, db_index=True)
    field_zh = models.CharField(_("field"), max_length=200, blank=True)
    field_en = models.CharField(_("field (English)"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    founded = models.DateField(_("founded"), null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["kind", "id"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        return reverse("facilities:institution", args=[self.pk])


class Unit(Named):
    """A part of an institution: department, centre, team."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="units")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )
    head = models.CharField(_("head"), max_length=100, blank=True)
    staff = models.PositiveIntegerField(_("staff"), default=0)
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta(Named.Meta):
        abstract = False
        ordering = ["order", "id"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")


class FiveYearPlan(models.Model):
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="plans")
    start_year = models.PositiveSmallIntegerField(_("first year"))
    end_year = models.PositiveSmallIntegerField(_("last year"))
    mission_zh = models.TextField(_("mission"))
    mission_en = models.TextField(_("mission (English)"), blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["-start_year"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "start_year"], name="one_plan_a_start"),
            models.CheckConstraint(
                condition=models.Q(end_year__gte=models.F("start_year")), name="plan_years_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.start_year}–{self.end_year}"


class Direction(Named):
    """A research direction of a five-year plan."""

    plan = models.ForeignKey(FiveYearPlan, on_delete=models.CASCADE, related_name="directions")
    lead = models.CharField(_("lead"), max_length=100, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta(Named.Meta):
        abstract = False
        ordering = ["order", "id"]
        verbose_name = _("research direction")
        verbose_name_plural = _("research directions")


class PlanMilestone(Named):
    plan = models.ForeignKey(FiveYearPlan, on_delete=models.CASCADE, related_name="milestones")
    direction = models.ForeignKey(
        Direction, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("research direction")
    )
    due = models.DateField(_("due"))
    done_on = models.DateField(_("reached on"), null=True, blank=True)
    evidence_url = models.URLField(_("address of the evidence"), blank=True)

    class Meta(Named.Meta):
        abstract = False
        ordering = ["due", "id"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")


class Contract(models.Model):
    """A performance contract between an institution and whoever funds it."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="contracts")
    funder = models.ForeignKey(Organisation, on_delete=models.PROTECT, verbose_name=_("funder"))
    title_zh = models.CharField(_("contract"), max_length=200)
    start = models.DateField(_("start"))
    end = models.DateField(_("end"))
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    amount_fen = models.BigIntegerField(_("amount (fen)"), default=0)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["-start", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_fen__gte=0), name="contract_amount_positive"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="contract_forward"),
        ]

    def __str__(self) -> str:
        return self.title_zh


class ContractIndicator(Named):
    """What the contract asks for; whole numbers of its unit."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="indicators")
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    weight = models.PositiveIntegerField(_("weight"), default=1)
    target = models.BigIntegerField(_("target"))
    actual = models.BigIntegerField(_("actual"), null=True, blank=True)
    measured_on = models.DateField(_("measured on"), null=True, blank=True)
    evidence_url = models.URLField(_("address of the evidence"), blank=True)

    class Meta(Named.Meta):
        abstract = False
        ordering = ["id"]
        verbose_name = _("contract indicator")
        verbose_name_plural = _("contract indicators")


class Evaluation(models.Model):
    class Grade(models.TextChoices):
        EXCELLENT = "excellent", _("Excellent")
        GOOD = "good", _("Good")
        PASS = "pass", _("Pass")
        FAIL = "fail", _("Fail")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="evaluations")
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("contract")
    )
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    held_on = models.DateField(_("held on"))
    grade = models.CharField(_("grade"), max_length=20, choices=Grade)
    score = models.PositiveSmallIntegerField(_("score by contract (tenths)"), null=True, blank=True)
    conclusion = models.TextField(_("conclusion"))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["-end", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "start", "end"], name="one_evaluation_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.start:%Y-%m} – {self.end:%Y-%m}"
