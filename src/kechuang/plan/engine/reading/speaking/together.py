"""Whether several people in a row act or speak at once: then nobody alone has the word."""

from __future__ import annotations

import re
from itertools import pairwise

from . import subject_words as forms


def together(names: re.Pattern[str], clause: str) -> bool:
    """Whether the clause ends with two people who say a thing together."""
    last = list(names.finditer(clause))[-2:]
    heads = [*names.finditer(clause)]
    row = [one for one, after in pairwise(heads) if clause[one.end() : after.start()] == "、"]
    if len(row) > 1 and len(row) == len(heads) - 1 and not forms.SINGLED.search(clause, heads[-1].end()):
        return True
    if len(last) < 2 or not forms.ALONE.match(clause, last[-1].end()):
        return False
    return bool(forms.JOINED.fullmatch(clause, last[0].end(), last[1].start()))


def in_row(names: re.Pattern[str], text: str, end: int) -> bool:
    """Whether another person stands beside the one who ends here: 甲、局长乙在讲话中…"""
    beside = forms.BESIDE.match(text, end)
    named = beside and next(names.finditer(text, beside.end(), beside.end() + forms.STARTS), None)
    between = text[beside.end() : named.start()] if beside and named else ""
    return bool(named) and not forms.CLAUSE_MARK.search(between)
