"""A later reader reads otherwise: decisions that find their place no more are told, placed by hand, or dropped."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.verifying import verify
from kechuang.plan import actions
from kechuang.plan.models import Correction, Document, Statement
from kechuang.plan.queries.lost import lost_of, lost_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TEXT = "2022年7月16日，本市召开推进会。到2025年，建成科研平台29个，服务企业1200家。要加快推进设备安装调试。要完善预约办法。"


@pytest.fixture
def document(published) -> Document:
    return published(TEXT)


@pytest.fixture
def otherwise(monkeypatch):
    """A later reader, that sees every task one character shorter."""
    from kechuang.plan.actions import readings

    row = readings._row

    def shorter(document, found):
        statement = row(document, found)
        if statement.kind == "task":
            statement.end -= 1
            statement.sentence = document.raw[statement.start : statement.end]
        return statement

    return lambda: monkeypatch.setattr(readings, "_row", shorter)


def tasks(document) -> list[Statement]:
    return list(document.statements.filter(kind="task", by_person=False).order_by("start"))


def decided_then_read(document, otherwise) -> tuple[Document, list]:
    """One task corrected, one rejected, the figure accepted; then the later reader reads."""
    first, second = tasks(document)[-2:]
    actions.correct_statement(SYSTEM, first, {"subject": "设备"})
    actions.reject_statements(SYSTEM, document, [second.pk])
    actions.accept_statements(SYSTEM, document, [document.statements.filter(kind="target").first().pk])
    otherwise()
    actions.read_again(SYSTEM, document)
    return document, lost_of(document)


def test_what_found_no_place_is_told_and_the_rest_holds(document, otherwise):
    document, lost = decided_then_read(document, otherwise)
    assert [(row.kind, row.review, row.corrected) for row in lost] == [
        ("task", "accepted", {"subject": "设备"}),
        ("task", "rejected", {}),
    ]
    assert [row.quote.startswith("要") for row in lost] == [True, True]
    assert [row.near[0] for row in lost] == tasks(document)[-2:]
    assert document.statements.filter(kind="target", review="accepted").count() == 1


def test_what_is_read_as_before_again_is_lost_no_more(document, otherwise, monkeypatch):
    document, _lost = decided_then_read(document, otherwise)
    monkeypatch.undo()
    actions.read_again(SYSTEM, document)
    assert not lost_rows(document).exists() and tasks(document)[-2].subject == "设备"


def test_a_decision_taken_back_is_not_missed(document, otherwise):
    first = tasks(document)[-1]
    actions.accept_statements(SYSTEM, document, [first.pk])
    actions.reopen_statements(SYSTEM, document, [first.pk])
    otherwise()
    actions.read_again(SYSTEM, document)
    assert not lost_rows(document).exists()


def test_placed_on_what_stands_there_now_it_holds_for_good(document, otherwise):
    document, (corrected, rejected) = decided_then_read(document, otherwise)
    actions.place_correction(SYSTEM, document, corrected.correction, corrected.near[0])
    actions.place_correction(SYSTEM, document, rejected.correction, rejected.near[0])
    for _twice in range(2):
        first, second = tasks(document)[-2:]
        assert (first.subject, first.review, second.review) == ("设备", "accepted", "rejected")
        assert not lost_rows(document).exists() and list(verify()) == []
        actions.read_again(SYSTEM, document)


def test_placed_as_one_of_its_own(document, otherwise):
    document, (corrected, rejected) = decided_then_read(document, otherwise)
    made = actions.place_correction(SYSTEM, document, corrected.correction)
    assert (made.by_person, made.sentence, made.subject) == (True, corrected.quote, "设备")
    with pytest.raises(Refusal, match="rejected"):
        actions.place_correction(SYSTEM, document, rejected.correction)
    actions.read_again(SYSTEM, document)
    assert document.statements.filter(by_person=True, subject="设备").count() == 1


def test_numbers_and_days_are_placed_as_they_were_put_right(document, otherwise):
    first = tasks(document)[-1]
    actions.correct_statement(
        SYSTEM, first, {"value": Decimal("1.5"), "unit": "台", "time_end": "2025-12-31"}
    )
    otherwise()
    actions.read_again(SYSTEM, document)
    (lost,) = lost_of(document)
    placed = actions.place_correction(SYSTEM, document, lost.correction, lost.near[0])
    placed.refresh_from_db()
    assert (placed.value, placed.unit, str(placed.time_end)) == (Decimal("1.5"), "台", "2025-12-31")


def test_dropped_it_is_gone_and_its_words_stay_on_record(document, otherwise):
    document, lost = decided_then_read(document, otherwise)
    kept = Correction.objects.filter(lost=False).first()
    with pytest.raises(Refusal):
        actions.drop_corrections(SYSTEM, document, [kept])
    assert actions.drop_corrections(SYSTEM, document, [row.correction for row in lost] + [kept]) == 2
    assert not lost_rows(document).exists() and Correction.objects.filter(pk=kept.pk).exists()
    assert events_of(document)[0].before == {"sentence": [row.quote for row in lost]}
    with pytest.raises(Refusal, match="has its place"):
        actions.place_correction(SYSTEM, document, kept)


def test_the_pages_say_how_many_and_lead_there(document, otherwise, client, make_user):
    document, lost = decided_then_read(document, otherwise)
    client.force_login(make_user("officer"))
    client.cookies["django_language"] = "en"
    page = reverse("plan:lost", args=[document.pk])
    review = client.get(document.review_url).content.decode()
    assert "2 earlier decisions found no place" in review and page in review
    listed = client.get(reverse("plan:documents")).content.decode()
    assert f'<a href="{page}">2</a>' in listed
    shown = client.get(page).content.decode()
    assert "设备安装调试" in shown and "Subject: 设备" in shown.replace("subject", "Subject")
    place = reverse("plan:lost_place", args=[document.pk, lost[0].correction.pk])
    offered = client.get(place).content.decode()
    assert "a statement of its own" in offered and offered.count("checked") == 1
    assert client.post(place, {"statement": lost[0].near[0].pk}).status_code == 302
    drop = client.get(reverse("plan:lost_drop", args=[document.pk])).content.decode()
    assert drop.count("checked") == 1  # what was rejected and is read no more
    told = client.get(f"/api/plan/documents/{document.pk}/lost").json()["items"]
    assert [row["change"]["review"] for row in told] == ["rejected"]
    answer = client.post(
        f"/api/plan/documents/{document.pk}/lost/drop",
        {"corrections": [told[0]["id"]]},
        content_type="application/json",
    )
    assert answer.json() == {"dropped": 1}
    assert "found no place" not in client.get(document.review_url).content.decode()
    client.force_login(make_user("reporter", name="r"))
    assert client.get(page).status_code == 403
    assert "without a place" not in client.get(reverse("plan:documents")).content.decode()
