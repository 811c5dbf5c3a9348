"""Each role against each act, through the pages: the form is sent, and who may is what the API's tables say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse

from kechuang.core import clock, files
from kechuang.core.acts import SYSTEM
from kechuang.core.web.importing import trial_token
from kechuang.facilities import actions
from kechuang.facilities.models import CycleRule, HandRule, TimePlan
from tests.facilities.one_of_each import picture
from tests.facilities.web import test_acts_by_role as first
from tests.facilities.web import test_proposals_api as second
from tests.facilities.web.test_every_act import WITHOUT_PAGE, acts_of_the_domain
from tests.facilities.world import FORM, NOW, ROLES, World
from tests.roles import filled, tried_by_page

pytestmark = pytest.mark.django_db
YES = {"confirm": "1"}
MONTH = (clock.today() - timedelta(days=40)).isoformat()


def to(name: str, *keys: int | str) -> str:
    return reverse(f"facilities:{name}", args=keys)


def form(page_name: str, /, *keys: str, **data):
    """A form that is opened, changed and sent; keys and values in braces stand for the world's rows."""

    def page(client, world):
        address = to(page_name, *(_row(world, key) for key in keys))
        return address, filled(client, address, **{k: _row(world, v) for k, v in data.items()})

    return page


def dialogue(page_name: str, /, *keys: str, **data):
    """A dialogue that is confirmed."""
    return form(page_name, *keys, **YES, **data)


def _row(world, value):
    """`{tool}` is the key of the world's tool, `{cycle.facilities.get}` what is found there; a function is asked."""
    if callable(value):
        value = value(world)
    if not isinstance(value, str) or not value.startswith("{"):
        return value
    found = world
    for name in value[1:-1].split("."):
        found = found[name] if isinstance(found, dict) else getattr(found, name)
        found = found() if name == "get" else found
    return getattr(found, "pk", found)


def tried_import(h):
    """What each has tried is confirmed; a visitor has a token that leaked."""
    path, data = to("resource_import"), "code,kind,name_zh,owner\nX,instrument,x,所\n".encode()
    stored, people = files.keep(SYSTEM, "t.csv", data), h["users"]
    return path, {"token": lambda name: trial_token(path, people[name or "admin"], stored)}


def png(colour: str = "navy") -> SimpleUploadedFile:
    return SimpleUploadedFile("p.png", picture(colour))


