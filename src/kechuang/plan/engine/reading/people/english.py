"""People with their titles in English: before the name, behind it between commas, or on the line below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..types import Sentence
from .english_ahead import ahead
from .english_behind import AFTER_NAME, behind, by_surname
from .english_names import JUNIOR, LATIN
from .english_offices import ANY_OFFICE, OCCUPATION
from .english_persons import Person, no_body
from .english_roles import TWO, divided, trim
from .english_rows import in_a_row, signed
from .english_speech import HEARD_BEFORE, HEARD_BEHIND

_PROFESSORS = ("Professor", "Associate Professor", "Assistant Professor", "Adjunct Professor")
# A title that gives way to any other beside the same name.
_WEAK = frozenset(["MP", "TD", "Councillor", "Cllr", *_PROFESSORS])
_TITLE_AND_NAME = 6  # words of a line that only names somebody


def find_english(sentences: Sequence[Sentence]) -> Iterator[Person]:
    """(person, role, start, end) in clean offsets for each person named with an English title; a style such as
    Professor is none where the person bears another."""
    found: list[Person] = []
    for at, sentence in enumerate(sentences):
        if LATIN.search(sentence.text) and not _headline(sentence):
            found += _in_sentence(sentence)
            found += by_surname(sentence, sentences)
            if at + 1 < len(sentences):
                found += signed(sentence, sentences[at + 1])
    found = [(JUNIOR.sub("", name), *rest) for name, *rest in found]
    titled = {name for name, role, *_ in found if role not in _WEAK}
    return (person for person in found if person[1] not in _WEAK or person[0] not in titled)


def _headline(sentence: Sentence) -> bool:
    """Whether verbs are printed like names: Senator Reed Welcomes New Laboratory."""
    words = sentence.text.split() if sentence.is_heading else []
    if (named := AFTER_NAME.match(sentence.text)) and ANY_OFFICE.match(sentence.text, named.end()):
        return False  # Ann Reed, Minister for Ports and Harbours
    return len(words) > _TITLE_AND_NAME and sum(word[:1].isupper() for word in words) > 0.7 * len(words)


def _in_sentence(sentence: Sentence) -> Iterator[Person]:
    text, shift = sentence.text, sentence.start
    taken: list[tuple[int, int]] = []
    found = sorted((*in_a_row(text), *behind(text), *ahead(text)), key=lambda person: person[1] in _WEAK)
    for name, role, start, end in found:
        if any(start < last and first < end for first, last in taken):
            continue
        if OCCUPATION.search(role) and not (
            HEARD_BEHIND.match(text, end) or HEARD_BEFORE.search(text, 0, start)
        ):
            continue
        taken.append((start, end))
        if (two := TWO.match(role)) and no_body(two["name"]):
            yield *divided(trim(two["role"]), two["name"]), shift + start, shift + end
            role = trim(two["rest"])
        yield name, role, shift + start, shift + end
