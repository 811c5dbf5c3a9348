"""Who speaks in each sentence, and where the words that only say so end."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kechuang.plan.engine.reading.layers import Layer
from kechuang.plan.engine.reading.read import read
from kechuang.plan.engine.reading.repair import repair
from kechuang.plan.engine.reading.speaking import find_turns
from kechuang.plan.engine.reading.types import Sentence


def place(*paragraphs):
    """Sentences from paragraphs given as lists of sentence texts."""
    placed, at = [], 0
    for number, paragraph in enumerate(paragraphs):
        for text in paragraph:
            placed.append(Sentence(at, at + len(text), text, number))
            at += len(text)
        at += 1
    return placed


def speakers(*paragraphs):
    return [turn.speaker for turn in find_turns(place(*paragraphs))]


@pytest.mark.parametrize(
    ("text", "speaker", "lead_in"),
    [
        ("沈北川强调,要抓好落实。", "沈北川", "沈北川强调,"),
        ("许朝阳表示,“十四五”期间要加快建设。", "许朝阳", "许朝阳表示,"),
        ("会上,林致远指出,科技创新摆在核心位置。", "林致远", "会上,林致远指出,"),
        ("市长殷若兰说：“要把事情办好。”", "殷若兰", "市长殷若兰说："),
        ("沈北川在座谈时指出,要作出更大贡献。", "沈北川", "沈北川在座谈时指出,"),
        ("方案提出,到2030年建成。", "", ""),
        ("各方面介绍,情况良好。", "", ""),
        ("会议强调,要抓好落实。", "", ""),
        ("据介绍,三年来做了不少工作。", "", "据介绍,"),
    ],
)
def test_opening(text, speaker, lead_in):
    turn = find_turns(place([text]))[0]
    assert (turn.speaker, text[: turn.lead_in]) == (speaker, lead_in)


def test_acting_first_and_speaking_then():
    turns = find_turns(
        place(
            ["市委书记沈北川参加。"],
            ["座谈会上,沈北川对科技部的支持表示感谢,指出,科学城是战略支点,要做好文章。"],
            ["沈北川、殷若兰走进企业察看创新成果,要求进一步加强攻关。", "企业位于园区东侧。"],
        )
    )
    assert [turn.speaker for turn in turns] == ["", "沈北川", "沈北川", ""]


def test_carried_over_sentences_enumerations_and_paragraphs():
    assert speakers(
        ["许朝阳表示,主要内容是实施六大工程。", "一是实施创建工程。", "二是实施跨越工程。"],
        ["三是实施优化工程。"],
        ["林致远指出,要加强攻关。", "强化战略力量。"],
    ) == ["许朝阳", "许朝阳", "许朝阳", "许朝阳", "林致远", "林致远"]


def test_a_reference_to_somebody_else_does_not_end_the_turn():
    assert speakers(["林致远指出,要抓落实。", "习近平总书记近期再次强调创新是决定性因素。"]) == [
        "林致远",
        "林致远",
    ]


def test_narration_takes_over():
    assert speakers(
        ["沈北川强调,要抓落实。", "确保安全度汛。"],
        ["科技部和江州市领导李苇、崔北辰参加。"],
        ["(责编:鲍知微)"],
    ) == ["沈北川", "沈北川", "", ""]


def test_pronoun_means_who_was_named_last():
    turns = find_turns(
        place(
            [
                "昨天上午,市委书记沈北川到高新区调研。",
                "他强调,要保持初心。",
                "集聚未来人才。",
                "市长殷若兰一同调研。",
            ]
        )
    )
    assert [turn.speaker for turn in turns] == ["", "沈北川", "沈北川", ""]
    assert turns[1].role == "市委书记"


def test_a_report_makes_its_author_the_speaker():
    assert speakers(
        ["市科委主任许朝阳参加。"],
        ["许朝阳作了题为《谋篇布局》的报告。", "报告回顾了三年的工作。"],
        ["据介绍,三年来做了5个方面工作。", "一是提升能力。"],
    ) == ["", "", "许朝阳", "许朝阳", "许朝阳"]


def test_role_is_the_title_printed_anywhere():
    turns = find_turns(
        place(["市委书记沈北川,科技部党组书记、部长林致远参加。"], ["林致远指出,要加强攻关。"])
    )
    assert turns[1].role == "科技部党组书记、部长"


def test_english_quotation_runs_on():
    turns = find_turns(
        place(
            ["Helen Marsh, Minister for Science, opened the forum on 19 June."],
            ['"Thank you for being here," she said.', '"Our country spent 2.1% of GDP on research."'],
            [
                'Minister Marsh said: "We need to train more engineers.',
                'We will fund 2,000 fellowships by 2027."',
            ],
            ["The forum continues until Friday."],
        )
    )
    assert [turn.speaker for turn in turns] == [
        "",
        "Helen Marsh",
        "Helen Marsh",
        "Helen Marsh",
        "Helen Marsh",
        "",
    ]
    assert turns[3].lead_in == len("Minister Marsh said: ")


def test_english_titles_and_late_speakers():
    placed = place(
        [
            "The Chancellor, Jeremy Hart, said: “The country is home to talent.",
            "We must ensure that firms thrive.”",
        ],
        ["Spending totalled 2.44 trillion yuan, Lin Zhiyuan, minister of science, said on Friday."],
        ["The share was 2.4% of GDP, Lin said."],
    )
    assert [turn.speaker for turn in find_turns(placed)] == [
        "Jeremy Hart",
        "Jeremy Hart",
        "Lin Zhiyuan",
        "Lin Zhiyuan",
    ]


def test_dateline_and_place_before_the_verb():
    turns = find_turns(
        place(
            ["新华社江州3月5日电（记者 胡望）科技部部长林致远5日在“部长通道”接受采访时说,研发占比要提高。"],
            ["北湖公司轮值董事长徐知行在大会上表示,公司计划扩大投入。"],
        )
    )
    assert [(turn.speaker, turn.role) for turn in turns] == [
        ("林致远", "科技部部长"),
        ("徐知行", "北湖公司轮值董事长"),
    ]


def test_report_without_a_speaker():
    assert (
        speakers(["各位代表：", "现在，我代表省人民政府向大会报告工作。"], ["加快建设现代化产业体系。"])
        == [""] * 3
    )


PIECES = st.sampled_from(
    [
        "沈北川",
        "强调",
        ",",
        "他",
        "指出",
        "：“",
        "”",
        "要抓好落实",
        "。",
        "参加",
        "She",
        " said",
        '"',
        "据介绍,",
        "作了报告",
        " ",
        "We will act",
    ]
)


@settings(max_examples=150)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=8).map("".join), max_size=6))
def test_one_turn_a_sentence_with_the_lead_in_inside(texts):
    placed = place(*[[text] for text in texts])
    turns = find_turns(placed)
    assert len(turns) == len(placed)
    for turn, sentence in zip(turns, placed, strict=True):
        assert 0 <= turn.lead_in <= len(sentence.text)


def test_interviews_name_the_speaker_before_a_colon():
    turns = find_turns(
        place(["记者：有什么打算？"], ["檀越平：明年要建成三条线。", "投资10亿元。"], ["记者：钱从哪来？"])
    )
    assert [turn.speaker for turn in turns] == ["", "檀越平", "檀越平", ""]
    assert turns[1].lead_in == len("檀越平：")


def test_statistics_and_bodies_end_a_quotation():
    quote = "“成本还会再降。”市长沈北川说，明年要建成三条线。"
    assert speakers([quote], ["据统计，全市有12家企业。"]) == ["沈北川", ""]
    assert speakers([quote], ["机构研报认为，市场将增长两成。"]) == ["沈北川", ""]
    assert speakers([quote], ["厂区占地600亩。"]) == ["沈北川", ""]


def test_what_is_said_may_follow_the_verb_at_once():
    assert speakers(["市长殷若兰出席。", "殷若兰说这是全市的大事。", "她也希望大家支持。"]) == [
        "",
        "殷若兰",
        "殷若兰",
    ]


def test_officials_named_by_surname_and_title():
    assert speakers(["东陵大学副校长尹敬之到访。"], ["尹副校长表示,学校将选派博士后。"]) == ["", "尹敬之"]


def test_he_is_who_was_named_before_him():
    text = "市长殷若兰将公布报告,她7日在平台表示,将听取意见。"
    assert speakers(["林致远指出,要抓落实。"], [text]) == ["林致远", "殷若兰"]


def test_a_new_paragraph_is_the_document_s_own_unless_it_goes_on():
    assert speakers(["市长殷若兰表示,项目已经完工。"], ["展馆前方的街道建于1920年。"]) == ["殷若兰", ""]
    assert speakers(["市长殷若兰表示,项目已经完工。"], ["二是加快招商。"]) == ["殷若兰", "殷若兰"]


def test_a_press_conference_goes_on_over_paragraphs():
    assert speakers(
        ["省政府新闻办举行新闻发布会。"], ["副厅长揭晓东介绍,产值增长5%。"], ["规模以上企业达到37家。"]
    ) == ["", "揭晓东", "揭晓东"]


def test_a_quotation_named_at_its_end_is_its_speaker_s_from_the_start():
    turns = find_turns(
        place(
            ["“We are proud of this,” said Ann Reed, head of Orbis."],
            ["“The line is open. ", "It employs 50 people,” said Owen Farrow, head of Skills at Lumen."],
        )
    )
    assert [turn.speaker for turn in turns] == ["Ann Reed", "Owen Farrow", "Owen Farrow"]


def test_an_interview_with_half_width_colons():
    turns = find_turns(place(["记者:有什么打算?"], ["檀越平:明年要建成三条线。", "投资10亿元。"]))
    assert [turn.speaker for turn in turns] == ["", "檀越平", "檀越平"]


def statements(text):
    reading = read(text.encode(), "x.txt", date(2025, 6, 3))
    return [
        (one.sentence[one.q_start - one.start : one.q_end - one.start], one.speaker)
        for one in reading.statements
        if one.q_start
    ]


def test_the_half_of_a_sentence_before_the_verb_is_the_narrator_s():
    text = "江州市共有25家实验室,市长殷若兰在走访12家企业时表示,年内将新增8家。\n"
    assert [speaker for _, speaker in statements(text)] == ["", "", "殷若兰"]
    text = "“全市已有25家实验室建成投用。”市长殷若兰说,年内将新增8家。\n"
    assert [speaker for _, speaker in statements(text)] == ["殷若兰", "殷若兰"]
    text = "Speaking to 200 guests in Orbis, Minister Ann Reed said that 12 laboratories will open by 2030.\n"
    assert statements(text) == [("200 guests", ""), ("12 laboratories", "Ann Reed")]


def test_a_paragraph_that_tells_of_the_occasion_is_the_narrator_s():
    opening = ["江州市举行新闻发布会。"], ["副市长殷若兰介绍,产值增长5%。"]
    for told in (
        "本次发布会吸引了80名记者。",
        "大会当天还举行了3场对接活动。",
        "调研组一行先后参观了4家企业。",
        "这是江州市首次发布此类报告。",
        "殷若兰曾在科技厅工作12年。",
    ):
        assert speakers(*opening, [told])[-1] == "", told
    assert speakers(*opening, ["规模以上企业达到37家。"], ["下一步将建设5个平台。"])[-2:] == ["殷若兰"] * 2


def test_a_body_speaks_for_no_person_named_in_what_it_says():
    assert speakers(["市长殷若兰出席。"], ["市发改委今日表示,市长殷若兰提出的方案投资5亿元。"]) == ["", ""]
    assert speakers(["市长殷若兰出席。"], ["市长殷若兰在县政府宣布,工厂年内开工。"])[-1] == "殷若兰"


def test_a_title_alone_means_who_bears_it():
    assert speakers(["副总统殷若兰出席。"], ["副总统表示,合作将继续。"]) == ["", "殷若兰"]
    assert speakers(["市科技局局长许朝阳到会。"], ["该局局长指出,要建成3个平台。"]) == ["", "许朝阳"]
    assert (
        speakers(["殷若兰副市长出席签约。"], ["副市长肯定了成绩。", "她表示,将新建2个园区。"])[-1] == "殷若兰"
    )
    assert speakers(["市长殷若兰、县长沈北川出席。"], ["副局长表示,要抓落实。"])[-1] == ""
    text = ["Ann Reed, Minister for Science, opened the site."], ["The minister said it employs 50 people."]
    assert speakers(*text)[-1] == "Ann Reed"
    assert speakers(
        text[0], ["Reed promised that it will grow."], ["According to her, 40 firms use it."]
    ) == [
        "",
        "Ann Reed",
        "Ann Reed",
    ]
    assert speakers(["According to the press release, 200 jobs are expected."]) == [""]


def test_asking_in_a_question_is_no_speaking():
    text = "部长殷若兰回答完记者提问,3场采访活动结束。"
    assert speakers([text]) == [""]
    assert speakers(["部长殷若兰出席发布会并答记者问。"], ["会场坐了300人。"]) == ["", ""]


def test_words_that_hold_a_verb_of_speaking_name_no_body():
    assert (
        speakers(["县长沈北川要求,要抓好项目。", "要聚焦发展所需、群众所盼,谋划一批项目。"]) == ["沈北川"] * 2
    )


def test_a_long_quotation_named_behind_it():
    told = ["“我们要制定战略。", "接下来会投入3亿元,深耕自己的领域。”", "卓能公司副董事长殷若兰表示。"]
    assert speakers(told) == ["殷若兰"] * 3


def test_a_transcript_names_its_speakers_in_capitals():
    assert speakers(
        ["Secretary Maria Ortiz"],
        ["SECRETARY ORTIZ: We will add 3 ships next year.", "They will be built here."],
        ["MODERATOR: How many people will you hire?"],
        ["SECRETARY ORTIZ: About 200 engineers."],
        ["It is a start."],
    ) == ["", "Maria Ortiz", "Maria Ortiz", "", "Maria Ortiz", "Maria Ortiz"]


def test_a_transcript_names_its_speaker_on_a_line_of_their_own():
    told = speakers(
        ["交通厅副厅长 殷若兰:"],
        ["大家好。", "很高兴回答大家感兴趣的问题。"],
        ["本次发布会吸引了80名记者。"],
        ["未来3年将建成5条线路。"],
        ["主持人:"],
        ["下面请记者提问。"],
    )
    assert told == [*["殷若兰"] * 5, "", ""]


def test_what_somebody_introduced_follows_the_colon():
    text = "交通厅厅长殷若兰介绍了过去一年的主要成果:完成铁路投资308亿元;"
    turns = find_turns(place([text, "完成机场投资22亿元。"], ["“大桥将通车。”"]))
    assert [turn.speaker for turn in turns][:2] == ["殷若兰", "殷若兰"]
    assert text[turns[0].lead_in :].startswith("完成铁路")


def voices(*paragraphs):
    """For each sentence its stretches with who is heard in them."""
    placed, heard = place(*paragraphs), []
    for turn, sentence in zip(find_turns(placed), placed, strict=True):
        starts = [*(voice.start for voice in turn.voices), len(sentence.text)]
        heard.append(
            [
                (voice.speaker, sentence.text[start:end])
                for voice, start, end in zip(turn.voices, starts, starts[1:], strict=False)
            ]
        )
    return heard


def test_two_people_speak_in_one_sentence():
    text = "市长殷若兰认为,成本过高,校长沈北川则表示,周期太长。"
    assert voices([text])[0] == [
        ("", "市长殷若兰认为,"),
        ("殷若兰", "成本过高,"),
        ("", "校长沈北川则表示,"),
        ("沈北川", "周期太长。"),
    ]


def test_a_quotation_and_the_words_around_it():
    text = "“This is the largest laboratory of all,” said Ann Reed, head of Orbis. “It has 40 rooms.”"
    assert voices([text])[0] == [
        ("Ann Reed", "“This is the largest laboratory of all,”"),
        ("", " said Ann Reed, head of Orbis. "),
        ("Ann Reed", "“It has 40 rooms.”"),
    ]
    assert voices(["“项目已经建成三条线。”", "市长殷若兰在走访12家企业时说。"]) == [
        [("殷若兰", "“项目已经建成三条线。”")],
        [("", "市长殷若兰在走访12家企业时说"), ("殷若兰", "。")],
    ]


def test_a_quotation_that_stands_alone_is_named_behind_it():
    assert speakers(["“过去修一台要等15天。”"], ["说这话的是运维中心主任訾文渊。"]) == ["訾文渊", ""]
    assert (
        speakers(["“现在两天就够了。”", "“明年还要再快些。”"], ["站长覃月娥笑着说。"])[:2] == ["覃月娥"] * 2
    )


def test_a_quotation_that_stands_alone_goes_on_with_its_speaker():
    told = speakers(["站长覃月娥说：“换电要3分钟。”"], ["“明年再建两座站。”"], ["站里有6名工人。"])
    assert told == ["覃月娥", "覃月娥", ""]
    english = speakers(
        ["Minister Ann Reed said: “We paid for it."], ["“It is open now.”"], ["The site has 12 rooms."]
    )
    assert english == ["Ann Reed", "Ann Reed", ""]


def test_what_is_said_may_stand_in_paragraphs_without_marks():
    told = speakers(
        ["Energy Secretary Dana Whitlow said:"],
        ["We are backing 11 plants.", "It is a start."],
        ["Our aim is growth."],
        ["The fund opened in May."],
    )
    assert told == ["Dana Whitlow", *["Dana Whitlow"] * 3, ""]


def test_a_pronoun_means_who_acted_last_not_who_stood_by():
    assert speakers(["市长殷若兰在书记沈北川陪同下到港口调研。", "她说,要抓进度。"])[-1] == "殷若兰"
    assert speakers(["书记沈北川会见了市长殷若兰。", "他表示,要加强合作。"])[-1] == "沈北川"
    text = (
        ["Minister Ann Reed opened the site."],
        ["Mayor Tom Kerr was cautious.", "“It cost us 9 million,” he said."],
    )
    assert speakers(*text)[-1] == "Tom Kerr"


def test_whose_name_is_not_given_is_nobody():
    assert speakers(["市长殷若兰说,要抓进度。", "工务局沈局长表示,追加部分已送审查。"]) == ["殷若兰", ""]
    told = speakers(
        ["“We were late,” a spokesperson said.", "“It will not happen again.”"],
        ["Ann Reed, head of Orbis, came."],
    )
    assert told == ["", "", ""]


def test_a_place_before_a_colon_is_no_speaker():
    assert speakers(["江阴：对首次认定的企业给予奖励。"], ["平桥：支持建设平台。"]) == ["", ""]
    assert speakers(["记者：有什么打算？"], ["檀越平：明年要建成三条线。"]) == ["", "檀越平"]


def test_the_verb_may_stand_before_its_subject_without_marks():
    told = voices(["About 12 parks will be built, said Transport Minister Greta Holm on Friday."])[0]
    assert told[0] == ("Greta Holm", "About 12 parks will be built,")
    assert speakers(["Prices rose, said the ministry."]) == [""]


def test_a_role_without_a_name_is_nobody():
    assert speakers(["“竞争激发活力。”", "园区相关负责人说。", "一专班签约27个项目。"]) == ["", "", ""]
    assert speakers(["站长覃月娥说，要加快。", "一位专家表示，成本还高。"]) == ["覃月娥", ""]


def test_a_colon_before_a_quotation_gives_the_word_whatever_the_verb():
    told = ["局长亓春和便走上台算起账：“新签12个项目。”"]
    assert speakers(told) == ["亓春和"]
    assert speakers(["站长覃月娥到会。"], ["覃月娥掰着指头盘点：“换了40台。”"])[-1] == "覃月娥"


def test_a_side_of_a_conflict_is_no_person():
    assert speakers(["乌方称，已撤出该镇。"], ["俄罗斯代表表示，谈判将继续。"]) == ["", ""]


def test_under_a_label_headings_are_the_speaker_s():
    told = speakers(
        ["全国政协委员、东陵大学校长白重山："],
        ["今年要建成3个平台。"],
        ["董事长黄立文："],
        ["我们投入了20年。"],
    )
    assert told == ["白重山", "白重山", "黄立文", "黄立文"]
    placed = place(["校长白重山："], ["要懂技术"], ["今年要建成3个平台。"])
    placed[1] = Sentence(placed[1].start, placed[1].end, placed[1].text, 1, is_heading=True)
    assert [turn.speaker for turn in find_turns(placed)] == ["白重山", "", "白重山"]


def test_in_somebody_s_eyes():
    assert speakers(["董事长殷若兰到会。"], ["在殷若兰看来，成本还会再降3成。"])[-1] == "殷若兰"
    assert speakers(["董事长殷若兰到会。", "在她眼中，机器人不只是工具。"])[-1] == "殷若兰"


def test_a_quotation_between_its_speaker_and_the_verb():
    text = "董事长殷若兰神情坚定，“这条链上的企业有40家，可以整合，”她信心十足地说：我们有机会。"
    assert [speaker for speaker, _ in voices([text])[0]] == ["", "殷若兰", "", "殷若兰"]


def test_who_acts_and_hopes():
    text = "厅长殷若兰对12家企业的成绩给予肯定，希望企业抢抓机遇，建好平台。"
    assert voices([text])[0] == [("", text[: text.index("希望")]), ("殷若兰", text[text.index("希望") :])]


def test_an_english_subject_with_a_clause_of_its_own():
    text = "The secretary of the fund, Tom Kerr presenting letters to 12 colleges, said the government paid 3 million."
    assert voices([text])[0][-1] == ("Tom Kerr", "the government paid 3 million.")
    told = speakers(
        ["Ann Reed, Minister for Science, came."],
        ["The minister, who was met by Mr Ivo Brandt, a chemist, said: “We paid 3 million.”"],
    )
    assert told[-1] == "Ann Reed"
    assert (
        speakers(["Shaun Davies welcomed the plan.", "“It brings 300 jobs,” he said."])[-1] == "Shaun Davies"
    )


def test_what_is_said_ends_where_its_speaker_is_named_behind_it():
    text = (
        "The city will build three piers, deputy prime minister Pieter Holm said, the Harbour Post reported."
    )
    assert voices([text])[0][0] == ("Pieter Holm", "The city will build three piers, ")
    found = [
        one.sentence
        for one in read(text.encode(), "x.txt", date(2025, 6, 3)).statements
        if one.kind == "task"
    ]
    assert found == ["The city will build three piers,"]


def test_a_title_without_a_closing_comma():
    told = speakers(
        ['Ivo Marsh, Minister of State for Harbours, Skills and Towns said: "We paid.'],
        ['"We will open two sites.'],
        ['"It took 10 years."'],
        ["The council has 12 boats."],
    )
    assert told == ["Ivo Marsh"] * 3 + [""]


def heard(*paragraphs):
    """Who says what, without the narrator's stretches; the text may be traditional."""
    simple = [[repair(Layer.identity(text)).text for text in paragraph] for paragraph in paragraphs]
    return [
        [(who, said.strip()) for who, said in sentence if who and said.strip()]
        for sentence in voices(*simple)
    ]


