"""How English text says who speaks: verbs of speaking, their subjects, and the words around them."""

from __future__ import annotations

from ..patterns import pattern
from ..people.english_words import ENGLISH_NAME, POST_NOMINAL, SPEECH

OFFICES = "president|premier|minister|secretary|mayor|governor|director|chancellor|commissioner|chair(?:man|woman|person)?|administrator|ambassador|chief|boss|chief executive|chief scientist|principal|dean|professor|senator|(?-i:CM|PM|MoS|VC|CS|PS|DG|CEO)"
STYLES = r"(?:Datuk|Dato[’']?|Datin|Tan Sri|Seri|Sri|Tun|Tengku|Prime|Vice|Deputy|Minister|Premier|President|Secretary|Mayor|Governor|Director|Professor|Prof|Dr|Mr|Mrs|Ms|Sir|Dame|Lord|Lady|Rep|Sen|Gov|Chancellor|Commissioner|Chair|Senator|Ambassador|Councillor|Cllr|Clr|Coun|Administrator|General|Science|Party|Chief|Executive)\.?"
OFFICE_STYLES = r"(?:Gov|Sen|Rep|Governor|Senator|Minister|Mayor|Secretary|President|Commissioner|Chancellor|Councillor|Cllr|Clr|Coun|Lord|Lady|Mr|Mrs|Ms|Dr|Prof|Professor)"
STYLED_FIRST = pattern(rf"(?P<who>{OFFICE_STYLES}\.? [A-ZÀ-Þ][\w'’\-]+) [a-z]")
STYLED_BEFORE = pattern(r", (?:Dr|Prof|Professor|Sir|Dame|Mr|Mrs|Ms|Shri|Smt)\.? $")
ONE = r"[A-ZÀ-Þ][\w'’\-]+"
WHO = rf"(?:{ENGLISH_NAME}|[Tt]he (?:[A-Za-z]+ ){{0,2}}?(?:[Vv]ice[- ])?(?i:{OFFICES})\b|(?:{STYLES} )?{ONE}|[Hh]e|[Ss]he|[Tt]hey)"
DAY = r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
ADVERBS = rf"(?: (?:also|further|then|has|have|had|will|is expected to|is due to|today|yesterday|later|previously|in turn|{DAY}),?)*"
VERB = pattern(
    rf"\b(?:{SPEECH}|informed|averred|was quoted(?: by [\w ]{{3,30}})? as saying|outlined(?= (?:how|what|that)\b)|(?:voice|express|exud)(?:e?d|es) \w+(?= that )|reads?(?= (?:the|a|an|its|their) )"
    r"|(?:(?<=will )|(?<=expected to )|(?<=due to ))(?:say|tell|add|announce|argue|warn|stress)(?=(?: (?:the |an? )?\w+){0,2}(?: that\b|:|,? [“\"])))\b"
)
# Verbs that ask for something, whatever stands behind them.
DIRECTS = pattern(
    r"\b(?:urge[sd]?|exhort(?:s|ed)|enjoin(?:s|ed)|implore[sd]?|reiterate[sd]?|reaffirm(?:s|ed)|stress(?:es|ed)|emphasi[sz]e[sd]|under(?:lines|lined|scores|scored)|pledge[sd]|vow(?:s|ed)|promise[sd]|call(?:s|ed) (?:on|upon|for)|appeal(?:s|ed) (?:to|for)"
    r"|(?:direct|instruct|ask|request|order|encourag|advis|invit|tell|told)(?:s|es|ed)?(?= [^,;.“”\"]{2,160}? to [a-z]))\b"
)
SUBJECT = pattern(rf"(?<![\w’'-])(?P<who>{WHO}){POST_NOMINAL}(?: \([^)]{{1,40}}\))?,?{ADVERBS} $")
LEADING = pattern(rf"(?P<who>{WHO})\b")
NAMED = pattern(rf"(?<![\w’'])(?P<who>{ENGLISH_NAME}|{STYLES} {ONE}){POST_NOMINAL}(?=,| \()")
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
ACTING = pattern(
    rf"(?P<who>{WHO})(?: \([^)]{{1,40}}\))?,? (?:today |also |has |have |on \w+ )?[a-z]+(?:ed|s)\b"
)
OTHERS = pattern(
    rf"(?:^ ?|[,;:] |[“”\"’] ?|\b(?:as|and|but|while) )(?:[Tt]he|[Aa]n?|[Ii]ts?|[Tt]his|[Oo]ur|[Ss]ome|[Oo]ne|[Ww]e|I|[Mm]any|{ONE}) ?[^,;:“”\"]{{0,60}}?{ADVERBS} ?$"
)
AFTER = pattern(r"[^“”\"]{2,120}")
ENDS = pattern(
    r"(?: (?:speaking|addressing|while|when|as|referring|inaugurating|on|in|at|during|after|of|to|via|this|last|today|yesterday|earlier|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^,;“”\"]{0,70})?(?:[.,;]|$)"
)
GOES_ON_AFTER = pattern(
    r", (?!(?:adding|noting|saying|and|but|or|who|which|as|while|when|after|before|in|on|at|during|with|to|according|referring|citing|calling|speaking|\w+ing)\b)[a-z]"
)
COMPLEMENT = pattern(
    r"(?: (?:at|in|on|to|during) [\w ]{2,40}(?=[:,]| that\b)| (?:the|an?) (?:gathering|crowd|audience|group|meeting|panel|committee|conference|session|summit|seminar) [^:“”\"]{2,160}?(?= that\b)| (?:the|a|an) (?:audience|forum|meeting|reporters|press|conference)| (?:reporters|journalists|media)| (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day| today| yesterday)?,?(?: that\b)?[,:]? ?"
)
SAYS_PLAINLY = pattern(r"(?:said|says?|told|tell|add(?:ed|s)?|stated|states|noted|notes|outlined)$")
ANNOUNCES = pattern(
    r"announce|reveal|estimate|confirm|disclose|highlight|share|hope"
)  # what companies do too
# Where a pronoun begins a clause; else the verb is only put in: the boats he says they need
CLAUSE_BEGINS = pattern(
    r"(?:[,;:.—–”\"’)] ?|\b(?:and|but|as|that|what|which|how|while|when|where|because|so|though|if|also|later|then|today|yesterday)) $"
)
PARTICIPLE = pattern(r"[A-Z][a-z]+ing\b")  # Noting that “all will gain”, Reed said …
OCCUPIED = pattern(r"\W*(?:[A-Z][a-z]+ing|Asked)\b[^,;:“”]*$")  # Speaking of the quays | he said
# What somebody was doing who said what follows: Addressing the yard's engineers, Reed said, …
OCCASIONED = pattern(
    r"\W*(?:Address|Speak|Talk|Inaugurat|Launch|Brief|Participat|Interact|Deliver|Open|Welcom|Visit|Presid|Chair|Attend|Comment|Respond|Reply|Answer|Cit|Referr|Quot|Elaborat|Highlight|Mak|Announc|Lay|Unveil|Releas|Congratulat|Thank|Recall|Describ|Prais|Laud|Shar|Present|Giv|Underlin|Stress|Emphasi[sz])ing\b(?! that\b)[^“”\"]*, (?:[^,“”\"]*, )?$"
)
GOING_ON = pattern(r"(?:Adding|Noting|Stressing|Explaining)(?: that)?: ?(?=[“\"])")
SAID_FIRST = pattern(
    r"(?:Said|Added|Says|Adds) (?P<who>[^,:“”\"]{3,80})[,:] (?=[“\"])"
)  # Said Minister Reed, “…”
ARTICLE = pattern(r"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?|[Oo]ur) $")
QUOTES = pattern(
    r"\bquot(?:es|ed|ing) (?P<who>[^,;“”\"]{3,60}?) as (?:saying|stating|telling \w+)(?: that\b)?:? ?"
)  # Reed quoted Holt as saying
NO_WORDS = pattern(  # said this when, said so
    r" (?:so|this|these|it)(?= (?:when|while|at|in|on|during|after|as|in|to|yesterday|today|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|[.,])"
)
ASKED_OF = pattern(r" (?!that\b)[^,;.“”\"]{2,160}? to [a-z]")  # urged | the yards to hire
PARTICLE = pattern(
    r"(?:de|van|von|al|bin|da|di|el|le|la|du|dos|der|den|ter)(?: (?:la|der|den))? [A-ZÀ-Þ][\w’'-]+"
)  # said | de Reed
# Who is merely there acts not: Reed and Holt were also present.
ATTENDS = pattern(
    r"\b(?:(?:was|were) (?:also )?(?:present|in attendance)|also attended|attended by|accompanied by|in the presence of)\b"
)
SECOND_VERB = pattern(r" and(?: (?:also|then|later|further))? $")  # Ann Reed opened the quay and said …
GOES_ON_WITH = pattern(
    r"(?: today| yesterday| on \w+day)?(?: (?:at|in|on|to|during) [\w ,]{2,60})?,?(?: that\b|:|,? [“\"])"
)
# A clause follows that says something of somebody: revealed the Government is to …
CAPITALISED = pattern(ONE)
CLAUSE = pattern(
    r" (?:the|a|an|it|he|she|they|we|this|there|his|her|their|its|our|[A-Z£$€\d])[^,;.“”\"]{0,80}?\b(?:is|are|was|were|will|would|has|have|had|can|could|should|must|do|did|plans?|hopes?|needs?|expects?)\b"
)
ACCORDING = pattern(
    r"\b(?P<verb>[Aa]ccording to) (?P<who>(?:(?:Dr|Mr|Mrs|Ms|Prof|Hon|Eng)\. |[^,.;()“”\"]){2,80}(?:\([^()]{1,20}\)[^,.;()“”\"]{2,60})?)"
)
OF_A_TEXT = pattern(  # according to figures compiled by …
    r"(?:the |an? |its |his |her |their |new |recent |latest |official |[\w-]+ )*?(?:figures?|reports?|data|research|stud(?:y|ies)|surveys?|estimates?|documents?|statements?|releases?|plans?|analys[ei]s|sources|officials|statistics|website|filings?|papers?|law|rules|polls?|forecasts?)\b"
)
OF_BODY = pattern(r"\b(?:of|for|at|in|from|by) (?:the )?$")
TITLED_BEHIND = pattern(rf", (?P<title>(?:[\w’'\-]+ ){{0,8}}(?i:{OFFICES}) )$")
OFFICE_FIRST = pattern(rf"[Tt]he (?:[A-Za-z]+ ){{0,2}}?(?:[Vv]ice[- ])?(?i:{OFFICES})\b")
HIGHER = pattern(
    r"\b(?:prime|chief|first|vice|deputy)[- ](?:minister|president|mayor|governor|chancellor)\b"
)  # "the minister" is none of these
TITLE_ALONE = pattern(rf"[Tt]he (?P<whole>(?:[A-Za-z]+ ){{0,2}}?(?P<office>(?:[Vv]ice[- ])?(?i:{OFFICES})))$")
ADDS = pattern(
    r",? (?:adding|noting|saying|stating|stressing|explaining|pointing out|emphasi[sz]ing|warning)(?:: ?|(?: that\b)? (?![“\"]))"
)
BETWEEN = pattern(rf",? (?:{STYLES} )*")  # a title and its bearer: …, Mr Reed
TITLE_WORDS = pattern(r"\W{0,2}(?:(?:[A-ZÀ-Þ][\w’'&.\-]*|of|for|and|the),? )*")
TITLES = pattern(rf"^(?:{STYLES} )+")
NAME = pattern(rf"(?<![\w’'])(?:{ENGLISH_NAME})")
BODIES = pattern(
    r"^(?:The|It|We|This|That|These|Those|There|You|Government|Ministers|Officials|Report|Commission|Who|What|Here|Such|As|In|On|At|For|But|And|I)$"
)
LABEL = pattern(
    r"^(?P<who>(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+ ?){1,5}|(?:[A-ZÀ-Þ][\w.'’\-]+ ){1,4}[A-ZÀ-Þ][\w'’\-]*[a-z][\w'’\-]*|[QA])(?: [A-Z]{2,4})*(?: \([^)]{2,60}\))?: ?"
)
# Ann Reed MS, Cabinet Secretary for Economy: We will…
_OFFICE_WORD = r"(?:[A-ZÀ-Þ&][\w&.'’\-]*|of|for|and|the|to|in|on|at)"
TITLED_LABEL = pattern(
    r"^(?P<who>(?:[A-ZÀ-Þ][\w.'’\-]+ ){1,3}?[A-ZÀ-Þ][\w'’\-]+)(?: [A-Z]{2,4})*,"
    rf"(?:,? {_OFFICE_WORD}){{2,16}}: ?(?=\S)"
)
# A line that only names who says what is quoted below it: Ann Reed, Minister for Ports –
LINE_LABEL = pattern(
    r"^(?:[A-Z][A-Z .,]+(?:, [A-Z][a-z]+\.? \d{1,2})? ?[-–—] )?(?P<who>(?:[A-ZÀ-Þ][\w.'’\-]+ ){1,3}?[A-ZÀ-Þ][\w'’\-]+)(?: [A-Z]{2,4})*, "
    r"(?!.*\b(?:is|was|are|were|has|have|had|will|said|says)\b)[^.;:“”\"!?]{3,140}?(?P<dash> ?[–—-])?\s*$"
)
# Photo of Ann ReedAnn Reed (Holm, Minister for Ports) Share this: whose turn it is in a printed debate.
HANSARD = pattern(r"^Photo of (?P<who>[^()]+?)(?P=who) \(.*\) Share this\b.*")
OFFICE_OF = pattern(r"[^,]*?['’]s? (?:office|team|department|staff|spokes\w+)\b")
JOINS = pattern(r"\b(?:AND|OF|FOR|THE|TO|IN|ON|WITH)\b")
ASKS = pattern(
    r"(?:Q|QUESTION(?:ER)?|MODERATOR|REPORTER|JOURNALIST|PRESENTER|SPEAKER|INTERVIEWER|HOST|OPERATOR|AUDIENCE|MR\.? MODERATOR)\b"
)
PRONOUNS = frozenset(["he", "she", "him", "her"])
# What is said follows in a paragraph of its own: Here is Governor Reed's statement: · Statement by Ann Reed:
STATEMENT = pattern(
    rf"(?:.*\b)?(?:(?P<whose>{WHO})['’]s? (?:[a-z]+ )?(?:statement|remarks|comments|message)(?: [^:“”\"]{{0,60}})?|(?:[Ss]tatement|[Rr]emarks|[Cc]omments?|[Qq]uote) (?:by|from|of) (?P<by>[^:“”\"]{{4,120}})):$"
)
# Below is the text of the speech made by Ann Reed, Minister for Science, at …: what follows is hers to the end.
SPEECH_TEXT = pattern(
    r"(?:(?:Below|Here|[Tt]he [Ff]ollowing|Following) (?:is|are)|This is (?:the|an?)\b) ?[^“”\"]{0,80}?\b(?:speech|remarks|address|statement|keynote|transcript|message)\b[^“”\"]{0,40}? (?:by|from|of) (?P<by>(?:the )?[^“”\":]{4,300})(?:[:.]?$|[“”\":].*:$)"
    r"|The (?:text of the )?(?:speech|statement|remarks|address) (?:(?:made|given|delivered) )?by (?P<author>(?!.*\b(?:was|is|were|has|have|will)\b)[^“”\":]{4,300})[.:]$"
    r"|(?:Speech|Remarks|Address|Keynote|Statement)(?: \w+)? (?:given|delivered|made) by (?P<given>(?!.*\b(?:was|were|has|have|will)\b)[^“”\":]{4,300})\.$"
    r"|(?P<owner>[^“”\":,]{4,80})['’]s? (?:remarks|speech|address) (?:at|to|on|in) (?!.*\b(?:was|is|were|has|have|will)\b)[^“”\":]{2,160}\.$"
    r"|(?:Here|This|Below|[Tt]he [Ff]ollowing|Following)(?:['’]s| is| are)? (?:the text of )?what (?P<whose>[Hh]e|[Ss]he|[^“”\":,]{4,80}?) (?:said|told|had to say|will say|says)\b[^“”\"]{0,80}:$"
)
# Opening remarks by Ann Reed, Minister for Science, at …: the headline of her speech.
SPEECH_HEADLINE = pattern(
    r"(?:[\w’'-]+ ){0,4}?(?:[Ss]peech|[Rr]emarks|[Aa]ddress|[Kk]eynote|[Ss]tatement|[Ff]oreword|[Mm]essage|SPEECH|REMARKS|ADDRESS)(?: [a-z]+)? (?:by|from|of|BY) (?P<by>[^“”\":]{4,300})$"
)
OCCASION = pattern(r",? (?:at|on|to|in|for) (?:the|an?|[A-Z\d])")
INTERVIEW = pattern(r"(?i:\b(?:interview|press conference|doorstop|transcript|q ?& ?a)\b)")
