"""Calls for proposals: cycles with hours and rules, the form as versions, proposals and the time they ask for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.language import in_language
from kechuang.core.models import Organisation, StoredFile
from kechuang.core.watched import Loose, Watched
from kechuang.facilities.engine.cycle import CycleStage, ProposalStage

CYCLE_STAGES = [
    (CycleStage.PREPARED, _("In preparation")),
    (CycleStage.OPEN, _("Open for proposals")),
    (CycleStage.REVIEW, _("In review")),
    (CycleStage.PUBLISHED, _("Plan published")),
    (CycleStage.ENDED, _("Ended")),
]
PROPOSAL_STAGES = [
    (ProposalStage.DRAFT, _("Draft")),
    (ProposalStage.SUBMITTED, _("Submitted")),
    (ProposalStage.TECHNICAL, _("Technical review")),
    (ProposalStage.SAFETY, _("Safety review")),
    (ProposalStage.PANEL, _("Before the panel")),
    (ProposalStage.RECOMMENDED, _("Recommended")),
    (ProposalStage.GRANTED, _("Has time")),
    (ProposalStage.RESERVE, _("Reserve list")),
    (ProposalStage.COMPLETED, _("Completed")),
    (ProposalStage.INELIGIBLE, _("Not eligible")),
    (ProposalStage.INFEASIBLE, _("Not feasible")),
    (ProposalStage.DECLINED, _("Declined")),
    (ProposalStage.WITHDRAWN, _("Withdrawn")),
]
DISCIPLINES = [
    ("physics", _("Physics")),
    ("chemistry", _("Chemistry")),
    ("materials", _("Materials science")),
    ("life", _("Life sciences")),
    ("earth", _("Earth and environment")),
    ("engineering", _("Engineering")),
    ("information", _("Information science")),
    ("astronomy", _("Astronomy")),
]


class Cycle(models.Model):
    """One call: proposals are taken from `opens` to `closes`; time is given from `start` up to and with `end`."""

    name_zh = models.CharField(_("call"), max_length=200, unique=True)
    name_en = models.CharField(_("call (English)"), max_length=300, blank=True)
    organiser = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organiser")
    )
    conditions = models.TextField(_("conditions"), blank=True)
    opens = models.DateTimeField(_("opens"))
    closes = models.DateTimeField(_("closes"))
    start = models.DateField(_("first day of use"))
    end = models.DateField(_("last day of use"))
    slot_minutes = models.PositiveIntegerField(_("slot (minutes)"), default=480)
    stage = models.CharField(_("stage"), max_length=20, choices=CYCLE_STAGES, default=CycleStage.PREPARED)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["-start", "-id"]
        verbose_name = _("call for proposals")
        verbose_name_plural = _("calls for proposals")
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="call_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="cycle_ends_after_its_start"),
        ]

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("facilities:cycle", args=[self.pk])


class CycleFacility(models.Model):
    """What one facility offers in a cycle: hours at most, weekdays for the machine, reserve, changeover."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="facilities")
    resource = models.ForeignKey(
        "facilities.Resource", on_delete=models.PROTECT, related_name="cycles", verbose_name=_("facility")
    )
    hours = models.PositiveIntegerField(_("hours offered"))
    machine_weekdays = models.JSONField(_("machine days"), default=list)  # 0 = Monday
    reserve_percent = models.PositiveSmallIntegerField(_("open-access reserve (%)"), default=0)
    changeover = models.JSONField(_("changeover"), default=dict)  # {"set-up>set-up": slots}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "resource"], name="one_offer_a_facility"),
            models.CheckConstraint(condition=Q(reserve_percent__lt=100), name="reserve_below_all"),
        ]

    def __str__(self) -> str:
        return str(self.resource)


class Closure(models.Model):
    """Time in which a facility cannot be used. Closures of one facility never overlap."""

    class Kind(models.TextChoices):
        MAINTENANCE = "maintenance", _("Maintenance")
        SHUTDOWN = "shutdown", _("Shutdown")
        BREAKDOWN = "breakdown", _("Breakdown")

    resource = models.ForeignKey("facilities.Resource", on_delete=models.PROTECT, related_name="closures")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.MAINTENANCE)
    start = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("to"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["start", "id"]
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="closure_runs_forward")]

    def __str__(self) -> str:
        return f"{self.resource} · {self.get_kind_display()}"


