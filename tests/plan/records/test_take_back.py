"""Every decision of a review can be taken back: statements and kept corrections stand as before, and are read so."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.verifying import verify
from kechuang.plan import actions
from kechuang.plan.models import Correction, Document, Statement
from tests.many import many

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TEXT = "2022年7月16日，本市召开推进会。到2025年，建成科研平台29个。要加快推进设备安装调试。要完善预约办法。去年新增企业1200家。"


@pytest.fixture
def document(published) -> Document:
    return published(TEXT)


def stand(document: Document) -> tuple[list, list]:
    """All that a decision may change."""
    statements = [
        {name: value for name, value in row.items() if name != "document_id"}
        for row in Statement.objects.filter(document=document).order_by("pk").values()
    ]
    return statements, sorted((str(c.place), str(sorted(c.change.items()))) for c in Correction.objects.all())


def tasks(document) -> list[Statement]:
    return list(Statement.objects.filter(document=document, kind="task"))


DECISIONS = {
    "plan.accept_statements": lambda a, d: a.accept_statements(SYSTEM, d, [s.pk for s in tasks(d)]),
    "plan.reject_statements": lambda a, d: a.reject_statements(SYSTEM, d, [s.pk for s in tasks(d)]),
    "plan.correct_statement": lambda a, d: a.correct_statement(
        SYSTEM,
        d.statements.filter(kind="figure").first(),
        {"value": Decimal("1300.5"), "time_end": date(2021, 12, 30)},
    ),
    "plan.add_statement": lambda a, d: a.add_statement(SYSTEM, d, kind="task", start=0, end=9),
    "plan.split_statement": lambda a, d: a.split_statement(SYSTEM, tasks(d)[0], tasks(d)[0].start + 3),
    "plan.merge_statements": lambda a, d: a.merge_statements(SYSTEM, d, [s.pk for s in tasks(d)[:2]]),
}


@pytest.mark.parametrize("verb", DECISIONS)
def test_each_decision_leaves_no_trace_but_its_history(document, verb):
    before, count = stand(document), events_of(document).count()
    DECISIONS[verb](actions, document)
    assert stand(document) != before
    step = actions.take_back_review(SYSTEM, document)
    assert step.verb == verb and step.taken_back_at
    assert stand(document) == before
    event = events_of(document).first()
    assert event.verb == "plan.take_back_review" and event.after["decision"] == verb
    assert events_of(document).count() > count and list(verify()) == []
    with pytest.raises(Refusal, match="no decision"):
        actions.take_back_review(SYSTEM, document)


@given(st.lists(st.sampled_from(sorted(DECISIONS)), min_size=1, max_size=6))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_row_of_decisions_is_taken_back_one_by_one(db, published, chosen):
    from django.db import transaction

    with transaction.atomic():
        document, before = published(TEXT), []
        for verb in chosen:
            before.append(stand(document))
            try:
                DECISIONS[verb](actions, document)
            except Refusal:
                before.pop()
                continue
            if document.steps.count() < len(before):  # it changed nothing
                before.pop()
        for former in reversed(before):
            actions.take_back_review(SYSTEM, document)
            assert stand(document) == former
        transaction.set_rollback(True)


def test_what_was_taken_back_is_not_applied_when_the_text_is_read_again(document, make_user):
    officer = make_user("officer")
    merged = [s.pk for s in tasks(document)[:2]]
    actions.merge_statements(officer, document, merged)
    actions.take_back_review(officer, document)
    actions.read_again(officer, document)
    assert set(document.statements.values_list("review", flat=True)) == {"pending"}
    with pytest.raises(Refusal, match="no decision"):
        actions.take_back_review(officer, document)


def test_only_ones_own_last_decision_is_meant_unless_one_is_named(document, make_user):
    one, other = make_user("officer", name="one"), make_user("officer", name="other")
    first, second = tasks(document)[:2]
    actions.accept_statements(one, document, [first.pk])
    mine = document.steps.first()
    actions.reject_statements(other, document, [second.pk])
    actions.take_back_review(one, document)
    assert [Statement.objects.get(pk=s.pk).review for s in (first, second)] == ["pending", "rejected"]
    with pytest.raises(Refusal, match="already"):
        actions.take_back_review(one, document, mine)
    actions.take_back_review(one, document, document.steps.first())
    assert Statement.objects.get(pk=second.pk).review == "pending"


def test_a_later_decision_on_the_same_statement_goes_first(document):
    statement = tasks(document)[0]
    actions.accept_statements(SYSTEM, document, [statement.pk])
    first = document.steps.first()
    actions.correct_statement(SYSTEM, statement, {"subject": "设备"})
    with pytest.raises(Refusal, match="later decision"):
        actions.take_back_review(SYSTEM, document, first)


def test_a_statement_that_carries_a_commitment_stays(document):
    target = document.statements.get(kind="target")
    actions.accept_statements(SYSTEM, document, [target.pk])
    actions.make_commitment(SYSTEM, [target])
    with pytest.raises(Refusal, match="carry a commitment"):
        actions.take_back_review(SYSTEM, document)


def test_a_closed_review_is_open_again(document):
    actions.accept_statements(SYSTEM, document, list(document.statements.values_list("pk", flat=True)))
    actions.finish_review(SYSTEM, document)
    actions.take_back_review(SYSTEM, document)
    document.refresh_from_db()
    assert document.stage == "review"


def test_ten_thousand_statements_are_decided_and_taken_back_set_by_set(
    document, django_assert_max_num_queries
):
    alike = Statement(document=document, kind="task", start=0, end=5, sentence="x")
    many(alike, 10_000, q_start=lambda n: n)
    keys = list(document.statements.values_list("pk", flat=True))
    with django_assert_max_num_queries(400):
        assert actions.accept_statements(SYSTEM, document, keys) == len(keys)
    with django_assert_max_num_queries(400):
        actions.take_back_review(SYSTEM, document)
    assert not document.statements.exclude(review="pending").exists() and not Correction.objects.exists()


def test_a_text_without_a_date_is_read_again_from_the_day_that_is_given(make_user):
    officer = make_user("officer")
    text = "会议指出，今年建成科研平台29个，到明年底服务企业1200家。"
    undated = actions.add_document(officer, title="无日期", data=text.encode(), name="a.txt")
    assert undated.published_on is None and undated.note
    ends = lambda: set(undated.statements.exclude(time_end=None).values_list("time_end", flat=True))  # noqa: E731
    assert not ends()
    actions.read_again(officer, undated, date(2022, 7, 16))
    undated.refresh_from_db()
    assert (undated.published_on, undated.note) == (date(2022, 7, 16), "")
    assert ends() == {date(2022, 12, 31), date(2023, 12, 31)}
    actions.read_again(officer, undated)
    undated.refresh_from_db()
    assert undated.published_on == date(2022, 7, 16)