PAGES = {
    "save_institution": form("institution_add", organisation="{firm}", kind="new_rd"),
    "save_unit": form("unit_add", "{institution}", name_zh="部"),
    "save_plan": form("plan_add", "{institution}", start_year=2031, end_year=2035, mission_zh="x"),
    "save_direction": form("direction_add", "{plan}", name_zh="方向"),
    "save_plan_milestone": form("milestone_add", "{plan}", name_zh="m", due="2023-01-01"),
    "reach_plan_milestone": form("milestone_reach", "{milestone}", done_on="2024-01-01"),
    "save_contract": form(
        "contract_add", "{institution}", title_zh="c", funder="{firm}", start="2021-01-01", end="2025-01-01",
        amount_fen=1,
    ),
    "save_contract_indicator": form("indicator_add", "{contract}", name_zh="i", target=3),
    "report_contract_indicator": form("indicator_report", "{indicator}", actual=3, measured_on="2024-01-01"),
    "evaluate": form(
        "evaluate", "{institution}", start="2021-01-01", end="2022-01-01", held_on="2022-02-01", grade="good",
        conclusion="x",
    ),
    "link_promise": form("facility_link", "{facility}", kind="plan.task", key=lambda h: first.task().pk),
    "save_facility": form(
        "facility_add", code="g", name_zh="新", kind="platform", cluster="{owner}", owner="{owner}"
    ),
    "plan_stage": form("stage_plan", "{facility}", stage="trial", planned_on="2025-01-01"),
    "enter_stage": form("stage_enter", "{facility}", stage="approval", actual_on="2021-01-01", evidence="x"),
    "correct_stage": form("stage_correct", "{stage}", actual_on="2019-01-01", reason="x"),
    "add_acceptance": form("acceptance_add", "{facility}", title="a", accepted_on="2021-01-01"),
    "save_resource": form("resource_add", code="N", kind="instrument", name_zh="新", owner="{owner}", value_fen=0),
    "open_resource": dialogue("resource_open", "{tool}"),
    "close_resource": dialogue("resource_close", "{tool}"),
    "retire_resource": dialogue("resource_retire", "{tool}"),
    "add_photo": form("photo_add", "{tool}", file=lambda h: png(), shows_zh="新照片"),
    "change_photo": form("photo_edit", "{photo}", shows_zh="另一句"),
    "remove_photo": dialogue("photo_remove", "{photo}"),
    "save_agreement": form("agreement_add", "{lab}", title="a", signed_on="2021-01-01"),
    "add_member": form("member_add", "{agreement}", organisation="{firm}"),
    "import_resources": lambda client, h: tried_import(h),
    "save_holding": form("holding_add", "{bank}", disease_zh="e", material="m", consent="research", total=1),
    "request_samples": form(
        "sample_ask", "{holding}", organisation="{owner}", purpose="disease", study="x", wanted=1
    ),
    "move_request": lambda client, h: (to("sample_step", h["request"].pk, "review"), {"ethics_number": "E"}),
    "start_session": form("session_start", "{tool}", organisation="{owner}", access="internal"),
    "stop_session": lambda client, h: (to("session_stop", running(h).pk), {"lost": 0}),
    "ask_correction": lambda client, h: (
        to("session_correct", ended(h).pk),
        {"start": "2024-01-01T08:00", "end": "2024-01-01T09:00", "lost": 0, "reason": "x"},
    ),
    "hand_in_report": lambda client, h: (to("session_report", ended(h).pk), {"summary": "好"}),
    "decide_correction": form("correction_decide", "{correction}", approve="yes"),
    "grant_voucher": form(
        "voucher_grant", code="V", organisation="{firm}", granted_fen=5, valid_from="2024-01-01",
        valid_to="2024-12-31",
    ),
    "issue_statement": form("statement_issue", organisation="{owner}", month=MONTH),
    "issue_month": dialogue("month_issue", month=MONTH),
    "add_output": form(
        "output_add", kind="patent", number="ZL1", title_zh="t", published_on="2024-01-01", sessions="{session}"
    ),
}  # fmt: skip
ALSO = {  # who may, where the API's table has no row
    "stop_session": {"manager", "officer", "scientist", "admin"},
    "ask_correction": {"manager", "officer", "scientist", "admin"},
    "hand_in_report": {"scientist"},
}
ANYWHERE = {"issue_statement", "issue_month"}  # a manager of any organisation may


def running(h):
    return actions.start_session(h["users"]["scientist"], h["tool"], h["owner"], "internal")


def ended(h):
    with clock.at(clock.now() - timedelta(hours=2)):
        session = running(h)
    return actions.stop_session(SYSTEM, session)


def with_file(w):
    """The draft under a form that asks for a file."""
    plan = {"key": "plan", "kind": "file", "label_zh": "方案"}
    actions.save_form(SYSTEM, w.cycle, [*FORM, plan])
    actions.publish_form(SYSTEM, w.cycle)
    return w.draft.pk


def with_coauthor(w):
    actions.add_coauthor(w.people["author"], w.draft, w.people["analyst"])
    return w.draft.pk


def granted(w):
    with clock.at(NOW):
        return w.granted()


def waiting(w):
    author, taken = w.people["author"], w.booking
    return actions.join_waiting(author, w.instrument, taken.start, taken.end).pk


