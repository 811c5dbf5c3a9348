"""Who speaks in each sentence.

A turn opens where somebody is said to speak ("蔡奇强调,", "会上,王志刚指出,", "he said") and is carried over sentences
and paragraphs until the next turn or until narration takes over.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..english_kinds import is_english
from ..people import Attribution, find_people
from ..types import Sentence
from .chinese import ChineseTurns
from .english import EnglishTurns
from .turns import Turn

__all__ = ["Turn", "find_turns"]


def find_turns(sentences: Sequence[Sentence], people: Sequence[Attribution] | None = None) -> list[Turn]:
    """One turn per sentence, in order. Sentences are in clean offsets; lead-ins count characters of a sentence.

    The role is the title beside the name wherever the document prints it. `people` saves finding them again.
    """
    people = find_people(sentences) if people is None else people
    roles: dict[str, str] = {}
    for person in people:
        roles.setdefault(person.person, person.role)
    chinese, english = ChineseTurns(sentences, roles), EnglishTurns(roles)
    turns: list[Turn] = []
    for at, sentence in enumerate(sentences):
        (english if is_english(sentence.text) else chinese).add(turns, sentences, at)
    return turns
