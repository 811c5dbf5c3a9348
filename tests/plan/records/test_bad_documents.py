"""Bad documents: a clear refusal, nothing half-written, no script executed."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext

from kechuang.core import files, folders
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.models import StoredFile
from kechuang.plan import actions
from kechuang.plan.actions import reading_words
from kechuang.plan.engine.reading import signatures
from kechuang.plan.models import Document

pytestmark = pytest.mark.django_db


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("word/document.xml", b"<w>" + b"0" * 300_000_000)
    return out.getvalue()


BAD = {
    "empty.txt": b"",
    "scan.pdf": b"%PDF-1.4\n%%EOF",
    "locked.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00" * 20,
    "broken.docx": b"PK\x03\x04broken",
    "nonsense.txt": b"\xff\xfe" + "胺芁".encode("utf-16-le") * 500,
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_refused_in_words(name):
    with pytest.raises(Refusal) as refusal:
        actions.add_document(SYSTEM, title="x", data=BAD[name], name=name)
    assert len(str(refusal.value)) > 10
    assert not Document.objects.exists()


def test_a_picture_is_no_document():
    for data, name in ((b"\x89PNG\r\n\x1a\n" + bytes(50), "a.png"), (b"\x89PNG\r\n\x1a\n", "a.txt")):
        with pytest.raises(Refusal, match="图片"):
            actions.add_document(SYSTEM, title="x", data=data, name=name)
    assert not Document.objects.exists()


def test_every_kind_of_file_that_is_no_document_has_its_words():
    kinds = {value for name, value in vars(signatures).items() if name.isupper() and isinstance(value, str)}
    assert kinds <= set(reading_words.FAULTS) and len(kinds) == 8


TEXT = "2022年7月16日，本市召开推进会。会议指出，到2025年，建成科研平台29个。"


def upload(text: str = TEXT, name: str = "news.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


GIVEN = {"kind": "news", "secrecy": "1"}


def test_a_repeated_upload_leads_to_the_document(client, make_user):
    officer = make_user("officer", clearance=1)
    client.force_login(officer)
    document = actions.add_document(officer, title="推进会", data=TEXT.encode(), name="a.txt")
    page = client.post(reverse("plan:document_add"), {**GIVEN, "file": upload()})
    assert f'<a href="{document.get_absolute_url()}">' in page.content.decode()
    answer = client.post("/api/plan/documents", {"text": TEXT})
    assert answer.status_code == 422 and answer.json()["url"] == document.get_absolute_url()
    assert Document.objects.count() == 1


def test_a_date_that_contradicts_the_text_is_asked_about_and_stays_in_sight(client, make_user):
    client.force_login(make_user("officer", clearance=1))
    url, wrong = reverse("plan:document_add"), {**GIVEN, "published_on": "2024-03-01"}
    page = client.post(url, {**wrong, "file": upload()})
    assert not Document.objects.exists()
    assert "2022-07-16" in str(page.context["form"].errors["published_on"])
    kept = page.context["form"]["kept"].value()
    assert (
        'type="checkbox" name="sure_of_date"' in page.content.decode() and "news.txt" in page.content.decode()
    )
    done = client.post(url, {**wrong, "kept": kept, "sure_of_date": "on"})
    document = Document.objects.get()
    assert done.status_code == 302 and document.raw == TEXT
    for name in ("document", "review"):
        for language in ("zh-hans", "en"):
            client.cookies["django_language"] = language
            page = client.get(reverse(f"plan:{name}", args=[document.pk])).content.decode()
            assert "2022-07-16" in page and "2024-03-01" in page
            assert ("The text bears the date" in page) == (language == "en")


def test_a_corrected_date_or_none_needs_no_second_upload(client, make_user):
    client.force_login(make_user("officer", clearance=1))
    url = reverse("plan:document_add")
    page = client.post(url, {**GIVEN, "published_on": "2024-03-01", "file": upload()})
    kept = page.context["form"]["kept"].value()
    client.post(url, {**GIVEN, "published_on": "2022-07-18", "kept": kept})
    assert Document.objects.get().note == ""


def test_what_one_uploaded_nobody_else_takes_in(client, make_user):
    client.force_login(make_user("officer", name="a", clearance=1))
    url = reverse("plan:document_add")
    page = client.post(url, {**GIVEN, "published_on": "2024-03-01", "file": upload()})
    client.force_login(make_user("officer", name="b", clearance=1))
    for kept in (page.context["form"]["kept"].value(), "nonsense"):
        assert client.post(url, {**GIVEN, "kept": kept}).status_code == 200
    assert not Document.objects.exists()


def test_all_that_the_reader_says_has_words_in_both_languages():
    """Every error that the reader can raise, found in its source."""
    said = set()
    for path in (folders.ROOT / "src/kechuang/plan/engine/reading").rglob("*.py"):
        said |= (
            set(re.findall(r'f?"((?:the|this) [^"]*?)(?:\{| \(|")', path.read_text()))
            if "ReadingError" in path.read_text()
            else set()
        )
    said = {
        words for words in said if re.match(r"the (file|text|bytes|Word|archive|PDF)\b|this is a file", words)
    }
    said -= {"the text bears no date: give --published to place 今年, 年底前 and the like in time"}
    assert len(said) >= 10
    unsaid = [
        words
        for words in said
        if not any(
            begin.startswith(words.strip()) or words.startswith(begin) for begin in reading_words.FAULTS
        )
    ]
    assert unsaid == []
    for what, remedy in reading_words.FAULTS.values():
        assert re.search("[\u4e00-\u9fff]", gettext(what)) and re.search("[\u4e00-\u9fff]", gettext(remedy))


def test_a_zip_bomb_is_refused():
    with pytest.raises(Refusal):
        actions.add_document(SYSTEM, title="x", data=_bomb(), name="bomb.docx")


def test_two_hundred_megabytes_are_refused_before_the_body_is_read(client, make_user):
    client.force_login(make_user("officer", clearance=1))
    answer = client.post(reverse("plan:document_add"), {}, CONTENT_LENGTH=str(200 << 20))
    assert answer.status_code == 413
    assert "200 MiB" in answer.content.decode() and "50 MiB" in answer.content.decode()
    answer = client.post("/api/plan/documents", {}, CONTENT_LENGTH=str(200 << 20))
    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "50 MiB" in answer.json()["detail"]


def test_a_file_too_large_by_itself_is_refused_at_its_field_unread(client, make_user, monkeypatch):
    client.force_login(make_user("officer", clearance=1))
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    monkeypatch.setattr(files.received, "__defaults__", (100,))
    for facts in ({}, {"published_on": "no day"}):
        upload = SimpleUploadedFile("big.txt", b"x" * 101)
        answer = client.post(
            reverse("plan:document_add"), {"kind": "news", "secrecy": 1, "file": upload} | facts
        )
        assert answer.status_code == 200
        assert "big.txt" in str(answer.context["form"].errors["file"])
    assert not Document.objects.exists() and not StoredFile.objects.exists()


def test_scripts_of_a_page_are_shown_as_text(client, make_user):
    page = "<html><body><article><p>到2025年，建成平台29个。<script>alert(1)</script></p></article></body></html>"
    officer = make_user("officer", clearance=1)
    client.force_login(officer)
    document = actions.add_document(officer, title="<b>x</b>", data=page.encode(), name="a.html")
    for name in ("document", "review"):
        text = client.get(reverse(f"plan:{name}", args=[document.pk])).content.decode()
        assert "<script>alert" not in text and "<b>x</b>" not in text


def test_ten_thousand_statements_are_read_and_reviewed_page_by_page(
    client, make_user, django_capture_on_commit_callbacks
):
    officer = make_user("officer", clearance=1)
    text = "\n".join(f"去年，第{n}个区新增企业{n}家，增长{n % 90 + 1}%。" for n in range(1, 5_501))
    with django_capture_on_commit_callbacks(execute=True):
        document = actions.add_document(officer, title="长文", data=text.encode(), name="long.txt")
    assert document.statements.count() >= 10_000
    client.force_login(officer)
    answer = client.get(reverse("plan:review", args=[document.pk]))
    assert answer.status_code == 200
    assert answer.content.decode().count('class="statement-row') == 200