CALL_PAGES = {
    "save_cycle": form(
        "cycle_add", name_zh="新", organiser="{homes.manager}", opens="2026-03-01T00:00", closes="2026-04-01T00:00",
        start="2026-05-04", end="2026-05-17",
    ),
    "move_cycle": lambda client, w: (to("cycle_move", w.cycle.pk, "close"), YES),
    "save_offer": form("offer_add", "{prepared}", resource="{other}", hours=9),
    "remove_offer": dialogue("offer_remove", "{prepared.facilities.get}"),
    "save_rule": form("rule_add", "{cycle}", kind="floor", name="life", least=10),
    "remove_rule": dialogue(
        "rule_remove", lambda w: CycleRule.objects.create(cycle=w.cycle, kind="floor", name="x", least=1).pk
    ),
    "save_closure": form("closure_add", "{other}", start="2026-03-07T09:00", end="2026-03-07T10:00"),
    "remove_closure": dialogue("closure_remove", "{closure}"),
    "save_form": form("field_add", "{cycle}", key="more", kind="text", label_zh="更多"),
    "publish_form": dialogue("form_publish", "{prepared}"),
    "start_proposal": form("propose", "{cycle}", title_zh="新", discipline="physics", organisation=lambda w: lambda name: w.homes[name or "author"].pk),
    "edit_proposal": form("proposal_edit", "{draft}", title_zh="改", discipline="physics"),
    "save_answers": form("proposal_write", "{draft}", aim="x"),
    "attach_file": form("proposal_write", with_file, plan=lambda w: SimpleUploadedFile("p.pdf", b"%PDF-1.4 x")),
    "ask_time": form("time_ask", "{draft}", facilities="{offer}", hours=8),
    "drop_time": dialogue("time_drop", "{draft}", "{draft.requests.get}"),
    "add_coauthor": dialogue("coauthor_add", "{draft}", user="analyst"),
    "drop_coauthor": dialogue("coauthor_drop", with_coauthor, "{people.analyst}"),
    "submit_proposal": dialogue("proposal_submit", "{draft}"),
    "withdraw_proposal": dialogue("proposal_withdraw", "{sent}"),
    "send_back_proposal": dialogue("proposal_back", "{sent}", reason="补充"),
    "check_proposal": lambda client, w: (
        to("proposal_check", w.sent.pk, "eligibility"), {**YES, "passed": "yes"}
    ),
    "complete_proposal": dialogue("proposal_complete", lambda w: granted(w).request.proposal_id),
    "save_panel": form("panel_add", "{cycle}", name_zh="新组", chair="{people.chair}"),
    "seat_member": dialogue("seat", "{panel}", user="{people.chair}"),
    "unseat_member": dialogue("unseat", "{panel}", "{people.judge}"),
    "assign_panel": dialogue("assign_panel", "{sent}", panel="{panel}"),
    "give_grade": dialogue("grade", "{judged}", points=70),
    "declare_conflict": dialogue("conflict", "{judged}", reason="合作"),
    "decide_proposal": lambda client, w: (to("decide", w.judged.pk, "decline"), {**YES, "reason": "名额"}),
    "make_time_plan": dialogue("plan_make", "{plan.cycle}", seconds=1, seed=1),
    "change_by_hand": dialogue(
        "plan_hand", "{plan}", kind="forbid", request="{judged.requests.get}", reason="停"
    ),
    "release_hand_rule": dialogue(
        "hand_release",
        lambda w: HandRule.objects.create(cycle=w.cycle, kind="forbid", request=w.judged.requests.get()).pk,
    ),
    "repair_time_plan": dialogue(
        "plan_repair", "{plan}", facility="{offer}", start="2026-05-05T00:00", end="2026-05-06T00:00", reason="坏"
    ),
    "publish_time_plan": dialogue("plan_publish", "{plan}"),
    "stop_time_plan": dialogue(
        "plan_stop",
        lambda w: TimePlan.objects.create(cycle=w.cycle, number=99, origin=NOW, made_at=NOW).pk,
    ),
    "grant_rapid": dialogue(
        "rapid", lambda w: w.recommended().pk, facility="{offer}", start="2026-05-05T00:00", hours=8, reason="急"
    ),
    "give_back_time": dialogue("give_back", lambda w: granted(w).pk, hours=8, reason="停电"),
    "book": form("book", "{instrument}", start="2026-03-07T09:00", end="2026-03-07T10:00", organisation=None),
    "book_series": form(
        "book", "{instrument}", start="2026-03-07T09:00", end="2026-03-07T10:00", every_days=7, count=2,
        organisation=None,
    ),
    "cancel_booking": dialogue("booking_cancel", "{booking}"),
    "mark_no_show": dialogue("no_show", "{booking}"),
    "join_waiting": form(
        "book", "{instrument}", start="2026-03-04T09:00", end="2026-03-04T10:00", wait="on", organisation=None
    ),
    "leave_waiting": dialogue("leave_waiting", waiting),
    "report_problem": form("problem_report", "{instrument}", text="漏水"),
    "solve_problem": dialogue("problem_solve", "{problem}", solution="修好"),
    "set_policy": form("policy", "{other}", rules=lambda w: lambda name: "{}"),
    "save_qualification": form("qualification_add", name_zh="新资格"),
    "record_training": form("training_add", "{qualification}", user="judge", trained_on="2026-02-01"),
    "withdraw_training": dialogue("training_withdraw", "{training}", reason="违规"),
    "make_feed": dialogue("feed_mine"),
}  # fmt: skip
LEFT_BY = {"book_series": "facilities.book"}  # each of its bookings leaves an event
LATER = {  # when it is tried, where not now
    "complete_proposal": NOW + timedelta(days=90),
    "give_back_time": NOW + timedelta(days=90),
    "mark_no_show": NOW + timedelta(days=2, minutes=30),
}
ALSO_CALLS = {
    "attach_file": {"author"},
    "complete_proposal": {"manager"},
    "drop_coauthor": {"author", "analyst"},  # who is a co-author here
    "give_back_time": {"manager"},
    "mark_no_show": {"manager"},
}