def last_heard(*paragraphs):
    """Who speaks last in each sentence; the text may be traditional."""
    return [told[-1][0] if told else "" for told in heard(*paragraphs)]


@pytest.mark.parametrize(
    "text",
    [
        "市长殷若兰说，成本过高，局长沈北川回应会再降3成。",
        "市长殷若兰說，成本過高，局長沈北川則強調會再降3成。",
        "市长殷若兰指出，成本过高，局长沈北川也说明会再降3成。",
        "市长殷若兰表示成本过高，局长沈北川回应，会再降3成。",
    ],
)
def test_two_people_speak_each_with_a_comma_behind_the_verb_or_without(text):
    told = heard([text])[0]
    assert [who for who, _ in told] == ["殷若兰", "沈北川"]
    assert told[1][1].startswith(("会再降", "會再降"))


@pytest.mark.parametrize(
    "verb",
    [
        "答询",
        "答詢時說",
        "回应",
        "回覆",
        "透露",
        "坦言",
        "强调",
        "认为",
        "预期",
        "描述",
        "受访时说",
        "直呼",
        "形容",
    ],
)
@pytest.mark.parametrize("mark", ["，", "：“", "“"])
def test_verbs_of_answering_and_telling_are_one_table(verb, mark):
    close = "”" if mark != "，" else ""
    assert last_heard([f"副市长罗致远{verb}{mark}工程将投资3亿元，明年完工。{close}"]) == ["罗致远"]


