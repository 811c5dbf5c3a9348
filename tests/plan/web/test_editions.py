"""A new edition: what it did to each promise, the former target kept, and nothing said of what one may not see."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.plan import actions
from kechuang.plan.queries.editions import changes_of
from tests.plan.world import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def lasting_world(lasting) -> World:
    with lasting():
        return world_of_two_editions()


def world_of_two_editions() -> World:
    """The later edition amends one promise, ends another and makes a third."""
    found = world()
    target = found.later.statements.filter(kind="target").first()
    with clock.at(date(2023, 7, 16)):
        actions.amend_commitment(
            SYSTEM,
            found.promise,
            value=Decimal(31),
            due=date(2026, 12, 31),
            reason="新版改为31个",
            document=found.later,
        )
        found.new = actions.make_commitment(SYSTEM, [target], title_zh="新承诺", title_en="New promise")
        actions.supersede_commitment(SYSTEM, found.late, found.new, "并入新承诺")
    return found


def test_each_promise_has_its_fate(centre, make_user):
    found = {c.commitment.pk: c for c in changes_of(centre.later, make_user("officer", clearance=1))}
    amended, ended, new = (found[row.pk] for row in (centre.promise, centre.late, centre.new))
    assert (amended.fate, amended.before.value, amended.after.value) == ("amended", 29, 31)
    assert (ended.fate, ended.after, ended.successor) == ("superseded", None, centre.new)
    assert (new.fate, new.before, new.after.value) == ("new", None, 31)


def test_the_page_shows_text_and_promises(client, make_user, centre):
    client.force_login(make_user("officer", clearance=1))
    client.cookies["django_language"] = "en"
    page = client.get(reverse("plan:document_diff", args=[centre.later.pk])).content.decode()
    for words in ("Amended", "Superseded", "新版改为31个", "<del>29</del>", "<ins>31</ins>"):
        assert words in page
    former = client.get(reverse("plan:document", args=[centre.document.pk])).content.decode()
    assert "Later edition" in former and centre.later.get_absolute_url() in former


def test_nothing_is_told_of_a_secret_edition_or_promise(client, make_user, centre):
    type(centre.new).objects.filter(pk=centre.new.pk).update(secrecy=2)
    reader = make_user("reporter", clearance=1)
    found = {c.commitment.pk: c for c in changes_of(centre.later, reader)}
    assert centre.new.pk not in found and found[centre.late.pk].successor is None
    type(centre.document).objects.filter(pk=centre.document.pk).update(secrecy=2)
    client.force_login(reader)
    address = reverse("plan:document_diff", args=[centre.later.pk])
    assert client.get(address).status_code == 403
    page = client.get(reverse("plan:document", args=[centre.later.pk])).content.decode()
    assert address not in page and centre.document.title + "</a>" not in page


def test_the_panel_shows_tasks_as_they_stood(client, make_user, centre):
    client.force_login(make_user("officer", clearance=1))
    address = reverse("plan:proof", args=[centre.document.pk, centre.promise.pk])
    assert ">0%" in client.get(f"{address}?on=2023-01-01").content.decode()
    assert "40%" in client.get(address).content.decode()
