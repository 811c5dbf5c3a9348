"""Long texts are read by the worker: taken in at once, with progress, whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Notice
from kechuang.core.verifying import verify
from kechuang.plan import actions
from kechuang.plan.actions import readings
from kechuang.plan.models import Document

pytestmark = pytest.mark.django_db
TEXT = "年度报告\n2025年1月20日\n" + "\n".join(
    f"去年，第{n}个区新增企业{n}家，增长{n % 90 + 1}%。" for n in range(1, 301)
)


@pytest.fixture(autouse=True)
def long(monkeypatch):
    monkeypatch.setattr(readings, "LONG", 1_000)


@pytest.fixture
def officer(make_user):
    return make_user("officer", clearance=1, language="en")


def taken_in(officer, **facts) -> Document:
    given = {"title": "", "data": TEXT.encode(), "name": "report.txt"} | facts
    return actions.add_document(officer, **given)


def test_a_long_text_is_taken_in_at_once_and_read_by_the_worker(
    officer, client, django_capture_on_commit_callbacks
):
    client.force_login(officer)
    client.cookies["django_language"] = "en"
    with django_capture_on_commit_callbacks() as jobs:
        document = taken_in(officer)
    assert document.stage == "reading" and document.raw == TEXT and not document.statements.exists()
    page = reverse("plan:review", args=[document.pk])
    assert "The text is being read" in client.get(page).content.decode()
    how_far = client.get(reverse("plan:reading_progress", args=[document.pk])).json()
    assert (how_far["done"], how_far["total"], how_far["finished"]) == (0, 0, False)
    Document.objects.filter(pk=document.pk).update(read_to=500)
    how_far = client.get(reverse("plan:reading_progress", args=[document.pk])).json()
    assert (how_far["done"], how_far["total"], how_far["finished"]) == (500, len(TEXT), False)
    with pytest.raises(Refusal):
        actions.finish_review(officer, document)
    with pytest.raises(Refusal):
        actions.read_again(officer, document)
    for job in jobs:
        job()
    document.refresh_from_db()
    assert document.stage == "review" and document.title == "年度报告"
    assert document.published_on == date(2025, 1, 20)
    assert document.statements.filter(kind="figure").count() >= 600
    assert client.get(reverse("plan:reading_progress", args=[document.pk])).json()["finished"]
    assert client.get(page).content.decode().count('class="statement-row') == 200
    told = Notice.objects.get(user=officer, key__startswith="read:")
    assert str(document.statements.count()) in told.text and told.url == page
    assert [event.verb for event in events_of(document)] == ["plan.add_document"] * 2
    assert not list(verify())


def test_it_reads_the_same_as_a_short_one(officer, django_capture_on_commit_callbacks, monkeypatch):
    with django_capture_on_commit_callbacks(execute=True):
        long = taken_in(officer)
    long.refresh_from_db()
    monkeypatch.setattr(readings, "LONG", 1_000_000)
    short = taken_in(officer, data=(TEXT + "\n").encode())
    fields = ("kind", "start", "end", "value", "unit", "time_start", "time_end", "subject")
    assert list(long.statements.values_list(*fields)) == list(short.statements.values_list(*fields))
    assert (long.title, long.published_on, long.body) == (short.title, short.published_on, short.body)


def test_decisions_hold_when_a_long_text_is_read_again(officer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        document = taken_in(officer)
    document.refresh_from_db()
    chosen = [row.pk for row in document.statements.all()[:7]]
    actions.reject_statements(officer, document, chosen)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.read_again(officer, document, date(2025, 2, 1)).stage == "reading"
    document.refresh_from_db()
    assert document.published_on == date(2025, 2, 1)
    assert document.statements.filter(review="rejected").count() == 7


def test_a_failure_is_said_and_can_be_mended(
    officer, client, django_capture_on_commit_callbacks, monkeypatch
):
    def broken(*args, **kwargs):
        raise RuntimeError("out of order")

    with monkeypatch.context() as patch:
        patch.setattr(readings, "read_article", broken)
        with django_capture_on_commit_callbacks(execute=True):
            document = taken_in(officer)
    document.refresh_from_db()
    assert document.stage == "failed" and not document.statements.exists()
    client.force_login(officer)
    page = client.get(reverse("plan:review", args=[document.pk])).content.decode()
    assert reverse("plan:read_again", args=[document.pk]) in page and "Traceback" not in page
    assert Notice.objects.filter(user=officer, key__startswith="read:").count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        actions.read_again(officer, document)
    document.refresh_from_db()
    assert document.stage == "review" and document.statements.exists()


def test_a_doubtful_date_is_said_before_a_long_text_is_taken_in(officer):
    with pytest.raises(Refusal) as doubt:
        taken_in(officer, published_on=date(2019, 1, 1), sure_of_date=False)
    assert doubt.value.field == "published_on" and not Document.objects.exists()


def test_nobody_takes_in_what_they_may_not_see(officer):
    with pytest.raises(Refusal) as above:
        taken_in(officer, secrecy=3)
    assert above.value.field == "secrecy" and not Document.objects.exists()
