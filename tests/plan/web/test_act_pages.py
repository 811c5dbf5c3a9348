"""Every act of the plan office through its page by every role: done by whom the table names, refused to the others.

An act that is new fails here until it has its page in the table; whoever may, leaves the act's event.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kechuang.core import files
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Event
from kechuang.core.web.importing import trial_token
from kechuang.plan import actions
from kechuang.plan.models import Document, ProgressReport, ReviewStep, RightOfReply, Statement, Task
from kechuang.plan.web.brief_files import default_template
from tests.plan.web.test_api_roles import ROLES, list_file
from tests.plan.who import WHO
from tests.plan.world import World, lost, world
from tests.roles import filled, lacking, tried_by_page

pytestmark = pytest.mark.django_db
WHY = {"reason": "依据新规划"}
YES = {"confirm": "1"}
Post = tuple[str, dict]


def _pending(document: Document, kind: str = "task", count: int = 2) -> list[Statement]:
    return [
        Statement.objects.create(
            document=document, kind=kind, start=n, end=n + 4, sentence=document.raw[n : n + 4]
        )
        for n in range(count)
    ]


def _to(name: str, *args: int) -> str:
    return reverse(f"plan:{name}", args=args)


def _decide(verb: str) -> Callable:
    def post(client, w: World) -> Post:
        rows = _pending(w.document)
        if verb == "reopen":
            actions.accept_statements(SYSTEM, w.document, [row.pk for row in rows])
        return _to("decide", w.document.pk), {"verb": verb, "pk": [row.pk for row in rows]}

    return post


def _taken_back(client, w: World) -> Post:
    """The last decision of whoever takes it back."""
    for person in w.people.values():
        if person is not None:
            (row,) = _pending(w.document, count=1)
            actions.accept_statements(SYSTEM, w.document, [row.pk])
            ReviewStep.objects.filter(by=None).update(by=person)
    return _to("decide", w.document.pk), {"verb": "take_back"}


def _act(name: str, of: str, **data) -> Callable:
    """A dialogue that is confirmed."""
    return lambda client, w: (_to(name, getattr(w, of).pk), {**YES, **data})


def _form(name: str, of: str = "", **data) -> Callable:
    """A form that is opened, changed and sent."""

    def post(client, w: World) -> Post:
        address = _to(name, *([getattr(w, of).pk] if of else []))
        return address, filled(client, address, **data)

    return post


def _many(name: str, **data) -> Callable:
    def post(client, w: World) -> Post:
        rows = [w.proposed.pk] if name == "tasks_confirm" else [w.task.pk]
        chosen = {key: value(w) if callable(value) else value for key, value in data.items()}
        return _to(name), {**YES, "pk": rows, **chosen}

    return post


def _edit_act(name: str, of: str, **data) -> Callable:
    """A dialogue around an editing form."""

    def post(client, w: World) -> Post:
        address = _to(name, getattr(w, of).pk)
        return address, {**filled(client, address, **data), **YES}

    return post


def _with_statement(name: str, of: str = "") -> Callable:
    def post(client, w: World) -> Post:
        address = _to(name, *([getattr(w, of).pk] if of else [])) + f"?statement={w.statement.pk}"
        return address, {**filled(client, address), **YES}

    return post


def _public_to_be(client, w: World) -> Post:
    actions.ask_publication(SYSTEM, w.document)
    return _to("approve_publication", w.document.pk), YES


def _public(client, w: World) -> Post:
    actions.ask_publication(SYSTEM, w.document)
    actions.approve_publication(SYSTEM, w.document)
    return _to("end_publication", w.document.pk), {**YES, **WHY}


def _reviewed(client, w: World) -> Post:
    w.document.statements.update(review="accepted")
    return _to("finish_review", w.document.pk), YES


def _over(client, w: World) -> Post:
    RightOfReply.objects.filter(pk=w.reply.pk).update(until=timezone.localdate() - timedelta(days=1))
    return _to("reply_close", w.reply.pk), YES


def _import(client, w: World) -> Post:
    """What each has tried is confirmed."""
    stored, path = files.keep(SYSTEM, "list.xlsx", list_file().read()), _to("tasks_import")
    visitor = w.people["officer"]  # a token that leaked
    return path, {"token": lambda name: trial_token(path, w.people[name] or visitor, stored)}


def _vote_first(client, w: World) -> Post:
    actions.cast_vote(SYSTEM, w.decision, w.person, "for")
    return _to("vote_close", w.decision.pk), YES


def _superseded_first(client, w: World) -> Post:
    actions.supersede_commitment(SYSTEM, w.promise, w.late, "并入新承诺", tasks=[])
    return _to("tasks_carry", w.promise.pk), {**YES, "tasks": [w.task.pk]}


PAGES: dict[str, Callable] = {
    "add_document": lambda client, w: (
        _to("document_add"),
        {"text": "到2030年，建成实验室3家。", "kind": "news", "secrecy": "1"},
    ),
    "accept_statements": _decide("accept"),
    "reject_statements": _decide("reject"),
    "reopen_statements": _decide("reopen"),
    "merge_statements": _decide("merge"),
    "take_back_review": _taken_back,
    "add_statement": lambda client, w: (
        _to("statement_add", w.document.pk),
        {"quote": w.document.raw[3:9], "kind": "task"},
    ),
    "correct_statement": _form("statement", "statement", unit="户"),
    "split_statement": lambda client, w: (
        _to("statement_split", w.statement.pk),
        {"head": w.statement.sentence[:3]},
    ),
    "read_again": _act("read_again", "document"),
    "finish_review": _reviewed,
    "ask_publication": _act("ask_publication", "document"),
    "approve_publication": _public_to_be,
    "end_publication": _public,
    "withdraw_document": _act("document_withdraw", "document", **WHY),
    "save_programme": _form("programme_add", name_zh="新专项"),
    "edit_document": _edit_act("document_edit", "document", title_en="x"),
    "make_commitment": _with_statement("commitment_add"),
    "edit_commitment": _edit_act("commitment_edit", "promise", title_en="x"),
    "add_source": _with_statement("commitment_source", "promise"),
    "amend_commitment": _edit_act("commitment_amend", "promise", value="30", **WHY),
    "supersede_commitment": lambda client, w: (
        _to("commitment_supersede", w.promise.pk),
        {**YES, **WHY, "by": w.late.pk},
    ),
    "carry_tasks": _superseded_first,
    "drop_corrections": lambda client, w: (
        _to("lost_drop", w.document.pk),
        {**YES, "corrections": [lost(w).pk]},
    ),
    "place_correction": lambda client, w: (_to("lost_place", w.document.pk, lost(w).pk), {"statement": ""}),
    "merge_commitments": lambda client, w: (
        _to("commitment_merge", w.promise.pk),
        {**YES, "into": w.late.pk},
    ),
    "withdraw_commitment": _act("commitment_withdraw", "promise", **WHY),
    "open_reply": lambda client, w: (
        RightOfReply.objects.filter(pk=w.reply.pk).delete(),
        (_to("reply_open", w.late.pk), YES),
    )[1],
    "give_reply": _act("reply", "reply", text="设备到货推迟"),
    "close_reply": _over,
    "make_task": _form("task_add", title_zh="新任务", weight="1", report_every_days="90", secrecy="1"),
    "edit_task": _edit_act("task_edit", "task", title_en="Changed"),
    "move_task": lambda client, w: (
        Task.objects.filter(pk=w.task.pk).update(stage="confirmed"),
        (_to("task_move", w.task.pk, "start"), YES),
    )[1],
    "confirm_tasks": _many("tasks_confirm"),
    "assign_tasks": _many("tasks_assign", lead=lambda w: w.office.parent_id),
    "change_due": _many("tasks_due", due="2031-01-01", **WHY),
    "urge_tasks": _many("tasks_urge", note="请尽快填报"),
    "place_tasks": _many("tasks_place", programme=""),
    "report_progress": lambda client, w: (
        _to("report_add", w.task.pk),
        {"percent": "50", "text": "过半"},
    ),
    "accept_report": _act("report_accept", "report"),
    "send_back_report": _act("report_back", "report", decision="缺佐证"),
    "save_part": lambda client, w: (
        _to("part_edit", w.task.pk, w.part.pk),
        {"organisation": w.office.pk, "duty": "实施", "done": "on"},
    ),
    "escalate": lambda client, w: (
        Task.objects.filter(pk=w.task.pk).update(due="2020-01-01"),
        (_to("escalate"), YES),
    )[1],
    "import_tasks": _import,
    "set_brief_template": lambda client, w: (
        _to("brief_template_set"),
        {"file": SimpleUploadedFile("template.docx", default_template())},
    ),
    "save_project": _form("project_edit", "project", title_en="Hall"),
    "save_milestone": lambda client, w: (
        _to("milestone_add", w.project.pk),
        {"title_zh": "开工", "order": "2"},
    ),
    "reach_milestone": _act("milestone_reach", "milestone"),
    "save_funding": lambda client, w: (
        _to("funding", w.project.pk),
        {"source": "central", "budget": "9", "committed": "5", "spent": "1"},
    ),
    "record_decision": lambda client, w: (
        _to("decision_add"),
        {
            "title": "决定",
            "matter": "project",
            "body": w.office.pk,
            "decided_on": "2025-01-01",
            "reasons": "需要",
            "secrecy": "1",
        },
    ),
    "cast_vote": lambda client, w: (
        _to("vote", w.decision.pk),
        {**YES, "choice": "for", "voter": w.person.pk},
    ),
    "close_vote": _vote_first,
}


LEFT_BY = {"confirm_tasks": "plan.move_task"}  # on each task what confirming one leaves


def test_the_tables_know_every_act():
    assert lacking("plan", [f"plan.{act}" for act in WHO]) == []
    assert set(PAGES) == set(WHO)


def test_each_act_by_each_role(client, make_user):
    centre = world()
    people = {role: make_user(role, organisation=centre.office, clearance=1) for role in ROLES}
    centre.people = {**people, "admin": make_user("admin", clearance=3), "visitor": None}
    wrong = []
    for act, page in PAGES.items():
        with transaction.atomic():
            ProgressReport.objects.exclude(pk=centre.report.pk).delete()
            wrong += tried_by_page(
                client,
                centre.people,
                centre.people["admin"],
                f"plan.{act}",
                WHO[act] | {"admin"},
                lambda client, page=page: page(client, centre),
                left_by=LEFT_BY.get(act, ""),
            )
            transaction.set_rollback(True)
    assert wrong == [], "\n".join(wrong)


def test_nobody_takes_in_what_another_has_tried(client, make_user):
    centre = world()
    mine, other = make_user("officer", name="a"), make_user("officer", name="b")
    client.force_login(mine)
    shown = client.post(_to("tasks_import"), {"file": list_file()})
    assert shown.context["counts"] and not Task.objects.filter(number="K-1").exists()
    client.force_login(other)
    client.post(_to("tasks_import"), {"token": shown.context["token"]})
    client.post(_to("tasks_import"), {"token": shown.context["token"] + "x"})
    assert not Task.objects.filter(number="K-1").exists()
    client.force_login(mine)
    for _twice in range(2):
        answer = client.post(_to("tasks_import"), {"token": shown.context["token"]})
        assert answer.status_code == 302 and answer.url == _to("tasks")
    assert Task.objects.get(number="K-1").lead == centre.office
    assert Event.objects.filter(verb="plan.import_tasks").count() == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_fault_of_a_list_is_named_on_the_page(client, make_user, language):
    world()
    client.force_login(make_user("officer"))
    text = "编号,任务,牵头单位,完成时限\n1,甲,科学城管会,2026-13-01\n"
    client.cookies["django_language"] = language
    shown = client.post(_to("tasks_import"), {"file": SimpleUploadedFile("list.csv", text.encode())})
    page = shown.content.decode()
    (lead, due) = shown.context["faults"]
    assert (lead["row"], lead["column"], lead["value"]) == (2, "牵头单位", "科学城管会")
    assert (due["row"], due["column"], due["value"]) == (2, "完成时限", "2026-13-01")
    assert "科学城管委会" in lead["remedy"] and lead["remedy"] in page and due["what"] in page
    english = due["what"] == "is not a date" and lead["what"] == "is not one of the known values"
    assert english == (language == "en")
    assert "token" not in shown.context or not shown.context["counts"]


def test_a_statement_is_moved_and_added_by_quoting_the_text(client, make_user):
    text = "要加快推进设备安装调试，\r\n完善预约办法。\r\n要完善预约办法。"
    client.force_login(make_user("officer", clearance=1))
    facts = {"title": "x", "name": "x.txt", "published_on": date(2022, 7, 16), "secrecy": 0}
    document = actions.add_document(SYSTEM, data=text.encode(), **facts)
    row = document.statements.filter(kind="task").first()
    page = reverse("plan:statement", args=[row.pk])
    given = {**client.get(page).context["form"].initial, "time_start": "", "time_end": ""}
    given = {name: "" if value is None else value for name, value in given.items()}
    assert client.post(page, {**given, "quote": "设备安装调试，\r\n完善预约办法"}).status_code == 302
    row.refresh_from_db()
    assert row.sentence == document.raw[row.start : row.end] == "设备安装调试，\r\n完善预约办法"
    assert "quote" in client.post(page, {**given, "quote": "没有的话"}).context["form"].errors
    add = reverse("plan:statement_add", args=[document.pk])
    for _twice in range(2):
        client.post(add, {"quote": "完善预约办法", "kind": "figure"})
    places = [at for at in range(len(text)) if text.startswith("完善预约办法", at)]
    assert [s.start for s in document.statements.filter(kind="figure").order_by("start")] == places


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_dialogue_says_what_will_happen(client, make_user, language):
    w = world()
    client.force_login(make_user("officer", clearance=1))
    client.cookies["django_language"] = language
    addresses = [
        _to("commitment_supersede", w.promise.pk),
        _to("commitment_withdraw", w.promise.pk),
        _to("task_move", w.proposed.pk, "confirm"),
        _to("milestone_reach", w.milestone.pk),
        _to("document_withdraw", w.document.pk),
        _to("task_edit", w.task.pk),
    ]
    for address in addresses:
        told = re.search(r'<ul class="consequences"><li>(.+?)</li>', client.get(address).content.decode())
        assert told and "plan." not in told[1], address
    shown = client.get(addresses[0]).content.decode()
    assert ("tasks you tick" if language == "en" else "勾选的任务") in shown
    assert ("Install equipment" if language == "en" else "设备安装调试") in shown
