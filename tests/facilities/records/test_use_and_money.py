"""Use from start to statement, samples from request to return, scores: by the acts alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.models import Organisation
from kechuang.core.verifying import verify
from kechuang.facilities import actions
from kechuang.facilities.models import ChargeLine, Holding, Resource, Statement, UseSession, Voucher
from kechuang.facilities.queries.samples import by_disease
from kechuang.facilities.queries.use import reports_due, sharing, visible_sessions, visible_statements

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


NINE = datetime(2024, 3, 4, 1, tzinfo=UTC)


def at(hours, day=0):
    return clock.at(NINE + timedelta(days=day, hours=hours))


@pytest.fixture
def owner():
    return Organisation.objects.create(name_zh="所")


@pytest.fixture
def firm():
    return Organisation.objects.create(name_zh="公司", kind="enterprise")


@pytest.fixture
def tool(owner):
    row = Resource(
        code="T1",
        kind="instrument",
        name_zh="仪器",
        owner=owner,
        contact="x",
        hours="1-5 09:00-17:00",
        value_fen=100,
        rate_internal_fen=0,
        rate_academic_fen=10000,
        rate_enterprise_fen=30001,
        rate_proprietary_fen=60000,
    )
    return actions.open_resource(SYSTEM, actions.save_resource(SYSTEM, row))


@pytest.fixture
def person(firm, make_user):
    return make_user("scientist", organisation=firm, name="person")


def used(person, tool, firm, hours=2, day=0, access="enterprise", **stop):
    with at(0, day):
        row = actions.start_session(person, tool, firm, access)
    with at(hours, day):
        return actions.stop_session(person, row, **stop)


def test_a_use_is_charged_by_its_rate_less_lost_time(person, tool, firm):
    row = used(person, tool, firm, lost=20, lost_reason="停机")
    line = row.charges.get()
    assert (line.minutes, line.amount_fen, line.month) == (100, 100 * 30001 // 60, date(2024, 3, 1))
    assert row.report_due == date(2024, 3, 4) + timedelta(days=90)
    assert used(person, tool, firm, day=1, access="proprietary").report_due is None


def test_who_may_use_what_at_which_rate(person, tool, firm, owner, make_user):
    with pytest.raises(Refusal, match="not offered") as refused:
        actions.start_session(person, tool, firm, "academic")
    assert refused.value.field == "access" and refused.value.remedy
    with pytest.raises(Refusal, match="does not belong"):
        actions.start_session(person, tool, owner, "internal")
    actions.close_resource(SYSTEM, tool)
    with pytest.raises(Refusal, match="not opened"):
        actions.start_session(person, tool, firm, "enterprise")
    with pytest.raises(NotPermitted):
        actions.start_session(make_user("reviewer"), tool, firm, "enterprise")


def test_one_runs_at_a_time(person, tool, firm, owner, make_user):
    actions.start_session(person, tool, firm, "enterprise")
    inside = make_user("scientist", organisation=owner, name="inside")
    with pytest.raises(Refusal, match="in use"):
        actions.start_session(inside, tool, owner, "internal")
    with pytest.raises(IntegrityError), transaction.atomic():
        UseSession.objects.create(resource=tool, organisation=owner, access="internal", start=clock.now())
    with pytest.raises(Refusal, match="in use"):
        actions.retire_resource(SYSTEM, tool)


def test_the_keeper_starts_for_another_and_nobody_else(person, tool, firm, owner, make_user):
    keeper = make_user("manager", organisation=owner, name="keeper")
    stranger = make_user("manager", name="stranger")
    with pytest.raises(NotPermitted):
        actions.start_session(stranger, tool, firm, "enterprise", user=person)
    row = actions.start_session(keeper, tool, firm, "enterprise", user=person)
    with at(5, 10000), pytest.raises(NotPermitted):
        actions.stop_session(stranger, row)


def test_a_correction_needs_another_person_and_settles_the_difference(person, tool, firm, owner, make_user):
    row = used(person, tool, firm)
    times = {"start": NINE, "end": NINE + timedelta(hours=1), "reason": "忘记停止"}
    with at(5):
        asked = actions.ask_correction(person, row, **times)
        with pytest.raises(Refusal, match="waits"):
            actions.ask_correction(person, row, **times)
        with pytest.raises(NotPermitted):
            actions.decide_correction(person, asked, approve=True)
        keeper = make_user("manager", organisation=owner, name="keeper")
        actions.decide_correction(keeper, asked, approve=True)
        own = actions.ask_correction(keeper, row, **(times | {"end": NINE + timedelta(minutes=90)}))
        with pytest.raises(Refusal, match="Another person"):
            actions.decide_correction(keeper, own, approve=True)
    assert [line.amount_fen for line in row.charges.all()] == [60002, 30001 - 60002]
    assert list(verify()) == []


def test_corrections_never_overlap(person, tool, firm):
    row = used(person, tool, firm)
    used(person, tool, firm, day=1)
    with at(0, 2), pytest.raises(Refusal, match="overlap"):
        actions.ask_correction(person, row, start=NINE, end=NINE + timedelta(days=1, hours=1), reason="x")


def voucher(firm, fen, code, end=date(2024, 12, 31)):
    row = Voucher(code=code, organisation=firm, granted_fen=fen, valid_from=date(2024, 1, 1), valid_to=end)
    return actions.grant_voucher(SYSTEM, row)


def test_a_month_is_settled_once_vouchers_first(person, tool, firm):
    first, second = voucher(firm, 50000, "B"), voucher(firm, 50000, "A", date(2024, 6, 30))
    voucher(firm, 10**9, "C", date(2024, 3, 30))
    row = used(person, tool, firm)
    with at(0, 10), pytest.raises(Refusal, match="not over"):
        actions.issue_statement(SYSTEM, firm, date(2024, 3, 1))
    with at(0, 40):
        found = actions.issue_statement(SYSTEM, firm, date(2024, 3, 15))
        with pytest.raises(Refusal, match="issued"):
            actions.issue_statement(SYSTEM, firm, date(2024, 3, 1))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (found.amount_fen, found.voucher_fen, found.due_fen) == (60002, 60002, 0)
    assert (second.balance_fen, first.balance_fen) == (0, 39998)
    with at(0, 41):
        late = actions.ask_correction(person, row, start=NINE, end=NINE + timedelta(hours=1), reason="x")
        actions.decide_correction(SYSTEM, late, approve=True)
    credit = ChargeLine.objects.get(statement=None)
    assert (credit.amount_fen, credit.month) == (-30001, date(2024, 4, 1))
    with at(0, 70):
        assert actions.issue_statement(SYSTEM, firm, date(2024, 4, 1)).due_fen == -30001
        with pytest.raises(Refusal, match="used nothing"):
            actions.issue_statement(SYSTEM, firm, date(2024, 2, 1))


def test_vouchers_are_bounded_by_the_database_too(firm, owner):
    row = voucher(firm, 100, "A")
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.filter(pk=row.pk).update(balance_fen=-1)
    with pytest.raises(Refusal, match="for enterprises"):
        voucher(owner, 100, "B")
    with pytest.raises(Refusal, match="above zero"):
        voucher(firm, 0, "B")
    with pytest.raises(Refusal, match="taken"):
        voucher(firm, 5, "A")


def test_reports_stand_before_the_next_proposal_and_outputs_name_their_time(person, tool, firm):
    row = used(person, tool, firm)
    assert reports_due(person, date(2024, 6, 2)) == [] and reports_due(person, date(2024, 6, 3)) == [row]
    actions.hand_in_report(person, row, "测得数据")
    assert reports_due(person, date(2025, 6, 3)) == []
    facts = {"kind": "paper", "title_zh": "论文", "published_on": date(2024, 9, 1)}
    with pytest.raises(Refusal, match="DOI"):
        actions.add_output(person, [row], number="no doi", **facts)
    found = actions.add_output(person, [row], number="https://doi.org/10.1234/ABC", **facts)
    assert found.number == "10.1234/abc" and list(row.outputs.all()) == [found]
    with pytest.raises(Refusal, match="already"):
        actions.add_output(person, [row], number="10.1234/abc", **facts)


def test_scores_count_sessions_and_the_catalogue(person, tool, firm, owner):
    used(person, tool, firm, hours=8)
    actions.save_resource(
        SYSTEM, Resource(code="T2", kind="instrument", name_zh="x", owner=owner, value_fen=300)
    )
    facts, score = sharing([owner.pk], date(2024, 3, 4), date(2024, 3, 10))[owner.pk]
    assert (facts.open, facts.used, facts.outside) == (5 * 480, 480, 480)
    assert (facts.value, facts.value_opened, score.utilisation, score.opened) == (400, 100, 200, 250)


def test_each_sees_their_own(person, tool, firm, owner, make_user):
    used(person, tool, firm)
    with at(0, 40):
        actions.issue_statement(SYSTEM, firm, date(2024, 3, 1))
    stranger = make_user("scientist", name="stranger")
    keeper = make_user("manager", organisation=owner, name="keeper")
    seen = {
        who: visible_sessions(user).count() for who, user in (("p", person), ("s", stranger), ("k", keeper))
    }
    assert seen == {"p": 1, "s": 0, "k": 1}
    assert (visible_statements(person).count(), visible_statements(keeper).count()) == (1, 0)
    assert visible_statements(make_user("officer")).count() == Statement.objects.count() == 1


# ---- samples


@pytest.fixture
def holding(owner):
    bank = Resource(code="B1", kind="sample_bank", name_zh="样本库", owner=owner, contact="x")
    bank = actions.open_resource(SYSTEM, actions.save_resource(SYSTEM, bank))
    row = Holding(
        resource=bank, disease_code="C34", disease_zh="肺癌", material="血清", consent="research", total=100
    )
    return actions.save_holding(SYSTEM, row)


def ask(person, holding, firm, wanted=60, purpose="disease"):
    return actions.request_samples(person, holding, firm, purpose=purpose, study="研究", wanted=wanted)


def test_samples_go_out_and_come_back(person, holding, firm, owner, make_user):
    reviewer, keeper = make_user("reviewer"), make_user("manager", organisation=owner, name="keeper")
    row = ask(person, holding, firm)
    with pytest.raises(NotPermitted):
        actions.move_request(keeper, row, "review", ethics_number="E1")
    with pytest.raises(Refusal, match="ethics"):
        actions.move_request(reviewer, row, "review")
    actions.move_request(reviewer, row, "review", ethics_number="E1")
    with pytest.raises(NotPermitted):
        actions.move_request(reviewer, row, "agree", agreement_number="M1")
    actions.move_request(keeper, row, "agree", agreement_number="M1")
    actions.move_request(keeper, row, "deliver")
    holding.refresh_from_db()
    assert (holding.free, holding.lent) == (40, 60)
    disease = by_disease(Holding.objects.all())[0]
    assert (disease.total, disease.held["research"], disease.free["research"]) == (100, 100, 40)
    row = actions.move_request(keeper, row, "return", returned=50)
    holding.refresh_from_db()
    assert (row.stage, holding.total, holding.lent) == ("returned", 90, 0)
    with pytest.raises(Refusal, match="does not allow"):
        actions.move_request(keeper, row, "deliver")


def test_consent_stock_and_refusal(person, holding, firm, make_user):
    with pytest.raises(Refusal, match="does not cover"):
        ask(person, holding, firm, purpose="commercial")
    for wanted in (0, -1, 101):
        with pytest.raises(Refusal, match="free"):
            ask(person, holding, firm, wanted=wanted)
    first, second = ask(person, holding, firm), ask(person, holding, firm)
    for row in (first, second):
        actions.move_request(SYSTEM, row, "review", ethics_number="E")
        actions.move_request(SYSTEM, row, "agree", agreement_number="M")
    actions.move_request(SYSTEM, first, "deliver")
    with pytest.raises(Refusal, match="40 are free"):
        actions.move_request(SYSTEM, second, "deliver")
    both = make_user("reviewer", "scientist", organisation=firm, name="both")
    own = ask(both, holding, firm, wanted=1)
    with pytest.raises(NotPermitted):
        actions.move_request(both, own, "review", ethics_number="E")
    with pytest.raises(Refusal, match="reason"):
        actions.move_request(SYSTEM, own, "refuse")
    assert actions.move_request(both, own, "withdraw").stage == "withdrawn"
