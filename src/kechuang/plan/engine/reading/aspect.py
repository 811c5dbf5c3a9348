"""What has been done: aspect, times that are over, and what is done already and now describes a noun."""

from __future__ import annotations

from .patterns import any_of, pattern
from .people.heads import TITLE_HEAD
from .people.names import NAME

TURNS = pattern(
    r"今年|明年|下一步|接下来|未来|下半年|近期|后续|即将"
)  # what was done comes first, what is to be done then
DATED = pattern(
    r"\d{1,2}月\d{1,2}日(?:上午|下午|晚间?)?[^,，]{0,20}(?:召开|举行|举办|来到|前往)|\d{1,2}日(?:上午|下午|晚间?)?(?:分别|共同|一同|再|特)?(?:到|赴|前往|率|与|会同|偕同|视察|出席|现勘|会勘|发出|公布|宣布)|(?:^|[,，])(?:20\d\d年)?(?:\d{1,2}月)?\d{1,2}日(?:上午|下午|晚间?)?[,，]|[（(]\d{1,2}[)）]日|昨[天日](?:上午|下午)?"
)
YEAR = pattern(r"\s*(20\d\d)年(?!底|末|之?前|以?后)")
TITLED = pattern(rf"[^,，。；]{{0,30}}?{TITLE_HEAD}(?P<name>{NAME})")
# What has been done and now only describes a noun: 已开工项目, 新获批的中心.
ATTRIBUTIVE = pattern(
    r"(?:已经?|新?获批)[^,，。；]{0,8}?(?:的(?=[\u4e00-\u9fff])|项目|企业|工程|平台|地区|单位)|蓬勃(?=[的动活生力])"
)
COMPARED = pattern(r"(?:比|较|超[过越]|优于|高于|低于)(?:去年|上年|20\d\d年)")
# Aspect: it has been done, or is told as of a time that is over.
PAST = pattern(
    any_of(
        r"(?<![为除到])了(?!解(?!析|决|释|散|除|读|答)|[却不结然])",
        r"已(?!知)",
        r"取得(?!更|新的?更|突破|实效|决定)",
        r"争取到|荣获|获批|喜获|获颁|获选|获评|勇夺|夺得|抱回|[去前][（(]\d{2,3}[）)]年|去年|上年|截[至止](?:到)?(?:目前|\d)",
        r"累计(?!下降|提高|降)",
        r"早[在已于]|首[次度]|位居|跃居|跃升|同比",
        r"不断(?:增强|提升)。",
        r"成效(?:显著|明显)|(?<![公一])共(?:有|支持|建成(?!渝)|认定|培育|获|实施|引进|吸引)",
        r"进展(?:顺利|明显)",
        r"初具|蓬勃",
        r"[年月]多?来[,，]",
        r"以来[,，]",
        r"呈现[^,，。]{0,12}(?:态势|局面|格局|趋势)|目前[^,，。；]{0,20}(?:达到?|已|超过|突破|共有|拥有)",
        r"有序推进[,，]",
        r"得到",
        r"[^再]创下",
    )
)
INFINITE = frozenset(["累计", "取得", "得到", "首次"])  # no past behind a modal