def test_somebody_who_speaks_anywhere_is_known_everywhere():
    assert last_heard(["罗致远强调最先进的都会留下。"], ["罗致远表示，投资不会停。"]) == ["罗致远"] * 2
    assert last_heard(["罗致远听到就说「这是好事」。"], ["罗致远说明，投资不会停。"]) == ["罗致远"] * 2
    assert last_heard(["针对外界疑虑，罗致远坦承会再检讨。"], ["罗致远说，投资不会停。"]) == ["罗致远"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "东陵大学罗若成校长表示，学生有1400名。",
        "文化局罗若成代理局长指出，活动有12场。",
        "特别到场的罗若成市长说，海岸线退了3公尺。",
        "另外，江州国中九年级的罗若成表示，去年比了2场。",
    ],
)
def test_body_name_and_title_in_one_run(text):
    assert last_heard(["议长殷若兰表示，活动很好。", text]) == ["殷若兰", "罗若成"]


@pytest.mark.parametrize(
    "text",
    [
        "针对殷若兰的建议，江州市政府观光旅游局局长表示，将评估12处设施。",
        "总统指出，合作已有20年。",
        "主任说，会再加派12人。",
        "园区相关负责人介绍，已有12家。",
        "園區相關負責人說明，已經有12間廠商進駐。",
    ],
)
def test_an_office_without_a_name_is_nobody_and_so_is_the_pronoun_behind_it(text):
    assert last_heard(["议员殷若兰指出，步道有4条。", text, "他强调，明年会更好。"]) == ["殷若兰", "", ""]


def test_an_office_named_elsewhere_is_its_bearer():
    assert last_heard(["江州市长殷若兰到场。"], ["江州市长表示，明年动工。"])[-1] == "殷若兰"
    assert last_heard(["前总统殷若兰到场。"], ["总统表示，明年动工。"])[-1] == ""


def test_a_surname_alone_means_its_bearer():
    told = last_heard(
        ["市长殷若兰、副市长罗致远到场。", "殷说，非常新奇。", "罗也说，比以前厉害。", "赵说，不错。"]
    )
    assert told[1:3] == ["殷若兰", "罗致远"]


def test_a_place_before_a_title_is_no_person():
    told = last_heard(
        ["高雄副市长林若荣发表演讲。"],
        ["林若荣表示，高雄市长陈其远宣布四大主轴。"],
        ["他说，公车将全面电动化。"],
    )
    assert told == ["", "林若荣", "林若荣"]


@pytest.mark.parametrize("place", ["NEW HARBOUR", "PORT ELIAS", "NORTH QUAY"])
def test_a_dateline_in_capitals_is_no_label(place):
    assert last_heard([f"{place}: The port has 12 cranes."], ["It opened in May."]) == ["", ""]
    told = last_heard(["MODERATOR: How many?"], ["IVO BRANDT: We have 12 cranes."])
    assert told == ["", "Ivo Brandt"]


