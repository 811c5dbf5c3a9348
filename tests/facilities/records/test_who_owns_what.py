"""Acts of facilities between people: whose rows an import may change, what a retired instrument still owes, who sees
grades before they are decided, and what two hands do to one record."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from kechuang.core import clock, kinds
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Organisation
from kechuang.facilities import actions
from kechuang.facilities.actions.import_resources import read_resources
from kechuang.facilities.models import (
    Booking,
    BookingPolicy,
    Closure,
    Cycle,
    FiveYearPlan,
    Grade,
    Institution,
    Panel,
    PlanMilestone,
    Proposal,
    Resource,
    Statement,
    UseSession,
    Voucher,
)
from kechuang.facilities.queries.use import visible_sessions

pytestmark = pytest.mark.django_db
ZONE = timezone.get_default_timezone()


def at(day: date, hour: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _clock():
    with clock.at(at(date(2026, 3, 2), 9)):
        yield


@pytest.fixture
def house() -> Organisation:
    return Organisation.objects.create(name_zh="科学城")


@pytest.fixture
def manager(make_user, house):
    return make_user("manager", organisation=house)


def test_an_import_does_not_take_over_what_others_keep(manager, house):
    other = Organisation.objects.create(name_zh="研究所")
    theirs = Resource.objects.create(code="IN-1", kind="instrument", name_zh="电镜", owner=other)
    table = f"code,kind,name_zh,owner\nIN-1,instrument,我们的电镜,{house.name_zh}\n".encode()
    sheet = read_resources(manager, table, "resources.csv")
    assert not sheet.faults
    with pytest.raises(NotPermitted):
        actions.import_resources(manager, sheet, None)
    theirs.refresh_from_db()
    assert (theirs.owner, theirs.name_zh) == (other, "电镜")


def test_what_people_booked_is_not_retired_and_what_is_retired_can_be_cancelled(manager, house):
    row = Resource.objects.create(code="IN-1", kind="instrument", name_zh="电镜", owner=house)
    actions.set_policy(manager, BookingPolicy(resource=row, rules={}))
    booking = actions.book(manager, row, at(date(2026, 3, 3), 9), at(date(2026, 3, 3), 10))
    with pytest.raises(Refusal, match="预约"):
        actions.retire_resource(manager, row)
    Resource.objects.filter(pk=row.pk).update(retired_on=clock.today())
    actions.cancel_booking(manager, Booking.objects.get(pk=booking.pk))
    booking.refresh_from_db()
    assert booking.status == Booking.Status.CANCELLED and not booking.slots.exists()


def test_a_booking_is_cancelled_once(manager, house):
    row = Resource.objects.create(code="IN-1", kind="instrument", name_zh="电镜", owner=house)
    actions.set_policy(manager, BookingPolicy(resource=row, rules={}))
    booking = actions.book(manager, row, at(date(2026, 3, 3), 9), at(date(2026, 3, 3), 10))
    stale = Booking.objects.get(pk=booking.pk)
    actions.cancel_booking(manager, booking)
    with pytest.raises(Refusal):
        actions.cancel_booking(manager, stale)


@pytest.fixture
def judged(make_user, manager, house) -> tuple[Proposal, object]:
    """A proposal before its panel, and a member who may grade it."""
    cycle = Cycle.objects.create(
        name_zh="征集",
        organiser=house,
        opens=at(date(2026, 1, 1)),
        closes=at(date(2026, 2, 1)),
        start=date(2026, 5, 1),
        end=date(2026, 5, 30),
    )
    judge = make_user("reviewer", organisation=Organisation.objects.create(name_zh="评审办"), name="judge")
    panel = actions.save_panel(manager, Panel(cycle=cycle, name_zh="物理组", chair=judge))
    home = Organisation.objects.create(name_zh="大学")
    author = make_user("scientist", organisation=home, name="author")
    row = Proposal.objects.create(
        cycle=cycle,
        number="2026C01-0001",
        title_zh="磁体",
        discipline="physics",
        author=author,
        organisation=home,
        panel=panel,
        stage="panel",
        created_at=clock.now(),
    )
    return row, judge


def test_who_graded_how_is_not_in_the_history_of_the_proposal(judged):
    row, judge = judged
    actions.give_grade(judge, row, 70)
    actions.give_grade(judge, row, 80)
    actions.declare_conflict(judge, row, "合作过")
    assert not events_of(row)
    found = [event for event in events_of(row.panel) if event.verb == "facilities.give_grade"]
    assert [event.after["points"] for event in found] in ([70, 80], [80, 70])
    declared = next(e for e in events_of(row.panel) if e.verb == "facilities.declare_conflict")
    assert declared.before["points"] == 80, "a grade taken out stays on record"


def test_authors_learn_their_grade_when_it_is_decided(client, judged):
    row, judge = judged
    actions.give_grade(judge, row, 80)
    client.force_login(row.author)
    pages = ("/facilities/proposals/", f"/facilities/proposals/{row.pk}/")
    assert all("80.00" not in client.get(page).text for page in pages)
    listed = client.get("/api/facilities/proposals").json()["items"]
    assert [item["score"] for item in listed] == [None]
    assert client.get(f"/api/facilities/proposals/{row.pk}").json()["score"] is None
    row.refresh_from_db()
    actions.decide_proposal(judge, row, "recommend")
    assert "80.00" in client.get(pages[0]).text
    assert client.get(f"/api/facilities/proposals/{row.pk}").json()["score"] == 8000


def test_two_judges_at_once_both_count(judged, make_user, manager):
    row, judge = judged
    second = make_user("reviewer", organisation=Organisation.objects.create(name_zh="评审二"), name="second")
    actions.seat_member(manager, row.panel, second)
    stale = Proposal.objects.get(pk=row.pk)
    actions.give_grade(judge, row, 60)
    actions.give_grade(second, stale, 80)
    row.refresh_from_db()
    assert row.score == 7000 and Grade.objects.count() == 2


def test_co_authors_do_not_lose_each_others_answers(judged):
    row, _judge = judged
    form = row.cycle.forms.create(
        number=1, fields=[{"key": k, "kind": "text", "label_zh": k} for k in ("aim", "note")]
    )
    Proposal.objects.filter(pk=row.pk).update(stage="draft", form=form)
    one, two = (Proposal.objects.get(pk=row.pk) for _ in range(2))
    actions.save_answers(row.author, one, {"aim": "测量"}, quiet=True)
    actions.save_answers(row.author, two, {"note": "备注"}, quiet=True)
    row.refresh_from_db()
    assert row.answers == {"aim": "测量", "note": "备注"}


def test_a_closure_that_a_breakdown_swallows_stays_on_record(manager, house):
    from kechuang.facilities.actions.plans import _close

    row = Resource.objects.create(code="B-1", kind="beamline", name_zh="线站", owner=house)
    start, end = at(date(2026, 5, 4)), at(date(2026, 5, 6))
    actions.save_closure(manager, Closure(resource=row, kind="maintenance", start=start, end=end))
    _close(manager, row, start + timedelta(days=1), end + timedelta(days=1), "泵坏了")
    assert [(c.kind, c.start, c.end) for c in row.closures.all()] == [
        ("breakdown", start, end + timedelta(days=1))
    ]
    before = [e.before for e in events_of(row) if e.verb == "facilities.repair_time_plan"]
    assert any(facts and facts["kind"] == "maintenance" for facts in before)


def test_money_of_others_is_not_seen_through_its_kind(make_user):
    enterprise = Organisation.objects.create(name_zh="企业", kind="enterprise")
    voucher = Voucher.objects.create(
        code="V1",
        organisation=enterprise,
        granted_fen=100,
        balance_fen=100,
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
    )
    statement = Statement.objects.create(
        organisation=enterprise, month=date(2026, 1, 1), amount_fen=1, voucher_fen=0, issued_at=clock.now()
    )
    stranger = make_user("scientist", organisation=Organisation.objects.create(name_zh="大学"))
    own = make_user("scientist", organisation=enterprise, name="own")
    for row in (voucher, statement):
        assert not kinds.visible(stranger, row) and kinds.visible(own, row)


def test_nobody_signed_in_sees_no_sessions(house):
    row = Resource.objects.create(code="IN-1", kind="instrument", name_zh="电镜", owner=house)
    UseSession.objects.create(resource=row, organisation=house, access="internal", start=clock.now())
    assert not visible_sessions(AnonymousUser()).exists()


def test_an_address_that_is_none_is_refused_however_it_comes(manager, house):
    institution = Institution.objects.create(organisation=house, kind="national")
    plan = FiveYearPlan.objects.create(
        institution=institution, start_year=2026, end_year=2030, mission_zh="使命"
    )
    row = PlanMilestone.objects.create(plan=plan, name_zh="节点", due=date(2026, 6, 1))
    with pytest.raises(Refusal):
        actions.reach_plan_milestone(manager, row, date(2026, 3, 1), "javascript:alert(1)")


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "not a day"])
def test_a_day_nobody_can_mean_is_the_usual_one(client, day):
    for address in (f"/facilities/sharing/?from={day}&to={day}", f"/facilities/cluster/?on={day}"):
        assert client.get(address).status_code == 200


def test_visitors_are_told_how_much_is_used_and_not_by_whom(client, manager, house):
    from kechuang.core.acts import SYSTEM
    from kechuang.indicators.actions import recompute, sync_declarations

    sync_declarations(SYSTEM)
    row = Resource.objects.create(code="IN-1", kind="instrument", name_zh="电镜", owner=house)
    user = Organisation.objects.create(name_zh="某某企业", kind="enterprise")
    day = at(date(2026, 2, 2), 9)
    UseSession.objects.create(
        resource=row, organisation=user, access="enterprise", start=day, end=day + timedelta(hours=1)
    )
    recompute(SYSTEM)
    address = "/indicators/m/facility-minutes-used/why/"
    seen = client.get(address).text
    assert "60" in seen and "某某企业" not in seen
    client.force_login(manager)
    assert "某某企业" in client.get(address).text
