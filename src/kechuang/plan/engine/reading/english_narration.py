"""What only looks like an order or a promise in English: effects, states, needs, what somebody is about to say."""

from __future__ import annotations

import re

from .gazetteer import entries
from .patterns import pattern

# What comes of a thing; the second, of a body too.
EFFECTS = pattern(
    r"(?:allow|enable|make|give|bring(?! together)|mean|lead to|form (?:an? )?(?:\w+ ){0,2}part|contribute|raise|unlock|catalyse|stimulate|accelerate|fuel|spur|trigger|exemplify|reflect|showcase|ensure|create)\b",
    re.I,
)
OF_ANYBODY = pattern(
    r"(?:bring(?! together| forward)|allow|enable|mean|lead to|form (?:an? )?(?:\w+ ){0,2}part|exemplify|reflect|showcase|(?:provide|offer|present|create|open) (?:an? |new |further |more |many )?(?:\w+ )?opportunit(?:y|ies))\b",
    re.I,
)
# What only helps others along, where a thing, a place or "they" do.
HELPS = pattern(
    r"(?:also |further |greatly )?(?:help(?:s|ing)? (?:us|them|it|to|the|make|ensure|our|their|its|\w+ to)\b|help (?!with\b)[a-z]+ |(?:create|generate|support|add|bring|sustain|secure) (?:\S+ ){0,5}?(?:jobs|posts|positions|roles)\b|play an? |put (?:\w+ ){1,4}(?:at|on|in) |(?:establish|position|cement|confirm) [A-Z]\w+(?: \w+){0,2} as |pave |lay the |draw together|involve\b)",
    re.I,
)
HELPS_ALONG = pattern(
    r"(?:also )?help (?:to )?(?:transform|make|ensure|strengthen|boost|drive|improve|bring|create|turn|us|grow|lift|put|shape)\b",
    re.I,
)
# What "it", "this" or a sum of money will do for others is what comes of it.
OUTCOMES = pattern(
    r"(?:enhance|facilitate|strengthen|boost|improve|support|help|benefit|foster|attract|reduce|increase|provide|deliver|generate|promote|complement|drive|inject|house|equip|add|employ|host|feature|build on|address|offset|spur|trigger|shape|underpin|reinforce|cement|solidify|channel|shift|list|open|accelerate|advance|encourage|focus)\b",
    re.I,
)
_IRREGULAR = "poured|channell?ed|farmed out|honou?red|built|rebuilt|made(?! of| up)|set up|set aside|put in place|put in|put forward|rolled out|given|taken|brought|drawn up|laid|cut|spent|taught|overseen|undertaken|sought|withdrawn|carried out|stepped up|scaled up|paid|presented|announced|unveiled|released|issued|held back|phased out|phased in|hired|charged|tasked|asked|invited|assessed|awarded|made available|carried|planted|piloted|trialled|chosen|drawn|split"


def _participle(verb: str) -> str:
    word, *rest = verb.lower().split()
    if word.endswith("e"):
        past = word + "d"
    elif word.endswith("y") and word[-2] not in "aeo":
        past = word[:-1] + "ied"
    else:
        past = rf"{word}{word[-1]}?ed"
    return " ".join([past, *rest])


