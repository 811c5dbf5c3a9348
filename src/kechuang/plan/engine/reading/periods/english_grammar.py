"""How time is written in English, as regular expressions, with the names of months and small numbers."""

from __future__ import annotations

import re

from ..patterns import pattern

MONTHS = {
    name: i
    for i, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
NUMBERS = (
    {
        w: i
        for i, w in enumerate(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
        )
    }
    | {
        "eleven": 11,
        "twelve": 12,
        "fifteen": 15,
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "fifty": 50,
        "seventy": 70,
        "hundred": 100,
    }
    | {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
)
_MONTH = r"(?-i:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|(?:Jan|Feb|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_Y = r"(?:19|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_KIND_OF_YEAR = r"(?:fiscal|financial|academic|school|calendar)\s"
_YEAR_WORD = rf"(?:(?:this|last|next|the\s(?:current|coming))\s{_KIND_OF_YEAR}year|this year|last year|next year|the year|the previous year|the preceding year|the same year|the following year|that year)\b"
_YEARISH = rf"(?:(?:the\s)?(?:fiscal\s)?(?:year\s)?(?P<y>{_Y})|FY\s?(?P<fy>{_Y})|(?P<yw>{_YEAR_WORD}))"

_DAY_ENDS = r"(?!\d|,\d{3}|\s(?:per|million|billion|%))"
_WEEKDAY = r"(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.?),?\s\(?)?"
# Whatever was done on the day makes "today" that day; "the economy of today" is no day.
_ACTS = r"(?:[a-z]{3,}ed|met|sent|said|says|told|spoke|broke|began|held|made|took|won|gave|given|led|put|wrote|came|(?:is|are) (?:announc|launch|publish|open|sign|host|releas|unveil|issu|present|propos|tak|sett)ing|will|announces?|launches|unveils|set out|visits?|presents?|welcomes?|joins?)\b"
_EVENT = r"(?:(?:\S+\s)?(?:fund|funding|grant)|announcements?|meeting|vote|launch|hearing|event|speech|ceremony|conference|summit|statement|debate|session|budget|report|decision|visit|opening|release|news)"
_TODAY = rf"(?:today(?=[’']s\s(?:\w+\s)?{_EVENT}\b)|(?<!\bof )(?<!\bthan )(?<!\bas )(?<!\bfor )(?<!\blike )(?<!\bfrom )today(?![’'\w-]))"
_NAMED_DAY = rf"(?:\s\((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\)|(?:\s\(|,\s){_WEEKDAY}(?:(?P<bd1>{_DAY})\s(?:of\s)?(?P<bmo1>{_MONTH})|(?P<bmo2>{_MONTH})\s(?P<bd2>{_DAY}))(?:,?\s(?P<by>{_Y}))?\)?)?"
ACTS_AFTER = pattern(rf",?\s(?:(?:also|jointly|we|I|it)\s)?{_ACTS}", re.IGNORECASE)
ACTS_BEFORE = pattern(rf"\b{_ACTS}[^,;:.]{{0,70}}\s$", re.IGNORECASE)
YEAR_IN = pattern(r"\d{4}|year", re.IGNORECASE)
FISCAL = pattern(r"fiscal|financial|budget|FY", re.IGNORECASE)
NOW_AND_LATER = pattern(
    r"\b[Tt]oday [^.;]{0,60}\b(?:jobs|needs|challenges|economy|problems|world|leaders|industries|future|growth|and|for|of) (?:[a-z]+ )?tomorrow\b"
)
STATE_BEFORE = pattern(
    r"\b(?:(?:fac(?:e|es|ing)|liv(?:e|es|ing)|exist(?:s|ing)?|suffer(?:s|ing)?|enjoy(?:s|ing)?|know|experienc(?:e|es|ing)|confront(?:s|ing)?|inhabit|available|relevant|we see|in use|on the market)\b[^,;.]{0,40}|is|are|it|we have|has|needs?|faces?|facing|(?:is|are)\s(?!being)\w+(?<!ed))\s$",
    re.IGNORECASE,
)
# The government is today setting out, has today published.
ACTING_TODAY = pattern(
    r"\b(?:is|are|has|have|had)\stoday(?:\s\([^()]{3,40}\))?\s(?:(?:[a-z]+ed|releasing|launching|announcing|publishing)|set|sent|given|taken|begun|made|(?:announc|launch|publish|open|sign|host|releas|unveil|issu|present|propos|sett|mak)ing)\b",
    re.IGNORECASE,
)
# Today the minister has signed …: what opens a sentence and is done by somebody, done on that day.
OPENS_TODAY = pattern(
    r",?\s(?:we|I)\s(?:celebrate|mark|announce|launch|open|gather|meet|welcome|honou?r|sign|publish|release|unveil)\b|,?\s(?:the|our|[A-Z])[^.;“”\"]{1,120}?\s(?:(?:has|have)\s\w+(?:ed|en|de|ut|ld)|(?:is|are)\s(?!fac|liv|becom|grow|chang|us|see|experienc|suffer|be|look|work)\w+ing|announced|launched|signed|opened|released|published|unveiled|laid|inaugurated|approved|confirmed|joined|met|broke|visited|marked|proposed)\b"
)
PART_OF_DAY = pattern(r"\s(?:morning|afternoon|evening)\b", re.IGNORECASE)
TODAY_AFTER = pattern(r"\s(?:at|in|on|to|\()|[’']s")
# At the end of a clause it dates what was done, or that somebody is there: I am pleased to join you today.
ENDS_CLAUSE = pattern(r"[.,;!]|\s[–—-]|$")
THERE_BEFORE = pattern(
    r"\b(?:(?:am|are|is|be|being|was|were) (?:here|pleased|delighted|honou?red|glad|happy|proud|joined|gathered|able)|join(?:s|ing)?|gather|meet|speak|talk|welcome|celebrate|tak(?:e|ing)|mak(?:e|ing)|announcement|decision|news|mark|launch|announce|sign|open|host|publish|hear|share|discuss|present|address|recogni[sz]e|honou?r|thank|visit|attend(?:ing)?|com(?:e|ing)|here|with (?:us|you)|event|together|sai[dl]|says|told|saw|got|set|put|laid|begins?|starts?|takes? place|(?:will|to) \w+)\b[^;:.]{0,90}\s$",
    re.IGNORECASE,
)
_CORE = (
    rf"(?P<iso>{_Y}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)"
    rf"|(?:{_WEEKDAY}(?P<d1>{_DAY})\s(?:of\s)?(?P<mo1>{_MONTH})(?:,?\s(?:of\s)?(?P<dy1>{_Y}|{_YEAR_WORD}))?"
    rf"|{_WEEKDAY}(?P<mo2>{_MONTH})\s(?P<d2>{_DAY}){_DAY_ENDS}(?:,?\s(?:of\s)?(?P<dy2>{_Y}|{_YEAR_WORD}))?)"
    rf"|(?:(?P<early>early|mid|late|(?:the\s)?end(?:\sof)?)[\s-])?(?P<mo3>{_MONTH})\s(?:of\s)?(?P<my>{_Y}|{_YEAR_WORD})"
    rf"|(?:the\s)?end(?:\sof\s|-)(?P<mo6>{_MONTH})"
    rf"|(?P<decade>(?:the\s)?end\sof\s(?:the|this)\sdecade|(?:the\s)?decade[’']s\send|(?:the\s)?(?:end\sof\s|late\s)(?:the\s)?(?P<ended>20\d0)s)\b"
    rf"|(?P<the_end>(?:the\s)?end[\s-](?:of\s)?){_YEARISH}"
    rf"|(?P<the_start>the\s(?:start|beginning)\sof\s)(?P<sy>{_Y}|{_YEAR_WORD})"
    rf"|(?:the\s)?(?P<half>first|second)[\s-]half(?:\sof\s(?P<hy>{_Y}|{_YEAR_WORD})|(?!\sof\b))"
    rf"|(?:the\s)?(?P<quarter>first|second|third|fourth|final)\squarter(?:(?:\sof)?\s(?:the\s)?(?:(?:fiscal|financial)\s(?:year\s)?|FY\s?)?(?P<qy>{_Y}|{_YEAR_WORD}))?"
    rf"|(?P<near_quarter>last|this|next)\squarter"
    rf"|(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q)(?:[\s’'-]?(?:of\s)?(?P<qy2>{_Y}|\d\d(?!\d)|{_YEAR_WORD}))?(?!\w)|(?P<qy3>{_Y})\s?Q(?P<q3>[1-4])(?!\w)"
    rf"|the\sfirst\s(?P<fm>\w+)\smonths(?:\sof\s(?P<fmy>{_Y}|{_YEAR_WORD}))?"
    rf"|(?P<cent>(?:the\s)?mid(?:dle)?[\s-](?:of\s(?:the|this)\s)?century)"
    rf"|(?P<plan_end>(?:the\s)?end\sof\s)?the\s(?P<plan>\d{{2}})th\sFive-Year\sPlan(?:\speriod)?(?!\sfor)"
    rf"|(?:the\s)?(?P<season>spring|summer|autumn|fall|winter)\s(?:of\s)?(?P<seasoned>{_Y}|this year|last year|next year)"
    rf"|(?P<near_way>last|this|next|this\spast|this\scoming)\s(?:(?P<near_season>spring|summer|autumn|fall|winter)(?!\s(?:of|school|term|olymp))|(?P<near_month>{_MONTH})(?!\s\d))"
    rf"|(?:(?P<way>last|this|next|this\spast|this\scoming)\s)?(?<!the\s)(?P<weekday>(?-i:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?!\s(?:to|through|and|or)\s(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|\s?[–—-])(?:\s(?P<week>last|this|next)\sweek\b)?(?:\s(?:morning|afternoon|evening|night))?(?:\s\((?P<weekday_day>{_DAY})\))?"
    rf"|the\s(?P<fy2>{_Y})\s(?:fiscal|financial|academic|school|budget)\syear"
    rf"|(?:(?<=by\s)|(?<=in\s)|(?<=since\s)|(?<=until\s)|(?<=before\s)|(?<=to\s))[’'](?P<short>[0-4]\d)(?![\d’'s])"
    rf"|(?:(?:the\s)?(?:(?:early|mid|late)[\s-]|(?<!school\s)(?<!academic\s)year\s))?(?P<y0>{_Y})(?:[-–/](?P<y_end>\d\d)(?![\d-]))?(?!/\d)(?!\s?(?:%|per\scent|million|billion))(?![\d,.]{{0,12}}\d)(?!s\b)"
    rf"|(?:the\s)?(?:fiscal|financial)\s(?:year\s)?(?P<fy1>{_Y})|FY\s?(?P<fy0>{_Y}|\d\d)"
    rf"|(?:H(?P<h>[12])|(?P<h2>[12])H)[\s’'-]?(?:of\s)?(?P<hy2>{_Y}|\d\d(?!\d))(?!\w)"
    rf"|(?:the\s)?(?:(?:early|mid|late)[\s-])?(?:(?P<tens>(?:1[5-9]|20)\d0)|(?:[’']|(?<=the\s))(?P<tens2>[2-9]0))s\b"
    rf"|(?P<yw0>{_YEAR_WORD.replace('the year|', '')})"
    rf"|(?:(?<=in\s)|(?<=since\s)|(?<=until\s)|(?<=during\s)|(?<=from\s)|(?<=through\s)|(?:early|mid|late)[\s-])(?P<mo4>{_MONTH})(?!\s\d)|(?<=by\s)(?P<mo5>{_MONTH})(?!\s\d)|within\s(?:the|this)\s(?P<in_year>year)\b|(?P<month_word>(?<!the\s)(?:last|this|next)\smonth)|(?P<day_word>(?:yesterday(?!\w)|(?<!of )(?<!for )(?<!\ba )(?<!better )(?<!brighter )(?<!in )(?<!into )(?<!our )(?<!about )tomorrow(?![’'\w]))|tonight|this\s(?:morning|afternoon|evening)|this(?=\s\({_MONTH}\s{_DAY}\)\s(?:morning|afternoon|evening))|{_TODAY})(?:\s(?:morning|afternoon|evening))?{_NAMED_DAY}"
)
FULL = pattern(
    rf"(?P<pre>(?:by|before|until|till|through|no later than|between now and|since(?:\sthe(?=\s\d{{4}}\b))?|as of|as at|starting from|up to)\s)?(?:{_CORE})(?P<levels>\s(?:levels?|baseline)\b)?",
    re.IGNORECASE,
)
_FISCAL = r"(?:(?:the\s)?(?:fiscal|financial|academic|school)\s(?:years?\s)?|FY\s?)?"
_YEARLY = r"(?:\s(?:fiscal|financial|academic|school|budget)\syears?|\s(?:budget\s)?period)?"
YEARS = pattern(
    rf"(?:from\s{_FISCAL}(?P<a1>{_Y})\s(?:to|until|through)\s{_FISCAL}(?P<b1>{_Y})|between\s{_FISCAL}(?P<a2>{_Y})\sand\s{_FISCAL}(?P<b2>{_Y})"
    rf"|(?:(?:the\s)?period\s(?:of\s|from\s)?|{_FISCAL}|the\s(?={_Y}\S{{1,6}}\s(?:fiscal|financial|academic|school|budget)|{_Y}\s?(?:[–—-]|to)\s?{_Y}\s(?:budget\s)?period))"
    rf"(?:(?P<a3>{_Y})(?:\s?[–—-]\s?(?P<b3>{_Y}|\d\d)|\s?to\s?(?P<b5>{_Y}))(?![\d-]|Q|\.\d|\s?%)|(?P<a4>{_Y})/(?P<b4>{_Y}|\d\d)(?!\d)){_YEARLY})",
    re.IGNORECASE,
)
ENDED = pattern(
    r"the\s(?:(?P<n>three|six|nine|twelve|[369]|12)\smonths|(?P<year>(?:fiscal\s|financial\s)?year))\s(?:ended|ending|to)\s(?:the\s)?",
    re.IGNORECASE,
)
TO = pattern(r"\s(?:up\s)?(?P<word>to|until|till|through|and)\s(?:the\s)?", re.IGNORECASE)
FROM = pattern(r"(?P<word>from|between)\s(?:the\s)?", re.IGNORECASE)
# Both ends by month or by day: from March 2021 to June 2023, 12-14 March 2023.
MONTHS_RANGE = pattern(
    rf"(?:from\s|between\s)?(?P<m1>{_MONTH})(?:\s(?P<y1>{_Y}))?\s?(?:to|through|until|till|and|[–—-])\s?(?P<m2>{_MONTH})(?!\s\d{{1,2}}\b)(?:,?\s(?:of\s)?(?P<y2>{_Y}|{_YEAR_WORD}))?",
    re.IGNORECASE,
)
DAYS_RANGE = pattern(
    rf"(?:from\s|between\s)?(?:(?P<d1>{_DAY})(?:\s(?P<m1>{_MONTH}))?\s?(?:to|through|until|and|[–—-])\s?(?P<d2>{_DAY})\s(?P<m2>{_MONTH})(?:,?\s(?P<y>{_Y}))?"
    rf"|(?P<m3>{_MONTH})\s(?P<d3>{_DAY})\s?(?:to|through|until|and|[–—-])\s?(?:(?P<m4>{_MONTH})\s)?(?P<d4>{_DAY}){_DAY_ENDS}(?:,?\s(?P<y4>{_Y}))?)",
    re.IGNORECASE,
)
SPAN = pattern(
    r"the\s(?P<way>past|last|previous|next|coming|following)\s(?:\w+\s(?:to|or)\s(?=\w+\s(?:years|decades)\b))?(?:(?P<n>\w+)\s)?(?P<unit>years?|decades?|months?)\b",
    re.IGNORECASE,
)
START = pattern(
    rf"\b(?:by|before|until|till|through|no later|year(?=\s(?:19|20)\d\d)|[HQ][1-4]|[1-4][HQ]|fiscal|financial|academic|since|as (?:of|at)|from|between|starting|up to|the|period|end|decade|early|mid|late|first|second|third|fourth|FY|this|last|next|that|within|yesterday|today|tonight|tomorrow|spring|summer|autumn|fall|winter|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[a-z]*day|[a-z]*\.?,?\s\(?[\dJFMASOND])|{_MONTH}|\d{{1,2}}(?:st|nd|rd|th)?\s?(?=[A-Zot–—-])|{_Y}|1[5-8]\d0s)|[’'](?:[2-9]0s|[0-4]\d\b)|\b[2-9]0s\b",
    re.IGNORECASE,
)
EVERY_BEFORE = pattern(
    r"\b(?:every|each|any|one|black|cyber|good|super|a|(?:mon|tues|wednes|thurs|fri|satur|sun)day\s(?:to|through|and|or))\s$|[–—-]$",
    re.IGNORECASE,
)
NAME_BEFORE = pattern(
    r"(?:Horizon|Agenda|Vision|Expo|Olympics|Europe|Strategy|COP|Made in China|Act of|Mission)\s$|[A-Za-z/\d$€£-]$"
)
# A capitalised word right before a year makes it part of a name: Green Plan 2030, Budget 2016.
NAMED = pattern(
    r"(?<![.!?:;,] )(?<!^)\b(?!(?:In|By|Since|From|Until|During|For|Of|To|And|The|Early|Mid|Late|Spring|Summer|Autumn|Fall|Winter|Year|Through|Between|Before|After|End|On|At|Christmas|Easter|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December|FY|Q[1-4]|H[12])\b)[A-Z][\w’'&-]*\s$"
)
# A year in a name: the Enterprise 2015 Plan.
NAME_AFTER = pattern(r" (?:Plan|Strategy|Agenda|Games|Olympics|Initiative|Programme|Roadmap|Vision)\b")
COUNTED = pattern(r"\s[a-z]{3,}s\b(?!\s(?:of|and|or)\b)")
TIME_BEFORE = pattern(
    r"\b(?:in|of|during|for|from|to|year|the|early|mid|late|over|than)[\s-]$", re.IGNORECASE
)
COMPARES = pattern(
    r"\b(?:over|than|(?:up|down|ris\w+|rose|increas\w+|decreas\w+|gr[eo]w\w*|growth|f[ae]ll\w*|drop\w*|declin\w+|reduc\w+|cut|higher|lower|chang\w+|jump\w*|improv\w+|%|per ?cent|percent|points?|times|compared) (?:[\w$£€%.,]+ ){0,4}from|versus|vs\.?|compared (?:with|to)|against|on|relative to)\s(?:in\s)?$",
    re.IGNORECASE,
)
AHEAD_AFTER = pattern(
    r",? [^,.;]{0,40}?\b(?:will|plans? to|(?:is|are) (?:to|due|set|scheduled|expected)|aims? to)\b"
)
# What is told of in this clause is to come.
AHEAD = pattern(
    r"\b(?:will|shall|is to|are to|(?:due|set|scheduled|expected|planned|hopes?|plans?|aims?|intends?) (?:to|for)|going to|upcoming)\b[^.;:]{0,90}$",
    re.IGNORECASE,
)
