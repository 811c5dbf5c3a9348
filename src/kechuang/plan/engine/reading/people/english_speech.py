"""Verbs by which English text gives somebody the word, before or behind a name."""

from __future__ import annotations

from ..patterns import pattern

SPEECH = (
    r"(?:said|says|stated|states|told|announced|announces|added|adds|noted|notes|commented|comments|stressed|emphasi[sz]ed|explained|explains|remarked|"
    r"urged|elaborated(?! (?:on|upon)\b)|continued|continues|wrote|argued|argues|pointed out|thinks|warned|concluded|observed|insisted|claimed|suggested|acknowledged|confirmed|declared|recalled|replied|responded|reiterated|shared|believes|promised|pledged|assured|disclosed|revealed|cautioned|advised|maintained|predicted|estimated|hoped|highlighted|underlined|underscored|reaffirmed|affirmed|mentioned|indicated|conceded|admitted|opined|lamented|vowed|agreed|quipped|tweeted|posted|points out|asserted|proclaimed|contended|recounted|insists|warns|claims|suggests|admits|stresses|emphasi[sz]es|confirms|reveals|recalls|predicts|concludes|declares|reckons|asked)"
)
HEARD_BEHIND = pattern(rf",? (?:(?:has|have|had|is|was|will|also|today)\b|{SPEECH}|[a-z]+ed\b)")
HEARD_BEFORE = pattern(rf"\b(?:{SPEECH}|according to) (?:the |an? )?$")
