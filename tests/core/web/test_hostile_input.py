"""Scripts, formulas, foreign addresses, headers and paths that somebody hides in data stay data."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kechuang.core import actions, files
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation, StoredFile, User
from kechuang.core.notices import notify

pytestmark = pytest.mark.django_db
EVIL = "</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(2)>{{ 7|add:7 }}"
FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "javascript:alert(1)",
    "/\\evil.example",
    "\thttps://evil.example",
]


@pytest.fixture
def admin(client, make_user):
    client.force_login(make_user("admin", name="root", is_superuser=True))
    return client


def test_scripts_in_data_are_shown_as_text(admin):
    above = actions.save_organisation(SYSTEM, Organisation(name_zh=EVIL, name_en=EVIL, duties=EVIL))
    row = actions.save_organisation(SYSTEM, Organisation(name_zh="下级" + EVIL, parent=above))
    user = User.objects.get(username="root")
    request = actions.open_request(user, "question", EVIL, EVIL)
    actions.comment(user, row, EVIL)
    actions.save_view(user, "core-organisations", EVIL[:80], f"q={EVIL}")
    notify([user], lambda: EVIL, key="evil", url="/x/")
    pages = [
        row.get_absolute_url(), above.get_absolute_url(), request.get_absolute_url(), "/organisations/", "/organisations/tree/",
        "/search/?q=img", "/notices/", "/audit/", "/requests/", f"/organisations/{row.pk}/edit/", "/account/",
    ]  # fmt: skip
    for page in [
        *pages,
        f"/search/?q={EVIL}",
        f"/organisations/?q={EVIL}&kind={EVIL}&sort={EVIL}",
        f"/no/{EVIL}",
    ]:
        html = admin.get(page).content.decode()
        assert "<img src=x" not in html and "<svg/onload" not in html and "14" + "}}" not in html, page


def test_exports_hold_no_formulas(admin):
    for start in "=+-@\t\r|%":
        Organisation.objects.create(name_zh=f"{start}cmd()")
    lines = admin.get("/organisations/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert all(not line.lstrip('"').startswith(tuple("=+-@|%")) for line in lines)
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(admin.get("/organisations/?export=xlsx").content))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


@pytest.mark.parametrize("address", FOREIGN)
def test_no_way_leads_off_the_site(admin, address):
    for url, data in (
        ("/theme/", {"theme": "dark", "next": address}),
        ("/views/save/", {"page": "p", "name": "n", "next": address}),
        ("/i18n/setlang/", {"language": "en", "next": address}),
    ):
        answer = admin.post(url, data)
        assert answer.status_code in (302, 204) and "evil" not in answer.get("Location", "")
        assert "javascript" not in answer.get("Location", "")
    row = actions.open_request(User.objects.get(), "question", "问", "问")
    html = admin.post(
        f"/requests/{row.pk}/hand-over/", {"back": address}, headers={"referer": address}
    ).content.decode()
    assert 'href="/"' in html and "evil.example" not in html and "javascript:" not in html
    notify([User.objects.get()], lambda: "x", key=address, url=address)
    answer = admin.post("/notices/read/", {"notice": User.objects.get().notices.first().pk})
    assert "evil" not in answer["Location"] and "javascript" not in answer["Location"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ('a"\r\nSet-Cookie: x=1.txt', 'a"Set-Cookie: x=1.txt'),
        ("a\x00b.txt", "ab.txt"),
        ("\u202egpj.txt", "gpj.txt"),
        ("名" * 400 + ".txt", "名" * 251 + ".txt"),
    ],
)
def test_names_of_files_are_names_only(name, kept):
    row = files.keep(SYSTEM, name, b"text " + ascii(name).encode())
    assert row.name == kept and ".." not in row.content.name


def zipped(name):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b"<html><script>"),
        ("a.pdf", b"MZ\x90\x00"),
        ("a.exe", b"MZ"),
        ("a.svg", b"<svg onload=alert(1)>"),
        ("a.txt", b"%PDF-1.7"),
        ("a.docx", b"not a zip"),
        ("noending", b"x"),
        ("a.txt", b""),
        ("a.txt", b"MZ\x90\x00\x03\x00"),
        ("a.html", b"\x7fELF\x02\x00"),
        ("a.docx", zipped("notes.txt")),
        ("a.xlsx", zipped("word/document.xml")),
        ("a.docx", b"PK\x03\x04 cut off"),
    ],
)
def test_files_that_are_not_what_they_say_are_refused(name, data):
    with pytest.raises(Refusal):
        files.keep(SYSTEM, name, data)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", zipped("word/document.xml")),
        ("a.zip", zipped("anything")),
        ("a.txt", "中文".encode("utf-16")),
        ("a.csv", "中文".encode("gb18030")),
    ],
)
def test_files_that_are_what_they_say_are_kept(name, data):
    assert files.keep(SYSTEM, name, data).size == len(data)


def test_a_huge_upload_is_refused_by_its_size_before_it_is_read():
    class Huge(SimpleUploadedFile):
        def read(self, *args):
            pytest.fail("it was read")

    upload = Huge("big.txt", b"x")
    upload.size = 200 * 1024 * 1024
    with pytest.raises(Refusal, match="200 MiB"):
        files.received(upload)


def test_keeping_a_file_is_an_act_with_its_event(make_user):
    from kechuang.core.errors import NotPermitted
    from kechuang.core.events import events_of

    row = files.keep(make_user(), "a.txt", b"text")
    assert [e.verb for e in events_of(row)] == ["core.keep_file"]
    from django.contrib.auth.models import AnonymousUser

    with pytest.raises(NotPermitted):
        files.keep(AnonymousUser(), "a.txt", b"text")


def test_from_and_to_of_a_time_hold_the_whole_last_day(admin):
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from kechuang.core import clock

    with clock.at(datetime(2026, 5, 6, 23, 30, tzinfo=ZoneInfo("Asia/Shanghai"))):
        actions.open_request(User.objects.get(), "question", "夜里", "夜里")
    for query, found in (
        ("created_from=2026-05-06&created_to=2026-05-06", True),
        ("created_to=2026-05-05", False),
        ("created_from=2026-05-07", False),
    ):
        assert ("夜里" in admin.get(f"/requests/?{query}").content.decode()) == found


def test_ror_records_come_in_by_page_with_a_trial_first(admin):
    import json

    record = {
        "id": "https://ror.org/05dxps055",
        "name": "California Institute of Technology",
        "types": ["Education"],
        "established": 1891,
        "labels": [],
        "aliases": [],
        "acronyms": [],
        "external_ids": {},
    }
    for _ in range(2):
        upload = SimpleUploadedFile("ror.json", json.dumps([record]).encode())
        page = admin.post("/organisations/import/", {"file": upload})
        assert page.status_code == 200 and (token := page.context["token"])
        assert admin.post("/organisations/import/", {"token": token}).status_code == 302
        assert Organisation.objects.filter(identifiers__value="05dxps055").count() == 1
    for bad in (
        b"[",
        b"{}",
        b'[{"id": 5}]',
        b"[" * 200_000,
        json.dumps([{**record, "established": "x"}]).encode(),
        json.dumps([record, record]).encode(),
    ):
        page = admin.post("/organisations/import/", {"file": SimpleUploadedFile("ror.json", bad)})
        assert page.status_code == 200 and page.context["form"].errors, bad[:40]


def test_the_tree_shows_offices_below_their_office(client):
    office = actions.save_organisation(SYSTEM, Organisation(name_zh="科创办", duties="统筹"))
    actions.save_organisation(SYSTEM, Organisation(name_zh="一处", parent=office, duties="综合"))
    actions.save_organisation(SYSTEM, Organisation(name_zh="独立单位"))
    html = client.get("/organisations/tree/").content.decode()
    assert html.index("科创办") < html.index("一处") and "综合" in html and "独立单位" not in html
