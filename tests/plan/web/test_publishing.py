"""On the way to the public: what its promises need, and what is said of those that stay inside."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from kechuang.core.acts import SYSTEM
from kechuang.plan import actions
from kechuang.plan.models import Commitment
from tests.plan.world import world

pytestmark = pytest.mark.django_db
TEXT = "2022年7月16日，本市召开推进会。会议指出，到2025年，建成实验室29个。到2026年，建成实验室35个。"


@pytest.fixture
def document(make_user, client):
    officer = make_user("officer", clearance=1)
    client.force_login(officer)
    client.cookies["django_language"] = "en"
    document = actions.add_document(officer, title="推进会", data=TEXT.encode(), name="a.txt")
    for statement in document.statements.filter(kind="target"):
        actions.make_commitment(officer, [statement])
    return document


def lower(client, document, **more):
    facts = {"title": document.title, "kind": document.kind, "secrecy": "0", **more}
    page = reverse("plan:document_edit", args=[document.pk])
    assert client.post(page, {**facts, "confirm": "1"}).status_code == 302
    document.refresh_from_db()
    assert document.secrecy == 0


def test_promises_follow_their_document_to_a_lower_level(client, document):
    lower(client, document, promises_follow="on")
    assert set(Commitment.objects.values_list("secrecy", flat=True)) == {0}
    asked = client.get(reverse("plan:ask_publication", args=[document.pk])).content.decode()
    assert "not public" not in asked


def test_whoever_publishes_is_told_of_promises_that_stay_inside(client, document, make_user):
    lower(client, document)
    assert set(Commitment.objects.values_list("secrecy", flat=True)) == {1}
    words = "2 of its promises are not public and will not be shown."
    assert words in client.get(reverse("plan:ask_publication", args=[document.pk])).content.decode()
    actions.ask_publication(SYSTEM, document)
    leader = make_user("leader", clearance=1)
    client.force_login(leader)
    assert words in client.get(reverse("plan:approve_publication", args=[document.pk])).content.decode()
    actions.approve_publication(leader, document)
    client.logout()
    client.cookies["django_language"] = "en"
    page = client.get(reverse("plan:public_document", args=[document.pk])).content.decode()
    assert "No promise of this document is public yet." in page


def test_a_promise_is_merged_only_with_one_of_its_level_and_numbers_stand_without_noughts(client, document):
    first, second = Commitment.objects.order_by("pk")
    other = world().promise
    assert other.secrecy != first.secrecy
    page = client.get(reverse("plan:commitment_merge", args=[first.pk]))
    assert list(page.context["form"].fields["into"].queryset) == [second]
    amend = client.get(reverse("plan:commitment_amend", args=[first.pk])).context["form"]
    assert amend.initial["value"] == "29"


def test_the_public_list_says_how_each_documents_promises_stand(client, document):
    lower(client, document, promises_follow="on")
    waiting = list(document.statements.filter(review="pending").values_list("pk", flat=True))
    actions.accept_statements(SYSTEM, document, waiting)
    actions.finish_review(SYSTEM, document)
    actions.ask_publication(SYSTEM, document)
    actions.approve_publication(SYSTEM, document)
    client.logout()
    client.cookies["django_language"] = "en"
    page = client.get(reverse("plan:public"))
    assert "2 promises: 2 not measured yet." in page.content.decode()
    rows = json.loads(client.get(reverse("plan:public") + "?export=json").getvalue())
    assert [list(row.values())[1:3] for row in rows] == [[2, "2 promises: 2 not measured yet."]]


def test_what_is_made_of_a_sentence_is_called_by_it_without_its_full_stop(document):
    titles = set(Commitment.objects.values_list("title_zh", flat=True))
    assert titles == {"会议指出，到2025年，建成实验室29个", "到2026年，建成实验室35个"}
