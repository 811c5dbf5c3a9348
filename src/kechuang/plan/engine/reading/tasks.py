"""Whether a stretch of text (up to 。 or ；) says what is to be done.

Signs for: a modal (要, 将, 必须 …), a clause that begins with a verb of action or its adverb, standing in an agenda.
Signs against: aspect of the past (了, 已, 取得), equations and evaluations (…是…, 意义重大), thanks and formulas, and
stretches that only set numbers to be reached.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from .people.names import common_name
from .stance import Context, Stance
from .task_words import (
    ACT_FIRST,
    ACTOR_ACTS,
    ADVISED,
    ATTRIBUTIVE,
    CIRCUMSTANCE,
    COMPARED,
    COMPLETES,
    COPULA,
    DATED,
    DECLARES,
    DEMANDS,
    DESCRIBES,
    DISPOSAL,
    EVALUATION,
    FORECAST,
    GRANTS,
    GROWTH,
    HOPED,
    INFINITE,
    IS_SO,
    ITEM,
    JOINED,
    LATER,
    MARK,
    MENTION,
    MODAL,
    MUST,
    NEEDED,
    NEVER,
    NOMINAL,
    NORM,
    PAST,
    STATE_LINE,
    STRONG,
    TITLED,
    TOLD,
    TURNS,
    VERB_FIRST,
    VERB_IN_CLAUSE,
    WILL_ACT,
    WILL_DO,
    WITH_OBJECT,
    YEAR,
)


def asks(text: str, before: bool = False) -> bool:
    """Whether the text asks for something, whatever its stance; `before`: the sentence before it does."""
    body = _body(text)
    if PAST.search(body) or (EVALUATION.search(body) and not STRONG.search(body)):
        return False
    return bool(
        _verb_first(body)
        or STRONG.search(body)
        or TOLD.search(body)
        or (before and VERB_IN_CLAUSE.search(body))
    )


def task_confidence(text: str, context: Context) -> tuple[float, str]:
    """How sure it is that `text` (no lead-in) is a task, 0 when it is none, and the rule that says so."""
    if NEVER.search(text):
        return 0.0, ""
    body = _body(text)
    if len(body) < 4 or NEVER.search(body):
        return 0.0, ""
    strong = STRONG.search(body)
    if (
        context.stance is Stance.REVIEW
        and not strong
        and not WILL_ACT.search(body)
        and not LATER.search(body)
    ):
        return 0.0, ""
    past = PAST.search(COMPARED.sub("", ATTRIBUTIVE.sub("", body)))
    if GRANTS.search(text):
        return 0.75, "task.grant"
    if context.stance is Stance.REVIEW:
        turns = past and strong and TURNS.search(body, past.end(), strong.end())
        return (0.0, "") if past and not turns else (0.7, "task.modal-in-review")
    if EVALUATION.search(body) and not strong:
        return 0.0, ""
    modal = (
        _modal(body) or HOPED.search(body) or TOLD.search(body) or ADVISED.search(body) or NEEDED.search(body)
    )
    first = _verb_first(body)
    agenda = context.stance is Stance.AGENDA
    if (
        past
        and not context.article
        and not (
            strong
            or (
                modal
                and (past.start() < modal.start() or past.group() in INFINITE or MUST.match(modal.group()))
            )
            or (first and agenda)
        )
    ):
        return 0.0, ""
    if DEMANDS.match(text):
        return 0.9, "task.item"
    if strong or modal:
        return 0.9, "task.modal"
    if _tells(text, context):
        return 0.0, ""
    if (IS_SO.search(body) and not modal) or (context.stance is Stance.OPEN and DECLARES.search(body)):
        return 0.0, ""
    if (
        (first and not DESCRIBES.search(body))
        or body.startswith("将")
        or (body.startswith("会") and (_acts(body) or WILL_DO.match(body[1:])))
    ):
        return 0.85, "task.verb-first"
    if agenda and ITEM.match(text) and not past:
        return 0.8, "task.item"
    if COPULA.match(body):
        return 0.0, ""
    if context.article and not past and NORM.search(body):
        return 0.75, "task.norm"
    if STATE_LINE.search(body):
        return 0.0, ""
    if (agenda or context.after_task) and VERB_IN_CLAUSE.search(body) and not DESCRIBES.search(body):
        return 0.7, "task.in-agenda"
    return 0.0, ""


def _modal(body: str) -> re.Match[str] | None:
    """The first modal; 将 only before an action."""
    found = MODAL.finditer(body)
    return next((one for one in found if one[0] != "将" or WILL_DO.match(body[one.end() :])), None)


def _tells(text: str, context: Context) -> bool:
    """Whether the text begins with somebody and their title, with a year that is over, or names a day: it tells what
    happened."""
    year = YEAR.match(text)
    if year and context.published and int(year[1]) < context.published.year:
        return True
    if DATED.search(text):
        return True
    titled = TITLED.match(text)
    return bool(titled and common_name(titled["name"]))


def only_goals(text: str, quantities: Collection[int], periods: Collection[tuple[int, int]]) -> bool:
    """Whether every clause merely sets a number or a state: a target, no task.

    `quantities` are the starts, `periods` the spans of what was found in `text`.
    """
    opening = next((e for s, e in periods if s <= 1 and text[:1] != "“"), 0)
    if ITEM.match(text) and not GROWTH.search(text):
        return False
    if (
        opening
        and not _acts(text[opening:].lstrip(",，"))
        and not WILL_ACT.search(text, opening)
        and not STRONG.search(text[: opening + 4])
    ):
        return True
    at, numbers = 0, 0
    for clause in re.split(r"(?<=[,，])", text):
        start, end = at, at + len(clause)
        at = end
        if any(s <= start + 1 and end - 2 <= e for s, e in periods):
            continue
        lead = max((e for s, e in periods if s <= start + 1 and start < e < end), default=start)
        rest = text[lead:end].lstrip(",，")
        if _acts(rest) or STRONG.search(clause) or WILL_ACT.search(clause):
            return False
        numbers += any(start <= quantity < end for quantity in quantities)
    return numbers > 0


def _acts(clause: str) -> bool:
    clause = JOINED.sub("", clause)
    return bool(
        ACT_FIRST.match(clause)
        or COMPLETES.match(clause)
        or ACTOR_ACTS.match(clause)
        or CIRCUMSTANCE.match(clause)
        or WITH_OBJECT.match(clause)
    )


def _body(text: str) -> str:
    """`text` without its marks and without what promises nothing."""
    body = MENTION.sub("“〇〇〇”", text[MARK.match(text).end() :])
    return DISPOSAL.sub("把", FORECAST.sub("", body))


def _verb_first(body: str) -> bool:
    """An order begins with its verb, or with one circumstance and then its verb; a gerund (…的过程，) is none."""
    first = re.split(r"[,，。；]", body, maxsplit=1)[0]
    return bool(VERB_FIRST.match(body) or CIRCUMSTANCE.match(body)) and not NOMINAL.search(first)
