"""Who takes part or speaks, each with the whole title printed beside the name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..types import Sentence
from .chinese import find_behind, find_chinese
from .english import find_english
from .tagging import NameTagger

__all__ = ["Attribution", "find_people"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """`person` takes part or speaks as `role`; `start:end` covers title and name in clean offsets."""

    person: str
    role: str
    start: int
    end: int
    behind: bool = False  # a Chinese title behind the name (王仲儒区长): tells who speaks, is no attribution


def find_people(sentences: Sequence[Sentence], tagger: NameTagger | None = None) -> list[Attribution]:
    """Every participant or speaker with a title, in order; once per person and role in the document.

    Chinese titles stand before the name (科技部党组书记、部长王志刚), a list of names shares the title before it;
    English ones before or after ("Wang Zhigang, Minister of Science and Technology, said"). People only referred
    to, reporters and editors are left out. Offsets are clean offsets. `tagger` is asked where a title is followed by
    what the grammar knows as no name.
    """
    chinese = list(find_chinese(sentences, tagger))
    english = list(find_english(sentences))
    found: dict[tuple[str, str], Attribution] = {}
    for person, role, start, end in sorted((*chinese, *english), key=lambda item: item[3]):
        found.setdefault((person, role), Attribution(person, role, start, end))
    behind = find_behind(sentences, {name for name, _ in found})
    return [*found.values(), *(Attribution(*person, behind=True) for person in behind)]
