"""Projects and major decisions as their pages are used: changed, prefilled, refused in the right place."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from kechuang.core import actions as core
from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Person
from kechuang.plan import actions
from kechuang.plan.models import MajorDecision, Milestone, Project
from kechuang.plan.queries.mine import waiting_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, make_user):
    user = make_user("officer", clearance=1)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def decision(centre, *members, **facts) -> MajorDecision:
    given = {"title": "追加投资", "matter": "funds", "body": centre.office, "decided_on": date(2026, 1, 5)}
    row = MajorDecision(**{**given, **facts}, reasons="概算漏项", amount_fen=1_234_567_899)
    return actions.record_decision(SYSTEM, row, members or [centre.person])


def test_a_decision_is_changed_until_somebody_votes(centre, client, officer):
    row = decision(centre)
    page = reverse("plan:decision_edit", args=[row.pk])
    form = client.get(page)
    assert "12345678.99" in form.content.decode()
    facts = {
        "title": "追加投资（修改）",
        "matter": "funds",
        "body": centre.office.pk,
        "decided_on": "2026-01-06",
    }
    changed = {**facts, "reasons": "漏项", "secrecy": 1, "amount": "5"}
    assert client.post(page, changed).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.amount_fen) == ("追加投资（修改）", 500)
    actions.cast_vote(SYSTEM, row, centre.person, "for")
    assert "Votes were cast" in client.post(page, {**changed, "amount": "6"}).content.decode()
    row.refresh_from_db()
    assert row.amount_fen == 500
    assert page not in client.get(row.get_absolute_url()).content.decode()


def test_an_amount_is_shown_to_the_fen_and_votes_are_counted(centre, client, officer):
    other, third = (Person.objects.create(name_zh=name) for name in ("委员", "缺席者"))
    row = decision(centre, centre.person, other, third)
    actions.cast_vote(SYSTEM, row, centre.person, "for")
    actions.cast_vote(SYSTEM, row, other, "against", "未落实")
    shown = client.get(row.get_absolute_url()).content.decode()
    assert "¥12,345,678.99" in shown and "1 for, 1 against, 0 abstained" in shown
    assert "2 of 3 members present, at least 2 needed" in shown and "no entry yet" in shown


def test_whoever_has_voted_is_not_asked_again(centre, make_user):
    leader = make_user("leader", clearance=1)
    leader.person = Person.objects.create(name_zh="领导")
    leader.save()
    row = decision(centre, leader.person)
    assert row in waiting_for(leader)["votes"]
    assert decision(centre, title="别的") not in waiting_for(leader)["votes"]
    actions.cast_vote(leader, row, leader.person, "for")
    assert row not in waiting_for(leader)["votes"]


def test_only_members_vote_each_once(centre, client, officer):
    row, stranger = decision(centre), Person.objects.create(name_zh="路人")
    with pytest.raises(Refusal, match="路人") as refused:
        actions.cast_vote(SYSTEM, row, stranger, "for")
    assert refused.value.field == "voter" and not row.votes.exists()
    page = reverse("plan:vote", args=[row.pk])
    answer = client.post(page, {"confirm": "1", "choice": "for", "voter": stranger.pk})
    assert "not among the members who decide" in answer.content.decode()
    for choice in ("for", "absent"):
        actions.cast_vote(SYSTEM, row, centre.person, choice)
    assert [vote.choice for vote in row.votes.all()] == ["absent"]
    newest = events_of(row)[0]
    assert (newest.before["choice"], newest.after["choice"]) == ("for", "absent")


def test_members_are_those_who_lead_the_body_on_the_day(centre, make_user):
    leaders = [make_user("leader", organisation=centre.office, name=f"l{n}") for n in range(3)]
    for n, leader in enumerate(leaders):
        leader.person = Person.objects.create(name_zh=f"领导{n}")
        leader.save()
    leaders[1].memberships.update(valid_to=date(2025, 12, 31))
    leaders[2].memberships.update(valid_from=date(2026, 1, 6))
    given = {"title": "分工", "matter": "decision", "body": centre.office, "decided_on": date(2026, 1, 5)}
    row = actions.record_decision(SYSTEM, MajorDecision(**given, reasons="需要"))
    assert list(row.members.all()) == [leaders[0].person]
    row.reasons = "另有安排"
    actions.record_decision(SYSTEM, row, [leaders[1].person])
    row.title = "分工（二）"
    actions.record_decision(SYSTEM, row)  # what was entered stays
    assert list(row.members.all()) == [leaders[1].person]
    empty = actions.record_decision(
        SYSTEM, MajorDecision(**{**given, "body": centre.office.parent}, reasons="需要")
    )
    with pytest.raises(Refusal, match="应到会成员"):
        actions.cast_vote(SYSTEM, empty, leaders[0].person, "for")


def test_a_body_decides_only_when_enough_are_there(centre, client, make_user):
    members = [Person.objects.create(name_zh=f"委员{n}") for n in range(6)]
    row = decision(centre, *members, matter="appointment")
    for member in members[:3]:
        actions.cast_vote(SYSTEM, row, member, "for")
    actions.cast_vote(SYSTEM, row, members[3], "absent")
    with pytest.raises(Refusal, match="应到 6 人，实到 3 人"):
        actions.close_vote(SYSTEM, row)
    actions.cast_vote(SYSTEM, row, members[4], "abstain")
    client.force_login(make_user("leader", clearance=1))
    client.cookies["django_language"] = "en"
    page = client.get(reverse("plan:vote_close", args=[row.pk])).content.decode()
    assert "1 member without an entry counts as absent" in page and "at least 4 votes for" in page
    assert actions.close_vote(SYSTEM, row).passed is False  # 3 of 6 are no more than half
    told = client.get(f"/api/plan/decisions/{row.pk}").json()
    assert told["vote"]["present"] == 4 and told["vote"]["needed"] == 4 and told["vote"]["quorate"]
    assert [m["choice"] for m in told["members"]] == ["for", "for", "for", "absent", "abstain", ""]


def test_members_by_program(centre, client, officer):
    body = {"title": "决定", "matter": "project", "body": centre.office.pk, "decided_on": "2025-01-01"}
    body |= {"reasons": "需要", "members": [centre.person.pk]}
    made = client.post("/api/plan/decisions", body, content_type="application/json").json()["id"]
    assert MajorDecision.objects.get(pk=made).members.get() == centre.person
    refused = client.post(
        "/api/plan/decisions", {**body, "members": [999_999]}, content_type="application/json"
    )
    assert refused.status_code == 422 and "999999" in refused.content.decode()


def test_nobody_makes_a_record_above_their_clearance(centre, officer):
    for make in (
        lambda: decision_by(officer, centre, secrecy=3),
        lambda: actions.make_task(officer, title_zh="任务", secrecy=2),
        lambda: actions.edit_commitment(officer, centre.promise, secrecy=2),
    ):
        with pytest.raises(Refusal) as above:
            make()
        assert above.value.field == "secrecy"


def decision_by(person, centre, **facts):
    row = MajorDecision(title="任免", matter="appointment", body=centre.office, reasons="需要", **facts)
    row.decided_on = date(2026, 1, 5)
    return actions.record_decision(person, row)


def test_money_of_a_source_is_changed_from_what_stands(centre, client, officer):
    source = centre.project.funding.get()
    shown = client.get(centre.project.get_absolute_url()).content.decode()
    page = f"{reverse('plan:funding', args=[centre.project.pk])}?source={source.source}"
    assert page in shown
    form = client.get(page).context["form"]
    assert Decimal(form.initial["budget"]) * 100 == source.budget_fen
    refused = client.post(page, {"source": source.source, "budget": "1", "committed": "2", "spent": "0"})
    assert refused.context["form"].errors["committed"]


def test_a_milestone_is_corrected_in_its_turn(centre, client, officer):
    project = Project.objects.create(task=centre.task, title_zh="道路", kind="transport", lead=centre.office)
    first, second = (
        actions.save_milestone(SYSTEM, Milestone(project=project, title_zh=t, order=n, due=date(2020, 1, 1)))
        for n, t in enumerate(("立项", "开工"))
    )
    shown = client.get(project.get_absolute_url()).content.decode()
    page = reverse("plan:milestone_edit", args=[second.pk])
    assert page in shown and shown.count("badge s-late") == 2
    facts = {"title_zh": "开工", "order": 1, "due": "2030-01-01", "done_on": str(clock.today())}
    assert "An earlier stage is still open" in client.post(page, facts).content.decode()
    actions.reach_milestone(SYSTEM, first)
    assert client.post(page, facts).status_code == 302
    tomorrow = str(clock.today() + timedelta(days=1))
    assert "has not come yet" in client.post(page, {**facts, "done_on": tomorrow}).content.decode()
    second.refresh_from_db()
    assert (second.due, second.done_on) == (date(2030, 1, 1), clock.today())


@pytest.mark.parametrize(("longitude", "latitude"), [(216.3, 40.0), (116.3, -91.0), (116.3, None)])
def test_a_project_lies_on_earth(centre, longitude, latitude):
    centre.project.longitude, centre.project.latitude = longitude, latitude
    with pytest.raises(Refusal) as elsewhere:
        actions.save_project(SYSTEM, centre.project)
    assert elsewhere.value.field in ("longitude", "latitude")


def test_requests_stand_in_the_work_of_whoever_is_asked(centre, client, make_user, officer):
    asker = make_user("scientist", name="asker")
    handler = make_user("reporter", organisation=centre.office, name="handler")
    row = core.open_request(asker, "question", "班车", "周末是否运行")
    assert list(waiting_for(officer)["requests"]) == [row]
    assert (
        reverse("core:request_hand_over", args=[row.pk]) in client.get(reverse("plan:mine")).content.decode()
    )
    core.hand_over_request(officer, row, centre.office)
    assert not waiting_for(officer)["requests"] and list(waiting_for(handler)["requests"]) == [row]
    core.answer_request(handler, row, "运行")
    assert not waiting_for(handler)["requests"] and list(waiting_for(asker)["to_rate"]) == [row]
    core.rate_request(asker, row, 2)
    assert list(waiting_for(handler)["requests"]) == list(waiting_for(officer)["requests"]) == [row]
    core.answer_request(handler, row, "周末每小时一班")
    core.rate_request(asker, row, 5)
    assert not waiting_for(asker)["to_rate"]
