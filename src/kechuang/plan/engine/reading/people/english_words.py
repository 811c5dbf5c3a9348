"""How English text prints a person with a title: names, styles, offices, and where a title begins and ends."""

from __future__ import annotations

from ..gazetteer import entries, one_of
from ..patterns import pattern

_MARKED = "ĂĆČĎĐĘĚĞİŁŃŇŐŒŘŚŞŠŤŮŰŹŻŽƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
UPPER, LETTER = f"A-ZÀ-ÖØ-Þ{_MARKED}", "A-Za-zÀ-ÖØ-öø-ÿ\u0100-\u024f\u1e00-\u1eff"
WORD = rf"(?:(?:Md|Mohd|Sk|Kh)\.|[{UPPER}][{LETTER}'’\-]*[a-zà-öø-ÿ\u0100-\u024f\u1e00-\u1eff][{LETTER}'’\-]*|(?:[{UPPER}]\.)+|[{UPPER}](?= (?:[{UPPER}] )?[{UPPER}][a-zà-ÿ]))"
STYLES = (
    r"(?:(?:Assoc|Asst)\.? )?(?:Professor|Prof(?:,(?= [A-Z]))?)|Dr|Sir|Dame|Lord|Lady|Baroness|Mr|Mrs|Ms|"
    r"Ts|Ir|Amb|Comrade|Datuk|Datin|Dato[’']?|Seri|Tan Sri|Sri|Shri|Smt|Tun|Tengku|Haji|Alhaji|Engr|Barr|(?:(?:Rt|Right)\.? )?Hon(?:ou?rable)?|(?:Brig|Maj|Lt)\.?[ -]Gen|General|(?:Rear |Vice )?Admiral|Air (?:Chief )?Marshal|Colonel|Captain|Major|Sergeant|Gen|Brig|Maj|Col|Capt|Cdr|Lt"
)
STYLES_BEFORE = rf"(?:(?:{STYLES})\.? ){{0,4}}"
STYLED = r"(?!(?:But|And|So|Yet|While|When|As|If|However|Although|Though|Meanwhile|Then|Now|Also|Since|Because|Chief|Executive|Managing|Senior|Vice|Deputy|Marketing|Technology|Councillor|Cllr|Clr|Coun|Professor|Prof|Assoc|Asst|Dr|Sir|Dame|Mr|Mrs|Ms|Datuk|Datin|Dato|Seri|Shri|Smt|Tun|Tengku|Haji|Alhaji|Engr|Barr|Hon|Honou?rable|General|Admiral|Colonel|Captain|Major|Sergeant|Gen|Brig|Maj|Col|Capt|Cdr|Lt)\b)"
_PARTICLE = r"(?:van|von|der|den|de|da|di|do|dos|la|le|al|el|bin|binti|bint|ibn|du|del|della|ter|ten|zu|e|y)"
ENGLISH_NAME = rf"(?:(?=[{UPPER}]){STYLED}{WORD}(?: (?:{_PARTICLE} ){{0,2}}(?=[{UPPER}daeu]){STYLED}(?:d['’]|(?:al|el|ul|as|ad)-)?{WORD}){{1,3}})"
SPEECH = (
    r"(?:said|says|stated|states|told|announced|announces|added|adds|noted|notes|commented|comments|stressed|emphasi[sz]ed|explained|explains|remarked|"
    r"urged|elaborated(?! (?:on|upon)\b)|continued|continues|wrote|argued|argues|pointed out|thinks|warned|concluded|observed|insisted|claimed|suggested|acknowledged|confirmed|declared|recalled|replied|responded|reiterated|shared|believes|promised|pledged|assured|disclosed|revealed|cautioned|advised|maintained|predicted|estimated|hoped|highlighted|underlined|underscored|reaffirmed|affirmed|mentioned|indicated|conceded|admitted|opined|lamented|vowed|agreed|quipped|tweeted|posted|points out|asserted|proclaimed|contended|recounted|insists|warns|claims|suggests|admits|stresses|emphasi[sz]es|confirms|reveals|recalls|predicts|concludes|declares|reckons|asked)"
)
# Behind a name: Ann Reed OBE, FRS
POST_NOMINAL = r"(?:,? (?!C[A-Z]O\b)(?:[A-Z]{2,5}|Ph\.?D\.?|M\.?D\.?|[BM]Sc|[BM]Eng|DPhil|DrPH|[CF]Eng|FREng|FRSE?|FAA|Jr\.?|Sr\.?|I{2,3}|S\.C\.|B\.A\.)(?![A-Za-z]))*"
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
# A title before the name: capitalised words, also joined by commas, up to the office, then what the office is of.
COUNCILLOR = (
    r"(?:(?:Cllr|Councillor|Coun|Senator|Sen|Rep|Representative)\.? )?"  # a style behind another title
)
BEFORE_NAME = pattern(
    rf"(?<![{LETTER}])(?P<role>(?:(?:{CAPITAL},?|\([A-Z][^()]{{1,40}}\)|of|for|and|cum|the|state|federal|shadow|former|acting|interim|deputy|assistant) ){{0,9}}?(?:{HEAD}|(?:{HEADS.lower()})(?![{LETTER}])){AND_OFFICE}(?: [A-Z]{{2,8}}(?=,? (?:{STYLES})\.? ))?{ABBREVIATED}{BODY}{ABBREVIATED}{BODY}),? {COUNCILLOR}{STYLES_BEFORE}"
    rf"(?P<name>{ENGLISH_NAME})(?!['’]s?\b(?! (?:said|told)))"
)
# An office, also with its body behind a comma, then who holds it: Minister for Trade, Chair of the Ports Board, Dr Ann Reed
_TITLE_WORD = rf"(?:(?:{CAPITAL}|\([A-Z][^()]{{1,40}}\)|of|for|and|the|in|at|to)[,;]? )"
_IN_A_ROW = (
    rf"(?:[Tt]he )?(?P<role>(?=(?:{CAPITAL} ){{0,6}}(?:{HEAD})){_TITLE_WORD}{{1,40}}?)(?<=, )(?:(?:{STYLES})\.? |\(M[rs]+\.?\) ){{1,4}}(?P<name>{ENGLISH_NAME})"
    rf"(?= (?:has |have |had |also |today )?[a-z]+(?:ed|s|id)\b|[,;.]| and\b|$)"
)
IN_A_ROW = pattern(
    rf"(?:^(?:[A-Z][A-Z .]{{2,24}}(?: \([^)]*\))?\s?[:–—-]+ ?)?|\b(?:by|with|including|between|were) ){_IN_A_ROW}"
)
NEXT_IN_ROW = pattern(rf"(?:,? and|[,;]) {_IN_A_ROW}")
# The same in small letters: business secretary Kwasi Kwarteng.
SMALL = pattern(
    rf"(?<![{LETTER}\-])(?P<body>(?:(?:former|acting|interim|outgoing|incoming|senior|junior) )?(?:{CAPITAL} (?:(?:of|for|and) (?={CAPITAL}))?){{0,5}}?)(?P<lead>(?:[a-z][a-z\-]+ (?:and )?){{0,4}}?)(?P<head>(?i:{HEADS})(?![{LETTER}]){ABBREVIATED}(?: (?:of|for|in|on|at) (?:the )?(?:[a-z][a-z\-]+(?:,(?= [a-z])|,? and)? ?){{1,5}}(?<= )| in (?:the )?[A-Z][a-z]+(?=, ))?),? ?{COUNCILLOR}{STYLES_BEFORE}"
    rf"(?P<name>{ENGLISH_NAME})(?!['’]s?\b)"
)
_ING = r"(?:engineering|computing|manufacturing|nursing|planning|marketing|accounting|mining|banking|training|housing|building|learning|teaching|breeding|farming|shipping|broadcasting|imaging|managing|founding|visiting|acting|programming|publishing|purchasing|policing|lighting|advertising|outgoing|incoming|leading)\b"
SMALL_STOP = pattern(
    rf".*\b(?:{SPEECH}|by|under|with|as|to|after|from|of|for|in|at|on|the|an?|that|than|is|was|are|were|have|having|has|had|see|get|joined|introduce|welcome|invite|thank|welcomed|thanked|met|told|led|saw|gave|took|brought|sent|made|names|meets|joins|tells|visits|appoints|hails|including|like|among|between|but|or|new|former|(?:government|council|agency|university|company|department) and|\w+ed|(?!{_ING})\w+ing)\b ?(?:and )?"
)
AFTER_NAME = pattern(
    rf"(?<![{LETTER}])(?P<name>{ENGLISH_NAME}){POST_NOMINAL}, (?:(?:the|an?|who is|our) )?(?=[{LETTER}])"
)
TITLED_NAME = pattern(rf"(?:{HEADS}|{STYLES})\.? (?P<name>{WORD})(?= ?,|$)")
STYLED_NAME = pattern(rf"(?:(?:{STYLES})\.? )+{WORD}")
STYLED_SURNAME = pattern(
    rf"(?<![\w.’'])(?:(?:{STYLES})\.? )+(?P<name>{WORD}){POST_NOMINAL}, (?:(?:the|an?) )?(?=[{LETTER}])"
)  # Dr Reed, director of the institute
# The commissioner in charge of ports and boats, Ann Reed,
IN_CHARGE = pattern(
    rf"\b[Tt]he (?P<role>(?:{CAPITAL} ){{0,4}}(?i:{HEADS}) (?:responsible for|in charge of|with responsibility for) [^;:“”.]{{3,90}}?), {STYLES_BEFORE}(?P<name>{ENGLISH_NAME})(?=,| {SPEECH})"
)
# What else an office is of, in small letters: minister of state for ports, boats and harbours
SMALL_CHUNK = pattern(
    r", (?:and )?(?:(?:departments?|ministry) of )?(?:the )?(?!who|which|while|in|on|at|to|for|with|after|as|is|was|said|and\b)[a-z]+(?:(?: and| of) [a-z]+)*(?=,|$)"
)
MINISTER = pattern(r"(?i:.*\b(?:minister|secretary|commissioner)\b.* (?:for|of) )")
MEMBER = pattern(  # Member for Holm Ann Reed
    rf"\b(?P<role>Member for {CAPITAL}(?: {CAPITAL})??) (?P<name>{WORD} (?:(?:van|von|de|der|den) )*{WORD})(?= (?:said|says|has|was|is|will|and|[a-z]+ed)\b|,|\.)"
)
PERSON_LAST = pattern(rf"(?:{STYLES})\.? {WORD}$")  # advisor in Norway Professor Holt
JUNIOR = pattern(r",? (?:Jr|Sr)\.?$")
# Where a title that stands behind its name is over.
ROLE_END = pattern(
    rf" ?[–—]\s*$|(?<![A-Z])(?<!Inc)(?<!Corp)(?<!Ltd)(?<!Rep)(?<!Sen)\.(?![{LETTER}])|[;“”\"]|:(?!\w)| \((?=[a-z])(?![^()]{{3,60}}\) and )| (?=(?:presenting|speaking|addressing|launching|visiting|announcing) )|,? (?:who|which|where|when|while|after|before|as well|during|speaking|to (?:him|her|them|us)\b|in (?:a|an|his|her) |in the (?!(?:[Mm]inistry|[Dd]epartment|[Oo]ffice|[Aa]gency|[Cc]ommission|[Pp]residency|[Gg]overnment)\b)|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{SPEECH}|(?:has|have|had|will|is|was|also|today|yesterday)\b)|,? and (?={ENGLISH_NAME}, )(?![\w ]*\b(?:{OFFICES}), )(?!(?<!, and ){ENGLISH_NAME}, {SPEECH}\b)|, (?={STYLES_BEFORE}{ENGLISH_NAME}, )"
)
CHUNK = pattern(
    rf", (?:and |the )*(?=[{UPPER}])(?:(?:{CAPITAL}|of|for|and|the|&|at|in)(?= |,|$) ?)+(?:\([A-Z]{{2,6}}\))?(?:of the [a-z]+)?(?=,|$)|, (?:and )?{CAPITAL}$"
)
HEARD_BEHIND = pattern(rf",? (?:(?:has|have|had|is|was|will|also|today)\b|{SPEECH}|[a-z]+ed\b)")
HEARD_BEFORE = pattern(rf"\b(?:{SPEECH}|according to) (?:the |an? )?$")
WEAK = frozenset(
    [
        "MP",
        "TD",
        "Professor",
        "Associate Professor",
        "Assistant Professor",
        "Adjunct Professor",
        "Councillor",
        "Cllr",
    ]
)  # a title that gives way to any other beside the same name
OTHER_BODY = pattern(
    rf"^.*\b(?:University|College|Council|Government|Company|Inc|Corporation|Institute|Hospital|Bank|(?:{STYLES}|{HEADS})\.? [A-Z][\w'’-]+) and (?=[A-Z])"
)
FIELDS_OF_OFFICE = (
    "Affairs",
    "Agriculture",
    "Authority",
    "Board",
    "Climate",
    "Commerce",
    "Communications",
    "Culture",
    "Defence",
    "Defense",
    "Development",
    "Economy",
    "Education",
    "Employment",
    "Energy",
    "Environment",
    "Finance",
    "Health",
    "Housing",
    "Industry",
    "Infrastructure",
    "Innovation",
    "Justice",
    "Labor",
    "Labour",
    "Planning",
    "Research",
    "Resources",
    "Science",
    "Security",
    "Skills",
    "Technology",
    "Trade",
    "Transport",
    "Works",
)
# Coleman and Senator Klobuchar, Byron Dorgan and Rep. Pomeroy: the first is somebody else.
OTHER_PERSON = pattern(
    rf"^(?!.*\b(?:{one_of(FIELDS_OF_OFFICE)}|(?i:{HEADS}))\b.* and ).* and (?=(?:{HEADS})\.?$)"
)
PARTY = pattern(r"^[RD]-[A-Z][A-Za-z.]+, (?:and )?")  # John Reed, R-Texas, and …
CLAUSE_BEFORE = pattern(
    r"^(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Gov|Sen|Rep)\.? \S+ and |^(?:On|In|At|During|After|Last|This) [^,]+, |^(?!.* and )[^ ,]+, "
)
FIELDS = one_of(FIELDS_OF_OFFICE)
_FIELD = rf"(?:{FIELDS}|[A-Za-z]+(?:ies|ions?|ments?|olog(?:y|ies)|[ae]nces?|ness|tures?|ity|airs|ics))"  # by its ending
FIELD = pattern(rf"\b{_FIELD}\b")
ENVOY = pattern(  # High Commissioner to Norway, Ann | Maria Reed
    rf"[^,]*\b(?:{HEADS})\b[^,]* (?:of|to|at|for) (?:the )?[^,]*, (?!(?:{HEADS}|and|{_FIELD})\b)[{UPPER}][a-zà-öø-ÿ]+(?: [{UPPER}][a-zà-öø-ÿ]+)?$"
)
OF_BODY = pattern(r" (?:of|for|at) ")
FIELD_END = pattern(rf"\b(?:of|for) .*\b{_FIELD} (?P<first>(?!(?:{_FIELD}|{HEADS})\b)[{UPPER}][a-zà-öø-ÿ]+)$")
NAMED_FOR = pattern(
    r"(?:\b(?:acknowledge|thank|congratulate|recogni[sz]e|introduce|(?:grateful|gratitude|thanks|indebted) to)|thanked|[Dd]ear|[Uu]nder(?: the (?:\w+ )?(?:leadership|guidance|vision|direction|stewardship) of)?|(?:leadership|guidance|vision) of|named (?:after|for)(?: [a-z]+)*|honou?r of|tributes? to|memory of|the late)(?: the| an?)? ?$"
)
# What stands behind a name and a comma and is no title.
LED_BY = pattern(r"\b(?:by|with|whose|to be)\b")  # a new venture to be led by President Ann Reed
RELATIVE = pattern(
    r"(?:said|says|told|stated|added|plus|and|alongside|together|including|among|not|but|or|as well|who(?! is\b)|whose|which|from|where|when|while|in|on|by|at|after|before|upon|since|during|with|as|speaking|announcing|launching|tabling|presenting|welcoming|visiting|opening|addressing|joined|accompanied|today|yesterday|also|is|was|were|has|have|had|will)\b"
    r"|(?!appointed|elected|retired|renowned|designated|noted|distinguished|celebrated)[a-z]+ed\b|(?!acting|managing|founding|outgoing|incoming|visiting|leading|operating|marketing|engineering)[a-z]+ing\b"
)
NAMED_BEFORE = pattern(
    r"^(?!(?:.*\b(?:of|for|at|in) )?The ).*(?<!\bof)(?<!\bfor)(?<!\bat)(?<!\bin)(?<!\band)(?<!,) The (?=[A-Z])"
)  # by Tom Reed | The Energy Secretary
LONGEST = 160
TWO = pattern(
    rf"^(?P<role>.*\b{HEAD}.*?),? (?P<name>[{UPPER}][\w'’-]+ (?:[A-Z]\. )?[{UPPER}][\w'’-]+),? and (?P<rest>(?:\w+ )*{HEAD}.*)$"
)
HONORIFIC = pattern(rf"(?<=.) (?:(?:{STYLES})\.? ?)+$")
LATIN = pattern(rf"[{UPPER}][a-zà-ÿ]*\.? (?:{_PARTICLE} ){{0,2}}[{UPPER}]")
NOT_A_NAME = pattern(
    rf"\b(?:{OFFICES}|Sciences|Affairs|Physical|Engineering|Mathematics|Medicine|Arts|Humanities|Sustainability|Manufacturing|Mobility|Faculty|Laborator(?:y|ies)|Physics|Union|Parliament|Research|National|European|Development|Trade|Board|Fund|Bank|Programme|Program|Strategy|Report|Association|Alliance|Society|Foundation|Authority|Network|Hospital|School|College|Budget|Congress|House|Ministry|University|Government|State|States|Council|Office|The|This|Our|We|In|Agency|Institute|City|"
    r"Academy|Therapy|Treatment|Science|Technology|Technologies|Innovation|Department|Centre|Center|Company|Commission|Group|Inc|Corp|Ltd|Corporation|Partners|Systems|Energy|Health|Services|Solutions|County|Region|Award|Prize|Awards|Summit|Forum|Conference|Center|Act|Plan|Initiative|Project|International|Global|World|Financial|Insurance|Airlines|Airplanes|Airways|Avionics|Motors|Foods|Holdings|Capital|Media|Studios|Networks|Unit|Service|Review|Survey|Index|Team|Robotics|Aerospace|Materials|Labs|Ventures|Pharma|Pharmaceuticals|Biosciences|Therapeutics|Semiconductor|Electric|Steel|Oil|Gas|Solar|Industries|Commerce|Industry|Day|Week|Festival|Debate|Statement|Sheet|Committee|Subcommittee|Caucus|Assistance|Community|Administration|Court|Army|Navy|Force|Force|Guard|Police|League|Museum|Library|Press|News|Journal|Northern|Southern|Eastern|Western|Kingdom|New|Order|No|Co|Economy|Professionals|Hong Kong|Angeles|Francisco|Diego|Vegas|Arabia|Korea|Africa|America|Lanka|Rica|Dhabi|Aviv|Lumpur|Valley|Road|Avenue|Square|Pradesh|Nadu|Bengal|Columbia|Britain|Ireland|Islands?|Midlands|Yorkshire|Carolina|Dakota|Hampshire|Jersey|Mexico|Zealand|Switzerland|Kenya|Nigeria|India|China|Japan|Germany|Italy|Spain|Canada|Australia|Singapore|Malaysia|Thailand|Vietnam|Indonesia|Philippines|Pakistan|Bangladesh|Nepal|Ghana|Rwanda|Uganda|Tanzania|Ethiopia|Egypt|Morocco|Brazil|Argentina|Peru|Colombia|Sweden|Norway|Denmark|Finland|Netherlands|Belgium|Austria|Poland|Portugal|Greece|Turkey|Russia|Ukraine|Scotland|Taiwan|Qatar|Villa|Palace|Lodge|Secretariat|Complex|Building|Lectures?|Series|Scholarship|Fellowship|Mansion|Tower|Stadium|Hotel|Plaza|Campus|Asia|Europe|Southeast|Northeast|Southwest|Northwest|Pacific|Atlantic|Coast|Airport|Station|Province|Territory|Summit|January|February|March|April|"
    r"June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
NAME_LINE = pattern(
    rf"(?:(?:Senator )?(?:[Tt]he )?(?:(?:Rt|Right) )?Hon(?:ou?rable)?\.? |Dr\.? |Professor |Prof\.? |Sir |Dame |Mr |Mrs |Ms )?(?P<name>{ENGLISH_NAME}){POST_NOMINAL},?$"
)
# Ann Reed – Chief Executive, Acme
DASHED_LINE = pattern(rf"\W*(?P<name>{ENGLISH_NAME}){POST_NOMINAL} [–—-] (?P<role>[^.!?;:“”\"]{{4,110}})$")
TITLE_LINE = pattern(rf"(?=.*(?<![{LETTER}])(?:{HEAD}))[{UPPER}][^.!?;:“”\"]{{4,110}}$")

# Minister for Culture Ann Reed, Ports Secretary Tom Holt and …: another stands before the comma.
ANOTHER = pattern(
    rf"^(?P<role>.*\b(?:{HEADS})\b.* (?:for|of) .*\b{_FIELD}) (?P<name>(?:(?!(?:{_FIELD}|{HEADS}|and|of|for)\b){WORD} ?){{2,3}}),? (?=.*\b(?:{HEADS})$)"
)
# Where somebody speaks is no part of a title: … at the COS Debates 2021.
OCCASION = pattern(
    r"(?<=.),? (?:at|during|in) (?:the |our |its )?[\w’'& -]*?\b(?:(?:19|20)\d\d|Debates?|Conference|Summit|Ceremony|Forum|Dinner|Launch|Dialogue|Awards|Opening|Exhibition|Expo|Symposium|Seminar|Festival)\b.*$"
)
STYLE_LAST = pattern(
    r"(?<=.),? (?:Cllr|Coun)\.?$|(?<=[^,]) Councillor$|(?<=.), (?:Senator|Representative|(?:Associate |Assistant |Adjunct )?Professor)$"
)  # a style gives way to a title
OWN_NAME = pattern(rf"{ENGLISH_NAME}, (?!.*,)|{ENGLISH_NAME}, of ")
PLACE_BEFORE = pattern(r"\b(?:in|at|near) $")
ITS_WORDS = pattern(r" (?:announcement|speech|statement|remarks|address|comments)\b")
POSSESSIVE = pattern(r"['’]s?(?: |$)")
FIRST_NAME = pattern(rf",? (?P<first>[{UPPER}][a-zà-öø-ÿ]+)$")
NAME_AT = pattern(ENGLISH_NAME)
LISTED = pattern(rf"\b(?:of|for) {CAPITAL}(?: {CAPITAL})*, {CAPITAL}$")  # Department for Business, Energy
