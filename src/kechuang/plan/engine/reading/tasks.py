"""Whether a stretch of text (up to 。 or ；) says what is to be done.

A small table decides, by who asks how (modality), whether it is over (aspect) and where the sentence stands:

    | asks                                   | over (了, 已 …)        | in a review | elsewhere | in an agenda, a list |
    | strong: 要, 必须 of whoever is meant   | task                   | not over    | task      | task                 |
    | modal: 将, 会, 应, 拟, 希望, 要求 … V  | if the past comes first | if later    | task      | task                 |
    | verb first, nobody named               | no                     | no          | task      | task, even if over   |
    | somebody named, no modal               | no                     | no          | no        | task                 |

Before it looks, what promises nothing is taken out (effects, forecasts, conditions, words in quotation marks, 将 for 把).
"""

from __future__ import annotations

from . import aspect, modality, narration, task_words
from .formulas import NEVER
from .patterns import pattern
from .people.names import common_name
from .stance import Context, Stance
from .task_signs import Signs, body_of, modal_of, past_of, signs_of, verb_first
from .task_words import acts

_NO_TASK = (0.0, "")
_SHORTEST = 4
_GOES_ON = pattern(r"(?:此外|同时|另外|与此同时)(?:[,，]|针对)")  # it tells or asks as what it goes on with


def asks(text: str, before: bool = False) -> bool:
    """Whether the text asks for something, whatever its stance; `before`: the sentence before it does."""
    body = body_of(text)
    if aspect.PAST.search(body) or (narration.EVALUATION.search(body) and not modality.STRONG.search(body)):
        return False
    asked = verb_first(body) or modality.STRONG.search(body) or modality.TOLD.search(body)
    return bool(asked or (before and task_words.VERB_IN_CLAUSE.search(body)))


def looks_ahead(text: str) -> bool:
    """Whether somebody says what will be done, and nothing in it is over."""
    body = body_of(text)
    return bool(modal_of(body)) and not past_of(body)


def label_end(text: str) -> int:
    """Where the label of an item ends (五、现代农业：推广良种), or the lead-in of somebody unknown (他强调，), 0 where
    there is none: the task is what stands behind it."""
    said = task_words.SAID.match(text) or task_words.PAPER.match(text)
    if said:
        return said.end()
    label = task_words.LABEL.match(text)
    return label.end() if label and verb_first(body_of(text[label.end() :])) else 0


def task_confidence(text: str, context: Context) -> tuple[float, str]:
    """How sure it is that `text` (no lead-in) is a task, 0 when it is none, and the rule that says so."""
    if NEVER.search(text):
        return _NO_TASK
    text = text[label_end(text) :]
    body = body_of(text)
    if len(body) < _SHORTEST or (body != text and NEVER.search(body)):
        return _NO_TASK
    if context.stance is Stance.REVIEW:
        return _in_review(text, body)
    if modality.GRANTS.search(text):
        return 0.75, "task.grant"
    signs = signs_of(body)
    if signs.only_judges:
        return _NO_TASK
    agenda = context.stance is Stance.AGENDA
    if modality.DEMANDS.match(text):
        return 0.9, "task.item"
    if not (context.article or signs.outlived or (signs.first and agenda)):
        return _NO_TASK
    if context.leads_in and not signs.strong:
        return _NO_TASK
    if signs.strong or signs.modal:
        return 0.9, "task.modal"
    if _tells(text, body, context):
        return _NO_TASK
    if context.stance is Stance.OPEN and context.told and _GOES_ON.match(text):
        return _NO_TASK
    if _orders(signs):
        return 0.85, "task.verb-first"
    if (agenda or context.after_task) and modality.ITEM.match(text) and not signs.past:
        return 0.8, "task.item"
    return _by_place(signs, context)


def _in_review(text: str, body: str) -> tuple[float, str]:
    """In a review only what is asked for anew, or is to be done later, is a task."""
    strong, modal, past = modality.STRONG.search(body), modal_of(body), past_of(body)
    asked = strong or modal
    if not (strong or modality.WILL_ACT.search(body) or modality.LATER.search(body)):
        asked = modal if modal and aspect.TURNS.search(text) else None
    if not asked:
        return _NO_TASK
    if past and past.group() in aspect.INFINITE and asked.start() < past.start():
        past = None
    turns = past and aspect.TURNS.search(body, past.end(), asked.end())
    return _NO_TASK if past and not turns else (0.7, "task.modal-in-review")


def _by_place(signs: Signs, context: Context) -> tuple[float, str]:
    """What a sentence without any sign of its own is by its place: a rule's norm, an item of an agenda."""
    body = signs.body
    if narration.COPULA.match(body):
        return _NO_TASK
    if context.article and not signs.past and modality.NORM.search(body):
        return 0.75, "task.norm"
    if narration.STATE_LINE.search(body) or narration.ROLE_LINE.match(body) or narration.TELLS.search(body):
        return _NO_TASK
    asked = context.stance is Stance.AGENDA or context.after_task
    if asked and task_words.VERB_IN_CLAUSE.search(body) and not narration.DESCRIBES.search(body):
        return 0.7, "task.in-agenda"
    return _NO_TASK


def _orders(signs: Signs) -> bool:
    body = signs.body
    if signs.first:
        return not narration.DESCRIBES.search(body)
    if body.startswith("会") and not body.startswith("会议"):
        return bool(acts(body) or modality.WILL_DO.match(body[1:]))
    return body.startswith("将") and not modality.WILL_BE.match(body)


def _tells(text: str, body: str, context: Context) -> bool:
    """Whether it tells what happens: it begins with somebody and their title or with a year that is over, names a day,
    says that something is so, or, in no agenda, who does it."""
    year = aspect.YEAR.match(text)
    if year and context.published and int(year[1]) < context.published.year:
        return True
    if aspect.DATED.search(text, task_words.MARK.match(text).end()) or narration.IS_SO.search(body):
        return True
    if (context.stance is Stance.OPEN or past_of(body)) and narration.DECLARES.search(body):
        return True
    titled = aspect.TITLED.match(text)
    return bool(titled and common_name(titled["name"]))
