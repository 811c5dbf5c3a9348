"""A brief in words: sections of sentences, each number followed by the mark of its note; notes name the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.core.kernel import State, formatting
from kechuang.core.language import current, is_english
from kechuang.core.web.states import LABELS, counted
from kechuang.plan.models import Commitment
from kechuang.plan.queries.brief import Brief, Standing
from kechuang.plan.web.commitments import stood_at
from kechuang.plan.web.tasks import reported_in

JOINED = "\N{WORD JOINER}"
Piece = dict[str, Any]
Line = list[Piece]


@dataclass
class Pages:
    """The brief as renderers take it: pieces are {"text": …} or {"note": number}."""

    title: str
    period: str
    summary: Line
    counts: list[dict[str, Any]] = field(default_factory=list)
    sections: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)
    notes_title: str = ""
    synthetic: str = ""


class _Notes:
    """Numbers notes in the order in which they are first needed."""

    def __init__(self, absolute: Callable[[str], str]) -> None:
        self.absolute, self.found = absolute, {}

    def mark(self, text: str, url: str) -> Piece:
        number = self.found.setdefault((text, self.absolute(url)), len(self.found) + 1)
        return {"note": number}

    def rows(self) -> list[dict[str, str]]:
        return [{"number": n, "text": text, "url": url} for (text, url), n in self.found.items()]


def in_words(brief: Brief, absolute: Callable[[str], str]) -> Pages:
    """`absolute` turns a path into an address that a reader of paper can type."""
    notes = _Notes(absolute)
    sections = [
        (_("Promised in this period"), brief.promised, _("No new promise.")),
        (_("Done"), brief.done, _("Nothing was completed.")),
        (_("Late"), brief.late, _("Nothing is late.")),
        (_("Due in the next three months"), brief.ahead, _("Nothing falls due.")),
    ]
    language = current()
    pages = Pages(
        title=_("Brief on the centre's promises"),
        period=" – ".join(formatting.day_in_text(d, language, year=True) for d in (brief.start, brief.end)),
        counts=[{"state": s, "label": str(LABELS[s]), "count": brief.counts[s]} for s in State],
        summary=_summary(brief, notes, language),
        notes_title=_("Records"),
    )
    for title, rows, nothing in sections:
        lines = [_line(row, notes, language) for row in rows]
        pages.sections.append(
            {
                "title": f"{title}（{len(rows)}）" if not is_english() else f"{title} ({len(rows)})",
                "lines": lines,
                "nothing": nothing,
            }
        )
    if any(row.synthetic for _t, rows, _n in sections for row in rows):
        pages.synthetic = _("Entries marked * rest on synthetic records.")
    pages.notes = notes.rows()
    return pages


def _summary(brief: Brief, notes: _Notes, language: str) -> Line:
    """The period in sentences; each count is followed by the note of the list it was counted from."""
    tasks = reverse("plan:tasks")
    pieces: Line = [{"text": _("%(n)d promises in force") % {"n": brief.total}}]
    pieces.append(notes.mark(_("List of commitments"), stood_at(brief.end)))
    for state in State:
        pieces.append({"text": f"{_(', ')}{counted(state, brief.counts[state])}"})
        pieces.append(
            notes.mark(_("Commitments: %(state)s") % {"state": LABELS[state]}, stood_at(brief.end, state))
        )
    if brief.started and brief.started.counted:
        ratio = formatting.percent(brief.started.ratio)
        words = _("; %(s)d of %(n)d tasks started (%(r)s)")
        pieces.append({"text": words % {"s": brief.started.started, "n": brief.started.counted, "r": ratio}})
        pieces.append(notes.mark(_("List of tasks"), tasks))
    count = {"n": len(brief.reports), "tasks": len({report.task_id for report in brief.reports})}
    pieces.append({"text": _("; %(n)d reports on %(tasks)d tasks accepted in the period") % count})
    reported = reported_in(brief.start, brief.end)
    pieces.append(notes.mark(_("Tasks with an accepted report of the period"), reported))
    pieces.append({"text": _(".")})
    return pieces


def _unbroken(day: str) -> str:
    """A date that no line ends within."""
    return day.replace("-", f"{JOINED}-{JOINED}")


def _line(standing: Standing, notes: _Notes, language: str) -> Line:
    record = standing.record
    pieces: Line = [{"text": f"{record}{'*' if standing.synthetic else ''}"}]
    kind = _("Commitment") if isinstance(record, Commitment) else _("Task")
    note = notes.mark(f"{kind} {record.pk}: {record}"[:120], record.get_absolute_url())
    told = (
        str(LABELS[standing.state])
        if isinstance(record, Commitment)
        else f"{kind} · {LABELS[standing.state]}"
    )
    pieces += [note, {"text": f" · {told}"}]
    if isinstance(record, Commitment) and standing.target and standing.target.value is not None:
        pieces += [
            {
                "text": " · "
                + _("promised %(v)s")
                % {"v": formatting.number(standing.target.value, language, standing.target.unit)}
            },
            note,
        ]
    if standing.row is not None and standing.row.measured is not None:
        value = formatting.number(standing.row.measured, language, record.unit)
        why = (
            reverse("indicators:why", args=[record.metric.code])
            if record.metric_id
            else record.get_absolute_url()
        )
        pieces += [
            {"text": " · " + _("measured %(v)s") % {"v": value}},
            notes.mark(_("Rows behind “%(what)s”") % {"what": record.metric or record}, why),
        ]
    if not isinstance(record, Commitment):
        pieces += [{"text": f" · {standing.percent}%"}, note]
    due = standing.target.due if standing.target else record.due
    if due:
        pieces += [{"text": " · " + _("due %(d)s") % {"d": _unbroken(formatting.day(due))}}]
    if record.lead:
        pieces.append({"text": f" · {record.lead}"})
    return pieces
