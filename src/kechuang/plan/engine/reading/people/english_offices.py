"""What English offices are called, the bodies and fields they are of, and what therefore is no name."""

from __future__ import annotations

from ..gazetteer import entries, one_of
from ..patterns import pattern
from .english_names import LETTER, UPPER

_OCCUPATIONS = entries("english_occupations")
HEADS = one_of((*entries("english_title_heads"), *_OCCUPATIONS))
OCCUPATION = pattern(
    rf"(?i:\b(?:{one_of(_OCCUPATIONS)}))$|(?i:\b(?:{one_of(_OCCUPATIONS)}),? (?:at|for|of|in|from|with)\b)"
)
OFFICES = one_of(set(entries("english_title_heads")) - {"Dean", "Judge", "Justice", "Principal"})
HEAD = rf"(?:{HEADS})(?:-designate|-elect)?(?![{LETTER}])"
ANY_HEAD = pattern(rf"(?<![{LETTER}\d])(?i:{HEADS})(?![{LETTER}])")
ANY_OFFICE = pattern(rf"(?<![{LETTER}]){HEAD}")
_STYLE = r"(?!(?:Assoc|Asst|Datuk|Datin|Dato|Seri|Shri|Smt|Tun|Tengku|Engr|Dr|Prof|Mr|Mrs|Ms|Sir|Dame)\b)"  # begins a name
CAPITAL = rf"(?:[{UPPER}][{LETTER}&'’.\-/]+|&)"
BODY = rf"(?: (?:of|for|at|to|on|in(?= the)|(?:State )?(?:Department|Ministry) (?:of|for))(?: the| our)?(?: (?:{_STYLE}{CAPITAL}|and|of|for|the|&),?(?= ))*(?: {_STYLE}{CAPITAL}))?"
AND_OFFICE = rf"(?: and (?:[a-z\-]+ ){{0,2}}?(?:{HEADS.lower()}|C[A-Z]O)(?![{LETTER}]))?"  # president and vice-chancellor
ABBREVIATED = r"(?:,? \([A-Z][^()]{1,90}\))?"  # chief executive officer (CEO), Minister of State (Roads)
FIELDS = one_of(entries("english_fields"))
FIELD_WORD = rf"(?:{FIELDS}|[A-Za-z]+(?:ies|ions?|ments?|olog(?:y|ies)|[ae]nces?|ness|tures?|ity|airs|ics))"  # by its ending
FIELD = pattern(rf"\b{FIELD_WORD}\b")
NOT_A_NAME = pattern(rf"\b(?:{OFFICES}|{one_of(entries('english_not_names'))})\b")
