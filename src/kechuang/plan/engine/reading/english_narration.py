"""What only looks like an order or a promise in English: effects, states, needs, what is referred to."""

from __future__ import annotations

import re

from .patterns import any_of, pattern

# What comes of a thing; the second, of a body too.
EFFECTS = pattern(
    r"(?:allow|enable|make|give|bring(?! together)|mean|lead to|form (?:an? )?(?:\w+ ){0,2}part|contribute|raise|unlock|catalyse|stimulate|accelerate|fuel|spur|trigger|exemplify|reflect|showcase|ensure|create)\b",
    re.I,
)
OF_ANYBODY = pattern(
    r"(?:bring(?! together| forward)|allow|enable|mean|lead to|form (?:an? )?(?:\w+ ){0,2}part|exemplify|reflect|showcase)\b",
    re.I,
)
# What "it", "this" or a sum of money will do for others is what comes of it.
OUTCOMES = pattern(
    r"(?:enhance|facilitate|strengthen|boost|improve|support|help|benefit|foster|attract|reduce|increase|provide|deliver|generate|promote|complement|drive|inject|house|equip|add|employ|host|feature|build on|address|offset|spur|trigger|shape|underpin|reinforce|cement|solidify)\b",
    re.I,
)
# Referred to, believed, predicted or aimed at, and no order: how we will, which we must, the need to.
NEEDED = pattern(
    any_of(
        r"\b(?:how|what|where|when) (?!(?:we|they|you|it|I) )[\w’' ]{1,30}? will\b",
        r"\b(?:the|an?|any|every|all|some|this) \w+(?: \w+)? that (?:we|they|you) (?:must|should|will|need)\b",
        r"\b(?:This|this) (?:morning|afternoon|evening),? I will\b",
        r"\bI will (?:now |first |also |briefly )?(?:talk|speak|discuss|share|tell|say|explain|turn|mention|take you|outline|begin|finish|conclude|end)\b",
        r"\b(?:I|we|he|she) believe\b[^.;]*? will\b",
        r"\b(?:projects?|expects?|estimates?|predicts?|forecasts?) (?:that )?[\w’', -]{1,40}? will\b",
        r"\b(?:which|how|why|where|what|when) (?:we|they|you|it|I) (?:\w+ly |also )?(?:must|should|shall|will|can|needs? to|have to)\b",
        r"\b(?:what|all) [\w’' ]{1,30}? needs? to\b",
        r"\b(?:room|time|tools|skills|support|everything|what|all|that|resources)(?: that)? (?:we|they|you|it|\w{3,12}s) needs? to\b",
        r"\b(?:we|they|you|it) needs? to \w+[.”\"]",
        r"\b(?:how|so|as|too) \w+ it (?:is|was) to\b",
        r"\bthe \w+ (?:is|are) to \w+ will\b",
        r"\bthe (?:world|jobs|things|people|changes|choices|decisions|challenges|issues|benefits|bills?|improvements) (?:we|they|you|I|(?-i:(?<=[a-z] )[A-Z]\w+)) (?:will|must|should|need to|have to)\b",
        r"\b(?:the|of|any|no|a|clear|urgent|growing) needs? to\b",
        r"\b(?:the|an?|one|its) (?:[\w-]+ ){0,3}(?:aim|goal|target|objective|plan|idea|intent|intention|purpose|focus|key|way|priority|priorities)s?(?: of [^,;.]{2,60} \([A-Z]+\))?(?: (?:of|for|to|described in|set out in|outlined in) [\w -]{2,40})? (?:is|was) to\b",
        r"\b(?:(?:in the )?hop(?:e|es|ed|ing)|believ\w+|confident|if|when|where|once|until|unless) (?:that )?[\w’' ]{1,30}? will\b",
        r"\b(?:is|are) to (?:be able|become|benefit|remain|receive|gain|have)\b",
        r"\b(?:is|are) set to\b|\b(?:is|are) to go (?:to|for|towards?|into)\b",
        r"\b(?:funding|money|grants?|investment|support|sum) (?:is|are) (?:only |not )?to\b|\bsomething (?:that )?(?:we|they) \w+",
        r"\b(?:(?:is|are|was) (?:an?|the|one|what|just)\b|(?:type|kind|sort|example)s? of)[^,;.]{0,80}[a-z] (?:we|they|you) (?:must|need to|have to|should)\b",
        r", which (?:will|(?:is|are) to) [^,;.]*,|\b(?:is|are) to be (?:located|based|held|situated|housed)\b",
        r"\bthe (?:[\w-]+ ){0,2}(?!that|said|says|told|\w+ed )[\w-]+ the (?:state|government|city|country|company|firm|council) (?:will|must|should|is to|needs? to)\b",
        r"\b(?:must|should|shall|(?:have|need|ought) to) (?:also |not |never )?(?:(?:under|over)estimate|forget|lose sight|(?:recogni[sz]e|acknowledge|accept|admit|understand|remember|reali[sz]e) that)\b",
        r"\b(?:he|she|it|they) says? (?:they|it|he|she|we) (?:must|need(?:s)? to|ha(?:ve|s) to|will)\b",
        r"\b(?:on|in|to|by|from|with|through|under|for|at) (?:which|whom) [^,;.]*? (?:will|must|should|shall)\b",
        r"\bI (?:must|should|have to|need to) (?:also |first |now )?(?:start|begin|say|admit|confess|thank|congratulate|apologi[sz]e|add|mention|stress|emphasi[sz]e|tell|pay|express|end|finish|conclude)\b",
        r"\b(?:announcement|news|claim|fact|idea|belief|report|prospect) that [^,;.]*? will\b",
        r"\bwhat (?:they|we|you|he|she|people) (?:think|thought|believed?|felt|feel|say|said) (?:should|must|will|needs? to)\b",
        r"\bif (?:you|we|they|it|he|she) (?:are|is) (?:going|about) to\b",
        r"^[“\"]?(?:But |So |And |Now,? )?Let(?:['’]s| us) (?:(?:also )?(?:join|welcome|pay|mourn|honou?r|give|celebrate)|place|put|look|start|begin|turn|remember|recall|consider|think|take a|be (?:clear|honest)|not (?:forget|kid)|face|go back|pause|imagine)\b",
        r"^It (?:seeks|aims) to\b",
        r"\b(?:[Pp]lan|[Ss]trategy|[Pp]rogramme?|[Ff]ramework|[Bb]ill|[Aa]ct|[Pp]olicy|[Ss]cheme|[Rr]oadmap|[Pp]aper|funding|investment|fund|project|centre|center|initiative|partnership|collaboration|agreement|move|grants?)\b(?: \([^)]*\)| (?:in|of|for|by|between|with) [\w’' -]{2,40})? (?:seeks|aims) to\b",
        r"\b(?:do|does|did|will) not (?:need|have) to\b",
        r"\b(?:mission|purpose|role|job|vision|challenge|part|element|aspect|component|feature)(?: (?:of|for) [^,;]{2,80}?)? (?:is|was) to\b",
    ),
    re.I,
)
# What a thing is expected to bring about: The plant should create 500 jobs.
EXPECTED = pattern(
    r"\b(?:it|this|that|which|plant|factory|facility|project|plan|scheme|investment|technology|move|line|centre|center|site|cash|money|funding)\b[\w ,]{0,12}\bshould (?:also )?(?:create|be able|help|mean|make|bring|give|lead|allow|enable|be (?:completed|finished|ready|operational|complete)|see|become|take|start|open|provide|reach)\b[^,;.]*",
    re.I,
)
PARTICIPLE = "(?:\\w+ed|given|taken|driven|written|chosen|shown|known|grown|drawn|seen|overseen|built|rebuilt|made|set|put|cut|run|held|kept|led|paid|sold|found|brought|bought|taught|sought|spent|sent|met|won|done|begun|undertaken|laid|broken|frozen|split|shut|spread|woven)"
PASSIVE = pattern(
    rf"be (?:\w+ly |also )?(?:{PARTICIPLE}\b(?! (?:for|to have)\b)|(?:mobili[sz]ed|allocated|developed|established|provided|created|launched|introduced|built|prepared|adopted) for\b)"
)
# What must or is to be so, and not done: needs to be cheaper, must have more.
BEING = pattern(
    rf"\b(?:must|should|shall|needs? to|have to|has to|ought to|(?:is|are) (?:going )?to) (?:also |still |all |always |never |\w+ly )?(?:be (?!an? |the |(?:\w+ly |also )?(?:{PARTICIPLE}|(?!going|being|having)\w+ing)\b)|have (?!at least|an? )|include\b|remain\b|become\b|mean\b|reflect\b|know\b|remember\b|understand\b|feel\b|see\b)[^,;.]*",
    re.I,
)
# What only looks like an order: Direct job creation includes 21 posts.
NOUN_FIRST = pattern(
    r"\W*(?!Ensure|Make|Guarantee|See|Check)\w+ (?:(?!(?:that|how|which|who|where|what|if|and|to)\b)[\w’'-]+ ){1,6}?(?:is|are|was|were|includes?|has|had|will)\b"
)
WISH = pattern(
    r"\b(?:would|could|might|thank|welcome|whether|argued|warned|feared)\b|^(?:It|This|That|These|There) (?:is|are|was|were|will be|should be)\b",
    re.I,
)
IF = pattern(
    r"[“\"]?(?:If (?!we(?:['’]re| are) going\b|we (?:want|wish|are to)\b)|(?:Once|When)(?: (?:it|they|the [\w ]{2,30}))?(?: (?:is|are))?(?: fully)? (?:complete|completed|finished|built|open|operational|up and running))"
)