@pytest.mark.parametrize(("opens", "closes"), [("'", "'"), ("‘", "’")])
def test_speech_in_single_marks(opens, closes):
    told = heard(
        ["Ann Reed, Minister for Harbours, came."],
        [f"{opens}The port's cranes are ours. ", f"We need 12 more,{closes} she said."],
        [f"Reed added: {opens}It is the city's future.{closes}"],
        ["The council's ‘Big Crane’ plan has 12 parts."],
    )
    assert [[who for who, _ in one] for one in told] == [[], ["Ann Reed"], ["Ann Reed"], ["Ann Reed"], []]


@pytest.mark.parametrize("adds", ["adding that", "noting that", "saying", "stressing that"])
def test_what_is_added_behind_the_speaker_is_theirs(adds):
    told = heard([f"“We paid for it,” said Ann Reed, head of Orbis, {adds} 40 firms use it."])[0]
    assert told == [("Ann Reed", "“We paid for it,”"), ("Ann Reed", "40 firms use it.")]
    told = heard([f"The port will grow, said Minister Ann Reed, {adds} 40 firms use it."])[0]
    assert told[-1] == ("Ann Reed", "40 firms use it.")


def test_an_office_of_several_words_and_letters_behind_a_name():
    told = last_heard(
        ["Prime Minister Ivo Brandt opened the site."],
        ["To this end, the Prime Minister emphasised that 40 firms use it."],
        ["Ann Reed MS, Minister for Economy, Northern Government said:"],
        ["We will add 12 rooms."],
    )
    assert told == ["", "Ivo Brandt", "Ann Reed", "Ann Reed"]


def test_a_headline_that_names_its_speaker_behind():
    placed = place(["Harbours need 40 boats, says Minister Ann Reed"], ["The port is new and has 12 cranes."])
    placed[0] = Sentence(placed[0].start, placed[0].end, placed[0].text, 0, is_heading=True)
    assert [turn.speaker for turn in find_turns(placed)] == ["Ann Reed", ""]


@pytest.mark.parametrize(
    "text",
    [
        "3人共同强调，会审慎准备。",
        "两位议员也补充将再质询。",
        "文化局表示将进一步研议。",
        "法国方面称，下周讨论。",
        "對此，教育局回應將加強宣導，也會檢討。",
    ],
)
def test_several_people_and_bodies_take_the_word_from_a_person(text):
    assert last_heard(["议员殷若兰指出，步道有4条。", text, "明年将再增加2条。"]) == ["殷若兰", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        "联谊会罗若成认为步道要有12条照明。",
        "罗若成形容步道像12年前一样。",
        "羅若成告訴本報記者，步道要有12條照明。",
        "罗若成相信步道能有12条。",
    ],
)
def test_somebody_without_a_title_speaks_without_a_comma(text):
    assert (
        last_heard([text], ["罗若成說，要再检讨。" if "說" in text else "罗若成说，要再检讨。"])[0]
        == "罗若成"
    )


@pytest.mark.parametrize("verb", ["没有回应", "拒绝透露", "不愿说明", "未指出"])
def test_who_does_not_say_so_has_not_the_word(verb):
    assert last_heard(["局长殷若兰到会。"], [f"殷若兰{verb}「通行码」有12种。"]) == ["", ""]


def test_an_official_known_by_surname_and_title_only_speaks_in_english():
    told = heard(
        ["Gov. Moore opened the site."],
        ["Moore said Tuesday he believes it needs 12 rooms."],
        ["Despite this, Moore believes investing in a port is a bet, and a good one."],
        ["“It has 12 rooms,” Moore told reporters."],
    )
    assert [[who for who, _ in one] for one in told] == [[], ["Moore"], [], ["Moore"]]


@pytest.mark.parametrize(
    "opening",
    [
        "Here is part of Governor Brandt’s statement:",
        "Statement by Ivo Brandt, Governor of the Coast:",
        "Comments from Governor Ivo Brandt:",
    ],
)
def test_a_statement_stands_in_a_paragraph_of_its_own(opening):
    told = last_heard(["Governor Ivo Brandt came."], [opening], ["“The port has 12 cranes. ", "We paid.”"])
    assert told == ["", "Ivo Brandt", "Ivo Brandt", "Ivo Brandt"]


@pytest.mark.parametrize("verb", ["welcomed the plan", "hailed the vote today", "thanked 12 firms"])
def test_who_acts_and_says(verb):
    told = heard([f"Minister Ann Reed {verb}, saying it will bring 40 boats."])[0]
    assert told == [("Ann Reed", "it will bring 40 boats.")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("市长殷若兰的回答是:紧扣两大定位,打造6个区。", "紧扣两大定位,打造6个区。"),
        ("根据殷若兰说法，将有12家企业进驻。", "将有12家企业进驻。"),
        ("殷若兰分析市场明年将增长12%。", "市场明年将增长12%。"),
        ("依據殷若蘭的說法，將有12家企業進駐園區。", "将有12家企业进驻园区。"),
    ],
)
def test_answers_opinions_and_accounts_are_their_owner_s(text, said):
    assert heard(["市长殷若兰到场。"], [text])[-1] == [("殷若兰", said)]


@pytest.mark.parametrize(
    "text",
    [
        "6月5日，一名记者提出了12个问题。",
        "另一方面，北湖软银 (Softline) 周二表示，已出售60亿元持股。",
        "受此鼓舞，股价上涨10%。",
    ],
)
def test_what_the_narrator_tells_between_ends_the_turn(text):
    told = last_heard(["江州举行新闻发布会。"], ["副市长殷若兰介绍，产值增长5%。"], [text])
    assert told == ["", "殷若兰", ""]


@pytest.mark.parametrize("who", ["大三学生沈若青", "策展人黄若珣", "种粮户主林若成", "村民莫若春"])
def test_who_speaks_by_what_they_are(who):
    assert last_heard([f"{who}表示，比去年多了12天。"]) == [who[-3:]]


def test_an_opening_single_mark_that_closes_before_a_comma():
    told = heard(["Minister Ann Reed came.", "‘I don’t think these 12 houses are needed’, she added."])
    assert told[1] == [("Ann Reed", "‘I don’t think these 12 houses are needed’,")]


def test_a_label_with_a_bullet_before_it():
    told = last_heard(
        ["国家发展改革委副主任张晓若介绍情况并答记者问。"],
        ["- 张晓若:"],
        ["“十六大”以来,投资增长12%。"],
        ["- 主持人:"],
        ["下面提问。"],
    )
    assert told == ["", "张晓若", "张晓若", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        "预计10年研发9颗卫星，行政院罗若德今天说，已投入259亿元。",
        "预计研发9颗卫星，前来致意的罗若德说，已投入259亿元。",
        "預計研發9顆衛星，行政院羅若德今天說，已投入259億元。",
    ],
)
def test_somebody_known_right_before_the_verb_whatever_stands_before(text):
    assert last_heard(["行政院长罗若德到场。"], [text])[-1] == "罗若德"


def test_labels_in_brackets():
    told = last_heard(
        ["院士朱若祥与校长骆若铭出席记者见面会。"],
        ["【主持人 袭若春】上午好。"],
        ["【院士 朱若祥】我们发表了200篇论文。", "明年再发表20篇。"],
        ["【中央电视台记者】投入了多少?"],
        ["[骆若铭]投入了2亿元。"],
    )
    assert told == ["", "", "朱若祥", "朱若祥", "", "骆若铭"]


def test_the_minutes_of_a_parliament():
    told = last_heard(
        ["陈委员秀若：有哪些据点？"],
        ["主席（吴委员若玎代）：请说明。"],
        ["吴主任委员若忠：一共有18个据点。"],
        ["今年再增加2个。"],
    )
    assert told == ["陈秀若", "", "吴若忠", "吴若忠"]


@pytest.mark.parametrize(
    ("asks", "answers", "who"),
    [
        ("卢议员若川：去年有几个据点？", "韩县长若平：一共有18个据点。", ("卢若川", "韩若平")),
        ("• 盧議員若川:", "• 主席何議長若敏:", ("卢若川", "何若敏")),
        ("主　席：今天没有人请假。", "欧阳局长若海：今年有3场。", ("", "欧阳若海")),
        ("主席何副议长若敏：请答复。", "欧阳秘书长若海：今年有3场。", ("何若敏", "欧阳若海")),
    ],
)
def test_the_minutes_of_a_county_council(asks, answers, who):
    assert last_heard([asks], [answers], ["今年再增加2个。"]) == [*who, who[1]]


@pytest.mark.parametrize(
    "text",
    [
        "行政长官罗若诚回应时指出,同意12项建议。",
        "行政长官罗若诚承认12项问题仍在。",
        "議員關注就業,行政長官羅若誠回應表示,有12項措施。",
    ],
)
def test_answering_while_pointing_out(text):
    assert last_heard([text]) == ["罗若诚"]


def test_who_only_asks_about_something_has_not_the_word():
    assert last_heard(["议员颜若恒到场。", "颜若恒问及12项工程。"]) == ["", ""]


