"""Who may do what: every act of calls, plans and booking, each role against it through the API."""

from __future__ import annotations

import copy
import json
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from kechuang.core import clock
from kechuang.core.acts import ACTS, SYSTEM
from kechuang.facilities import actions
from kechuang.facilities.models import CycleRule, HandRule, TimePlan
from tests.facilities.world import FORM, NOW, ROLES, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with clock.at(NOW):
        yield


@pytest.fixture(scope="module")
def lasting_world(lasting) -> World:
    with lasting(), clock.at(NOW):
        return World()


@pytest.fixture
def world(db, lasting_world) -> World:
    return copy.deepcopy(lasting_world)


def iso(moment: datetime) -> str:
    return moment.isoformat()


DAY = {"start": iso(NOW + timedelta(days=5)), "end": iso(NOW + timedelta(days=5, hours=1))}
TERMS = {
    "opens": "2026-03-01T00:00",
    "closes": "2026-04-01T00:00",
    "start": "2026-05-04",
    "end": "2026-05-17",
}
M, S, EVERY = {"manager"}, {"scientist", "author"}, {r for r in ROLES if r}

# act → (method, path, body, who may); a path or body may be a function of the world
TABLE = {
    "save_cycle": (
        "post",
        "cycles",
        lambda w: {"name_zh": "新", "organiser": w.homes["manager"].pk, **TERMS},
        M,
    ),
    "move_cycle": ("post", lambda w: f"cycles/{w.cycle.pk}/move", {"verb": "close"}, M),
    "save_offer": (
        "post",
        lambda w: f"cycles/{w.prepared.pk}/offers",
        lambda w: {"resource": w.other.pk, "hours": 9},
        M,
    ),
    "remove_offer": ("delete", lambda w: f"offers/{w.prepared.facilities.get().pk}", {}, M),
    "save_rule": (
        "post",
        lambda w: f"cycles/{w.cycle.pk}/rules",
        {"kind": "floor", "name": "life", "least": 10},
        M,
    ),
    "remove_rule": (
        "delete",
        lambda w: f"rules/{CycleRule.objects.create(cycle=w.cycle, kind='floor', name='x', least=1).pk}",
        {},
        M,
    ),
    "save_closure": ("post", lambda w: f"resources/{w.other.pk}/closures", DAY, M),
    "remove_closure": ("delete", lambda w: f"closures/{w.closure.pk}", {}, M),
    "save_form": ("put", lambda w: f"cycles/{w.cycle.pk}/form", {"fields": FORM}, M),
    "publish_form": ("post", lambda w: f"cycles/{w.prepared.pk}/form/publish", {}, M),
    "start_proposal": (
        "post",
        lambda w: f"cycles/{w.cycle.pk}/proposals",
        lambda w: {"title_zh": "新", "discipline": "physics", "organisation": w.mine},
        S,
    ),
    "edit_proposal": ("patch", lambda w: f"proposals/{w.draft.pk}", {"title_zh": "改"}, {"author"}),
    "save_answers": (
        "put",
        lambda w: f"proposals/{w.draft.pk}/answers",
        {"answers": {"aim": "x"}},
        {"author"},
    ),
    "ask_time": (
        "post",
        lambda w: f"proposals/{w.draft.pk}/time",
        lambda w: {"facilities": [w.offer.pk], "hours": 8},
        {"author"},
    ),
    "drop_time": (
        "delete",
        lambda w: f"proposals/{w.draft.pk}/time/{w.draft.requests.get().pk}",
        {},
        {"author"},
    ),
    "add_coauthor": ("post", lambda w: f"proposals/{w.draft.pk}/coauthors", {"user": "analyst"}, {"author"}),
    "drop_coauthor": ("delete", lambda w: f"proposals/{w.draft.pk}/coauthors/analyst", {}, {"author"}),
    "submit_proposal": ("post", lambda w: f"proposals/{w.draft.pk}/submit", {}, {"author"}),
    "withdraw_proposal": ("post", lambda w: f"proposals/{w.sent.pk}/withdraw", {}, {"author"}),
    "send_back_proposal": ("post", lambda w: f"proposals/{w.sent.pk}/send-back", {"reason": "补充"}, M),
    "check_proposal": (
        "post",
        lambda w: f"proposals/{w.sent.pk}/check",
        {"kind": "eligibility", "passed": True},
        M,
    ),
    "save_panel": ("post", lambda w: f"cycles/{w.cycle.pk}/panels", {"name_zh": "新组", "chair": "chair"}, M),
    "seat_member": ("post", lambda w: f"panels/{w.panel.pk}/members", {"user": "chair"}, M),
    "unseat_member": ("delete", lambda w: f"panels/{w.panel.pk}/members/judge", {}, M),
    "assign_panel": ("post", lambda w: f"proposals/{w.sent.pk}/panel", lambda w: {"panel": w.panel.pk}, M),
    "give_grade": ("post", lambda w: f"proposals/{w.judged.pk}/grade", {"points": 70}, {"judge", "chair"}),
    "declare_conflict": (
        "post",
        lambda w: f"proposals/{w.judged.pk}/conflict",
        {"reason": "合作"},
        {"judge", "chair"},
    ),
    "decide_proposal": (
        "post",
        lambda w: f"proposals/{w.judged.pk}/decide",
        {"verb": "decline", "reason": "名额"},
        {"chair"},
    ),
    "make_time_plan": ("post", lambda w: f"cycles/{w.plan.cycle_id}/plans", {"seconds": 1}, M),
    "change_by_hand": (
        "post",
        lambda w: f"time-plans/{w.plan.pk}/hand",
        lambda w: {"kind": "forbid", "request": w.judged.requests.get().pk, "reason": "停"},
        M,
    ),
    "release_hand_rule": (
        "delete",
        lambda w: (
            f"hand-rules/{HandRule.objects.create(cycle=w.cycle, kind='forbid', request=w.judged.requests.get()).pk}"
        ),
        {},
        M,
    ),
    "repair_time_plan": (
        "post",
        lambda w: f"time-plans/{w.plan.pk}/repair",
        lambda w: {
            "facility": w.offer.pk,
            "start": "2026-05-05T00:00",
            "end": "2026-05-06T00:00",
            "reason": "坏",
        },
        M,
    ),
    "publish_time_plan": ("post", lambda w: f"time-plans/{w.plan.pk}/publish", {}, M),
    "stop_time_plan": (
        "post",
        lambda w: (
            f"time-plans/{TimePlan.objects.create(cycle=w.cycle, number=99, origin=NOW, made_at=NOW).pk}/stop"
        ),
        {},
        M,
    ),
    "grant_rapid": (
        "post",
        lambda w: f"proposals/{w.recommended().pk}/rapid",
        lambda w: {"facility": w.offer.pk, "start": "2026-05-05T00:00", "hours": 8, "reason": "急"},
        M,
    ),
    "book": ("post", lambda w: f"resources/{w.instrument.pk}/bookings", DAY, EVERY),
    "book_series": (
        "post",
        lambda w: f"resources/{w.instrument.pk}/bookings",
        {**DAY, "every_days": 7, "count": 2},
        EVERY,
    ),
    "cancel_booking": ("post", lambda w: f"bookings/{w.booking.pk}/cancel", {}, {"author", "manager"}),
    "join_waiting": (
        "post",
        lambda w: f"resources/{w.instrument.pk}/waiting",
        lambda w: {"start": iso(w.booking.start), "end": iso(w.booking.end)},
        EVERY,
    ),
    "leave_waiting": (
        "delete",
        lambda w: (
            f"waiting/{actions.join_waiting(w.people['author'], w.instrument, w.booking.start, w.booking.end).pk}"
        ),
        {},
        {"author"},
    ),
    "report_problem": ("post", lambda w: f"resources/{w.instrument.pk}/problems", {"text": "漏水"}, EVERY),
    "solve_problem": ("post", lambda w: f"problems/{w.problem.pk}/solve", {"solution": "修好"}, M),
    "set_policy": ("put", lambda w: f"resources/{w.other.pk}/policy", {"rules": {}}, M),
    "save_qualification": ("post", "qualifications", {"name_zh": "新资格"}, M),
    "record_training": (
        "post",
        lambda w: f"qualifications/{w.qualification.pk}/trainings",
        {"user": "judge", "trained_on": "2026-02-01"},
        M,
    ),
    "withdraw_training": ("post", lambda w: f"trainings/{w.training.pk}/withdraw", {"reason": "违规"}, M),
    "make_feed": ("post", "feeds", {}, EVERY),
}
ELSEWHERE = {  # acts whose case needs more than a request body; each has a test of its own below or in records/
    "attach_file",
    "complete_proposal",
    "give_back_time",
    "mark_no_show",
}


