"""What the site and other domains may ask of the plan office: functions over plain dataclasses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.core.kernel import State
from kechuang.core.models import Role
from kechuang.core.roles import roles_of
from kechuang.plan.models import Commitment, ProgressReport, StateRow, Task
from kechuang.plan.queries.living import public_commitments, public_counts, public_documents
from kechuang.plan.queries.mine import waiting_for
from kechuang.plan.queries.work import (
    Branch,
    Started,
    branches,
    by_state,
    programme_tree,
    started,
    visible_commitments,
    visible_tasks,
)

CONCERNS = 4  # named on the cockpit and the wall


@dataclass(frozen=True, slots=True)
class Concern:
    """A promise that is late or at risk, and whose it is."""

    title: str
    url: str
    state: State
    due: date | None
    lead: str


@dataclass(frozen=True, slots=True)
class Overview:
    counts: dict[State, int]
    programmes: Sequence[Branch]
    started: Started
    dues: list[tuple[date, str]]
    concerns: Sequence[Concern] = ()


@dataclass(frozen=True, slots=True)
class Change:
    title: str
    url: str
    before: State
    after: State
    on: date

    @property
    def better(self) -> bool:
        return self.after.severity < self.before.severity


@dataclass(frozen=True, slots=True)
class Waiting:
    """Decisions of one kind that wait for a person: what, how many, where, the first few."""

    label: str
    count: int
    url: str
    first: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NewEvidence:
    title: str
    text: str
    url: str
    at: datetime
    synthetic: bool


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """A published document with its promises by the state that the public sees."""

    title: str
    url: str
    issuer: str
    published_on: date | None
    counts: dict[State, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def overview(user: Any) -> Overview:
    """Promises in force by state, programmes with their branches, tasks started, due dates with states."""
    promises = visible_commitments(user).filter(status=Commitment.Status.ACTIVE)
    dues = list(promises.exclude(due=None).values_list("due", "state"))
    told = concerns(promises, "state")
    return Overview(by_state(promises), programme_tree(user), started(visible_tasks(user)), dues, told)


def public_overview() -> Overview:
    """The same as anybody may see it: promises of published documents, late only after the right of reply."""
    promises = public_commitments().filter(status=Commitment.Status.ACTIVE)
    dues = list(promises.exclude(due=None).values_list("due", "shown"))
    nothing = Task.objects.none()
    tree, told = branches(promises, nothing, "shown"), concerns(promises, "shown")
    return Overview(by_state(promises, "shown"), tree, started(nothing), dues, told)


def concerns(promises: QuerySet[Commitment], field: str) -> list[Concern]:
    """The first few that are late, then those at risk, each kind by its due date."""
    found: list[Concern] = []
    for state in (State.LATE, State.AT_RISK):
        rows = promises.filter(**{field: state}).select_related("lead")
        ordered = rows.order_by(F("due").asc(nulls_last=True), "pk")[: CONCERNS - len(found)]
        found += [
            Concern(str(row), row.get_absolute_url(), state, row.due, str(row.lead or "")) for row in ordered
        ]
    return found


def published() -> list[PublicDocument]:
    """Every published document, newest first."""
    counts = public_counts()
    rows = public_documents().select_related("issuer").order_by("-published_on", "title")
    return [
        PublicDocument(
            str(row),
            reverse("plan:public_document", args=[row.pk]),
            str(row.issuer or ""),
            row.published_on,
            counts.get(row.pk, dict.fromkeys(State, 0)),
        )
        for row in rows
    ]


def changes_since(user: Any, since: date, until: date) -> list[Change]:
    """Promises whose state at `until` differs from that at `since`, worst first."""
    promises = {c.pk: c for c in visible_commitments(user).filter(status=Commitment.Status.ACTIVE)}
    before, after = _states(promises, since), _states(promises, until)
    changes = [
        Change(
            str(promises[key]),
            promises[key].get_absolute_url(),
            before.get(key, State.UNMEASURED),
            now,
            until,
        )
        for key, now in after.items()
        if before.get(key, State.UNMEASURED) != now
    ]
    return sorted(changes, key=lambda change: -change.after.severity)


def _states(keys: dict[int, Commitment], on: date) -> dict[int, State]:
    known = timezone.make_aware(datetime.combine(on, time.max))
    rows = StateRow.objects.filter(commitment__in=list(keys), valid_from__lte=on, known_at__lte=known)
    ordered = rows.order_by("valid_from", "known_at", "id").values_list("commitment_id", "state")
    return {key: State(state) for key, state in ordered}


def newest_evidence(user: Any, limit: int) -> list[NewEvidence]:
    """Accepted reports the person may see, newest first."""
    rows = ProgressReport.objects.filter(status="accepted", task__in=visible_tasks(user)).select_related(
        "task"
    )
    return [NewEvidence(str(r.task), r.text, r.get_absolute_url(), r.at, r.synthetic) for r in rows[:limit]]


def decisions_for(user: Any) -> list[Waiting]:
    """What needs this person's decision today; each leads to its place on the page of the person's work."""
    labels = {
        "reports": _("Reports to accept"),
        "review": _("Documents to review"),
        "confirm": _("Tasks to confirm"),
        "publications": _("Publications to approve"),
        "votes": _("Decisions to vote on"),
        "to_report": _("Tasks to report on"),
        "replies": _("Replies to give"),
        "replied": _("Replies that came"),
        "requests": _("Requests to answer"),
        "to_rate": _("Answers to your requests"),
    }
    if not getattr(user, "is_authenticated", False):
        return []
    found = []
    for kind, rows in waiting_for(user).items():
        if count := rows.count():
            first = [(str(_subject(row)), _subject(row).get_absolute_url()) for row in rows[:3]]
            found.append(Waiting(labels[kind], count, reverse("plan:mine") + f"#{kind}", first))
    return found


def _subject(row: Any) -> Any:
    """The record a waiting decision is about."""
    for name in ("task", "document", "commitment"):
        if row._meta.model_name in ("progressreport", "publication", "rightofreply") and hasattr(row, name):
            return getattr(row, name)
    return row


def only_reports(user: Any) -> bool:
    """Whether this person's work is to report and to judge reports, so that the list of it is where they start."""
    return bool(roles := roles_of(user)) and roles <= {Role.REPORTER, Role.REVIEWER}
