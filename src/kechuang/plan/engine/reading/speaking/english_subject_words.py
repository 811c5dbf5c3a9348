"""How English text names who speaks or acts: offices, styles, pronouns, subjects and what stands around them."""

from __future__ import annotations

from ..patterns import pattern
from ..people.english_names import ENGLISH_NAME, POST_NOMINAL

OFFICES = "president|premier|minister|secretary|mayor|governor|director|chancellor|commissioner|chair(?:man|woman|person)?|administrator|ambassador|chief|boss|chief executive|chief scientist|principal|dean|professor|senator|(?-i:CM|PM|MoS|VC|CS|PS|DG|CEO)"
STYLES = r"(?:Datuk|Dato[’']?|Datin|Tan Sri|Seri|Sri|Tun|Tengku|Prime|Vice|Deputy|Minister|Premier|President|Secretary|Mayor|Governor|Director|Professor|Prof|Dr|Mr|Mrs|Ms|Sir|Dame|Lord|Lady|Rep|Sen|Gov|Chancellor|Commissioner|Chair|Senator|Ambassador|Councillor|Cllr|Clr|Coun|Administrator|General|Science|Party|Chief|Executive)\.?"
OFFICE_STYLES = r"(?:Gov|Sen|Rep|Governor|Senator|Minister|Mayor|Secretary|President|Commissioner|Chancellor|Councillor|Cllr|Clr|Coun|Lord|Lady|Mr|Mrs|Ms|Dr|Prof|Professor)"
STYLED_FIRST = pattern(rf"(?P<who>{OFFICE_STYLES}\.? [A-ZÀ-Þ][\w'’\-]+) [a-z]")
STYLED_BEFORE = pattern(r", (?:Dr|Prof|Professor|Sir|Dame|Mr|Mrs|Ms|Shri|Smt)\.? $")
_ONE = r"[A-ZÀ-Þ][\w'’\-]+"
WHO = rf"(?:{ENGLISH_NAME}|[Tt]he (?:[A-Za-z]+ ){{0,2}}?(?:[Vv]ice[- ])?(?i:{OFFICES})\b|(?:{STYLES} )?{_ONE}|[Hh]e|[Ss]he|[Tt]hey)"
_DAY = r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
ADVERBS = rf"(?: (?:also|further|then|has|have|had|will|is expected to|is due to|today|yesterday|later|previously|in turn|{_DAY}),?)*"
SUBJECT = pattern(rf"(?<![\w’'-])(?P<who>{WHO}){POST_NOMINAL}(?: \([^)]{{1,40}}\))?,?{ADVERBS} $")
LEADING = pattern(rf"(?P<who>{WHO})\b")
NAMED = pattern(rf"(?<![\w’'])(?P<who>{ENGLISH_NAME}|{STYLES} {_ONE}){POST_NOMINAL}(?=,| \()")
_TITLE_WORD = r"(?:[A-Z][\w'’&\-]*|of|for|and|the|at|in)"
# Somebody beside the subject: sworn in by President Brandt, said
ASIDE = pattern(rf"\b(?:by|with|to|from|alongside|under) (?:{STYLES} )*$")
APPOSITION = pattern(
    rf"(?: \([^)]{{1,40}}\))?, (?!{ENGLISH_NAME},)(?:[^“”\"]{{2,220}},|[^,“”\"]{{2,150}}|{_TITLE_WORD}(?:,? {_TITLE_WORD}){{1,14}}){ADVERBS} $"
)
# The subject stands at the head, with a clause of its own: Suleiman Bogoro presenting letters to universities, said
WITH_CLAUSE = pattern(
    rf"\W{{0,2}}(?:[Tt]he [^,“”]{{3,60}}, |[A-Z][^,“”]{{3,60}}, (?:Dr|Mr|Mrs|Ms|Prof)\.? )?(?P<who>{WHO})(?:,? who | in (?:his|her) |,? (?:presenting|speaking|addressing|opening|launching|announcing|commenting|responding|visiting|inaugurating|presiding) )[^“”]{{2,160}}, $"
    rf"|\W{{0,2}}(?:[A-Z][^“”]{{3,80}}? )??(?P<doer>{ENGLISH_NAME}) (?:who [a-z]+ed? [^,;“”]{{2,60}} $|in (?:his|her) [^“”]{{2,120}}, $)"
)
# Somebody without a title of whom a sentence tells: Shaun Davies welcomed …
ACTS = pattern(rf"(?P<who>{ENGLISH_NAME}) (?:was|is|has|had|will|[a-z]+ed)\b")
OTHERS = pattern(
    rf"(?:^ ?|[,;:] |[“”\"’] ?|\b(?:as|and|but|while) )(?:[Tt]he|[Aa]n?|[Ii]ts?|[Tt]his|[Oo]ur|[Ss]ome|[Oo]ne|[Ww]e|I|[Mm]any|{_ONE}) ?[^,;:“”\"]{{0,60}}?{ADVERBS} ?$"
)
PARTICLE = pattern(
    r"(?:de|van|von|al|bin|da|di|el|le|la|du|dos|der|den|ter)(?: (?:la|der|den))? [A-ZÀ-Þ][\w’'-]+"
)  # said | de Reed
# Who is merely there acts not: Reed and Holt were also present.
ATTENDS = pattern(
    r"\b(?:(?:was|were) (?:also )?(?:present|in attendance)|also attended|attended by|accompanied by|in the presence of)\b"
)
SECOND_VERB = pattern(r" and(?: (?:also|then|later|further))? $")  # Ann Reed opened the quay and said …
CAPITALISED = pattern(_ONE)
OF_BODY = pattern(r"\b(?:of|for|at|in|from|by) (?:the )?$")
OFFICE_FIRST = pattern(rf"[Tt]he (?:[A-Za-z]+ ){{0,2}}?(?:[Vv]ice[- ])?(?i:{OFFICES})\b")
HIGHER = pattern(
    r"\b(?:prime|chief|first|vice|deputy)[- ](?:minister|president|mayor|governor|chancellor)\b"
)  # "the minister" is none of these
TITLE_ALONE = pattern(rf"[Tt]he (?P<whole>(?:[A-Za-z]+ ){{0,2}}?(?P<office>(?:[Vv]ice[- ])?(?i:{OFFICES})))$")
TITLES = pattern(rf"^(?:{STYLES} )+")
NAME = pattern(rf"(?<![\w’'])(?:{ENGLISH_NAME})")
BODIES = pattern(
    r"^(?:The|It|We|This|That|These|Those|There|You|Government|Ministers|Officials|Report|Commission|Who|What|Here|Such|As|In|On|At|For|But|And|I)$"
)
PRONOUNS = frozenset(["he", "she", "him", "her"])