def ask(client, world: World, method: str, path, body):
    path = path(world) if callable(path) else path
    body = body(world) if callable(body) else body
    return client.generic(
        method.upper(), f"/api/facilities/{path}", json.dumps(body), content_type="application/json"
    )


def test_every_act_has_its_row():
    modules = {
        f"kechuang.facilities.actions.{m}"
        for m in (
            "booking",
            "cycles",
            "extra_time",
            "panels",
            "plans",
            "proposals",
            "publishing",
            "trainings",
        )
    }
    acts = {verb.split(".")[1] for verb, a in ACTS.items() if a.function.__module__ in modules}
    assert acts == set(TABLE) | ELSEWHERE


@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_role_against_each_act(client, world, name):
    method, path, body, who = TABLE[name]
    outcomes = {}
    path = path(world) if callable(path) else path  # makes what the act needs: once, and not for each role
    for role in ROLES:
        mine = copy.deepcopy(world)  # the database forgets what a role did, and so does this
        client.logout()
        if role:
            client.force_login(mine.people[role])
        mine.mine = mine.homes[role or "author"].pk
        with transaction.atomic():
            outcomes[role] = ask(client, mine, method, path, body).status_code
            transaction.set_rollback(True)
    allowed = {role for role, status in outcomes.items() if status == 200}
    assert allowed == who, outcomes
    assert all(status in (401, 403, 404) for role, status in outcomes.items() if role not in who), outcomes
    assert outcomes[None] == 401