@pytest.mark.parametrize(("opens", "closes"), [("“", "’’"), ("‘‘", "’’"), ("''", "''"), ("‘‘", "”")])
def test_two_single_marks_are_a_double_one(opens, closes):
    told = last_heard(
        ["Ann Reed, Minister for Harbours, opened it."],
        [f"{opens}We need 12 cranes,{closes} she said."],
        ["The port opened in May by order of President Ivo Brandt."],
    )
    assert told == ["", "Ann Reed", ""]


def test_an_office_that_acts_is_who_a_pronoun_means():
    told = last_heard(
        ["Mr Ivo Brandt, Minister of Harbours, came."],
        ["The minister spoke at a ceremony by Tom Kerr, Permanent Secretary of the ministry."],
        ["“We have 12 cranes,” he said."],
    )
    assert told[-1] == "Ivo Brandt"
    told = last_heard(
        ["Mr Ivo Brandt, Minister of Harbours, came."],
        ["Brandt, who was sworn in with 44 others by President Tom Kerr, said that 12 cranes will follow."],
    )
    assert told[-1] == "Ivo Brandt"


@pytest.mark.parametrize(
    "text",
    [
        "谢理事长多次提出具体建议。",
        "罗若祝服务处表示，将有12项措施。",
        "罗若祝办公室回应，将有12项措施。",
        "羅若祝服務處表示，將有12項措施推動。",
    ],
)
def test_a_noun_like_a_verb_and_somebody_s_office_give_nobody_the_word(text):
    assert last_heard(["理事长谢若生与立委罗若祝到场。", text]) == ["", ""]


@pytest.mark.parametrize("says", ["指未来两个月有12项工作。", "又称明年再办12场。", "指出未来有12项工作。"])
def test_somebody_acts_and_says_without_being_named_again(says):
    assert last_heard([f"局长罗若东今日主持会议,{says}"]) == ["罗若东"]
    assert (
        last_heard(["局長羅若東今日主持團隊會議,指未來兩個月的重點工作有12項。", "同時於年內完成規劃。"])
        == ["罗若东"] * 2
    )


@pytest.mark.parametrize("says", ["质询说", "質詢表示", "简报指出", "受访说", "致詞時表示"])
def test_the_occasion_before_the_verb(says):
    assert last_heard([f"罗若彬{says}，預估至2030年有12座。"]) == ["罗若彬"]


def test_an_insisting_surname():
    assert last_heard(["立委刘若彬质询。", "刘仍坚持说，有12座。"]) == ["", "刘若彬"]


def test_what_somebody_states_while_acting():
    told = last_heard(
        ["Business Secretary Kofi Kwame welcomed it, stating: “The UK has 12 parks. "], ["“They will grow.”"]
    )
    assert told == ["Kofi Kwame"] * 2


def test_an_interview_names_its_speakers_in_small_letters():
    told = last_heard(
        ["Doorstop interview, New Harbour"],
        ["Matt Canavar: This project will create 400 jobs for us."],
        ["Simon Bering: Well thanks, Matt. "],
        ["JOURNALIST: When will it open to visitors?"],
    )
    assert told == ["", "Matt Canavar", "Simon Bering", ""]
    assert last_heard(["Economic Growth: The city has 400 firms and will add more."]) == [""]


@pytest.mark.parametrize(
    "text",
    [
        "市议员颜若恒到场。但颜若恒却指出，12个商圈仍待观察。",
        "議員顏若恆到場。顏若恆卻「開砲」說，12個商圈仍待觀察。",
        "議員顏若恆到場。面對追問，顏若恆只好說「有12個商圈」。",
        "议员颜若恒因资料不全到场。颜若恒说，有12个商圈。",
    ],
)
def test_how_somebody_says_it(text):
    assert last_heard([text]) == ["颜若恒"]


@pytest.mark.parametrize(
    "text",
    [
        "Councillor Tarrow introduced the report. He stated that 60 jobs would come.",
        "Councillor Tarrow confirmed that a bid of £2 million had been made.",
        "Cllr Tarrow spoke first. She added that 60 jobs would come.",
        "Mr Tarrow opened the meeting. He confirmed that 60 jobs would come.",
    ],
)
def test_a_councillor_known_by_surname_alone(text):
    assert last_heard([text]) == ["Tarrow"]


@pytest.mark.parametrize(
    "text",
    [
        "颜志明致词时特别感谢罗县长，他表示，费用达15元。",
        "顏志明受訪時提到羅縣長，他說，費用達15元。",
        "颜志明答询时先谢过罗县长，他指出，费用达15元。",
    ],
)
def test_who_gives_an_address_is_meant_by_he(text):
    assert last_heard(["县长罗若诚到场。"], [text]) == ["", "颜志明"]


def test_a_magazine_asks():
    told = last_heard(
        ["《海湾周刊》：2009年经营如何？"], ["颜若恒：完成销量6亿元。"], ["《海湾周刊》：目前有3家？"]
    )
    assert told == ["", "颜若恒", ""]


@pytest.mark.parametrize(
    "lead",
    [
        "颜若恒提出三点主张，",
        "市科技局局长颜若恒就此提出了以下四条建议：",
        "颜若恒對下一步工作提出五點要求：",
        "颜若恒提出两个方面的意见。",
    ],
)
def test_what_somebody_lists_is_theirs(lead):
    told = last_heard(["局长颜若恒到会。"], [lead, "一是建5个平台。"], ["二是招20人。"])
    assert told == ["", "", "颜若恒", "颜若恒"]


def test_a_body_that_lists_is_nobody():
    assert last_heard(["局长颜若恒到会。"], ["会议提出三点要求：", "一是建5个平台。"]) == [""] * 3


@pytest.mark.parametrize(
    "label",
    [
        "Ann Reed, Minister for Science: ",
        "Ann Reed MS, Cabinet Secretary for Economy, Energy and Planning: ",
        "Ann Reed MP, Secretary of State: ",
    ],
)
def test_a_label_with_its_office_gives_the_word(label):
    text = f"{label}We will build 5 hubs. There are 20 jobs."
    told = {s.speaker for s in read(text.encode(), "x.txt").statements if s.kind != "attribution"}
    assert told == {"Ann Reed"}


def test_a_colon_behind_a_verb_is_no_label():
    text = (
        "Ann Reed, Minister for Science, announced three measures: 5 hubs, 20 labs. The fund has £3 million."
    )
    assert {s.speaker for s in read(text.encode(), "x.txt").statements if s.unit == "£"} == {""}


def test_labels_alone_on_their_lines_make_a_transcript():
    told = last_heard(
        ["沈国庆:"],
        ["大家好。", "今天请颜若恒局长介绍“十件实事”的情况,局长说过要建5个平台。"],
        ["颜若恒:"],
        ["按照市里部署要求,我们去年建成3个平台。", "市领导强调,今年要再建5个。"],
    )
    assert told == ["沈国庆"] * 3 + ["颜若恒"] * 3


@pytest.mark.parametrize("stamp", ["2031-02-20 10:02:05 - ", "10:02:05 ", "- "])
def test_a_label_behind_a_stamp(stamp):
    told = last_heard(["记者:", "今年有几项?"], [f"{stamp}颜若恒:"], ["今年有5项。"])
    assert told == ["", "", "颜若恒", "颜若恒"]


def test_a_label_may_be_a_bracket_before_a_colon_or_a_bare_line_of_a_conference():
    assert last_heard(["[主持人 何敏]: 请讲。"], ["[颜若恒]: 有5项。"], ["市里要求加快,明年再建3项。"]) == [
        "",
        "颜若恒",
        "颜若恒",
    ]
    conference = ["今天举行新闻发布会,市科技局局长颜若恒答记者问。"]
    assert last_heard(conference, ["主持人"], ["请讲。"], ["颜若恒"], ["有5项。"])[-1] == "颜若恒"


@pytest.mark.parametrize("label", ["科技局局长:", "颜局长:", "市科技局局长:"])
def test_a_label_may_name_the_office_alone(label):
    told = last_heard(
        ["以下是市科技局局长颜若恒今日与传媒谈话的内容:"], ["记者:有几项?"], [f"{label}有5项。"]
    )
    assert told == ["", "", "颜若恒"]


def test_the_text_of_a_speech_is_the_speaker_s_to_its_end():
    told = last_heard(
        ["以下是市科技局局长颜若恒今日在大会上的开场发言:"],
        ["主席:"],
        ["市长在报告中指出,去年建成3个平台。"],
        ["今年再建5个平台。"],
    )
    assert told == [""] + ["颜若恒"] * 3
    told = last_heard(
        ["Below is the text of the speech made by Ann Reed, the Minister for Science, at the Guild Hall."],
        ["There are 20 labs."],
        ["The mayor said we need 5 more."],
    )
    assert told == ["", "Ann Reed", "Ann Reed"]


def test_the_name_before_a_headline_s_colon_reaches_no_further():
    text = "经济局长颜若恒:新建5个平台 惠及20家\n局方在江州举办论坛，共有30家参加，聚焦新技术的应用和推广。\n局长颜若恒出席。"
    told = {s.sentence[:2]: s.speaker for s in read(text.encode(), "x.txt").statements if s.value}
    assert told == {"新建": "颜若恒", "局方": ""}


