"""Each role against each act, through the API: who may, and who is told no before anything is touched."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kechuang.core import clock
from kechuang.core.acts import ACTS, SYSTEM
from kechuang.facilities import actions
from kechuang.facilities.models import UseSession, Voucher
from tests.facilities.one_of_each import picture

pytestmark = pytest.mark.django_db
TODAY = date.today()


OFFICE, KEEPERS = {"officer"}, {"officer", "manager"}
FACILITY = {"code": "g", "name_zh": "新", "kind": "platform"}
RESOURCE = {"code": "N", "kind": "instrument", "name_zh": "新"}
ACTS_TABLE = [
    # act, path, what is sent, who may
    ("save_institution", "institutions", lambda h: {"organisation": h["firm"].pk, "kind": "new_rd"}, OFFICE),
    ("save_unit", "institutions/{institution}/units", lambda h: {"name_zh": "部"}, KEEPERS),
    (
        "save_plan",
        "institutions/{institution}/plans",
        lambda h: {"start_year": 2031, "end_year": 2035, "mission_zh": "x"},
        KEEPERS,
    ),
    ("save_direction", "plans/{plan}/directions", lambda h: {"name_zh": "方向"}, KEEPERS),
    (
        "save_plan_milestone",
        "plans/{plan}/milestones",
        lambda h: {"name_zh": "m", "due": "2023-01-01"},
        KEEPERS,
    ),
    ("reach_plan_milestone", "milestones/{milestone}/reach", lambda h: {}, KEEPERS),
    (
        "save_contract",
        "institutions/{institution}/contracts",
        lambda h: {"title_zh": "c", "funder": h["firm"].pk, "start": "2021-01-01", "end": "2025-01-01"},
        OFFICE,
    ),
    (
        "save_contract_indicator",
        "contracts/{contract}/indicators",
        lambda h: {"name_zh": "i", "target": 3},
        OFFICE,
    ),
    ("report_contract_indicator", "contract-indicators/{indicator}/report", lambda h: {"actual": 3}, KEEPERS),
    (
        "evaluate",
        "institutions/{institution}/evaluations",
        lambda h: {
            "start": "2021-01-01",
            "end": "2022-01-01",
            "held_on": "2022-02-01",
            "grade": "good",
            "conclusion": "x",
        },
        {"officer", "reviewer"},
    ),
    (
        "link_promise",
        "cluster/{facility}/serves",
        lambda h: {"kind": "plan.task", "key": str(task().pk)},
        OFFICE,
    ),
    (
        "save_facility",
        "cluster",
        lambda h: {**FACILITY, "cluster": h["owner"].pk, "owner": h["owner"].pk},
        KEEPERS,
    ),
    (
        "plan_stage",
        "cluster/{facility}/plan",
        lambda h: {"stage": "trial", "planned_on": "2025-01-01"},
        KEEPERS,
    ),
    (
        "enter_stage",
        "cluster/{facility}/enter",
        lambda h: Form({"stage": "approval", "actual_on": "2021-01-01", "evidence": "x"}),
        KEEPERS,
    ),
    ("correct_stage", "stages/{stage}/correct", lambda h: {"actual_on": "2019-01-01", "reason": "x"}, OFFICE),
    (
        "add_acceptance",
        "cluster/{facility}/acceptances",
        lambda h: Form({"title": "a", "accepted_on": "2021-01-01"}),
        KEEPERS,
    ),
    ("save_resource", "resources", lambda h: {**RESOURCE, "owner": h["owner"].pk}, KEEPERS),
    ("open_resource", "resources/{tool}/open", lambda h: {}, KEEPERS),
    ("close_resource", "resources/{tool}/close", lambda h: {}, KEEPERS),
    ("retire_resource", "resources/{tool}/retire", lambda h: {}, KEEPERS),
    (
        "add_photo",
        "resources/{tool}/photos",
        lambda h: Form({"file": SimpleUploadedFile("q.png", picture("red")), "shows_zh": "新照片"}),
        KEEPERS,
    ),
    ("change_photo", "photos/{photo}", lambda h: Form({"shows_zh": "另一句"}), KEEPERS),
    ("remove_photo", "DELETE photos/{photo}", lambda h: {}, KEEPERS),
    (
        "save_agreement",
        "resources/{lab}/agreements",
        lambda h: Form({"title": "a", "signed_on": "2021-01-01"}),
        KEEPERS,
    ),
    ("add_member", "agreements/{agreement}/members", lambda h: {"organisation": h["firm"].pk}, KEEPERS),
    (
        "import_resources",
        "resource-imports?dry_run=false",
        lambda h: Form(
            {"file": SimpleUploadedFile("t.csv", "code,kind,name_zh,owner\nX,instrument,x,所\n".encode())}
        ),
        KEEPERS,
    ),
    (
        "save_holding",
        "resources/{bank}/holdings",
        lambda h: {"disease_zh": "e", "material": "m", "consent": "research", "total": 1},
        KEEPERS,
    ),
    (
        "request_samples",
        "holdings/{holding}/requests",
        lambda h: {"organisation": h["owner"].pk, "purpose": "disease", "study": "x", "wanted": 1},
        {"officer", "manager", "scientist"},
    ),
    (
        "move_request",
        "sample-requests/{request}/steps/review",
        lambda h: {"ethics_number": "E"},
        {"officer", "reviewer"},
    ),
    (
        "start_session",
        "resources/{tool}/sessions",
        lambda h: {"organisation": h["owner"].pk, "access": "internal"},
        {"manager", "scientist"},
    ),
    ("ask_correction", "sessions/{session}/corrections", None, None),
    ("decide_correction", "corrections/{correction}/decide", lambda h: {"approve": True}, KEEPERS),
    (
        "grant_voucher",
        "vouchers",
        lambda h: {
            "code": "V",
            "organisation": h["firm"].pk,
            "granted_fen": 5,
            "valid_from": "2024-01-01",
            "valid_to": "2024-12-31",
        },
        OFFICE,
    ),
    (
        "issue_statement",
        "statements",
        lambda h: {"organisation": h["owner"].pk, "month": (clock.today() - timedelta(days=40)).isoformat()},
        KEEPERS,
    ),
    (
        "issue_month",
        "statements/month",
        lambda h: {"month": (clock.today() - timedelta(days=40)).isoformat()},
        KEEPERS,
    ),
    (
        "add_output",
        "outputs",
        lambda h: {
            "kind": "patent",
            "number": "ZL1",
            "title_zh": "t",
            "published_on": "2024-01-01",
            "sessions": [h["session"].pk],
        },
        KEEPERS,
    ),
]
OWN_TESTS = {"stop_session", "hand_in_report", "load_reference"}


class Form(dict):
    """Sent as a form rather than as JSON."""


def task():
    from kechuang.plan import actions as plan

    return plan.make_task(SYSTEM, title_zh="任务", secrecy=0)


def send(client, house, path, body):
    method, _, rest = path.rpartition(" ")
    keys = {name: row.pk for name, row in house.items() if hasattr(row, "pk")}
    url = f"/api/facilities/{rest.format(**keys)}"
    if isinstance(body, Form):
        return client.post(url, dict(body))
    return client.generic(method or "POST", url, json.dumps(body), content_type="application/json")


@pytest.mark.parametrize("row", [r for r in ACTS_TABLE if r[2]], ids=lambda r: r[0])
def test_each_role(row, house, client):
    from django.db import transaction

    _verb, path, body, allowed = row
    for role, user in house["users"].items():
        client.force_login(user)
        with transaction.atomic():
            answer = send(client, house, path, body(house))
            transaction.set_rollback(True)
        seen = answer.status_code
        if role in allowed | {"admin"}:
            assert seen == 200, (role, seen, answer.content.decode()[:300])
        else:
            assert seen in ((403, 200, 404, 422) if role == "other" else (403, 404)), (role, seen)
            if role == "other" and seen == 200 and "manager" in allowed:
                assert row[0] in ("issue_statement", "issue_month") or answer.json()["stored"] is False
    client.logout()
    assert send(client, house, path, body(house)).status_code == 401


def test_the_table_knows_every_act_of_these_files():
    mine = {
        verb.split(".")[1]
        for verb, found in ACTS.items()
        if verb.startswith("facilities.")
        and found.function.__module__.rsplit(".", 1)[1]
        in {
            "institutions",
            "lifecycle",
            "catalogue",
            "photos",
            "import_resources",
            "samples",
            "sessions",
            "money",
        }
    }
    assert mine - {row[0] for row in ACTS_TABLE} == {"stop_session", "hand_in_report"}


def test_refusals_are_problems_that_name_field_and_remedy(house, client):
    client.force_login(house["users"]["manager"])
    answer = send(
        client, house, "resources", {**RESOURCE, "owner": house["owner"].pk, "rate_academic_fen": -1}
    )
    assert answer.status_code == 422 and answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["field"] == "rate_academic_fen" and problem["remedy"]
    bad = send(
        client,
        house,
        "resource-imports",
        Form({"file": SimpleUploadedFile("t.csv", "code,kind,name_zh,owner\nX,boat,x,所\n".encode())}),
    )
    assert bad.json()["faults"] == [
        {
            "row": 2,
            "column": "kind",
            "value": "boat",
            "what": "不在可选值之内",
            "remedy": bad.json()["faults"][0]["remedy"],
        }
    ]
    assert "instrument" in bad.json()["faults"][0]["remedy"]


def test_a_session_through_the_api(house, client):
    client.force_login(house["users"]["scientist"])
    started = send(
        client, house, "resources/{tool}/sessions", {"organisation": house["owner"].pk, "access": "internal"}
    )
    key = started.json()["id"]
    with clock.at(clock.now() + timedelta(hours=1)):
        assert (
            client.post(
                f"/api/facilities/sessions/{key}/stop", "{}", content_type="application/json"
            ).status_code
            == 200
        )
    assert client.post(f"/api/facilities/sessions/{key}/report", {"summary": "好"}).status_code == 200
    assert UseSession.objects.get(pk=key).report.summary == "好"
    client.force_login(house["users"]["leader"])
    assert client.post(f"/api/facilities/sessions/{key}/report", {"summary": "x"}).status_code == 403


def test_the_public_sees_what_is_opened_and_nothing_else(house, client):
    _shut = actions.close_resource(SYSTEM, house["tool"])
    codes = {row["code"] for row in client.get("/api/facilities/resources").json()["items"]}
    assert codes == {"LAB", "BANK"}
    assert client.get(f"/api/facilities/resources/{house['tool'].pk}").status_code == 404
    assert client.get("/api/facilities/cluster").json()["totals"]["facilities"] == 1
    for path in ("sessions", "vouchers", "statements", "sample-requests"):
        assert client.get(f"/api/facilities/{path}").status_code == 401
    assert Voucher.objects.count() == 0
