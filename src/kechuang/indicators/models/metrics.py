"""Metrics declared once, their versions, the snapshots they are computed on, and the observations."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kechuang.core.language import in_language
from kechuang.core.models import Organisation
from kechuang.core.watched import Watched


class Metric(models.Model):
    """A number with a name. Where it comes from stands in its versions: computed, reported or published."""

    class Basis(models.TextChoices):
        COMPUTED = "computed", _("Computed from records")
        REPORTED = "reported", _("Reported in statistical returns")
        PUBLISHED = "published", _("Published elsewhere")
        GROUP = "group", _("Group of indicators")

    class Better(models.TextChoices):
        UP = "up", _("higher is better")
        DOWN = "down", _("lower is better")
        NEITHER = "neither", _("no direction")

    code = models.SlugField(_("code"), max_length=80, unique=True)
    name_zh = models.CharField(_("Chinese name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    unit_en = models.CharField(_("unit (English)"), max_length=40, blank=True)
    better = models.CharField(_("direction"), max_length=10, choices=Better, default=Better.UP)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis)
    domain = models.CharField(_("domain"), max_length=40)
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="metrics",
        verbose_name=pgettext_lazy("indicator", "owner"),
    )
    definition_zh = models.TextField(_("definition"), blank=True)
    definition_en = models.TextField(_("definition (English)"), blank=True)
    definition_source = models.CharField(_("source of the definition"), max_length=300, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    public = models.BooleanField(_("public"), default=True)
    tables = models.CharField(max_length=300, blank=True)  # names with blanks around: " plan_task "
    small_cell = models.PositiveIntegerField(_("suppress public cells below"), default=0)
    dirty_since = models.DateTimeField(null=True, blank=True, db_index=True)
    accumulates = models.BooleanField(_("reported as year to date"), default=False)
    prices = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="priced",
        verbose_name=_("price index (last year = 100)"),
    )
    synthetic = models.BooleanField(_("synthetic"), default=False)

    watched = Watched(without=("dirty_since", "synthetic"), parts=("published_values", "targets"))

    class Meta:
        ordering = ["domain", "code"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @property
    def per_unit(self) -> int:
        """What the unit shown holds of the unit kept."""
        return 100 if self.unit in ("fen", "分") else 1

    @property
    def unit_shown(self) -> str:
        """The unit in which people read it; money is kept in fen and shown in yuan."""
        return self.unit if self.per_unit == 1 else "元"

    @property
    def unit_here(self) -> str:
        """The same in the reader's language."""
        if self.per_unit != 1:
            return str(_("yuan"))
        return in_language(self.unit, self.unit_en)

    @property
    def definition_here(self) -> str:
        """The definition in words, in the reader's language."""
        return in_language(self.definition_zh, self.definition_en)

    @property
    def basis_here(self) -> str:
        """The basis in one word, for tables."""
        return str(SHORT.get(self.basis, ""))

    def get_absolute_url(self) -> str:
        return reverse("indicators:metric", args=[self.code])


SHORT = {
    Metric.Basis.COMPUTED: _("from records"),
    Metric.Basis.REPORTED: _("from returns"),
    Metric.Basis.PUBLISHED: _("from documents"),
}


class MetricVersion(models.Model):
    """A definition in force from a day. During the bridge, the former one is computed as well."""

    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    declaration = models.JSONField()
    digest = models.CharField(max_length=64)
    valid_from = models.DateField()
    bridge_until = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["metric", "version"], name="one_metric_version")]


class Snapshot(models.Model):
    """An immutable table, named by the hash of its logical content."""

    name = models.CharField(max_length=64, unique=True)
    table = models.CharField(max_length=80, db_index=True)
    rows = models.PositiveBigIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_at"]


class Observation(models.Model):
    """The value of one cell of one metric. Computed ones point to version and snapshot; former vintages are kept."""

    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="observations")
    version = models.ForeignKey(
        MetricVersion, on_delete=models.PROTECT, null=True, related_name="observations"
    )
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, related_name="observations")
    over_snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=20, choices=Metric.Basis)
    cell = models.JSONField(default=dict)
    cell_key = models.CharField(max_length=300)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    value = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    top = models.DecimalField(max_digits=30, decimal_places=0, null=True)
    bottom = models.DecimalField(max_digits=30, decimal_places=0, null=True)
    digest_count = models.BigIntegerField(null=True)
    digest_sum = models.DecimalField(max_digits=30, decimal_places=0, null=True)
    source = models.CharField(max_length=300, blank=True)
    known_at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        ordering = ["metric", "cell_key", "end", "known_at"]
        indexes = [models.Index(fields=["metric", "current", "cell_key", "end"])]


class PublishedValue(models.Model):
    """A figure a document publishes for a metric, to stand beside the computed or reported one."""

    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="published_values")
    cell = models.JSONField(default=dict)
    value = models.DecimalField(max_digits=30, decimal_places=6)
    comparator = models.CharField(max_length=40, blank=True)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    source = models.CharField(max_length=300)
    statement_kind = models.CharField(max_length=60, blank=True)
    statement_id = models.CharField(max_length=40, blank=True)
    cause_zh = models.TextField(_("cause of the difference"), blank=True)
    cause_en = models.TextField(_("cause of the difference (English)"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "cell", "end", "source"], name="one_published_value_a_source"
            )
        ]


class Target(models.Model):
    """A value to be reached by a date along a path."""

    class Path(models.TextChoices):
        LINEAR = "linear", _("linear")
        COMPOUND = "compound", _("compound")
        STEPPED = "stepped", _("stepped")

    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="targets")
    cell = models.JSONField(default=dict)
    base_value = models.DecimalField(max_digits=30, decimal_places=6)
    base_date = models.DateField()
    value = models.DecimalField(max_digits=30, decimal_places=6)
    due = models.DateField()
    path = models.CharField(max_length=10, choices=Path, default=Path.LINEAR)
    steps = models.JSONField(default=list)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due"]
        constraints = [models.UniqueConstraint(fields=["metric", "cell", "due"], name="one_target_a_date")]