@pytest.mark.parametrize(
    "text",
    [
        "颜局长幽默表示，今年要建5个平台。",
        "市科技局颜局长对建设成效给予了高度评价，认为今年可建5个平台。",
        "颜局长表示将再建5个平台。",
        "局长颜若恒展开走访之旅，今天下午参观产业园区表示，今年要建5个平台。",
        "局长颜若恒也期许业者再建5个平台。",
    ],
)
def test_somebody_acts_and_speaks_however(text):
    assert last_heard(["市科技局局长颜若恒到会。"], [text])[-1] == "颜若恒"


def test_a_line_that_broke_off_goes_on():
    told = last_heard(
        [
            "市科技局局长颜若恒说,江州重视技术",
        ],
        [",今年要建5个平台。"],
    )
    assert told == ["颜若恒", "颜若恒"]


@pytest.mark.parametrize(
    "text",
    [
        "The fund will help 20 labs, the Minister of Higher and Further Education, Mr John Reed, has announced.",
        "Colleges can apply for £5m, the Minister for Science, Dr John Reed, said.",
    ],
)
def test_who_said_it_stands_with_the_title_behind(text):
    (turn,) = find_turns(place([text]))
    assert [voice.speaker for voice in turn.voices] == ["John Reed", ""]


def test_a_quotation_behind_a_colon_is_who_acts_in_its_sentence():
    text = (
        "Professor Ann Reed, President of Orbis College, welcomed the fund as a step: “It pays for 20 labs.”"
    )
    assert find_turns(place([text]))[0].voices[-1].speaker == "Ann Reed"


def test_a_host_by_name_and_an_office_before_a_blank_are_labels():
    told = last_heard(
        ["主持人 何敏:"],
        ["请记者提问。"],
        ["江州电视台记者:"],
        ["今年有几项?"],
        ["江州市发展和改革委员会副主任兼国际合作与区域开放研究中心主任 颜若恒:"],
        ["今年有5项。"],
    )
    assert told == ["", "", "", "", "颜若恒", "颜若恒"]


@pytest.mark.parametrize(
    "text",
    [
        "局长颜若恒来到机场，听取建设情况介绍，参观2条分拣线。",
        "市府办公室表示，邀请已到，颜局长表示感谢并接受邀请。",
    ],
)
def test_listening_and_thanking_are_no_words(text):
    assert last_heard(["局长颜若恒到会。"], [text])[-1] == ""


def test_the_last_part_of_a_foreign_name_means_its_bearer():
    told = last_heard(
        ["峰会主席安托万·多林出席，市长颜若恒说，今年会好。"],
        ["多林说，展位有20个。"],
        ["“我们要建5个，”多林说，“再招20人。”"],
    )
    assert told[1:] == ["安托万·多林", "安托万·多林"]


def test_a_pronoun_means_who_acted_at_the_head_without_an_office():
    told = last_heard(["副院长颜若恒说，要建5个平台。"], ["钱逸明对机构建设提出了意见。他强调，要招20人。"])
    assert told[-1] == "钱逸明"


def test_a_seat_behind_a_bullet_is_a_label_of_the_minutes():
    told = last_heard(
        ["• 主席"], ["现在开会。"], ["• 吴主任委员诚文"], ["明年将培育3,000人。", "委员会要求加快。"]
    )
    assert told == ["", "", "吴诚文", "吴诚文", "吴诚文"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The chief minister said 20 labs will open.", "Ann Reed"),
        ("20 labs will open, the CM said.", "Ann Reed"),
    ],
)
def test_an_office_alone_is_its_holder_and_not_whose_office_names_it(text, speaker):
    told = find_turns(
        place(
            ["Chief Minister Ann Reed came."],
            ["Principal Secretary to Chief Minister John Brandt was there."],
            [text],
        )
    )
    assert told[-1].speaker == speaker


def test_pictures_between_the_items_of_a_speech_do_not_end_it():
    told = last_heard(
        ["颜若恒指出，目前推动2项计划：第一、建5个平台。"],
        ["▲市府配合推动计划。", "(图/市府提供)"],
        ["第二、市府将招20人。"],
    )
    assert told == ["颜若恒", "", "", "颜若恒"]


def test_what_the_newspaper_learnt_is_the_narrator_s():
    assert last_heard(["局长颜若恒透露，将建5个平台。", "而此前，记者获悉，已建3个。"]) == ["颜若恒", ""]


def test_who_is_named_behind_quotations_does_not_go_on_in_the_next_paragraph():
    told = last_heard(["“去年建成3个平台。”", "局长颜若恒说。"], ["今年的政府工作报告提出建5个平台。"])
    assert told[-1] == ""


def test_a_quotation_alone_is_whose_paragraph_stands_before_it():
    told = find_turns(
        place(
            ["Economy Minister John Brandt said 20 labs will open."],
            ["The president of the National Bank, Ann Reed, last week criticized the plan."],
            ["“We will lose £3 million.”"],
        )
    )
    assert [turn.speaker for turn in told] == ["John Brandt", "", "Ann Reed"]


def test_an_acting_officer_by_surname_is_the_one_named_before():
    told = last_heard(["代理市长颜若恒到会。"], ["颜代理市长表示，今年要建5个平台。"])
    assert told[-1] == "颜若恒"


def test_who_is_urged_does_not_speak():
    told = last_heard(
        ["市议员颜若恒质询，预算有3亿元。", "吁市长殷若兰在此生根，要求市府再建5个平台。"],
    )
    assert told[-1] != "殷若兰"


@pytest.mark.parametrize("lead", ["本报讯 (记者 何敏)", "本报讯 ", ""])
def test_a_quotation_behind_the_byline_is_whom_the_next_sentence_names(lead):
    told = heard(
        [
            f"{lead}“数字产业前景广阔，抓好了就有主动权。”",
            "6月24日，在推进“数字江州”会议上县委书记颜若恒如是说。",
            "他还要求建5个平台。",
        ],
    )
    assert told[0][-1][0] == "颜若恒"
    assert not any(len(said) > 2 for _, said in told[1])


def test_what_somebody_utters_in_the_story_is_no_speech():
    told = last_heard(["“我们又见面了！”"], ["见面会上，主任颜若恒说出了这句重复多次的开场白。"])
    assert told[-1] == ""


@pytest.mark.parametrize(
    "text",
    [
        "市议员颜若恒忍不住痛批，要建5个平台。",
        "市议员颜若恒则回呛，要建5个平台。",
        "市议员颜若恒继续砲轰，“要建5个平台。”",
        "面对提问，市议员颜若恒不讳言，要建5个平台。",
        "市议员颜若恒允诺，要建5个平台。",
        "市议员颜若恒昨质询，要建5个平台。",
        "市议员颜若恒一度语塞，但随即说“要建5个平台”。",
        "市议员颜若恒尝试打圆场，“我也盼建5个平台”。",
    ],
)
def test_verbs_of_saying_are_a_class(text):
    assert speakers([text]) == ["颜若恒"]


def test_a_sentence_of_somebody_else_is_not_the_last_speakers():
    told = speakers(
        ["市长殷若兰说，要建5个平台。", "市议员颜若恒一度语塞，但随即说“不需要”，他另有方案。"],
    )
    assert told == ["殷若兰", "颜若恒"]


def test_what_was_said_is_mentioned_in_passing():
    assert speakers(["尽管市长殷若兰当面提醒，但议员颜若恒仍谈平台。"]) == [""]


def test_a_transcript_of_a_council_shows_by_its_turns():
    told = speakers(
        ["何若明议员:主席，我问平台的进度。"],
        ["议会主席梁若川议员:行政长官。"],
        ["行政长官:多谢何议员。", "我们会建5个平台。"],
        ["议会主席梁若川议员:何若明议员。"],
        ["何若明议员:何时完成？"],
    )
    assert told == ["何若明", "梁若川", "", "", "梁若川", "何若明"]


def test_places_before_colons_make_no_transcript():
    told = speakers(["柳川:补助50万元。"], ["平桥:奖励20万元。"], ["安阜:按10%给予补贴。"])
    assert told == ["", "", ""]


def test_a_transcript_shortens_who_answers():
    told = speakers(
        ["部长陈若基接受专访。"], ["记者:有多少人？"], ["陈:约100位。"], ["ORBIS Times:何时？"], ["陈:年底。"]
    )
    assert told == ["", "", "陈若基", "", "陈若基"]


def test_a_meeting_ends_the_turn():
    assert speakers(["议员颜若恒表示，要建5个平台。", "会议最后通过3项动议。"]) == ["颜若恒", ""]


def test_a_body_stands_before_somebody_with_the_title_behind_the_name():
    told = speakers(
        ["内政部长殷若兰到场。"],
        ["内政部殷若兰部长回顾历程，指出园区已建5个平台。"],
    )
    assert told[-1] == "殷若兰"


def test_who_speaks_may_stand_alone_on_a_line():
    told = speakers(["区长卢若红出席。"], ["卢若红强调"], ["未来5年，要建成2个园区。", "各单位要保驾护航。"])
    assert told[2:] == ["卢若红", "卢若红"]


