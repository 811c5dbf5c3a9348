"""Every act of the plan office through the API by every role: refused to everybody whom the table does not name."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from kechuang.core.acts import ACTS
from kechuang.core.models import ApiToken
from kechuang.plan.engine.tasklist import columns
from kechuang.plan.models import Commitment, Document
from tests.plan.who import WHO
from tests.plan.world import World, lost, world

pytestmark = pytest.mark.django_db
ROLES = ["leader", "officer", "reporter", "reviewer", "analyst", "public"]
REASON = {"reason": "依据新规划"}


def list_file() -> SimpleUploadedFile:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append([field.label() for field in columns({}, {}, {})])
    book.active.append(["K-1", "新任务", None, "科学城管委会"])
    book.save(out)
    return SimpleUploadedFile("list.xlsx", out.getvalue())


def calls(w: World) -> dict[str, tuple[str, str, dict]]:
    """For each act: method, address and body that would do it."""
    document, task, promise = (
        f"documents/{w.document.pk}",
        f"tasks/{w.task.pk}",
        f"commitments/{w.promise.pk}",
    )
    keys = {"statements": [w.statement.pk]}
    text = {"text": "另一份文件。", "title": "另一份"}
    file = SimpleUploadedFile("template.docx", b"PK\x03\x04")
    return {
        "plan.add_document": ("form", "documents", text),
        "plan.accept_statements": ("post", f"{document}/accept", keys),
        "plan.reject_statements": ("post", f"{document}/reject", keys),
        "plan.edit_document": ("patch", document, {"title_en": "x"}),
        "plan.reopen_statements": ("post", f"{document}/reopen", keys),
        "plan.merge_statements": ("post", f"{document}/merge", keys),
        "plan.add_statement": ("post", f"{document}/statements", {"kind": "task", "start": 0, "end": 5}),
        "plan.correct_statement": ("patch", f"statements/{w.statement.pk}", {"unit": "户"}),
        "plan.split_statement": ("post", f"statements/{w.statement.pk}/split?at={w.statement.start + 2}", {}),
        "plan.take_back_review": (
            "post",
            f"{document}/take-back",
            {"decision": w.document.steps.values_list("pk", flat=True).first()},
        ),
        "plan.read_again": ("post", f"{document}/read-again", {}),
        "plan.finish_review": ("post", f"{document}/finish-review", {}),
        "plan.ask_publication": ("post", f"{document}/publication/ask", {}),
        "plan.approve_publication": ("post", f"{document}/publication/approve", {}),
        "plan.end_publication": ("post", f"{document}/publication/end", REASON),
        "plan.withdraw_document": ("post", f"{document}/withdraw", REASON),
        "plan.save_programme": ("post", "programmes", {"name_zh": "新专项"}),
        "plan.make_commitment": ("post", "commitments", keys),
        "plan.edit_commitment": ("patch", promise, {"title_en": "x"}),
        "plan.add_source": ("post", f"{promise}/sources?statement={w.statement.pk}", {}),
        "plan.amend_commitment": ("post", f"{promise}/amend", {"value": 30, **REASON}),
        "plan.supersede_commitment": ("post", f"{promise}/supersede?by={w.late.pk}", REASON),
        "plan.drop_corrections": (
            "post",
            f"documents/{w.document.pk}/lost/drop",
            {"corrections": [lost(w).pk]},
        ),
        "plan.place_correction": ("post", f"documents/{w.document.pk}/lost/{lost(w).pk}/place", {}),
        "plan.carry_tasks": ("post", f"{promise}/carry", {}),
        "plan.merge_commitments": ("post", f"{promise}/merge?into={w.late.pk}", {}),
        "plan.withdraw_commitment": ("post", f"{promise}/withdraw", REASON),
        "plan.open_reply": ("post", f"commitments/{w.late.pk}/reply", {}),
        "plan.give_reply": ("post", f"replies/{w.reply.pk}", {"text": "正在收尾"}),
        "plan.close_reply": ("post", f"replies/{w.reply.pk}/close", {}),
        "plan.make_task": ("post", "tasks", {"title_zh": "新任务"}),
        "plan.edit_task": ("patch", task, {"weight": 2}),
        "plan.move_task": ("post", f"{task}/steps/progress", {}),
        "plan.confirm_tasks": ("post", "tasks/many/confirm", {"tasks": [w.proposed.pk]}),
        "plan.assign_tasks": (
            "post",
            "tasks/many/assign",
            {"tasks": [w.task.pk], "lead": w.office.parent_id},
        ),
        "plan.change_due": ("post", "tasks/many/due", {"tasks": [w.task.pk], "due": "2031-01-01", **REASON}),
        "plan.urge_tasks": ("post", "tasks/many/urge", {"tasks": [w.task.pk], "note": "请尽快填报"}),
        "plan.place_tasks": ("post", "tasks/many/programme", {"tasks": [w.task.pk]}),
        "plan.report_progress": ("form", f"{task}/reports", {"percent": 50, "text": "过半"}),
        "plan.accept_report": ("post", f"reports/{w.report.pk}/accept", {"decision": ""}),
        "plan.send_back_report": ("post", f"reports/{w.report.pk}/send-back", {"decision": "缺佐证"}),
        "plan.save_part": ("post", f"{task}/parts", {"organisation": w.office.pk, "duty": "实施"}),
        "plan.escalate": ("post", "escalate", {}),
        "plan.import_tasks": ("form", "task-lists?dry_run=false", {"file": list_file()}),
        "plan.set_brief_template": ("form", "brief/template", {"file": file}),
        "plan.save_project": ("post", f"{task}/projects", {"title_zh": "新项目", "lead": w.office.pk}),
        "plan.save_milestone": ("post", f"projects/{w.project.pk}/milestones", {"title_zh": "开工"}),
        "plan.reach_milestone": ("post", f"milestones/{w.milestone.pk}/reach", {}),
        "plan.save_funding": (
            "post",
            f"projects/{w.project.pk}/funding",
            {"source": "city", "budget_fen": 9},
        ),
        "plan.record_decision": (
            "post",
            "decisions",
            {
                "title": "决定",
                "matter": "project",
                "body": w.office.pk,
                "decided_on": "2025-01-01",
                "reasons": "需要",
            },
        ),
        "plan.cast_vote": (
            "post",
            f"decisions/{w.decision.pk}/votes",
            {"voter": w.person.pk, "choice": "for"},
        ),
        "plan.close_vote": ("post", f"decisions/{w.decision.pk}/close", {}),
    }


def _call(client, token: str, how: str, path: str, body: dict) -> int:
    address, headers = f"/api/plan/{path}", {"Authorization": f"Bearer {token}"}
    if how == "form":
        return client.post(address, body, headers=headers).status_code
    return getattr(client, how)(address, body, content_type="application/json", headers=headers).status_code


def token_for(user) -> str:
    key = ApiToken.new_key()
    ApiToken.objects.create(user=user, name="t", digest=ApiToken.digest_of(key), scopes=["read", "write"])
    return key


@pytest.mark.parametrize("role", ROLES)
def test_each_act_by_each_role(client, make_user, role):
    centre = world()
    token = token_for(make_user(role, organisation=centre.office, clearance=1))
    plan = {verb for verb in ACTS if verb.startswith("plan.")}
    assert plan == set(calls(centre)), "an act without its call"
    wrong = []
    for verb, (how, path, body) in calls(centre).items():
        with transaction.atomic():
            status = _call(client, token, how, path, body)
            transaction.set_rollback(True)
        permitted = role in WHO[verb.removeprefix("plan.")]
        if (status == 403) == permitted or status in (400, 401, 404, 405, 500):
            wrong.append((verb, status, permitted))
    assert wrong == []


def test_nobody_acts_without_signing_in(client):
    centre = world()
    for how, path, body in calls(centre).values():
        assert _call(client, "kc_none", how, path, body) == 401, path


def test_a_reporter_of_another_office_reports_nothing(client, make_user):
    from kechuang.core.models import Organisation

    centre = world()
    elsewhere = Organisation.objects.create(name_zh="别处")
    token = token_for(make_user("reporter", organisation=elsewhere, clearance=1))
    for verb in ("plan.report_progress", "plan.give_reply", "plan.save_milestone", "plan.move_task"):
        assert _call(client, token, *calls(centre)[verb]) == 403, verb


def test_the_public_sees_late_only_after_the_right_of_reply(client, make_user):
    from kechuang.core.acts import SYSTEM
    from kechuang.plan import actions

    centre = world()
    assert client.get("/api/plan/commitments").json()["items"] == []
    actions.ask_publication(SYSTEM, centre.document)
    actions.approve_publication(SYSTEM, centre.document)
    states = lambda: {r["id"]: r["state"] for r in client.get("/api/plan/commitments").json()["items"]}  # noqa: E731
    assert states()[centre.late.pk] == "at_risk"
    assert client.get("/api/plan/commitments?state=late").json()["items"] == []
    reporter = make_user("reporter", organisation=centre.office)
    actions.give_reply(reporter, centre.reply, "设备到货推迟")
    actions.close_reply(SYSTEM, centre.reply)
    assert states()[centre.late.pk] == "late"


def test_a_record_above_the_clearance_cannot_be_named_either(client, make_user):
    w, officer = world(), make_user("officer", clearance=1)
    Document.objects.filter(pk=w.document.pk).update(secrecy=3)
    Commitment.objects.filter(pk=w.late.pk).update(secrecy=3)
    token = token_for(officer)
    for path, body in (
        (f"commitments/{w.promise.pk}/amend", {"reason": "改期", "document": w.document.pk}),
        ("tasks", {"title_zh": "新任务", "commitment": w.late.pk}),
    ):
        hidden = _call(client, token, "post", path, body)
        name = "document" if "document" in body else "commitment"
        absent = _call(client, token, "post", path, {**body, name: 10**6})
        assert hidden == absent == 404
