"""Who speaks in news of visits, meetings and interviews: whom the narrator tells of, and where their word ends."""

from datetime import date

import pytest

from kechuang.plan.engine.reading.read import read


class Said(dict):
    """Speakers by where their statements stand in a text: looked up by words of it."""

    def __init__(self, text):
        found = read(text.encode(), "news.txt", date(2024, 3, 20)).statements
        self.text = text
        for one in found:
            if one.kind != "attribution":
                place = next((at for at in (one.q_start, one.t_start) if at is not None), one.start)
                self[place] = one.speaker

    def __missing__(self, words):
        start = self.text.index(words)
        return next(self[at] for at in sorted(self) if at >= start)


said = Said


def test_a_verb_glued_to_a_name_is_no_part_of_it():
    text = (
        "3月4日,市政协副主席施若率调研组来园区调研。区长卫明远参加。\n"
        "施若一行走进车间。她指出,要加大研发投入。\n招商局局长陶宁则更有信心,认为要扩大产能50%。"
    )
    assert set(said(text).values()) == {"", "施若", "陶宁"}


def test_a_name_that_begins_like_a_word():
    text = (
        "3月4日,市委书记王国安、市长殷若兰会见理事长曾若川。\n曾若川说,要扩大合作。\n"
        "王国安代表市委表示欢迎。他说,将建设3个平台。"
    )
    assert said(text)["将建设3"] == "王国安"


def test_another_who_is_told_of_ends_the_turn():
    text = (
        "全国人大代表施明远表示,今年要提交3件建议;严若诚代表今年关注基层治理,走访了40个社区。"
        "在他看来,要建好队伍;“我这次带了2件建议,都与粮食有关。”全国人大代表葛若川说,要增加投入。"
    )
    by = said(text)
    assert by["今年要提"] == "施明远"
    assert by["要建好队"] == "严若诚"
    assert by["我这次带"] == by["要增加投"] == "葛若川"


@pytest.mark.parametrize("act", ["进行总结发言", "作总结讲话", "最后作了点评"])
def test_who_gives_a_speech_says_what_follows(act):
    text = (
        f"3月4日,协会理事会召开,会议由理事长杜若东主持。\n会议由杜若东理事长{act}。2025年我们要完成5项任务。"
    )
    assert said(text)["2025"] == "杜若东"


@pytest.mark.parametrize(
    "head",
    [
        "携手共创未来\n——在江州学院开学典礼上的致辞\n江州电信副总经理 黄若川\n(2024年3月20日)\n",
        "在产业大会上的讲话\n黄若川\n",
        "江州电信副总经理 黄若川\n(2024年3月20日)\n",
    ],
)
def test_a_speech_below_the_line_that_names_its_speaker(head):
    text = (
        head
        + "尊敬的各位来宾:\n大家上午好!我谨代表公司表示祝贺。\n2023年,公司投入500万元。\n今后要共建3个基地。\n"
    )
    by = said(text)
    assert by["2023"] == by["今后要共"] == "黄若川"


def test_a_report_to_a_congress_is_the_document_s():
    text = "政府工作报告\n江州市市长 黄若川\n各位代表:\n现在,我代表市政府作报告。\n2023年,生产总值增长5%。\n"
    assert set(said(text).values()) == {""}


def test_a_headline_that_lost_its_line_gives_nobody_the_word():
    text = (
        "3月4日,委员走到记者面前。 叶若聪:刷新下潜纪录 作为总设计师,全国政协委员叶若聪介绍了进展。"
        "他说,2023年完成了63次下潜。 郭若安:续写铁路新篇 这条铁路全长1956公里。全国政协委员郭若安表示,要建好它。"
    )
    by = said(text)
    assert by["2023"] == "叶若聪"
    assert by["1956"] == ""


def test_a_headline_above_a_transcript_gives_nobody_the_word():
    text = (
        "文若宝:我第一次和大家交流\n3月4日下午,市长文若宝来到访谈室。此前已进行了200场访谈。\n"
        "[主持人]市长好。\n[文若宝]大家好。今年要建设3个平台。\n[主持人]谢谢。\n[文若宝]明年要新增20家企业。\n"
    )
    by = said(text)
    assert by["200场"] == ""
    assert by["今年要建"] == by["明年要新"] == "文若宝"


def test_who_asks_between_labelled_answers():
    text = (
        "记者在现场采访了副总设计师刘若晋。\n副总设计师刘若晋:谢谢。今年要完成3次任务。\n"
        "工程从1992年立项到今天,怎么评价这个成果?\n副总设计师刘若晋:经过了30年努力,要继续攻关。\n"
    )
    by = said(text)
    assert by["今年要完"] == "刘若晋"
    assert by["1992"] == ""


def test_economists_in_general_are_nobody():
    text = "六成经济学家认为,2024年增速将在5%左右。受访经济学家普遍认为,要扩大投资3%。"
    assert set(said(text).values()) == {""}


