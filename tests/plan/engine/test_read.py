"""The whole reader: statements with places, conventions of the fields, and a second engine beside the rules."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.plan.engine.reading.extractors import Candidate
from kechuang.plan.engine.reading.read import read
from kechuang.plan.engine.reading.task_signs import body_of, modal_of, past_of, verb_first
from kechuang.plan.engine.reading.types import Kind, TimeRole
from tests.plan.engine.texts import ARTICLE, ENGLISH, GOSSIP, TRADITIONAL, reports

PUBLISHED = date(2024, 7, 16)


def statements(text: str, kind: Kind | None = None, published: date | None = PUBLISHED):
    found = read(text.encode(), "a.txt", published).statements
    return [one for one in found if kind in (None, one.kind)]


def one(text: str, printed: str, published: date | None = PUBLISHED):
    """The only statement whose quantity is printed like this."""
    found = [
        item
        for item in statements(text, None, published)
        if text[item.q_start or 0 : item.q_end or 0] == printed
    ]
    assert len(found) == 1, [text[item.q_start or 0 : item.q_end or 0] for item in statements(text)]
    return found[0]


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("新设科技企业2.9万家。", "2.9万家", 29000, "家"),
        ("仪器价值227亿元。", "227亿元", 22_700_000_000, "元"),
        ("到今年底近半数将进入科研状态。", "半数", 50, "%"),
        ("七成以上向社会开放。", "七成", 70, "%"),
        ("比重提高0.7个百分点。", "0.7个百分点", Decimal("0.7"), "个百分点"),
        ("研发投入占6.3%。", "6.3%", Decimal("6.3"), "%"),
    ],
)
def test_values_are_multiplied_out(text, printed, value, unit):
    found = one(text, printed)
    assert (found.value, found.unit) == (value, unit)


def test_a_growth_on_a_named_year_carries_that_year_as_baseline():
    found = one("发布国际标准229项，比2013年增长40%。", "40%")
    assert (found.time_start, found.time_end) == (date(2013, 1, 1), date(2013, 12, 31))
    assert found.time_role is TimeRole.BASELINE


def test_a_deadline_runs_from_the_document_to_its_end():
    found = one("要到2025年建成10个开放平台。", "10个")
    assert found.kind is Kind.TARGET
    assert (found.time_start, found.time_end, found.time_role) == (
        PUBLISHED,
        date(2025, 12, 31),
        TimeRole.DEADLINE,
    )
    assert found.time_text == "到2025年" and found.t_start is not None


def test_a_period_from_the_heading_gives_days_and_no_place():
    text = "一、2023年工作回顾\n全市技术合同成交额增长10.9%，全年经济运行平稳。\n"
    found = one(text, "10.9%")
    assert (found.time_start, found.time_end) == (date(2023, 1, 1), date(2023, 12, 31))
    assert (found.t_start, found.t_end, found.time_text) == (None, None, "")


def test_two_quantities_of_a_sentence_are_two_statements_with_their_own_subjects():
    found = statements("三年来，高技术产业、科技服务业增加值年均增速分别达到9.1%和12.9%。", Kind.FIGURE)
    assert [item.value for item in found] == [Decimal("9.1"), Decimal("12.9")]
    assert found[0].sentence == found[1].sentence
    assert found[0].subject != found[1].subject


def test_a_task_stands_without_the_speakers_lead_in():
    text = "张建国强调，要加快建设综合性国家科学中心，完善开放共享机制。"
    found = statements(text, Kind.TASK)
    assert [(item.sentence, item.speaker) for item in found] == [(text.partition("，")[2], "张建国")]


def test_items_of_an_enumeration_are_one_task_each():
    text = (
        "下一步重点任务是围绕三个方面狠抓落实，一是加快建设科学城、二是加强创新源头供给、三是做好服务保障。"
    )
    sentences = [item.sentence for item in statements(text, Kind.TASK)]
    assert {"一是加快建设科学城", "二是加强创新源头供给"} <= set(sentences)


def test_traditional_text_is_quoted_as_printed_and_named_in_simplified():
    text = TRADITIONAL + "全市高新技術企業達到2.9萬家。"
    found = one(text, "2.9萬家")
    assert (found.value, found.unit) == (29000, "家")
    assert text[found.start : found.end] == found.sentence
    assert "業" not in found.subject


def test_english_is_read_alike():
    found = one(ENGLISH, "227 billion yuan")
    assert (found.value, found.unit) == (227_000_000_000, "yuan")


def test_noise_yields_nothing():
    noisy = read((ARTICLE + GOSSIP).encode(), "a.txt", PUBLISHED)
    assert noisy.statements == read(ARTICLE.encode(), "a.txt", PUBLISHED).statements
    assert noisy.statements


def test_without_a_date_relative_times_stay_unplaced():
    reading = read("今年，全市新设科技企业2万家，运行平稳。".encode(), "a.txt")
    assert reading.published is None and "--published" in reading.warnings[0]
    assert [item.time_start for item in reading.statements if item.value] == [None]


def test_a_given_date_wins_and_a_contradiction_is_told():
    reading = read(("时间：2026-02-12\n" + ARTICLE).encode(), "a.txt", PUBLISHED)
    assert reading.published == PUBLISHED
    assert any("2026-02-12" in warning for warning in reading.warnings)


class Proposals:
    name = "second"

    def __init__(self, *candidates: Candidate) -> None:
        self.candidates = candidates

    def extract(self, sentences, published):
        return self.candidates


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [
        (Candidate(Kind.TARGET, "到2025年建成12个开放平台"), "word for word"),
        (Candidate(Kind.TARGET, ""), "word for word"),
        (Candidate(Kind.TARGET, "到2025年建成10个开放平台", amount="12个"), "not a quantity"),
    ],
)
def test_a_second_engine_must_quote_the_text(candidate, reason):
    reading = read(ARTICLE.encode(), "a.txt", PUBLISHED, [Proposals(candidate)])
    assert [reason in one.reason for one in reading.refused] == [True]
    assert reading.statements == read(ARTICLE.encode(), "a.txt", PUBLISHED).statements


def test_a_second_engine_adds_what_it_can_quote_once():
    candidate = Candidate(Kind.TASK, "降低企业成本", confidence=1.0)
    reading = read(ARTICLE.encode(), "a.txt", PUBLISHED, [Proposals(candidate, candidate)])
    added = [one for one in reading.statements if one.rules == ("extractor:second",)]
    assert [one.sentence for one in added] == ["降低企业成本"] and added[0].confidence <= 0.9
    assert [one.reason for one in reading.refused] == ["the statement is already there"]


pieces = st.sampled_from(
    [
        *ARTICLE.splitlines(),
        *GOSSIP.splitlines(),
        ENGLISH,
        TRADITIONAL,
        "一、2025年工作\n",
        "会(huì)",
        "到2025年",
        "增长",
        "分别达",
        "％",
    ]
    + [
        "3万亿元",
        "比2013年",
        "半数",
        "“",
        "”",
        "《",
        "和",
        "、",
        "。",
        "；",
        "：",
        "\n",
        "\r\n",
        "张三强调，",
        "要",
        "年",
        "月",
        "0",
        "１",
        "第",
    ]
)


@given(
    st.lists(pieces | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8), max_size=30).map(
        "".join
    ),
    st.sampled_from([None, PUBLISHED]),
)
def test_any_text_is_read_and_every_place_lies_in_the_body(text, published):
    text = "某市建成10个平台。" + text
    reading = read(text.encode("utf-8", "replace"), "a.txt", published)
    raw, body = reading.raw, reading.body
    for item in reading.statements:
        assert raw[item.start : item.end] == item.sentence and item.sentence
        assert any(start <= item.start and item.end <= end for start, end in body)
        if item.q_start is not None:
            assert item.start <= item.q_start < item.q_end <= item.end
        if item.t_start is not None:
            assert item.t_start < item.t_end
            assert any(start <= item.t_start and item.t_end <= end for start, end in body)
        assert 0 <= item.confidence <= 1 and item.rules
        if item.time_start and item.time_end:
            assert item.time_start <= item.time_end


def test_a_report_of_20000_characters_is_read_in_time():
    path = max(reports(), key=lambda path: path.stat().st_size)
    data = path.read_bytes()
    read(data, path.name, date(2026, 2, 1))
    times = []
    for _ in range(5):
        began = time.process_time()
        read(data, path.name, date(2026, 2, 1))
        times.append(time.process_time() - began)
    assert len(data.decode()) / min(times) >= 60_000


def test_time_grows_with_the_text_not_faster():
    def seconds(times: int) -> float:
        data = (ARTICLE * times).encode()
        began = time.process_time()
        read(data, "a.txt", PUBLISHED)
        return time.process_time() - began

    seconds(5)
    assert seconds(400) < 8 * max(seconds(100), 0.05)


def test_nothing_of_a_document_is_kept_when_the_next_is_read():
    long = "\n".join(f"要建设第{n}个平台，服务企业{n}家。" for n in range(10, 300))
    read(long.encode(), "long.txt", date(2024, 1, 1))
    assert body_of.cache_info().currsize > 200
    read("要建设科研平台。".encode(), "short.txt", date(2024, 1, 1))
    assert all(kept.cache_info().currsize < 10 for kept in (body_of, modal_of, past_of, verb_first))