_DONE = "|".join(sorted({_participle(verb) for verb in entries("english_actions")}, key=len, reverse=True))
# What is to be done by somebody: be established, be fully implemented.
PASSIVE = pattern(rf"be (?:\w+ly |also |further )?(?:subject to|{_IRREGULAR}|{_DONE})\b", re.I)
PASSIVE_STATES = pattern(
    r"be (?:\w+ly |also )?(?:led|driven|run|powered|fuel?led|owned|chaired|governed|staffed|supplied|financed|funded|sourced|supported by|required|based|located|housed|held|used|matched|joined|guided|kept|shaped|informed|underpinned|inspired|affected|dominated|characteri[sz]ed|complemented|accompanied|followed|reflected)\b",
    re.I,
)
DOING = pattern(
    r"be (?:\w+ly |also )?(?!looking|meeting|attending|visiting|speaking|travell?ing|seeing|facing|having|being|going|playing|competing|doing|watching|using|getting|becoming)\w+ing\b"
)
# An aim that "is to" be reached names what is wanted, and nobody who is to act.
AIMS = pattern(
    r"(?:aim|goal|target|objective|plan|idea|intent|intention|purpose|focus|key|way|priorit(?:y|ie)|mission|role|job|vision|challenge|part|element|aspect|component|feature|need|task|ambition|trick|point|answer|solution|step|reason|decision|strategy|approach|option|hope|dream|question|problem|desire|duty|effort|attempt|one|thing|first|second|next)s?$",
    re.I,
)
NAMES_AN_ACT = pattern(
    r"\b(?:the|an?|any|no|of|this|that|our|their|its|clear|urgent|growing|real|great|pressing|continu\w+|\w+ing|without) $",
    re.I,
)  # the need to
# Not so, or no more: does not need to, had to.
UNDONE = pattern(
    r"\b(?:(?:do|does|did|would|could|might|may|can|should|used)(?: not|n[’']t)?|(?:do|does|did|wo|would|could|had)n[’']t|will not|to|not|never|supposed) $",
    re.I,
)
# What a speaker is about to say is nothing to be done.
SPEAKING = pattern(
    r"(?:will|shall|must|should|have to|need to|has to|am going to|let us|let[’']s) (?:now |also |first |briefly |just |simply |only |all )?(?:try to be|be (?:very )?(?:brief|short|proud|grateful|thankful|glad)|keep (?:this|it|my)|appreciate|start|begin|say|admit|confess|thank|congratulate|apologi[sz]e|add|mention|stress|emphasi[sz]e|tell|pay|express|end|finish|conclude|talk|speak|discuss|share|show|try|summari[sz]e|explain|turn|take (?:you|a)|outline|join|welcome|mourn|honou?r|celebrate|place|put|look|remember|recall|consider|think|be (?:clear|honest)|not (?:forget|kid)|face|go back|pause|imagine|give you|make an? (?:\w+ )?(?:statement|announcement|point)|go through|leave|stop|highlight|touch on|elaborate|cite|quote|describe|show you|give (?:you|a few|some|an example)|also (?:mention|thank))\b",
    re.I,
)
# Whoever only believes or hopes it: City leaders believe a deal will be signed.
BELIEVES = pattern(
    r"(?:(?!\b(?:said|says|that|who|which|will|must)\b)[^,.;:“”]){2,60}\b(?:believes?|expects?|hopes?|thinks?|predicts?|fears?) (?:(?:that|the|an?|its|their|his|her) )(?!.*\b(?:said|announced)\b)"
)
# What a thing is expected to bring about: The plant should create 500 jobs.
EXPECTED = pattern(
    r"(?:also )?(?:create|be able|help|mean|make|bring|give|lead|allow|enable|be (?:completed|finished|ready|operational|complete)|see|become|take|start|open|provide|reach|generate|result|boost|improve)\b",
    re.I,
)
_PARTICIPLE = "(?:\\w+ed|given|taken|driven|written|chosen|shown|known|grown|drawn|seen|overseen|built|rebuilt|made|set|put|cut|run|held|kept|led|paid|sold|found|brought|bought|taught|sought|spent|sent|met|won|done|begun|undertaken|laid|broken|frozen|split|shut|spread|woven)"
# What must or is to be so, and not done: needs to be cheaper, must have more.
BEING = pattern(
    rf"(?:also |still |all |always |never |\w+ly )?(?:be (?:seen|viewed|regarded|understood|treated|thought of|judged|measured) (?:as|in|not)\b|be (?!an? |the |(?:\w+ly |also )?(?:{_PARTICIPLE}|(?!going|being|having)\w+ing)\b)|have (?!at least|an? )|include\b|remain\b|become\b|mean\b|reflect\b|know\b|remember\b|understand\b|feel\b|see\b|(?:under|over)estimate\b|be (?:under|over)estimated\b|forget\b|lose sight\b|(?:recogni[sz]e|acknowledge|accept|admit|understand|remember|reali[sz]e|appreciate) (?:that|there|how|[\w’']+[’']s)\b|thank\b|do with\b|congratulate\b|be noted\b|cost\b|depend\b|like\b|want\b|live\b|worry\b|expect\b)",
    re.I,
)
# What only looks like an order: Direct job creation includes 21 posts; Work was done.
NOUN_FIRST = pattern(
    r"\W*(?:[\w)]{1,3}[.)] )?(?!(?i:Ensure|Make|Guarantee|See|Check))\w+ (?:(?!(?:that|how|which|who|where|what|if|and|to|so)\b)[\w’'(),£$€%-]+ ){0,7}?(?:is|are|was|were|includes?|has|had|will|can|may|would|could)\b"
)
IF = pattern(
    r"[“\"]?(?:(?:It is|I am|I[’']m|We are|We[’']re|I have|There is) (?:now |also )?(?:hoped|expected|believed|estimated|thought|likely|confident|sure|no doubt|hopeful|optimistic)\b|(?:I|We) (?:also )?(?:hope|believe|expect|think|trust|feel|know) that\b|If (?!we(?:['’]re| are) going\b|we (?:want|wish|are to)\b)|(?:Once|When)(?: (?:it|they|the [\w ]{2,30}))?(?: (?:is|are))?(?: fully)? (?:complete|completed|finished|built|open|operational|up and running))"
)
