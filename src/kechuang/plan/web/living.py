"""The living document page: the text as published, each promise in its state, its proof in the panel."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.kernel import State, formatting
from kechuang.core.language import current
from kechuang.core.web.highlight import Span
from kechuang.core.web.record import Act, Tab
from kechuang.core.web.states import LABELS, in_words
from kechuang.plan.actions.reading_words import warnings_in_words
from kechuang.plan.engine.parts import Part
from kechuang.plan.models import Document
from kechuang.plan.queries.living import Living, Promise, living, public_documents, visible_documents
from kechuang.plan.web.outline import address, outline, reach
from kechuang.plan.web.proof import proof_of
from kechuang.plan.web.published import figure_spans

NOISE, REPAIRS = "noise", "repairs"  # in the address: shown


def _day(request) -> date:
    try:
        return min(date.fromisoformat(request.GET.get("on", "")), clock.today())
    except ValueError:
        return clock.today()


def document_page(request, pk: int):
    """A document alive, for whoever may see it."""
    document = get_object_or_404(
        visible_documents(request.user).select_related("issuer", "former_edition"), pk=pk
    )
    return _page(request, document, public=not request.user.is_authenticated)


def public_page(request, pk: int):
    """The public, read-only version, as anybody sees it."""
    return _page(request, get_object_or_404(public_documents(), pk=pk), public=True)


def _page(request, document: Document, *, public: bool):
    page = living(document, request.user, _day(request), public=public)
    chosen = request.GET.get("promise", "")
    place = page.place(int(chosen)) if chosen.isdecimal() else None
    here = reach(request, page, place)
    shown = page.promises_within(here.start, here.end)
    selected = page.promise(place.commitment, read=shown) if place else None
    context = {
        "page": page,
        "document": document,
        "warnings": warnings_in_words(document.note),
        "public": public,
        "text_spans": _spans(page, shown, here, request, public),
        "within": (here.start, here.end),
        "outline": outline(request, page, here, shown),
        "counts": page.counts,
        "known": _digest(page),
        "editions": _editions(document, request.user, public=public),
        "sentence": sentence(page, public),
        "slider": _slider(request, page, public),
        "acts": [] if public else _acts(document),
        "tabs": [] if public else tabs(request, document, "living"),
        "selected": selected,
        "proof": proof_of(selected, request.user, page.on, public=public) if selected else None,
        "keep_panel": selected is not None,
        "trail": [
            (_("Documents"), reverse("plan:documents") if not public else reverse("plan:public")),
            (str(document), ""),
        ],
        **_chosen(request, document),
    }
    return render(request, "plan/living.html", context)


def _chosen(request, document: Document) -> dict[str, Any]:
    """What the reader chose to see, and where each choice is changed."""
    state, noise, repairs = (request.GET.get("state", ""), *(n in request.GET for n in (NOISE, REPAIRS)))
    return {
        "chosen_state": state,
        "chosen_at": request.GET.get("at", ""),
        "state_urls": {s: address(request, state=None if state == s else s, at=None) for s in State},
        "today_url": address(request, on=None),
        "css": " ".join(
            name for name, shown in (("hide-noise", noise), ("hide-repairs", repairs)) if not shown
        ),
        "noise": _noise(document),
        "noise_shown": noise,
        "noise_url": address(request, **{NOISE: None if noise else "1"}),
        "repair_count": len(document.repairs),
        "repairs_shown": repairs,
        "repairs_url": address(request, **{REPAIRS: None if repairs else "1"}),
    }


def _editions(document: Document, user, *, public: bool) -> dict[str, list[tuple[Document, str]]]:
    """The edition before this one and those after it, each with its address, as far as the reader may see them."""
    seen = public_documents() if public else visible_documents(user)
    address = "plan:public_document" if public else "plan:document"
    found = {
        "former": seen.filter(pk=document.former_edition_id or 0),
        "later": seen.filter(former_edition=document).order_by("published_on", "pk"),
    }
    return {name: [(row, reverse(address, args=[row.pk])) for row in rows] for name, rows in found.items()}


def proof_panel(request, pk: int, promise: int):
    """The panel of one promise: as a fragment for the page, or the page with the panel open."""
    document = get_object_or_404(visible_documents(request.user), pk=pk)
    public = _publicly(request)
    page = living(document, request.user, _day(request), public=public)
    found = page.promise(promise)
    if found is None:
        raise Http404
    context = {
        "proof": proof_of(found, request.user, page.on, public=public),
        "document": document,
        "public": public,
        "page": page,
    }
    return render(request, "plan/proof.html" if request.htmx else "plan/proof_page.html", context)


def _publicly(request) -> bool:
    """Whether a part of the page is asked for as the public sees it."""
    return not request.user.is_authenticated or "public" in request.GET


def states_now(request, pk: int):
    """What an open page asks for, so that it follows what happens: counts, and a mark of all that it shows."""
    document = get_object_or_404(visible_documents(request.user), pk=pk)
    page = living(document, request.user, _day(request), public=_publicly(request))
    return JsonResponse({"on": page.on, "counts": page.counts, "known": _digest(page)})


def _digest(page: Living) -> str:
    """Of all that the page shows of its promises; an open page holds it up against later ones."""
    answered_or_over = [p for p in page.places if p.reply or p.ended]
    shown = (
        f"{page.amended} {[p.row for p in page.places]} {answered_or_over}"  # of the others the row tells all
    )
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def _spans(page: Living, shown: list[Promise], here: Part, request, public: bool) -> list[Span]:
    """Promises, figures, repairs and noise as marked places of the part that is shown."""
    opens = _proof_address(page, public)
    marked = [_promise_span(p, opens(p), request) for p in shown]
    wanted = request.GET.get("state")
    if wanted:
        marked = [span for span in marked if span.state == wanted]
    else:
        within = (here.start, here.end)
        marked += figure_spans(page.document, request.user, within, public=public)
    if REPAIRS in request.GET:
        marked += [
            Span(
                start,
                end,
                css="repaired",
                title=_("Repaired: “%(new)s” (%(rule)s)") % {"new": new, "rule": rule},
            )
            for start, end, new, rule in page.document.repairs
            if here.start < end and start < here.end
        ]
    return marked + [Span(a, b, css="noise", title=_("Page noise")) for a, b in _noise(page.document)]


def _noise(document: Document) -> list[tuple[int, int]]:
    """Stretches of the page that are not the article."""
    edges, at = [], 0
    for start, end in document.body:
        if document.raw[at:start].strip():
            edges.append((at, start))
        at = max(at, end)
    if document.raw[at:].strip():
        edges.append((at, len(document.raw)))
    return edges


def _promise_span(p: Promise, url: str, request) -> Span:
    shown = card(p)
    selected = "selected" if request.GET.get("promise") == str(p.commitment.pk) else ""
    return Span(
        p.start,
        p.end,
        id=str(p.commitment.pk),
        state="" if p.ended else p.state,
        url=url,
        title=" · ".join(": ".join(filter(None, pair)) for pair in shown),
        css=f"{'ended' if p.ended else ''} {selected}".strip(),
        data={"card": json.dumps(shown, ensure_ascii=False)},
    )


def _proof_address(page: Living, public: bool) -> Callable[[Promise], str]:
    """Where the panel of each promise is: found once for a page, which holds hundreds."""
    first, _key, last = reverse("plan:proof", args=[page.document.pk, 0]).rpartition("0")
    choices = f"?on={page.on}{'&public=1' if public else ''}"
    return lambda p: f"{first}{p.commitment.pk}{last}{choices}"


def card(p: Promise) -> list[tuple[str, str]]:
    """What hovering or focusing shows: state and promise, then promised, measured, due and responsible office where known."""
    language, c = current(), p.commitment
    shown = [("", c.get_status_display() if p.ended else str(LABELS[p.state])), ("", str(c))]
    wanted = c.get_compare_display()
    if p.promised is not None:
        wanted = formatting.number(p.promised, language, p.unit)
    shown.append((_("Promised"), wanted))
    if p.measured is not None:
        shown.append((_("Measured"), formatting.number(p.measured, language, p.unit)))
    if p.due:
        shown.append((_("Due"), formatting.day(p.due)))
    if c.lead:
        shown.append((_("Responsible office"), str(c.lead)))
    return shown


def sentence(page: Living, public: bool = False) -> str:
    """The page's state in one sentence."""
    words = in_words(page.counts)
    if not words:
        if page.ended:
            return _("No promise of this document is in force any more.")
        if public:
            return _("No promise of this document is public yet.")
        return _("No sentence of this document has been made a commitment yet.")
    if not page.ended:
        return words
    over = ngettext("%(n)d is no longer in force.", "%(n)d are no longer in force.", page.ended)
    return _("%(first)s %(second)s") % {"first": words, "second": over % {"n": page.ended}}


