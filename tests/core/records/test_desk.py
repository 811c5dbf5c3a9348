"""The request desk: time limits, passing up, opening again; in each person's own language."""

from datetime import timedelta

import pytest

from kechuang.core import actions, clock, timetable
from kechuang.core.acts import SYSTEM
from kechuang.core.engine.desk import TIME_LIMIT, days_over
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Notice, Organisation
from kechuang.core.roles import visible_requests

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(make_user):
    """City › district › street, a member in the first and the last."""
    city = actions.save_organisation(SYSTEM, Organisation(name_zh="市"))
    district = actions.save_organisation(SYSTEM, Organisation(name_zh="区", parent=city))
    street = actions.save_organisation(SYSTEM, Organisation(name_zh="街道", parent=district))
    mayor = make_user("leader", organisation=city, name="mayor")
    clerk = make_user("reporter", organisation=street, name="clerk")
    officer = make_user("officer", organisation=city, name="desk")
    return {"street": street, "mayor": mayor, "clerk": clerk, "officer": officer}


@pytest.fixture
def request_(line, make_user):
    row = actions.open_request(make_user(name="asker"), "complaint", "噪声", "夜间施工")
    return actions.hand_over_request(line["officer"], row, line["street"])


def told(person):
    return Notice.objects.filter(user=person, key__contains=":over:").count()


def test_days_over():
    now = clock.now()
    assert [days_over(now, now + timedelta(hours=h)) for h in (-1, 0, 1, 23, 24, 25, 48)] == [
        0,
        0,
        1,
        1,
        2,
        2,
        3,
    ]


def test_an_overdue_request_goes_up_the_line_once_a_step(line, request_):
    due = request_.due
    with clock.at(due - timedelta(minutes=1)):
        assert timetable.pass_requests_up() == "0 passed up"
    with clock.at(due + timedelta(hours=1)):
        assert timetable.pass_requests_up() == "1 passed up"
        assert timetable.pass_requests_up() == "0 passed up"
    assert (told(line["clerk"]), told(line["mayor"])) == (1, 0)
    with clock.at(due + timedelta(hours=25)):  # nobody in the district: the city is told
        assert timetable.pass_requests_up() == "1 passed up"
    assert (told(line["clerk"]), told(line["mayor"])) == (1, 1)
    actions.answer_request(line["clerk"], request_, "已整改")
    with clock.at(due + timedelta(days=9)):
        assert timetable.pass_requests_up() == "0 passed up"
    assert events_of(request_).filter(verb="core.escalate_requests").count() == 2


def test_what_nobody_took_goes_to_the_desk(line, make_user):
    row = actions.open_request(make_user(name="other"), "question", "问题", "内容")
    with clock.at(row.due + timedelta(minutes=5)):
        assert actions.escalate_requests(SYSTEM) == 1
    assert told(line["officer"]) == 1


def test_not_satisfied_opens_it_again_with_a_new_limit(line, request_):
    actions.answer_request(line["clerk"], request_, "已整改")
    with clock.at(request_.due + timedelta(days=3)):
        actions.rate_request(request_.requester, request_, 1, remark="仍有噪声")
        assert request_.stage == "open" and request_.due == clock.now() + TIME_LIMIT["complaint"]
    assert line["clerk"].notices.filter(key__contains=":again:").count() == 1
    actions.answer_request(line["clerk"], request_, "再次整改")
    actions.rate_request(request_.requester, request_, 5)
    with pytest.raises(Refusal):
        actions.rate_request(request_.requester, request_, 5)


def test_the_desk_is_told_of_a_new_request_and_of_one_given_back(line, request_, make_user):
    officer, clerk = line["officer"], line["clerk"]
    assert officer.notices.filter(key__endswith=":new").count() == 1
    due = request_.due
    with pytest.raises(Refusal):
        actions.return_request(clerk, request_, " ")
    with pytest.raises(NotPermitted):
        actions.return_request(make_user("analyst", name="stranger"), request_, "不是我的")
    actions.return_request(clerk, request_, "施工归住建部门管")
    assert (request_.stage, request_.handler, request_.due) == ("open", None, due)
    assert officer.notices.filter(key__contains=":back:").count() == 1
    assert not visible_requests(clerk).exists()
    with pytest.raises(NotPermitted):
        actions.answer_request(clerk, request_, "已整改")
    actions.hand_over_request(officer, request_, line["street"])
    actions.answer_request(clerk, request_, "已整改")


def test_whoever_stands_above_the_handler_sees_what_is_passed_up(line, request_, make_user):
    above = make_user("manager", organisation=line["street"].parent, name="above")
    assert visible_requests(above).filter(pk=request_.pk).exists()
    with clock.at(request_.due + timedelta(hours=25)):
        actions.escalate_requests(SYSTEM)
    assert told(above) == 1


def test_notices_speak_each_persons_language(line, make_user):
    english = make_user("manager", organisation=line["street"], name="english", language="en")
    row = actions.open_request(make_user(name="third"), "question", "Noise", "text")
    actions.hand_over_request(line["officer"], row, line["street"])
    assert english.notices.get().text == "A request waits for you: Noise"
    assert line["clerk"].notices.get().text != english.notices.get().text


def test_who_sees_which_requests(line, request_, make_user):
    stranger = make_user("analyst", name="stranger")
    for person, count in [(request_.requester, 1), (line["clerk"], 1), (line["officer"], 1), (stranger, 0)]:
        assert visible_requests(person).count() == count


def test_a_request_is_answered_once(make_user):
    asker, desk = make_user(name="asker"), make_user("officer", name="desk")
    row = actions.open_request(asker, "question", "班车", "周末是否运行")
    seen = type(row).objects.get(pk=row.pk)
    actions.answer_request(desk, row, "运行")
    with pytest.raises(Refusal):
        actions.answer_request(desk, seen, "不运行")
    assert type(row).objects.get(pk=row.pk).answer == "运行"
