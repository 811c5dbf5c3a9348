"""How the field writes time, class by class: calendars, days in brackets, fiscal years, ranges, what is relative."""

from __future__ import annotations

from datetime import date

import pytest

from kechuang.plan.engine.reading.periods import calendar, find_periods, periods_of
from kechuang.plan.engine.reading.types import Sentence

TODAY = date(2024, 8, 14)
# Sentence on 14 August 2024, then each period as "printed=first..last role"; one day or a whole year, half, quarter,
# month or decade is written short (2019, 2019H1, 2019Q3, 2019-03, 2019-03-05, 1990s), its role told by its length.
ROC = [
    ("因此他在民国九十八年修正方案。", "民国九十八年=2009"),
    ("马英九说,民国一〇二年产值已达目标。", "民国一〇二年=2013"),
    ("民国一百零七年启用。", "民国一百零七年=2018"),
    ("民国一百一十年启用。", "民国一百一十年=2021"),
    ("预计在一〇七年完成。", "一〇七年=2018"),
    ("一一二年度预算通过。", "一一二年度=2023"),
    ("一一三年底前完工。", "一一三年底前=2024-08-14..2024-12-31 deadline"),
    ("到一一九年至少扶植五间企业。", "到一一九年=2024-08-14..2030-12-31 deadline"),
    ("一一〇至一一四年编列经费。", "一一〇至一一四年=2021-01-01..2025-12-31 period"),
    ("临床医学中心117年完成", "117年=2028"),
    ("民国108年产值达5兆元。", "民国108年=2019"),
    ("民国99年底启用。", "民国99年底=2010-12-31"),
    ("民国113年7月营收增加。", "民国113年7月=2024-07"),
    ("民国113年7月5日揭牌。", "民国113年7月5日=2024-07-05"),
    ("根据统计,108年我国半导体设备需求约达5,130亿元。", "108年=2019"),
    ("经济部表示,108年台湾产值达2.7兆元。", "108年=2019"),
    ("并达成119年半导体产值5兆的目标。", "119年=2030"),
    ("目标116年开始供水,至119年每日供应6万吨。", "116年=2027", "至119年=2024-08-14..2030-12-31 deadline"),
    ("预计115年完工。", "115年=2026"),
    ("较112年成长8%。", "112年=2023 baseline"),
    ("自110年起编列预算。", "自110年起=2021-01-01..2024-08-14 since"),
    ("今(113)年编列20亿元。", "今(113)年=2024"),
    ("去(112)年出口创高。", "去(112)年=2023"),
    ("明(114)年动工。", "明(114)年=2025"),
    ("116年前完工。", "116年前=2024-08-14..2027-12-31 deadline"),
    ("116年底前完成。", "116年底前=2024-08-14..2027-12-31 deadline"),
    ("113年度预算编列300亿元。", "113年度=2024"),
    ("113年上半年营收成长。", "113年上半年=2024H1"),
    ("113年第2季出货。", "113年第2季=2024Q2"),
    ("110至114年投入100亿元。", "110至114年=2021-01-01..2025-12-31 period"),
    ("民国110年至114年推动。", "民国110年至114年=2021-01-01..2025-12-31 period"),
    ("112-115年编列经费。", "112-115年=2023-01-01..2026-12-31 period"),
    ("于113年启动。", "113年=2024"),
    ("截至112年底,累计300家。", "截至112年底=2023-12-31"),
    ("到117年突破。", "到117年=2024-08-14..2028-12-31 deadline"),
    ("预计116年第3季试车。", "116年第3季=2027Q3"),
]
ROC += [
    ("九十二年时占四成。", "九十二年=2003"),
    ("自八十七年起编列。", "自八十七年起=1998-01-01..2024-08-14 since"),
    ("一百一十五年完工。", "一百一十五年=2026"),
    ("98年3月9日核定。", "98年3月9日=2009-03-09"),
    ("99年12月启用。", "99年12月=2010-12"),
]
# Blanks around the numbers say nothing; the number in the brackets wins over the word before them.
SPACED = [
    ("明 (2025) 年扩大办理。", "明 (2025) 年=2025"),
    ("今 (113) 年 7 月营收增加。", "今 (113) 年 7 月=2024-07"),
    ("自 2019 年基地成立以来成长。", "自 2019 年基地成立以来=2019-01-01..2024-08-14 since"),
    ("自2019年数据中心投入使用至今。", "自2019年数据中心投入使用至今=2019-01-01..2024-08-14 since"),
    ("从2015年首次发布以来。", "从2015年首次发布以来=2015-01-01..2024-08-14 since"),
    ("于 2023 年 6 月 5 日揭牌。", "2023 年 6 月 5 日=2023-06-05"),
    ("今 ( 6 ) 日宣布。", "今 ( 6 ) 日=2024-08-06"),
    ("本（113）年核定。", "本（113）年=2024"),
    ("前(2022)年成长。", "前(2022)年=2022"),
    ("去(2023)年同期成长。", "去(2023)年同期=2023"),
    ("今（二〇二四）年举办。", "今（二〇二四）年=2024"),
    ("本(8)月25日开会。", "本(8)月25日=2024-08-25"),
    ("上（7）月修正。", "上（7）月=2024-07"),
    ("本(8)月底动工。", "本(8)月底=2024-08-31"),
]
# 14 August 2024 is a Wednesday: the last such day, of what is to come the next, of a named week its own.
WEEKDAYS = [
    ("院会周二通过预算。", "周二=2024-08-13"),
    ("部长星期三表示,产值增加。", "星期三=2024-08-14"),
    ("礼拜四公布了名单。", "礼拜四=2024-08-08"),
    ("周五将公布名单。", "周五=2024-08-16"),
    ("预计周一启用。", "周一=2024-08-19"),
    ("上周五核定计划。", "上周五=2024-08-09"),
    ("本周四上午开会。", "本周四上午=2024-08-15"),
    ("下星期一召开。", "下星期一=2024-08-19"),
    ("The fund was announced Tuesday by the board.", "Tuesday=2024-08-13"),
    ("The minister said on Monday that it will open.", "Monday=2024-08-12"),
    ("On Thursday, the council will vote.", "Thursday=2024-08-15"),
    ("The centre will open on Friday.", "Friday=2024-08-16"),
    ("It closes by Saturday.", "by Saturday=2024-08-14..2024-08-17 deadline"),
    ("It was signed late Friday night.", "Friday night=2024-08-09"),
    ("Last Friday it opened.", "Last Friday=2024-08-09"),
    ("It starts next Tuesday morning.", "next Tuesday morning=2024-08-20"),
    ("It was launched on Tuesday (13).", "Tuesday (13)=2024-08-13"),
    ("A year after Monday’s call.", "Monday=2024-08-12"),
]
NEAR = [
    ("市长宣示月底启动。", "月底=2024-08-31"),
    ("月底前完工。", "月底前=2024-08-14..2024-08-31 deadline"),
    ("计划于月初送审。", "月初=2024-08-01"),
    ("下月初动工。", "下月初=2024-09-01"),
    ("本月下旬揭牌。", "本月下旬=2024-08-21..2024-08-31 period"),
    ("这个月完工。", "这个月=2024-08"),
    ("市长11日前往工地。", "11日=2024-08-11"),
    ("媒体2日报道,投资增加。", "2日=2024-08-02"),
    ("十二日举办动土典礼。", "十二日=2024-08-12"),
    ("今天的会议由三方参加。", "今天=2024-08-14"),
    ("今天,港区项目集中开工。", "今天=2024-08-14"),
    ("前天揭牌。", "前天=2024-08-12"),
    ("Senators today sent letters.", "today=2024-08-14"),
    ("Today, the agency published it.", "Today=2024-08-14"),
    ("The plan was adopted by the board today.", "today=2024-08-14"),
    ("It meets this morning and votes tonight.", "this morning=2024-08-14", "tonight=2024-08-14"),
    ("This summer prices rose.", "This summer=2024-06-01..2024-08-31 period"),
    ("Last winter it closed.", "Last winter=2023-12-01..2024-02-29 period"),
    ("It opened last October.", "last October=2023-10"),
    ("This November it closes.", "This November=2024-11"),
    ("Next March it opens.", "Next March=2025-03"),
    ("Over the past year it grew.", "the past year=2023-01-01..2024-08-14 since"),
    ("By decade’s end it doubles.", "By decade’s end=2024-08-14..2030-12-31 deadline"),
    ("By the end of the 2020s it doubles.", "By the end of the 2020s=2024-08-14..2029-12-31 deadline"),
]
NO_ROC = [
    "走过一百一十年历程。",
    "历经一〇七年。",
    "学校建校120年。",
    "走过110年历程。",
    "这所有着130年历史的大学。",
    "跨越120年的对话。",
    "120年来,医院培养了许多人。",
    "企业成立110年,员工众多。",
    "相隔120年再次相遇。",
    "寿命可达100年以上。",
    "120年校庆之际。",
]
BRACKETED = [
    ("市长今 (6) 日主持会议。", "今 (6) 日=2024-08-06"),
    ("市长昨 (5) 日主持会议。", "昨 (5) 日=2024-08-05"),
    ("局长今午（13日）阐述措施。", "今午（13日）=2024-08-13"),
    ("局长今午阐述措施。", "今午=2024-08-14"),
    ("部长今早(14日)受访。", "今早(14日)=2024-08-14"),
    ("部长昨晚（13日）抵达。", "昨晚（13日）=2024-08-13"),
    ("司长在今日(二月二十二日)发表预算案。", "今日(二月二十二日)=2024-02-22"),
    ("司长今天（8月13日）会见传媒。", "今天（8月13日）=2024-08-13"),
    ("行政院今(8)日通过预算。", "今(8)日=2024-08-08"),
    ("经济部今日(13)宣布。", "今日(13)=2024-08-13"),
    ("市府今日(14日)举办论坛。", "今日(14日)=2024-08-14"),
    ("部长今天(14日)表示。", "今天(14日)=2024-08-14"),
    ("董事长昨天(13日)指出。", "昨天(13日)=2024-08-13"),
    ("县长昨(13)日视察。", "昨(13)日=2024-08-13"),
    ("昨日(13日)晚举行。", "昨日(13日)晚=2024-08-13"),
    ("明(15)日登场。", "明(15)日=2024-08-15"),
    ("公司今(2)公布财报。", "今(2)=2024-08-02"),
    ("于(12)日共同访视。", "(12)日=2024-08-12"),
    ("论坛本月4日举行。", "本月4日=2024-08-04"),
    ("会议将于本月28日召开。", "本月28日=2024-08-28"),
    ("上月30日公布。", "上月30日=2024-07-30"),
    ("下月5日上路。", "下月5日=2024-09-05"),
    ("市政府12日于府前广场举办。", "12日=2024-08-12"),
    ("12日于市府举办说明会。", "12日=2024-08-12"),
    ("立委11日对用水表达担忧。", "11日=2024-08-11"),
    ("部长9日表示。", "9日=2024-08-09"),
    ("国科会13日公布。", "13日=2024-08-13"),
    ("(记者王明13日专访)", "13日=2024-08-13"),
    ("12月13-14日,论坛举行。", "12月13-14日=2024-12-13..2024-12-14 period"),
    ("5月8日(周三)开幕。", "5月8日=2024-05-08"),
    ("今早揭幕。", "今早=2024-08-14"),
    ("昨晚抵达。", "昨晚=2024-08-13"),
    ("今晚开演。", "今晚=2024-08-14"),
    ("今天赴议会接受质询。", "今天=2024-08-14"),
    ("特区政府今日举行宣讲会。", "今日=2024-08-14"),
]
RANGES = [
    ("2014–2020年投入800亿元。", "2014–2020年=2014-01-01..2020-12-31 period"),
    ("2014至2020年增长。", "2014至2020年=2014-01-01..2020-12-31 period"),
    ("2014年至2020年增长。", "2014年至2020年=2014-01-01..2020-12-31 period"),
    ("从2014年到2020年增长。", "从2014年到2020年=2014-01-01..2020-12-31 period"),
    ("2014年~2020年增长。", "2014年~2020年=2014-01-01..2020-12-31 period"),
    ("2021-2023年期间建成。", "2021-2023年期间=2021-01-01..2023-12-31 period"),
    ("2023/24年度预算。", "2023/24年度=2023-01-01..2024-12-31 period"),
    ("2023-24财政年度拨款。", "2023-24财政年度=2023-01-01..2024-12-31 period"),
    ("2024年1至6月进出口增长。", "2024年1至6月=2024H1"),
    ("1—7月,工业增长5%。", "1—7月=2024-01-01..2024-07-31 period"),
    ("2024年1月至7月投资增长。", "2024年1月至7月=2024-01-01..2024-07-31 period"),
    ("2023年9月至2024年6月试点。", "2023年9月至2024年6月=2023-09-01..2024-06-30 period"),
    ("今年3月至5月开展。", "今年3月至5月=2024-03-01..2024-05-31 period"),
    ("8月1日至15日公示。", "8月1日至15日=2024-08-01..2024-08-15 period"),
    ("2023年12月20日至2024年1月5日展出。", "2023年12月20日至2024年1月5日=2023-12-20..2024-01-05 period"),
    ("2024年一季度至三季度。", "2024年一季度至三季度=2024-01-01..2024-09-30 period"),
    ("实施期为2024年至2026年底。", "2024年至2026年底=2024-01-01..2026-12-31 period"),
    ("2024年7月至2026年12月实施。", "2024年7月至2026年12月=2024-07-01..2026-12-31 period"),
]
RELATIVE = [
    ("过去一百年,电气化改变了生活。", "过去一百年=1924-01-01..2023-12-31 since"),
    ("部分业务递延至今年。", "今年=2024"),
    ("验收顺延到明年。", "明年=2025"),
    ("营收可望攀至今年高峰。", "今年=2024"),
    ("工程拖到2025年。", "2025年=2025"),
    ("力争到2025年建成。", "到2025年=2024-08-14..2025-12-31 deadline"),
    ("2018年启动,翌年投产。", "2018年=2018", "翌年=2019"),
    ("2018年启动,次年投产。", "2018年=2018", "次年=2019"),
    ("2017年招商,当年开工10个。", "2017年=2017", "当年=2017"),
    ("2017年招商,同年开工10个。", "2017年=2017", "同年=2017"),
    ("去年招商157次,当年新开工10个。", "去年=2023", "当年=2023"),
    ("去年同期为3%。", "去年同期=2023"),
    ("比去年同期增长3%。", "去年同期=2023 baseline"),
    ("比上年同期增长3%。", "上年同期=2023 baseline"),
    ("较去年增加。", "去年=2023 baseline"),
    ("自2008年创办至今,汇聚力量。", "自2008年创办至今=2008-01-01..2024-08-14 since"),
    ("2010年至今,累计投入。", "2010年至今=2010-01-01..2024-08-14 since"),
    ("自2010年成立以来,累计投入。", "自2010年成立以来=2010-01-01..2024-08-14 since"),
    ("今年以来新设。", "今年以来=2024-01-01..2024-08-14 since"),
    ("去年以来新设。", "去年以来=2023-01-01..2024-08-14 since"),
    ("过去十年投入。", "过去十年=2014-01-01..2023-12-31 since"),
    ("近3年新增。", "近3年=2021-01-01..2024-08-14 since"),
    ("近五年来新增。", "近五年来=2019-01-01..2024-08-14 since"),
    ("十年来新增。", "十年来=2014-01-01..2024-08-14 since"),
    ("未来30年掌握源头。", "未来30年=2024-01-01..2053-12-31 period"),
    ("今后3年建成。", "今后3年=2024-01-01..2026-12-31 period"),
    ("未来5年内投入。", "未来5年内=2024-01-01..2028-12-31 period"),
    ("我们在今年的三月参与大会。", "今年的三月=2024-03"),
    ("今年的第一季度增长。", "今年的第一季度=2024Q1"),
    ("2024年的上半年增长。", "2024年的上半年=2024H1"),
    ("年内完成。", "年内=2024"),
    ("今年底上路。", "今年底=2024-12-31"),
    ("明年初启用。", "明年初=2025-01-01"),
    ("到明年底全部完成。", "到明年底=2024-08-14..2025-12-31 deadline"),
    ("后年试车。", "后年=2026"),
    ("前年动工。", "前年=2022"),
    ("本季营收增加。", "本季=2024Q3"),
    ("上季营收增加。", "上季=2024Q2"),
    ("下季出货。", "下季=2024Q4"),
    ("上半年营业额达1兆元。", "上半年=2024H1"),
    ("全年完成投资2400亿元。", "全年=2024"),
    ("本世纪初起步。",),
    ("上世纪八十年代起步。", "上世纪八十年代=1980s"),
    ("20世纪90年代起步。", "20世纪90年代=1990s"),
    ("90年代起步。", "90年代=1990s"),
    ("1990年代起步。", "1990年代=1990s"),
    ("七十年代,老厂迁来。", "七十年代=1970s"),
    ("2024年春季开学。", "2024年春季=2024-03-01..2024-05-31 period"),
    ("今年夏天投运。", "今年夏天=2024-06-01..2024-08-31 period"),
    ("今年秋季开课。", "今年秋季=2024-09-01..2024-11-30 period"),
    ("在2030年以前完成。", "2030年以前=2024-08-14..2030-12-31 deadline"),
    ("2027年年底前投产。", "2027年年底前=2024-08-14..2027-12-31 deadline"),
    ("2025年春节前交付。", "2025年=2025"),
    ("最迟2026年投产。", "2026年=2026"),
    ("五年内(2030年)突破兆元大关。", "2030年=2030"),
    ("2024财年营收增长。", "2024财年=2024"),
    ("2024学年招生。", "2024学年=2024"),
    ("截至目前,今年6月底共有12家。", "今年6月底=2024-06-30"),
    ("截至6月底共有12家。", "截至6月底=2024-06-30"),
    ("2024年6月末余额增长。", "2024年6月末=2024-06-30"),
    ("第三季度增长。", "第三季度=2024Q3"),
    ("第3季营收。", "第3季=2024Q3"),
    ("2023年第四季度增长。", "2023年第四季度=2023Q4"),
    ("去年四季度增长。", "去年四季度=2023Q4"),
    ("前7个月,外贸增长。", "前7个月=2024-01-01..2024-07-31 period"),
    ("前2月营收增长。", "前2月=2024-01-01..2024-02-29 period"),
    ("去年前11月增长。", "去年前11月=2023-01-01..2023-11-30 period"),
    ("2023年1到2月增长。", "2023年1到2月=2023-01-01..2023-02-28 period"),
    ("今年前七个月增长。", "今年前七个月=2024-01-01..2024-07-31 period"),
    ("2035年远景目标。", "2035年=2035"),
]
NEVER = [
    "每周三开会,周一至周五受理,周六日休息。",
    "一周三次,连续两周五天。",
    "一连3日开展。",
    "今日之中国与今天的世界,今天,人人参与。",
    "岁月底色与正月初十。",
    "三年行动计划和五年规划。",
    "每年新增10家,每月一次。",
    "第三届论坛,12日常开放。",
    "今日头条,明日之星,今日之中国。",
    "十年树木,百年树人。",
    "同期比较,同期声。",
    "一年一度的春季运动会。",
    "9月龄婴儿,3月嫂。",
    "近年来,多年来,长期以来。",
    "工期为3年,保修5年。",
    "4月度考核。",
]
ENGLISH = [
    ("It opened yesterday (August 13).", "yesterday (August 13)=2024-08-13"),
    ("It was published today (14 August 2024).", "today (14 August 2024)=2024-08-14"),
    ("He visited it yesterday (Tuesday, 13 August).", "yesterday (Tuesday, 13 August)=2024-08-13"),
    ("In 2021 exports rose.", "2021=2021"),
    ("It opened in the first quarter of 1965.", "the first quarter of 1965=1965Q1"),
    ("It fell in Q3 2021.", "Q3 2021=2021Q3"),
    ("It fell in 2021 Q3.", "2021 Q3=2021Q3"),
    ("It fell in Q3 of 2021.", "Q3 of 2021=2021Q3"),
    ("It fell in 3Q 2021.", "3Q 2021=2021Q3"),
    ("It fell in 3Q21.", "3Q21=2021Q3"),
    ("Revenue rose in the second quarter.", "the second quarter=2024Q2"),
    ("Revenue rose in the third quarter of last year.", "the third quarter of last year=2023Q3"),
    ("Born in 1965, it grew in the first quarter.", "1965=1965", "the first quarter=2024Q1"),
    ("Revenue rose last quarter.", "last quarter=2024Q2"),
    ("It grows this quarter.", "this quarter=2024Q3"),
    ("It is due next quarter.", "next quarter=2024Q4"),
    ("In the first half of this year it grew.", "the first half of this year=2024H1"),
    ("It grew in 2H 2023.", "2H 2023=2023H2"),
    ("It grew in H2 2023.", "H2 2023=2023H2"),
    ("By the second half of 2026 it opens.", "By the second half of 2026=2024-08-14..2026-12-31 deadline"),
    ("In the late 1990s it grew.", "the late 1990s=1990s"),
    ("The 2010s were good.", "The 2010s=2010s"),
    ("In the '90s it grew.", "the '90s=1990s"),
    ("By the 2030s it will double.", "By the 2030s=2024-08-14..2039-12-31 deadline"),
    ("Funding in FY2023-24 rose.", "FY2023-24=2023-01-01..2024-12-31 period"),
    ("Funding in FY2023/24 rose.", "FY2023/24=2023-01-01..2024-12-31 period"),
    ("Funding in 2023/24 rose.", "2023/24=2023-01-01..2024-12-31 period"),
    ("Funding in 2023-24 rose.", "2023-24=2023-01-01..2024-12-31 period"),
    ("Funding in FY24 rose.", "FY24=2024"),
    ("In fiscal 2023 it rose.", "fiscal 2023=2023"),
    ("In fiscal year 2025 it rises.", "fiscal year 2025=2025"),
    ("In the 2023 financial year it rose.", "the 2023 financial year=2023"),
    ("In the 2023-24 financial year it rose.", "the 2023-24 financial year=2023-01-01..2024-12-31 period"),
    ("In academic year 2023-24 it rose.", "academic year 2023-24=2023-01-01..2024-12-31 period"),
    ("It covers 2014–2020.", "2014–2020=2014-01-01..2020-12-31 period"),
    ("It runs from 2014 to 2020.", "from 2014 to 2020=2014-01-01..2020-12-31 period"),
    ("It ran from 2014 through 2020.", "from 2014 through 2020=2014-01-01..2020-12-31 period"),
    ("Between 2014 and 2020 it grew.", "Between 2014 and 2020=2014-01-01..2020-12-31 period"),
    ("Funding for the period 2014-2020 rose.", "the period 2014-2020=2014-01-01..2020-12-31 period"),
    ("Over the 2021 to 2027 period it grows.", "the 2021 to 2027 period=2021-01-01..2027-12-31 period"),
    ("From March 2021 to June 2023 it ran.", "From March 2021 to June 2023=2021-03-01..2023-06-30 period"),
    ("It ran January-June 2023.", "January-June 2023=2023H1"),
    (
        "From January to July this year it rose.",
        "From January to July this year=2024-01-01..2024-07-31 period",
    ),
    ("Held on 12-14 March 2023.", "12-14 March 2023=2023-03-12..2023-03-14 period"),
    ("Held on March 12-14, 2023.", "March 12-14, 2023=2023-03-12..2023-03-14 period"),
    ("Held from 3 to 5 May 2024.", "from 3 to 5 May 2024=2024-05-03..2024-05-05 period"),
    ("He spoke on Friday (Feb 18).", "Friday (Feb 18)=2024-02-18"),
    ("He spoke on Monday, August 12.", "Monday, August 12=2024-08-12"),
    ("Calls close on January 24.", "January 24=2024-01-24"),
    ("Opened on the 3rd of May 2022.", "3rd of May 2022=2022-05-03"),
    ("Published 2024-03-05 online.", "2024-03-05=2024-03-05"),
    ("The ministry today announced it.", "today=2024-08-14"),
    ("The Commission published today the scoreboard.", "today=2024-08-14"),
    ("Today we are issuing a call.", "Today=2024-08-14"),
    ("The Commission today presents first steps.", "today=2024-08-14"),
    ("It said yesterday that output rose.", "yesterday=2024-08-13"),
    ("It opens tomorrow.", "tomorrow=2024-08-15"),
    ("We are thinking of tomorrow, he said.",),
    ("Tomorrow’s industries need it.",),
    ("Last year exports rose.", "Last year=2023"),
    ("Exports rose this year.", "this year=2024"),
    ("It is due next year.", "next year=2025"),
    ("It fell last month.", "last month=2024-07"),
    ("It fell in July.", "July=2024-07"),
    ("Over the past five years it grew.", "the past five years=2019-01-01..2024-08-14 since"),
    ("Over the past decade it grew.", "the past decade=2014-01-01..2024-08-14 since"),
    ("In the last 10 years it grew.", "the last 10 years=2014-01-01..2024-08-14 since"),
    ("Over the next three years it grows.", "the next three years=2024-01-01..2026-12-31 period"),
    ("Over the coming decade it grows.", "the coming decade=2024-01-01..2033-12-31 period"),
    ("Within five years, by 2030, it opens.", "by 2030=2024-08-14..2030-12-31 deadline"),
    ("It has grown since 2018.", "since 2018=2018-01-01..2024-08-14 since"),
    ("It has grown since March 2021.", "since March 2021=2021-03-01..2024-08-14 since"),
    ("It has grown since the start of the year.", "since the start of the year=2024-01-01..2024-08-14 since"),
    ("So far this year it sold 40.", "this year=2024"),
    ("It opened in 2019 and grew the following year.", "2019=2019", "the following year=2020"),
    ("Up 5% year on year, from 2022.", "2022=2022 baseline"),
    ("Up 5% compared with 2022.", "2022=2022 baseline"),
    ("Cut 40% below 2005 levels by 2030.", "2005=2005 baseline", "by 2030=2024-08-14..2030-12-31 deadline"),
    ("Up from 30 in 2014.", "2014=2014"),
    ("By 2025, it is $150 billion.", "By 2025=2024-08-14..2025-12-31 deadline"),
    ("By mid-2025 it opens.", "By mid-2025=2024-08-14..2025-06-30 deadline"),
    ("By late 2025 it opens.", "By late 2025=2024-08-14..2025-12-31 deadline"),
    ("By end-2025 it opens.", "By end-2025=2024-08-14..2025-12-31 deadline"),
    ("By the end of 2025 it opens.", "By the end of 2025=2024-08-14..2025-12-31 deadline"),
    ("At the end of 2023 it had 12 labs.", "the end of 2023=2023-12-31"),
    ("As of June 30, 2024, it had 12 labs.", "As of June 30, 2024=2024-06-30"),
    ("As of the end of June it had 12 labs.", "As of the end of June=2024-06-30"),
    ("By March 2025 it opens.", "By March 2025=2024-08-14..2025-03-31 deadline"),
    ("By September it opens.", "By September=2024-08-14..2024-09-30 deadline"),
    ("No later than 2027 it closes.", "No later than 2027=2024-08-14..2027-12-31 deadline"),
    ("Before 2030 it closes.", "Before 2030=2024-08-14..2030-12-31 deadline"),
    ("Until 2027 it runs.", "Until 2027=2024-08-14..2027-12-31 deadline"),
    ("In the spring of 2025 it opens.", "the spring of 2025=2025-03-01..2025-05-31 period"),
    ("In summer 2023 it opened.", "summer 2023=2023-06-01..2023-08-31 period"),
    (
        "In the first nine months of 2023 it grew.",
        "the first nine months of 2023=2023-01-01..2023-09-30 period",
    ),
    ("In early 2023 it grew.", "early 2023=2023"),
    ("In May it may grow.", "May=2024-05"),
]
NEVER_ENGLISH = [
    "Today’s economy and the city of today.",
    "It may march on in august company.",
    "In recent years and over time.",
    "The Sunday Times and Black Friday sales.",
    "A five-year plan and a two-year grant.",
    "Over 2,000 firms and 2030 Agenda.",
    "Spring water and the fall of costs.",
    "Open Monday to Friday, every Saturday and any Sunday.",
    "Prices are higher than today and the world today is open.",
]


