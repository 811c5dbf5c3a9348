"""What the records do not allow is refused at its field, by whichever door it comes; two who act at once do not undo one another."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from kechuang.core import files
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Organisation, StoredFile
from kechuang.plan import actions
from kechuang.plan.models import (
    Commitment,
    FundingLine,
    MajorDecision,
    ProgressReport,
    Project,
    Task,
    TaskPart,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def officer(make_user, centre):
    return make_user("officer", organisation=centre.office, clearance=1)


def _send(client, method: str, path: str, body: dict):
    return getattr(client, method)(f"/api/plan/{path}", json.dumps(body), content_type="application/json")


def test_facts_that_cannot_be_are_refused_at_their_field(client, centre, officer):
    client.force_login(officer)
    task, promise = f"tasks/{centre.task.pk}", f"commitments/{centre.promise.pk}"
    for method, path, body, field in (
        ("patch", task, {"title_zh": None}, "title_zh"),
        ("patch", task, {"report_every_days": 0}, "report_every_days"),
        ("patch", task, {"secrecy": 9}, "secrecy"),
        ("post", "tasks", {"title_zh": "长" * 301}, "title_zh"),
        ("patch", promise, {"weight": -1}, "weight"),
        ("post", "commitments", {"statements": [centre.statement.pk], "compare": "about"}, "compare"),
        ("patch", f"statements/{centre.statement.pk}", {"kind": "poem"}, "kind"),
        ("patch", f"statements/{centre.statement.pk}", {"time_role": "soon"}, "time_role"),
        ("post", f"{task}/projects", {"title_zh": "新项目", "kind": "castle"}, "kind"),
        ("post", f"projects/{centre.project.pk}/funding", {"source": "wallet", "budget_fen": 1}, "source"),
        ("post", f"projects/{centre.project.pk}/milestones", {"title_zh": ""}, "title_zh"),
        ("post", "programmes", {"name_zh": ""}, "name_zh"),
    ):
        answer = _send(client, method, path, body)
        assert (answer.status_code, answer.json().get("field")) == (422, field), (path, body, answer.content)
    assert not Project.objects.filter(title_zh="新项目").exists()
    assert not FundingLine.objects.filter(source="wallet").exists()


def test_money_of_a_decision_is_not_negative(centre):
    row = MajorDecision.objects.get(pk=centre.decision.pk)
    row.amount_fen = -1
    with pytest.raises(Refusal) as refused:
        actions.record_decision(SYSTEM, row)
    assert refused.value.field == "amount_fen"


def test_an_organisation_has_one_part_in_a_task(centre):
    with pytest.raises(Refusal):
        actions.save_part(SYSTEM, TaskPart(task=centre.task, organisation=centre.office, duty="again"))


def test_a_document_is_not_put_above_its_own_officer(centre, officer):
    with pytest.raises(Refusal) as refused:
        actions.add_document(officer, title="x", data="另一份文件。".encode(), name="x.txt", secrecy=2)
    assert refused.value.field == "secrecy"


def test_an_amendment_obeys_what_a_promise_must(centre):
    target = {"value": centre.promise.target_value, "due": centre.promise.due}
    for facts, field in (
        ({**target, "due": date(2020, 1, 1)}, "due"),
        ({**target, "value": None}, "target_value"),
    ):
        with pytest.raises(Refusal) as refused:
            actions.amend_commitment(SYSTEM, centre.promise, **facts, reason="x")
        assert refused.value.field == field
    actions.amend_commitment(SYSTEM, centre.promise, **target, unit="座", reason="the unit was misread")
    assert centre.promise.target_versions.last().unit == "座"


def test_what_amended_a_promise_is_not_more_secret_than_it(centre):
    value, due = Decimal(31), centre.promise.due
    actions.amend_commitment(
        SYSTEM, centre.promise, value=value, due=due, reason="revised", document=centre.later
    )
    with pytest.raises(Refusal, match="less secret"):
        actions.edit_document(SYSTEM, centre.later, secrecy=1)


def test_a_document_meets_its_own_file_kept_at_the_new_level(centre):
    stored = centre.later.file
    with stored.content.open("rb") as content:
        twin = files.keep(SYSTEM, "same.txt", content.read(), secrecy=1)
    actions.edit_document(SYSTEM, centre.later, secrecy=1)
    centre.later.refresh_from_db()
    assert centre.later.file == twin
    assert StoredFile.objects.filter(digest=stored.digest).count() == 2


def test_supporting_organisations_are_changed_and_recorded(client, centre, officer):
    client.force_login(officer)
    helper = Organisation.objects.create(name_zh="协办单位")
    address = reverse("plan:commitment_edit", args=[centre.promise.pk])
    form = client.get(address).context["form"]
    given = {f.html_name: f.value() for f in form if f.value() not in (None, "", [])}
    client.post(address, {**given, "supporting": [helper.pk], "confirm": "1"})
    assert list(centre.promise.supporting.all()) == [helper]
    newest = events_of(centre.promise).first()
    assert newest.after["supporting"] == [f"core.organisation:{helper.pk}"]
    _send(client, "patch", f"commitments/{centre.promise.pk}", {"supporting": []})
    assert not centre.promise.supporting.exists()


@pytest.mark.parametrize("page", ["commitment_edit", "document_edit", "task_edit"])
def test_no_form_offers_a_withdrawn_organisation(client, centre, officer, page):
    client.force_login(officer)
    gone = Organisation.objects.create(name_zh="已撤销记录", standing="withdrawn")
    row = {"commitment_edit": centre.promise, "document_edit": centre.document, "task_edit": centre.task}[
        page
    ]
    form = client.get(reverse(f"plan:{page}", args=[row.pk])).context["form"]
    field = form.fields["issuer" if page == "document_edit" else "lead"]
    assert gone not in field.queryset
    assert centre.office in field.queryset


def test_a_report_is_decided_once(centre, make_user):
    first, second = make_user("reviewer", name="first"), make_user("reviewer", name="second")
    seen_by_both = ProgressReport.objects.get(pk=centre.report.pk)
    actions.accept_report(first, centre.report)
    with pytest.raises(Refusal, match="already decided"):
        actions.send_back_report(second, seen_by_both, decision="late")


def test_a_step_is_taken_from_where_the_task_stands(centre):
    seen = Task.objects.get(pk=centre.proposed.pk)
    actions.move_task(SYSTEM, centre.proposed, "confirm")
    with pytest.raises(Refusal):
        actions.move_task(SYSTEM, seen, "confirm")


def test_what_somebody_else_changed_meanwhile_stays(centre):
    """Whoever edits a title holds an older copy of the state that time has brought."""
    seen = Commitment.objects.get(pk=centre.promise.pk)
    Commitment.objects.filter(pk=seen.pk).update(state="late")
    actions.edit_commitment(SYSTEM, seen, title_en="another title")
    assert Commitment.objects.get(pk=seen.pk).title_en == "another title"
    task = Task.objects.get(pk=centre.task.pk)
    Task.objects.filter(pk=task.pk).update(percent=60)
    actions.edit_task(SYSTEM, task, weight=3)
    assert Task.objects.get(pk=task.pk).percent == 60
