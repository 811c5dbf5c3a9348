"""How pages surround an article, class by class: related lists, comments, stamps, bylines, advertisements."""

from __future__ import annotations

from datetime import date

import pytest

from kechuang.plan.engine.reading.read import read

from .texts import ARTICLE, ENGLISH

GOSSIP = "某公司2031年营收增长500%，新开店铺300家。\n网友热议这件事，称其为十年一遇。\n"
GOSSIP_EN = "Star buys 12 houses for $40 million in 2031.\nFive things to know about 300 shops.\n"
STOPS = [
    "相关推荐",
    "相关推荐:展位预订 免费报名2000元",
    "相关新闻",
    "相关阅读：",
    "延伸阅读",
    "▌延伸阅读",
    "延伸阅读：某店一年卖出300万杯",
    "更多新闻",
    "看更多文章",
    "【推荐阅读】",
    "往期回顾",
    "精选文章",
    "人气文章",
    "即时新闻",
    "热门排行",
    "你可能也喜欢",
    "您可能感兴趣",
    "大家都在看",
    "其他人也在看",
    "猜你喜欢",
    "为您推荐",
    "网友评论",
    "网友评论更多",
    "全部评论(128)",
    "最新评论 56条",
    "我要评论",
    "共32条评论",
    "读者留言",
    "发表回应",
    "2031-11-05 01:15:04 推荐",
    "187****1690 回复 184****9622:花了3000元",
    "上一篇：某地新增20家",
    "下一条:某地投资30亿元",
    "责任声明：",
    "本文仅代表作者观点,与本网无关。",
    "未经授权,不得转载。",
    "声明：转载此文是出于传递更多信息之目的,共10条。",
    "版权声明：本网2031年版权所有",
]
STOPS_EN = [
    "Related articles",
    "Related",
    "Read also: 12 ways to save $300",
    "READ MORE: City opens 14 shops",
    "Also read: Ten firms win",
    "See also",
    "Further reading",
    "Editor's picks",
    "Don't miss",
    "What to read next",
    "You might also like",
    "Most popular",
    "Trending now",
    "Recommended for you",
    "More from Business",
    "12 comments",
    "Comments (12)",
    "Leave a reply",
    "Join the conversation",
    "Already a subscriber? Log in",
    "Get the latest news in your inbox",
    "This article was first published in 2031 by a paper with 300 readers",
    "The views expressed are those of 12 authors.",
    "Subscribe to our newsletter",
    "Follow us on Twitter",
    "About the author",
    "All rights reserved",
    "Filed under: money",
    "Topics",
]
CHROME = [
    "吕某 2031/03/11 12:19 点阅 2193 次",
    "2031-03-11 12:19 浏览(17898)",
    "发布时间：2031年3月11日 来源：某网",
    "阅读 3.2万",
    "浏览次数：2193",
    "人气：2193",
    "点赞 300",
    "一月 2031 |",
    "记者：王某某 2031年",
    "责任编辑：王某 2031年3月",
    "发稿时间：2031-03-11 10:00:00",
    "【字体：大 中 小】 2031",
    "关注某某公众号，领取300元红包",
    "下载某某APP，送2000元",
    "扫描下方二维码，加入300人会员群",
    "订阅电子报，追踪我们的频道2031",
    "加入LINE好友，享3折",
    "发稿单位：新闻处 发稿日期：2031年2月4日 12:50",
    "发稿日期:2031年2月20日",
    "新闻联络人：局本部林某 电话：06-2991111分机8333",
    "ORBX | 远航电子 | 57.75 | +57.38 | +15,382.41% |",
    "2031-11-060 48 0 -",
    "26.11.2031  13:04",
    "2031-06-06 03版",
    "2031年03月05日 08:30 星期六",
    "2031-10-20 15:30 江州日报 记者林某某/即时报道",
    "2031-03-05 16:40:21 字号:A- A A+",
    "[发布时间]2031-03-05 [来源]某厅",
    "一审：林某 二审：王某 三审：李某 2031年",
    "江州市政府新闻参考资料2031.3.7",
    "全文共1200字",
    "赞 56 分享 12",
    "00:00 / 03:21",
    "看更多：某地新增12家",
    "广告 更多内容",
    "公开日期: 2031年12月14日 公开方式: 有效",
    "2031年06月26日 20:49 最后更新:20:49",
]
CHROME_EN = [
    "- December 4, 2031 2 MIN READ",
    "Friday, June 14, 2031",
    "14 June 2031 | 10:30 am | 3 min read",
    "By Anna Berg, June 14, 2031",
    "1,200 views",
    "35 shares",
    "Download our app for 20% off",
    "Join our Telegram channel with 3,000 readers",
    "Click here for 12 more stories",
    "Photo: 14 people at work",
    "Getty Images",
    "Watch: 12 labs open",
    "Published 14 June 2031",
    "Updated June 14, 2031",
    "3 min read",
    "More on Harbour Desk",
    "Fri. Oct 4th, 2031",
    "Posted On: 22 APR 2031 5:22PM by Some Desk",
    "Updated: 22-04-2031 20:41 IST | Created: 22-04-2031 20:41 IST",
    "(Release ID: 2123497) Visitor Counter : 345",
    "Reading time: 4 minutes",
    "Last modified on 12 March 2031",
    "Date published: 12 March 2031",
    "12 Mar 2031 | News",
    "Anna Berg - March 12, 2031",
    "March 12, 2031 by Anna Berg",
    "4 December 2031 Speech",
    "2031-03-12T10:30:00Z",
    "Media release 12 March 2031",
    "Photo credit: Anna Berg, 2031",
    "by Sep 12, 2031",
    "ORBX | ORBIS ELECTRONICS CO., LTD. | 57.75 | +57.38 | +15,382.41% |",
]


