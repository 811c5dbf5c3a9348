"""How English text prints a name: its letters, the styles before it, the letters behind it."""

from __future__ import annotations

from ..patterns import pattern

_MARKED = "ĂĆČĎĐĘĚĞİŁŃŇŐŒŘŚŞŠŤŮŰŹŻŽƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
UPPER, LETTER = f"A-ZÀ-ÖØ-Þ{_MARKED}", "A-Za-zÀ-ÖØ-öø-ÿ\u0100-\u024f\u1e00-\u1eff"
WORD = rf"(?:(?:Md|Mohd|Sk|Kh)\.|[{UPPER}][{LETTER}'’\-]*[a-zà-öø-ÿ\u0100-\u024f\u1e00-\u1eff][{LETTER}'’\-]*|(?:[{UPPER}]\.)+|[{UPPER}](?= (?:[{UPPER}] )?[{UPPER}][a-zà-ÿ]))"
STYLES = (
    r"(?:(?:Assoc|Asst)\.? )?(?:Professor|Prof(?:,(?= [A-Z]))?)|Dr|Sir|Dame|Lord|Lady|Baroness|Mr|Mrs|Ms|"
    r"(?:His|Her) Excellency|H\.E|Ts|Ir|Amb|Comrade|Datuk|Datin|Dato[’']?|Seri|Tan Sri|Sri|Shri|Smt|Tun|Tengku|Haji|Alhaji|Engr|Barr|(?:(?:Rt|Right)\.? )?Hon(?:ou?rable)?|(?:Brig|Maj|Lt)\.?[ -]Gen|General|(?:Rear |Vice )?Admiral|Air (?:Chief )?Marshal|Colonel|Captain|Major|Sergeant|Gen|Brig|Maj|Col|Capt|Cdr|Lt"
)
STYLES_BEFORE = rf"(?:(?:{STYLES})\.? ){{0,4}}"
# A style behind another title.
COUNCILLOR = r"(?:(?:Cllr|Councillor|Coun|Senator|Sen|Rep|Representative)\.? )?"
STYLED = r"(?!(?:His|Her|Excellency|But|And|So|Yet|While|When|As|If|However|Although|Though|Meanwhile|Then|Now|Also|Since|Because|Chief|Executive|Managing|Senior|Vice|Deputy|Marketing|Technology|Councillor|Cllr|Clr|Coun|Professor|Prof|Assoc|Asst|Dr|Sir|Dame|Mr|Mrs|Ms|Datuk|Datin|Dato|Seri|Shri|Smt|Tun|Tengku|Haji|Alhaji|Engr|Barr|Hon|Honou?rable|General|Admiral|Colonel|Captain|Major|Sergeant|Gen|Brig|Maj|Col|Capt|Cdr|Lt)\b)"
_PARTICLE = r"(?:van|von|der|den|de|da|di|do|dos|la|le|al|el|bin|binti|bint|ibn|du|del|della|ter|ten|zu|e|y)"
ENGLISH_NAME = rf"(?:(?=[{UPPER}]){STYLED}{WORD}(?: (?:{_PARTICLE} ){{0,2}}(?=[{UPPER}daeu]){STYLED}(?:d['’]|(?:al|el|ul|as|ad)-)?{WORD}){{1,3}})"
# Behind a name: Ann Reed OBE, FRS
POST_NOMINAL = r"(?:,? (?!C[A-Z]O\b)(?:[A-Z]{2,5}|Ph\.?D\.?|M\.?D\.?|[BM]Sc|[BM]Eng|DPhil|DrPH|[CF]Eng|FREng|FRSE?|FAA|Jr\.?|Sr\.?|I{2,3}|S\.C\.|B\.A\.)(?![A-Za-z]))*"
NAME_AT = pattern(ENGLISH_NAME)
LATIN = pattern(rf"[{UPPER}][a-zà-ÿ]*\.? (?:{_PARTICLE} ){{0,2}}[{UPPER}]")
JUNIOR = pattern(r",? (?:Jr|Sr)\.?$")
POSSESSIVE = pattern(r"['’]s?(?: |$)")