def _slider(request, page: Living, public: bool) -> dict:
    """Days for the slider: from publication to today, with those on which a promise changed its state."""
    first, last = page.earliest, clock.today()
    turns = [day for day in page.turning_days(public) if first < day <= last]
    before = next((day for day in reversed(turns) if day < page.on), first if page.on > first else None)
    after = next((day for day in turns if day > page.on), last if page.on < last else None)
    whole = max((last - first).days, 1)
    return {
        "turns": [f"{(day - first).days * 1000 / whole:.1f}" for day in turns],
        "before": before and address(request, on=before),
        "after": after and address(request, on=after if after < last else None),
        "first": first,
        "last": last,
        "days": whole,
        "value": max(min((page.on - first).days, (last - first).days), 0),
        "is_today": page.on == last,
    }


def _acts(document: Document) -> list[Act]:
    here = [document.pk]
    acts = [
        Act(
            _("Review statements"),
            reverse("plan:review", args=here),
            verb="plan.accept_statements",
            primary=document.stage == "review",
        ),
        _publication_act(document),
        Act(_("Edit"), reverse("plan:document_edit", args=here), verb="plan.edit_document"),
    ]
    if document.withdrawn_on is None:
        url = reverse("plan:document_withdraw", args=here)
        acts.append(
            Act(_("Mark as withdrawn"), url, verb="plan.withdraw_document", obj=document, danger=True)
        )
    url = reverse("plan:document_add") + f"?former={document.pk}"
    return [*acts, Act(_("Add a later edition"), url, verb="plan.add_document")]


