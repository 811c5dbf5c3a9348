"""Cockpit, wall and front page: the same promises, each shown to whom it may be shown."""

from __future__ import annotations

from datetime import date

import pytest

from kechuang.core import actions as core
from kechuang.core.acts import SYSTEM
from kechuang.core.kernel import State
from kechuang.core.models import Centre, Role
from kechuang.core.web.states import in_words
from kechuang.plan import actions as plan
from kechuang.plan import ports
from kechuang.plan.models import Commitment
from kechuang.site.web.cockpit import horizon
from tests.plan.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    core.save_centre(SYSTEM, Centre(name_zh="某科创中心", name_en="Some Centre", horizons=[2035, 2025]))
    return world()


def publish(document) -> None:
    waiting = document.statements.filter(review="pending").values_list("pk", flat=True)
    plan.accept_statements(SYSTEM, document, list(waiting))
    plan.finish_review(SYSTEM, document)
    plan.ask_publication(SYSTEM, document)
    plan.approve_publication(SYSTEM, document)


def late_in_public() -> int:
    return ports.public_overview().counts[State.LATE]


def test_nothing_is_counted_before_a_document_is_public(centre, client):
    assert sum(ports.public_overview().counts.values()) == 0
    for address in ("/", "/wall/"):
        assert "某科创中心" in client.get(address).content.decode()
    assert ports.published() == []


def test_late_shows_publicly_only_after_the_right_of_reply(centre):
    publish(centre.document)
    assert Commitment.objects.get(pk=centre.late.pk).state == State.LATE
    assert late_in_public() == 0
    at_risk = ports.public_overview().counts[State.AT_RISK]
    centre.reply.until = date(2024, 1, 2)
    plan.close_reply(SYSTEM, centre.reply)
    assert late_in_public() == 1
    assert ports.public_overview().counts[State.AT_RISK] == at_risk - 1
    assert ports.published()[0].counts[State.LATE] == 1


def test_documents_count_each_promise_once(centre):
    publish(centre.document)
    again = centre.document.statements.exclude(commitment_sources__commitment=centre.promise).first()
    plan.add_source(SYSTEM, centre.promise, again)
    (shown,) = ports.published()
    assert shown.total == 2
    assert sum(ports.public_overview().counts.values()) == 2


def test_a_superseded_promise_is_counted_by_no_public_page(centre):
    publish(centre.document)
    plan.supersede_commitment(SYSTEM, centre.promise, centre.late, "由新承诺代替")
    (shown,) = ports.published()
    assert shown.total == sum(ports.public_overview().counts.values()) == 1


def test_secret_promises_stay_off_the_public_pages(centre):
    publish(centre.document)
    Commitment.objects.filter(pk=centre.promise.pk).update(secrecy=1)
    assert sum(ports.public_overview().counts.values()) == 1


def test_members_see_programmes_decisions_and_horizons(centre, client, make_user):
    client.force_login(make_user(Role.LEADER))
    page = client.get("/").content.decode()
    assert "六大工程" in page
    assert page.count('class="aim"') == 2


def test_horizons_hold_what_is_due_by_then():
    dues = [(date(2025, 12, 31), "kept"), (date(2030, 1, 1), "late"), (date(2036, 1, 1), "kept")]
    found = horizon(date(2035, 12, 31), date(2035, 12, 30), dues)
    assert (found.days, found.promised, found.kept) == (1, 2, 1)


def test_the_sentence_names_only_what_occurs(settings):
    from django.utils import translation

    counts = dict.fromkeys(State, 0) | {State.KEPT: 2, State.LATE: 1}
    with translation.override("en"):
        assert in_words(counts) == "3 promises: 2 kept, 1 late."
        assert in_words(dict.fromkeys(State, 0)) == ""
        assert in_words(counts | {State.KEPT: 1199}) == "1,200 promises: 1,199 kept, 1 late."


def test_what_is_late_stands_before_what_is_at_risk_each_by_its_due_date(centre):
    rows = [
        Commitment(title_zh=f"承诺{n}", promised_on=date(2020, 1, 1), state=state, due=due)
        for n, state, due in [
            (1, State.AT_RISK, date(2024, 1, 1)),
            (2, State.LATE, None),
            (3, State.LATE, date(2025, 1, 1)),
            (4, State.KEPT, date(2021, 1, 1)),
            (5, State.AT_RISK, date(2023, 1, 1)),
            (6, State.LATE, date(2022, 1, 1)),
        ]
    ]
    made = Commitment.objects.filter(pk__in=[row.pk for row in Commitment.objects.bulk_create(rows)])
    told = ports.concerns(made, "state")
    assert [c.title for c in told] == ["承诺6", "承诺3", "承诺2", "承诺5"]


def test_the_cockpit_names_what_is_late_and_whose_it_is(centre, client, make_user):
    Commitment.objects.filter(pk=centre.promise.pk).update(state=State.LATE)
    client.force_login(make_user(Role.LEADER))
    page = client.get("/").content.decode()
    assert "逾期与风险承诺" in page and centre.promise.get_absolute_url() in page
    Commitment.objects.update(state=State.KEPT)
    assert "逾期与风险承诺" not in client.get("/").content.decode()


def test_the_centre_is_named_by_administrators(client, make_user):
    form = {"name_zh": "某科创中心", "horizons": "2025、2035"}
    client.force_login(make_user(Role.OFFICER))
    assert client.post("/centre/", form).status_code == 403
    client.force_login(make_user(Role.ADMIN, is_superuser=True))
    assert "年份" in client.post("/centre/", form | {"horizons": "很久以后"}).content.decode()
    assert Centre.here() is None
    assert client.post("/centre/", form).status_code == 302
    assert Centre.here().horizon_days == [date(2025, 12, 31), date(2035, 12, 31)]
    assert client.get("/api/core/centre").json()["horizons"] == [2025, 2035]
    assert client.put(
        "/api/core/centre", {"name_zh": "甲", "horizons": [20]}, "application/json"
    ).status_code in (
        400,
        422,
    )
