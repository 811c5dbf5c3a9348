"""What a Chinese personal name and a title look like: surnames, given names, heads of titles.

Surnames are the common ones of the national name registers; a candidate name is a surname and one or two
characters that do not belong to everyday words, or a transcribed name with middle dots.
"""

from __future__ import annotations

import re

from .gazetteer import entries

SURNAMES = frozenset(
    "傅萧阎赖洪习丘水昌竺畅糜苍暨桓巢郦濮佴闾逄钮墨谯越扬贡步莘"
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易"
    "乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴"
    "蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边"
    "卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺"
    "楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰卿狄平计索宣晋初门云容敬来扈晁芮普阙浦戈伏鹿薄邸"
    "雍辜羊阿乌母裘亓修邰赫杭宿鲜印逯隆茹诺战慕危玉银亢嵇哈湛宾戎勾茅利於呼居揭干尉冶斯元束檀衣展阴昝智幸奉"
    "植衡富尧闭由宓咸暴籍隗仉訾逄綦矫隽贠撒洛闪虎刀俸揣生相才绳续折抗恽花税蓬洋腾青广禄厍毋督伯赏笪郈火招泥来信郇麴郄酆邴贲钭骞谌晁妫覃磨蹇佘冮冉亓佀谯郏浑濯后荀羿弘璩松乜养鞠须蒯相查荤红竺权盍益桓公"
    "妥才尕卻郗钭终别茀佼仰侴阙缑亢况有琴岳帅晋闫法汝鄢涂钦归墨哈年爱佟言福肖展敬火盘才"
)
COMPOUND_SURNAMES = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|长孙|宇文|夏侯|端木|澹台|呼延|赫连|南宫|西门|独孤|百里|轩辕|闻人"

# Characters that may stand in the middle of a given name though everyday words hold them (李从军, 王中宇, 张为民).
_MIDDLE = "中又从以其之为与上会及在"

# Characters that begin or carry everyday words rather than given names.
_NOT_GIVEN = (
    "的了是在与为对将会不要等及其中上下以从到这那此该由把被让给并也都就还又各每某者们件案个部说称他她它我你"
)

GIVEN = rf"[^\W\d_a-zA-Z{_NOT_GIVEN}]"
SURNAME = f"[{''.join(sorted(SURNAMES))}]"
TRANSCRIBED = r"[\u4e00-\u9fff]{1,5}(?:[·•・][\u4e00-\u9fff]{1,6}){1,3}"
NAME = rf"(?:{TRANSCRIBED}|(?:{COMPOUND_SURNAMES}){GIVEN}{{1,2}}|{SURNAME}[{_MIDDLE}]{GIVEN}|{SURNAME}{GIVEN}{{1,2}})"

# Everyday words that a surname character happens to begin.
WORDS = frozenset(entries("common_words"))

_SHAPE = re.compile(NAME)


def plausible_name(text: str) -> bool:
    """Whether `text` as a whole has the shape of a Chinese name and begins no everyday word."""
    return bool(_SHAPE.fullmatch(text)) and text not in WORDS and text[:2] not in WORDS


# The last word of a title. Longer ones stand first where one ends in another.
TITLE_HEAD = (
    r"(?:总?书记|(?:副|总)?主席|(?:副)?主任委员|(?:副)?主委|委员长|国务委员|常务?委|政委|政府顾问|总顾问|顾问|(?:副|正)?部长|(?:副|常务副|总)?主任|(?:副)?(?:院|市|省|区|县|州|镇|乡|盟|旗|厅|局|司|处|科|署|行|会|校|所|社|馆|站|组|队|台|董事|理事|秘书|关|港|船|园|厂|矿|场|店|支队|大队|军|师|连|班|段|系|股|政务次|常务次|执行|营运|财务|技术|科技|文化|检察|审判|首|"
    r"庭|团|村|室|课题组|学部|中心|特首|次)长|(?:副)?总理|首相|总统|总干事|总经理|(?:行政)?总裁|总监|总编辑|总指挥|总工程师|总设计师|总规划师|"
    r"总经济师|总会计师|总农艺师|(?:行政)?长官|首席[\u4e00-\u9fff]{1,4}[官家师]|首席专家|创始人|合伙人|负责人|联合创始人|首席执行官|CEO|CTO|COO|CFO|"
    r"发言人|院士|教授|研究员|工程师|大使|公使|总领事|参赞|专员|特使|特派员|代表|督察|监察专员|巡视员|调研员|领导|领导同志|成员|委员|"
    r"董事|监事|经理|主管|秘书|助理|干事|理事|总编|主编|议员|立委|召集人|带头人|领军人|法官|检察官|[\u4e00-\u9fff](?:架构|设计|规划|农艺|医|药|技|工艺)师|(?:村|党)?支书|主理人|发起人|传承人|评论员|观察员|获得者|(?:首席)?科学家|专家|学者|博士|律师|分析师)"
)
