"""Documents as published and the statements read from them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.core.language import in_language
from kechuang.core.models import Organisation, Secrecy, StoredFile
from kechuang.core.watched import Watched
from kechuang.plan.engine.repaired import Repaired


class Document(models.Model):
    """A published document. `raw` never changes; everything read from it points into it by offsets."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("Plan")
        REPORT = "report", _("Report")
        NEWS = "news", _("News")
        MEASURES = "measures", _("Measures")
        OTHER = "other", _("Other")

    class Stage(models.TextChoices):
        READING = "reading", _("Being read")
        REVIEW = "review", _("In review")
        REVIEWED = "reviewed", _("Reviewed")
        FAILED = "failed", _("Could not be read")

    title = models.CharField(_("title"), max_length=300)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NEWS)
    issuer = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("issuer"),
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)
    secrecy = models.IntegerField(_("secrecy"), choices=Secrecy, default=Secrecy.INTERNAL)
    raw = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    body = models.JSONField(default=list)
    repairs = models.JSONField(default=list)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.READING)
    read_to = models.PositiveIntegerField(default=0)  # how far the worker is in a long text
    fault = models.TextField(blank=True)
    former_edition = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="later_editions",
        verbose_name=_("former edition"),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    added_at = models.DateTimeField(_("added"))
    synthetic = models.BooleanField(_("synthetic"), default=False)

    watched = Watched(without=("read_to",), parts=("publications",))

    class Meta:
        ordering = ["-published_on", "-id"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("plan:document", args=[self.pk])

    @property
    def review_url(self) -> str:
        return reverse("plan:review", args=[self.pk])


class Statement(models.Model):
    """One statement with raw offsets, as read or as a reviewer corrected it."""

    class Kind(models.TextChoices):
        FIGURE = "figure", _("Figure")
        TARGET = "target", _("Target")
        TASK = "task", _("Task")
        ATTRIBUTION = "attribution", _("Attribution")
        TIME = "time", _("Time")

    class Review(models.TextChoices):
        PENDING = "pending", _("To review")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    sentence = models.TextField(_("sentence"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    q_start = models.PositiveIntegerField(_("number begins at"), null=True)
    q_end = models.PositiveIntegerField(_("number ends at"), null=True)
    value = models.DecimalField(_("value"), max_digits=30, decimal_places=6, null=True, blank=True)
    value_max = models.DecimalField(_("upper value"), max_digits=30, decimal_places=6, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    comparator = models.CharField(_("comparator"), max_length=40, blank=True)
    t_start = models.PositiveIntegerField(_("time begins at"), null=True)
    t_end = models.PositiveIntegerField(_("time ends at"), null=True)
    time_text = models.CharField(_("time"), max_length=100, blank=True)
    time_start = models.DateField(_("from"), null=True, blank=True)
    time_end = models.DateField(_("to"), null=True, blank=True)
    time_role = models.CharField(_("time role"), max_length=20, blank=True)
    speaker = models.CharField(_("speaker"), max_length=100, blank=True)
    role = models.CharField(_("title of the speaker"), max_length=300, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    organisations = models.JSONField(default=list)
    programmes = models.JSONField(default=list)
    rules = models.JSONField(default=list)
    confidence = models.FloatField(_("confidence"), default=1.0)
    review = models.CharField(
        _("review"), max_length=20, choices=Review, default=Review.PENDING, db_index=True
    )
    by_person = models.BooleanField(default=False)
    found_at = models.JSONField(null=True)  # its first place, once a correction has moved it

    watched = Watched(may_go=True)  # a new reading takes the place of the one before

    class Meta:
        ordering = ["document", "start", "end", "q_start", "id"]
        indexes = [models.Index(fields=["document", "kind", "review"])]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        return self.sentence[:80]

    @property
    def as_read(self) -> str:
        """The sentence with its repairs done."""
        return Repaired(self.document.raw, self.document.repairs).text(self.start, self.end).strip()

    @property
    def as_title(self) -> str:
        """The sentence as the title of what is made of it: without its full stop."""
        return self.as_read.rstrip("。；;.")[:300]

    def get_absolute_url(self) -> str:
        return reverse("plan:review", args=[self.document_id]) + f"#s{self.pk}"


class Correction(models.Model):
    """What a reviewer decided about a place in a text; applied again whenever the same text is read again.

    `place` is (kind, start, end, q_start, t_start) in the raw text of `digest`, as the reader or whoever added it gave
    it first; `change` holds the decided fields; a statement the reader did not find has `added` = true. `lost` is set
    where the newest reading has nothing at the place.
    """

    digest = models.CharField(max_length=64, db_index=True)
    place = models.JSONField()
    change = models.JSONField()
    added = models.BooleanField(default=False)
    lost = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()


class ReviewStep(models.Model):
    """One decision of a reviewer, with what it changed, so that it can be taken back.

    `before` holds the former fields of the statements it changed, by key; `made` the keys of those it made;
    `corrections` the kept decisions it changed, as (key, former change or null).
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField()
    made = models.JSONField()
    corrections = models.JSONField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    @property
    def statements(self) -> set[int]:
        return {int(key) for key in self.before} | set(self.made)


class Publication(models.Model):
    """A document's living page made public: asked for by one officer, approved by another person."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="publications")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at"]
