"""Tasks, their projects and milestones, money, and the reports and evidence that prove them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kechuang.core.kernel import State
from kechuang.core.language import in_language
from kechuang.core.models import Organisation, Secrecy, StoredFile
from kechuang.core.watched import Watched
from kechuang.plan.engine.workflow import TaskStage
from kechuang.plan.models.commitments import STATES, Commitment, Programme
from kechuang.plan.models.documents import Statement

STAGES = [
    (TaskStage.PROPOSED, _("To confirm")),
    (TaskStage.CONFIRMED, _("Confirmed")),
    (TaskStage.STARTED, _("Started")),
    (TaskStage.UNDER_WAY, _("Under way")),
    (TaskStage.COMPLETED, _("Completed")),
    (TaskStage.ACCEPTED, _("Accepted as done")),
    (TaskStage.SUSPENDED, _("Suspended")),
    (TaskStage.TERMINATED, _("Terminated")),
]


class Task(models.Model):
    number = models.CharField(
        _("number"),
        max_length=60,
        blank=True,
        db_index=True,
        help_text=_("As in the list it came from."),
    )
    title_zh = models.CharField(_("task"), max_length=300)
    title_en = models.CharField(_("task (English)"), max_length=400, blank=True)
    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("commitment"),
    )
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("programme"),
    )
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    lead = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_tasks",
        verbose_name=_("lead"),
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=STAGES, default=TaskStage.PROPOSED, db_index=True
    )
    stage_reason = models.TextField(_("reason"), blank=True)
    percent = models.PositiveSmallIntegerField(_("progress %"), default=0)
    weight = models.PositiveIntegerField(_("weight"), default=1)
    start = models.DateField(_("start"), null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    last_report_on = models.DateField(_("last report"), null=True, blank=True)
    urged_on = models.DateField(_("urged on"), null=True, blank=True)
    report_every_days = models.PositiveIntegerField(_("report every (days)"), default=90)
    secrecy = models.IntegerField(_("secrecy"), choices=Secrecy, default=Secrecy.INTERNAL)
    state = models.CharField(
        _("state"), max_length=20, choices=STATES, default=State.UNMEASURED, db_index=True
    )
    synthetic = models.BooleanField(_("synthetic"), default=False)

    watched = Watched(without=("state",), parts=("parts", "reports", "reports.evidence", "carried"))

    class Meta:
        ordering = ["due", "id"]
        verbose_name = _("task")
        verbose_name_plural = _("tasks")

    def __str__(self) -> str:
        return in_language(self.title_zh, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("plan:task", args=[self.pk])


class Carried(models.Model):
    """A task that went over from a promise to its successor: each of the two can name the other."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="carried")
    former = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="carried_away")
    successor = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="carried_in")
    on = models.DateField(_("carried over on"))

    class Meta:
        ordering = ["on", "id"]


class TaskPart(models.Model):
    """What each of several levels (ministry, city, district) does in a shared task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="task_parts")
    duty = models.CharField(_("part"), max_length=300)
    done = models.BooleanField(_("done"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "organisation"], name="one_part_an_organisation")
        ]


class Project(models.Model):
    class Kind(models.TextChoices):
        RESEARCH = "research", _("Research")
        WORKS = "works", _("Works")
        TRANSPORT = "transport", _("Transport")
        SERVICE = "service", _("Service")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="projects", verbose_name=_("task"))
    title_zh = models.CharField(_("project"), max_length=300)
    title_en = models.CharField(_("project (English)"), max_length=400, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.RESEARCH)
    place = models.CharField(_("place"), max_length=200, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="projects", verbose_name=_("lead")
    )
    start = models.DateField(_("start"), null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    watched = Watched(parts=("milestones", "funding"))

    class Meta:
        ordering = ["due", "id"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self) -> str:
        return in_language(self.title_zh, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("plan:project", args=[self.pk])


class Milestone(models.Model):
    """A stage of a project: works and transport projects pass theirs in order."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    title_zh = models.CharField(_("milestone"), max_length=200)
    title_en = models.CharField(_("milestone (English)"), max_length=300, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    due = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ["order", "due", "id"]

    def __str__(self) -> str:
        return in_language(self.title_zh, self.title_en)


class FundingLine(models.Model):
    """Money of a project by source; amounts in fen."""

    class Source(models.TextChoices):
        CENTRAL = "central", _("Central government")
        CITY = "city", pgettext_lazy("level", "City")
        DISTRICT = "district", pgettext_lazy("level", "District")
        SOCIAL = "social", _("Social capital")
        MATCHING = "matching", _("Matching funds")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="funding")
    source = models.CharField(_("source"), max_length=20, choices=Source)
    budget_fen = models.BigIntegerField(_("budget"), default=0)
    committed_fen = models.BigIntegerField(_("committed"), default=0)
    spent_fen = models.BigIntegerField(_("spent"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "source"], name="one_line_a_source"),
            models.CheckConstraint(
                condition=models.Q(budget_fen__gte=0, committed_fen__gte=0, spent_fen__gte=0),
                name="money_not_negative",
            ),
        ]


class ProgressReport(models.Model):
    """What the responsible organisation says about its task; counts once another person accepted it."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        ACCEPTED = "accepted", _("Accepted")
        RETURNED = "returned", _("Returned")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("reported"))
    percent = models.PositiveSmallIntegerField(_("progress %"))
    text = models.TextField(_("what was done"))
    forecast = models.DateField(_("expected completion"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.SUBMITTED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(_("decision"), blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(condition=models.Q(percent__lte=100), name="percent_up_to_100")]

    def __str__(self) -> str:
        return f"{self.task} · {self.percent} %"

    def get_absolute_url(self) -> str:
        return reverse("plan:task", args=[self.task_id]) + f"#r{self.pk}"


class Evidence(models.Model):
    """What proves a report: a file, an address, or any record of the house (by `core.Link`, role "proves")."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    record_kind = models.CharField(max_length=60, blank=True)
    record_id = models.CharField(max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
