"""Figures that a document publishes, beside what the house counts or is told today: marks in the text and a panel."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kechuang.core.kernel import Money, formatting
from kechuang.core.language import current
from kechuang.core.web.figures import Figure
from kechuang.core.web.highlight import Span
from kechuang.indicators import ports as indicators
from kechuang.indicators.ports import PublishedFigure
from kechuang.plan.models import Document, Statement
from kechuang.plan.queries.living import visible_documents


def figures_of(
    statements: QuerySet[Statement], user: Any, *, public: bool
) -> list[tuple[Statement, PublishedFigure]]:
    """Those statements whose figure stands beside an indicator, in the order of the text."""
    keys = statements.order_by().values_list("pk", flat=True)
    found = indicators.published_by("plan.statement", keys, None if public else user)
    told = statements.in_bulk(found)
    return sorted(((told[pk], found[pk]) for pk in found), key=lambda pair: pair[0].q_start)


def figure_spans(document: Document, user: Any, within: tuple[int, int], *, public: bool) -> list[Span]:
    """The printed numbers of a stretch of the text that stand beside an indicator, each leading to its panel."""
    stated = document.statements.filter(q_start__gte=within[0], q_start__lt=within[1])
    return [
        Span(
            statement.q_start,
            statement.q_end,
            id=f"figure-{statement.pk}",
            css="published",
            url=reverse("plan:published_figure", args=[document.pk, statement.pk])
            + ("?public=1" if public else ""),
            title=" · ".join(": ".join(filter(None, pair)) for pair in _card(figure)),
            data={"card": json.dumps(_card(figure), ensure_ascii=False)},
        )
        for statement, figure in figures_of(stated, user, public=public)
    ]


def _card(figure: PublishedFigure) -> list[tuple[str, str]]:
    """What hovering or focusing shows."""
    shown = [("", figure.metric), (pgettext("figure", "Published"), _in_words(figure.published, figure.unit))]
    if figure.newest is not None:
        newest = _in_words(figure.newest, figure.unit)
        shown.append(
            (
                pgettext("figure", "Newest"),
                f"{newest} ({figure.newest_on:%Y-%m-%d})" if figure.newest_on else newest,
            )
        )
    return shown


def _in_words(value: Any, unit: str) -> str:
    language = current()
    if isinstance(value, Money):
        return formatting.money(value.fen, language)
    return formatting.number(value, language, unit)


def figure_panel(request, pk: int, statement: int):
    """The panel of one published figure: as a fragment for the page, or a page of its own."""
    document = get_object_or_404(visible_documents(request.user), pk=pk)
    public = not request.user.is_authenticated or "public" in request.GET
    stated = document.statements.filter(pk=statement).exclude(q_start=None)
    found = figures_of(stated, request.user, public=public)
    if not found:
        raise Http404
    row, figure = found[0]
    context = {"document": document, "public": public, "statement": row, "figure": figure}
    context["figures"] = _figures(figure)
    return render(request, "plan/published.html" if request.htmx else "plan/published_page.html", context)


def _figures(figure: PublishedFigure) -> list[Figure]:
    period = f"{figure.start} – {figure.end}" if figure.start and figure.end else str(figure.end or "")
    shown = [Figure(figure.published, unit=figure.unit, label=pgettext("figure", "Published"), period=period)]
    if figure.own is not None:
        shown.append(
            Figure(figure.own, unit=figure.unit, label=_("Same period here"), synthetic=figure.synthetic)
        )
        shown.append(Figure(figure.difference, unit=figure.unit, label=pgettext("figure", "Difference")))
    if figure.newest is not None:
        shown.append(
            Figure(
                figure.newest,
                unit=figure.unit,
                label=pgettext("figure", "Newest"),
                period=str(figure.newest_on or ""),
                why=figure.why,
                synthetic=figure.synthetic,
            )
        )
    return shown
