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

import re
from dataclasses import dataclass

from . import effects, modality, narration, task_words
from .people.names import common_name
from .stance import Context, Stance
from .task_words import acts

_NO_TASK = (0.0, "")
_SHORTEST = 4
Found = re.Match[str] | None


@dataclass(frozen=True, slots=True)
class _Signs:
    """What of a sentence asks and what tells that it is over."""

    body: str
    strong: Found
    modal: Found
    past: Found
    first: bool

    @property
    def only_judges(self) -> bool:
        """Whether it says what something is or is worth, and nothing behind that asks."""
        judged = narration.EVALUATION.search(self.body)
        return bool(judged and not self.strong and not (self.modal and self.modal.start() >= judged.end()))

    @property
    def outlived(self) -> bool:
        """Whether it asks for something although something in it is over: the past comes first, or only a must."""
        if not self.past or self.strong:
            return True
        modal = self.modal
        return bool(
            modal
            and (
                self.past.start() < modal.start()
                or re.search("[,，]", self.body[modal.end() : self.past.start()])
                or self.past.group() in narration.INFINITE
                or modality.MUST.match(modal.group())
            )
        )


def asks(text: str, before: bool = False) -> bool:
    """Whether the text asks for something, whatever its stance; `before`: the sentence before it does."""
    body = _body(text)
    if narration.PAST.search(body) or (
        narration.EVALUATION.search(body) and not modality.STRONG.search(body)
    ):
        return False
    asked = _verb_first(body) or modality.STRONG.search(body) or modality.TOLD.search(body)
    return bool(asked or (before and task_words.VERB_IN_CLAUSE.search(body)))


def label_end(text: str) -> int:
    """Where the label of an item ends (五、现代农业：推广良种), or the lead-in of somebody unknown (他强调，), 0 where
    there is none: the task is what stands behind it."""
    said = task_words.SAID.match(text)
    if said:
        return said.end()
    label = task_words.LABEL.match(text)
    return label.end() if label and _verb_first(_body(text[label.end() :])) else 0


def task_confidence(text: str, context: Context) -> tuple[float, str]:
    """How sure it is that `text` (no lead-in) is a task, 0 when it is none, and the rule that says so."""
    if narration.NEVER.search(text):
        return _NO_TASK
    text = text[label_end(text) :]
    body = _body(text)
    if len(body) < _SHORTEST or narration.NEVER.search(body):
        return _NO_TASK
    if context.stance is Stance.REVIEW:
        return _in_review(text, body)
    if modality.GRANTS.search(text):
        return 0.75, "task.grant"
    signs = _signs(body)
    if signs.only_judges:
        return _NO_TASK
    agenda = context.stance is Stance.AGENDA
    if modality.DEMANDS.match(text):
        return 0.9, "task.item"
    if not (context.article or signs.outlived or (signs.first and agenda)):
        return _NO_TASK
    if signs.strong or signs.modal:
        return 0.9, "task.modal"
    if _tells(text, body, context):
        return _NO_TASK
    if _orders(signs):
        return 0.85, "task.verb-first"
    if agenda and modality.ITEM.match(text) and not signs.past:
        return 0.8, "task.item"
    return _by_place(signs, context)


def _in_review(text: str, body: str) -> tuple[float, str]:
    """In a review only what is asked for anew, or is to be done later, is a task."""
    strong, modal, past = modality.STRONG.search(body), _modal(body), _past(body)
    asked = strong or modal
    if not (strong or modality.WILL_ACT.search(body) or modality.LATER.search(body)):
        asked = modal if modal and narration.TURNS.search(text) else None
    if not asked:
        return _NO_TASK
    if past and past.group() in narration.INFINITE and asked.start() < past.start():
        past = None
    turns = past and narration.TURNS.search(body, past.end(), asked.end())
    return _NO_TASK if past and not turns else (0.7, "task.modal-in-review")


def _by_place(signs: _Signs, context: Context) -> tuple[float, str]:
    """What a sentence without any sign of its own is by its place: a rule's norm, an item of an agenda."""
    body = signs.body
    if narration.COPULA.match(body):
        return _NO_TASK
    if context.article and not signs.past and modality.NORM.search(body):
        return 0.75, "task.norm"
    if narration.STATE_LINE.search(body) or narration.TELLS.search(body):
        return _NO_TASK
    asked = context.stance is Stance.AGENDA or context.after_task
    if asked and task_words.VERB_IN_CLAUSE.search(body) and not narration.DESCRIBES.search(body):
        return 0.7, "task.in-agenda"
    return _NO_TASK


def _signs(body: str) -> _Signs:
    modal = _modal(body) or next(
        filter(
            None,
            (
                found.search(body)
                for found in (modality.HOPED, modality.TOLD, modality.ADVISED, modality.NEEDED)
            ),
        ),
        None,
    )
    return _Signs(body, modality.STRONG.search(body), modal, _past(body), _verb_first(body))


def _past(body: str) -> Found:
    return narration.PAST.search(narration.COMPARED.sub("", narration.ATTRIBUTIVE.sub("", body)))


def _modal(body: str) -> Found:
    """The first modal; 将 only before an action."""
    found = modality.MODAL.finditer(body)
    return next((one for one in found if one[0] != "将" or modality.WILL_DO.match(body[one.end() :])), None)


def _orders(signs: _Signs) -> bool:
    body = signs.body
    if signs.first:
        return not narration.DESCRIBES.search(body)
    if body.startswith("会") and not body.startswith("会议"):
        return bool(acts(body) or modality.WILL_DO.match(body[1:]))
    return body.startswith("将") and not modality.WILL_BE.match(body)


def _tells(text: str, body: str, context: Context) -> bool:
    """Whether it tells what happens: it begins with somebody and their title or with a year that is over, names a day,
    says that something is so, or, in no agenda, who does it."""
    year = narration.YEAR.match(text)
    if year and context.published and int(year[1]) < context.published.year:
        return True
    if narration.DATED.search(text, task_words.MARK.match(text).end()) or narration.IS_SO.search(body):
        return True
    if (context.stance is Stance.OPEN or _past(body)) and narration.DECLARES.search(body):
        return True
    titled = narration.TITLED.match(text)
    return bool(titled and common_name(titled["name"]))


def _body(text: str) -> str:
    """`text` without its marks and without what promises nothing."""
    if text[:1] in "“「『" and not re.search("[”」』].{4}", text):  # a quotation that runs on
        text = text[1:]
    body = effects.MENTION.sub("“〇〇〇”", text[task_words.MARK.match(text).end() :]).replace("著", "着")
    return effects.DISPOSAL.sub("把", effects.FORECAST.sub("", body))


def _verb_first(body: str) -> bool:
    """An order begins with its verb, or with one circumstance and then its verb; a gerund (…的过程，) is none, nor
    is what is said to be something (抓创新就是抓发展)."""
    first = re.split(r"[,，。；]", body, maxsplit=1)[0]
    if task_words.NOMINAL.search(first) or task_words.EQUATES.search(first):
        return False
    if task_words.WEAK.match(body):
        return bool(task_words.THEN_ACTS.search(body))
    return bool(task_words.VERB_FIRST.match(body) or task_words.CIRCUMSTANCE.match(body))