@pytest.mark.parametrize(
    "told",
    [
        "谈到村里的变化,麻若江也有话讲:“今年要种2000亩水稻。”",
        "麻若江当了17年村干部,颇有感慨,“今年要种2000亩水稻,大家都高兴。”",
        "修路办活动,麻若江也总是慷慨解囊。“今年要种2000亩水稻,大家都高兴。”一番话,听得大伙儿暖心。",
    ],
)
def test_a_quotation_behind_what_its_speaker_does(told):
    text = f"村民围坐在一起。\n麻若江将村口的公司办得红火。\n{told}"
    assert said(text)["今年要种"] == "麻若江"


@pytest.mark.parametrize("way", ["饶有兴致地说道", "由衷地表示", "普遍认为"])
def test_how_somebody_speaks(way):
    text = f"市政协主席李若宇出席活动。\n在谈及环境时李若宇{way},要建设3个平台。"
    assert said(text)["要建设3"] == "李若宇"


def test_an_officer_of_an_office_who_hopes():
    text = (
        "市会展办主任陈若中出席会议。\n江州市会展办陈若中主任对协会寄予厚望,希望协会服务会员、培育20家企业。"
    )
    assert said(text)["希望协会"] == "陈若中"


def test_blanks_before_marks_of_punctuation():
    text = "王若欣是公司董事长 。\n董事长王若欣坦言 , 今年要新增3条生产线 。"
    assert said(text)["今年要新"] == "王若欣"


def test_what_somebody_says_of_himself_ends_with_its_sentence():
    text = "院士卢若城出席讲座。\n讲座开始前,卢若城说他最近收到了3封邮件。邮件的作者去年参加了夏令营。"
    by = said(text)
    assert by["3封"] == "卢若城"
    assert by["去年"] == ""


def test_names_alone_on_a_line_above_what_they_say():
    text = (
        "两位院士回答了问题。\n林若群\n好的报告分为3个部分,第一部分要让中学生听懂。\n"
        "廖若清\n科学家要走进20所学校,把知识讲给大家听。\n"
    )
    by = said(text)
    assert by["3个"] == "林若群"
    assert by["20所"] == "廖若清"


def test_several_who_do_a_thing_each_are_nobody():
    text = "会长董若勇、秘书长吴若静、副主任丁若佳分别对上半年运行进行分析,并预测下半年增长5%。"
    assert set(said(text).values()) == {""}


def test_somebody_without_a_name_is_meant_by_the_pronoun_behind():
    text = "院长唐若明致辞。\n校友代表也在会上发了言,他首先感谢老师,表示要捐赠500万元。"
    assert said(text)["要捐赠"] == ""


def test_what_a_body_will_do_next_ends_a_release():
    text = (
        "副主任何若政率队走访企业。\n何若政指出,希望加强3个方面的合作。\n"
        "下一步,市国资委将推动12个项目落地。\n"
    )
    by = said(text)
    assert by["3个"] == "何若政"
    assert by["12个"] == ""


def test_a_quotation_that_a_dash_signs_in_the_next_paragraph():
    text = (
        "“出路是加快改革,投入5%。”\n——参事夏若斌认为,不必悲观。\n"
        "“我们面临的是结构问题,要新增3个平台。”\n——研究员姚若源认为,要深化改革。\n"
    )
    by = said(text)
    assert by["5%"] == "夏若斌"
    assert by["3个"] == "姚若源"


def test_a_title_of_a_commander():
    text = "市长陆若冰出席。\n此前有消息说,地铁会开建,指挥部副指挥长陈若光昨天证实了消息,表示2条线明年开建。"
    assert said(text)["2条"] == "陈若光"


def test_a_speech_that_a_line_announces_in_the_third_person():
    text = (
        "董事长林若群出席了会议。\n会上,林若群董事长作了如下发言——\n"
        "大家好!很高兴来到这里,要新建3个平台。\n谢谢大家!\n"
    )
    assert said(text)["3个"] == "林若群"


def test_figures_of_a_body_in_a_paragraph_of_their_own_are_the_narrators():
    text = "局长林若群表示,要扩大开放。\n据海关数据,去年出口增长12%,为5年来最高。\n"
    assert said(text)["12%"] == ""


def test_in_the_words_of_somebody():
    text = (
        "行业的重要性不言而喻,用林若群的话说,这个行当还会发展10年。\n林若群呼吁,要加大投入。\n"
        "目前,产业处于早期。“要新建20座站。”廖若清在访谈中如是说道。\n"
    )
    by = said(text)
    assert by["10年"] == "林若群"
    assert by["20座"] == "廖若清"


def test_whom_a_journalist_interviews_is_quoted():
    text = "日前,记者来到位于南山的若川公司,对董事长林若群进行了独家专访:“要新增3个平台。”"
    assert said(text)["3个"] == "林若群"


def test_others_without_a_name_end_a_turn():
    text = "处长殷若红充满信心,表示要建设3个平台。同时,相关专业博士从2个方面探讨了研究意向。"
    by = said(text)
    assert by["3个"] == "殷若红"
    assert by["2个"] == ""