def test_every_act_has_its_page_here():
    assert set(PAGES) | set(CALL_PAGES) == acts_of_the_domain() - WITHOUT_PAGE


def test_each_role_sends_each_page(house, client):
    who = {
        verb: set(allowed) | {"admin"} for verb, _path, _body, allowed in first.ACTS_TABLE if allowed
    } | ALSO
    people = {**house["users"], None: None}
    wrong = []
    for verb, page in PAGES.items():
        allowed = who[verb] | ({"other"} if verb in ANYWHERE else set())
        wrong += tried_by_page(
            client,
            people,
            house["users"]["admin"],
            f"facilities.{verb}",
            allowed,
            lambda c, p=page: p(c, house),
            form_refuses={"other"},
        )
    assert wrong == [], "\n".join(wrong)


def test_each_role_sends_each_page_of_calls_and_booking(client, make_user):
    who = {verb: row[3] for verb, row in second.TABLE.items()} | ALSO_CALLS
    with clock.at(NOW):
        world = World()
        house = world.homes["manager"]
        opener = make_user("manager", "scientist", "reviewer", organisation=house, name="opener")
        opener.is_superuser = True
        opener.save()
        people = {name: world.people.get(name) for name in ROLES}
        wrong = []
        for verb, page in CALL_PAGES.items():
            for row in vars(world).values():
                if isinstance(row, Model):
                    row.refresh_from_db()  # the act before was undone
            with clock.at(LATER.get(verb, NOW)):
                wrong += tried_by_page(
                    client,
                    people,
                    opener,
                    f"facilities.{verb}",
                    who[verb],
                    lambda c, p=page: p(c, world),
                    left_by=LEFT_BY.get(verb, ""),
                )
    assert wrong == [], "\n".join(wrong)
