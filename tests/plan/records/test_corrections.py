"""What a reviewer decides about a place in a text holds there, however often the text is read again."""

from decimal import Decimal

import pytest

from kechuang.core.acts import SYSTEM
from kechuang.plan import actions
from kechuang.plan.models import Correction, Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TEXT = "2022年7月16日，本市召开推进会。到2025年，建成科研平台29个，服务企业1200家。要加快推进设备安装调试。要完善预约办法。"
FACTS = ("kind", "start", "end", "sentence", "value", "unit", "time_end", "review", "by_person", "found_at")


@pytest.fixture
def document(published) -> Document:
    return published(TEXT)


def stand(document) -> list[tuple]:
    return sorted(document.statements.values_list(*FACTS), key=str)


def task(document):
    return document.statements.filter(kind="task").first()


def _corrected(document, *changes):
    row = task(document)
    for change in changes:
        actions.correct_statement(SYSTEM, row, change)
    return row


def _added(document):
    return actions.add_statement(SYSTEM, document, kind="task", start=0, end=9)


def _cut(document):
    row = task(document)
    return actions.split_statement(SYSTEM, row, row.start + 4)


WAYS = {
    "another kind, then a number": lambda d: _corrected(d, {"kind": "target"}, {"value": Decimal(3)}),
    "moved, then a unit": lambda d: _corrected(d, {"start": 5}, {"end": 40}, {"unit": "台"}),
    "another kind, then rejected": lambda d: actions.reject_statements(
        SYSTEM, d, [_corrected(d, {"kind": "target"}).pk]
    ),
    "added, then rejected": lambda d: actions.reject_statements(SYSTEM, d, [_added(d).pk]),
    "added, then moved twice": lambda d: [
        actions.correct_statement(SYSTEM, d.statements.get(by_person=True), {"end": end})
        for end in (_added(d).end + 1, 15)
    ],
    "split, then the first corrected": lambda d: actions.correct_statement(
        SYSTEM, _cut(d)[0], {"speaker": "王宁"}
    ),
    "split, then the second rejected": lambda d: actions.reject_statements(SYSTEM, d, [_cut(d)[1].pk]),
    "split and merged": lambda d: actions.merge_statements(SYSTEM, d, [row.pk for row in _cut(d)]),
    "merged": lambda d: actions.merge_statements(SYSTEM, d, [s.pk for s in d.statements.filter(kind="task")]),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_was_decided_stands_after_the_text_is_read_again(document, way):
    WAYS[way](document)
    decided, kept = stand(document), Correction.objects.count()
    for _again in range(2):
        actions.read_again(SYSTEM, document)
        assert stand(document) == decided and Correction.objects.count() == kept


@pytest.mark.parametrize("way", WAYS)
def test_and_can_be_taken_back_step_by_step(document, way):
    before = stand(document)
    WAYS[way](document)
    while document.steps.filter(taken_back_at=None).exists():
        actions.take_back_review(SYSTEM, document)
    assert stand(document) == before and not Correction.objects.exists()


def test_a_corrected_statement_that_carries_a_promise_is_not_found_a_second_time(document):
    row = _corrected(document, {"kind": "target", "start": 20})
    actions.make_commitment(SYSTEM, [row])
    decided = stand(document)
    actions.read_again(SYSTEM, document)
    assert stand(document) == decided


def test_a_number_goes_with_the_part_in_which_it_stands(document):
    row = document.statements.get(value=1200)
    at = row.sentence.index("服务") + row.start
    first, second = actions.split_statement(SYSTEM, row, at)
    assert (first.value, first.unit, first.q_start) == (None, "", None)
    assert (second.value, second.unit, second.document.raw[second.q_start : second.q_end]) == (
        1200,
        "家",
        "1200家",
    )
    assert first.time_end == second.time_end
