"""Which lines are the article, and which day the document bears."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.plan.engine.reading.article import open_article
from tests.plan.engine.texts import ARTICLE, ENGLISH, GOSSIP, reports, seed


def body(text: str, name: str = "a.txt") -> str:
    article = open_article(text.encode(), name)
    return "\n".join(article.clean.raw[start:end] for start, end in article.body)


PAGE = """<!DOCTYPE html><html><head><title>座谈会</title>{head}<script>var a = "到2030年建成99个平台。";</script>
<style>p {{ color: red }}</style></head><body><nav><a href="/">首页</a> &gt; <a href="/n">新闻</a></nav>
<div class="share">分享到：微信 微博</div><article><h1>市委召开科技创新座谈会</h1>{article}</article>
<div class="related"><h3>相关推荐</h3><ul><li><a href="/x">某明星三天涨粉400万</a></li>
<li><a href="/y">一颗钻石40万美元</a> 2031-03-25 21:35:57</li></ul></div>
<footer>版权所有 京ICP备05000000号</footer></body></html>"""


def page(head: str = "", extra: str = "") -> str:
    paragraphs = "".join(f"<p>&nbsp;&nbsp;{line}</p>\n" for line in ARTICLE.splitlines())
    return PAGE.format(head=head, article=paragraphs + extra)


def test_gossip_after_the_article_is_no_article():
    assert body(ARTICLE + "(责编:甲、乙)\n" + GOSSIP) == ARTICLE.strip()


def test_chrome_before_the_article_is_no_article():
    chrome = "首页 > 新闻中心 > 正文\n\n下载\n打印\n【字号：\n大\n中\n小\n】\n来源：某报\n时间：2024-02-12\n"
    assert body(chrome + ARTICLE) == ARTICLE.strip()


@pytest.mark.parametrize(
    "tail",
    ["- 标签:科技\n- 编辑:某某\n- 相关文章\n", "责任编辑：某某\n扫一扫在手机打开当前页\n", "相关报道：\n"],
)
def test_tags_and_credits_are_no_article(tail):
    assert body(ARTICLE + tail + "某地8大黑科技亮相\n某病确诊718685例\n") == ARTICLE.strip()


def test_title_session_and_speaker_lines_belong_to_the_article():
    head = "2026年某省政府工作报告\n——2026年1月26日在某省第十四届人民代表大会第四次会议上\n来源：某报\n省长 张三\n各位代表：\n"
    assert body("下载\n打印\n" + head + ARTICLE).startswith("2026年某省政府工作报告\n——2026年1月26日")
    assert "来源" not in body("下载\n打印\n" + head + ARTICLE)


def test_contacts_above_a_release_are_no_article_and_its_speaker_is():
    contacts = (
        "FOR IMMEDIATE RELEASE\nMedia contact:\nJane Whit, Director of Communications\njane.whit@lab.example\n"
        "Phone: (555) 010-4567\nPress Office: Ben Hall, Deputy Press Secretary, 555-0199\n"
    )
    assert body(contacts + ENGLISH).strip() == ENGLISH.strip()
    assert body("联系人：\n王建国 主任\n联系电话：010-12345678\n" + ARTICLE) == ARTICLE.strip()
    head = "Remarks by Secretary Maria Ortiz\nDepartment of Ports\nHarbor City\n"
    assert body(head + contacts + ENGLISH).startswith("Remarks by Secretary Maria Ortiz\n")


def test_a_pasted_line_is_its_own_article():
    assert body("到2025年建成10个平台") == "到2025年建成10个平台"
    assert body(ENGLISH).startswith("The centre will open 11 laboratories")


def test_a_page_gives_its_article_with_places_in_the_source():
    raw = page()
    article = open_article(raw.encode(), "a.html")
    for line in ARTICLE.splitlines():
        assert any(raw[start:end] == line for start, end in article.body)
    text = "".join(raw[start:end] for start, end in article.body)
    for noise in ("99个", "400万", "40万美元", "ICP", "微信"):
        assert noise not in text


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2022-07-16T08:00:00+08:00">',
        '<meta content="2022/7/16" name="pubdate"/>',
        '<meta name="PubDate" content="2022-07-16 21:03">',
        '<script type="application/ld+json">{"datePublished": "2022-07-16"}</script>',
    ],
)
def test_a_page_bears_the_date_of_its_metadata(head):
    assert open_article(page(head).encode(), "a.html").dated == date(2022, 7, 16)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下载\n打印\n来源：某报\n时间：2026-02-12\n" + ARTICLE, date(2026, 2, 12)),
        ("发布时间：\n2026-02-09 09:45:30\n" + ARTICLE, date(2026, 2, 9)),
        ("某省政府工作报告\n——2026年1月26日在某省人民代表大会上\n" + ARTICLE, date(2026, 1, 26)),
        ("某省政府工作报告\n——二〇二六年一月二十七日在某省人民代表大会上\n" + ARTICLE, date(2026, 1, 27)),
        ("2021年1月24日，市委举行新闻发布会。\n" + ARTICLE, date(2021, 1, 24)),
        (
            "4月26日，市政府召开2017年科技创新工作会议，部署重点任务，听取进展汇报。\n" + ARTICLE,
            date(2017, 4, 26),
        ),
        ("某市推动园区\n发稿时间：113年4月29日11:10\n" + ARTICLE, date(2024, 4, 29)),
        ("某市推动园区\n发稿时间：109 年 2 月26日\n" + ARTICLE, date(2020, 2, 26)),
        ("某市推动园区\n日期：114/05/29\n" + ARTICLE, date(2025, 5, 29)),
        ("某市推动园区\n发布：112-07-03\n" + ARTICLE, date(2023, 7, 3)),
        ("LONDON, 5 March 2024 — " + ENGLISH, date(2024, 3, 5)),
        ("BEIJING, March 5, 2024 (News) -- " + ENGLISH, date(2024, 3, 5)),
        (
            "关于印发若干措施的通知\n各镇人民政府：\n" + ARTICLE + "某区人民政府\n2023年5月18日\n",
            date(2023, 5, 18),
        ),
        (
            "Home > Media > Releases > A plan\n\nA plan for science\n\n22 May 2018\n\n" + ENGLISH,
            date(2018, 5, 22),
        ),
        ("首都是国家治理的重要内容，市委召开座谈会。\n" + ARTICLE + "2014年2月25日，他们走访胡同。\n", None),
        ("近日，市委召开科技创新座谈会，部署重点任务。\n会议提出，要建好平台。\n" + GOSSIP, None),
        ("日前，2月31日的说法并不准确，市委召开座谈会，部署重点任务，听取进展。\n", None),
    ],
)
def test_the_day_a_document_bears(text, expected):
    assert open_article(text.encode(), "a.txt").dated == expected


@pytest.mark.parametrize(
    ("number", "last", "noise"), [("001", "产业高地。", "718685"), ("002", "隋振江参加。", "40万美元")]
)
def test_noise_of_the_published_pages_yields_nothing(number, last, noise):
    article = open_article(seed(number), number)
    end = article.body[-1][1]
    assert article.clean.raw[:end].endswith(last)
    assert article.clean.raw.index(noise) > end
    assert article.dated is None


def test_published_reports_keep_their_text_and_lose_their_chrome():
    for path in reports():
        article = open_article(path.read_bytes(), path.name)
        text = [article.clean.raw[start:end] for start, end in article.body]
        assert sum(map(len, text)) > 0.94 * len(article.clean.raw.replace("\n", "")), path.name
        assert any(line.startswith("各位代表") or ("代表" in line and "报告" in line) for line in text[:8]), (
            path.name
        )
        chrome = {"下载", "打印", "收藏", "相关报道：", "公有领域", "Public domain", "扫一扫在手机打开当前页"}
        assert not chrome & set(text), path.name


@given(
    st.lists(
        st.sampled_from(ARTICLE.splitlines() + GOSSIP.splitlines() + ["下载", "1", "<p>", "&amp;"]),
        max_size=30,
    )
)
def test_body_spans_ascend_inside_the_text(lines):
    text = "\n".join(["某市建成10个平台。", *lines])
    article = open_article(text.encode(), "a.txt")
    at = 0
    for start, end in article.body:
        assert at <= start < end <= len(text)
        at = end