def _publication_act(document: Document) -> Act:
    """What comes next on the way to the public and back."""
    publication = document.publications.filter(ended_at=None).first()
    if publication is None:
        label, name, more = _("Ask for publication"), "ask_publication", {}
    elif publication.approved_at is None:
        label, name, more = _("Approve publication"), "approve_publication", {"primary": True}
    else:
        label, name, more = _("Take back from the public"), "end_publication", {"danger": True}
    return Act(label, reverse(f"plan:{name}", args=[document.pk]), verb=f"plan.{name}", obj=document, **more)


def tabs(request, document: Document, current: str) -> list[Tab]:
    """Tabs of a document's pages."""
    here = [document.pk]
    statements = document.statements.exclude(review="rejected").count()
    found = [
        Tab(_("Living document"), reverse("plan:document", args=here), current=current == "living"),
        Tab(
            _("Statements"),
            reverse("plan:statements", args=here),
            statements,
            current=current == "statements",
        ),
        Tab(_("History"), reverse("plan:document_history", args=here), current=current == "history"),
    ]
    if document.former_edition_id and visible_documents(request.user).filter(pk=document.former_edition_id):
        found.append(
            Tab(
                _("Changes to the former edition"),
                reverse("plan:document_diff", args=here),
                current=current == "diff",
            )
        )
    if may(request.user, "plan.accept_statements"):
        waiting = document.statements.filter(review="pending").count()
        found.insert(
            1, Tab(_("Review"), reverse("plan:review", args=here), waiting, current=current == "review")
        )
    return found
