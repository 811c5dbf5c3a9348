"""The last words of titles, and how organisations end."""

from __future__ import annotations

from ..gazetteer import entries, one_of
from ..patterns import pattern

_HEADS = entries("title_heads")
_REST: dict[str, list[str]] = {}  # how heads go on behind each of their beginnings
for _head in _HEADS:
    if _head not in ("长官", "主任", "主席", "主管"):  # 市长|官某
        for _at in range(1, len(_head)):
            _REST.setdefault(_head[:_at], []).append(_head[_at:])
_AMID = "|".join(  # 副总|编辑, 副董|事长: a head that another one overlaps is none
    sorted(
        {h + rest for h in _HEADS for at in range(1, len(h)) for rest in _REST.get(h[at:], ())} - set(_HEADS)
    )
)
# The last word of a title; longer ones first where one ends in another.
TITLE_HEAD = rf"(?:(?!支书记|总理事长|代表[团处大队]|领导人|博士[班生后点]|会员[费国制]|传承人文|领军人才|资政[策府治]|{_AMID})(?:{one_of(_HEADS)}|首席[\u4e00-\u9fff]{{1,4}}[官家师]))"
ENDS_ORGANISATION = pattern(
    r"(?:委员会|管委会|委|办|部|局|厅|院|会|大学|学院|研究院|研究所|公司|集团|政府|中心|总署|总局|协会|学会|实验室|党组|人大|政协|智库|党团|党部|总会|医院|银行|基地|园区|学校|平台|工厂|团队|[国区省市](?:外交|财政|经济|教育|文化|科技|商务|贸易|农业|卫生))$"
)
