"""A definition in words: what is counted, of which rows, divided by what."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kechuang.core import kinds
from kechuang.core.kernel import State
from kechuang.core.language import is_english
from kechuang.core.states import LABELS
from kechuang.indicators import registry
from kechuang.indicators.engine.metrics import Catalogue, Condition, Declared, Metric
from kechuang.indicators.engine.metrics.derived import Derived
from kechuang.indicators.models import Metric as MetricRow
from kechuang.indicators.queries.cells import code_of

COLUMNS = {
    "id": gettext_lazy("Number"),
    "title": gettext_lazy("Title"),
    "stage": gettext_lazy("Stage"),
    "state": gettext_lazy("State"),
    "status": gettext_lazy("Status"),
    "counted": gettext_lazy("Counted"),
    "started": gettext_lazy("Started"),
    "percent": gettext_lazy("Progress %"),
    "lead": gettext_lazy("Lead"),
    "programme": gettext_lazy("Programme"),
    "started_on": gettext_lazy("Started on"),
    "accepted_on": gettext_lazy("Accepted on"),
    "published_on": gettext_lazy("Published on"),
    "promised_on": gettext_lazy("Promised on"),
    "reported_on": gettext_lazy("Reported on"),
    "due": gettext_lazy("Due"),
    "kind": gettext_lazy("Kind"),
    "review": gettext_lazy("Review"),
    "sentence": gettext_lazy("Sentence"),
    "document": gettext_lazy("Document"),
    "synthetic": gettext_lazy("Synthetic"),
    "form": pgettext_lazy("statistics", "Form"),
    "item": gettext_lazy("Item"),
    "organisation": gettext_lazy("Organisation"),
    "start": gettext_lazy("From"),
    "end": gettext_lazy("To"),
    "value": gettext_lazy("Value"),
    "version": gettext_lazy("Version"),
    "owner": gettext_lazy("Owner"),
    "cluster": gettext_lazy("Cluster"),
    "platform": gettext_lazy("Platform"),
    "opened": gettext_lazy("Opened"),
    "opened_on": gettext_lazy("Opened on"),
    "value_fen": gettext_lazy("Value (fen)"),
    "user": gettext_lazy("User"),
    "access": gettext_lazy("Access"),
    "outside": gettext_lazy("From outside"),
    "used_on": gettext_lazy("Used on"),
    "minutes": gettext_lazy("Minutes"),
    "lost": gettext_lazy("Lost minutes"),
    "built": gettext_lazy("Built"),
    "in_research": gettext_lazy("In research"),
    "since": gettext_lazy("Begun on"),
}
ORGANISATIONS = ("lead", "owner", "cluster", "organisation", "user")
MEASURES = {
    "count": gettext_lazy("number of rows"),
    "sum": gettext_lazy("sum of %(column)s"),
    "nunique": gettext_lazy("number of different %(column)s"),
    "min": gettext_lazy("smallest %(column)s"),
    "max": gettext_lazy("largest %(column)s"),
}
OPERATORS = {
    "=": "=",
    "!=": "≠",
    "in": gettext_lazy("is one of"),
    "not in": gettext_lazy("is none of"),
    "missing": gettext_lazy("is empty"),
    "present": gettext_lazy("is not empty"),
    "<=": "≤",
    ">=": "≥",
}
STAGES = {
    "raw": gettext_lazy("The data"),
    "denominate": gettext_lazy("Denominate"),
    "impute": gettext_lazy("Fill in what is missing"),
    "screen": gettext_lazy("Screen units"),
    "treat": gettext_lazy("Treat outliers"),
    "normalise": gettext_lazy("Bring to one scale"),
    "weigh": gettext_lazy("Weigh"),
    "aggregate": gettext_lazy("Aggregate"),
}
GRAINS = {
    "year": gettext_lazy("year"),
    "quarter": gettext_lazy("quarter"),
    "month": gettext_lazy("month"),
}


def column(name: str) -> str:
    return str(COLUMNS.get(name, name))


def value(given: Any, table: str = "", column: str = "") -> str:
    """A cell of a table for reading."""
    known = registry.table(table)
    if known and given in known.words.get(column, {}):
        return str(known.words[column][given])
    if given is None or given == "":
        return "—"
    if isinstance(given, bool):
        return _("yes") if given else _("no")
    if given in set(State):
        return str(LABELS[State(given)])
    if is_english() and (named := _kind_of(known, column)):
        return str(named.model.objects.filter(name_zh=given).first() or given)
    return str(given)


def _kind_of(known: registry.Table | None, column: str) -> kinds.Kind | None:
    """The kind of record whose Chinese name a column holds."""
    name = known.named.get(column, "") if known else ""
    return kinds.get(name or ("core.organisation" if column in ORGANISATIONS else ""))


def condition(given: Condition, table: str = "") -> str:
    """`column op value` as a person reads it."""
    sign = str(OPERATORS.get(given.op, given.op))
    values = given.value if isinstance(given.value, tuple) else (given.value,)
    right = (
        "" if given.value is None else " " + ", ".join(value(each, table, given.column) for each in values)
    )
    return f"{column(given.column)} {sign}{right}"


def names_of(ids: set[str]) -> dict[str, str]:
    """Names of metrics in the reader's language, by the engine's id."""
    rows = {code_of(id): id for id in ids}
    return {rows[row.code]: str(row) for row in MetricRow.objects.filter(code__in=rows)}


def measure(metric: Metric) -> str:
    """“number of rows of plan_tasks where Counted = yes”."""
    how = str(MEASURES[metric.measure.how])
    if metric.measure.column:
        how %= {"column": column(metric.measure.column)}
    where = _("%(measure)s of table %(table)s") % {"measure": how, "table": metric.table}
    if metric.filter:
        where += _(" where ") + _(" and ").join(condition(each, metric.table) for each in metric.filter)
    if metric.time:
        where += _(", by %(grain)s of %(column)s") % {
            "grain": GRAINS[metric.grain],
            "column": column(metric.time),
        }
    return where


def definition(declared: Declared, within: Catalogue) -> str:
    """One sentence that says how the number comes about."""
    if isinstance(declared, Metric):
        return measure(declared)
    names = names_of({declared.of, declared.over or declared.of})
    of, over = names.get(declared.of, declared.of), names.get(declared.over or "", declared.over)
    grain = GRAINS[within.base(declared).grain]
    scale = f" × {declared.scale}" if declared.scale != 1 else ""
    sentences = {
        "ratio": f"{of} ÷ {over}{scale}",
        "per_capita": f"{of} ÷ {over}{scale}",
        "growth": _("change of %(of)s against %(n)d %(grain)s before, over the value then%(scale)s"),
        "cagr": _("mean yearly rate of change of %(of)s over %(n)d years%(scale)s"),
        "cumulative": _("%(of)s from the beginning of the year"),
        "share": _("%(of)s ÷ its total over %(total)s%(scale)s"),
    }
    facts = {
        "of": of,
        "n": declared.offset or 0,
        "grain": grain,
        "scale": scale,
        "total": ", ".join(map(column, declared.total)),
    }
    words = sentences[declared.kind]
    return words if declared.kind in ("ratio", "per_capita") else words % facts


def parts(declared: Declared, within: Catalogue) -> list[Metric]:
    """The counted metrics a definition rests on, top first."""
    if isinstance(declared, Metric):
        return [declared]
    found = [within.base(within[declared.of])]
    return found + (
        [within.base(within[declared.over])] if isinstance(declared, Derived) and declared.over else []
    )
