"""Who speaks in each sentence.

Three parts: `quotations` says what stands in quotation marks, `chinese` and `english` find the cues, words that give
somebody the word ("蔡奇强调,", "he said") or take it back, `company` knows whom they mean. The machine in `hearing`
is the same for both languages.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..people import Attribution, find_people
from ..types import Sentence
from .hearing import Hearing
from .mentions import taking_part
from .paragraphs import paragraphs_apart
from .turns import Turn, Voice

__all__ = ["Turn", "Voice", "find_turns", "taking_part"]


def find_turns(sentences: Sequence[Sentence], people: Sequence[Attribution] | None = None) -> list[Turn]:
    """One turn per sentence, in order. Sentences are in clean offsets; voices and lead-ins count characters of a sentence.

    The role is the title beside the name wherever the document prints it. `people` saves finding them again.
    """
    people = find_people(sentences) if people is None else people
    return Hearing(paragraphs_apart(sentences), people).turns()