def test_somebody_known_by_a_style_alone():
    text = (
        "樊若武院士:人生要做大\n\n樊若武今年80岁了。\n\n他常常这样分享人生感悟:“要有责任心,要新建3个平台。”\n"
    )
    assert said(text)["3个"] == "樊若武"


def test_a_headline_of_what_somebody_talks_about():
    text = "林若群谈“新质生产力”:到2027年新建3个平台\n\n董事长林若群说,要加大投入。\n"
    assert said(text)["3个"] == "林若群"


def test_a_rumour_that_somebody_confirms():
    text = "此前有消息说,地铁会开建,副局长陈若光证实了消息,表示2条线明年开建。"
    assert said(text)["2条"] == "陈若光"


def test_a_label_whose_titles_stand_on_both_sides_of_a_comma():
    text = (
        "委员们提出了观点。\n若海大学党委书记,若川学会副会长 杨若振:\n服务国家战略\n"
        "若海大学责无旁贷。要推动3个平台的建设。\n"
    )
    assert said(text)["3个"] == "杨若振"


def test_a_board_secretary_speaks():
    text = (
        "若川公司董秘李若群表示,公司将新建3个平台。目前,“我们将建设20座站。”\n董事长石若兵表示,要分享经验。\n"
    )
    by = said(text)
    assert by["3个"] == "李若群"
    assert by["20座"] == "李若群"


def test_a_page_that_lost_its_lines():
    text = (
        "隧道昨日贯通。 隧道全长12公里。 副指挥长曾若祥介绍,已完成桥梁42座。 "
        "铁路全长1000公里,预计2027年通车。通车后仅需3小时。本报记者摄影。\n"
    )
    by = said(text)
    assert by["42座"] == "曾若祥"
    assert by["1000公里"] == ""


def test_whom_a_document_names_often_without_a_title():
    text = (
        "“产品将新建3条线。”四月下旬,跟随徐若翎的脚步,记者走进车间。\n37岁的她率真。\n徐若翎创立公司已久。\n"
        "徐若翎抬抬眼镜说:“要新增20座站。”\n"
    )
    assert said(text)["20座"] == "徐若翎"


def test_whom_alone_the_sentence_before_a_quotation_names():
    text = "社长李若环出席会议。\n西瓜苗何以出现?这和李若环长期关注农业有关。“今年我带来了2项建议。”\n"
    assert said(text)["2项"] == "李若环"


def test_a_label_above_what_is_told_of_its_bearer():
    text = "高若兰代表:\n加大投入\n村里种有2600亩竹林,村民对代表、主任高若兰说起此事。\n"
    assert said(text)["2600亩"] == ""


def test_what_somebody_else_will_do_is_told_in_a_speech():
    text = "总领事朱若万说,合作密切。今年10月,市长陈若东将到访3座城市。要扩大贸易。\n市长陈若东参加。\n"
    assert said(text)["10月"] == "朱若万"


def test_those_present_and_what_somebody_went_through_are_told():
    text = (
        "董事长武若涛在讲话中要求大家再接再厉,建设3个平台。之后,与会人员学习了讲话,针对2024年形势畅所欲言。\n"
        "总裁赵若宽作了题为“前行”的报告。他回顾了2023年的工作。\n"
    )
    by = said(text)
    assert by["3个"] == "武若涛"
    assert by["2024年"] == ""
    assert by["2023年"] == ""


def test_what_an_occasion_will_do_is_told_in_a_speech():
    text = "司长冯若猛在致辞中表示,赶上了好时机。本次大会将凝聚共识,推动3个平台的建设。\n"
    assert said(text)["3个"] == "冯若猛"


def test_two_who_act_and_hope_in_one_sentence_are_nobody():
    text = "副处长邵若炯、科技处处长俞若立在讲话中分析了发展趋势,希望新建3个平台。\n"
    assert said(text)["3个"] == ""


def test_who_will_come_is_told_by_the_speaker():
    text = "副秘书长施若腾介绍,准备已经就绪。目前,有多位驻外使节将出席。交通局等4个部门将由领导带队参会;另有9家企业派人。\n"
    by = said(text)
    assert by["4个"] == by["9家"] == "施若腾"


def test_a_dateline_before_the_first_words_is_no_part_of_the_sentence():
    text = "财经网 2023-09-19 13:39:02 记者 编辑部 报导 市长施若腾致词时表示,交通是重点;将新建3座车站。\n"
    assert said(text)["3座"] == "施若腾"


def test_the_first_point_may_stand_behind_its_announcement():
    text = "校长施若腾在讲话中强调了学校的支持,并提出了五点希望:希望团队建成3个平台。\n"
    assert said(text)["3个"] == "施若腾"


def test_what_is_announced_may_follow_its_verb_at_once():
    assert said("市长施若腾宣布成立2个专班。\n")["2个"] == "施若腾"
