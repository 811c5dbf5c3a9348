"""A document of any length: read part by part, counted as a whole, and nothing hidden shows in its outline."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date, datetime, time

import pytest
from django.urls import reverse
from django.utils import timezone

from kechuang.core import clock
from kechuang.core.models import Organisation
from kechuang.plan.models import Commitment, CommitmentSource, Document, Statement, StateRow
from kechuang.plan.queries.living import living

pytestmark = pytest.mark.django_db
CHAPTERS, SENTENCES = 30, 40
STATES = ["kept", "late"]


@pytest.fixture(scope="module")
def lasting_document(lasting) -> Document:
    with lasting():
        return long_document()


@pytest.fixture
def document(db, lasting_document) -> Document:
    return deepcopy(lasting_document)


def long_document() -> Document:
    """Thirty chapters of forty promises, every second late; one more in the last chapter is secret."""
    lines = []
    for chapter in range(1, CHAPTERS + 1):
        lines += [
            f"第{chapter}章 任务",
            *(f"到2027年，第{chapter}章建成平台{n}个。" for n in range(SENTENCES)),
        ]
    raw = "\n".join(lines)
    made = Document.objects.create(
        title="长规划", raw=raw, digest="x", body=[[0, len(raw)]], stage="reviewed", secrecy=0,
        published_on=date(2021, 1, 1), added_at=timezone.now(),
    )  # fmt: skip
    made.publications.create(asked_at=timezone.now(), approved_at=timezone.now())
    places = [m.span() for m in re.finditer("^到.*$", raw, re.M)]
    said = Statement.objects.bulk_create(
        Statement(document=made, kind="target", sentence=raw[a:b], start=a, end=b, value=9, unit="个")
        for a, b in places
    )
    office = Organisation.objects.create(name_zh="办公室")
    last = len(said) - 1
    promises = Commitment.objects.bulk_create(
        Commitment(
            title_zh=f"承诺{n}", promised_on=date(2021, 1, 1), lead=office, secrecy=2 if n == last else 0
        )
        for n in range(len(said))
    )
    CommitmentSource.objects.bulk_create(
        CommitmentSource(commitment=c, statement=s) for c, s in zip(promises, said, strict=True)
    )
    StateRow.objects.bulk_create(
        StateRow(
            commitment=c, state=STATES[n % 2], rule="overdue", valid_from=date(2022, 1, 1), known_at=timezone.now()
        )
        for n, c in enumerate(promises)
    )  # fmt: skip
    return made


def page_of(client, document: Document, query: str = "", name: str = "document") -> str:
    return client.get(reverse(f"plan:{name}", args=[document.pk]) + query).content.decode()


def shown(page: str) -> list[int]:
    return [int(n) for n in re.findall(r'id="s-(\d+)"', page)]


@pytest.fixture
def officer(client, make_user):
    client.cookies["django_language"] = "en"
    client.force_login(make_user("officer", clearance=1))


def test_its_slider_steps_to_the_days_of_change(client, officer, document):
    """However many promises: 600 became kept on one day; that the secret one was late a day before, the reader is not told."""
    turn, secret = date(2023, 6, 1), Commitment.objects.get(secrecy=2)
    StateRow.objects.filter(commitment=secret).delete()
    rows = [(c, "kept", turn) for c in Commitment.objects.filter(secrecy=0)[:600]]
    StateRow.objects.bulk_create(
        StateRow(commitment=c, state=state, rule="done", valid_from=day, known_at=_at(day))
        for c, state, day in [*rows, (secret, "late", date(2023, 5, 31))]
    )
    address = f'href="?on={turn}"'
    assert address in page_of(client, document, "?on=2023-06-02")
    assert address in page_of(client, document, "?on=2023-05-30")
    client.logout()
    assert address in page_of(client, document, "?on=2023-05-30", "public_document")


def _at(day: date):
    return timezone.make_aware(datetime.combine(day, time(9)))


def test_each_promise_stands_on_one_part_and_the_counts_are_of_the_whole(client, officer, document):
    page, seen = page_of(client, document), []
    assert "1,199 promises: 600 kept" in page and "599 late" in page
    while True:
        assert 0 < len(shown(page)) <= 240
        seen += shown(page)
        onward = re.search(r'rel="next" href="(\?[^"]+)"', page)
        if not onward:
            break
        page = page_of(client, document, onward[1].replace("&amp;", "&"))
    assert len(seen) == len(set(seen)) == CHAPTERS * SENTENCES - 1
    assert shown(page_of(client, document, "?at=all")) == seen


def test_a_chosen_promise_and_a_chosen_state_open_their_part(client, officer, document):
    far = Commitment.objects.get(title_zh="承诺1100")
    assert far.pk in shown(page_of(client, document, f"?promise={far.pk}"))
    StateRow.objects.filter(commitment__lt=far, state="late").update(state="kept")
    late = shown(page_of(client, document, "?state=late"))
    assert late and min(late) >= far.pk


def test_what_is_hidden_is_not_counted_in_the_outline(client, officer, document):
    outline = re.compile(r'class="s-late"[^>]*><span class="mark">■</span> (\d+)')
    page = page_of(client, document)
    assert sum(map(int, outline.findall(page))) == 599
    Commitment.objects.filter(secrecy=2).update(secrecy=0)
    assert sum(map(int, outline.findall(page_of(client, document)))) == 600
    client.logout()
    assert not outline.findall(page_of(client, document, name="public_document")), "no office was heard yet"


def test_the_whole_is_counted_in_few_statements(client, document, django_assert_max_num_queries, make_user):
    reader = make_user("leader", clearance=2)
    with django_assert_max_num_queries(4):
        page = living(document, reader, clock.today())
        assert sum(page.counts.values()) == CHAPTERS * SENTENCES
    client.force_login(reader)
    page_of(client, document)
    with django_assert_max_num_queries(40):
        page_of(client, document)


@pytest.mark.parametrize("at", ["-1", "x", "99999999999", "١"])
def test_a_place_that_is_not_there_opens_a_part(client, officer, document, at):
    assert shown(page_of(client, document, f"?at={at}"))
