"""The brief: every number leads to its record, in Word, PDF and on the page; a past period stays as it was known."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.plan import actions
from kechuang.plan.queries.brief import brief
from kechuang.plan.web.brief_words import in_words
from kechuang.plan.web.commitments import stood_at
from kechuang.plan.web.tasks import reported_in
from tests.plan.web.test_word_footnotes import check

pytestmark = pytest.mark.django_db
PERIOD = "?start=2020-01-01&end=2026-12-31"


@pytest.fixture
def officer(client, make_user):
    user = make_user("officer", clearance=1)
    client.force_login(user)
    return user


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_count_has_its_note_and_every_note_its_record(client, officer, centre, language):
    with translation.override(language):
        pages = in_words(brief(officer, date(2020, 1, 1), clock.today()), lambda path: path)
    lines = [pages.summary, *(line for section in pages.sections for line in section["lines"])]
    marks = {piece["note"] for line in lines for piece in line if "note" in piece}
    assert marks == {note["number"] for note in pages.notes} == set(range(1, len(pages.notes) + 1))
    counts = [i for i, piece in enumerate(pages.summary) if re.search(r"\d", piece.get("text", ""))]
    assert len(counts) >= 7 and all("note" in pages.summary[i + 1] for i in counts)
    for note in pages.notes:
        assert client.get(note["url"]).status_code == 200, note
    told = "".join(piece.get("text", "") for line in lines for piece in line)
    assert re.search("\\d{4}\N{WORD JOINER}-", told) and not re.search(r"\d{4}-\d\d", told)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_word_and_pdf_hold_the_same_numbers(client, officer, centre, language):
    import pypdfium2
    from docx import Document

    client.cookies["django_language"] = language
    address = reverse("plan:brief") + PERIOD
    word = client.get(f"{address}&format=docx").content
    paper = client.get(f"{address}&format=pdf").content
    written = "\n".join([*(p.text for p in Document(io.BytesIO(word)).paragraphs), *check(word)])
    book = pypdfium2.PdfDocument(paper)
    printed = "".join(page.get_textpage().get_text_range() for page in book)
    promise = "29 platforms" if language == "en" else "建成科研平台"
    for text in (written, re.sub(r"\s+", " ", printed)):
        assert promise in text
        assert f"/plan/commitments/{centre.late.pk}/" in re.sub(r"\s", "", text)


def test_a_template_that_the_office_edited_is_filled_with_footnotes_in_its_own_order(client, officer, centre):
    from docx import Document

    book = Document(io.BytesIO(client.get(reverse("plan:brief_template")).content))
    summary = next(p for p in book.paragraphs if "summary" in p.text)
    book.element.body.insert(len(book.element.body) - 1, summary._p)
    book.paragraphs[0].insert_paragraph_before("市政府专报")
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("own.docx", out.getvalue())
    assert client.post(reverse("plan:brief_template_set"), {"file": file}).status_code == 302
    word = client.get(reverse("plan:brief") + PERIOD + "&format=docx").content
    assert Document(io.BytesIO(word)).paragraphs[0].text == "市政府专报"
    notes = check(word)
    assert "/plan/tasks/" in notes[-1] and len(notes) == len(set(notes)) > 5


def test_a_past_period_shows_the_target_and_the_progress_of_its_end(officer, centre):
    with clock.at(date(2023, 3, 1)):
        actions.amend_commitment(
            SYSTEM, centre.promise, value=Decimal(40), due=date(2027, 12, 31), reason="x"
        )
    found = brief(officer, date(2022, 7, 1), date(2022, 12, 31))
    row = next(s for s in found.promised if s.record.pk == centre.promise.pk)
    assert (row.target.value, found.started) == (29, None)
    later = brief(officer, date(2022, 7, 1), date(2023, 12, 31))
    assert next(s for s in later.promised if s.record.pk == centre.promise.pk).target.value == 40


def test_a_brief_says_nothing_of_what_its_reader_may_not_see(client, make_user, centre):
    type(centre.promise).objects.filter(pk=centre.promise.pk).update(secrecy=3)
    client.force_login(make_user("officer", clearance=1))
    client.cookies["django_language"] = "en"
    assert "29 platforms" not in client.get(reverse("plan:brief") + PERIOD).content.decode()


def test_what_is_over_today_was_promised_then_and_each_count_opens_to_its_rows(client, officer, centre):
    with clock.at(date(2025, 3, 1)):
        actions.withdraw_commitment(SYSTEM, centre.promise, reason="撤回")
    end = date(2024, 12, 31)
    found = brief(officer, date(2022, 7, 1), end)
    assert centre.promise.pk in {s.record.pk for s in found.promised}
    rows = lambda address: json.loads(client.get(f"{address}&export=json").getvalue())  # noqa: E731
    for day in (end, clock.today()):
        found = brief(officer, date(2022, 7, 1), day)
        for state, count in [("in_force", found.total), *found.counts.items()]:
            assert len(rows(stood_at(day, state))) == count, (day, state)
    assert found.counts["late"] == 1
    assert client.get(stood_at(end, "kept").replace(str(end), "soon")).status_code == 200
    actions.accept_report(officer, centre.report)
    today = clock.today()
    assert (
        len(rows(reported_in(today, today)))
        == len({r.task_id for r in brief(officer, today, today).reports})
        == 1
    )


def test_a_period_that_has_not_begun_is_refused(client, officer):
    client.force_login(officer)
    client.cookies["django_language"] = "en"
    answer = client.get(reverse("plan:brief") + "?start=2999-01-01&end=2999-02-01")
    assert answer.status_code == 422 and "has not begun" in answer.content.decode()
