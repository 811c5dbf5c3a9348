"""Every act of the plan office through its page by every role: refused exactly where the act's rule excludes it.

An act that is new fails here until it has its page in the table; whoever may, leaves the act's event.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kechuang.core import files
from kechuang.core.acts import ACTS, SYSTEM
from kechuang.core.models import Event
from kechuang.plan import actions
from kechuang.plan.models import Document, ProgressReport, RightOfReply, Statement, Task
from kechuang.plan.web.brief_files import default_template
from tests.plan.web.test_api_roles import ROLES, list_file
from tests.plan.world import World, world

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


def _of_form(client, address: str, **changes) -> dict:
    """What a person sends who opens the form and changes some of it."""
    shown = client.get(address).context
    fields = (shown and shown.get("form")) or []
    given = {f.html_name: f.value() for f in fields if f.value() not in (None, "")}
    return {**given, **changes}


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
    """The last decision of whoever is signed in."""
    client.post(
        _to("decide", w.document.pk), {"verb": "accept", "pk": [row.pk for row in _pending(w.document)]}
    )
    return _to("decide", w.document.pk), {"verb": "take_back"}


def _act(name: str, of: str, **data) -> Callable:
    """A dialogue that is confirmed."""
    return lambda client, w: (_to(name, getattr(w, of).pk), {**YES, **data})


def _form(name: str, of: str = "", **data) -> Callable:
    """A form that is opened, changed and sent."""

    def post(client, w: World) -> Post:
        address = _to(name, *([getattr(w, of).pk] if of else []))
        return address, _of_form(client, address, **data)

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
        return address, {**_of_form(client, address, **data), **YES}

    return post


def _with_statement(name: str, of: str = "") -> Callable:
    def post(client, w: World) -> Post:
        address = _to(name, *([getattr(w, of).pk] if of else [])) + f"?statement={w.statement.pk}"
        return address, {**_of_form(client, address), **YES}

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
    stored = files.keep(SYSTEM, "list.xlsx", list_file().read())
    return _to("tasks_import"), {"tried": stored.pk}


def _vote_first(client, w: World) -> Post:
    actions.cast_vote(SYSTEM, w.decision, w.person, "for")
    return _to("vote_close", w.decision.pk), YES


PAGES: dict[str, Callable] = {
    "plan.add_document": lambda client, w: (
        _to("document_add"),
        {"text": "到2030年，建成实验室3家。", "kind": "news", "secrecy": "1"},
    ),
    "plan.accept_statements": _decide("accept"),
    "plan.reject_statements": _decide("reject"),
    "plan.reopen_statements": _decide("reopen"),
    "plan.merge_statements": _decide("merge"),
    "plan.take_back_review": _taken_back,
    "plan.add_statement": lambda client, w: (
        _to("statement_add", w.document.pk),
        {"quote": w.document.raw[3:9], "kind": "task"},
    ),
    "plan.correct_statement": _form("statement", "statement", unit="户"),
    "plan.split_statement": lambda client, w: (
        _to("statement_split", w.statement.pk),
        {"head": w.statement.sentence[:3]},
    ),
    "plan.read_again": _act("read_again", "document"),
    "plan.finish_review": _reviewed,
    "plan.ask_publication": _act("ask_publication", "document"),
    "plan.approve_publication": _public_to_be,
    "plan.end_publication": _public,
    "plan.withdraw_document": _act("document_withdraw", "document", **WHY),
    "plan.save_programme": _form("programme_add", name_zh="新专项"),
    "plan.make_commitment": _with_statement("commitment_add"),
    "plan.edit_commitment": _edit_act("commitment_edit", "promise", title_en="x"),
    "plan.add_source": _with_statement("commitment_source", "promise"),
    "plan.amend_commitment": _edit_act("commitment_amend", "promise", value="30", **WHY),
    "plan.supersede_commitment": lambda client, w: (
        _to("commitment_supersede", w.promise.pk),
        {**YES, **WHY, "by": w.late.pk},
    ),
    "plan.merge_commitments": lambda client, w: (
        _to("commitment_merge", w.promise.pk),
        {**YES, "into": w.late.pk},
    ),
    "plan.withdraw_commitment": _act("commitment_withdraw", "promise", **WHY),
    "plan.open_reply": lambda client, w: (
        RightOfReply.objects.filter(pk=w.reply.pk).delete(),
        (_to("reply_open", w.late.pk), YES),
    )[1],
    "plan.give_reply": _act("reply", "reply", text="设备到货推迟"),
    "plan.close_reply": _over,
    "plan.make_task": _form("task_add", title_zh="新任务", weight="1", report_every_days="90", secrecy="1"),
    "plan.edit_task": _edit_act("task_edit", "task", title_en="Changed"),
    "plan.move_task": lambda client, w: (
        Task.objects.filter(pk=w.task.pk).update(stage="confirmed"),
        (_to("task_move", w.task.pk, "start"), YES),
    )[1],
    "plan.confirm_tasks": _many("tasks_confirm"),
    "plan.assign_tasks": _many("tasks_assign", lead=lambda w: w.office.parent_id),
    "plan.change_due": _many("tasks_due", due="2031-01-01", **WHY),
    "plan.urge_tasks": _many("tasks_urge", note="请尽快填报"),
    "plan.place_tasks": _many("tasks_place", programme=""),
    "plan.report_progress": lambda client, w: (
        _to("report_add", w.task.pk),
        {"percent": "50", "text": "过半"},
    ),
    "plan.accept_report": _act("report_accept", "report"),
    "plan.send_back_report": _act("report_back", "report", decision="缺佐证"),
    "plan.save_part": lambda client, w: (
        _to("part_edit", w.task.pk, w.part.pk),
        {"organisation": w.office.pk, "duty": "实施", "done": "on"},
    ),
    "plan.escalate": lambda client, w: (
        Task.objects.filter(pk=w.task.pk).update(due="2020-01-01"),
        (_to("escalate"), YES),
    )[1],
    "plan.import_tasks": _import,
    "plan.set_brief_template": lambda client, w: (
        _to("brief_template_set"),
        {"file": SimpleUploadedFile("template.docx", default_template())},
    ),
    "plan.save_project": _form("project_edit", "project", title_en="Hall"),
    "plan.save_milestone": lambda client, w: (
        _to("milestone_add", w.project.pk),
        {"title_zh": "开工", "order": "2"},
    ),
    "plan.reach_milestone": _act("milestone_reach", "milestone"),
    "plan.save_funding": lambda client, w: (
        _to("funding", w.project.pk),
        {"source": "central", "budget": "9", "committed": "5", "spent": "1"},
    ),
    "plan.record_decision": lambda client, w: (
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
    "plan.cast_vote": _act("vote", "decision", choice="for"),
    "plan.close_vote": _vote_first,
}


def test_every_act_has_its_page():
    assert {verb for verb in ACTS if verb.startswith("plan.")} == set(PAGES)


@pytest.mark.parametrize("role", ROLES)
def test_each_act_by_each_role(client, make_user, role):
    centre = world()
    person = make_user(role, organisation=centre.office, clearance=1)
    client.force_login(person)
    wrong = []
    for verb, page in PAGES.items():
        with transaction.atomic():
            ProgressReport.objects.exclude(pk=centre.report.pk).delete()
            address, data = page(client, centre)
            if verb == "plan.cast_vote":
                data = {**data, "voter": centre.person.pk}
            events = Event.objects.filter(verb=_left_by(verb))
            before = events.count()
            answer = client.post(address, data)
            done = events.count() > before
            transaction.set_rollback(True)
        permitted = role in ACTS[verb].roles
        if answer.status_code != (302 if permitted else 403) or done != permitted:
            errors = getattr(answer.context.get("form"), "errors", "") if answer.context else ""
            wrong.append((verb, answer.status_code, permitted, done, str(errors)))
    assert wrong == [], "\n".join(map(str, wrong))


def _left_by(verb: str) -> str:
    """Confirming many tasks leaves on each the event that confirming one leaves."""
    return "plan.move_task" if verb == "plan.confirm_tasks" else verb


def test_no_act_without_signing_in(client):
    centre = world()
    count = Event.objects.count()
    for verb, page in PAGES.items():
        with transaction.atomic():
            address, data = page(client, centre)
            status = client.post(address, data).status_code
            transaction.set_rollback(True)
        assert status in (302, 403, 404), verb
    assert Event.objects.count() == count