def test_lost_time_files_and_completion(client, world):
    grant = world.granted()
    with clock.at(grant.end):
        for role, expected in (("author", 403), ("manager", 200)):
            client.force_login(world.people[role])
            body = json.dumps({"hours": 8, "reason": "停电"})
            answer = client.post(
                f"/api/facilities/grants/{grant.pk}/give-back", body, content_type="application/json"
            )
            assert answer.status_code == expected
        assert client.post(f"/api/facilities/proposals/{world.judged.pk}/complete").status_code == 200


def test_nobody_came(client, world):
    with clock.at(world.booking.start + timedelta(minutes=30)):
        client.force_login(world.people["scientist"])
        assert client.post(f"/api/facilities/bookings/{world.booking.pk}/no-show").status_code == 403
        client.force_login(world.people["manager"])
        assert client.post(f"/api/facilities/bookings/{world.booking.pk}/no-show").json() == {
            "status": "no_show"
        }


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        (
            "post",
            "cycles",
            lambda w: {
                "name_zh": "新",
                "organiser": w.homes["manager"].pk,
                **TERMS,
                "closes": "2026-02-01T00:00",
            },
            "closes",
        ),
        (
            "post",
            lambda w: f"cycles/{w.cycle.pk}/rules",
            {"kind": "floor", "name": "life", "least": 1001},
            "least",
        ),
        (
            "post",
            lambda w: f"resources/{w.other.pk}/closures",
            lambda w: {"start": iso(w.closure.start), "end": iso(w.closure.end)},
            "start",
        ),
        (
            "post",
            lambda w: f"resources/{w.instrument.pk}/bookings",
            lambda w: {"start": iso(w.booking.start), "end": iso(w.booking.end)},
            "start",
        ),
        ("put", lambda w: f"resources/{w.other.pk}/policy", {"rules": {"longest": -1}}, "rules"),
        ("put", lambda w: f"cycles/{w.cycle.pk}/form", {"fields": [{"key": "A", "kind": "text"}]}, "A"),
    ],
)
def test_bad_input_says_where(client, world, method, path, body, field):
    client.force_login(world.people["manager"])
    answer = ask(client, world, method, path, body)
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["field"] == field and problem["detail"]


def test_what_others_may_not_read(client, world):
    client.force_login(world.people["scientist"])
    assert client.get(f"/api/facilities/proposals/{world.sent.pk}").status_code == 404
    assert client.get("/api/facilities/proposals").json()["items"] == []
    assert client.get(f"/api/facilities/time-plans/{world.plan.pk}").status_code == 404
    actions.publish_time_plan(SYSTEM, world.plan)
    assert client.get(f"/api/facilities/time-plans/{world.plan.pk}").status_code == 200
    assert client.get(f"/api/facilities/time-plans/{world.plan.pk}/instance.json").status_code == 403
    assert client.get(f"/api/facilities/time-plans/{world.plan.pk}/proof").json()["holds"] is True


def test_the_cost_is_shown_and_nothing_stored(client, world):
    client.force_login(world.people["manager"])
    plan = world.plan
    body = {"kind": "forbid", "request": world.judged.requests.get().pk}
    answer = ask(client, world, "post", f"time-plans/{plan.pk}/what-if", body).json()
    assert answer["cost"] == pytest.approx(plan.result["value"])
    assert not HandRule.objects.exists() and plan.cycle.plans.count() == 1
