"""What of a sentence asks and what tells that it is over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import effects, modality, narration, task_words

Found = re.Match[str] | None


@dataclass(frozen=True, slots=True)
class Signs:
    """The body of a sentence, without what promises nothing, and the signs in it."""

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


def signs_of(body: str) -> Signs:
    """The signs in the body of a sentence."""
    modal = modal_of(body) or next(
        filter(
            None,
            (
                found.search(body)
                for found in (modality.HOPED, modality.TOLD, modality.ADVISED, modality.NEEDED)
            ),
        ),
        None,
    )
    return Signs(body, modality.STRONG.search(body), modal, past_of(body), verb_first(body))


def past_of(body: str) -> Found:
    """What tells that it is over, but of a noun or of what it is compared with."""
    return narration.PAST.search(narration.COMPARED.sub("", narration.ATTRIBUTIVE.sub("", body)))


def modal_of(body: str) -> Found:
    """The first modal; 将 only before an action."""
    found = modality.MODAL.finditer(body)
    return next((one for one in found if one[0] != "将" or modality.WILL_DO.match(body[one.end() :])), None)


def body_of(text: str) -> str:
    """`text` without its marks and without what promises nothing."""
    if text[:1] in "“「『" and not re.search("[”」』].{4}", text):  # a quotation that runs on
        text = text[1:]
    body = effects.MENTION.sub("“〇〇〇”", text[task_words.MARK.match(text).end() :]).replace("著", "着")
    return effects.DISPOSAL.sub("把", effects.FORECAST.sub("", body))


def verb_first(body: str) -> bool:
    """An order begins with its verb, or with one circumstance and then its verb; a gerund (…的过程，) is none, nor
    is what is said to be something (抓创新就是抓发展)."""
    first = re.split(r"[,，。；]", body, maxsplit=1)[0]
    if task_words.NOMINAL.search(first) or task_words.EQUATES.search(first):
        return False
    if task_words.WEAK.match(body):
        return bool(task_words.THEN_ACTS.search(body))
    return bool(task_words.VERB_FIRST.match(body) or task_words.CIRCUMSTANCE.match(body))