class CycleRule(models.Model):
    """A share of the allocatable time in thousandths: partner quota, cap of an organisation, floor of a discipline."""

    class Kind(models.TextChoices):
        QUOTA = "quota", _("Partner quota")
        CAP = "cap", _("Cap of an organisation")
        FLOOR = "floor", _("Floor of a discipline")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="rules")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("of whom"), max_length=100)
    least = models.PositiveSmallIntegerField(_("at least (‰)"), null=True, blank=True)
    most = models.PositiveSmallIntegerField(_("at most (‰)"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kind", "name"], name="one_rule_once"),
            models.CheckConstraint(
                condition=(Q(least=None) | Q(least__lte=1000)) & (Q(most=None) | Q(most__lte=1000)),
                name="share_up_to_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.name}"


class FormVersion(models.Model):
    """The form of a cycle as it stood; a changed form is a new version, answers stay as they were given."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="forms")
    number = models.PositiveIntegerField(_("version"))
    fields = models.JSONField(default=list)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="one_form_a_number")]

    def __str__(self) -> str:
        return f"{self.cycle} · v{self.number}"


class Proposal(models.Model):
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="proposals")
    number = models.CharField(_("number"), max_length=20, unique=True)
    title_zh = models.CharField(_("proposal"), max_length=300)
    title_en = models.CharField(_("proposal (English)"), max_length=400, blank=True)
    abstract = models.TextField(_("abstract"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("author")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    discipline = models.CharField(_("discipline"), max_length=20, choices=DISCIPLINES)
    partner = models.CharField(_("partner"), max_length=60, blank=True)
    proprietary = models.BooleanField(_("proprietary access"), default=False)
    continues = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("continues"),
    )
    panel = models.ForeignKey(
        "facilities.Panel",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("panel"),
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=PROPOSAL_STAGES, default=ProposalStage.DRAFT, db_index=True
    )
    stage_reason = models.TextField(_("reason"), blank=True)
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, related_name="proposals")
    answers = models.JSONField(default=dict)
    score = models.PositiveIntegerField(_("grade (hundredths)"), null=True, blank=True)
    ceiling_hours = models.PositiveIntegerField(_("hours at most"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    watched = Watched(parts=("grades",), loose=Loose("stage", {"draft"}, ("answers", "form")))

    class Meta:
        ordering = ["number"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")

    def __str__(self) -> str:
        return f"{self.number} {in_language(self.title_zh, self.title_en)}"

    def get_absolute_url(self) -> str:
        return reverse("facilities:proposal", args=[self.pk])


class CoAuthor(models.Model):
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="coauthors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="coauthored")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "user"], name="one_coauthor_once")]

    def __str__(self) -> str:
        return str(self.user)


class ProposalFile(models.Model):
    """A file that answers a field of the form."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="files")
    key = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "key"], name="one_file_a_field")]


class Check(models.Model):
    """Eligibility, technical feasibility and safety as they were judged."""

    class Kind(models.TextChoices):
        ELIGIBILITY = "eligibility", _("Eligibility")
        FEASIBILITY = "feasibility", _("Technical feasibility")
        SAFETY = "safety", _("Safety")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="checks")
    kind = models.CharField(_("check"), max_length=20, choices=Kind)
    passed = models.BooleanField(_("passed"))
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["at", "id"]


class TimeRequest(models.Model):
    """One contiguous block of time a proposal asks for, on any of the facilities it names."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Regular")
        RAPID = "rapid", _("Rapid access")
        GIVEN_BACK = "given_back", _("Lost time given back")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.REGULAR)
    facilities = models.ManyToManyField(CycleFacility, related_name="requests", verbose_name=_("facilities"))
    hours = models.PositiveIntegerField(_("hours"))
    setup = models.CharField(_("set-up"), max_length=40, blank=True)
    earliest = models.DateField(_("not before"), null=True, blank=True)
    latest = models.DateField(_("not after"), null=True, blank=True)
    together = models.BooleanField(_("only with the other blocks of this proposal"), default=False)
    after = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("after"),
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0), name="a_block_has_hours"),
            models.CheckConstraint(
                condition=Q(earliest=None) | Q(latest=None) | Q(latest__gte=F("earliest")),
                name="a_window_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.hours} h"

    @property
    def code(self) -> str:
        """Its id in instances and plans."""
        return f"r{self.pk}"