def test_a_surname_alone_lets_words_follow_at_once():
    told = speakers(["局长孙若东表示，系统已上线。"], ["孙坦言系统初期有5个问题。"])
    assert told[-1] == "孙若东"


def test_a_compound_surname_with_the_office():
    told = speakers(["副市长令狐若达出席。"], ["令狐副市长表示，要建5个平台。"])
    assert told[-1] == "令狐若达"


@pytest.mark.parametrize(
    "text",
    [
        "议长柳若川说，局长殷若兰表示，要建5个平台。",
        "议长柳若川说，市府已有规划，局长殷若兰曾提到，要建5个平台。",
        "议长柳若川转述，局长殷若兰指示得很清楚，他强调，局长殷若兰说，要建5个平台。",
    ],
)
def test_whom_a_speaker_quotes_does_not_take_over(text):
    assert speakers([text]) == ["柳若川"]


@pytest.mark.parametrize(
    "cited",
    ["总书记要求，各地要建5个平台。", "政府工作报告提出，今年要建5个平台。", "党中央强调，要建5个平台。"],
)
def test_on_whom_a_speaker_calls_leaves_them_the_word(cited):
    told = speakers(["市长殷若兰表示，形势很好。", cited, "二是要招20名工程师。"])
    assert told == ["殷若兰"] * 3


@pytest.mark.parametrize(
    "together",
    [
        "市议员颜若恒、何若明等人指出，要建5个平台。",
        "市长殷若兰、校长柳若川及理事长何若明等专家一致指出，要建5个平台。",
        "局长沈若川和处长何若明表示，要建5个平台。",
    ],
)
def test_who_says_a_thing_together_is_nobody(together):
    assert speakers([together]) == [""]


def test_two_who_meet_do_not_speak_together():
    assert speakers(["市长殷若兰与校长柳若川会面时表示，要建5个平台。"]) == ["殷若兰"]


@pytest.mark.parametrize(
    "count",
    [
        ["市委书记颜若恒用三句话说明打算。", "一是要建5个平台。"],
        ["市委书记颜若恒向来宾介绍情况。", "我们将建5个平台。"],
    ],
)
def test_who_counts_or_says_i_is_whom_the_sentence_before_tells_of(count):
    assert speakers(count) == ["", "颜若恒"]


def test_a_narrator_may_speak_of_our_city():
    assert speakers(["市委书记颜若恒出席。", "我市将建5个平台。"])[-1] == ""


def test_a_speaker_does_not_name_themselves():
    told = speakers(
        ["主任颜若恒说，园区有5个平台。", "“缺的是人。”", "去年，颜若恒建了2个平台。", "这两处用了3亿元。"]
    )
    assert told == ["颜若恒", "颜若恒", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        "针对议员颜若恒批评进度，局长沈若川回应，要建5个平台。",
        "局长沈若川到场，回应议员颜若恒质疑进度落后，强调要建5个平台。",
        "稍后局长沈若川在答复议员颜若恒质询时也指出，要建5个平台。",
        "局长沈若川，出席节目《早餐》时表示，要建5个平台，他认同，人才难找。",
        "局长沈若川谈到经费，对主任何若明表示肯定，强调《办法》规定要建5个平台。",
    ],
)
def test_what_an_answer_is_about_gives_nobody_the_word(text):
    assert speakers([text]) == ["沈若川"]


def test_a_pronoun_goes_on_with_who_acted_before_it():
    told = speakers(
        ["部长沈若川到会。", "他澄清主席何若明的说法。", "审议已经开始。", "对进度，他则表示，要建5个平台。"]
    )
    assert told[-1] == "沈若川"


def test_a_surname_goes_on_speaking():
    assert speakers(["部长沈若川到会。", "沈继续说“要建5个平台”。"])[-1] == "沈若川"


def test_a_source_without_a_name_is_nobody():
    told = speakers(["院士沈若川指出，要先想清楚。"], ["据这位外国学者介绍，那里有5个实验室。"])
    assert told[-1] == ""


def test_somebody_in_the_audience_is_nobody():
    told = speakers(["部长沈若川表示，要建5个平台。", "有听众反映，今年只建了2个。"])
    assert told == ["沈若川", ""]


@pytest.mark.parametrize("verb", ["并分享", "也担心", "觉得", "并吁请", "语带保留地表示", "坚信"])
def test_more_verbs_of_saying(verb):
    assert speakers(["部长沈若川到会。", f"他{verb}，要建5个平台。"])[-1] == "沈若川"


def test_short_verbs_of_the_press_behind_somebody_named():
    told = speakers(["议员颜若恒到会。", "颜若恒冀政府再建5个平台。", "颜若恒促当局说明20亿元用途。"])
    assert told[1:] == ["颜若恒", "颜若恒"]


@pytest.mark.parametrize(
    ("asks", "answers"),
    [("Q:", "A:"), ("若川财经:", "颜若恒:"), ("问:", "答:")],
)
def test_letters_and_papers_are_labels(asks, answers):
    told = speakers(
        ["主任颜若恒表示，机会难得。"],
        ["以下为对话实录:"],
        [f"{asks}有多少平台？"],
        [f"{answers}目前有5个平台。"],
        [f"{asks}明年呢？"],
        [f"{answers}再建2个。"],
    )
    assert told[2:] == ["", "颜若恒", "", "颜若恒"]


def test_numbers_before_labels():
    told = speakers(
        ["0 颜委员若恒:有多少平台？"],
        ["1 沈部长若川:5个。"],
        ["2 颜委员若恒:明年呢？"],
        ["3 沈部长若川:再建2个。"],
    )
    assert told == ["颜若恒", "沈若川"] * 2


def test_clips_between_the_words_of_a_narrator():
    told = speakers(
        ["董事长 颜若恒:“我们会建5个平台。”"],
        ["公司去年投入3亿元。"],
        ["总经理 何若明:“明年再建2个。”"],
        ["员工有500人。"],
        ["董事长 颜若恒:“人才难找。”"],
        ["股价涨了5%。"],
    )
    assert told == ["颜若恒", "", "何若明", "", "颜若恒", ""]


def test_a_colon_of_vertical_print_is_a_label_s():
    told = read(
        "以下是局长颜若恒与副局长何若明会见传媒的谈话全文：\n\n局长︰我们会建5个平台。\n\n副局长︰我会加入其中2个平台。\n".encode(),
        "talk.txt",
    ).statements
    assert [one.speaker for one in told if one.q_start] == ["颜若恒", "何若明"]


def test_lines_that_sign_what_stands_before_them():
    told = speakers(
        ["我们建了5个平台。", "明年再建2个。"],
        ["——全国人大代表，若川公司董事长颜若恒"],
        ["人才还缺500名。"],
        ["——全国政协委员、若水集团总经理何若明"],
    )
    assert told == ["颜若恒", "颜若恒", "", "何若明", ""]


def test_a_first_line_with_a_name_before_a_colon_is_a_headline():
    told = speakers(["部长颜若恒：软硬整合非常重要！"], ["本地有5个平台。"], ["去年新增2个。"])
    assert told == ["颜若恒", "", ""]


def test_a_chief_by_surname_is_not_the_deputy_of_that_name():
    told = speakers(["副市长林若川到会。"], ["林市长表示，要建5个平台。"], ["林副市长表示，要建2个平台。"])
    assert told == ["", "", "林若川"]


def test_a_quotation_is_whom_its_paragraph_goes_on_to_tell_of():
    told = heard(
        ["董事长颜若恒说，形势很好。"],
        ["“要再建5个平台，而且要快。”", "总经理何若明在会上的这一表态，引来20次掌声。"],
        ["“希望大家都来，一起建5个平台。”校长柳若川面对700名学生提出这一希望。"],
    )
    assert [[who for who, _ in one] for one in told[1:]] == [["何若明"], [], ["柳若川"]]


@pytest.mark.parametrize(
    "text",
    [
        "部长沈若川观察，“最看好的就是这5个平台”。",
        "部长沈若川致辞时开口就称赞道，5个平台办得好。",
        "部长沈若川被问到进度，仅称这5个平台已完工。",
        "部长沈若川上任未久，盼再建5个平台。",
        "来自平桥区的沈若煇委员表示，要建5个平台。",
        "校长沈若川对9137名新同学说，要建5个平台。",
        "校长沈若川则希望新同学再建5个平台。",
    ],
)
def test_more_shapes_of_saying(text):
    assert speakers([text])[0] in ("沈若川", "沈若煇")


def test_whom_a_pronoun_starts_by_saying_first():
    assert speakers(["部长沈若川到会。", "他先表示要建5个平台。"])[-1] == "沈若川"


def test_the_title_of_a_speech_gives_the_word():
    text = "颜若恒理事长在若川产业大会上的讲话\n\n各位来宾：\n\n大家好！\n\n去年建了5个平台，增长12%。\n\n谢谢！\n"
    told = read(text.encode(), "talk.txt").statements
    assert {one.speaker for one in told if one.q_start} == {"颜若恒"}


@pytest.mark.parametrize(
    "announces",
    [
        "市委常委颜若恒同来宾交流了三方面的想法：",
        "市委常委颜若恒在致辞中谈了以下几点：",
    ],
)
def test_what_is_listed_below_in_paragraphs_of_its_own(announces):
    told = speakers([announces], ["一是肯定成效。", "去年建了5个平台。"], ["二是再接再厉，再建2个。"])
    assert told[1:] == ["颜若恒"] * 3