def short(first: date, last: date) -> str:
    """The days as the tables above write them, where a short writing has them."""
    year = first.year
    names = {f"{year}": calendar.year(year)}
    names |= {} if year % 10 else {f"{year}s": (first, date(year + 9, 12, 31))}
    names |= {f"{year}H{n}": calendar.half(year, n) for n in (1, 2)}
    names |= {f"{year}Q{n}": calendar.quarter(year, n) for n in (1, 2, 3, 4)}
    names |= {f"{year}-{n:02}": calendar.month(year, n) for n in range(1, 13)}
    names |= {f"{first}": (first, first)}
    return next((name for name, days in names.items() if days == (first, last)), f"{first}..{last}")


def shown(text: str, minguo: bool = False) -> list[str]:
    rows = []
    for found in find_periods(text, TODAY, minguo):
        days = short(found.first, found.last)
        plain = found.role in ("period", "point") and ".." not in days
        rows.append(f"{found.text}={days}" + ("" if plain else f" {found.role}"))
    return rows


@pytest.mark.parametrize(
    "case", BRACKETED + RANGES + RELATIVE + SPACED + WEEKDAYS + NEAR + ENGLISH, ids=lambda case: case[0]
)
def test_every_form_of_its_class(case):
    text, *wanted = case
    assert shown(text) == wanted


@pytest.mark.parametrize("case", ROC, ids=lambda case: case[0])
def test_years_counted_from_1912(case):
    text, *wanted = case
    assert shown(text, minguo=True) == wanted


@pytest.mark.parametrize("text", NEVER + NO_ROC + NEVER_ENGLISH)
@pytest.mark.parametrize("minguo", [False, True])
def test_what_only_looks_like_a_time(text, minguo):
    assert shown(text, minguo) == []


def test_sentences_tell_one_another_the_year_and_the_calendar():
    texts = ["去年招商157次。", "其中,当年新开工10个,翌年投产。", "行政院编列预算。", "108年产值2.7兆元。"]
    sentences = [Sentence(0, len(text), text, at // 2) for at, text in enumerate(texts)]
    found = [[f"{one.text}={one.first.year}" for one in of] for of in periods_of(sentences, TODAY)]
    assert found == [["去年=2023"], ["当年=2023", "翌年=2024"], [], ["108年=2019"]]
