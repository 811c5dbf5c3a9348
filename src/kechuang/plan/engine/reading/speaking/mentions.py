"""People of whom an English text only lets others speak: they neither speak nor take part."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ..people import Attribution
from ..types import Sentence
from .turns import Turn


def taking_part(
    people: Sequence[Attribution], sentences: Sequence[Sentence], turns: Sequence[Turn]
) -> list[Attribution]:
    """`people` without those whom only somebody else's words name (Reed said the pact that Premier Holt signed …)."""
    starts = [one.start for one in sentences]
    heard = {voice.speaker for turn in turns for voice in turn.voices}
    told: dict[str, bool] = {}  # whether only others name them
    for one in people:
        at = bisect_right(starts, one.start) - 1
        quoted = bool(turns[at].lead_ins) and turns[at].at(one.start - starts[at]).speaker not in (
            "",
            one.person,
        )
        told[one.person] = (
            told.get(one.person, True) and quoted and one.person.isascii() and one.person not in heard
        )
    return [one for one in people if not told[one.person]]
