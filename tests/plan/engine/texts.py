"""Texts of our own writing for the reader's tests, and where the published ones lie."""

from __future__ import annotations

from pathlib import Path

from kechuang.plan.engine.reading.quantities import find_quantities
from tests.absent import public

ARTICLE = (
    "7月16日上午，市委召开科技创新座谈会。会议提出，到2025年建成10个开放平台，研发投入占地区生产总值的6%以上。\n"
    "会议强调，要加快建设综合性科学中心，完善开放共享机制，吸引更多青年人才；要用好存量空间，降低企业成本。\n"
    "去年，全市技术合同成交额达到7005亿元，比上年增长10.9%，新设科技企业2.9万家。\n"
)
GOSSIP = (
    "相关推荐\n热点推荐\n某明星深夜发文，三天涨粉400万\n\n小报编辑部\n2031-03-25 21:35:57\n"
    "“一颗钻石40万美元”，究竟谁在买单\n\n闲话财经\n2031-03-24 07:00:06\n无障碍浏览 进入关怀版\n"
)
TRADITIONAL = (
    "北京市科學技術委員會將抓緊推進國際科技創新中心建設，會議強調，要實現更多突破，培育新型研發機構，"
    "充分發揮國家高新技術企業的優勢，加強產業鏈與創新鏈的聯動。"
)
ENGLISH = (
    "The centre will open 11 laboratories by 2027, the mayor said. Spending rose 12.5 per cent to 227 billion yuan "
    "in 2024, according to Dr. Li of the U.S. office. The plan covers one-third of the district.\n"
)


def seed(number: str) -> bytes:
    """One of the five documents as the web has them; skips where they are absent."""
    (found,) = public("seeds").glob(f"{number}_*.txt")
    return found.read_bytes()


def reports() -> list[Path]:
    """The published government reports; skips where they are absent."""
    found = sorted(public("data/documents").glob("*.txt"))
    assert found
    return found


def printed(text: str) -> list[str]:
    """Each quantity of `text` as the tables of tests write it."""
    rows = []
    for found in find_quantities(text):
        value = f"{found.value:f}" + ("" if found.value_max is None else f"~{found.value_max:f}")
        rows.append(f"{text[found.start : found.end]}={value} {found.unit}")
    return rows
