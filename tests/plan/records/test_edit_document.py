"""What is known of a document is corrected without touching its text; no level lays bare what another hides."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.plan import actions
from tests.plan.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def test_facts_change_the_text_stays(make_user):
    centre, officer = world(), make_user("officer", clearance=1)
    raw = centre.later.raw
    actions.edit_document(officer, centre.later, title="新标题", issuer=centre.office)
    centre.later.refresh_from_db()
    assert (centre.later.title, centre.later.issuer, centre.later.raw) == ("新标题", centre.office, raw)
    for facts, field in (
        ({"title": " "}, "title"),
        ({"kind": "poem"}, "kind"),
        ({"title": "长" * 301}, "title"),
    ):
        with pytest.raises(Refusal) as refused:
            actions.edit_document(officer, centre.later, **facts)
        assert refused.value.field == field


def test_levels_hold_together(make_user):
    centre, officer = world(), make_user("officer", clearance=1)
    with pytest.raises(Refusal, match="above yours"):
        actions.edit_document(officer, centre.later, secrecy=2)
    with pytest.raises(Refusal, match="less secret"):
        actions.edit_document(officer, centre.document, secrecy=1)
    actions.edit_document(officer, centre.later, secrecy=1)
    assert centre.later.file.secrecy == 1
    with pytest.raises(Refusal, match="public"):
        actions.ask_publication(officer, centre.later)
    actions.edit_document(officer, centre.later, secrecy=0)
    actions.ask_publication(officer, centre.later)
    with pytest.raises(Refusal, match="Take it back"):
        actions.edit_document(officer, centre.later, secrecy=1)


def test_an_edition_is_no_edition_of_itself(make_user):
    centre = world()
    for former in (centre.later, centre.document):
        with pytest.raises(Refusal, match="edition of itself"):
            actions.edit_document(SYSTEM, centre.document, former_edition=former)


def test_a_document_above_ones_level_cannot_be_named_as_former_edition(client, make_user):
    centre = world()
    type(centre.later).objects.filter(pk=centre.later.pk).update(secrecy=2, former_edition=None)
    client.force_login(make_user("officer", clearance=1))
    address = reverse("plan:document_edit", args=[centre.document.pk])
    assert centre.later.title not in client.get(address).content.decode()
    answer = client.post(
        address, {"title": "x", "kind": "plan", "secrecy": 0, "former_edition": centre.later.pk}
    )
    assert answer.status_code in (200, 422)
    centre.document.refresh_from_db()
    assert centre.document.former_edition is None