def test_points_added_by_who_acted_before():
    told = speakers(
        ["董事长颜若恒向5名代表致以问候。", "同时提出三点希望："], ["大家再接再厉。"], ["投资要超过40%。"]
    )
    assert told[2:] == ["颜若恒"] * 2


def test_labels_by_names_of_whatever_shape():
    told = speakers(["市长覃若中出席。"], ["记者：有多少平台？"], ["覃若中：5个。"], ["明年再建2个。"])
    assert told == ["", "", "覃若中", "覃若中"]


def test_the_nearer_of_two_who_act_speaks():
    assert speakers(["院长卓若川率队列席，立委林若水质询时指出，要建5个平台。"]) == ["林若水"]


def test_whose_absence_is_told_is_not_she():
    told = speakers(["针对部长郑若川的缺席，立委柯若水表达遗憾。", "她认为，要建5个平台。"])
    assert told[-1] == "柯若水"


def test_who_visits_and_demands_goes_on_demanding():
    told = speakers(
        [
            "书记颜若恒调研园区并听取汇报后，对工作表示肯定，指出班子要有新气象。",
            "要建5个平台。",
            "园区有2座楼。",
        ]
    )
    assert told[:2] == ["颜若恒", "颜若恒"]


def test_a_name_before_a_gap_is_a_label_where_several_are():
    told = speakers(
        ["校长颜若恒接受专访。"], ["颜若恒  我们有5个平台。"], ["还有2个。"], ["颜若恒  明年再建3个。"]
    )
    assert told[1:] == ["颜若恒"] * 3


def test_two_who_take_turns_make_a_transcript():
    told = speakers(
        ["何若明：您怎么看？"], ["颜若恒：有5个平台。"], ["何若明：明年呢？"], ["颜若恒：再建2个。"]
    )
    assert told == ["何若明", "颜若恒"] * 2


def test_a_chamber_by_its_short_name_is_no_person():
    assert speakers(["商总指出，有65项提案。"]) == [""]


def test_a_paragraph_that_says_i_goes_on_with_who_spoke():
    told = speakers(
        ["馆长颜若恒接受专访时表示，要建5个平台。"],
        ["去年我在园区看到2座楼。"],
        ["园区今年又建了3座楼。"],
    )
    assert told[:2] == ["颜若恒"] * 2
    assert speakers(["馆长颜若恒表示，要建5个平台。"], ["园区今年又建了3座楼。"])[1] == ""


def test_a_closing_line_says_whose_words_stand_above():
    told = speakers(["我们有5个平台。"], ["明年再建2个。"], ["（以上是局长颜若恒今天在会上的发言）"])
    assert told == ["颜若恒", "颜若恒", ""]


def test_one_label_below_an_announced_speech_reaches_to_its_end():
    told = speakers(
        ["以下是局长颜若恒今天会见传媒的谈话全文："],
        ["局长：我们有5个平台。"],
        ["院长郑若川宣布，再建2个平台。"],
    )
    assert told[1:] == ["颜若恒"] * 2


def test_who_raises_a_matter_that_another_answers():
    told = speakers(["议员郑若川提及建5个平台一事，局长颜若恒表示，要建2个。"])
    assert told == ["颜若恒"]


def test_who_is_named_in_brackets_is_not_told_of():
    told = speakers(["大家（馆长颜若恒）知道，有2个平台。", "大家知道我未上任时有5个。"])
    assert told == ["", ""]


@pytest.mark.parametrize(
    "text",
    [
        "关切园区发展的郑议员说，要建5个平台。",
        "随后致词的郑若川也幽默回应，要建5个平台。",
        "会长郑若川致词风趣，提到园区有5个平台。",
    ],
)
def test_who_is_described_before_the_name(text):
    assert speakers(["议员郑若川出席。", text])[-1] == "郑若川"


def test_who_else_was_there_ends_a_turn():
    told = speakers(["市长颜若恒表示，要建5个平台。", "参与会议的还有局长郑若川等8人。"])
    assert told == ["颜若恒", ""]


def test_a_headline_names_who_says_i_below_it():
    placed = place(
        ["颜若恒代表：建设平台"],
        ["在我看来，还有5个问题。"],
        ["我建议再建2个平台。"],
        ["郑若川代表：推动合作"],
        ["园区有3座楼。"],
        ["园区今年又建4座楼。"],
    )
    for at in (0, 3):
        placed[at] = Sentence(placed[at].start, placed[at].end, placed[at].text, at, is_heading=True)
    told = [turn.speaker for turn in find_turns(placed)]
    assert told[1:3] == ["颜若恒"] * 2
    assert told[4:] == ["", ""]


def test_what_is_counted_roughly_is_told_by_who_has_the_word():
    told = speakers(["主任颜若恒表示，要建5个平台。", "据不完全统计，有2个在建。"])
    assert told == ["颜若恒"] * 2


def test_labels_in_brackets_behind_a_bullet():
    told = speakers(
        ["• [主任 颜若恒]我们有5个平台。"], ["• [日报记者]明年呢？"], ["• [主任 颜若恒]再建2个。"]
    )
    assert told == ["颜若恒", "", "颜若恒"]


@pytest.mark.parametrize(
    "text",
    [
        "立委郑若川质询颜若恒，要建5个平台。",
        "主任郑若川分析产业发展史发现，要建5个平台。",
        "党魁郑若川指，要建5个平台，应问则问，以利民生。",
        "主任郑若川致词时感谢来宾，希冀再建5个平台。",
    ],
)
def test_shapes_of_saying_by_others(text):
    assert speakers([text])[-1] == "郑若川"


def test_whose_order_is_followed_does_not_speak():
    told = speakers(["主任颜若恒表示，要建5个平台。", "并奉院长指示，于5月提出报告。"])
    assert told == ["颜若恒"] * 2


def test_who_hosts_and_who_is_invited_has_not_the_word():
    told = speakers(["论坛由董事长颜若恒主持，邀请院长郑若川及局长林若水进行对谈，期望再建5个平台。"])
    assert told == [""]


def test_a_broadcast_says_whose_words_are_heard():
    told = speakers(
        ["记者去了园区。"],
        ["【同期】院长 颜若恒"],
        ["我们有5个平台。"],
        ["【解说】园区今年又建2个。"],
    )
    assert told == ["", "颜若恒", "颜若恒", ""]


def test_a_quotation_of_many_is_nobody_s():
    told = speakers(
        ["代表颜若恒表示，要建5个平台。"], ["“我们有2个平台。”", "在会上，考察团成员纷纷表示，要合作。"]
    )
    assert told == ["颜若恒", "", ""]


def test_the_title_of_a_speech_on_a_bill_gives_the_word():
    placed = place(["议员颜若恒就《拨款草案》发言 (5月2日)"], ["主席，我主要谈产业。"], ["去年有5个平台。"])
    placed[0] = Sentence(placed[0].start, placed[0].end, placed[0].text, 0, is_heading=True)
    assert [turn.speaker for turn in find_turns(placed)][1:] == ["颜若恒"] * 2


def told_by(*paragraphs: str) -> list[str]:
    """Who says each figure, target and task of an article."""
    found = read("\n".join(paragraphs).encode(), "news.txt", date(2024, 5, 6)).statements
    return [one.speaker for one in found if one.kind in ("figure", "target", "task")]


def test_a_surname_with_a_title_is_nobody_of_another_title():
    told = "沈北川总统昨天表示，要把事情办好。晨光公司董事长沈远航指出，今年营业收入增长三成。"
    assert told_by(told, "沈总统致词表示，明年起投入三亿元，建设五个中心。")[-2:] == ["沈北川", "沈北川"]
    assert told_by(told, "沈董事长致词表示，明年起投入三亿元，建设五个中心。")[-2:] == ["沈远航", "沈远航"]


def test_a_group_that_visits_speaks_for_nobody():
    told = "市人大常委会副主任沈北川参加活动。与会人员纷纷发言。沈北川作了讲话。"
    assert told_by(told, "针对下一步工作，调研组强调，一是要加大研发投入。二是要引进青年人才。") == ["", ""]


def test_yesterday_and_a_house_end_no_name():
    assert (
        told_by("晨光公司董事长林恒昨（3）日于法说会表示，目前订单能见度约三个月，产能利用率达80%。")[-1]
        == "林恒"
    )
    assert told_by("屈远氏表示，去年门店数量达到三百家，营业收入增长20%。")[-1] == ""
    assert told_by("晨光公司董事长林恒今（3）日表示，目前订单能见度约三个月，产能利用率达80%。")[-1] == "林恒"


def test_a_paper_or_company_that_says_our_city_goes_on_with_nobody():
    told = "“我们将建设科技园。”科技局局长沈北川介绍，今年要引进企业100家。"
    assert told_by(told, "今年，我市将推进6家实验室建设，筹建30家重点实验室。")[-2:] == ["", ""]
    assert told_by(told, "今年，我们将推进6家实验室建设，筹建30家重点实验室。")[-2:] == ["沈北川", "沈北川"]
