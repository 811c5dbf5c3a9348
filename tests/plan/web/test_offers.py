"""What the pages of the plan office offer is what the acts allow, to each role and to whoever did it all themselves."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Role
from kechuang.indicators import actions as indicators
from kechuang.plan import actions
from kechuang.plan.models import MajorDecision
from tests.accounts import account
from tests.indicators.counted import Computed
from tests.offers import broken_offers
from tests.plan.world import World, world

pytestmark = pytest.mark.django_db
STARTS = ["/", "/plan/", "/plan/tasks/", "/plan/decisions/", "/plan/documents/"]
ALL_ROLES = [Role.OFFICER, Role.LEADER, Role.REPORTER, Role.REVIEWER, Role.ANALYST, Role.ADMIN]


@pytest.fixture(scope="module")
def lasting_centre(lasting, tmp_path_factory) -> Computed:
    return Computed.once(lasting, tmp_path_factory.mktemp("computed"), make_centre)


@pytest.fixture
def centre(lasting_centre, settings, tmp_path, db) -> World:
    settings.SNAPSHOTS = tmp_path / "snapshots"
    return lasting_centre.lend()


def make_centre() -> World:
    """A centre in which one person of every role reported, asked and decided whatever one person may."""
    w = world()
    indicators.sync_declarations(SYSTEM)
    indicators.recompute(SYSTEM)
    w.people["one"] = one = account(*ALL_ROLES, name="one", organisation=w.office, clearance=3)
    proof = [{"url": "https://example.org/proof", "note": "x"}]
    actions.report_progress(one, w.task, percent=100, text="完成", evidence=proof)
    document = w.document
    waiting = document.statements.filter(review="pending").values_list("pk", flat=True)
    actions.accept_statements(one, document, list(waiting))
    actions.finish_review(one, document)
    actions.ask_publication(one, document)
    return w


@pytest.mark.parametrize("role", ["one", *sorted(Role.values)])
def test_what_is_offered_is_allowed(client, make_user, centre, monkeypatch, role):
    person = centre.people.get(role) or make_user(role, organisation=centre.office, clearance=3)
    client.force_login(person)
    here = [reverse("plan:task", args=[centre.task.pk]), reverse("plan:document", args=[centre.document.pk])]
    here.append(reverse("plan:decision", args=[centre.voted.pk]))
    assert broken_offers(client, [*here, *STARTS], monkeypatch) == []


def test_whoever_reported_is_offered_no_decision_and_told_why_at_its_address(client, centre, make_user):
    one, other = centre.people["one"], make_user("officer", organisation=centre.office, clearance=3)
    report = centre.task.reports.get(reporter=one)
    decide, task = reverse("plan:report_accept", args=[report.pk]), centre.task.get_absolute_url()
    client.force_login(one)
    assert decide not in client.get(task).content.decode()
    answer = client.get(decide)
    assert answer.status_code == 422 and "报告人以外的人" in answer.content.decode()
    client.force_login(other)
    assert decide in client.get(task).content.decode()
    assert client.get(decide).status_code == 200
    client.post(decide, {"confirm": "1"})
    assert client.get(decide).status_code == 422
    assert decide not in client.get(task).content.decode()


def test_a_decision_that_was_voted_on_is_not_changed_but_decided_anew(client, centre):
    voted = centre.voted
    client.force_login(centre.people["one"])
    edit = reverse("plan:decision_edit", args=[voted.pk])
    assert edit not in client.get(voted.get_absolute_url()).content.decode()
    answer = client.get(edit)
    assert answer.status_code == 422
    anew = f"{reverse('plan:decision_add')}?like={voted.pk}"
    assert anew in answer.content.decode()
    assert 'value="项目立项"' in client.get(anew).content.decode()
    assert (
        client.post(
            anew,
            {
                "title": "项目（二）",
                "matter": "project",
                "body": centre.office.pk,
                "decided_on": "2024-06-01",
                "reasons": "x",
                "secrecy": 1,
            },
        ).status_code
        == 302
    )
    assert MajorDecision.objects.filter(title="项目（二）").exists()
