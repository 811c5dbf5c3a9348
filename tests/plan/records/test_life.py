"""From a document to a kept promise, by the acts alone."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kechuang.core import clock, links
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Organisation
from kechuang.core.verifying import verify
from kechuang.plan import actions
from kechuang.plan.engine.workflow import TaskStage
from kechuang.plan.models import Commitment, Correction, Document, Statement, Task
from kechuang.plan.queries.living import in_force, living

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TEXT = "2022年7月16日，本市召开推进会。会议指出，到2025年，建成科研平台29个。要加快推进设备安装调试。去年新增企业1200家。"


@pytest.fixture
def document(published) -> Document:
    return published(TEXT)


@pytest.fixture
def office() -> Organisation:
    above = Organisation.objects.create(name_zh="市政府")
    return Organisation.objects.create(name_zh="科学城管委会", parent=above)


@pytest.fixture
def promise(document, office) -> Commitment:
    target = document.statements.get(kind="target")
    return actions.make_commitment(SYSTEM, [target], lead=office)


def test_reading_keeps_exact_places(document):
    for statement in document.statements.all():
        assert document.raw[statement.start : statement.end] == statement.sentence
    figure = document.statements.get(kind="figure", value=1200)
    assert document.raw[figure.q_start : figure.q_end] == "1200家"


def test_the_same_text_is_refused_with_its_place(document):
    with pytest.raises(Refusal) as refused:
        actions.add_document(SYSTEM, title="again", data=TEXT.encode(), name="b.txt")
    assert refused.value.url == document.get_absolute_url()


def test_decisions_survive_a_new_reading(document, make_user):
    officer = make_user("officer")
    figure = document.statements.get(kind="figure", value=1200)
    actions.correct_statement(officer, figure, {"value": Decimal(1300), "unit": "户"})
    rejected = document.statements.exclude(pk=figure.pk).filter(commitment_sources=None).first()
    actions.reject_statements(officer, document, [rejected.pk])
    added = actions.add_statement(officer, document, kind="task", start=0, end=10)
    actions.read_again(officer, document)
    kept = document.statements.get(start=figure.start, kind="figure", q_start=figure.q_start)
    assert (kept.value, kept.unit, kept.review) == (1300, "户", "accepted")
    assert (
        document.statements.get(
            start=rejected.start, end=rejected.end, kind=rejected.kind, q_start=rejected.q_start
        ).review
        == "rejected"
    )
    assert document.statements.filter(start=0, end=10, by_person=True).count() == 1
    assert document.statements.filter(pk=added.pk).count() <= 1
    count = Statement.objects.count(), Correction.objects.count()
    actions.read_again(officer, document)
    assert (Statement.objects.count(), Correction.objects.count()) == count


def test_split_and_merge(document):
    statement = document.statements.filter(kind="task").first()
    at = statement.start + 4
    first, second = actions.split_statement(SYSTEM, statement, at)
    assert first.end == second.start == at
    merged = actions.merge_statements(SYSTEM, document, [first.pk, second.pk])
    assert (merged.start, merged.end) == (statement.start, second.end)


def test_a_promise_takes_its_sentence(promise):
    assert (promise.target_value, promise.unit, promise.due, promise.state) == (
        29,
        "个",
        date(2025, 12, 31),
        "unmeasured",
    )
    assert promise.sources.get().statement.review == "accepted"
    with pytest.raises(Refusal, match="not edited"):
        actions.edit_commitment(SYSTEM, promise, target_value=Decimal(5))
    actions.amend_commitment(SYSTEM, promise, value=Decimal(30), due=promise.due, reason="调整")
    assert [v.value for v in promise.target_versions.all()] == [29, 30]


def test_a_task_lives_from_report_to_acceptance(document, office, make_user):
    officer, reporter = make_user("officer"), make_user("reporter", organisation=office, name="rep")
    target = document.statements.get(kind="target")
    promise = actions.make_commitment(SYSTEM, [target], lead=office, compare="done")
    with clock.at(date(2022, 8, 1)):
        task = actions.make_task(
            officer, title_zh="设备安装调试", commitment=promise, lead=office, due=date(2022, 12, 31)
        )
        actions.move_task(officer, task, "confirm")
    with clock.at(date(2022, 9, 1)):
        actions.report_progress(reporter, task, percent=40, text="完成安装")
        assert (task.stage, task.state) == (TaskStage.UNDER_WAY, "on_the_way")
        promise.refresh_from_db()
        assert promise.state == "on_the_way"
    with clock.at(date(2022, 12, 1)):
        with pytest.raises(Refusal, match="evidence"):
            actions.report_progress(reporter, task, percent=100, text="完成")
        report = actions.report_progress(
            reporter,
            task,
            percent=100,
            text="完成",
            evidence=[{"record": office}, {"url": "https://example.org/x"}],
        )
        assert links.targets(office, "proves") == [report]
        with pytest.raises(NotPermitted):
            actions.accept_report(reporter, report)
        actions.accept_report(officer, report)
    promise.refresh_from_db()
    assert (task.stage, task.state, promise.state) == (TaskStage.ACCEPTED, "kept", "kept")
    assert [row.state for row in task.states.all()][-1] == "kept"
    assert events_of(task).count() == 5 and list(verify()) == []


def test_only_the_responsible_report_and_nobody_accepts_their_own(promise, office, make_user):
    task = actions.make_task(SYSTEM, title_zh="任务", lead=office, due=date(2022, 12, 31))
    actions.move_task(SYSTEM, task, "confirm")
    with pytest.raises(NotPermitted):
        actions.report_progress(make_user("reporter"), task, percent=10, text="x")
    both = make_user("reporter", "officer", organisation=office, name="both")
    report = actions.report_progress(both, task, percent=100, text="x", evidence=[{"record": office}])
    with pytest.raises(Refusal, match="Another person"):
        actions.accept_report(both, report)


def test_silence_and_delay_go_up_the_tree(office, make_user):
    leader = make_user("leader", organisation=office.parent, name="boss")
    with clock.at(date(2022, 1, 3)):
        task = actions.make_task(SYSTEM, title_zh="任务", lead=office, due=date(2022, 6, 30))
        actions.move_task(SYSTEM, task, "confirm")
        actions.move_task(SYSTEM, task, "start")
    with clock.at(date(2022, 7, 20)):
        assert actions.escalate(SYSTEM) == 2
        assert actions.escalate(SYSTEM) == 0
    assert leader.notices.count() == 1
    assert Task.objects.get().escalations.filter(level=1, organisation=office.parent).exists()


def test_the_day_on_which_a_promise_ends_it_is_over_in_every_count(document):
    promise = actions.make_commitment(SYSTEM, [document.statements.get(value=29)])
    start = promise.promised_on
    with clock.at(timezone.make_aware(datetime(2023, 5, 6))):
        actions.withdraw_commitment(SYSTEM, promise, reason="合并")
    for on, over in ((date(2023, 5, 5), False), (date(2023, 5, 6), True), (date(2024, 1, 1), True)):
        (place,) = living(document, SYSTEM, on).places
        counted = Commitment.objects.filter(in_force(on)).exists()
        assert (place.ended, counted) == (over, not over), on
    assert not Commitment.objects.filter(in_force(start - timedelta(days=1))).exists()