def beyond(text: str, start: int, end: int) -> list[str]:
    """What the reader says of the stretch `start:end`."""
    reading = read(text.encode(), "page.txt", date(2022, 7, 16))
    assert any(one.end <= start or one.start >= end for one in reading.statements)
    return [one.sentence for one in reading.statements if one.start < end and one.end > start]


@pytest.mark.parametrize(
    ("article", "header", "gossip"),
    [(ARTICLE, one, GOSSIP) for one in STOPS] + [(ENGLISH, one, GOSSIP_EN) for one in STOPS_EN],
)
def test_nothing_is_read_behind_the_article(article, header, gossip):
    assert beyond(f"{article}{header}\n{gossip}", len(article), len(article + header + gossip) + 1) == []


@pytest.mark.parametrize(
    ("article", "line"), [(ARTICLE, one) for one in CHROME] + [(ENGLISH, one) for one in CHROME_EN]
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_lines_of_the_page_say_nothing(article, line, place):
    if place == "above":
        assert beyond(f"{line}\n{article}", 0, len(line)) == []
    else:
        assert beyond(f"{article}{line}\n", len(article), len(article) + len(line)) == []


@pytest.mark.parametrize(
    "link", ["Read more: 12 shops open", "Related: 300 firms win", "Also read: Ten ways to save $40"]
)
def test_a_link_between_paragraphs_ends_nothing(link):
    text = f"{ENGLISH}{link}\n{ENGLISH}"
    assert beyond(text, len(ENGLISH), len(ENGLISH) + len(link)) == []
    assert beyond(text, len(ENGLISH) + len(link) + 1, len(text))


HEADLINES = (
    "连4日有望终结!大奖上看1.8亿元 春节红包一齐开\n主力狂扫21.2万张!这档赚56亿也卡位 某股封关涨停\n"
    "春节清出小金库？2031二手市场看涨 旧换新成明智之选\n"
)


@pytest.mark.parametrize("lead", ["广告 更多内容请继续往下阅读\n", "", "更多精彩内容\n"])
def test_headlines_of_other_news_behind_the_article_say_nothing(lead):
    text = ARTICLE + lead + HEADLINES
    assert beyond(text, len(ARTICLE), len(text)) == []


@pytest.mark.parametrize(
    "title", ["江州市长:未来两个月重点工作 确保园区2031年底运作", "市长多管齐下推动12个园区发展"]
)
def test_a_title_told_twice_counts_once(title):
    text = f"{title}\n{title}\n{ARTICLE}"
    assert beyond(text, len(title) + 1, 2 * len(title) + 1) == []


@pytest.mark.parametrize(
    "line",
    [
        "2021年6月6日，江州举行发布会，新增12家企业。",
        "2021年3月5日记者获悉，江州新增12家企业。",
        "广告业增长12%，产值达到40亿元。",
        "央视记者：请问去年新增了12家企业吗？",
        "12 March 2021 saw 40 firms come to the port.",
        "Statement by Ann Reed, 12 March 2021, on the plan of 40 labs.",
    ],
)
def test_sentences_that_begin_like_stamps_are_the_article_s(line):
    article = ENGLISH if line.isascii() else ARTICLE
    assert beyond(f"{article}{line}\n{article}", len(article), len(article) + len(line))


def test_a_stamp_run_into_the_head_of_a_line_is_no_part_of_it():
    text = f"date 2031-05-06 {ARTICLE}"
    assert not any(one.start < len("date 2031-05-06 ") for one in read(text.encode(), "x.txt").statements)


def test_a_short_question_of_a_transcript_is_read():
    text = f"{ARTICLE}记者:今年有12家企业吗?\n沈北川:今年有15家企业。\n"
    sentences = [one.text for one in read(text.encode(), "x.txt").sentences]
    assert "记者:今年有12家企业吗?" in sentences


def test_read_more_between_paragraphs_ends_nothing():
    text = f"{ENGLISH}READ MORE\n{ENGLISH}"
    assert beyond(text, len(ENGLISH) + len("READ MORE\n"), len(text))


def test_a_stamp_with_its_clock_is_a_line_of_the_page():
    text = f"发布时间:2031-11-22 04:18:28 来源: sp20311122\n{ARTICLE}"
    assert beyond(text, 0, text.index("\n")) == []
    assert read(text.encode(), "x.txt").sentences[0].text.startswith(ARTICLE[:6])


def test_a_last_short_sentence_is_the_article_s():
    text = f"{ARTICLE}副县长许若川陪同。\n分享到:\n"
    assert read(text.encode(), "x.txt").sentences[-1].text == "副县长许若川陪同。"
