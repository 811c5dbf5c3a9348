"""Proposals: lists, one record, what may be done with it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.engine.workflow import verbs
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, Facet, ListPage, named, names_of
from kechuang.core.web.record import Act, Record
from kechuang.core.web.times import local_day
from kechuang.facilities.engine.answers import not_asked
from kechuang.facilities.engine.cycle import CHECKS, PROPOSAL, ProposalStage
from kechuang.facilities.models import Check, Cycle, Grant, Panel, Proposal
from kechuang.facilities.models.proposals import DISCIPLINES, PROPOSAL_STAGES
from kechuang.facilities.queries.proposals import (
    DECIDED,
    keeps,
    may_read,
    shown_score,
    visible_cycles,
    visible_proposals,
)
from kechuang.facilities.web.answers import shown
from kechuang.facilities.web.common import act
from kechuang.facilities.web.cycles import cycle_tabs

STAGES = dict(PROPOSAL_STAGES)
FIELDS = dict(DISCIPLINES)
CHECK_NAMES = dict(Check.Kind.choices)
DECISIONS = (
    ("recommend", gettext_lazy("Recommend")),
    ("decline", gettext_lazy("Decline")),
    ("reconsider", gettext_lazy("Take up again")),
)


def _grade(row: dict) -> str:
    score = shown_score(row["stage"], row["score"])
    return "" if score is None else f"{score / 100:.2f}"


class Proposals(LoginRequiredMixin, ListPage):
    key = "facilities-proposals"
    title = gettext_lazy("Proposals")
    columns = [
        Column("number", gettext_lazy("Number"), sort=True),
        named("title", gettext_lazy("Proposal"), "title", sort=True),
        Column("stage", gettext_lazy("Stage"), choices=STAGES, sort=True),
        Column("discipline", gettext_lazy("Discipline"), choices=FIELDS, sort=True),
        named("organisation", gettext_lazy("Organisation"), "organisation__name", sort=True),
        named("panel", gettext_lazy("Panel"), "panel__name"),
        Column(
            "score",
            gettext_lazy("Grade"),
            fields=("score", "stage"),
            value=_grade,
        ),
        Column("submitted_at", gettext_lazy("Submitted"), format="day", sort=True, optional=True),
    ]
    facets = [
        Facet("stage", gettext_lazy("Stage"), choices=STAGES),
        Facet("discipline", gettext_lazy("Discipline"), choices=FIELDS),
        Facet(
            "panel",
            gettext_lazy("Panel"),
            field="panel_id",
            choices=names_of(Panel),
        ),
    ]
    search_fields = ["number", "title_zh", "title_en", "organisation__name_zh"]
    default_sort = "number"
    empty_text = gettext_lazy("Nothing here yet. Proposals are written from an open call.")

    def queryset(self):
        return visible_proposals(self.request.user)

    def row_url(self, row):
        return reverse("facilities:proposal", args=[row["pk"]])


class CycleProposals(Proposals):
    key = "facilities-cycle-proposals"

    def queryset(self):
        cycle = get_object_or_404(visible_cycles(self.request.user), pk=self.kwargs["pk"])
        return super().queryset().filter(cycle=cycle)

    def acts(self):
        return [
            act(
                _("Write a proposal"),
                reverse("facilities:propose", args=[self.kwargs["pk"]]),
                "start_proposal",
                primary=True,
            )
        ]

    def extra(self):
        cycle = get_object_or_404(Cycle, pk=self.kwargs["pk"])
        return {"cycle": cycle, "tabs": cycle_tabs(cycle, self.request.user, "proposals")}

    template_name = "facilities/cycle_proposals.html"


def readable_proposal(request, pk: int) -> Proposal:
    rows = visible_proposals(request.user).select_related(
        "cycle", "organisation", "panel", "form", "author__person"
    )
    row = get_object_or_404(rows, pk=pk)
    if not may_read(request.user, row):
        raise PermissionDenied(_("You have a conflict of interest with this proposal."))
    return row


@login_required
def proposal(request, pk: int):
    """One proposal: answers, time asked for and given, checks, grades and what happened."""
    row = readable_proposal(request, pk)
    own = may(request.user, "facilities.edit_proposal", row)
    decided = row.stage in DECIDED
    judges = keeps(request.user) and not own
    record = Record(
        title=str(row),
        kind=_("Proposal"),
        state_words=row.get_stage_display(),
        summary=row.abstract,
        synthetic=row.synthetic,
        acts=_acts(row),
        facts=_facts(row, graded=decided or not own),
        events=moments(events_of(row)) if own or keeps(request.user) else [],
        breadcrumb=[
            (_("Calls for proposals"), reverse("facilities:cycles")),
            (str(row.cycle), row.cycle.get_absolute_url()),
            (row.number, ""),
        ],
    )
    definition = row.form.fields if row.form else []
    context = {
        "record": record,
        "row": row,
        "answers": shown(definition, row.answers),
        "kept": not_asked(definition, row.answers) if own else [],
        "requests": row.requests.prefetch_related("facilities__resource"),
        "grants": Grant.objects.filter(request__proposal=row).select_related("resource"),
        "coauthors": row.coauthors.select_related("user__person"),
        "checks": row.checks.select_related("by__person"),
        "grades": row.grades.select_related("user__person") if decided or judges else [],
        "names_shown": judges,
        "may_write": own and row.stage == ProposalStage.DRAFT,
        "may_give_back": may(request.user, "facilities.give_back_time"),
        "now": clock.now(),
        "attached": {f.key: f for f in row.files.select_related("file")},
    }
    return render(request, "facilities/proposal.html", context)


def _facts(row: Proposal, *, graded: bool) -> list[tuple]:
    """What is known of it; `graded` says whether the reader may see its grade."""
    coauthors = row.coauthors.select_related("user__person")
    found = [
        (_("Stage"), row.get_stage_display()),
        (_("Reason"), row.stage_reason),
        (_("Call"), row.cycle),
        (_("Author"), row.author),
        (_("Co-authors"), " · ".join(str(c.user) for c in coauthors)),
        (_("Organisation"), row.organisation),
        (_("Discipline"), row.get_discipline_display()),
        (_("Partner"), row.partner),
        (_("Proprietary access"), _("yes") if row.proprietary else ""),
        (_("Continues"), row.continues or ""),
        (_("Panel"), row.panel or ""),
        (_("Grade"), f"{row.score / 100:.2f}" if row.score is not None and graded else ""),
        (_("Hours at most"), row.ceiling_hours or ""),
        (_("Submitted"), formatting.day(local_day(row.submitted_at))),
    ]
    return [(label, value) for label, value in found if value]


def _acts(row: Proposal) -> list[Act]:
    """What the table of stages and the stage itself allow; whether the reader may is asked act by act."""
    can = verbs(PROPOSAL, row.stage)
    drafted, judged = row.stage == ProposalStage.DRAFT, row.stage == ProposalStage.PANEL
    in_plan = row.stage in (ProposalStage.RECOMMENDED, ProposalStage.RESERVE, ProposalStage.GRANTED)
    movable = bool(can) and not drafted and not row.grades.exists()
    checks = [
        (
            f"pass_{kind}" in can,
            _page(
                row,
                _("Judge: %(check)s") % {"check": CHECK_NAMES[kind]},
                "proposal_check",
                "check_proposal",
                kind,
                primary=True,
            ),
        )
        for kind in CHECKS
    ]
    acts = [
        (drafted, _page(row, _("Submit"), "proposal_submit", "submit_proposal", primary=True)),
        (drafted, _page(row, _("Write"), "proposal_write", "save_answers")),
        (drafted, _page(row, _("Edit title and abstract"), "proposal_edit", "edit_proposal")),
        (drafted, _page(row, _("Ask for time"), "time_ask", "ask_time")),
        (drafted, _page(row, _("Add a co-author"), "coauthor_add", "add_coauthor")),
        *checks,
        ("send_back" in can, _page(row, _("Send back"), "proposal_back", "send_back_proposal")),
        (judged, _page(row, _("Grade"), "grade", "give_grade", primary=True)),
        (judged, _page(row, _("Declare a conflict"), "conflict", "declare_conflict")),
        *((verb in can, _page(row, label, "decide", "decide_proposal", verb)) for verb, label in DECISIONS),
        (movable, _page(row, _("Put before a panel"), "assign_panel", "assign_panel")),
        (in_plan, _page(row, _("Give rapid access"), "rapid", "grant_rapid")),
        ("complete" in can, _page(row, _("Close as completed"), "proposal_complete", "complete_proposal")),
        ("withdraw" in can, _page(row, _("Withdraw"), "proposal_withdraw", "withdraw_proposal", danger=True)),
    ]
    return [found for possible, found in acts if possible]


def _page(row: Proposal, label: str, name: str, verb: str, *more: str, **look: bool) -> Act:
    return act(label, reverse(f"facilities:{name}", args=[row.pk, *more]), verb, row, **look)
