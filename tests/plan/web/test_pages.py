"""Every page of the plan office: shown in both languages to whoever may, refused to whoever may not."""

from __future__ import annotations

import re
from copy import deepcopy

import pytest
from django.urls import reverse

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.plan import actions
from kechuang.plan.models import Task
from tests.plan.world import World, world

pytestmark = pytest.mark.django_db
ALL = frozenset({"officer", "reporter", "leader", "reviewer", "analyst"})
OFFICER = frozenset({"officer"})
# (name of the address, attribute of the world whose key it takes, roles that may see it)
PAGES = [
    ("documents", "", ALL),
    ("document_add", "", OFFICER),
    ("document", "document", ALL),
    ("document_states", "document", ALL),
    ("statements", "document", ALL),
    ("document_history", "document", ALL),
    ("document_diff", "later", ALL),
    ("ask_publication", "document", OFFICER),
    ("approve_publication", "later", {"leader"}),
    ("end_publication", "document", {"leader", "officer"}),
    ("document_withdraw", "document", OFFICER),
    ("review", "document", OFFICER),
    ("statement_add", "document", OFFICER),
    ("finish_review", "document", OFFICER),
    ("read_again", "document", OFFICER),
    ("statement", "statement", OFFICER),
    ("statement_split", "statement", OFFICER),
    ("public", "", ALL),
    ("programmes", "", ALL),
    ("programme_add", "", OFFICER),
    ("programme", "programme", ALL),
    ("programme_edit", "programme", OFFICER),
    ("commitments", "", ALL),
    ("commitment_add", "", OFFICER),
    ("commitment", "promise", ALL),
    ("commitment_source", "promise", OFFICER),
    ("commitment_edit", "promise", OFFICER),
    ("commitment_amend", "promise", OFFICER),
    ("commitment_supersede", "promise", OFFICER),
    ("commitment_withdraw", "promise", {"leader", "officer"}),
    ("reply_open", "late", OFFICER),
    ("reply", "reply", {"leader", "reporter"}),
    ("reply_close", "reply", OFFICER),
    ("mine", "", ALL),
    ("tasks", "", ALL),
    ("task_add", "", OFFICER),
    ("tasks_import", "", OFFICER),
    ("gantt", "", ALL),
    ("escalate", "", OFFICER),
    ("calendar", "", ALL),
    ("brief", "", ALL),
    ("brief_template", "", ALL),
    ("brief_template_set", "", OFFICER),
    ("task", "task", ALL),
    ("task_edit", "task", OFFICER),
    ("report_add", "task", {"reporter"}),
    ("part_add", "task", OFFICER),
    ("report_accept", "report", {"officer", "reviewer"}),
    ("report_back", "report", {"officer", "reviewer"}),
    ("projects", "", ALL),
    ("project", "project", ALL),
    ("project_edit", "project", {"officer", "reporter"}),
    ("milestone_add", "project", {"officer", "reporter"}),
    ("funding", "project", {"officer", "reporter"}),
    ("milestone_reach", "milestone", {"officer", "reporter"}),
    ("decisions", "", ALL),
    ("decision_add", "", {"leader", "officer"}),
    ("decision", "decision", ALL),
    ("vote", "decision", {"leader", "officer"}),
    ("vote_close", "voted", {"leader"}),
    ("evidence_search", "", ALL),
]
OPEN_TO_ALL = {"public"}


@pytest.fixture(scope="module")
def lasting_centre(lasting) -> World:
    with lasting():
        w = world()
        actions.ask_publication(SYSTEM, w.later)
        return w


@pytest.fixture
def centre(db, lasting_centre) -> World:
    return deepcopy(lasting_centre)


def _address(name: str, of: str, centre: World) -> str:
    return reverse(f"plan:{name}", args=[getattr(centre, of).pk] if of else [])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("role", sorted(ALL))
def test_every_page_for_whoever_may(client, make_user, centre, role, language):
    client.force_login(make_user(role, organisation=centre.office, clearance=1))
    client.cookies["django_language"] = language
    wrong = []
    for name, of, may in PAGES:
        status = client.get(_address(name, of, centre)).status_code
        if status != (200 if role in may else 403):
            wrong.append((name, status))
    assert wrong == []


def test_nothing_but_the_public_pages_without_signing_in(client, centre):
    for name, of, _ in PAGES:
        status = client.get(_address(name, of, centre)).status_code
        assert (status == 200) == (name in OPEN_TO_ALL), (name, status)


def test_secret_records_are_not_there(client, make_user, centre):
    for row in (centre.document, centre.promise, centre.task, centre.decision):
        type(row).objects.filter(pk=row.pk).update(secrecy=3)
    client.force_login(make_user("officer", organisation=centre.office, clearance=1))
    gone = {"document", "promise", "task", "decision", "project", "milestone", "report", "statement"}
    for name, of, _ in PAGES:
        if of in gone:
            assert client.get(_address(name, of, centre)).status_code in (403, 404), name
    assert "设备安装调试" not in client.get(reverse("plan:tasks")).content.decode()
    export = b"".join(client.get(reverse("plan:commitments") + "?export=csv").streaming_content).decode()
    assert "要加快推进" in export and "建成科研平台29个" not in export
    living = client.get(reverse("plan:document", args=[centre.later.pk])).content.decode()
    assert f'data-span="{centre.promise.pk}"' not in living


def test_a_page_reloads_only_when_states_have_changed(client, make_user, centre):
    def shown_and_now(address: str) -> tuple[str, str]:
        page = client.get(address).content.decode()
        shown = re.search(r'data-known="(\w+)"', page).group(1)
        states = re.search(r'data-states="([^"]+)"', page).group(1)
        return shown, client.get(states).json()["known"]

    client.force_login(make_user("officer", organisation=centre.office, clearance=1))
    document = reverse("plan:document", args=[centre.document.pk])
    before, now = shown_and_now(document)
    assert before == now
    actions.withdraw_commitment(SYSTEM, centre.promise, reason="不再需要")
    after, now = shown_and_now(document)
    assert after == now != before


def test_many_choices_of_a_filter_can_be_searched(client, make_user):
    client.force_login(make_user("officer", clearance=1))
    client.cookies["django_language"] = "en"
    for n in range(70):
        office = Organisation.objects.create(name_zh=f"单位{n:02}")
        Task.objects.create(title_zh="任务", lead=office, secrecy=0)
    shown = client.get(reverse("plan:tasks")).content.decode()
    assert shown.count("data-narrow") == 1 and all(f"单位{n:02}" in shown for n in (0, 69))
