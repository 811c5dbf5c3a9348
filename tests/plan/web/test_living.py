"""The living document shows what the rows say, on any day, and to the public no more than it may know."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.kernel import State
from kechuang.core.models import Organisation
from kechuang.indicators import actions as indicators
from kechuang.indicators.models import Metric
from kechuang.plan import actions
from kechuang.plan.models import Document, RightOfReply, StateRow, Task
from kechuang.plan.queries.living import Promise, living
from kechuang.plan.web.proof import _gap
from tests.plan.world import world

pytestmark = pytest.mark.django_db
TEXT = "2024年1月8日，本市召开推进会。会议指出，到2030年，任务启动率达到99%。"


@pytest.fixture
def officer(client, make_user):
    user = make_user("officer", clearance=1)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def measured_promise(office: Organisation) -> tuple[Document, object]:
    """A promise measured by the share of tasks started, over forty tasks of which thirty are started."""
    document = actions.add_document(
        SYSTEM, title="推进会", data=TEXT.encode(), name="a.txt", published_on=date(2024, 1, 8), secrecy=0
    )
    for n in range(40):
        task = actions.make_task(SYSTEM, title_zh=f"任务{n}", lead=office, secrecy=0)
        actions.move_task(SYSTEM, task, "confirm")
        if n < 30:
            actions.move_task(SYSTEM, task, "start")
    indicators.recompute(SYSTEM)
    metric = Metric.objects.get(code="tasks-started")
    statement = document.statements.filter(value=99).first()
    return document, actions.make_commitment(
        SYSTEM, [statement], lead=office, metric=metric, baseline_value=Decimal(0), title_en="99 % started"
    )


def test_five_percent_of_the_rows_altered_shows_on_the_page_and_in_its_rows(client, officer):
    office = Organisation.objects.create(name_zh="办公室")
    document, promise = measured_promise(office)
    address = reverse("plan:document", args=[document.pk]) + f"?promise={promise.pk}"
    page = client.get(address).content.decode()
    assert re.search(r"75\s*<span class=\"unit\">%", page) and re.search(
        r"24\s*<span class=\"unit\">percentage points", page
    )
    altered = list(Task.objects.filter(stage="confirmed")[:2])
    with clock.at(timezone.now() + timedelta(days=1)):
        for task in altered:
            actions.move_task(SYSTEM, task, "start")
        indicators.recompute(SYSTEM)
        page = client.get(address).content.decode()
        assert re.search(r"80\s*<span class=\"unit\">%", page) and re.search(
            r"19\s*<span class=\"unit\">percentage points", page
        )
        why = reverse("indicators:why", args=["tasks-started"])
        assert why in page
        rows = client.get(why).content.decode()
        assert all(task.title_zh in rows for task in altered)
        yesterday = (clock.today() - timedelta(days=1)).isoformat()
        former = client.get(f"{address}&on={yesterday}").content.decode()
        assert re.search(r"75\s*<span class=\"unit\">%", former)


def test_each_day_shows_the_target_of_that_day(officer):
    centre = world()
    with clock.at(date(2023, 8, 1)):
        actions.amend_commitment(
            SYSTEM, centre.promise, value=Decimal(31), due=date(2026, 12, 31), reason="新版规划"
        )
    shown = lambda day: next(  # noqa: E731
        p for p in living(centre.document, officer, day).promises if p.commitment.pk == centre.promise.pk
    )
    assert (shown(date(2023, 7, 31)).promised, shown(date(2023, 7, 31)).due.year) == (29, 2025)
    assert (shown(date(2023, 8, 1)).promised, shown(date(2023, 8, 1)).due.year) == (31, 2026)


def test_what_is_out_of_force_stays_readable_and_counts_no_more(client, officer):
    centre = world()
    today = clock.today()
    before = living(centre.document, officer, today)
    actions.supersede_commitment(SYSTEM, centre.promise, centre.late, "并入新承诺")
    after = living(centre.document, officer, today)
    assert sum(before.counts.values()) - sum(after.counts.values()) == 1
    assert after.ended == 1
    assert living(centre.document, officer, today - timedelta(days=1)).ended == 0
    address = reverse("plan:document", args=[centre.document.pk]) + f"?promise={centre.promise.pk}"
    page = client.get(address).content.decode()
    assert f'data-span="{centre.promise.pk}"' in page and "并入新承诺" in page
    assert str(centre.late.get_absolute_url()) in page


def test_the_public_reads_nothing_of_late_before_the_office_was_heard(client):
    centre = world()
    actions.ask_publication(SYSTEM, centre.document)
    actions.approve_publication(SYSTEM, centre.document)
    client.cookies["django_language"] = "en"
    address = reverse("plan:public_document", args=[centre.document.pk]) + f"?promise={centre.late.pk}"
    page = client.get(address).content.decode()
    panel = page[page.index('class="proof') :]
    assert "s-late" not in panel and "The due date is over" not in panel
    assert "being heard" in panel
    actions.give_reply(SYSTEM, centre.reply, "设备到货推迟")
    actions.close_reply(SYSTEM, centre.reply)
    page = client.get(address).content.decode()
    panel = page[page.index('class="proof') :]
    assert "s-late" in panel and "设备到货推迟" in panel


def test_promises_that_are_one_are_merged(officer):
    centre = world()
    merged = actions.merge_commitments(officer, centre.promise, centre.late)
    assert merged.sources.count() == 2 and merged.tasks.count() == 2
    centre.promise.refresh_from_db()
    assert (centre.promise.status, centre.promise.superseded_by) == ("superseded", centre.late)
    keys = {p.commitment.pk for p in living(centre.document, officer, clock.today()).promises}
    assert keys == {centre.late.pk}


@pytest.mark.parametrize("page", ["document", "public_document"])
def test_an_open_page_learns_of_a_change_and_only_of_a_change(client, officer, page):
    centre = world()
    actions.ask_publication(SYSTEM, centre.document)
    actions.approve_publication(SYSTEM, centre.document)
    text = client.get(reverse(f"plan:{page}", args=[centre.document.pk])).content.decode()
    known, states = re.search(r'data-known="(\w+)" data-states="([^"]+)"', text).groups()
    assert client.get(states).json()["known"] == known
    actions.withdraw_commitment(SYSTEM, centre.promise, "不再需要")
    assert client.get(states).json()["known"] != known


def test_the_slider_steps_to_the_days_on_which_a_state_changed(client, officer):
    centre = world()
    promise, today = centre.promise, clock.today()
    StateRow.objects.filter(commitment__isnull=False).delete()
    for day, state in [(5, "on_the_way"), (4, "on_the_way"), (3, "late"), (2, "at_risk"), (1, "kept")]:
        at = timezone.now() - timedelta(days=day)
        since = today - timedelta(days=day)
        StateRow.objects.create(commitment=promise, state=state, rule="done", valid_from=since, known_at=at)
    days = [today - timedelta(days=n) for n in (5, 3, 2, 1)]
    assert living(centre.document, officer, today).turning_days(public=False) == days
    unheard = [today - timedelta(days=n) for n in (5, 3, 1)]  # to the public it was at risk on both days
    assert living(centre.document, officer, today, public=True).turning_days(public=True) == unheard
    page = client.get(reverse("plan:document", args=[centre.document.pk]) + f"?on={days[1]}").content.decode()
    assert f'href="?on={days[0]}"' in page and f'href="?on={days[2]}"' in page
    assert len(re.findall(r'<path d="M[\d.]+ 0V6"/>', page)) == len(days)


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_the_days_of_change_are_those_on_which_the_document_stands_otherwise(officer, public, seed):
    """Held up against the document itself, day after day: states change several times a day, and back again."""
    centre, chance, today = world(), random.Random(seed), clock.today()
    promises = [centre.promise, centre.late]
    StateRow.objects.filter(commitment__isnull=False).delete()
    RightOfReply.objects.filter(commitment__in=promises).delete()
    about = {"office": centre.office, "until": today, "opened_at": timezone.now()}
    asked = RightOfReply.objects.create(commitment=centre.late, **about, replied_at=timezone.now())
    RightOfReply.objects.create(commitment=centre.promise, **about, closed_at=timezone.now())
    assert (
        asked.closed_at is None
    )  # an answer is not yet the end of the right: late is no more public than before
    noon = timezone.localtime().replace(hour=12)
    for n, promise in product(range(20, -1, -1), promises):
        for hour in range(chance.randrange(4)):
            at, state = noon - timedelta(days=n, hours=-hour), chance.choice(["late", "at_risk", "kept"])
            since = today - timedelta(days=n)
            StateRow.objects.create(commitment=promise, state=state, rule="x", valid_from=since, known_at=at)
    days = [today - timedelta(days=n) for n in range(22, -1, -1)]
    stood = [
        [place.state for place in living(centre.document, officer, day, public=public).places] for day in days
    ]
    turned = [day for day, before, after in zip(days[1:], stood, stood[1:], strict=False) if before != after]
    assert 3 < len(turned) < len(days) - 1
    assert living(centre.document, officer, today, public=public).turning_days(public) == turned


def test_a_sentence_is_quoted_as_it_is_read(officer, client):
    centre = world()
    source = centre.promise.sources.get().statement
    at = source.start + source.sentence.index("平台")
    Document.objects.filter(pk=source.document_id).update(repairs=[[at, at + 2, "装置", "gloss"]])
    for address in (
        centre.promise.get_absolute_url(),
        reverse("plan:proof", args=[source.document_id, centre.promise.pk]),
    ):
        shown = client.get(address).content.decode()
        quoted = re.search(r"<blockquote>(.*?)<footer", shown, re.DOTALL)[1]
        assert "建成科研装置29个" in quoted, address


@pytest.mark.parametrize(
    ("compare", "measured", "label", "gap"),
    [
        ("at_least", 25, "Gap", 4),
        ("at_least", 31, "Better than promised by", 2),
        ("at_most", 31, "Gap", 2),
        ("at_most", 25, "Better than promised by", 4),
    ],
)
def test_what_is_surpassed_is_no_negative_gap(compare, measured, label, gap):
    centre = world()
    centre.promise.compare = compare
    promise = Promise(centre.promise, 0, 1, State.KEPT, Decimal(measured), None)
    with translation.override("en"):
        figure = _gap(promise)
        assert (str(figure.label), figure.value) == (label, gap)
