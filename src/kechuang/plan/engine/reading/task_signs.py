"""What of a sentence asks and what tells that it is over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from . import aspect, effects, modality, narration, task_words
from .patterns import pattern

Found = re.Match[str] | None
_SOMEBODY = pattern(rf"[^,，]{{0,12}}{modality.AGENT}")
_BLANK = pattern(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_ASPECT = pattern(r"(?<![显卓名原论专])著(?![名作称])")  # 着 in traditional characters: 沿著


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
        asked = self.strong or (
            self.modal if judged and self.modal and self.modal.start() >= judged.end() else None
        )
        return bool(judged and (not asked or self._comes_of_it(judged.end(), asked)))

    def _comes_of_it(self, end: int, asked: re.Match[str]) -> bool:
        """Whether what is asked behind a judgement that ends at `end` is what the thing judged will bring about."""
        between = self.body[end : asked.start()]
        return asked[0].startswith("将") and between in (",", "，") and not _SOMEBODY.match(self.body)

    @property
    def outlived(self) -> bool:
        """Whether it asks for something although something in it is over: the past comes first, or only a must."""
        if not self.past or self.strong:
            return True
        if self.first and self.past.group() in aspect.INFINITE and self.past.start():
            return True
        modal = self.modal
        return bool(
            modal
            and (
                self.past.start() < modal.start()
                or re.search("[,，]", self.body[modal.end() : self.past.start()])
                or self.past.group() in aspect.INFINITE
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


@cache
def past_of(body: str) -> Found:
    """What tells that it is over, but of a noun or of what it is compared with."""
    return aspect.PAST.search(aspect.COMPARED.sub("", aspect.ATTRIBUTIVE.sub("", body)))


@cache
def modal_of(body: str) -> Found:
    """The first modal; 将 only before an action."""
    found = modality.MODAL.finditer(body)
    return next((one for one in found if one[0] != "将" or modality.WILL_DO.match(body[one.end() :])), None)


@cache
def body_of(text: str) -> str:
    """`text` without its marks and without what promises nothing."""
    if text[:1] in "“「『" and not re.search("[”」』].{4}", text):  # a quotation that runs on
        text = text[1:]
    body = effects.MENTION.sub("“〇〇〇”", text[task_words.MARK.match(text).end() :])
    body = _ASPECT.sub("着", _BLANK.sub("", body))
    return effects.DISPOSAL.sub("把", effects.FORECAST.sub("", body))


@cache
def verb_first(body: str) -> bool:
    """An order begins with its verb, or with one circumstance and then its verb; a gerund (…的过程，) is none, nor
    is what is said to be something (抓创新就是抓发展)."""
    first = re.split(r"[,，。；]", body, maxsplit=1)[0]
    if task_words.NOMINAL.search(first) or task_words.EQUATES.search(first):
        return False
    if task_words.WEAK.match(body):
        return bool(task_words.THEN_ACTS.search(body))
    return bool(task_words.VERB_FIRST.match(body) or task_words.CIRCUMSTANCE.match(body))


def forget() -> None:
    """What sentences say is kept while their document is read, no longer."""
    for kept in (past_of, modal_of, body_of, verb_first):
        kept.cache_clear()
