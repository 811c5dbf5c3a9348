"""States that English text promises by a time at the end: what is due, what is aimed at, and where its clause lies."""

from __future__ import annotations

from .patterns import any_of, pattern

# A state that is to come, with its time at the end: The site is due to open next year.
ENGLISH_DUE = pattern(
    any_of(
        r"(?<!\bwas )(?<!\bwere )\b(?:(?:(?:is|are) (?:now )?)?(?:due|scheduled|expected|set|slated|planned|poised|on track|on schedule) to|(?:is|are) to|will|(?:plan|hope|aim|expect|intend|want)s? to) "
        r"(?:open|commence|begin|come into (?:effect|force)|take effect|be (?:fully )?(?:completed|finished|operational|ready|open(?:ed)?|built|in place|up and running|launched|established|delivered|rolled out|set up|introduced|published|constructed|unveiled|inaugurated|commissioned|installed|phased out)|be in (?:\w+ )?(?:production|operation|service|use)|enter (?:service|validation|production|operation|use)|complete|start|break ground|launch|go live|go on sale|go into (?:service|production)|come online|start[ -]\w+ing)\b",
        r"\b(?:scheduled|slated|[Dd]ue|set|planned|expected) for (?:completion|delivery|launch|opening)\b",
        r"\b(?:plan|hope|aim|expect|intend|want)s? to have [^,;.]{2,60} (?:up and running|ready|completed?|open|built|running|in place|operational)\b",
        r"\bplans? to\b[^,;.]* and have [^,;.]* (?:complete|ready|open|built|running)\b",
        r"\bcompletion (?:is )?(?:expected|scheduled|due|planned|slated|set)\b",
        r"\b(?:is|are) (?:now )?(?:targett?ed|slated|scheduled|planned|due|on track) (?:for|in)\b",
        r"\b(?:will|shall|to|wants?|would like)\b[^,;.]* (?:be(?:come)? (?:an?|the|among|one of|home to|known|net|carbon|fully|climate|ranked|rated|placed|recogni[sz]ed|in the top)|reach|achieve|(?:move|switch|shift|transition) (?:to|towards?)|phase out|make (?:the )?[A-Z]\w+)\b[^,;.:]*$",
    )
)
# Where another clause with a subject of its own begins.
_OTHER_CLAUSE = pattern(
    r"[;:] |(?:, (?:(?:and|but|while|with) )?| and )(?=(?:the|an?|its?|they|this|these|work|construction|production|[A-Z]\w+) [^,;]*?\b(?:is|are|was|were|will|has|have|had|can|could)\b)"
)


# Another goal behind one with a number: and reaching net zero by 2040
_SECOND_GOAL = pattern(
    r" and (?=(?:reach|achiev|becom|eliminat|end|finish|complet|phas)(?:ing|e)? (?:out )?[^,;.]*$)"
)


# Another goal behind one with a number: and reaching net zero by 2040
_SECOND_GOAL = pattern(
    r" and (?=(?:reach|achiev|becom|eliminat|end|finish|complet|phas)(?:ing|e)? (?:out )?[^,;.]*$)"
)


def due_clause(text: str, at: int, end: int, numbered: bool = False) -> tuple[int, int]:
    """The clause that promises a state by the time at `at:end`; `numbered`: others promise numbers, so that it ends
    at its comma."""
    edges = list(_OTHER_CLAUSE.finditer(text))
    begin = max((edge.end() for edge in edges if edge.end() <= at), default=0)
    close = min((edge.start() for edge in edges if edge.start() >= end), default=len(text))
    if numbered and text.startswith(", ", end):
        close = end
    if ENGLISH_DUE.search(text, begin, at):
        return begin, close
    second = _SECOND_GOAL.search(text[:at])
    return (second.end(), end) if second and numbered else (0, len(text))


# What is aimed at by a deadline: we have a goal to be judged so by 2040.
ENGLISH_GOAL = pattern(
    r"^(?!.*\b(?:had|was|were)\b).*\b(?:goals?|targets?|ambitions?|aims?|commitments?|pledges?|visions?) (?:of|in|for|at) [^;.:]*$|\b(?:goal|target|ambition|commitment|pledge) $|\b(?:has|have|is|are|also) targett?(?:ed|ing) [^;.:]*$|(?<![Tt]his )(?<![Tt]hat )(?<![Ww]hich )(?<![Tt]hese )(?<!\bit )\b(?:will|shall) (?:all |also |each |both )?(?:be|have|hold|meet|run on)\b [^,;.:]*$|\b(?:re)?commit(?:s|ted|ting) (?:\w+ )?to [a-z]+ing\b[^;.]*$|\b(?:goals?|plans?|aims?|ambitions?|targets?|objectives?|pledge[sd]?|vow(?:s|ed)?|seeks?|intends?|wants?|hopes?|commitments?|visions?|set out) (?:\w+ )?to [a-z]+ [^;.]*$|(?<!able )(?<!failed )\bto (?:complete|finish|finali[sz]e|conclude|reach|achieve|become),? [^;.]*$"
)
